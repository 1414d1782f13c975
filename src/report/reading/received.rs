//! Tables of what is received, whether it is enough, and who should have had it.

use super::answers::{ANSWERED, several_waves};
use super::shown::{Compared, few};
use super::{Family, Input, Reading, percent};
use crate::dictionary::Language;
use crate::disclosure::Cleared;
use crate::estimate::{EVERYONE, Term};
use crate::statistic::COUNT;
use crate::table::layout::Flow;

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
    told(input, language, "read.received", |flow| flow.received())
}

/// What is most and least often enough for those who receive it.
fn sufficient(input: &Input<'_>, language: Language) -> Vec<String> {
    told(input, language, "read.sufficient", |flow| flow.sufficient())
}

/// What those without it most and least often should have had.
fn unmet(input: &Input<'_>, language: Language) -> Vec<String> {
    told(input, language, "read.unmet", |flow| flow.needed())
}

/// The items with the largest and the smallest of a share, which `pick` gives with the number that it is of.
fn told(
    input: &Input<'_>,
    language: Language,
    key: &str,
    pick: for<'f, 'a> fn(&Flow<'f, 'a>) -> [Option<&'a Cleared>; 2],
) -> Vec<String> {
    let waves = several_waves(input);
    let mut compared = Compared::default();
    let mut least: Option<f64> = None;
    for analysis in &input.analyses {
        for variable in analysis.variables() {
            let codes = input.labels.codes(variable, &analysis.terms(variable, &COUNT));
            let Ok(codes) = <[Term; 4]>::try_from(codes) else { continue };
            let flow = Flow::new(analysis, (EVERYONE, variable), &codes);
            let name =
                if waves { input.labels.variable_at(variable) } else { input.labels.variable(variable) };
            let [share, whole] = pick(&flow);
            let n = whole.and_then(Cleared::value);
            if share.and_then(Cleared::value).is_some() {
                least = least.into_iter().chain(n).reduce(f64::min);
            }
            compared.add_share(name, share, n);
        }
    }
    let said = compared.said(language, key, &|share| percent(share, language), &[]);
    let few = said.as_ref().and_then(|_| few(language, least));
    said.into_iter().chain(few).collect()
}
