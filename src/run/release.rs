//! Estimates → what may leave the house: cleared estimates, tables, figures, reports.
//!
//! Tables and reports are pure functions of the cleared estimates and the words of the plan, so a stale one is made again
//! from all of them in memory; what is up to date is kept as the files it is.

use std::collections::BTreeMap;
use std::path::Path;

use super::fingerprint::{Parts, digest, digest_of};
use super::output::{Output, failed, write};
use super::published::{self, Judgement};
use super::question::asked;
use super::record::{PublishedRecord, Record, SourceRecord};
use super::steps::Steps;
use super::{Answered, RunError, collection, estimates, figures};
use crate::dictionary::{FormUnit, Item, Language, Text};
use crate::disclosure::{self, Cleared, Policy, Release};
use crate::estimate::Estimate;
use crate::notebook::{self, Dialect};
use crate::plan::{Analysis, Cluster, CohortUnit, Plan, Question, TableSpec};
use crate::published::Ledger;
use crate::report::{self, Entry, Origin, Report};
use crate::table::{self, AnalysisView, Input, Labels, Table};

const ESTIMATES: [&str; 2] = ["release/estimates.csv", "release/estimates.parquet"];

/// What a release leaves in the record of the run.
pub struct Released {
    /// Analysis → digest of its cleared estimates.
    pub cleared: BTreeMap<String, String>,
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
    let policy = Policy::parse(&plan.policy)
        .ok_or_else(|| RunError::Internal(format!("the policy `{}` has been looked up", plan.policy)))?;
    let mut desk = Desk { plan, ledger, policy, answered, release: None, tables: None };
    let earlier = steps.earlier();

    let parts = disclosure_parts(plan, &answered.digest);
    let cleared = match steps.check("disclosure", parts) {
        Ok(_) => {
            ESTIMATES.iter().try_for_each(|file| output.keep(file))?;
            earlier.map(|record| record.cleared.clone()).unwrap_or_default()
        }
        Err(stale) => {
            let release = desk.release();
            let folder = building.join("release");
            estimates::write_cleared(&folder, &release.cleared).map_err(failed(&folder))?;
            let digests = digests(&release.cleared);
            let audit = format!("{:?}", release.audit);
            steps.did(stale, digest_of(&(&digests, audit)));
            digests
        }
    };
    steps.wrote(|id| id == "disclosure", building, &ESTIMATES.map(str::to_owned))?;

    for spec in &plan.tables {
        let files = table_files(plan, spec);
        let id = format!("table.{}", spec.id);
        match steps.check(&id, table_parts(plan, spec, &cleared)) {
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

    for spec in &plan.figures {
        let files = figures::files(plan, spec);
        let id = figures::step(spec);
        match steps.check(&id, figures::parts(plan, spec, &cleared)) {
            Ok(_) => files.iter().try_for_each(|file| output.keep(file))?,
            Err(stale) => {
                let figure = figures::figure_of(plan, spec, desk.release())?;
                steps.did(stale, figures::write_out(plan, &figure, building)?);
            }
        }
        steps.wrote(|step| step == id, building, &files)?;
    }

    let published = match ledger {
        None => None,
        Some(ledger) => {
            match (steps.check(published::STEP, published::parts(plan, ledger, &cleared)), earlier) {
                (Ok(_), Some(earlier)) => {
                    let files = earlier.step(published::STEP).into_iter().flat_map(|step| step.files.keys());
                    files.into_iter().try_for_each(|file| output.keep(file))?;
                    earlier.published.clone()
                }
                (Err(stale), _) => {
                    let judgement = Judgement::of(ledger, &desk.release().cleared);
                    let (files, said) = judgement.write(plan, building)?;
                    steps.did(stale, digest(said.as_bytes()));
                    steps.wrote(|id| id == published::STEP, building, &files)?;
                    Some(judgement.record())
                }
                // What is kept is an earlier run's.
                (Ok(_), None) => None,
            }
        }
    };

    let disclosed: Vec<String> = steps.outputs("disclosure");
    let tables: Vec<String> = steps.outputs("table.");
    let tables = [tables, steps.outputs(published::STEP)].concat();
    let parts = collection::parts(plan, &tables, &cleared);
    collection::write_all(plan, output, building, &parts, steps, || desk.collected())?;
    let figures: Vec<String> = steps.outputs("figure.");
    for language in &plan.languages {
        let file = report_file(*language);
        let id = format!("report.{language}");
        match steps.check(&id, report_parts(plan, &disclosed, &tables, &figures, sources)) {
            Ok(_) => output.keep(&file)?,
            Err(stale) => {
                let html = desk.report(*language)?;
                write(building, &file, &html)?;
                steps.did(stale, digest(html.as_bytes()));
            }
        }
        steps.wrote(|step| step == id, building, std::slice::from_ref(&file))?;
    }
    Ok(Released { cleared, published })
}

/// What tables and reports are made from, each made once and only where something asks for it.
struct Desk<'a> {
    plan: &'a Plan,
    ledger: Option<&'a Ledger>,
    policy: Policy,
    answered: &'a Answered,
    release: Option<Release>,
    tables: Option<Vec<Table>>,
}

impl Desk<'_> {
    fn release(&mut self) -> &Release {
        self.release.get_or_insert_with(|| clear(self.plan, &self.answered.estimates, self.policy))
    }

