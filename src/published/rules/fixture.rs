//! Small ledgers for the tests of the rules.

use std::collections::BTreeMap;

use crate::dictionary::Text;
use crate::published::claim::{Claim, Operator};
use crate::published::ledger::{Against, Denominator, Document, Figure, Ledger, Unit};

/// A plain whole number that is compared with nothing.
pub fn figure(id: &str, value: f64) -> Figure {
    Figure {
        id: id.to_owned(),
        document: 0,
        page: "1".to_owned(),
        words: id.to_owned(),
        population: "everyone".to_owned(),
        denominator: Denominator::All,
        claim: Claim { operator: Operator::Equal, value, to: value, rounding: 1.0 },
        unit: Unit::Count,
        of: None,
        of_whole_numbers: false,
        count: None,
        against: Against::Nothing("none".to_owned()),
        definition_unknown: false,
        note: Text::default(),
    }
}

/// The figure after `change`.
pub fn with(mut figure: Figure, change: impl FnOnce(&mut Figure)) -> Figure {
    change(&mut figure);
    figure
}

pub fn ledger(figures: Vec<Figure>) -> Ledger {
    Ledger {
        documents: vec![Document { id: "paper".to_owned(), title: "A paper".to_owned() }],
        note: Text::default(),
        populations: BTreeMap::from([("everyone".to_owned(), Text::same("Everyone"))]),
        reasons: BTreeMap::from([("none".to_owned(), Text::same("No estimate"))]),
        figures,
        wholes: Vec::new(),
        same: Vec::new(),
    }
}
