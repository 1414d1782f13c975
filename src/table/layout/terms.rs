//! The rows of regressions: a variable a row, or a heading with a row for each of its levels.

use std::collections::BTreeSet;

use crate::dictionary::Text;
use crate::estimate::{INTERCEPT, Term, Variable, Waves, level_of};
use crate::table::labels::Labels;
use crate::table::{Cell, Row, RowKind, words};

/// A regression as far as its rows go.
pub(crate) struct Terms<'a> {
    pub outcome: &'a Variable,
    /// In order, the constant among them if it is to be shown.
    pub terms: Vec<&'a Term>,
}

impl Terms<'_> {
    pub fn names(&self, variable: &str) -> bool {
        self.terms.iter().any(|term| term.variable() == variable)
    }
}

/// Whether the explanatory variables' waves have to be told: where they are of several, or of another than the outcome's.
pub(super) fn waves_matter(models: &[Terms<'_>]) -> bool {
    let mut waves = BTreeSet::new();
    models.iter().any(|model| {
        let outcome = model.outcome.wave();
        model.terms.iter().any(|term| {
            // A level's code comes after the variable's wave.
            let Some(wave) = Waves::of(term.variable()).wave else { return false };
            waves.insert(wave);
            waves.len() > 1 || outcome != Some(wave)
        })
    })
}

/// A row of a regression.
pub(crate) enum Line {
    /// A variable whose levels stand below it.
    Variable(Text),
    /// A number, or the constant.
    Term {
        label: Text,
        term: Term,
    },
    Level {
        label: Text,
        term: Term,
    },
    /// What the other levels of its variable are compared with.
    Reference {
        label: Text,
        variable: String,
        term: Term,
    },
}

/// The variables in the order in which the models first name them, each level below its variable; the constant last.
pub(crate) fn lines(models: &[Terms<'_>], labels: &Labels, chosen: impl Fn(&str) -> bool) -> Vec<Line> {
    let waves = waves_matter(models);
    let mut variables: Vec<(&str, Vec<Term>)> = Vec::new();
    for term in models.iter().flat_map(|model| &model.terms).filter(|term| **term != INTERCEPT) {
        let (variable, code) = level_of(term);
        let code = code.map(Term::code);
        if !chosen(variable) {
            continue;
        }
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
    let mut lines = Vec::new();
    for (variable, found) in variables {
        let label = if waves { labels.variable_at(variable) } else { labels.variable(variable) };
        if found.is_empty() {
            lines.push(Line::Term { label, term: Term::from(variable) });
            continue;
        }
        lines.push(Line::Variable(label));
        let codes = labels.codes(variable, &found.iter().collect::<Vec<_>>());
        // The reference is the one level without a term; of several, some had no rows, and which is which is not known.
        let without = codes.iter().filter(|code| !found.contains(code)).count();
        for code in &codes {
            let (label, term) = (labels.code(variable, code), Term::level(variable, code));
            if found.contains(code) {
                lines.push(Line::Level { label, term });
            } else if without == 1 {
                lines.push(Line::Reference { label, variable: variable.to_owned(), term });
            }
        }
    }
    if models.iter().any(|model| model.terms.contains(&INTERCEPT)) && chosen(INTERCEPT) {
        lines.push(Line::Term { label: words::word("row.constant"), term: INTERCEPT.clone() });
    }
    lines
}

/// The same as rows of a table: `across` gives the cells of a term, `reference` those of the level that the others of its
/// variable are compared with.
pub(super) fn rows(
    models: &[Terms<'_>],
    labels: &Labels,
    across: impl Fn(&Term) -> Vec<Cell>,
    reference: impl Fn(&str, &Term) -> Vec<Cell>,
) -> Vec<Row> {
    let row = |line| match line {
        Line::Variable(label) => Row::section(label),
        Line::Term { label, term } => Row::new(RowKind::Plain, vec![label], across(&term)),
        Line::Level { label, term } => Row::new(RowKind::Inner, vec![label], across(&term)),
        Line::Reference { label, variable, term } => {
            Row::new(RowKind::Inner, vec![label], reference(&variable, &term))
        }
    };
    lines(models, labels, |_| true).into_iter().map(row).collect()
}
