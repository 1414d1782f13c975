//! Logistic regression as SPSS prints its coefficients: Variables in the Equation.

use super::regression::outcomes;
use super::terms::{Terms, waves_matter};
use super::{AnalysisView, Body, Input, Layout, LayoutError};
use crate::dictionary::{Language, Text};
use crate::estimate::{EVERYONE, INTERCEPT, Kind, Statistic, Term, Variable, level_of};
use crate::statistic::{
    ESTIMATE, ODDS_RATIO, ODDS_RATIO_HIGH, ODDS_RATIO_LOW, P_VALUE, STD_ERROR, WALD_CHI2, WALD_DF, WALD_P,
};
use crate::table::labels::Labels;
use crate::table::{Cell, Column, Format, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "regression_spss",
    about: "Logistic regression as SPSS prints it: B, S.E., Wald, df, Sig., Exp(B) with its interval for each term of one model, by plain maximum likelihood.",
    kind: Kind::Model,
    build,
};

/// How SPSS writes everything but counts and degrees of freedom.
const THREE: Format = Format::Decimal(3);

/// The one model of the table.
struct Model<'a> {
    analysis: &'a AnalysisView<'a>,
    /// The outcome.
    variable: &'a Variable,
}

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let [analysis] = &input.analyses[..] else {
        return Err(LayoutError::Several {
            table: input.spec.id.clone(),
            layout: LAYOUT.name,
            found: input.analyses.len(),
        });
    };
    let fitted = analysis.cleared.iter().find(|one| one.statistic() == &ESTIMATE);
    let fitted = fitted.ok_or_else(|| input.lacks(&LAYOUT, analysis, "coefficients"))?;
    let model = Model { analysis, variable: fitted.variable() };
    let (rows, references) = model.rows(input.labels);
    let interval = words::each(|language: Language| {
        let level = analysis.level.map(|level| number::percent(level, 0, language)).unwrap_or_default();
        words::say(language, "spss.interval", &[("level", level)]).trim().to_owned()
    });
    let plain = ["spss.b", "spss.se", "spss.wald", "spss.df", "spss.sig", "spss.exp_b"];
    let mut columns: Vec<Column> = plain.into_iter().map(|key| Column::new(input.heading(key))).collect();
    columns.extend(["spss.lower", "spss.upper"].map(|key| Column::under(&interval, input.heading(key))));
    Ok(Body {
        stub: vec![input.heading("stub.term")],
        columns,
        rows,
        notes: model.notes(input.labels, &references),
    })
}

impl<'a> Model<'a> {
    fn cell(&self, term: &Term, statistic: &Statistic, format: Format) -> Cell {
        self.analysis.cell((EVERYONE, self.variable), term, statistic, format)
    }

    /// The variables in the order of the model with their levels, the constant last; and the reference categories.
    fn rows(&self, labels: &Labels) -> (Vec<Row>, Vec<Text>) {
        let mut levels: Vec<(&str, Vec<Term>)> = Vec::new();
        let terms = self.analysis.terms(self.variable, &ESTIMATE);
        for term in terms.iter().filter(|term| **term != INTERCEPT) {
            let (variable, code) = level_of(term);
            let code = code.map(Term::code);
            match levels.iter_mut().find(|(known, _)| *known == variable) {
                Some((_, codes)) => codes.extend(code),
                None => levels.push((variable, code.into_iter().collect())),
            }
        }
        let waves = waves_matter(&[Terms { outcome: self.variable, terms: terms.clone() }]);
        let (mut rows, mut references) = (Vec::new(), Vec::new());
        for (variable, codes) in levels {
            let label = if waves { labels.variable_at(variable) } else { labels.variable(variable) };
            let named = |code: &str| {
                let answer = labels.code(variable, code);
                words::each(|language| format!("{}: {}", label.get(language), answer.get(language)))
            };
            // Of several levels without a term some had no cases, and which is the reference is not known.
            let all = labels.codes(variable, &codes.iter().collect::<Vec<_>>());
            let mut without = all.iter().filter(|code| !codes.contains(code));
            if let (false, Some(reference), None) = (codes.is_empty(), without.next(), without.next()) {
                references.push(named(reference));
            }
            match &codes[..] {
                [] => rows.push(self.term(RowKind::Plain, label, &Term::from(variable))),
                [code] => rows.push(self.term(RowKind::Plain, named(code), &Term::level(variable, code))),
                codes => {
                    rows.push(self.factor(label.clone(), &Term::from(variable)));
                    for code in codes {
                        rows.push(self.term(RowKind::Inner, named(code), &Term::level(variable, code)));
                    }
                }
            }
        }
        if terms.contains(&INTERCEPT) {
            let mut row = self.term(RowKind::Plain, words::word("row.constant"), INTERCEPT);
            // SPSS gives the constant's odds no interval.
            row.cells.truncate(6);
            row.cells.extend([Cell::EMPTY, Cell::EMPTY]);
            rows.push(row);
        }
        (rows, references)
    }

    /// A coefficient. SPSS's Wald is the square of z, and has one degree of freedom.
    fn term(&self, kind: RowKind, head: Text, term: &Term) -> Row {
        let cells = vec![
            self.cell(term, &ESTIMATE, THREE),
            self.cell(term, &STD_ERROR, THREE),
            self.cell(term, &WALD_CHI2, THREE),
            self.cell(term, &WALD_DF, Format::Decimal(0)),
            self.cell(term, &P_VALUE, Format::P),
            self.cell(term, &ODDS_RATIO, THREE),
            self.cell(term, &ODDS_RATIO_LOW, THREE),
            self.cell(term, &ODDS_RATIO_HIGH, THREE),
        ];
        Row::new(kind, vec![head], cells)
    }

    /// A variable with several levels: the joint test of all of them.
    fn factor(&self, head: Text, variable: &Term) -> Row {
        let mut cells = vec![
            Cell::EMPTY,
            Cell::EMPTY,
            self.cell(variable, &WALD_CHI2, THREE),
            self.cell(variable, &WALD_DF, Format::Decimal(0)),
            self.cell(variable, &WALD_P, Format::P),
        ];
        cells.resize(8, Cell::EMPTY);
        Row::new(RowKind::Plain, vec![head], cells)
    }

    fn notes(&self, labels: &Labels, references: &[Text]) -> Vec<Text> {
        let mut notes = vec![words::word("spss.note_layout"), outcomes([self.variable], labels)];
        if !references.is_empty() {
            notes.push(words::each(|language| {
                let names: Vec<&str> = references.iter().map(|name| name.get(language)).collect();
                words::say(language, "spss.note_reference", &[("references", names.join("; "))])
            }));
        }
        notes.push(errors([self.analysis]));
        notes
    }
}

/// Which standard errors stand: SPSS's are not those of the ordinary table where there are clusters.
pub(super) fn errors<'a>(analyses: impl IntoIterator<Item = &'a AnalysisView<'a>>) -> Text {
    let clustered = analyses.into_iter().any(|analysis| analysis.cluster.is_some());
    words::each(|language| {
        let keys: &[&str] =
            if clustered { &["spss.note_plain", "spss.note_clusters"] } else { &["spss.note_plain"] };
        keys.iter().map(|key| words::say(language, key, &[])).collect::<Vec<_>>().join(" ")
    })
}
