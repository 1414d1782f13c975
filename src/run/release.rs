//! Estimates → what may leave the house: cleared estimates, tables, figures, reports.
//!
//! Tables and reports are pure functions of the cleared estimates and the words of the plan, so a stale one is made again
//! from all of them in memory; what is up to date is kept as the files it is.

use std::collections::BTreeMap;
use std::path::Path;

use super::desk::{Desk, analyses_of, digests, is_about_services, labels, origin};
use super::fingerprint::{Parts, digest, digest_of};
use super::output::{Output, failed, write};
use super::published;
use super::record::{PublishedRecord, Record, SourceRecord};
use super::remarks::Facts;
use super::steps::Steps;
use super::{Answered, RunError, codebook, collection, estimates, figures};
use crate::dictionary::{Language, Text};
use crate::disclosure::Shown;
use crate::plan::{Cluster, CohortUnit};
use crate::published::Ledger;
use crate::question::{Analysis, Plan};
use crate::table;
use crate::table::TableSpec;

const ESTIMATES: [&str; 2] = ["release/estimates.csv", "release/estimates.parquet"];

/// What a release leaves in the record of the run.
pub struct Released {
    /// Analysis → digest of its cleared estimates.
    pub cleared: BTreeMap<String, String>,
    /// Numbers that are hidden.
    pub hidden: u64,
    /// What became of the published figures, where there is a ledger of them.
    pub published: Option<PublishedRecord>,
}

pub fn release(
    plan: &Plan,
    ledger: Option<&Ledger>,
    output: &Output,
    building: &Path,
    answered: &Answered,
    sources: &[SourceRecord],
    steps: &mut Steps<'_>,
) -> Result<Released, RunError> {
    let facts = Facts::of(plan, sources, &answered.cohorts);
    let desk = Desk::new(plan, ledger, plan.policy, answered, &facts);
    let earlier = steps.earlier();

    let parts = disclosure_parts(plan, &answered.digest);
    let (cleared, hidden) = match steps.check("disclosure", parts) {
        Ok(_) => {
            ESTIMATES.iter().try_for_each(|file| output.keep(file))?;
            earlier.map(|record| (record.cleared.clone(), record.hidden)).unwrap_or_default()
        }
        Err(stale) => {
            let release = desk.release();
            let folder = building.join("release");
            estimates::write_cleared(&folder, &release.cleared).map_err(failed(&folder))?;
            let digests = digests(&release.cleared);
            steps.did(stale, digest_of(&(&digests, &release.audit)));
            let hidden = release.cleared.iter().filter(|one| one.shown() == Shown::Suppressed).count();
            (digests, hidden as u64)
        }
    };
    steps.wrote(|id| id == "disclosure", building, &ESTIMATES.map(str::to_owned))?;

    for spec in &plan.tables {
        let files = table_files(plan, spec);
        let id = format!("table.{}", spec.id);
        match steps.check(&id, table_parts(plan, spec, &cleared, &facts)) {
            Ok(_) => files.iter().try_for_each(|file| output.keep(file))?,
            Err(stale) => {
                let table = desk.table(&spec.id)?;
                let mut written = String::new();
                for language in &plan.languages {
                    for (extension, text) in [
                        ("csv", table::render::csv(table, *language)),
                        ("md", table::render::markdown(table, *language)),
                    ] {
                        write(building, &table_file(spec, *language, extension), &text)?;
                        written += &text;
                    }
                }
                steps.did(stale, digest(written.as_bytes()));
            }
        }
        steps.wrote(|step| step == id, building, &files)?;
    }

    let mut stale_figures = Vec::new();
    for spec in &plan.figures {
        match steps.check(&figures::step(spec), figures::parts(plan, spec, &cleared, &facts)) {
            Ok(_) => figures::files(plan, spec).iter().try_for_each(|file| output.keep(file))?,
            Err(stale) => stale_figures.push((desk.figure(&spec.id)?, stale)),
        }
    }
    let drawn = figures::write_out(plan, &stale_figures, building)?;
    stale_figures.into_iter().zip(drawn).for_each(|((_, stale), digest)| steps.did(stale, digest));
    for spec in &plan.figures {
        let id = figures::step(spec);
        steps.wrote(|step| step == id, building, &figures::files(plan, spec))?;
    }

    let files = codebook::files(plan);
    match steps.check(codebook::STEP, codebook::parts(plan, &cleared)) {
        Ok(_) => files.iter().try_for_each(|file| output.keep(file))?,
        Err(stale) => steps.did(stale, codebook::write_out(plan, desk.release(), building)?),
    }
    steps.wrote(|id| id == codebook::STEP, building, &files)?;

    let published = match ledger {
        None => None,
        Some(ledger) => {
            match (steps.check(published::STEP, published::parts(plan, ledger, &cleared)), earlier) {
                (Ok(_), Some(earlier)) => {
                    let files = earlier.step(published::STEP).into_iter().flat_map(|step| step.files.keys());
                    files.into_iter().try_for_each(|file| output.keep(file))?;
                    earlier.published.clone()
                }
                (Err(stale), _) => match desk.judgement() {
                    Some(judgement) => {
                        let (files, said) = judgement.write(plan, building)?;
                        steps.did(stale, digest(said.as_bytes()));
                        steps.wrote(|id| id == published::STEP, building, &files)?;
                        Some(judgement.record())
                    }
                    None => None,
                },
                // What is kept is an earlier run's.
                (Ok(_), None) => None,
            }
        }
    };

    let disclosed: Vec<String> = steps.outputs("disclosure");
    let tables: Vec<String> = steps.outputs("table.");
    let figures: Vec<String> = plan.figures.iter().map(|spec| steps.output(&figures::step(spec))).collect();
    let judged = [&tables[..], &steps.outputs(published::STEP)].concat();
    let parts = |format| collection::parts(plan, format, [&tables, &judged], &figures, &cleared);
    collection::write_all(plan, &desk, output, building, parts, steps)?;
    let parts = report_parts(plan, &disclosed, &judged, &figures, sources)
        .with(FOUND, digest_of(&facts.parts(&all_of(plan), &cleared)));
    for language in &plan.languages {
        let file = report_file(*language);
        let id = format!("report.{language}");
        match steps.check(&id, parts.clone()) {
            Ok(_) => output.keep(&file)?,
            Err(stale) => {
                let html = desk.report(*language)?;
                write(building, &file, &html)?;
                steps.did(stale, digest(html.as_bytes()));
            }
        }
        steps.wrote(|step| step == id, building, std::slice::from_ref(&file))?;
    }
    Ok(Released { cleared, hidden, published })
}

