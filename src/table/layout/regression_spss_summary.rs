//! Logistic regression as SPSS prints it, all but the coefficients: tests of the model, summary, classification.

use super::regression::outcomes;
use super::{AnalysisView, Body, Input, Layout, LayoutError};
use crate::convention::Convention;
use crate::dictionary::Text;
use crate::estimate::{EVERYONE, Kind, Statistic, Term, Variable, WHOLE};
use crate::plan::CohortUnit;
use crate::statistic::{
    CLASSIFICATION_CUT, CORRECTLY_CLASSIFIED, COX_SNELL, DEVIANCE, HOSMER_LEMESHOW, HOSMER_LEMESHOW_DF,
    HOSMER_LEMESHOW_P, N_EVENTS, N_OBS, NAGELKERKE, OMNIBUS_CHI2, OMNIBUS_DF, OMNIBUS_P, SENSITIVITY,
    SPECIFICITY,
};
use crate::table::{Cell, Column, Format, Row, RowKind, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "regression_spss_summary",
    about: "Logistic regression as SPSS prints it beside the coefficients: omnibus test, model summary, Hosmer and Lemeshow test and classification table, a column a model.",
    kind: Kind::Model,
    build,
};

/// A heading of SPSS's, the statistic without which it is left out, and its lines.
type Part = (&'static str, &'static Statistic, &'static [(&'static str, &'static Statistic, Format)]);

const PARTS: [Part; 4] = [
    (
        "spss.omnibus",
        &OMNIBUS_CHI2,
        &[
            ("spss.chi_square", &OMNIBUS_CHI2, Format::Decimal(3)),
            ("spss.df", &OMNIBUS_DF, Format::Decimal(0)),
            ("spss.sig", &OMNIBUS_P, Format::P),
        ],
    ),
    (
        "spss.summary",
        &DEVIANCE,
        &[
            ("spss.log_likelihood", &DEVIANCE, Format::Decimal(3)),
            ("spss.cox_snell", &COX_SNELL, Format::Decimal(3)),
            ("spss.nagelkerke", &NAGELKERKE, Format::Decimal(3)),
        ],
    ),
    (
        "spss.hosmer_lemeshow",
        &HOSMER_LEMESHOW,
        &[
            ("spss.chi_square", &HOSMER_LEMESHOW, Format::Decimal(3)),
            ("spss.df", &HOSMER_LEMESHOW_DF, Format::Decimal(0)),
            ("spss.sig", &HOSMER_LEMESHOW_P, Format::P),
        ],
    ),
    (
        "spss.classification",
        &CLASSIFICATION_CUT,
        &[
            ("spss.cut", &CLASSIFICATION_CUT, Format::Decimal(3)),
            ("spss.without", &SPECIFICITY, Format::Percent(1)),
            ("spss.with", &SENSITIVITY, Format::Percent(1)),
            ("spss.overall", &CORRECTLY_CLASSIFIED, Format::Percent(1)),
        ],
    ),
];

/// The term of a statistic: SPSS's variant where the model was asked for it, the common one otherwise.
fn variant(analysis: &AnalysisView<'_>, variable: &Variable, statistic: &Statistic) -> &'static Term {
    let spss = Convention::Spss.term();
    if analysis.find(EVERYONE, variable, spss, statistic).is_some() { spss } else { WHOLE }
}

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut models: Vec<(&AnalysisView<'_>, &Variable)> = Vec::new();
    for analysis in &input.analyses {
        let fitted = analysis.cleared.iter().find(|one| one.statistic() == &N_OBS);
        let fitted = fitted.ok_or_else(|| input.lacks(&LAYOUT, analysis, "a fitted model"))?;
        models.push((analysis, fitted.variable()));
    }
    let across = |statistic: &Statistic, format: Format| -> Vec<Cell> {
        let cell = |(analysis, variable): &(&AnalysisView<'_>, &Variable)| {
            analysis.cell((EVERYONE, variable), variant(analysis, variable, statistic), statistic, format)
        };
        models.iter().map(cell).collect()
    };
    let by_spss = |statistic: &Statistic| {
        models
            .iter()
            .all(|(analysis, variable)| variant(analysis, variable, statistic) == Convention::Spss.term())
    };
    let mut rows = vec![Row::section(words::word("spss.cases"))];
    let assessments = models.iter().all(|(analysis, _)| analysis.unit == CohortUnit::Assessment);
    let counted = match assessments {
        true => [("row.n_obs_assessments", &N_OBS), ("row.n_events_assessments", &N_EVENTS)],
        false => [("row.n_obs", &N_OBS), ("row.n_events", &N_EVENTS)],
    };
    for (key, statistic) in counted {
        rows.push(Row::new(RowKind::Inner, vec![words::word(key)], across(statistic, Format::Count)));
    }
    let computed = |statistic: &Statistic| {
        models.iter().any(|(analysis, variable)| analysis.has((EVERYONE, variable), statistic))
    };
    let mut notes = vec![outcomes(models.iter().map(|(_, variable)| *variable), input.labels)];
    for (heading, statistic, lines) in PARTS.into_iter().filter(|(_, statistic, _)| computed(statistic)) {
        rows.push(Row::section(words::word(heading)));
        for (key, statistic, format) in lines {
            rows.push(Row::new(RowKind::Inner, vec![words::word(key)], across(statistic, *format)));
        }
        let note = match () {
            () if statistic == &HOSMER_LEMESHOW && by_spss(statistic) => Some("spss.note_rules"),
            () if statistic == &HOSMER_LEMESHOW => Some("spss.note_groups"),
            () if statistic == &CLASSIFICATION_CUT => Some("spss.note_classified"),
            () => None,
        };
        notes.extend(note.map(words::word));
    }
    let heading =
        |(_, variable): &(&AnalysisView<'_>, &Variable)| -> Text { input.labels.variable_at(variable) };
    Ok(Body {
        stub: vec![input.heading("spss.model")],
        columns: models.iter().map(|model| Column::new(heading(model))).collect(),
        rows,
        notes,
    })
}
