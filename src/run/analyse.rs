//! A cohort linked and tallied bucket by bucket, for the analyses that are answered from its pattern tables.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use polars::prelude::DataFrame;
use rayon::prelude::*;

use super::RunError;
use crate::cohort::{self, Forms, Linked, Swallowed, reason_of};
use crate::plan::{Cohort, Column};
use crate::question::attrition::{Attrition, PatternWeights};
use crate::question::{Analysis, Answers, OfPatterns, Plan, only_column};
use crate::store::{Store, bridge};
use crate::tally::{self, Patterns, Tallied};

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

/// A cohort as its analyses are answered from it: nothing where they are made of other analyses.
#[derive(Default)]
pub struct Counted<'p> {
    /// Of the whole cohort.
    pub rows: u64,
    /// Wave → forms of respondents who are no members.
    pub unlinked: BTreeMap<String, u64>,
    /// Derived variable → the rows with a missing ingredient to which its ELSE gives a value.
    pub swallowed: BTreeMap<String, Swallowed>,
    pub tallied: Tallied,
    /// The response models that analyses are weighted by, each fitted once.
    pub weights: Vec<PatternWeights<'p>>,
}

/// Links and tallies, each bucket by itself on any thread, and fits the response models.
///
/// # Errors
/// [`RunError`] where the store cannot be read, an expression cannot be computed, or the cohort has nobody.
pub fn count<'p, 's>(
    plan: &Plan,
    cohort: &'p Cohort,
    analyses: &[&'p Analysis],
    stores: &dyn Fn(&str) -> Result<&'s Store, RunError>,
    extent: Extent,
) -> Result<Counted<'p>, RunError> {
    let columns = columns_read(analyses);
    let mut margins: BTreeSet<Vec<String>> = BTreeSet::from([Vec::new()]);
    for analysis in analyses {
        let asked = of_patterns(analysis).into_iter();
        margins.extend(asked.flat_map(|asked| asked.margins(&analysis.id, cohort)));
    }
    let margins: Vec<Vec<String>> = margins.into_iter().collect();

    let items = cohort::items_read(cohort, &columns);
    let store = stores(&cohort.instrument)?;
    let services = cohort
        .attach
        .iter()
        .map(|attach| whole(stores(&attach.instrument)?, &attach.variables))
        .collect::<Result<Vec<DataFrame>, RunError>>()?;
    let counts = each(store.manifest().buckets.len(), |number| {
        let respondents = bucket(store, number, &items)?;
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
        let counts = match extent == Extent::All || number == 0 {
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
    if rows == 0 {
        return Err(RunError::EmptyCohort { cohort: cohort.id.clone(), why: why_empty(cohort) });
    }
    let tallied = Tallied::new(margins, patterns);
    let mut responses: Vec<&'p Attrition> = Vec::new();
    for response in analyses.iter().filter_map(|analysis| of_patterns(analysis)?.response()) {
        if !responses.contains(&response) {
            responses.push(response);
        }
    }
    let weights = responses.into_par_iter().map(|response| PatternWeights::of(response, cohort, &tallied));
    Ok(Counted { rows, unlinked, swallowed, weights: weights.collect::<Result<_, _>>()?, tallied })
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

fn bucket(store: &Store, number: usize, items: &[String]) -> Result<DataFrame, RunError> {
    let mut columns = vec!["respondent".to_owned(), "wave".to_owned()];
    columns.extend(items.iter().flat_map(|item| [item.clone(), reason_of(item)]));
    let names: Vec<&str> = columns.iter().map(String::as_str).collect();
    bridge::to_polars(&store.bucket(number, &names)?).map_err(RunError::internal)
}

fn whole(store: &Store, items: &[String]) -> Result<DataFrame, RunError> {
    let mut all = bucket(store, 0, items)?;
    for number in 1..store.manifest().buckets.len() {
        all.vstack_mut(&bucket(store, number, items)?).map_err(RunError::internal)?;
    }
    Ok(all)
}

/// The analysis's question, where it is answered from patterns.
fn of_patterns<'p>(analysis: &&'p Analysis) -> Option<&'p dyn OfPatterns> {
    match analysis.question.answers() {
        Answers::Patterns(question) => Some(question),
        Answers::Estimates(_) => None,
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
