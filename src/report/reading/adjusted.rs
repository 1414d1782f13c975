//! Tables of families of tests: how many p-values stay below one in twenty when they are adjusted.

use super::{Family, Input, Reading, count};
use crate::dictionary::Language;
use crate::disclosure::{Cleared, Shown};
use crate::table::{Format, number, words};

pub const FAMILY: Family = Family {
    readings: &[Reading { layout: "family", say: family, basis: &[("basis.tests", "family_size", false)] }],
};

/// What is commonly called small.
pub(in crate::report) const SMALL: f64 = 0.05;

fn family(input: &Input<'_>, language: Language) -> Vec<String> {
    let of = |statistic: &'static str| {
        let all = input.analyses.iter().flat_map(|analysis| analysis.cleared.iter().copied());
        all.filter(move |one| one.statistic().name == statistic)
    };
    let below = |statistic: &'static str| {
        let small = of(statistic).filter_map(Cleared::value).filter(|p| *p < SMALL).count();
        count(small as f64, language)
    };
    let shown = of("p_value").filter_map(Cleared::value).count();
    if shown == 0 {
        return Vec::new();
    }
    let with = [
        ("n", count(shown as f64, language)),
        ("small", number::number(SMALL, Format::Decimal(2), language)),
        ("plain", below("p_value")),
        ("holm", below("p_holm")),
        ("bh", below("p_bh")),
    ];
    let mut said = vec![words::say(language, "read.family", &with)];
    let hidden = of("p_value").filter(|one| matches!(one.shown(), Shown::Suppressed)).count();
    if hidden > 0 {
        said.push(words::say(language, "read.family_hidden", &[("n", count(hidden as f64, language))]));
    }
    said
}
