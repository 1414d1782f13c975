//! The rows of regressions: a variable a row, or a heading with a row for each of its levels.

use std::collections::BTreeSet;

use crate::dictionary::Text;
use crate::table::labels::{Key, Labels};
use crate::table::{Cell, Row, RowKind, words};

pub(super) const INTERCEPT: &str = "(intercept)";

/// A regression as far as its rows go.
pub(super) struct Terms<'a> {
    pub outcome: &'a str,
    /// In order, the constant among them if it is to be shown.
    pub terms: Vec<&'a str>,
}

/// The variable of a term, and the code of its level.
pub(super) fn parts(term: &str) -> (&str, Option<&str>) {
    term.split_once('=').map_or((term, None), |(variable, code)| (variable, Some(code)))
}

impl Terms<'_> {
    pub fn names(&self, variable: &str) -> bool {
        self.terms.iter().any(|term| parts(term).0 == variable)
    }
}

/// Whether the explanatory variables' waves have to be told: where they are of several, or of another than the outcome's.
pub(super) fn waves_matter(models: &[Terms<'_>]) -> bool {
    let mut waves = BTreeSet::new();
    models.iter().any(|model| {
        let outcome = Key::parse(model.outcome).wave;
        model.terms.iter().any(|term| {
            // A level's code comes after the variable's wave.
            let Some(wave) = Key::parse(parts(term).0).wave else { return false };
            waves.insert(wave);
            waves.len() > 1 || outcome != Some(wave)
        })
    })
}

/// The variables in the order in which the models first name them, each level below its variable; the constant last.
///
/// `across` gives the cells of a term, `reference` those of the level that the others of its variable are compared with.
pub(super) fn rows(
    models: &[Terms<'_>],
    labels: &Labels,
    across: impl Fn(&str) -> Vec<Cell>,
    reference: impl Fn(&str, &str) -> Vec<Cell>,
) -> Vec<Row> {
    let waves = waves_matter(models);
    let mut variables: Vec<(&str, Vec<&str>)> = Vec::new();
    for term in models.iter().flat_map(|model| &model.terms).filter(|term| **term != INTERCEPT) {
        let (variable, code) = parts(term);
        let position = match variables.iter().position(|(known, _)| *known == variable) {
            Some(position) => position,
            None => {
                variables.push((variable, Vec::new()));
                variables.len() - 1
            }
        };
        let codes = &mut variables[position].1;
        codes.extend(code.filter(|code| !codes.contains(code)));
    }
    let mut rows = Vec::new();
    for (variable, found) in variables {
        let label = if waves { labels.variable_at(variable) } else { labels.variable(variable) };
        if found.is_empty() {
            rows.push(Row::new(RowKind::Plain, vec![label], across(variable)));
            continue;
        }
        rows.push(Row::section(label));
        let codes = labels.codes(variable, &found);
        // The reference is the one level without a term; of several, some had no rows, and which is which is not known.
        let without = codes.iter().filter(|code| !found.contains(&code.as_str())).count();
        for code in &codes {
            let head: Vec<Text> = vec![labels.code(variable, code)];
            let term = format!("{variable}={code}");
            if found.contains(&code.as_str()) {
                rows.push(Row::new(RowKind::Inner, head, across(&term)));
            } else if without == 1 {
                rows.push(Row::new(RowKind::Inner, head, reference(variable, &term)));
            }
        }
    }
    if models.iter().any(|model| model.terms.contains(&INTERCEPT)) {
        rows.push(Row::new(RowKind::Plain, vec![words::word("row.constant")], across(INTERCEPT)));
    }
    rows
}
