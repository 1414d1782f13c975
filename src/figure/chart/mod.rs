//! Charts: what is drawn once it is known which numbers stand where. None of them knows a statistic.

mod columns;
pub(crate) mod curves;
pub(crate) mod flow;
pub(crate) mod intervals;
pub(crate) mod legend;
pub(crate) mod lines;
pub(crate) mod pairs;
pub(crate) mod stack;

use super::sheet::Sheet;
use crate::dictionary::{Language, Text};
use crate::table::mark::{self, Aside};
use crate::table::{Cell, Content, number, words};

/// A way to draw.
pub(crate) trait Chart {
    /// Draws below `top`, over the whole width; gives the bottom.
    fn draw(&self, sheet: &mut Sheet, top: f64, language: Language) -> f64;

    /// What is shown, in sentences: first the kind of chart, then a sentence for each mark or row, with its numbers.
    fn say(&self, language: Language) -> Vec<String>;

    /// Every cell that is drawn.
    fn cells(&self) -> Vec<&Cell>;
}

/// A heading over rows, or a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Line<T> {
    Section(Text),
    Row(T),
    /// A row that belongs to the heading above it.
    Inner(T),
}

/// How far a row that belongs to a heading is set in.
const INDENT: f64 = 10.0;

impl<T> Line<T> {
    pub fn row(&self) -> Option<&T> {
        match self {
            Line::Section(_) => None,
            Line::Row(row) | Line::Inner(row) => Some(row),
        }
    }

    fn indent(&self) -> f64 {
        if matches!(self, Line::Inner(_)) { INDENT } else { 0.0 }
    }
}

/// Each row with the heading that it belongs to.
pub(crate) fn under<T>(lines: &[Line<T>]) -> impl Iterator<Item = (Option<&Text>, &T)> {
    let mut section = None;
    lines.iter().filter_map(move |line| match line {
        Line::Section(text) => {
            section = Some(text);
            None
        }
        Line::Row(row) => Some((None, row)),
        Line::Inner(row) => Some((section, row)),
    })
}

/// A row's name with its section's: `Health, mental health`.
pub(crate) fn named(section: Option<&Text>, label: &Text, language: Language) -> String {
    match section {
        Some(section) => format!("{}, {}", section.get(language), label.get(language)),
        None => label.get(language).to_owned(),
    }
}

/// A cell in words: a number as it is written, marked with what it shows; a symbol as what it means.
pub(crate) fn spoken(cell: &Cell, language: Language) -> String {
    words::symbol(cell, language).unwrap_or_else(|| marked(cell, language))
}

/// A cell's number with what it shows: estimates, or that others are compared with it.
fn marked(cell: &Cell, language: Language) -> String {
    match cell.content {
        Content::Number { value: 0.0, .. } if cell.of.is_empty() => {
            mark::aside(&number::cell(cell, language), Aside::Reference)
        }
        _ => number::marked(cell, language),
    }
}

/// A cell as it is printed in a figure, where zero is a number like others.
pub(crate) fn printed(cell: &Cell, language: Language) -> String {
    match cell.content {
        Content::Zero if cell.of.is_empty() => mark::aside(&number::decimal(0.0, 0, language), Aside::Nobody),
        Content::Zero => mark::marked(number::decimal(0.0, 0, language), &cell.of),
        _ => marked(cell, language),
    }
}

/// The middles of labels of these `heights`, from the top down, moved apart where they would lie on each other.
fn apart(mut middles: Vec<f64>, heights: &[f64]) -> Vec<f64> {
    for _ in 0..8 {
        for one in 1..middles.len() {
            let least = (heights[one - 1] + heights[one]) / 2.0;
            let overlap = middles[one - 1] + least - middles[one];
            if overlap > 0.0 {
                middles[one - 1] -= overlap / 2.0;
                middles[one] += overlap / 2.0;
            }
        }
    }
    middles
}