    fn tables(&mut self) -> Result<&[Table], RunError> {
        if self.tables.is_none() {
            let plan = self.plan;
            let release = self.release();
            let tables = plan
                .tables
                .iter()
                .map(|spec| table_of(plan, spec, release))
                .collect::<Result<Vec<_>, _>>()?;
            self.tables = Some(tables);
        }
        Ok(self.tables.as_deref().unwrap_or_default())
    }

    /// The tables, and the sheets of published figures that a workbook has as well.
    fn collected(&mut self) -> Result<(&[Table], Vec<Table>), RunError> {
        let ledger = self.ledger;
        let cleared = &self.release().cleared;
        let sheets = ledger.map(|ledger| Judgement::of(ledger, cleared).sheets()).unwrap_or_default();
        Ok((self.tables()?, sheets))
    }

    fn table(&mut self, id: &str) -> Result<&Table, RunError> {
        let found = self.tables()?.iter().find(|table| table.id == id);
        found.ok_or_else(|| RunError::Internal(format!("the table `{id}` has not been built")))
    }
}

/// That every table can be laid out, and every figure drawn, of the analyses that it names.
///
/// # Errors
/// [`RunError::Table`] and [`RunError::Figure`] where one cannot.
pub fn can_be_laid_out(plan: &Plan, estimates: &[Estimate]) -> Result<(), RunError> {
    let release = disclosure::clear(estimates, Policy::None);
    plan.tables.iter().try_for_each(|spec| table_of(plan, spec, &release).map(|_| ()))?;
    plan.figures.iter().try_for_each(|spec| figures::figure_of(plan, spec, &release).map(|_| ()))
}

/// Clears a release. Counts of services are not counts of persons: analyses whose forms are about services are shown whole.
fn clear(plan: &Plan, estimates: &[Estimate], policy: Policy) -> Release {
    let of_services = |estimate: &&Estimate| {
        plan.analyses
            .iter()
            .any(|analysis| analysis.id == estimate.analysis && is_about_services(plan, analysis))
    };
    let (services, persons): (Vec<Estimate>, Vec<Estimate>) =
        estimates.iter().cloned().partition(|estimate| of_services(&estimate));
    let mut release = disclosure::clear(&persons, policy);
    let mut of_services = disclosure::clear(&services, Policy::None).cleared;
    release.cleared.append(&mut of_services);
    let place = |one: &Cleared| plan.analyses.iter().position(|analysis| analysis.id == one.analysis());
    release.cleared.sort_by_key(place);
    release
}

