//! A cohort linked and tallied bucket by bucket, and its analyses answered from the pattern tables.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use polars::prelude::DataFrame;
use rayon::prelude::*;

use super::RunError;
use crate::cohort::{self, Forms, Linked, Swallowed, reason_of};
use crate::estimate::Estimate;
use crate::plan::{Cohort, Column};
use crate::question::{Analysis, Answers as From, Ground, OfPatterns, PatternTable, Plan, only_column};
use crate::store::{Store, bridge};
use crate::tally::{self, Patterns, Tallied};

/// The numbers of some analyses of one cohort, in the analyses' order, and the cohort's rows.
pub struct Answers {
    pub rows: u64,
    /// Wave → forms of respondents who are no members.
    pub unlinked: BTreeMap<String, u64>,
    /// Derived variable → the rows with a missing ingredient to which its ELSE gives a value.
    pub swallowed: BTreeMap<String, Swallowed>,
    pub estimates: Vec<Vec<Estimate>>,
    /// The pattern tables that each was answered from; none of a sample.
    pub tables: Vec<Vec<PatternTable>>,
}

/// How much of a cohort is tallied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    All,
    /// [`SAMPLE`] rows of its first bucket, which tell whether analyses can be answered and what they give; everybody is linked
    /// all the same.
    Sample,
}

/// Enough for every analysis of the field to have something to count, and few beside a large study.
const SAMPLE: usize = 1_000;

/// Links, tallies and answers. By a sample, the numbers are nobody's; where they cannot be had from so few, all are tallied.
///
/// # Errors
/// As [`count`].
pub fn answer(
    plan: &Plan,
    cohort: &Arc<Cohort>,
    analyses: &[&Analysis],
    stores: &Stores,
    extent: Extent,
) -> Result<Answers, RunError> {
    let counted = count(plan, cohort, analyses, stores, extent)?;
    match answered(plan, cohort, analyses, counted, extent) {
        Err(_) if extent == Extent::Sample => answer(plan, cohort, analyses, stores, Extent::All),
        answers => answers,
    }
}

fn answered(
    plan: &Plan,
    cohort: &Arc<Cohort>,
    analyses: &[&Analysis],
    counted: Counted,
    extent: Extent,
) -> Result<Answers, RunError> {
    let Counted { rows, unlinked, swallowed, tallied } = counted;
    let of = |analysis: &&Analysis| {
        let Some(question) = of_patterns(analysis) else { return Ok((Vec::new(), Vec::new())) };
        let ground = Ground { id: &analysis.id, cohort, waves: &plan.waves, tallied: &tallied };
        let tables = if extent == Extent::All { question.tables(&ground)? } else { Vec::new() };
        Ok((question.numbers(&ground)?, tables))
    };
    let answered = analyses.par_iter().map(of).collect::<Result<Vec<_>, RunError>>()?;
    let (estimates, tables) = answered.into_iter().unzip();
    Ok(Answers { rows, unlinked, swallowed, estimates, tables })
}

/// Links and tallies: each bucket by itself, on any thread.
///
/// # Errors
/// [`RunError`] where the store cannot be read, an expression cannot be computed, or the cohort has nobody.
pub fn count(
    plan: &Plan,
    cohort: &Arc<Cohort>,
    analyses: &[&Analysis],
    stores: &Stores,
    extent: Extent,
) -> Result<Counted, RunError> {
    let columns = columns_read(analyses);
    let mut margins: BTreeSet<Vec<String>> = BTreeSet::from([Vec::new()]);
    for analysis in analyses {
        margins
            .extend(of_patterns(analysis).into_iter().flat_map(|asked| asked.margins(&analysis.id, cohort)));
    }
    let margins: Vec<Vec<String>> = margins.into_iter().collect();

    let items = cohort::items_read(cohort, &columns);
    let store = stores.get(&cohort.instrument)?;
    let services = cohort
        .attach
        .iter()
        .map(|attach| stores.get(&attach.instrument)?.whole(&attach.variables))
        .collect::<Result<Vec<DataFrame>, RunError>>()?;
    let counts = each(store.buckets(), |bucket| {
        let respondents = store.bucket(bucket, &items)?;
        let forms = Forms { respondents: &respondents, services: &services };
        let Linked { mut frame, swallowed, unlinked } = cohort::link(cohort, &plan.waves, &forms, &columns)?;
        for analysis in analyses {
            if let Some(only) = analysis.question.only() {
                let what = format!("`only` of `{}`", analysis.id);
                frame = cohort::condition(frame, &what, only, &only_column(&analysis.id))?;
            }
        }
        let rows = frame.height() as u64;
        if extent == Extent::Sample {
            frame = frame.head(Some(SAMPLE));
        }
        let counts = match extent == Extent::All || bucket == 0 {
            true => margins
                .iter()
                .map(|margin| tally::count(&frame, margin).map_err(RunError::internal))
                .collect::<Result<Vec<DataFrame>, RunError>>()?,
            false => Vec::new(),
        };
        Ok((rows, counts, unlinked, swallowed))
    })?;
    let mut unlinked: BTreeMap<String, u64> = BTreeMap::new();
    let mut swallowed: BTreeMap<String, Swallowed> = BTreeMap::new();
    let mut of_buckets = Vec::with_capacity(counts.len());
    let mut rows = 0;
    for (rows_here, counted, unlinked_here, swallowed_here) in counts {
        rows += rows_here;
        if !counted.is_empty() {
            of_buckets.push(counted);
        }
        for (wave, forms) in unlinked_here {
            *unlinked.entry(wave).or_default() += forms;
        }
        for (variable, rows) in swallowed_here {
            swallowed.entry(variable).or_default().add(rows);
        }
    }
    let patterns = (0..margins.len())
        .into_par_iter()
        .map(|position| {
            let here: Vec<DataFrame> = of_buckets.iter().map(|bucket| bucket[position].clone()).collect();
            tally::add(&here, &margins[position]).map_err(RunError::internal)
        })
        .collect::<Result<Vec<Patterns>, RunError>>()?;
    match rows {
        0 => Err(RunError::EmptyCohort { cohort: cohort.id.clone(), why: why_empty(cohort) }),
        _ => Ok(Counted { rows, unlinked, swallowed, tallied: Tallied::new(margins, patterns) }),
    }
}

