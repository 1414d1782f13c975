//! Findings: what a check found, where, and what followed. They never hold the value itself.

use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;

use super::checks::{CHECKS, Check};
use super::error::{IntakeError, Origin};
use crate::plan::{Action, OnFinding};

/// So many rows are named in a finding; the others are counted.
const ROWS_NAMED: usize = 5;

/// What one check found about one item (or about rows, or the file), summed up over the rows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The check's id.
    pub check: &'static str,
    pub origin: Origin,
    /// `None` where the row or the whole file is meant.
    pub item: Option<String>,
    /// Line numbers in the file of the first rows concerned; empty where the whole file is meant.
    pub rows: Vec<u64>,
    /// How often it was found.
    pub count: u64,
    /// Of how many answers of the item in the file, where answers were set missing.
    pub of: Option<u64>,
    /// What was found and what was expected, without any respondent's value.
    pub message: String,
    pub action: Action,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.origin)?;
        let named: Vec<String> = self.rows.iter().map(u64::to_string).collect();
        match (named.len(), self.count.saturating_sub(named.len() as u64)) {
            (0, _) => {}
            (1, 0) => write!(f, " row {}", named[0])?,
            (_, 0) => write!(f, " rows {}", named.join(", "))?,
            (_, more) => write!(f, " rows {} and {more} more", named.join(", "))?,
        }
        if let Some(item) = &self.item {
            write!(f, ", item {item}")?;
        }
        write!(f, ": {}: {}; {}", self.check, self.message, consequence(self.check, self.action))
    }
}

/// So many items without a column are named in a line; the others are counted.
const ITEMS_NAMED: usize = 12;

/// The findings as lines; items of which a file has no column stand in one line where the same is to be said of them.
pub fn told(findings: &[Finding]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut done: Vec<usize> = Vec::new();
    for (at, finding) in findings.iter().enumerate() {
        if done.contains(&at) {
            continue;
        }
        let alike: Vec<(usize, &str, &str)> = match finding.without_column() {
            None => Vec::new(),
            Some((_, _, rest)) => (at..findings.len())
                .filter_map(|other| {
                    let same = &findings[other];
                    let (item, column, its) = same.without_column()?;
                    let alike = same.origin == finding.origin && same.action == finding.action && its == rest;
                    alike.then_some((other, item, column))
                })
                .collect(),
        };
        let [_, _, ..] = alike.as_slice() else {
            lines.push(finding.to_string());
            continue;
        };
        done.extend(alike.iter().map(|(other, ..)| *other));
        let more = match alike.len().saturating_sub(ITEMS_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let list = |part: fn(&(usize, &str, &str)) -> String| {
            alike.iter().take(ITEMS_NAMED).map(part).collect::<Vec<_>>().join(", ")
        };
        let rest = finding.without_column().map_or("", |(_, _, rest)| rest);
        lines.push(format!(
            "{}, items {}{more}: {}: the file has no columns {}{more}{rest}; {}",
            finding.origin,
            list(|(_, item, _)| (*item).to_owned()),
            finding.check,
            list(|(_, _, column)| (*column).to_owned()),
            consequence(finding.check, finding.action)
        ));
    }
    lines
}

impl Finding {
    /// Of an item without a column: the item, the column in its quotation marks, and what is said of it.
    fn without_column(&self) -> Option<(&str, &str, &str)> {
        let item = self.item.as_deref().filter(|_| self.check == "column_absent" && self.rows.is_empty())?;
        let named = self.message.strip_prefix("the file has no column ")?;
        let mut escaped = false;
        let end = named.char_indices().skip(1).find(|(_, letter)| {
            let ends = *letter == '"' && !escaped;
            escaped = *letter == '\\' && !escaped;
            ends
        });
        let (column, rest) = named.split_at(end?.0 + 1);
        Some((item, column, rest))
    }
}

fn consequence(check: &str, action: Action) -> &'static str {
    match (check, action) {
        ("blank_form", Action::Reject) => "counted as blank",
        ("identical_row" | "replaced_row" | "superseded_row", Action::Reject) => "merged",
        (_, Action::SetMissing) => "set missing",
        (_, Action::Reject) => "row rejected",
        (_, Action::Stop) => "the run stops",
        (_, Action::Report) => "reported",
    }
}

