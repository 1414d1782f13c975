//! The desk: tables, figures and reports are made here from cleared estimates and the words of the plan, each once and only where
//! something asks for it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::estimates::digest_of_cleared;
use super::fingerprint::digest_of;
use super::published::Judgement;
use super::rankings;
use super::remarks::Facts;
use super::{Answered, RunError};
use crate::dictionary::{FormUnit, Item, Language, Text};
use crate::disclosure::{self, Cleared, Maker, Policy, Release};
use crate::estimate::Estimate;
use crate::figure::FigureSpec;
use crate::figure::{self, Figure};
use crate::notebook::{self, Dialect};
use crate::published::Ledger;
use crate::question::{Analysis, Plan};
use crate::report::{self, Entry, Origin, Report};
use crate::table::TableSpec;
use crate::table::{self, AnalysisView, Input, Labels, Table};

/// What tables, figures and reports are made from.
pub struct Desk<'a> {
    plan: &'a Plan,
    ledger: Option<&'a Ledger>,
    policy: Policy,
    answered: &'a Answered,
    facts: &'a Facts<'a>,
    release: OnceCell<Release>,
    tables: OnceCell<Vec<Table>>,
    figures: OnceCell<Vec<Figure>>,
    entries: OnceCell<Vec<Entry>>,
    judgement: OnceCell<Judgement<'a>>,
}

/// What a cell holds, made by `make` where it holds nothing.
fn once<T>(cell: &OnceCell<T>, make: impl FnOnce() -> Result<T, RunError>) -> Result<&T, RunError> {
    match cell.get() {
        Some(made) => Ok(made),
        None => {
            let made = make()?;
            Ok(cell.get_or_init(|| made))
        }
    }
}

impl<'a> Desk<'a> {
    pub fn new(
        plan: &'a Plan,
        ledger: Option<&'a Ledger>,
        policy: Policy,
        answered: &'a Answered,
        facts: &'a Facts<'a>,
    ) -> Desk<'a> {
        Desk {
            plan,
            ledger,
            policy,
            answered,
            facts,
            release: OnceCell::new(),
            tables: OnceCell::new(),
            figures: OnceCell::new(),
            entries: OnceCell::new(),
            judgement: OnceCell::new(),
        }
    }

    /// The cleared estimates of all analyses.
    pub fn release(&self) -> &Release {
        self.release.get_or_init(|| clear(self.plan, &self.answered.estimates, self.policy))
    }

    pub fn tables(&self) -> Result<&[Table], RunError> {
        let make = || {
            let views = Views::of(self.plan, self.release());
            let made = self.plan.tables.iter().map(|spec| {
                let mut table = table_of(self.plan, spec, &views)?;
                table.notes.extend(self.remarks(&spec.from));
                Ok(table)
            });
            made.collect()
        };
        once(&self.tables, make).map(Vec::as_slice)
    }

    /// What is told below a table or a figure of some analyses of the files that its numbers are from.
    fn remarks(&self, analyses: &[String]) -> impl Iterator<Item = Text> + use<> {
        let facts = self.facts.concerning(analyses);
        let remarks = self.facts.remarks(&facts, self.policy, &self.release().cleared);
        remarks.into_iter().map(|remark| remark.text())
    }

    pub fn table(&self, id: &str) -> Result<&Table, RunError> {
        let found = self.tables()?.iter().find(|table| table.id == id);
        found.ok_or_else(|| RunError::Internal(format!("the table `{id}` has not been built")))
    }

    pub fn figures(&self) -> Result<&[Figure], RunError> {
        let make = || {
            let views = Views::of(self.plan, self.release());
            let made = self.plan.figures.iter().map(|spec| {
                let mut figure = figure_of(self.plan, spec, &views)?;
                figure.notes.extend(self.remarks(&spec.from));
                Ok(figure)
            });
            made.collect()
        };
        once(&self.figures, make).map(Vec::as_slice)
    }

    pub fn figure(&self, id: &str) -> Result<&Figure, RunError> {
        let found = self.figures()?.iter().find(|figure| figure.id == id);
        found.ok_or_else(|| RunError::Internal(format!("the figure `{id}` has not been built")))
    }

    /// The verdicts on the published figures, where there is a ledger of them.
    pub fn judgement(&self) -> Option<&Judgement<'a>> {
        let ledger = self.ledger?;
        Some(self.judgement.get_or_init(|| Judgement::of(ledger, &self.release().cleared)))
    }

    fn entries(&self) -> Result<&[Entry], RunError> {
        let make = || {
            let analyses = self.plan.analyses.iter();
            let origins: BTreeMap<&str, Origin> =
                analyses.map(|analysis| (analysis.id.as_str(), origin(self.plan, analysis))).collect();
            self.tables()?.iter().map(|table| entry(self.plan, table, &origins)).collect()
        };
        once(&self.entries, make).map(Vec::as_slice)
    }

    pub fn report(&self, language: Language) -> Result<String, RunError> {
        let (plan, release) = (self.plan, self.release());
        let all: Vec<&Analysis> = plan.analyses.iter().collect();
        // Every cohort has a follow-up; told are those that a table shows.
        let shown = |analysis: &&&Analysis| {
            !analysis.question.is_undeclared()
                || plan.tables.iter().any(|table| table.from.contains(&analysis.id))
                || plan.figures.iter().any(|figure| figure.from.contains(&analysis.id))
        };
        let views = Views::of(plan, release);
        let shown: Vec<&&Analysis> = all.iter().filter(shown).collect();
        let ids: Vec<String> = shown.iter().map(|analysis| analysis.id.clone()).collect();
        let rankings: Vec<String> = plan.tables.iter().map(|table| rankings::id(&table.id)).collect();
        let report = Report {
            title: plan.title.clone(),
            notice: plan.notice.clone(),
            about: plan.about.clone(),
            primary: plan.primary.clone(),
            design: plan.design,
            languages: plan.languages.clone(),
            edition: edition(release),
            analyses: shown.into_iter().map(|analysis| views.view(analysis)).collect(),
            remarks: self.facts.reservations(&ids, self.policy, &release.cleared),
            tables: self.entries()?.to_vec(),
            published: self.judgement().map(Judgement::tables).unwrap_or_default(),
            figures: self.figures()?,
            labels: &labels(plan, &all),
            audit: &release.audit,
            rankings: rankings::views(plan, &rankings, release),
        };
        report::html(&report, language).map_err(RunError::internal)
    }
}

