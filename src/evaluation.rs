//! The whole of an evaluation: its plan, and the analyses that are asked of its cohorts.
//!
//! The pipeline makes it from the file that people write. What is asked is of many kinds, which the rooms that walk through a plan
//! do not know: each of them says in a trait of its own what it needs of a question, beside what [`Asked`] says to all.

use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::dictionary::{Instrument, Language, Text};
use crate::disclosure::Policy;
use crate::figure::FigureSpec;
use crate::plan::{Cluster, Cohort, Column, Design, OnFinding, Source, Sql, Wave};
use crate::table::TableSpec;

/// One evaluation, of questions `Q`.
#[derive(Debug)]
pub struct Plan<Q: ?Sized> {
    pub id: String,
    pub title: Text,
    /// A sentence that every page of the release repeats, such as that its people are simulated; may be empty.
    pub notice: Text,
    /// Paragraphs that open the report: what was asked, of whom, and what must not be concluded.
    pub about: Vec<Text>,
    /// The folder of the pipeline file; paths in it are relative to this.
    pub folder: PathBuf,
    pub languages: Vec<Language>,
    pub instruments: Vec<Arc<Instrument>>,
    pub waves: Vec<Wave>,
    pub sources: Vec<Source>,
    pub on_finding: OnFinding,
    pub cohorts: Vec<Arc<Cohort>>,
    pub analyses: Vec<Analysis<Q>>,
    pub tables: Vec<TableSpec>,
    /// The file of published figures that the results are held against.
    pub published: Option<PathBuf>,
    pub figures: Vec<FigureSpec>,
    /// The ids of the analyses that the report opens with, in this order.
    pub primary: Vec<String>,
    pub design: Design,
    pub policy: Policy,
}

/// One analysis.
#[derive(Debug)]
pub struct Analysis<Q: ?Sized> {
    /// With its kind: `change.mental_health`.
    pub id: String,
    pub label: Text,
    /// Index into [`Plan::cohorts`].
    pub cohort: usize,
    pub question: Arc<Q>,
}

/// What every room may ask of a question, of whatever kind.
pub trait Asked: Debug + Send + Sync + Meaning {
    /// The columns that it reads, those of its conditions and weights among them; one may stand twice.
    fn columns(&self) -> Vec<&Column>;

    /// The columns whose labels its tables show.
    fn shown(&self) -> Vec<&Column>;

    /// The columns that it is about.
    fn subjects(&self) -> Vec<&Column> {
        self.shown()
    }

    /// In a few words, for whoever asks where a number came from.
    fn about(&self) -> String;

    /// The columns that everyone in the cohort is counted by, where persons are: a condition would make it a count of something else.
    fn counted(&self) -> Vec<&Column> {
        Vec::new()
    }

    /// The variables whose groups are shown beside everyone.
    fn by(&self) -> &[Column] {
        &[]
    }

    /// The names, without waves, of what a figure may choose from: variables, or the terms of a model.
    fn drawn(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Its own condition, beside the cohort's.
    fn only(&self) -> Option<&Sql> {
        None
    }

    /// The confidence level of its intervals; `None` where it has none.
    fn level(&self) -> Option<f64> {
        None
    }

    /// What its standard errors are clustered by.
    fn cluster(&self) -> Option<&Cluster> {
        None
    }

    /// The other analyses whose numbers it is made of.
    fn of(&self) -> &[String] {
        &[]
    }

    /// The analysis that its weights come from.
    fn weights(&self) -> Option<&str> {
        None
    }

    /// The wave at which someone was followed up or lost, where its numbers depend on that.
    fn lost_at(&self) -> Option<&str> {
        None
    }

    /// Whether its numbers depend on the states that members are in.
    fn reads_states(&self) -> bool {
        self.lost_at().is_some()
    }

    /// Whether every cohort is asked it without a word in the pipeline. Its forms at all waves are read, and the report tells of it
    /// only where a table or a figure shows it.
    fn is_undeclared(&self) -> bool {
        false
    }

    /// Whether the report's first page can open with it.
    fn can_be_primary(&self) -> bool {
        false
    }
}

/// What a question says, as data: two that mean the same are equal.
pub trait Meaning {
    /// As JSON.
    fn meaning(&self) -> Value;
}

impl<T: Serialize> Meaning for T {
    fn meaning(&self) -> Value {
        // Only maps with keys that are not strings cannot be JSON, and no question has one.
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}