fn table_file(spec: &TableSpec, language: Language, extension: &str) -> String {
    format!("release/tables/{}.{language}.{extension}", spec.id)
}

fn table_files(plan: &Plan, spec: &TableSpec) -> Vec<String> {
    let languages = plan.languages.iter();
    languages
        .flat_map(|language| ["csv", "md"].map(|extension| table_file(spec, *language, extension)))
        .collect()
}

fn report_file(language: Language) -> String {
    format!("release/report.{language}.html")
}

fn disclosure_parts(plan: &Plan, estimates: &str) -> Parts {
    let about_services: Vec<&str> = plan
        .analyses
        .iter()
        .filter(|analysis| is_about_services(plan, analysis))
        .map(|analysis| analysis.id.as_str())
        .collect();
    Parts::of_program()
        .with("the estimates", estimates)
        .with("the policy", plan.policy.name())
        .with("which analyses are about services", digest_of(&about_services))
}

/// The part of a step that tells what was found in the files.
pub(super) const FOUND: &str = "what was found in the files";

fn all_of(plan: &Plan) -> Vec<String> {
    plan.analyses.iter().map(|analysis| analysis.id.clone()).collect()
}

fn table_parts(
    plan: &Plan,
    spec: &TableSpec,
    cleared: &BTreeMap<String, String>,
    facts: &Facts<'_>,
) -> Parts {
    let mut parts = Parts::of_program()
        .with("its declaration", digest_of(spec))
        .with("the languages", digest_of(&plan.languages))
        .with("labels", digest_of(&words(plan, &analyses_of(plan, &spec.from))))
        .with("what is counted", digest_of(&counted(plan, &analyses_of(plan, &spec.from))))
        .with(FOUND, digest_of(&facts.parts(&spec.from, cleared)));
    for analysis in &spec.from {
        let digest = cleared.get(analysis).cloned().unwrap_or_default();
        parts = parts.with(format!("the cleared estimates of {analysis}"), digest);
    }
    parts
}

