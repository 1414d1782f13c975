//! The step `codebook`: cleared estimates and dictionaries → a page a language, and DDI for machines.

use super::RunError;
use super::desk::Desk;
use super::fingerprint::{Parts, digest_of};
use super::graph::{Made, Work};
use super::trace::Trace;
use crate::codebook::{self, Codebook, ddi};

/// The pages of the codebook, and its DDI.
pub struct CodebookFiles;

impl<'p> Work<'p> for CodebookFiles {
    /// All that dictionaries and cohorts say, the counts that it shows, and by its edition the other numbers of the release.
    fn parts(&self, trace: &Trace<'p>) -> Parts {
        let plan = trace.plan;
        let derived: Vec<_> = plan
            .cohorts
            .iter()
            .map(|cohort| (&cohort.label, &cohort.per_assessment, &cohort.per_respondent))
            .collect();
        let sources: Vec<_> = plan.sources.iter().map(|source| (&source.instrument, &source.wave)).collect();
        let opening = (&plan.id, &plan.title, &plan.notice, &plan.about, &plan.waves, &plan.languages);
        let counted: Vec<&str> =
            Codebook::sources(plan).iter().map(|analysis| analysis.id.as_str()).collect();
        let asked: Vec<_> = plan
            .instruments
            .iter()
            .flat_map(|instrument| {
                instrument.items.iter().map(|item| (&instrument.id, &item.name, item.asked.clone()))
            })
            .collect();
        Parts::of_pages()
            .with("at which waves questions are put", digest_of(&asked))
            .with(
                "the dictionaries",
                digest_of(&plan.instruments.iter().map(AsRef::as_ref).collect::<Vec<_>>()),
            )
            .with("the derived variables", digest_of(&derived))
            .with("when forms were filled in", digest_of(&sources))
            .with("title and opening", digest_of(&opening))
            .with("which analyses count everyone", digest_of(&counted))
            .with("the cleared estimates", digest_of(&trace.record.cleared))
    }

    fn make(&self, desk: &Desk<'p>) -> Result<Made, RunError> {
        let (plan, release) = (desk.plan, desk.release()?);
        let codebook = Codebook::of(plan, release.edition(), &release.views(plan, &Codebook::sources(plan)));
        let mut made = Made::default();
        for language in &plan.languages {
            let page = codebook::html(&codebook, *language).map_err(RunError::internal)?;
            made.write(desk, &format!("release/codebook.{language}.html"), page)?;
        }
        made.write(desk, "release/codebook.xml", ddi::xml(&codebook).map_err(RunError::internal)?)?;
        Ok(made.of_files())
    }
}
