//! `run.json`: what was run on what. No respondent's value.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::analyse::Counted;
use super::fingerprint::Parts;
use crate::cohort::Swallowed;
use crate::intake::Finding;
use crate::plan::{Cohort, Source, WaveOf};

/// The record of a run, and what the next one compares itself with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub format: u32,
    pub evaluation: String,
    pub program: String,
    /// The digest of the pipeline file.
    #[serde(default)]
    pub pipeline: String,
    pub policy: String,
    pub languages: Vec<String>,
    pub sources: Vec<SourceRecord>,
    pub cohorts: Vec<CohortRecord>,
    pub steps: Vec<StepRecord>,
    /// Analysis → digest of its cleared estimates.
    pub cleared: BTreeMap<String, String>,
    /// Numbers of the release that are hidden.
    #[serde(default)]
    pub hidden: u64,
    /// What became of the published figures, where the evaluation has a ledger of them.
    #[serde(default)]
    pub published: Option<PublishedRecord>,
    pub warnings: Vec<String>,
    pub seconds: f64,
}

/// One file of forms: rows read = stored + blank + rejected + merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceRecord {
    pub source: String,
    pub instrument: String,
    pub file: String,
    pub digest: String,
    pub rows_read: u64,
    pub rows_stored: u64,
    /// Rows without an answer: no forms.
    #[serde(default)]
    pub rows_blank: u64,
    pub rows_rejected: u64,
    /// Rows that another row stands for.
    #[serde(default)]
    pub rows_merged: u64,
    /// Names of the file's columns that no dictionary has.
    pub columns_ignored: Vec<String>,
    pub findings: Vec<String>,
    /// The same findings by their values, in the same order.
    #[serde(default)]
    pub found: Vec<FindingRecord>,
}

/// What one check found in a file, by its values. The sentence is for the house; this is what a release is told from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FindingRecord {
    /// The check's id.
    pub check: String,
    /// What followed, as pipelines name it.
    pub action: String,
    /// `None` where rows or the whole file are meant.
    pub item: Option<String>,
    /// `None` where the file has several waves.
    pub wave: Option<String>,
    pub count: u64,
    /// Of how many answers of the item.
    pub of: Option<u64>,
}

impl FindingRecord {
    pub fn new(finding: &Finding, source: &Source) -> FindingRecord {
        let wave = match &source.wave {
            WaveOf::File(wave) => Some(wave.clone()),
            WaveOf::Column { .. } | WaveOf::Start { .. } => None,
        };
        FindingRecord {
            check: finding.check.to_owned(),
            action: finding.action.name().to_owned(),
            item: finding.item.clone(),
            wave,
            count: finding.count,
            of: finding.of,
        }
    }

