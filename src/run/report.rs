//! The steps of the reports: one page a language with all that is released.

use super::RunError;
use super::collection::{outputs, with_figures};
use super::desk::Desk;
use super::fingerprint::{Parts, digest_of};
use super::graph::{DISCLOSURE, Made, Work};
use super::published::Judgement;
use super::rankings;
use super::shown::{FOUND, labels, words};
use super::trace::Trace;
use crate::dictionary::Language;
use crate::question::{Analysis, ranking};
use crate::report::{self, Entry, Report};

/// Where each released number is shown.
pub const SHOWN_FILE: &str = "release/shown.csv";

/// The report of one language.
pub struct ReportFile(pub Language);

impl<'p> Work<'p> for ReportFile {
    fn parts(&self, trace: &Trace<'p>) -> Parts {
        let plan = trace.plan;
        let opening =
            (&plan.title, &plan.notice, &plan.about, plan.policy.name(), &plan.waves, &plan.languages);
        let emphasis = (&plan.primary, &plan.design);
        let all: Vec<&Analysis> = plan.analyses.iter().collect();
        let ids: Vec<String> = all.iter().map(|analysis| analysis.id.clone()).collect();
        // How numbers were made, but for the words of statistics, which are the program's.
        let made: Vec<_> =
            all.iter().filter_map(|analysis| trace.origins().get(analysis.id.as_str())).collect();
        let parts = Parts::of_pages()
            .with("the cleared estimates", digest_of(&trace.output(DISCLOSURE)))
            .with("labels", digest_of(&words(plan, &all)))
            .with("the tables", digest_of(&outputs(trace, true)))
            .with("how numbers were made", digest_of(&made))
            .with("title and opening", digest_of(&(opening, emphasis)))
            .with("what was read", digest_of(&trace.record.sources))
            .with(FOUND, digest_of(&trace.facts().parts(&ids, &trace.record.cleared)));
        with_figures(parts, trace)
    }

    fn make(&self, desk: &Desk<'p>) -> Result<Made, RunError> {
        let (plan, release) = (desk.plan, desk.release()?);
        let all: Vec<&Analysis> = plan.analyses.iter().collect();
        // Every cohort has a follow-up; told are those that a table shows.
        let is_shown = |analysis: &&&Analysis| {
            !analysis.question.is_undeclared()
                || plan.tables.iter().any(|table| table.from.contains(&analysis.id))
                || plan.figures.iter().any(|figure| figure.from.contains(&analysis.id))
        };
        let shown: Vec<&Analysis> = all.iter().filter(is_shown).copied().collect();
        let ids: Vec<String> = shown.iter().map(|analysis| analysis.id.clone()).collect();
        let origins = desk.trace.origins();
        let entries = plan.tables.iter().map(|spec| {
            Ok(Entry {
                table: desk.table(&spec.id)?.clone(),
                layout: spec.layout.name.to_owned(),
                from: spec.from.clone(),
                origins: spec.from.iter().filter_map(|id| origins.get(id.as_str()).cloned()).collect(),
            })
        });
        let rankings: Vec<String> = plan.tables.iter().map(|table| ranking::id(&table.id)).collect();
        let report = Report {
            title: plan.title.clone(),
            notice: plan.notice.clone(),
            about: plan.about.clone(),
            primary: plan.primary.clone(),
            design: plan.design,
            languages: plan.languages.clone(),
            edition: release.edition(),
            analyses: release.views(plan, &shown),
            remarks: desk.trace.facts().reservations(&ids, desk.policy, &release.cleared),
            tables: entries.collect::<Result<Vec<_>, RunError>>()?,
            published: desk.judgement()?.map(Judgement::tables).unwrap_or_default(),
            figures: &desk.figures()?,
            labels: &labels(plan, &all),
            audit: &release.audit,
            rankings: rankings::views(plan, &rankings, release),
        };
        let (html, places) = report::with_places(&report, self.0).map_err(RunError::internal)?;
        let mut made = Made::default();
        // Where a number stands is the same in every language: the first tells.
        if plan.languages.first() == Some(&self.0) {
            made.write(desk, SHOWN_FILE, report::places_csv(&places).map_err(RunError::internal)?)?;
        }
        made.write(desk, &format!("release/report.{}.html", self.0), html)?;
        Ok(made.of_files())
    }
}
