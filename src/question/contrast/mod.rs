//! The difference between two groups' changes: what every analysis of change by groups brings with it.
//!
//! Its numbers are worked out of those of the change, and again of what may be seen of these.

mod notebook;
mod numbers;

pub use notebook::STAGE;

use std::sync::Arc;

use serde::Serialize;

use super::change::Change;
use super::{Analysis, Answers, Question, Registered, as_kind};
use crate::dictionary::{ItemType, Text};
use crate::disclosure::Maker;
use crate::estimate::{Group, Statistic, Term, Variable};
use crate::evaluation::Asked;
use crate::plan::{Column, Comparison};
use crate::report::{Teller, Told};
use crate::statistic::{
    MEAN_CHANGE, MEAN_CHANGE_HIGH, MEAN_CHANGE_LOW, PROBABILITY_OF_SUPERIORITY,
    PROBABILITY_OF_SUPERIORITY_HIGH, PROBABILITY_OF_SUPERIORITY_LOW, RISK_DIFFERENCE, TANGO_HIGH, TANGO_LOW,
};
use crate::table::words;

pub static KIND: Registered = Registered::of(&[&STAGE]);

/// Of each comparison of a change, each pair of groups of each variable.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contrast {
    /// The change, by its id: one, in a list as other questions have them.
    pub of: [String; 1],
    pub comparisons: Vec<Comparison>,
    pub by: Vec<Column>,
    /// The level of the intervals, which is that of the change.
    pub level: f64,
}

/// What a change by groups brings with it.
pub fn of_analysis(analysis: &Analysis) -> Option<Arc<dyn Question>> {
    let change = as_kind::<Change>(analysis)?;
    let has_pairs = change.by.iter().any(|column| column.item.codes.len() > 1);
    has_pairs.then(|| {
        Arc::new(Contrast {
            of: [analysis.id.clone()],
            comparisons: change.comparisons.clone(),
            by: change.by.clone(),
            level: change.level,
        }) as Arc<dyn Question>
    })
}

/// What it is called: the change, and that groups are compared in it.
pub fn label(analysis: &Analysis) -> Text {
    words::each(|language| {
        let label = analysis.label.get(language).to_owned();
        words::say(language, "origin.contrast_label", &[("label", label)])
    })
}

/// Two groups of one variable, in the order of the codes.
struct Pair {
    term: Term,
    groups: [Group; 2],
}

impl Contrast {
    fn pairs(&self) -> Vec<Pair> {
        let of = |column: &Column| -> Vec<Pair> {
            let codes: Vec<i64> = column.item.codes.iter().map(|code| code.code).collect();
            let pairs = codes
                .iter()
                .enumerate()
                .flat_map(|(place, first)| codes[place + 1..].iter().map(move |second| [*first, *second]));
            let pair = |[first, second]: [i64; 2]| Pair {
                term: Term::beside(&column.name, first, second),
                groups: [first, second].map(|code| Group::level(&column.name, code)),
            };
            pairs.map(pair).collect()
        };
        self.by.iter().flat_map(of).collect()
    }
}

/// The statistics of change that a comparison's differences are worked out of, each with the ends of its interval: the change, and of what has an order the probability
/// of superiority.
fn sources(comparison: &Comparison) -> Vec<([&'static Statistic; 3], [&'static Statistic; 3])> {
    use crate::change::contrast::{OF_CHANGES, OF_SUPERIORITY};
    match comparison.before.item.kind {
        ItemType::Binary => vec![(OF_CHANGES, [&RISK_DIFFERENCE, &TANGO_LOW, &TANGO_HIGH])],
        _ => vec![
            (OF_CHANGES, [&MEAN_CHANGE, &MEAN_CHANGE_LOW, &MEAN_CHANGE_HIGH]),
            (
                OF_SUPERIORITY,
                [
                    &PROBABILITY_OF_SUPERIORITY,
                    &PROBABILITY_OF_SUPERIORITY_LOW,
                    &PROBABILITY_OF_SUPERIORITY_HIGH,
                ],
            ),
        ],
    }
}

impl Asked for Contrast {
    fn columns(&self) -> Vec<&Column> {
        Vec::new()
    }

    fn shown(&self) -> Vec<&Column> {
        self.comparisons.iter().map(|comparison| &comparison.before).chain(&self.by).collect()
    }

    fn subjects(&self) -> Vec<&Column> {
        Vec::new()
    }

    fn of(&self) -> &[String] {
        &self.of
    }

    fn level(&self) -> Option<f64> {
        Some(self.level)
    }

    fn about(&self) -> String {
        let variables: Vec<&Variable> = self.comparisons.iter().map(|one| &one.variable).collect();
        let variables: Vec<&str> = variables.iter().map(|variable| variable.as_str()).collect();
        format!("difference between groups in the change of {}", variables.join(", "))
    }
}

impl Told for Contrast {
    fn told(&self, teller: &Teller<'_>) -> String {
        let variables = teller.labels(self.comparisons.iter().map(|comparison| &comparison.before));
        let by = teller.labels(&self.by);
        teller.say("origin.contrast", &[("variables", variables), ("by", by)])
    }
}

impl Question for Contrast {
    fn answers(&self) -> Answers<'_> {
        Answers::Estimates(self)
    }

    fn maker<'q>(&'q self, id: &'q str) -> Option<Box<Maker<'q>>> {
        Some(Box::new(|seen| self.made(id, seen)))
    }
}
