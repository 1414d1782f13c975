//! The step `published`: the ledger of published figures against the cleared estimates.

use super::RunError;
use super::desk::{Desk, Value};
use super::fingerprint::{Parts, digest_of};
use super::graph::{Made, Work};
use super::record::PublishedRecord;
use super::trace::Trace;
use super::{shown, tables};
use crate::disclosure::Cleared;
use crate::published::{self, Fault, Judged, Known, Ledger, Verdict};
use crate::question::{KINDS, Plan};
use crate::table::Table;

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

/// Holds the published figures against the computed ones.
pub struct PublishedFiles<'p>(pub &'p Ledger);

impl<'p> Work<'p> for PublishedFiles<'p> {
    /// The ledger, the numbers that it names, and the languages of its tables.
    fn parts(&self, trace: &Trace<'p>) -> Parts {
        Parts::of_pages()
            .with("the ledger", digest_of(self.0))
            .with("the languages", digest_of(&trace.plan.languages))
            .with_all(analyses(self.0).into_iter().map(|analysis| shown::cleared(trace, analysis)))
    }

    fn value(&self, desk: &Desk<'p>) -> Result<Value<'p>, RunError> {
        Ok(Value::Judgement(Judgement::of(self.0, &desk.release()?.cleared)))
    }

    fn make(&self, desk: &Desk<'p>) -> Result<Made, RunError> {
        let mut made = Made::default();
        if let Some(Judgement { ledger, judged, faults }) = desk.judgement()? {
            let csv = published::csv(ledger, judged).map_err(RunError::internal)?;
            made.write(desk, "release/published.csv", csv)?;
            let checks = published::checks_csv(ledger, faults).map_err(RunError::internal)?;
            made.write(desk, "release/published_checks.csv", checks)?;
        }
        for table in desk.judgement()?.into_iter().flat_map(Judgement::tables) {
            tables::write(&mut made, desk, &table)?;
        }
        Ok(made.of_files())
    }

    fn tell(&self, value: &Value<'p>, trace: &mut Trace<'p>) {
        if let Value::Judgement(judgement) = value {
            trace.record.published = Some(judgement.record());
        }
    }
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
    fn of(ledger: &'l Ledger, cleared: &[Cleared]) -> Judgement<'l> {
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
    fn record(&self) -> PublishedRecord {
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
}