/// Works on each bucket by itself, as many at a time as there are threads, and gives the results in order.
///
/// On threads of its own: one of rayon's that waits for polars takes on the next bucket meanwhile, and in the end all are in memory.
fn each<T: Send>(
    buckets: usize,
    work: impl Fn(usize) -> Result<T, RunError> + Sync,
) -> Result<Vec<T>, RunError> {
    let next = AtomicUsize::new(0);
    let several = || {
        let mut done = Vec::new();
        loop {
            let bucket = next.fetch_add(1, Ordering::Relaxed);
            if bucket >= buckets {
                return Ok(done);
            }
            let result = work(bucket).inspect_err(|_| next.store(buckets, Ordering::Relaxed))?;
            done.push((bucket, result));
        }
    };
    let threads = rayon::current_num_threads().min(buckets).max(1);
    let mut all = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(several)).collect();
        let ended = running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        ended.collect::<Result<Vec<_>, RunError>>()
    })?
    .into_iter()
    .flatten()
    .collect::<Vec<_>>();
    all.sort_unstable_by_key(|(bucket, _)| *bucket);
    Ok(all.into_iter().map(|(_, result)| result).collect())
}

fn why_empty(cohort: &Cohort) -> String {
    match &cohort.only {
        Some(only) => format!("no row fulfils its condition: {}", only.text),
        None => format!("no respondent has an assessment at its first wave, {}", cohort.waves[0]),
    }
}

/// The stores that a run reads.
pub struct Stores {
    pub stores: Vec<(String, Store)>,
}

/// One instrument's store, read as frames.
struct Instrument<'a>(&'a Store);

impl Stores {
    fn get(&self, instrument: &str) -> Result<Instrument<'_>, RunError> {
        let found = self.stores.iter().find(|(id, _)| id == instrument);
        found
            .map(|(_, store)| Instrument(store))
            .ok_or_else(|| RunError::Internal(format!("the store of `{instrument}` has not been opened")))
    }
}

impl Instrument<'_> {
    fn buckets(&self) -> usize {
        self.0.manifest().buckets.len()
    }

    fn bucket(&self, bucket: usize, items: &[String]) -> Result<DataFrame, RunError> {
        let mut columns = vec!["respondent".to_owned(), "wave".to_owned()];
        columns.extend(items.iter().flat_map(|item| [item.clone(), reason_of(item)]));
        let names: Vec<&str> = columns.iter().map(String::as_str).collect();
        let batch = self.0.bucket(bucket, &names)?;
        bridge::to_polars(&batch).map_err(RunError::internal)
    }

    fn whole(&self, items: &[String]) -> Result<DataFrame, RunError> {
        let mut all = self.bucket(0, items)?;
        for bucket in 1..self.buckets() {
            all.vstack_mut(&self.bucket(bucket, items)?).map_err(RunError::internal)?;
        }
        Ok(all)
    }
}

/// A cohort, counted.
pub struct Counted {
    /// Of the whole cohort.
    rows: u64,
    /// Wave → forms of respondents who are no members.
    unlinked: BTreeMap<String, u64>,
    swallowed: BTreeMap<String, Swallowed>,
    tallied: Tallied,
}

/// The analysis's question, where it is answered from patterns.
fn of_patterns(analysis: &Analysis) -> Option<&dyn OfPatterns> {
    match analysis.question.answers() {
        From::Patterns(question) => Some(question),
        From::Estimates(_) => None,
    }
}

/// The columns that analyses read, each once.
pub fn columns_read(analyses: &[&Analysis]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for column in analyses.iter().flat_map(|analysis| analysis.question.columns()) {
        if columns.iter().all(|known| known.name != column.name) {
            columns.push(column.clone());
        }
    }
    columns
}