fn is_about_services(plan: &Plan, analysis: &Analysis) -> bool {
    let instrument = &plan.cohorts[analysis.cohort].instrument;
    plan.instruments.iter().any(|known| known.id == *instrument && known.unit == FormUnit::Service)
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

/// Analysis → digest of its cleared estimates.
fn digests(cleared: &[Cleared]) -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for one in cleared {
        *texts.entry(one.analysis().to_owned()).or_default() += &format!("{one:?}\n");
    }
    texts.into_iter().map(|(analysis, text)| (analysis, digest(text.as_bytes()))).collect()
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
        .with("the policy", plan.policy.clone())
        .with("which analyses are about services", digest_of(&about_services))
}

fn table_parts(plan: &Plan, spec: &TableSpec, cleared: &BTreeMap<String, String>) -> Parts {
    let mut parts = Parts::of_program()
        .with("its declaration", digest_of(spec))
        .with("the languages", digest_of(&plan.languages))
        .with("labels", digest_of(&words(plan, &analyses_of(plan, &spec.from))))
        .with("what is counted", digest_of(&counted(plan, &analyses_of(plan, &spec.from))));
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
    let all: Vec<&Analysis> = plan.analyses.iter().collect();
    Parts::of_program()
        .with("the cleared estimates", digest_of(&disclosed))
        .with("labels", digest_of(&words(plan, &all)))
        .with("the tables", digest_of(&tables))
        .with("the figures", digest_of(&(figures, &plan.figures)))
        .with("how numbers were made", digest_of(&made(plan)))
        .with("title and opening", digest_of(&opening))
        .with("what was read", digest_of(&sources))
}

/// The steps of a release with what they depend on, as far as an earlier run tells.
pub fn steps_of(plan: &Plan, ledger: Option<&Ledger>, record: Option<&Record>) -> Vec<(String, Parts)> {
    let output = |id: &str| record.and_then(|record| record.step(id)).map_or("", |step| step.output.as_str());
    let outputs: Vec<&str> = plan.analyses.iter().map(|analysis| output(&analysis.id)).collect();
    let cleared = record.map(|record| record.cleared.clone()).unwrap_or_default();
    let sources = record.map_or(&[][..], |record| &record.sources);
    let mut steps = vec![("disclosure".to_owned(), disclosure_parts(plan, &digest_of(&outputs)))];
    let disclosed = [output("disclosure").to_owned()];
    let mut tables = Vec::new();
    for spec in &plan.tables {
        let id = format!("table.{}", spec.id);
        tables.push(output(&id).to_owned());
        steps.push((id, table_parts(plan, spec, &cleared)));
    }
    let mut figures = Vec::new();
    for spec in &plan.figures {
        let id = figures::step(spec);
        figures.push(output(&id).to_owned());
        steps.push((id, figures::parts(plan, spec, &cleared)));
    }
    if let Some(ledger) = ledger {
        tables.push(output(published::STEP).to_owned());
        steps.push((published::STEP.to_owned(), published::parts(plan, ledger, &cleared)));
    }
    for language in &plan.languages {
        for format in collection::Format::ALL {
            steps.push((format.step(*language), collection::parts(plan, &tables, &cleared)));
        }
        steps
            .push((format!("report.{language}"), report_parts(plan, &disclosed, &tables, &figures, sources)));
    }
    steps
}

pub(super) fn analyses_of<'p>(plan: &'p Plan, from: &[String]) -> Vec<&'p Analysis> {
    from.iter().filter_map(|id| plan.analyses.iter().find(|analysis| analysis.id == *id)).collect()
}

/// The labels that a table may show. Names belong to a cohort, so each table has labels of its own.
pub(super) fn labels(plan: &Plan, analyses: &[&Analysis]) -> Labels {
    let mut labels = Labels { items: BTreeMap::new(), waves: plan.waves.clone(), states: BTreeMap::new() };
    for analysis in analyses {
        for column in asked(&analysis.question).shown() {
            labels.items.entry(column.item.name.clone()).or_insert_with(|| Item::clone(&column.item));
        }
        for state in &plan.cohorts[analysis.cohort].states {
            labels.states.entry(state.id.clone()).or_insert_with(|| state.label.clone());
        }
    }
    labels
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
    let of =
        |analysis: &&'p Analysis| (plan.cohorts[analysis.cohort].unit, asked(&analysis.question).cluster());
    analyses.iter().map(of).collect()
}