/// Gathers the findings of a file, or of a part of it.
pub(super) struct Findings<'a> {
    origin: Origin,
    on_finding: &'a OnFinding,
    found: IndexMap<(&'static str, Option<String>, String), Finding>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(origin: Origin, on_finding: &'a OnFinding) -> Findings<'a> {
        Findings { origin, on_finding, found: IndexMap::new() }
    }

    /// Notes that `check` found something, and tells what is to follow.
    pub(super) fn add(
        &mut self,
        check: &'static Check,
        row: Option<u64>,
        item: Option<&str>,
        message: String,
    ) -> Action {
        self.add_with(check.action(self.on_finding), check, row, item, message)
    }

    /// The same with an action that the pipeline cannot change.
    pub(super) fn add_with(
        &mut self,
        action: Action,
        check: &'static Check,
        row: Option<u64>,
        item: Option<&str>,
        message: String,
    ) -> Action {
        self.merge(Finding {
            check: check.id,
            origin: self.origin.clone(),
            item: item.map(str::to_owned),
            rows: row.into_iter().collect(),
            count: 1,
            of: None,
            message,
            action,
        });
        action
    }

    /// Adds what was found in another part of the file.
    pub(super) fn merge(&mut self, finding: Finding) {
        let key = (finding.check, finding.item.clone(), finding.message.clone());
        match self.found.entry(key) {
            indexmap::map::Entry::Vacant(entry) => {
                entry.insert(finding);
            }
            indexmap::map::Entry::Occupied(mut entry) => {
                let known = entry.get_mut();
                known.count += finding.count;
                // Most come in the order of their rows, and are beyond those that are named.
                if known.rows.len() < ROWS_NAMED || finding.rows.first() < known.rows.last() {
                    known.rows.extend(finding.rows);
                    known.rows.sort_unstable();
                    known.rows.truncate(ROWS_NAMED);
                }
            }
        }
    }

    /// Tells the findings by which answers of an item were set missing how many answers the file has.
    pub(super) fn of_answers(&mut self, item: &str, answers: u64) {
        let is_meant =
            |finding: &Finding| finding.action == Action::SetMissing && finding.item.as_deref() == Some(item);
        self.found.values_mut().filter(|finding| is_meant(finding)).for_each(|finding| {
            finding.of = Some(answers);
        });
    }

    /// Takes back what a check found, where it turns out to be how things are in the file.
    pub(super) fn take_back(&mut self, check: &'static Check) {
        self.found.retain(|(id, _, _), _| *id != check.id);
    }

    pub(super) fn so_far(&self) -> impl Iterator<Item = &Finding> {
        self.found.values()
    }

    /// The same where they come from several buckets: of those that begin at one row, the earlier check comes first, whatever the
    /// number of buckets.
    pub(super) fn into_findings_of_buckets(mut self) -> Vec<Finding> {
        let place = |finding: &Finding| CHECKS.iter().position(|check| check.id == finding.check);
        self.found.sort_by(|_, one, _, other| {
            let order = |finding: &Finding| (place(finding), finding.item.clone(), finding.message.clone());
            order(one).cmp(&order(other))
        });
        self.into_findings()
    }

    /// In the order of the first row that each is about; those about the whole file come first.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self.found.into_values().collect();
        findings.sort_by_key(|finding| finding.rows.first().copied());
        findings
    }
}

/// Refuses a file where findings stop the run.
pub(super) fn refuse<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Result<(), IntakeError> {
    let stops = findings.into_iter().filter(|finding| finding.action == Action::Stop);
    let findings: Vec<Finding> = stops.cloned().collect();
    match findings.is_empty() {
        true => Ok(()),
        false => Err(IntakeError::Refused { findings }),
    }
}
