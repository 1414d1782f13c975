//! The code of each analysis: what is asked, as calls of the functions that the notebook begins with.

use super::{Dialect, Remade, pattern_table};
use crate::dictionary::Item;
use crate::estimate::Group;
use crate::evaluation::{Analysis, Plan};
use crate::plan::{Column, Term};

pub(super) fn code<Q: Remade + ?Sized>(plan: &Plan<Q>, analysis: &Analysis<Q>, dialect: Dialect) -> String {
    let writer = Writer { id: &analysis.id, dialect };
    let numbers = analysis.question.code(&plan.cohorts[analysis.cohort], &writer);
    let id = dialect.text(&analysis.id);
    let looked_at = dialect.texts(analysis.question.looked_at().iter().map(|statistic| statistic.name));
    let compare = dialect.call("compare", std::slice::from_ref(&id));
    format!("{numbers}{compare}\n{}", dialect.call("look", &[id, looked_at]))
}

/// Writes the calls of one analysis.
pub struct Writer<'a> {
    pub id: &'a str,
    pub dialect: Dialect,
}

impl Writer<'_> {
    /// `patterns("change.health.mental_health@w1-w2", group)`
    pub fn patterns(&self, what: &str, grouped: bool) -> String {
        let mut arguments = vec![self.dialect.text(&pattern_table(self.id, what))];
        arguments.extend(grouped.then(|| "group".to_owned()));
        self.dialect.call("patterns", &arguments)
    }

    /// Keeps values under the names that they have in `estimates.csv`.
    pub fn record(&self, group: &str, variable: &str, values: &str) -> String {
        let arguments =
            [self.dialect.text(self.id), group.to_owned(), variable.to_owned(), values.to_owned()];
        self.dialect.call("record", &arguments)
    }

    /// How far apart the programs are in the numbers that were recorded as they have them.
    pub fn apart(&self, group: &str, variable: &str) -> String {
        self.dialect.call("apart", &[self.dialect.text(self.id), group.to_owned(), variable.to_owned()])
    }

    /// The keys of everyone and of each group.
    pub fn groups(&self, by: &[Column]) -> String {
        let of_column = |column: &Column| -> Vec<Group> {
            column.item.codes.iter().map(|code| Group::level(&column.name, code.code)).collect()
        };
        let keys: Vec<Group> =
            std::iter::once(Group::default()).chain(by.iter().flat_map(of_column)).collect();
        self.dialect.assign("groups", &self.dialect.texts(keys.iter().map(Group::as_str)))
    }

    /// A term of a regression.
    pub fn term(&self, term: &Term) -> String {
        let dialect = self.dialect;
        let name = dialect.text(&term.column.name);
        let codes = codes(&term.column.item);
        match (term.column.item.is_coded(), term.reference.or_else(|| codes.first().copied())) {
            (true, Some(reference)) => {
                let levels = dialect.argument("levels", &dialect.numbers(&codes));
                let reference = dialect.argument("reference", &reference.to_string());
                dialect.call("coded", &[name, levels, reference])
            }
            _ => dialect.call("numeric", &[name]),
        }
    }
}

/// The codes of an item, in their order.
pub fn codes(item: &Item) -> Vec<i64> {
    item.codes.iter().map(|code| code.code).collect()
}

/// The code of a binary item that counts as the event: its second.
pub fn event(item: &Item) -> i64 {
    item.codes.last().map_or(1, |code| code.code)
}
