//! Tables of what is received, whether it is enough, and who should have had it.

use super::answers::{ANSWERED, several_waves};
use super::shown::{Compared, few};
use super::{Family, Input, Reading, percent};
use crate::dictionary::Language;
use crate::estimate::{EVERYONE, Term};
use crate::statistic::COUNT;
use crate::table::layout::Flow;
use crate::table::{Amount, Cell, Content};

pub const FAMILY: Family = Family {
    readings: &[
        Reading { layout: "coverage", say: coverage, basis: ANSWERED },
        Reading { layout: "received", say: received, basis: ANSWERED },
        Reading { layout: "sufficient", say: sufficient, basis: ANSWERED },
        Reading { layout: "unmet", say: unmet, basis: ANSWERED },
    ],
};

fn coverage(input: &Input<'_>, language: Language) -> Vec<String> {
    [received, sufficient, unmet].into_iter().flat_map(|say| say(input, language)).collect()
}

/// What most and fewest receive.
fn received(input: &Input<'_>, language: Language) -> Vec<String> {
    told(input, language, "read.received", |flow| [&flow.receivers, &flow.answered])
}

/// What is most and least often enough for those who receive it.
fn sufficient(input: &Input<'_>, language: Language) -> Vec<String> {
    told(input, language, "read.sufficient", |flow| [&flow.enough, &flow.receivers])
}

/// What those without it most and least often should have had.
fn unmet(input: &Input<'_>, language: Language) -> Vec<String> {
    told(input, language, "read.unmet", |flow| [&flow.unmet, &flow.others])
}

/// The items with the largest and the smallest share of a part among a whole.
fn told(
    input: &Input<'_>,
    language: Language,
    key: &str,
    pick: for<'f> fn(&'f Flow) -> [&'f Cell; 2],
) -> Vec<String> {
    let waves = several_waves(input);
    let mut compared = Compared::default();
    let mut least: Option<Amount> = None;
    for analysis in &input.analyses {
        for variable in analysis.variables() {
            let codes = input.labels.codes(variable, &analysis.terms(variable, &COUNT));
            let Ok(codes) = <[Term; 4]>::try_from(codes) else { continue };
            let flow = Flow::new(analysis, (EVERYONE, variable), &codes);
            let name =
                if waves { input.labels.variable_at(variable) } else { input.labels.variable(variable) };
            let [part, whole] = pick(&flow);
            match (part.number(), whole.value()) {
                (Some(value), Some(n)) => {
                    let of = part.of.iter().chain(&whole.of).cloned().collect();
                    compared.add_part(name, Amount { value: value / n, of }, n);
                    let n = Amount { value: n, of: whole.of.clone() };
                    least = [least, Some(n)].into_iter().flatten().reduce(Amount::least);
                }
                _ if *part == Content::Suppressed || *whole == Content::Suppressed => compared.add_hidden(),
                _ => {}
            }
        }
    }
    let said = compared.said(language, key, &|share| percent(share, language), &[]);
    let few = said.as_ref().and_then(|_| few(language, least));
    said.into_iter().chain(few).collect()
}
