//! Tables of what R, SPSS and Stata print differently.

use super::change::PAIRS;
use super::regression::CASES;
use super::{Family, Input, Reading, tally};
use crate::dictionary::Language;
use crate::table::layout::{Compared, OF_CHANGE, OF_MODEL, compared};
use crate::table::{Cell, Content, Format, number, words};

pub const FAMILY: Family = Family {
    readings: &[
        Reading { layout: "conventions", say: of_change, basis: PAIRS },
        Reading { layout: "regression_conventions", say: of_models, basis: CASES },
    ],
};

/// What is commonly called small.
const SMALL: f64 = 0.05;

fn of_change(input: &Input<'_>, language: Language) -> Vec<String> {
    let all = input.analyses.iter().flat_map(|analysis| compared(analysis, OF_CHANGE));
    said(all.collect(), language)
}

fn of_models(input: &Input<'_>, language: Language) -> Vec<String> {
    let all = input.analyses.iter().flat_map(|analysis| compared(analysis, OF_MODEL));
    said(all.collect(), language)
}

/// How many are printed differently, and whether any p-value is small in one program and not in another.
fn said(all: Vec<Compared<'_>>, language: Language) -> Vec<String> {
    if all.is_empty() {
        return Vec::new();
    }
    let different: Vec<&Compared<'_>> = all.iter().filter(|one| one.printed_differently()).collect();
    let [n, apart] = [all.len(), different.len()].map(|n| tally(n, language));
    let key = if different.is_empty() { "read.programs_alike" } else { "read.programs" };
    let mut said = vec![words::say(language, key, &[("n", n), ("different", apart)])];
    let tests: Vec<&&Compared<'_>> = different.iter().filter(|one| one.line.1 == Format::P).collect();
    if !tests.is_empty() {
        let across = tests.iter().filter(|one| is_across(&one.cells)).count();
        let key = if across == 0 { "read.programs_same_side" } else { "read.programs_across" };
        let small = number::parameter(SMALL, Format::Decimal(2), language);
        said.push(words::say(language, key, &[("n", tally(across, language)), ("small", small)]));
    }
    said
}

/// Whether some are below the limit and some are not.
fn is_across(cells: &[Cell]) -> bool {
    let small = cells.iter().filter(|cell| match cell.content {
        Content::Number { value, .. } => value < SMALL,
        _ => true,
    });
    let small = small.count();
    small > 0 && small < cells.len()
}
