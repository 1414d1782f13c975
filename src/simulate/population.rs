//! A population: its columns, and the steps that fill them, block by block.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::column::{Cell, Index, Meaning, Origin};
use super::deal::{Deal, Dealt, Shift};
use super::mean::{self, Movable};
use super::quota::Quota;
use super::random::{ONE, Stream};
use crate::dictionary::Item;
use crate::plan;
use crate::written::{self, Mistake};

/// The respondents (or services) of one instrument, resolved.
#[derive(Debug)]
pub struct Population {
    pub id: String,
    pub size: u64,
    /// Whether that is the published size: then a mean that cannot be met is a mistake. Of another size it is met as nearly
    /// as the ranges allow.
    pub as_published: bool,
    /// What stands before the number in a respondent's id.
    pub prefix: String,
    pub sources: Vec<plan::Source>,
    pub columns: Vec<Meaning>,
    pub steps: Vec<Step>,
    /// Wave → who has a form at it; everyone at a wave that is not here.
    pub rows: Vec<(String, Vec<Condition>)>,
    /// The population whose columns are attached.
    pub attaches: Option<String>,
    /// Whether another population attaches this one.
    pub attached: bool,
    pub items: Vec<Output>,
    /// The description, for mistakes that show only when it is tried.
    pub source: Arc<written::Source>,
}

/// An item as it stands in files.
#[derive(Debug)]
pub struct Output {
    pub item: Item,
    /// Whether codes are written in words.
    pub spelled: bool,
}

/// One variable filled for some of the respondents.
#[derive(Debug)]
pub struct Step {
    pub column: Index,
    /// The name of the step's stream of chance.
    pub purpose: String,
    pub condition: Vec<Condition>,
    pub fill: Fill,
    pub mean: Option<Mean>,
    /// The quota as written, of which every run owes afresh.
    pub quota: Quota,
}

#[derive(Debug)]
pub enum Fill {
    Deal(Deal),
    Shift(Shift),
    /// Respondent by respondent.
    List(Vec<Cell>),
}

#[derive(Debug)]
pub struct Mean {
    pub mean: f64,
    /// Where it is written.
    pub span: Range<usize>,
}

/// What a step owes from one block to the next.
#[derive(Debug, Clone)]
pub struct Debt {
    pub quota: Quota,
    /// How many values there are with a mean to meet, and what they add up to.
    count: i64,
    sum: i64,
}

/// That a column's answer is one of these, each a range from least to greatest.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    pub column: Index,
    pub answers: Vec<(i64, i64)>,
}

/// Which respondents are made.
pub struct Block {
    pub seed: u64,
    pub number: u64,
    pub rows: usize,
}

/// The columns of the populations that were made before.
pub type Attachable = HashMap<String, Vec<Vec<Cell>>>;

/// The columns of a block as far as they are made.
pub struct View<'a> {
    pub meanings: &'a [Meaning],
    cells: &'a [Vec<Cell>],
    attached: &'a [Vec<Cell>],
}

impl View<'_> {
    pub fn cell(&self, column: Index, row: usize) -> Cell {
        match &self.meanings[column].origin {
            Origin::Drawn | Origin::Trait => self.cells[column][row],
            Origin::Attached { by, column: of, .. } => match self.cell(*by, row) {
                Cell::Value(number) => usize::try_from(number - 1)
                    .ok()
                    .and_then(|row| self.attached.get(*of)?.get(row).copied())
                    .unwrap_or(Cell::Blank),
                empty => empty,
            },
        }
    }

    /// What one is in a column's whole numbers.
    pub fn unit(&self, column: Index) -> i64 {
        match self.meanings[column].is_normal() {
            true => ONE,
            false => 10_i64.pow(self.meanings[column].places),
        }
    }

    pub fn fulfils(&self, row: usize, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| match self.cell(condition.column, row) {
            Cell::Value(value) | Cell::Missing(value) => {
                condition.answers.iter().any(|(least, greatest)| (*least..=*greatest).contains(&value))
            }
            Cell::Blank | Cell::Undrawn => false,
        })
    }
}

impl Population {
    /// What is owed before anything is dealt.
    pub fn debts(&self) -> Vec<Debt> {
        self.steps.iter().map(|step| Debt { quota: step.quota.clone(), count: 0, sum: 0 }).collect()
    }

