//! How near the reference values are, data set by data set and method by method: `tests/reference/agreement.md`.
//!
//! Each suite has a section there. It is written by `UTFALL_WRITE=1 cargo test --test library -- change_ model_ evaluations::`,
//! and each suite holds its section against what it has compared: the same data sets, methods and numbers of values. The
//! differences themselves are those of one machine.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use crate::common::committed;
use utfall::estimate::{Kind, Statistic};
use utfall::{change, model};

/// What was compared of one data set by one method.
#[derive(Default)]
struct Cell {
    values: usize,
    largest: f64,
}

/// What a suite has compared.
#[derive(Default)]
pub struct Agreement {
    /// In the order in which they came.
    methods: Vec<String>,
    sets: Vec<(String, BTreeMap<String, Cell>)>,
}

/// The method that a statistic is part of.
pub fn method(statistic: &Statistic, kind: Option<Kind>) -> String {
    let is = |known: &&Statistic| known.name == statistic.name;
    let of_model = || model::PROCEDURES.iter().find(|one| one.statistics.iter().any(is)).map(|one| one.id);
    let of_change = || change::PROCEDURES.iter().find(|one| one.statistics.iter().any(is)).map(|one| one.id);
    let beside = || {
        let names = [
            "agreement",
            "agreement",
            "goal attainment",
            "waves",
            "weighted",
            "many tests",
            "contrast",
            "ranking",
        ];
        change::BESIDE.iter().zip(names).find(|(all, _)| all.iter().any(is)).map(|(_, name)| name)
    };
    let found = match kind {
        Some(Kind::Change) => of_change().or_else(beside),
        Some(Kind::Model | Kind::Attrition) => of_model(),
        Some(Kind::Prediction) => Some("ridge"),
        Some(_) => None,
        None => of_change().or_else(of_model).or_else(beside),
    };
    let other = match kind {
        _ if statistic.name.starts_with("ridge_") => "ridge",
        _ if statistic.name.starts_with("weighted_") => "weighted",
        Some(kind) => kind.as_str(),
        None => "counts",
    };
    found.unwrap_or(other).replace('_', " ")
}

impl Agreement {
    /// A value that was compared, with its relative difference from R's.
    pub fn compared(&mut self, set: &str, method: String, difference: f64) {
        if !self.methods.contains(&method) {
            self.methods.push(method.clone());
        }
        let position = match self.sets.iter().position(|(known, _)| known == set) {
            Some(position) => position,
            None => {
                self.sets.push((set.to_owned(), BTreeMap::new()));
                self.sets.len() - 1
            }
        };
        let cell = self.sets[position].1.entry(method).or_default();
        cell.values += 1;
        cell.largest = cell.largest.max(difference);
    }

    /// The table: a method a row where there are few data sets, a data set a row where there are many. `of` writes a cell.
    fn table(&self, of: &dyn Fn(&Cell) -> String) -> String {
        let values = |cells: &BTreeMap<String, Cell>| {
            cells.values().map(|cell| cell.values).sum::<usize>().to_string()
        };
        let cell =
            |cells: &BTreeMap<String, Cell>, method: &String| cells.get(method).map_or(String::new(), of);
        let mut rows: Vec<Vec<String>> = vec![vec!["data set".to_owned(), "values".to_owned()]];
        rows[0].extend(self.methods.iter().cloned());
        rows.extend(self.sets.iter().map(|(set, cells)| {
            let of_methods = self.methods.iter().map(|method| cell(cells, method));
            [set.clone(), values(cells)].into_iter().chain(of_methods).collect()
        }));
        if self.sets.len() <= 12 {
            rows = (0..rows[0].len())
                .map(|column| rows.iter().map(|row| row[column].clone()).collect())
                .collect();
        }
        let mut text = String::new();
        for (place, row) in rows.iter().enumerate() {
            let _ = writeln!(text, "| {} |", row.join(" | "));
            if place == 0 {
                let _ = writeln!(text, "|---|{}", "--:|".repeat(row.len() - 1));
            }
        }
        text
    }

    /// Writes the section of a suite, or holds it against what was compared.
    pub fn settle(&self, section: &str) {
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference/agreement.md");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let heading = format!("## {section}\n\n");
        let start = text.find(&heading).map(|at| at + heading.len());
        let start = start.unwrap_or_else(|| panic!("agreement.md has no section {section:?}"));
        let end = text[start - 1..].find("\n## ").map_or(text.len(), |at| start - 1 + at);
        let written = text.get(start..end).unwrap_or_default();
        if committed::is_written_anew() {
            let differences = |cell: &Cell| match cell.largest {
                0.0 => "0".to_owned(),
                largest => format!("{largest:.0e}"),
            };
            let table = self.table(&differences);
            fs::write(&path, format!("{}{table}{}", &text[..start], &text[end..])).unwrap();
            return;
        }
        // A difference is an x: names and numbers of values stay.
        let shape = |text: &str| -> Vec<Vec<String>> {
            let of_cell = |cell: &str| match cell.trim() {
                "0" => "x".to_owned(),
                cell if cell.contains("e-") => "x".to_owned(),
                cell => cell.to_owned(),
            };
            text.lines().map(|line| line.split('|').map(of_cell).collect()).collect()
        };
        assert_eq!(
            shape(written.trim_end()),
            shape(self.table(&|_| "x".to_owned()).trim_end()),
            "{section}: agreement.md is not of these values; its head says how it is written"
        );
    }
}
