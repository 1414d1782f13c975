//! Logistic regression as SPSS prints it, all but the coefficients: tests of the model, summary, classification.

use super::regression::outcomes;
use super::{AnalysisView, Body, Input, Layout, LayoutError};
use crate::convention::Convention;
use crate::dictionary::Text;
use crate::estimate::Kind;
use crate::plan::CohortUnit;
use crate::table::{Cell, Column, Format, Row, RowKind, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "regression_spss_summary",
    about: "Logistic regression as SPSS prints it beside the coefficients: omnibus test, model summary, Hosmer and Lemeshow test and classification table, a column a model.",
    kind: Kind::Model,
    build,
};

/// A heading of SPSS's, the statistic without which it is left out, and its lines.
type Part = (&'static str, &'static str, &'static [(&'static str, &'static str, Format)]);

const PARTS: [Part; 4] = [
    (
        "spss.omnibus",
        "omnibus_chi2",
        &[
            ("spss.chi_square", "omnibus_chi2", Format::Decimal(3)),
            ("spss.df", "omnibus_df", Format::Decimal(0)),
            ("spss.sig", "omnibus_p", Format::P),
        ],
    ),
    (
        "spss.summary",
        "deviance",
        &[
            ("spss.log_likelihood", "deviance", Format::Decimal(3)),
            ("spss.cox_snell", "cox_snell", Format::Decimal(3)),
            ("spss.nagelkerke", "nagelkerke", Format::Decimal(3)),
        ],
    ),
    (
        "spss.hosmer_lemeshow",
        "hosmer_lemeshow",
        &[
            ("spss.chi_square", "hosmer_lemeshow", Format::Decimal(3)),
            ("spss.df", "hosmer_lemeshow_df", Format::Decimal(0)),
            ("spss.sig", "hosmer_lemeshow_p", Format::P),
        ],
    ),
    (
        "spss.classification",
        "classification_cut",
        &[
            ("spss.cut", "classification_cut", Format::Decimal(3)),
            ("spss.without", "specificity", Format::Percent(1)),
            ("spss.with", "sensitivity", Format::Percent(1)),
            ("spss.overall", "correctly_classified", Format::Percent(1)),
        ],
    ),
];

/// The term of a statistic: SPSS's variant where the model was asked for it, the common one otherwise.
fn variant(analysis: &AnalysisView<'_>, variable: &str, statistic: &str) -> &'static str {
    let spss = Convention::Spss.term();
    if analysis.find("", variable, spss, statistic).is_some() { spss } else { "" }
}

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut models: Vec<(&AnalysisView<'_>, &str)> = Vec::new();
    for analysis in &input.analyses {
        let fitted = analysis.cleared.iter().find(|one| one.statistic().name == "n_obs");
        let fitted = fitted.ok_or_else(|| input.lacks(&LAYOUT, analysis, "a fitted model"))?;
        models.push((analysis, fitted.variable()));
    }
    let across = |statistic: &str, format: Format| -> Vec<Cell> {
        let cell = |(analysis, variable): &(&AnalysisView<'_>, &str)| {
            analysis.cell(("", variable), variant(analysis, variable, statistic), statistic, format)
        };
        models.iter().map(cell).collect()
    };
    let by_spss = |statistic: &str| {
        models
            .iter()
            .all(|(analysis, variable)| variant(analysis, variable, statistic) == Convention::Spss.term())
    };
    let mut rows = vec![Row::section(words::word("spss.cases"))];
    let assessments = models.iter().all(|(analysis, _)| analysis.unit == CohortUnit::Assessment);
    let counted = match assessments {
        true => [("row.n_obs_assessments", "n_obs"), ("row.n_events_assessments", "n_events")],
        false => [("row.n_obs", "n_obs"), ("row.n_events", "n_events")],
    };
    for (key, statistic) in counted {
        rows.push(Row::new(RowKind::Inner, vec![words::word(key)], across(statistic, Format::Count)));
    }
    let computed =
        |statistic: &str| models.iter().any(|(analysis, variable)| analysis.has(("", variable), statistic));
    let mut notes = vec![outcomes(models.iter().map(|(_, variable)| *variable), input.labels)];
    for (heading, statistic, lines) in PARTS.into_iter().filter(|(_, statistic, _)| computed(statistic)) {
        rows.push(Row::section(words::word(heading)));
        for (key, statistic, format) in lines {
            rows.push(Row::new(RowKind::Inner, vec![words::word(key)], across(statistic, *format)));
        }
        match statistic {
            "hosmer_lemeshow" if by_spss(statistic) => notes.push(words::word("spss.note_rules")),
            "hosmer_lemeshow" => notes.push(words::word("spss.note_groups")),
            "classification_cut" => notes.push(words::word("spss.note_classified")),
            _ => {}
        }
    }
    let heading = |(_, variable): &(&AnalysisView<'_>, &str)| -> Text { input.labels.variable_at(variable) };
    Ok(Body {
        stub: vec![input.heading("spss.model")],
        columns: models.iter().map(|model| Column::new(heading(model))).collect(),
        rows,
        notes,
    })
}
