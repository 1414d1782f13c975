//! Tables of what is received, whether it is enough, and who should have had it.

use super::answers::{ANSWERED, several_waves};
use super::shown::{Compared, few};
use super::{Family, Input, Reading, percent};
use crate::dictionary::Language;
use crate::disclosure::Cleared;
use crate::estimate::{EVERYONE, Group, NO_VARIABLE, Statistic, Term};
use crate::statistic::{COMBINED_SHARE, CONDITIONAL_SHARE, COUNT};
use crate::table::Amount;
use crate::table::layout::Flow;

pub const FAMILY: Family = Family {
    readings: &[
        Reading { layout: "coverage", say: coverage, basis: ANSWERED },
        Reading { layout: "received", say: received, basis: ANSWERED },
        Reading { layout: "sufficient", say: sufficient, basis: ANSWERED },
        Reading { layout: "unmet", say: unmet, basis: ANSWERED },
    ],
};

/// What is a share of what.
struct Shares {
    name: &'static str,
    /// What they are ranked by: the statistic, and which answers by their places.
    ranked: (&'static Statistic, &'static str),
    /// The key of the sentence.
    key: &'static str,
    /// The share, and the number that it is of.
    pick: for<'f, 'a> fn(&Flow<'f, 'a>) -> [Option<&'a Cleared>; 2],
}

const RECEIVED: Shares = Shares {
    name: "received",
    ranked: (&COMBINED_SHARE, "first+second"),
    key: "read.received",
    pick: |flow| flow.received(),
};
const SUFFICIENT: Shares = Shares {
    name: "sufficient",
    ranked: (&CONDITIONAL_SHARE, "first|first+second"),
    key: "read.sufficient",
    pick: |flow| flow.sufficient(),
};
const UNMET: Shares = Shares {
    name: "unmet",
    ranked: (&CONDITIONAL_SHARE, "third|third+fourth"),
    key: "read.unmet",
    pick: |flow| flow.needed(),
};

/// What the sentences of a table of what is received rank.
pub(super) fn of_items(input: &Input<'_>) -> Vec<Compared> {
    let of_layout = |shares: &&Shares| input.layout == "coverage" || input.layout == shares.name;
    [&RECEIVED, &SUFFICIENT, &UNMET]
        .into_iter()
        .filter(of_layout)
        .map(|shares| by_item(input, shares).0)
        .collect()
}

fn coverage(input: &Input<'_>, language: Language) -> Vec<String> {
    [received, sufficient, unmet].into_iter().flat_map(|say| say(input, language)).collect()
}

/// What most and fewest receive.
fn received(input: &Input<'_>, language: Language) -> Vec<String> {
    told(input, language, &RECEIVED)
}

/// What is most and least often enough for those who receive it.
fn sufficient(input: &Input<'_>, language: Language) -> Vec<String> {
    told(input, language, &SUFFICIENT)
}

/// What those without it most and least often should have had.
fn unmet(input: &Input<'_>, language: Language) -> Vec<String> {
    told(input, language, &UNMET)
}

/// The items with the largest and the smallest share of a part among a whole.
fn told(input: &Input<'_>, language: Language, shares: &Shares) -> Vec<String> {
    let (compared, least) = by_item(input, shares);
    let said = compared.said(input, language, shares.key, &|share| percent(share, language), &[]);
    let few = said.as_ref().and_then(|_| few(language, least));
    said.into_iter().chain(few).collect()
}

/// The items by the share of a part among a whole, and the smallest whole.
fn by_item(input: &Input<'_>, shares: &Shares) -> (Compared, Option<Amount>) {
    let waves = several_waves(input);
    let (statistic, of) = shares.ranked;
    let mut compared = Compared::by(Group::default(), NO_VARIABLE, Term::ranked(statistic, of));
    let mut least: Option<Amount> = None;
    for analysis in &input.analyses {
        for variable in analysis.variables() {
            let codes = input.labels.codes(variable, &analysis.terms(variable, &COUNT));
            let Ok(codes) = <[Term; 4]>::try_from(codes) else { continue };
            let flow = Flow::new(analysis, (EVERYONE, variable), &codes);
            let name =
                if waves { input.labels.variable_at(variable) } else { input.labels.variable(variable) };
            let [share, whole] = (shares.pick)(&flow);
            if share.and_then(Cleared::value).is_some() {
                least = least.into_iter().chain(whole.and_then(Amount::of)).reduce(Amount::least);
            }
            compared.add_share(name, share, whole.and_then(Cleared::value));
        }
    }
    (compared, least)
}