fn report_parts(
    plan: &Plan,
    disclosed: &[String],
    tables: &[String],
    figures: &[String],
    sources: &[SourceRecord],
) -> Parts {
    let opening = (&plan.title, &plan.notice, &plan.about, &plan.policy, &plan.waves, &plan.languages);
    let emphasis = (&plan.primary, &plan.design);
    let all: Vec<&Analysis> = plan.analyses.iter().collect();
    Parts::of_program()
        .with("the cleared estimates", digest_of(&disclosed))
        .with("labels", digest_of(&words(plan, &all)))
        .with("the tables", digest_of(&tables))
        .with("the figures", digest_of(&(figures, &plan.figures)))
        .with("how numbers were made", made(plan))
        .with("title and opening", digest_of(&(opening, emphasis)))
        .with("what was read", digest_of(&sources))
}

/// The steps of a release with what they depend on, as far as an earlier run tells.
pub fn steps_of(plan: &Plan, ledger: Option<&Ledger>, record: Option<&Record>) -> Vec<(String, Parts)> {
    let output = |id: &str| record.and_then(|record| record.step(id)).map_or("", |step| step.output.as_str());
    let outputs: Vec<&str> = plan.analyses.iter().map(|analysis| output(&analysis.id)).collect();
    let cleared = record.map(|record| record.cleared.clone()).unwrap_or_default();
    let sources = record.map_or(&[][..], |record| &record.sources);
    let facts = Facts::of(plan, sources, record.map_or(&[][..], |record| &record.cohorts));
    let mut steps = vec![("disclosure".to_owned(), disclosure_parts(plan, &digest_of(&outputs)))];
    let disclosed = [output("disclosure").to_owned()];
    let mut tables = Vec::new();
    for spec in &plan.tables {
        let id = format!("table.{}", spec.id);
        tables.push(output(&id).to_owned());
        steps.push((id, table_parts(plan, spec, &cleared, &facts)));
    }
    let mut figures = Vec::new();
    for spec in &plan.figures {
        let id = figures::step(spec);
        figures.push(output(&id).to_owned());
        steps.push((id, figures::parts(plan, spec, &cleared, &facts)));
    }
    steps.push((codebook::STEP.to_owned(), codebook::parts(plan, &cleared)));
    let collected = tables.clone();
    if let Some(ledger) = ledger {
        tables.push(output(published::STEP).to_owned());
        steps.push((published::STEP.to_owned(), published::parts(plan, ledger, &cleared)));
    }
    let report = report_parts(plan, &disclosed, &tables, &figures, sources)
        .with(FOUND, digest_of(&facts.parts(&all_of(plan), &cleared)));
    for language in &plan.languages {
        for format in collection::Format::ALL {
            let parts = collection::parts(plan, format, [&collected, &tables], &figures, &cleared);
            steps.push((format.step(*language), parts));
        }
        steps.push((format!("report.{language}"), report.clone()));
    }
    steps
}

/// All words of some analyses that come from dictionary and pipeline.
pub(super) fn words(plan: &Plan, analyses: &[&Analysis]) -> impl serde::Serialize + use<> {
    let labels = labels(plan, analyses);
    let names: Vec<(&str, &Text)> =
        analyses.iter().map(|analysis| (analysis.id.as_str(), &analysis.label)).collect();
    digest_of(&(labels.items, labels.waves, labels.states, names))
}

/// Whether persons or assessments are counted, and clustered by what: it decides what rows are called.
pub(super) fn counted<'p>(plan: &Plan, analyses: &[&'p Analysis]) -> Vec<(CohortUnit, Option<&'p Cluster>)> {
    let of = |analysis: &&'p Analysis| (plan.cohorts[analysis.cohort].unit, analysis.question.cluster());
    analyses.iter().map(of).collect()
}

/// The digest of all that the report says of how numbers were made, but for the words of statistics, which are the program's.
fn made(plan: &Plan) -> String {
    digest_of(&plan.analyses.iter().map(|analysis| origin(plan, analysis)).collect::<Vec<_>>())
}
