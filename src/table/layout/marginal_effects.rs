//! Regressions in the scale of shares: what each variable means in percentage points, all else as it is.

use super::change::interval_heading;
use super::inference::Inference;
use super::terms::{self, Terms};
use super::view::with_interval;
use super::{AnalysisView, At, Body, Input, Layout, LayoutError};
use crate::dictionary::Text;
use crate::estimate::{EVERYONE, INTERCEPT, Kind, Term, Variable};
use crate::statistic::{AME, EVENTS_PER_PARAMETER, PREDICTED};
use crate::table::{Cell, Column, Format, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "marginal_effects",
    about: "Logistic regression in percentage points: adjusted share at each level, and the average marginal effect with interval and p.",
    kind: Kind::Model,
    build,
};

struct Model<'a> {
    analysis: &'a AnalysisView<'a>,
    outcome: &'a Variable,
    inference: Inference,
}

impl<'a> Model<'a> {
    fn read(analysis: &'a AnalysisView<'a>) -> Option<Model<'a>> {
        let outcome = analysis.cleared.iter().find(|one| one.statistic() == &AME)?.variable();
        Some(Model { analysis, outcome, inference: Inference::of(analysis, outcome) })
    }

    fn at(&self) -> At<'_> {
        (EVERYONE, self.outcome)
    }

    /// Adjusted share, difference, both with their intervals, and p; the share alone at the reference.
    fn cells(&self, term: &Term, is_reference: bool) -> Vec<Cell> {
        let known = |statistic| self.analysis.find(EVERYONE, self.outcome, term, statistic).is_some();
        if !known(&AME) && !known(&PREDICTED) {
            return vec![Cell::EMPTY; 3];
        }
        let share = match known(&PREDICTED) {
            // A number has no levels at which there would be a share.
            false => Cell::EMPTY,
            true => with_interval(
                self.analysis.cell(self.at(), term, &PREDICTED, Format::Percent(0)),
                self.analysis.interval(self.at(), term, self.inference.predicted(), Format::Percent(0)),
            ),
        };
        let (ends, p) = self.inference.marginal_effect();
        let few_events = self.analysis.id(self.at(), &EVENTS_PER_PARAMETER);
        let [difference, p] = match is_reference {
            true => [words::word("cell.reference_effect").into(), Cell::EMPTY],
            false => [
                with_interval(
                    // Always of maximum likelihood, also where the odds ratios are Firth's.
                    self.analysis.cell(self.at(), term, &AME, Format::Points(1)).concerned(few_events),
                    self.analysis.interval(self.at(), term, ends, Format::Points(1)),
                ),
                self.analysis.cell(self.at(), term, p, Format::P),
            ],
        };
        vec![share, difference, p]
    }
}

/// The heading of a number with its interval.
fn of_both(number: Text, interval: Text) -> Text {
    words::each(|language| format!("{} ({})", number.get(language), interval.get(language)))
}

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut models = Vec::new();
    for analysis in &input.analyses {
        let model = Model::read(analysis);
        models.push(model.ok_or_else(|| input.lacks(&LAYOUT, analysis, "marginal effects"))?);
    }
    let of = |model: &Model<'_>| {
        let terms = input.analyses.iter().find(|analysis| analysis.id == model.analysis.id);
        let terms = terms.map(|analysis| analysis.terms(model.outcome, &AME)).unwrap_or_default();
        terms.into_iter().filter(|term| *term != INTERCEPT).collect::<Vec<&Term>>()
    };
    let of_models: Vec<Terms<'_>> =
        models.iter().map(|model| Terms { outcome: model.outcome, terms: of(model) }).collect();
    let across = |term: &Term| models.iter().flat_map(|model| model.cells(term, false)).collect();
    let reference = |_: &str, term: &Term| models.iter().flat_map(|model| model.cells(term, true)).collect();
    let rows = terms::rows(&of_models, input.labels, across, reference);
    let mut columns = Vec::new();
    for model in &models {
        let over = match models.len() {
            1 => Text::default(),
            _ => input.labels.variable_at(model.outcome),
        };
        for heading in ["column.adjusted_share", "column.marginal_effect"] {
            columns.push(Column::under(
                &over,
                of_both(input.heading(heading), interval_heading(model.analysis.level)),
            ));
        }
        columns.push(Column::under(&over, input.heading("column.p")));
    }
    let mut notes = vec![words::word("note.marginal_effects")];
    let mut told = Vec::new();
    for model in &models {
        let note = model.inference.note_of_effects();
        if !told.contains(&note) {
            told.push(note);
            notes.push(words::word(note));
        }
    }
    Ok(Body { stub: vec![input.heading("stub.term")], columns, rows, notes })
}
