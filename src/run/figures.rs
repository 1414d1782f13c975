//! The steps of the figures: cleared estimates → drawings, as SVG and PNG in each language.

use super::RunError;
use super::desk::{Desk, Value};
use super::fingerprint::Parts;
use super::graph::{Made, Work};
use super::output::failed;
use super::shown::{self, analyses_of, labels};
use super::trace::Trace;
use crate::dictionary::Language;
use crate::document::Picture;
use crate::figure::FigureSpec;
use crate::figure::{self, Figure};
use crate::question::Plan;
use crate::table::{TableSpec, mark};

/// Draws one figure.
pub struct FigureFiles<'p>(pub &'p FigureSpec);

fn file(id: &str, language: Language, extension: &str) -> String {
    format!("release/figures/{id}.{language}.{extension}")
}

impl<'p> Work<'p> for FigureFiles<'p> {
    fn parts(&self, trace: &Trace<'p>) -> Parts {
        shown::parts(trace, self.0, &self.0.from)
    }

    fn value(&self, desk: &Desk<'p>) -> Result<Value<'p>, RunError> {
        let (plan, spec) = (desk.plan, self.0);
        let analyses = analyses_of(plan, &spec.from);
        let states = analyses.iter().flat_map(|analysis| &plan.cohorts[analysis.cohort].states);
        let input = figure::Input {
            spec,
            seen_states: states.filter(|state| state.seen).map(|state| state.id.as_str()).collect(),
            analyses: desk.release()?.views(plan, &analyses),
            labels: &labels(plan, &analyses),
        };
        let mut figure = figure::build(&input)
            .map_err(|error| RunError::Figure { figure: spec.id.clone(), why: error.to_string() })?;
        figure.beside = beside(plan, spec).map(|table| table.id.clone());
        figure.notes.extend(shown::remarks(desk, &spec.from)?);
        Ok(Value::Figure(figure))
    }

    fn make(&self, desk: &Desk<'p>) -> Result<Made, RunError> {
        let figure = desk.figure(&self.0.id)?;
        let mut made = Made::default();
        for language in &desk.plan.languages {
            let svg = figure.svg(*language);
            let png = figure::png(&svg).map_err(RunError::internal)?;
            made.write(desk, &file(&figure.id, *language, "svg"), svg)?;
            made.write(desk, &file(&figure.id, *language, "png"), png)?;
        }
        Ok(made.of_files())
    }
}

/// The table that a figure stands at: that of its own key, otherwise the first that shows most of its analyses.
fn beside<'p>(plan: &'p Plan, spec: &FigureSpec) -> Option<&'p TableSpec> {
    let shown = |table: &TableSpec| spec.from.iter().filter(|&one| table.from.contains(one)).count();
    let own = plan.tables.iter().find(|table| table.id == spec.id);
    // The first of those that show most: the last of them when they are looked through backwards.
    let most = || plan.tables.iter().rev().filter(|table| shown(table) > 0).max_by_key(|table| shown(table));
    own.or_else(most)
}

/// A figure as a document shows it, from the pictures that its step has written.
///
/// # Errors
/// [`RunError::Output`] where a picture cannot be read back.
pub fn picture(desk: &Desk<'_>, figure: &Figure, language: Language) -> Result<Picture, RunError> {
    let place = desk.building.join(file(&figure.id, language, "png"));
    let around = figure.around(language);
    Ok(Picture {
        id: figure.id.clone(),
        name: figure.name().get(language).to_owned(),
        title: figure.title.get(language).to_owned(),
        alternative: figure.alternative(language),
        notes: figure.below(language).iter().map(|note| mark::plain(note).into_owned()).collect(),
        png: std::fs::read(&place).map_err(failed(&place))?,
        cut: [around.above, around.below],
        beside: figure.beside.clone(),
    })
}