    /// Makes a block: for each column the cells of its rows.
    ///
    /// # Errors
    /// A [`Mistake`] where a mean cannot be met.
    pub fn make(
        &self,
        block: &Block,
        attachable: &Attachable,
        debts: &mut [Debt],
    ) -> Result<Vec<Vec<Cell>>, Mistake> {
        let attached =
            self.attaches.as_ref().and_then(|id| attachable.get(id)).map_or(&[][..], Vec::as_slice);
        let mut cells: Vec<Vec<Cell>> = self
            .columns
            .iter()
            .map(|meaning| match meaning.origin {
                Origin::Drawn => vec![Cell::Undrawn; block.rows],
                Origin::Attached { .. } => Vec::new(),
                Origin::Trait => {
                    let mut stream = Stream::new(block.seed, &self.id, block.number, &meaning.name);
                    (0..block.rows).map(|_| Cell::Value(stream.noise())).collect()
                }
            })
            .collect();
        for (step, debt) in self.steps.iter().zip(debts) {
            let view = View { meanings: &self.columns, cells: &cells, attached };
            let empty = |row: &usize| {
                cells[step.column][*row] == Cell::Undrawn && view.fulfils(*row, &step.condition)
            };
            let rows: Vec<usize> = (0..block.rows).filter(empty).collect();
            let mut stream = Stream::new(block.seed, &self.id, block.number, &step.purpose);
            let mut dealt = match &step.fill {
                Fill::Deal(deal) => deal.deal(&view, &rows, &mut debt.quota, &mut stream),
                Fill::Shift(shift) => shift.deal(&view, &rows, &mut debt.quota, &mut stream),
                Fill::List(list) => {
                    rows.iter().map(|row| Dealt { row: *row, cell: list[*row], range: None }).collect()
                }
            };
            if let Some(mean) = &step.mean {
                let unit = view.unit(step.column);
                self.meet((step, mean), unit, &mut dealt, debt, (block.number == 0, &mut stream))?;
            }
            for dealt in dealt {
                cells[step.column][dealt.row] = dealt.cell;
            }
        }
        // What others look up must be there without looking further.
        for column in 0..self.columns.len() {
            if self.attached && matches!(self.columns[column].origin, Origin::Attached { .. }) {
                let view = View { meanings: &self.columns, cells: &cells, attached };
                cells[column] = (0..block.rows).map(|row| view.cell(column, row)).collect();
            }
        }
        Ok(cells)
    }

    /// Meets the mean of all values up to this block: what an earlier one could not give, a later one does.
    fn meet(
        &self,
        (step, mean): (&Step, &Mean),
        unit: i64,
        dealt: &mut [Dealt],
        debt: &mut Debt,
        (first, stream): (bool, &mut Stream),
    ) -> Result<(), Mistake> {
        let mut movable: Vec<Movable> = dealt
            .iter()
            .enumerate()
            .filter_map(|(row, dealt)| match (dealt.cell, dealt.range) {
                (Cell::Value(value), Some((least, greatest))) => {
                    Some(Movable { row, value, least, greatest })
                }
                _ => None,
            })
            .collect();
        debt.count += movable.len() as i64;
        let wanted = (mean.mean * unit as f64 * debt.count as f64).round() as i64 - debt.sum;
        let [least, greatest] = mean::reach(&movable);
        if self.as_published && first && !(least..=greatest).contains(&wanted) {
            let count = movable.len() as f64;
            let [least, greatest] = [least, greatest].map(|sum| sum as f64 / unit as f64 / count);
            let column = self.columns[step.column].key();
            return Err(self
                .source
                .mistake(mean.span.clone(), format!("the ranges of `{column}` cannot have this mean"))
                .help(format!("with these quotas it lies between {least:.2} and {greatest:.2}")));
        }
        let sum = wanted.clamp(least, greatest);
        mean::meet(&mut movable, sum, stream);
        debt.sum += sum;
        for movable in movable {
            dealt[movable.row].cell = Cell::Value(movable.value);
        }
        Ok(())
    }

    /// Who of a block has a form at `wave`.
    pub fn seen(&self, wave: &str, cells: &[Vec<Cell>], rows: usize) -> Vec<bool> {
        let view = View { meanings: &self.columns, cells, attached: &[] };
        match self.rows.iter().find(|(of, _)| of == wave) {
            None => vec![true; rows],
            Some((_, conditions)) => (0..rows).map(|row| view.fulfils(row, conditions)).collect(),
        }
    }

    /// The column of an item in the file of `wave`.
    pub fn column_at(&self, item: &Item, wave: &str) -> Option<Index> {
        self.columns.iter().position(|meaning| {
            meaning.name == item.name && meaning.wave.as_deref().is_none_or(|of| of == wave)
        })
    }

    /// The columns that no step fills.
    pub fn empty(&self) -> impl Iterator<Item = String> + '_ {
        self.columns
            .iter()
            .enumerate()
            .filter(|(index, meaning)| {
                meaning.origin == Origin::Drawn && !self.steps.iter().any(|step| step.column == *index)
            })
            .map(|(_, meaning)| meaning.key())
    }
}
