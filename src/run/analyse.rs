//! A cohort linked and tallied bucket by bucket, and its analyses answered from the pattern tables.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::DataFrame;
use rayon::prelude::*;

use super::RunError;
use super::patterns::PatternTable;
use super::question::{Ground, asked};
use crate::cohort::{self, Forms, Linked, Swallowed, reason_of};
use crate::estimate::Estimate;
use crate::plan::{Analysis, Cohort, Column, Plan, Question};
use crate::store::{Store, bridge};
use crate::tally::{self, Patterns};

/// The numbers of some analyses of one cohort, in the analyses' order, and the cohort's rows.
pub struct Answers {
    pub rows: u64,
    /// Wave → forms of respondents who are no members.
    pub unlinked: BTreeMap<String, u64>,
    /// Derived variable → the rows with a missing ingredient to which its ELSE gives a value.
    pub swallowed: BTreeMap<String, Swallowed>,
    pub estimates: Vec<Vec<Estimate>>,
    /// The pattern tables that each was answered from.
    pub tables: Vec<Vec<PatternTable>>,
}

/// Links, tallies and answers.
///
/// # Errors
/// As [`count`].
pub fn answer(
    plan: &Plan,
    cohort: &Arc<Cohort>,
    analyses: &[&Analysis],
    stores: &Stores,
) -> Result<Answers, RunError> {
    let tallied = count(plan, cohort, analyses, stores)?;
    let of = |analysis: &&Analysis| {
        let ground = Ground { id: &analysis.id, cohort, waves: &plan.waves, tallied: &tallied };
        let asked = asked(&analysis.question);
        Ok((asked.numbers(&ground)?, asked.tables(&ground)?))
    };
    let answered = analyses.par_iter().map(of).collect::<Result<Vec<_>, RunError>>()?;
    let (estimates, tables) = answered.into_iter().unzip();
    let rows = tallied.of(&[]).total();
    Ok(Answers { rows, unlinked: tallied.unlinked, swallowed: tallied.swallowed, estimates, tables })
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
) -> Result<Tallied, RunError> {
    let columns = columns_read(analyses);
    let mut margins: BTreeSet<Vec<String>> = BTreeSet::from([Vec::new()]);
    for analysis in analyses {
        margins.extend(asked(&analysis.question).margins(&analysis.id, cohort));
    }
    let margins: Vec<Vec<String>> = margins.into_iter().collect();

    let items = cohort::items_read(cohort, &columns);
    let store = stores.get(&cohort.instrument)?;
    let services = cohort
        .attach
        .iter()
        .map(|attach| stores.get(&attach.instrument)?.whole(&attach.variables))
        .collect::<Result<Vec<DataFrame>, RunError>>()?;
    let counts = (0..store.buckets())
        .into_par_iter()
        .map(|bucket| {
            let respondents = store.bucket(bucket, &items)?;
            let forms = Forms { respondents: &respondents, services: &services };
            let Linked { mut frame, swallowed, unlinked } =
                cohort::link(cohort, &plan.waves, &forms, &columns)?;
            for analysis in analyses {
                if let Question::Model(model) = &analysis.question
                    && let Some(only) = &model.only
                {
                    let what = format!("`only` of `{}`", analysis.id);
                    frame = cohort::condition(frame, &what, only, &only_column(&analysis.id))?;
                }
            }
            let counts = margins
                .iter()
                .map(|margin| tally::count(&frame, margin).map_err(RunError::internal))
                .collect::<Result<Vec<DataFrame>, RunError>>()?;
            Ok((counts, unlinked, swallowed))
        })
        .collect::<Result<Vec<_>, RunError>>()?;
    let mut unlinked: BTreeMap<String, u64> = BTreeMap::new();
    let mut swallowed: BTreeMap<String, Swallowed> = BTreeMap::new();
    let mut of_buckets = Vec::with_capacity(counts.len());
    for (counted, unlinked_here, swallowed_here) in counts {
        of_buckets.push(counted);
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
    let tallied = Tallied { margins, patterns, unlinked, swallowed };
    match tallied.of(&[]).total() {
        0 => Err(RunError::EmptyCohort { cohort: cohort.id.clone(), why: why_empty(cohort) }),
        _ => Ok(tallied),
    }
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

/// A cohort's pattern tables, by the columns that they are over.
pub struct Tallied {
    /// Wave → forms of respondents who are no members.
    unlinked: BTreeMap<String, u64>,
    swallowed: BTreeMap<String, Swallowed>,
    margins: Vec<Vec<String>>,
    patterns: Vec<Patterns>,
}

impl Tallied {
    pub fn of(&self, columns: &[String]) -> &Patterns {
        match self.margins.iter().position(|margin| margin == columns) {
            Some(position) => &self.patterns[position],
            None => unreachable!("every margin that an analysis reads has been counted"),
        }
    }
}

/// The columns that analyses read, each once.
pub fn columns_read(analyses: &[&Analysis]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for column in analyses.iter().flat_map(|analysis| asked(&analysis.question).columns()) {
        if columns.iter().all(|known| known.name != column.name) {
            columns.push(column.clone());
        }
    }
    columns
}

/// The column that tells whether a row fulfils the condition of an analysis.
pub fn only_column(analysis: &str) -> String {
    format!("(only {analysis})")
}