    /// Whether both are the same but for the wave.
    pub fn is_as(&self, other: &FindingRecord) -> bool {
        let own = |record: &FindingRecord| {
            (record.check.clone(), record.action.clone(), record.item.clone(), record.count, record.of)
        };
        own(self) == own(other)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CohortRecord {
    pub cohort: String,
    pub rows: u64,
    /// Wave → forms of respondents without a form at the cohort's first wave, where there are any. They are left out.
    pub unlinked: BTreeMap<String, u64>,
    /// Derived variable → the rows with a missing ingredient to which its ELSE gives a value, where there are any.
    #[serde(default)]
    pub swallowed: BTreeMap<String, Swallowed>,
}

impl CohortRecord {
    /// What was counted of a cohort. `earlier` holds what was counted of variables that were not computed anew; those that
    /// `is_read` does not know are gone.
    pub fn new(
        cohort: &Cohort,
        counted: &Counted<'_>,
        earlier: Option<&CohortRecord>,
        is_read: impl Fn(&str) -> bool,
    ) -> CohortRecord {
        let mut swallowed = counted.swallowed.clone();
        for (variable, rows) in earlier.iter().flat_map(|earlier| &earlier.swallowed) {
            if is_read(variable) && !swallowed.contains_key(variable) {
                swallowed.insert(variable.clone(), rows.clone());
            }
        }
        swallowed.retain(|_, rows| rows.total() > 0);
        CohortRecord {
            cohort: cohort.id.clone(),
            rows: counted.rows,
            unlinked: counted.unlinked.clone(),
            swallowed,
        }
    }

    /// Forms that are left out, and missing answers that are counted as answers, in words.
    pub fn warnings(&self) -> Vec<String> {
        let cohort = &self.cohort;
        let said = |(wave, forms): (&String, &u64)| {
            format!(
                "cohort {cohort}: {forms} forms at {wave} are of respondents without a form at its first wave and are left out; are their ids written alike?"
            )
        };
        let mut warnings: Vec<String> = self.unlinked.iter().map(said).collect();
        warnings.extend(self.swallowed.iter().map(|(variable, rows)| taken_by_else(cohort, variable, rows)));
        warnings
    }
}

fn taken_by_else(cohort: &str, variable: &str, swallowed: &Swallowed) -> String {
    let by_wave: Vec<String> = swallowed
        .rows
        .iter()
        .filter(|(wave, _)| !wave.is_empty())
        .map(|(wave, rows)| format!("{rows} at {wave}"))
        .collect();
    let by_wave = match by_wave.is_empty() {
        true => String::new(),
        false => format!(" ({})", by_wave.join(", ")),
    };
    let columns: Vec<&str> = swallowed.columns.iter().map(String::as_str).collect();
    let (rows, are) = match swallowed.total() {
        1 => ("1 row".to_owned(), "it is"),
        rows => (format!("{rows} rows"), "they are"),
    };
    let first = columns.first().copied().unwrap_or_default();
    let quoted = if first.contains('@') { format!("\"{first}\"") } else { first.to_owned() };
    format!(
        "cohort {cohort}, variable {variable}: ELSE gives a value to {rows}{by_wave} whose {} is missing; if {are} to stay missing, write WHEN {quoted} IS NULL THEN NULL before the other conditions",
        columns.join(" or ")
    )
}

/// Published figures against computed ones, counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublishedRecord {
    pub figures: usize,
    pub reproduced: usize,
    pub compatible: usize,
    pub not_testable: usize,
    /// The ids of contradicted figures.
    pub contradicted: Vec<String>,
    /// Figures that are compared with a number which the evaluation does not have.
    pub not_computed: Vec<String>,
    /// How many faults the rules find in the publications themselves.
    pub faults: usize,
}

impl PublishedRecord {
    pub fn warnings(&self) -> Vec<String> {
        let said = |figure: &String| {
            format!(
                "published figure {figure}: the evaluation has no such number; release/estimates.csv lists them"
            )
        };
        self.not_computed.iter().map(said).collect()
    }

    /// One line for the terminal.
    pub fn summary(&self) -> String {
        let faults = match self.faults {
            0 => String::new(),
            1 => "; 1 fault in the publication itself".to_owned(),
            n => format!("; {n} faults in the publications themselves"),
        };
        format!(
            "published figures: {} reproduced, {} compatible, {} contradicted, {} not testable{faults}",
            self.reproduced,
            self.compatible,
            self.contradicted.len(),
            self.not_testable
        )
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepRecord {
    pub id: String,
    pub parts: Parts,
    /// What the steps after this one depend on.
    pub output: String,
    /// The files that hold what the step gave, below the evaluation's folder → digest. One that is gone, or is not as it was
    /// written, makes the step stale.
    pub files: BTreeMap<String, String>,
    pub seconds: f64,
}

impl Record {
    /// The record of the run that `folder` holds; `None` where there is none that this program can read.
    pub fn load(folder: &Path) -> Option<Record> {
        let text = std::fs::read_to_string(folder.join("run.json")).ok()?;
        let record: Record = serde_json::from_str(&text).ok()?;
        (record.format == 1).then_some(record)
    }

    pub fn step(&self, id: &str) -> Option<&StepRecord> {
        self.steps.iter().find(|step| step.id == id)
    }
}