/// That every table can be laid out, and every figure drawn, of the analyses that it names.
///
/// # Errors
/// [`RunError::Table`] and [`RunError::Figure`] where one cannot.
pub fn can_be_laid_out(plan: &Plan, estimates: &[Estimate]) -> Result<(), RunError> {
    let release = disclosure::clear(estimates, Policy::None);
    let views = Views::of(plan, &release);
    plan.tables.iter().try_for_each(|spec| table_of(plan, spec, &views).map(|_| ()))?;
    plan.figures.iter().try_for_each(|spec| figure_of(plan, spec, &views).map(|_| ()))
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
    let makers: Vec<Box<Maker<'_>>> =
        plan.analyses.iter().filter_map(|analysis| analysis.question.maker(&analysis.id)).collect();
    let mut release = disclosure::clear_with(&persons, policy, &makers);
    let mut of_services = disclosure::clear(&services, Policy::None).cleared;
    release.cleared.append(&mut of_services);
    let place = |one: &Cleared| plan.analyses.iter().position(|analysis| analysis.id == one.analysis());
    release.cleared.sort_by_key(place);
    let mut ranges = rankings::of_tables(plan, &release);
    release.cleared.append(&mut ranges);
    release
}

pub fn is_about_services(plan: &Plan, analysis: &Analysis) -> bool {
    let instrument = &plan.cohorts[analysis.cohort].instrument;
    plan.instruments.iter().any(|known| known.id == *instrument && known.unit == FormUnit::Service)
}

pub(super) fn analyses_of<'p>(plan: &'p Plan, from: &[String]) -> Vec<&'p Analysis> {
    from.iter().filter_map(|id| plan.analyses.iter().find(|analysis| analysis.id == *id)).collect()
}

/// The labels that a table may show. Names belong to a cohort, so each table has labels of its own.
pub(super) fn labels(plan: &Plan, analyses: &[&Analysis]) -> Labels {
    let mut labels = Labels { items: BTreeMap::new(), waves: plan.waves.clone(), states: BTreeMap::new() };
    for analysis in analyses {
        for column in analysis.question.shown() {
            // Where an item stands in the questionnaire is for the codebook.
            let item = || Item { section: Text::default(), ..Item::clone(&column.item) };
            labels.items.entry(column.item.name.clone()).or_insert_with(item);
        }
        for state in &plan.cohorts[analysis.cohort].states {
            labels.states.entry(state.id.clone()).or_insert_with(|| state.label.clone());
        }
    }
    labels
}

