//! Cleared estimates → figures, as SVG and PNG in each language.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::RunError;
use super::fingerprint::{Parts, digest, digest_of};
use super::output::{self, failed};
use super::release::{analyses_of, counted, labels, view, words};
use crate::dictionary::Language;
use crate::disclosure::Release;
use crate::figure::{self, Figure};
use crate::plan::{FigureSpec, Plan};

/// The step that makes a figure.
pub fn step(spec: &FigureSpec) -> String {
    format!("figure.{}", spec.id)
}

fn file(id: &str, language: Language, extension: &str) -> String {
    format!("release/figures/{id}.{language}.{extension}")
}

/// The files of a figure.
pub fn files(plan: &Plan, spec: &FigureSpec) -> Vec<String> {
    let languages = plan.languages.iter();
    languages
        .flat_map(|language| ["svg", "png"].map(|extension| file(&spec.id, *language, extension)))
        .collect()
}

/// What a figure depends on.
pub fn parts(plan: &Plan, spec: &FigureSpec, cleared: &BTreeMap<String, String>) -> Parts {
    let analyses = analyses_of(plan, &spec.from);
    let mut parts = Parts::of_program()
        .with("its declaration", digest_of(spec))
        .with("the languages", digest_of(&plan.languages))
        .with("labels", digest_of(&words(plan, &analyses)))
        .with("what is counted", digest_of(&counted(plan, &analyses)));
    for analysis in &spec.from {
        let digest = cleared.get(analysis).cloned().unwrap_or_default();
        parts = parts.with(format!("the cleared estimates of {analysis}"), digest);
    }
    parts
}

/// The figure of a specification.
///
/// # Errors
/// [`RunError::Figure`] where its kind does not fit its analyses.
pub fn figure_of(plan: &Plan, spec: &FigureSpec, release: &Release) -> Result<Figure, RunError> {
    let analyses = analyses_of(plan, &spec.from);
    let states = analyses.iter().flat_map(|analysis| &plan.cohorts[analysis.cohort].states);
    let input = figure::Input {
        spec,
        analyses: analyses.iter().map(|analysis| view(plan, analysis, release)).collect(),
        labels: &labels(plan, &analyses),
        seen_states: states.filter(|state| state.seen).map(|state| state.id.as_str()).collect(),
    };
    figure::build(&input)
        .map_err(|error| RunError::Figure { figure: spec.id.clone(), why: error.to_string() })
}

/// Writes a figure's files below `building`; gives the digest of the drawings.
///
/// # Errors
/// [`RunError::Output`] where a file cannot be written.
pub fn write_out(plan: &Plan, figure: &Figure, building: &Path) -> Result<String, RunError> {
    // A picture is most of the work of a figure: each language has its own thread.
    let drawn: Vec<String> = plan
        .languages
        .par_iter()
        .map(|language| {
            let svg = figure.svg(*language);
            output::write(building, &file(&figure.id, *language, "svg"), &svg)?;
            let place = building.join(file(&figure.id, *language, "png"));
            let png = figure.png(*language).map_err(RunError::internal)?;
            std::fs::write(&place, png).map_err(failed(&place))?;
            Ok(svg)
        })
        .collect::<Result<_, RunError>>()?;
    Ok(digest(drawn.concat().as_bytes()))
}
