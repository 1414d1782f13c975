//! `run.json`: what was run on what. No respondent's value.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::fingerprint::Parts;

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
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CohortRecord {
    pub cohort: String,
    pub rows: u64,
    /// Wave → forms of respondents without a form at the cohort's first wave, where there are any. They are left out.
    pub unlinked: BTreeMap<String, u64>,
}

impl CohortRecord {
    /// Forms that are left out, in words.
    pub fn warnings(&self) -> Vec<String> {
        let cohort = &self.cohort;
        let said = |(wave, forms): (&String, &u64)| {
            format!(
                "cohort {cohort}: {forms} forms at {wave} are of respondents without a form at its first wave and are left out; are their ids written alike?"
            )
        };
        self.unlinked.iter().map(said).collect()
    }
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