pub(super) fn view<'a>(plan: &Plan, analysis: &'a Analysis, release: &'a Release) -> AnalysisView<'a> {
    let cleared = release.cleared.iter().filter(|one| one.analysis() == analysis.id).collect();
    let unit = plan.cohorts[analysis.cohort].unit;
    let label = analysis.label.clone();
    let asked = asked(&analysis.question);
    AnalysisView::new(&analysis.id, label, unit, asked.cluster(), asked.level(), cleared)
}

fn table_of(plan: &Plan, spec: &TableSpec, release: &Release) -> Result<Table, RunError> {
    let analyses = analyses_of(plan, &spec.from);
    let labels = labels(plan, &analyses);
    let views = analyses.iter().map(|analysis| view(plan, analysis, release)).collect();
    table::build(&Input { spec, analyses: views, labels: &labels })
        .map_err(|error| RunError::Table { table: spec.id.clone(), why: error.to_string() })
}

/// How the numbers of an analysis were made.
pub fn origin(plan: &Plan, analysis: &Analysis) -> Origin {
    let code = |dialect| notebook::analysis(plan, analysis, dialect).trim_end().to_owned();
    Origin::of(plan, analysis, code(Dialect::Python), code(Dialect::R))
}

/// All that the report says of how numbers were made, but for the words of statistics, which are the program's.
fn made(plan: &Plan) -> String {
    plan.analyses.iter().map(|analysis| format!("{:?}", origin(plan, analysis))).collect()
}

/// A table with where it comes from.
fn entry(plan: &Plan, table: &Table) -> Result<Entry, RunError> {
    let spec = plan.tables.iter().find(|spec| spec.id == table.id);
    let spec = spec.ok_or_else(|| RunError::Internal(format!("the table `{}` is in the plan", table.id)))?;
    let origins = analyses_of(plan, &spec.from).into_iter().map(|analysis| origin(plan, analysis)).collect();
    Ok(Entry { table: table.clone(), layout: spec.layout.clone(), from: spec.from.clone(), origins })
}

/// A short name for exactly the numbers of a release.
fn edition(release: &Release) -> String {
    const LETTERS: usize = 12;
    let digest = digest_of(&digests(&release.cleared));
    digest.chars().filter(char::is_ascii_hexdigit).take(LETTERS).collect()
}

impl Desk<'_> {
    fn report(&mut self, language: Language) -> Result<String, RunError> {
        let (plan, ledger) = (self.plan, self.ledger);
        let tables = self.tables()?.iter().map(|table| entry(plan, table)).collect::<Result<Vec<_>, _>>()?;
        let release = self.release();
        let published =
            ledger.map(|ledger| Judgement::of(ledger, &release.cleared).tables()).unwrap_or_default();
        let all: Vec<&Analysis> = plan.analyses.iter().collect();
        // Every cohort has a follow-up; told are those that a table shows.
        let shown = |analysis: &&&Analysis| {
            analysis.question != Question::Followup
                || plan.tables.iter().any(|table| table.from.contains(&analysis.id))
                || plan.figures.iter().any(|figure| figure.from.contains(&analysis.id))
        };
        let told = all.iter().filter(shown);
        let report = Report {
            title: plan.title.clone(),
            notice: plan.notice.clone(),
            about: plan.about.clone(),
            languages: plan.languages.clone(),
            edition: edition(release),
            analyses: told.map(|analysis| view(plan, analysis, release)).collect(),
            tables,
            published,
            figures: plan
                .figures
                .iter()
                .map(|spec| figures::figure_of(plan, spec, release))
                .collect::<Result<_, _>>()?,
            labels: &labels(plan, &all),
            audit: &release.audit,
        };
        report::html(&report, language).map_err(RunError::internal)
    }
}
