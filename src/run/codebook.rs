//! Cleared estimates and dictionaries → the codebook: a page a language, and DDI for machines.

use std::collections::BTreeMap;
use std::path::Path;

use super::RunError;
use super::desk::{Views, edition};
use super::fingerprint::{Parts, digest, digest_of};
use super::output::write;
use crate::codebook::{self, Codebook, ddi};
use crate::disclosure::Release;
use crate::question::Plan;
use crate::table::AnalysisView;

pub const STEP: &str = "codebook";
const DDI: &str = "release/codebook.xml";

/// The files of a codebook.
pub fn files(plan: &Plan) -> Vec<String> {
    let pages = plan.languages.iter().map(|language| format!("release/codebook.{language}.html"));
    pages.chain([DDI.to_owned()]).collect()
}

/// What the codebook depends on: all that dictionaries and cohorts say, the counts that it shows, and by its edition the other
/// numbers of the release.
pub fn parts(plan: &Plan, cleared: &BTreeMap<String, String>) -> Parts {
    let derived: Vec<_> = plan
        .cohorts
        .iter()
        .map(|cohort| (&cohort.label, &cohort.per_assessment, &cohort.per_respondent))
        .collect();
    let sources: Vec<_> = plan.sources.iter().map(|source| (&source.instrument, &source.wave)).collect();
    let opening = (&plan.id, &plan.title, &plan.notice, &plan.about, &plan.waves, &plan.languages);
    let counted: Vec<&str> = Codebook::sources(plan).iter().map(|analysis| analysis.id.as_str()).collect();
    let asked: Vec<_> = plan
        .instruments
        .iter()
        .flat_map(|instrument| {
            instrument.items.iter().map(|item| (&instrument.id, &item.name, item.asked.clone()))
        })
        .collect();
    Parts::of_program()
        .with("at which waves questions are put", digest_of(&asked))
        .with("the dictionaries", digest_of(&plan.instruments.iter().map(AsRef::as_ref).collect::<Vec<_>>()))
        .with("the derived variables", digest_of(&derived))
        .with("when forms were filled in", digest_of(&sources))
        .with("title and opening", digest_of(&opening))
        .with("which analyses count everyone", digest_of(&counted))
        .with("the cleared estimates", digest_of(cleared))
}

/// Writes the files of the codebook; gives the digest of what they say.
///
/// # Errors
/// [`RunError`] where one cannot be written.
pub fn write_out(plan: &Plan, release: &Release, building: &Path) -> Result<String, RunError> {
    let cleared = Views::of(plan, release);
    let views: Vec<AnalysisView<'_>> =
        Codebook::sources(plan).into_iter().map(|analysis| cleared.view(analysis)).collect();
    let codebook = Codebook::of(plan, edition(release), &views);
    let mut written = String::new();
    for language in &plan.languages {
        let page = codebook::html(&codebook, *language).map_err(RunError::internal)?;
        write(building, &format!("release/codebook.{language}.html"), &page)?;
        written += &page;
    }
    let xml = ddi::xml(&codebook).map_err(RunError::internal)?;
    write(building, DDI, &xml)?;
    written += &xml;
    Ok(digest(written.as_bytes()))
}
