//! The step `published`: the ledger of published figures against the cleared estimates.

use std::collections::BTreeMap;
use std::path::Path;

use super::RunError;
use super::fingerprint::{Parts, digest_of};
use super::output::write;
use super::record::PublishedRecord;
use crate::disclosure::Cleared;
use crate::published::{self, Fault, Judged, Known, Ledger, Verdict};
use crate::question::{KINDS, Plan};
use crate::table::{self, Table};

pub const STEP: &str = "published";

/// The ledger that the plan names, resolved.
///
/// # Errors
/// [`RunError::Mistake`] where it has one.
pub fn load(plan: &Plan) -> Result<Option<Ledger>, RunError> {
    let Some(path) = &plan.published else { return Ok(None) };
    let known = Known {
        analyses: plan.analyses.iter().map(|analysis| analysis.id.as_str()).collect(),
        statistics: &statistics,
    };
    Ok(Some(published::load(path, &known)?))
}

/// The names of the statistics that an analysis can give.
fn statistics(analysis: &str) -> Vec<&'static str> {
    let kind = analysis.split_once('.').map_or("", |(kind, _)| kind);
    let stages = KINDS.iter().filter(|(name, _)| *name == kind).flat_map(|(_, kind)| kind.stages);
    stages.flat_map(|stage| (stage.statistics)()).map(|statistic| statistic.name).collect()
}

/// What the step depends on: the ledger, the numbers that it names, and the languages of its tables.
pub fn parts(plan: &Plan, ledger: &Ledger, cleared: &BTreeMap<String, String>) -> Parts {
    let mut parts = Parts::of_program()
        .with("the ledger", digest_of(ledger))
        .with("the languages", digest_of(&plan.languages));
    for analysis in analyses(ledger) {
        let digest = cleared.get(analysis).cloned().unwrap_or_default();
        parts = parts.with(format!("the cleared estimates of {analysis}"), digest);
    }
    parts
}

/// The analyses whose numbers a ledger names, each once.
fn analyses(ledger: &Ledger) -> Vec<&str> {
    let compared = ledger.figures.iter().filter_map(|figure| match &figure.against {
        published::Against::Computed(expression) => Some(expression.ids()),
        published::Against::Nothing(_) => None,
    });
    let mut analyses: Vec<&str> = compared.flatten().filter_map(|id| id.split('/').next()).collect();
    analyses.sort_unstable();
    analyses.dedup();
    analyses
}

/// A ledger with the verdicts on it.
pub struct Judgement<'l> {
    ledger: &'l Ledger,
    judged: Vec<Judged<'l>>,
    faults: Vec<Fault>,
}

impl<'l> Judgement<'l> {
    pub fn of(ledger: &'l Ledger, cleared: &[Cleared]) -> Judgement<'l> {
        Judgement { ledger, judged: published::judge(ledger, cleared), faults: published::faults(ledger) }
    }

    pub fn tables(&self) -> Vec<Table> {
        published::tables(self.ledger, &self.judged, &self.faults)
    }

    /// The sheets of the workbook: all figures, and the faults where there are any.
    pub fn sheets(&self) -> Vec<Table> {
        let faults = self.tables().pop().filter(|_| !self.faults.is_empty());
        std::iter::once(published::sheet(self.ledger, &self.judged)).chain(faults).collect()
    }

    /// What stands in the record of the run.
    pub fn record(&self) -> PublishedRecord {
        let of = |wanted: &Verdict| -> Vec<String> {
            let found = self.judged.iter().filter(|one| one.verdict.as_str() == wanted.as_str());
            found.map(|one| one.figure.id.clone()).collect()
        };
        let reproduced = of(&Verdict::Reproduced).len();
        let compatible = of(&Verdict::Compatible).len();
        let contradicted = of(&Verdict::Contradicted);
        PublishedRecord {
            figures: self.judged.len(),
            reproduced,
            compatible,
            not_testable: self.judged.len() - reproduced - compatible - contradicted.len(),
            contradicted,
            not_computed: self.not_computed(),
            faults: self.faults.len(),
        }
    }

    /// Figures whose number the evaluation does not have: as a rule a slip in the ledger.
    fn not_computed(&self) -> Vec<String> {
        let found = self.judged.iter().filter_map(|one| match &one.verdict {
            Verdict::NotTestable(published::Why::NotComputed(id)) => {
                Some(format!("{} ({id})", one.figure.id))
            }
            _ => None,
        });
        found.collect()
    }

    /// Writes the step's files and gives their names, in order, and all that they say.
    ///
    /// # Errors
    /// [`RunError`] where one cannot be written.
    pub fn write(&self, plan: &Plan, building: &Path) -> Result<(Vec<String>, String), RunError> {
        let csv = published::csv(self.ledger, &self.judged).map_err(RunError::internal)?;
        let checks = published::checks_csv(self.ledger, &self.faults).map_err(RunError::internal)?;
        let mut files = vec![("release/published.csv".to_owned(), csv), (CHECKS.to_owned(), checks)];
        for table in self.tables() {
            for language in &plan.languages {
                let file = |extension| format!("release/tables/{}.{language}.{extension}", table.id);
                files.push((file("csv"), table::render::csv(&table, *language)));
                files.push((file("md"), table::render::markdown(&table, *language)));
            }
        }
        let mut said = String::new();
        for (file, text) in &files {
            write(building, file, text)?;
            said += text;
        }
        Ok((files.into_iter().map(|(file, _)| file).collect(), said))
    }
}

const CHECKS: &str = "release/published_checks.csv";