/// The cleared estimates of each analysis of a release.
pub(super) struct Views<'a> {
    plan: &'a Plan,
    cleared: BTreeMap<&'a str, Vec<&'a Cleared>>,
}

impl<'a> Views<'a> {
    pub fn of(plan: &'a Plan, release: &'a Release) -> Views<'a> {
        let mut cleared: BTreeMap<&str, Vec<&Cleared>> = BTreeMap::new();
        for one in &release.cleared {
            cleared.entry(one.analysis()).or_default().push(one);
        }
        Views { plan, cleared }
    }

    pub fn view(&self, analysis: &'a Analysis) -> AnalysisView<'a> {
        let cleared = self.cleared.get(analysis.id.as_str()).cloned().unwrap_or_default();
        let unit = self.plan.cohorts[analysis.cohort].unit;
        let label = analysis.label.clone();
        let question = &analysis.question;
        AnalysisView::new(&analysis.id, label, unit, question.cluster(), question.level(), cleared)
    }
}

fn table_of(plan: &Plan, spec: &TableSpec, views: &Views<'_>) -> Result<Table, RunError> {
    let analyses = analyses_of(views.plan, &spec.from);
    let labels = labels(plan, &analyses);
    let analyses = analyses.into_iter().map(|analysis| views.view(analysis)).collect();
    table::build(&Input { spec, analyses, labels: &labels })
        .map_err(|error| RunError::Table { table: spec.id.clone(), why: error.to_string() })
}

fn figure_of(plan: &Plan, spec: &FigureSpec, views: &Views<'_>) -> Result<Figure, RunError> {
    let analyses = analyses_of(views.plan, &spec.from);
    let labels = labels(plan, &analyses);
    let states = analyses.iter().flat_map(|analysis| &plan.cohorts[analysis.cohort].states);
    let input = figure::Input {
        spec,
        seen_states: states.filter(|state| state.seen).map(|state| state.id.as_str()).collect(),
        analyses: analyses.into_iter().map(|analysis| views.view(analysis)).collect(),
        labels: &labels,
    };
    let mut figure = figure::build(&input)
        .map_err(|error| RunError::Figure { figure: spec.id.clone(), why: error.to_string() })?;
    figure.beside = super::figures::beside(plan, spec).map(|table| table.id.clone());
    Ok(figure)
}

/// How the numbers of an analysis were made.
pub fn origin(plan: &Plan, analysis: &Analysis) -> Origin {
    let code = |dialect| notebook::lines(plan, analysis, dialect).trim_end().to_owned();
    Origin::of(plan, analysis, code(Dialect::Python), code(Dialect::R))
}

/// A table with where it comes from.
fn entry(plan: &Plan, table: &Table, origins: &BTreeMap<&str, Origin>) -> Result<Entry, RunError> {
    let spec = plan.tables.iter().find(|spec| spec.id == table.id);
    let spec = spec.ok_or_else(|| RunError::Internal(format!("the table `{}` is in the plan", table.id)))?;
    let origins = spec.from.iter().filter_map(|id| origins.get(id.as_str()).cloned()).collect();
    Ok(Entry { table: table.clone(), layout: spec.layout.name.to_owned(), from: spec.from.clone(), origins })
}

/// Analysis → digest of its cleared estimates.
pub fn digests(cleared: &[Cleared]) -> BTreeMap<String, String> {
    let mut of_analysis: BTreeMap<String, Vec<&Cleared>> = BTreeMap::new();
    for one in cleared {
        of_analysis.entry(one.analysis().to_owned()).or_default().push(one);
    }
    of_analysis.into_iter().map(|(analysis, cleared)| (analysis, digest_of_cleared(cleared))).collect()
}

/// A short name for exactly the numbers of a release.
pub(super) fn edition(release: &Release) -> String {
    const LETTERS: usize = 12;
    let digest = digest_of(&digests(&release.cleared));
    digest.chars().filter(char::is_ascii_hexdigit).take(LETTERS).collect()
}
