//! Cleared estimates → figures, as SVG and PNG in each language.

use crate::table::mark;
use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::RunError;
use super::desk::analyses_of;
use super::fingerprint::{Parts, digest, digest_of};
use super::output::{self, failed};
use super::release::{FOUND, counted, words};
use super::remarks::Facts;
use crate::dictionary::Language;
use crate::document::Picture;
use crate::figure::FigureSpec;
use crate::figure::{self, Figure};
use crate::question::Plan;
use crate::table::TableSpec;

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
pub fn parts(plan: &Plan, spec: &FigureSpec, cleared: &BTreeMap<String, String>, facts: &Facts<'_>) -> Parts {
    let analyses = analyses_of(plan, &spec.from);
    let mut parts = Parts::of_program()
        .with("its declaration", digest_of(spec))
        .with("the languages", digest_of(&plan.languages))
        .with("labels", digest_of(&words(plan, &analyses)))
        .with("what is counted", digest_of(&counted(plan, &analyses)))
        .with(FOUND, digest_of(&facts.parts(&spec.from, cleared)));
    for analysis in &spec.from {
        let digest = cleared.get(analysis).cloned().unwrap_or_default();
        parts = parts.with(format!("the cleared estimates of {analysis}"), digest);
    }
    parts
}

/// Writes the files of some figures below `building`; gives the digest of each one's drawings.
///
/// # Errors
/// [`RunError::Output`] where a file cannot be written.
pub fn write_out<T: Sync>(
    plan: &Plan,
    figures: &[(&Figure, T)],
    building: &Path,
) -> Result<Vec<String>, RunError> {
    let all: Vec<(&Figure, Language)> =
        figures.iter().flat_map(|(figure, _)| plan.languages.iter().map(|one| (*figure, *one))).collect();
    // A picture is most of the work: each has its own thread.
    let drawn: Vec<String> = all
        .par_iter()
        .map(|(figure, language)| {
            let svg = figure.svg(*language);
            output::write(building, &file(&figure.id, *language, "svg"), &svg)?;
            let png = figure::png(&svg).map_err(RunError::internal)?;
            output::write(building, &file(&figure.id, *language, "png"), png)?;
            Ok(svg)
        })
        .collect::<Result<_, RunError>>()?;
    Ok(drawn.chunks(plan.languages.len()).map(|of_one| digest(of_one.concat().as_bytes())).collect())
}

/// The table that a figure stands at: that of its own key, otherwise the first that shows most of its analyses.
pub fn beside<'p>(plan: &'p Plan, spec: &FigureSpec) -> Option<&'p TableSpec> {
    let shown = |table: &TableSpec| spec.from.iter().filter(|&one| table.from.contains(one)).count();
    let own = plan.tables.iter().find(|table| table.id == spec.id);
    // The first of those that show most: the last of them when they are looked through backwards.
    let most = || plan.tables.iter().rev().filter(|table| shown(table) > 0).max_by_key(|table| shown(table));
    own.or_else(most)
}

/// The figures as a document shows them, below `building` already.
///
/// # Errors
/// [`RunError::Output`] where a picture cannot be read back.
pub fn pictures(figures: &[Figure], building: &Path, language: Language) -> Result<Vec<Picture>, RunError> {
    let picture = |figure: &Figure| {
        let place = building.join(file(&figure.id, language, "png"));
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
    };
    figures.iter().map(picture).collect()
}
