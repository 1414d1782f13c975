//! Counts rows in which an ELSE gives a value although an ingredient is missing.
//!
//! `CASE WHEN b1 > 1 THEN 1 ELSE 0 END` is 0 also where `b1` is missing. SQL takes the ELSE unless a condition is known to be true; R's `ifelse`
//! and SPSS' RECODE leave the result missing. Both can be intended, so the rows are counted and reported.
//!
//! Not counted: rows that an earlier WHEN takes (`WHEN b1 IS NULL THEN NULL`); rows whose conditions are known to be false although one of
//! several columns is missing; and rows whose result is missing. COALESCE and IFNULL treat missing values on purpose, so they are not
//! counted either.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;
use serde::{Deserialize, Serialize};

/// How many rows, and what they lack.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Swallowed {
    /// Wave → rows; the wave is empty where a row is a respondent.
    pub rows: BTreeMap<String, u64>,
    /// The columns of the conditions that are missing in some of them.
    pub columns: BTreeSet<String>,
}

impl Swallowed {
    pub fn add(&mut self, other: Swallowed) {
        for (wave, rows) in other.rows {
            *self.rows.entry(wave).or_default() += rows;
        }
        self.columns.extend(other.columns);
    }

    pub fn total(&self) -> u64 {
        self.rows.values().sum()
    }
}

/// The places of an expression where a row with a missing ingredient can get a value.
#[derive(Default)]
pub struct Branches {
    taken: Vec<Branch>,
}

struct Branch {
    /// Whether a row takes the ELSE though one of the conditions cannot be told, and gets a value there.
    taken: Expr,
    /// What the conditions read.
    columns: BTreeSet<String>,
}

impl Branches {
    pub fn of(expression: &Expr) -> Branches {
        let mut found = Branches::default();
        found.walk(expression, None);
        found
    }

    /// Counts the rows of a frame whose variable `name` has a value by such a branch; by wave, and only at these, where waves
    /// are given.
    ///
    /// # Errors
    /// Where an expression cannot be computed, though it was as a part of the variable.
    pub fn count(&self, frame: &DataFrame, name: &str, waves: Option<&[String]>) -> PolarsResult<Swallowed> {
        let mut counted = Swallowed::default();
        let of_waves = waves.map(|_| frame.column("wave")?.str()).transpose()?;
        let at_wave = |row: usize| of_waves.as_ref().map_or(Some(""), |of_waves| of_waves.get(row));
        let is_asked = |wave: &&str| waves.is_none_or(|waves| waves.iter().any(|known| known == wave));
        // A row that two branches take is one row.
        let mut rows: BTreeMap<usize, &str> = BTreeMap::new();
        for branch in &self.taken {
            let taken = branch.taken.clone().and(col(name).is_not_null()).alias("(taken)");
            let missing = branch.columns.iter().map(|column| col(column.as_str()).is_null());
            let told = frame.clone().lazy().select([taken].into_iter().chain(missing).collect::<Vec<_>>());
            let told = told.collect()?;
            let here: Vec<usize> = told
                .column("(taken)")?
                .bool()?
                .iter()
                .enumerate()
                .filter_map(|(row, taken)| (taken == Some(true)).then_some(row))
                .filter(|row| at_wave(*row).filter(is_asked).is_some())
                .collect();
            for column in &branch.columns {
                let missing = told.column(column)?.bool()?;
                if here.iter().any(|row| missing.get(*row) == Some(true)) {
                    counted.columns.insert(column.clone());
                }
            }
            rows.extend(here.into_iter().map(|row| (row, at_wave(row).unwrap_or_default())));
        }
        for wave in rows.into_values() {
            *counted.rows.entry(wave.to_owned()).or_default() += 1;
        }
        Ok(counted)
    }

    /// `reached`: which rows come here; all, where there is none.
    fn walk(&mut self, part: &Expr, reached: Option<&Expr>) {
        match part {
            Expr::Ternary { .. } => self.walk_choice(part, reached),
            Expr::BinaryExpr { left, op: Operator::And | Operator::LogicalAnd, right } => {
                // What stands beside a condition that does not hold decides nothing.
                for (one, other) in [(left, right), (right, left)] {
                    if has_choice(one) {
                        let undecided = Expr::clone(other).fill_null(lit(true));
                        self.walk(one, Some(&both(reached, undecided)));
                    }
                }
            }
            Expr::BinaryExpr { left, right, .. } => {
                self.walk(left, reached);
                self.walk(right, reached);
            }
            Expr::Cast { expr, .. } | Expr::Alias(expr, _) => self.walk(expr, reached),
            Expr::Function { input, .. } | Expr::AnonymousFunction { input, .. } => {
                input.iter().for_each(|part| self.walk(part, reached));
            }
            _ => {}
        }
    }

    /// A CASE with all its branches, or an IF.
    fn walk_choice(&mut self, choice: &Expr, reached: Option<&Expr>) {
        let mut conditions: Vec<&Expr> = Vec::new();
        let mut otherwise = choice;
        while let Expr::Ternary { predicate, truthy, falsy } = otherwise {
            if has_choice(predicate) {
                self.walk(predicate, Some(&none_of(&conditions, reached)));
            }
            if has_choice(truthy) {
                let here = both(Some(&none_of(&conditions, reached)), holds(predicate));
                self.walk(truthy, Some(&here));
            }
            conditions.push(predicate);
            otherwise = falsy;
        }
        if matches!(otherwise, Expr::Literal(value) if value.is_null()) {
            return;
        }
        let here = none_of(&conditions, reached);
        if has_choice(otherwise) {
            self.walk(otherwise, Some(&here));
        }
        let unknown = conditions.iter().map(|condition| Expr::clone(condition).is_null());
        let Some(unknown) = unknown.reduce(Expr::or) else { return };
        let columns = conditions.iter().flat_map(|condition| columns(condition)).collect();
        let taken = here.and(unknown).and(otherwise.clone().is_not_null());
        self.taken.push(Branch { taken, columns });
    }
}

fn has_choice(expression: &Expr) -> bool {
    expression.into_iter().any(|part| matches!(part, Expr::Ternary { .. }))
}

fn columns(expression: &Expr) -> BTreeSet<String> {
    let column = |part: &Expr| match part {
        Expr::Column(name) => Some(name.to_string()),
        _ => None,
    };
    expression.into_iter().filter_map(column).collect()
}

fn holds(condition: &Expr) -> Expr {
    condition.clone().fill_null(lit(false))
}

fn both(reached: Option<&Expr>, condition: Expr) -> Expr {
    match reached {
        Some(reached) => reached.clone().and(condition),
        None => condition,
    }
}

/// The rows that come here and for which none of the conditions is known to hold.
fn none_of(conditions: &[&Expr], reached: Option<&Expr>) -> Expr {
    let none = conditions.iter().map(|condition| holds(condition).not()).reduce(Expr::and);
    both(reached, none.unwrap_or_else(|| lit(true)))
}
