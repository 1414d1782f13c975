//! Tables of families of tests: how many p-values stay below one in twenty when they are adjusted.

use super::{Family, Input, Reading, tally};
use crate::dictionary::Language;
use crate::disclosure::{Cleared, Shown};
use crate::estimate::Statistic;
use crate::statistic::{FAMILY_P_VALUE, FAMILY_SIZE, P_BH, P_HOLM};
use crate::table::{Format, number, words};

pub const FAMILY: Family = Family {
    readings: &[Reading { layout: "family", say: family, basis: &[("basis.tests", &FAMILY_SIZE)] }],
};

/// What is commonly called small.
pub(in crate::report) const SMALL: f64 = 0.05;

fn family(input: &Input<'_>, language: Language) -> Vec<String> {
    let of = |statistic: &'static Statistic| {
        let all = input.analyses.iter().flat_map(|analysis| analysis.cleared.iter().copied());
        all.filter(move |one| one.statistic() == statistic)
    };
    let below = |statistic: &'static Statistic| {
        let small = of(statistic).filter_map(Cleared::value).filter(|p| *p < SMALL).count();
        tally(small, language)
    };
    let shown = of(&FAMILY_P_VALUE).filter_map(Cleared::value).count();
    if shown == 0 {
        return Vec::new();
    }
    let with = [
        ("n", tally(shown, language)),
        ("small", number::parameter(SMALL, Format::Decimal(2), language)),
        ("plain", below(&FAMILY_P_VALUE)),
        ("holm", below(&P_HOLM)),
        ("bh", below(&P_BH)),
    ];
    let mut said = vec![words::say(language, "read.family", &with)];
    let hidden = of(&FAMILY_P_VALUE).filter(|one| matches!(one.shown(), Shown::Suppressed)).count();
    if hidden > 0 {
        said.push(words::say(language, "read.family_hidden", &[("n", tally(hidden, language))]));
    }
    said
}
