//! Answers that are counted together, where a table or figure shows them so.

use serde::Serialize;

use super::Describe;
use crate::figure::FigureSpec;
use crate::table::TableSpec;
use crate::table::layout::HALVES;

/// Answers to one variable that are counted together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Combined {
    /// The variable's column.
    pub variable: String,
    pub codes: Vec<i64>,
    /// Whether the share of each among them is asked for.
    pub each: bool,
}

impl Describe {
    /// Which answers tables and figures of it show counted together.
    pub fn combined_in(&self, tables: &[&TableSpec], figures: &[&FigureSpec]) -> Vec<Combined> {
        let mut found: Vec<Combined> = Vec::new();
        let mut add = |variable: &str, codes: &[i64], each: bool| {
            let same = |one: &&mut Combined| one.variable == variable && one.codes == codes;
            match found.iter_mut().find(same) {
                Some(known) => known.each |= each,
                None => found.push(Combined { variable: variable.to_owned(), codes: codes.to_vec(), each }),
            }
        };
        for column in &self.variables {
            let codes: Vec<i64> = column.item.codes.iter().map(|code| code.code).collect();
            let names = tables.iter().map(|table| table.layout.name);
            let names = names.chain(figures.iter().map(|figure| figure.kind.name));
            for name in names.filter(|_| codes.len() == 4) {
                let halves = HALVES.iter().find(|(known, _)| *known == name);
                let halves = halves.map_or([None; 2], |(_, halves)| *halves);
                for (half, each) in codes.chunks(2).zip(halves) {
                    each.into_iter().for_each(|each| add(&column.name, half, each));
                }
            }
            for figure in figures {
                let is_drawn = figure.variables.is_empty() || figure.variables.contains(&column.item.name);
                // One answer has a share of its own.
                let is_known = figure.answers.iter().all(|code| codes.contains(code));
                if is_drawn && is_known && figure.answers.len() > 1 {
                    add(&column.name, &figure.answers, false);
                }
            }
        }
        found
    }
}
