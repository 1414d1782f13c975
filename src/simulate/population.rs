//! A population: its columns, and the steps that fill them, block by block.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::column::{Cell, Index, Meaning, Origin};
use super::deal::{Answer, Deal, Room, Shift};
use super::mean::{self, Movable};
use super::quota::Quota;
use super::random::Stream;
use super::turn::{Stopped, Turn};
use super::{BLOCK, SimulateError, Uneven};
use crate::dictionary::Item;
use crate::plan;
use crate::written;

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
    /// Where the variable's name is written.
    pub span: Range<usize>,
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

/// What the steps owe from one block to the next; blocks come to each in their order.
pub struct Debts {
    steps: Vec<Debt>,
    uneven: Mutex<Vec<Uneven>>,
}

struct Debt {
    quota: Turn<Quota>,
    mean: Turn<Sum>,
}

/// How many values there are with a mean to meet, and what they add up to.
#[derive(Default)]
struct Sum {
    count: i128,
    sum: i128,
}

impl Condition {
    fn holds(&self, cell: &Cell) -> bool {
        cell.written().is_some_and(|value| {
            self.answers.iter().any(|(least, greatest)| (*least..=*greatest).contains(&value))
        })
    }
}

impl Debts {
    /// Sends all away who wait.
    pub fn stop(&self) {
        for debt in &self.steps {
            debt.quota.stop();
            debt.mean.stop();
        }
    }

    /// The draws whose counts were others than the persons meant, in their order.
    pub fn uneven(self) -> Vec<Uneven> {
        self.uneven.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
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
    meanings: &'a [Meaning],
    cells: &'a [Vec<Cell>],
}

impl<'a> View<'a> {
    pub fn column(&self, column: Index) -> &'a [Cell] {
        &self.cells[column]
    }

    /// What one is in a column's whole numbers.
    pub fn unit(&self, column: Index) -> i64 {
        self.meanings[column].unit()
    }
}

/// A block that could not be made.
pub enum Unmade {
    Failed(SimulateError),
    /// Another block could not be made.
    Stopped,
}

impl From<Stopped> for Unmade {
    fn from(_: Stopped) -> Unmade {
        Unmade::Stopped
    }
}

impl Population {
    /// What is owed before anything is dealt.
    pub fn debts(&self) -> Debts {
        let debt =
            |step: &Step| Debt { quota: Turn::new(step.quota.clone()), mean: Turn::new(Sum::default()) };
        Debts { steps: self.steps.iter().map(debt).collect(), uneven: Mutex::default() }
    }

    /// Makes a block: `cells` become for each column the cells of its rows.
    ///
    /// # Errors
    /// A mistake where a mean cannot be met.
    pub fn make(
        &self,
        block: &Block,
        attachable: &Attachable,
        debts: &Debts,
        (cells, room): (&mut Vec<Vec<Cell>>, &mut Room),
    ) -> Result<(), Unmade> {
        let attached =
            self.attaches.as_ref().and_then(|id| attachable.get(id)).map_or(&[][..], Vec::as_slice);
        cells.resize(self.columns.len(), Vec::new());
        for (meaning, column) in self.columns.iter().zip(cells.iter_mut()) {
            column.clear();
            if meaning.origin == Origin::Trait {
                let mut stream = Stream::new(block.seed, &self.id, block.number, &meaning.name);
                column.extend((0..block.rows).map(|_| Cell::value(stream.noise())));
            } else {
                column.resize(block.rows, Cell::UNDRAWN);
            }
        }
        for (step, debt) in self.steps.iter().zip(&debts.steps) {
            self.step(step, (block, debt), cells, room)?;
            let persons = room.rows.len() as u64;
            if let Some(counts) = step.quota.counts().filter(|counts| *counts != persons)
                && self.as_published
                && self.size <= BLOCK
            {
                let line = self.source.line(step.span.start);
                let column = self.columns[step.column].key();
                let uneven = Uneven { column, line, counts, persons };
                debts.uneven.lock().unwrap_or_else(PoisonError::into_inner).push(uneven);
            }
            self.attach(step.column, attached, cells);
        }
        Ok(())
    }

    fn step(
        &self,
        step: &Step,
        (block, debt): (&Block, &Debt),
        cells: &mut [Vec<Cell>],
        room: &mut Room,
    ) -> Result<(), Unmade> {
        room.rows.clear();
        room.rows.extend(0..block.rows as u32);
        let own = &cells[step.column];
        keep(&mut room.rows, |row| own[row] == Cell::UNDRAWN);
        for condition in &step.condition {
            let column = &cells[condition.column];
            keep(&mut room.rows, |row| condition.holds(&column[row]));
        }
        let seats = debt.quota.take(block.number, |quota| quota.seats(room.rows.len()))?;
        let mut stream = Stream::new(block.seed, &self.id, block.number, &step.purpose);
        let view = View { meanings: &self.columns, cells };
        match &step.fill {
            Fill::Deal(deal) => {
                deal.deal(&view, &seats, &mut stream, room);
                deal.write(room, &mut stream, &mut cells[step.column]);
                if let Some(mean) = &step.mean {
                    let mut movable: Vec<Movable> = deal
                        .ranged(room)
                        .filter_map(|(row, (least, greatest))| {
                            let value = cells[step.column][row].valid()?;
                            Some(Movable { row, value, least, greatest })
                        })
                        .collect();
                    self.meet((step, mean), &mut movable, (block, debt), &mut stream)?;
                    for movable in movable {
                        cells[step.column][movable.row] = Cell::value(movable.value);
                    }
                }
            }
            Fill::Shift(shift) => {
                shift.steps.deal(&view, &seats, &mut stream, room);
                for (row, cell) in room.rows.iter().zip(shift.shifted(&view, room)) {
                    cells[step.column][*row as usize] = cell;
                }
            }
            Fill::List(list) => {
                let first = (block.number * BLOCK) as usize;
                for row in &room.rows {
                    cells[step.column][*row as usize] = list[first + *row as usize];
                }
            }
        }
        Ok(())
    }

    /// Looks up the attached columns that hang on `by`, which has just been filled further.
    fn attach(&self, by: Index, attached: &[Vec<Cell>], cells: &mut [Vec<Cell>]) {
        for (index, meaning) in self.columns.iter().enumerate() {
            let Origin::Attached { by: of, column, .. } = meaning.origin else { continue };
            if of != by {
                continue;
            }
            let found = |number: i64| {
                let row = usize::try_from(number - 1).ok()?;
                attached.get(column)?.get(row).copied()
            };
            let looked_up = cells[by].iter().map(|cell| match cell.valid() {
                Some(number) => found(number).unwrap_or(Cell::BLANK),
                None => *cell,
            });
            cells[index] = looked_up.collect();
        }
    }

    /// Meets the mean of all values up to this block: what an earlier one could not give, a later one does.
    fn meet(
        &self,
        (step, mean): (&Step, &Mean),
        movable: &mut [Movable],
        (block, debt): (&Block, &Debt),
        stream: &mut Stream,
    ) -> Result<(), Unmade> {
        let column = &self.columns[step.column];
        let unit = column.unit();
        let [least, greatest] = mean::reach(movable);
        let sum = debt.mean.take(block.number, |owed| {
            owed.count += movable.len() as i128;
            let wanted = (mean.mean * unit as f64 * owed.count as f64).round() as i128 - owed.sum;
            if self.as_published && block.number == 0 && !(least..=greatest).contains(&wanted) {
                return None;
            }
            let sum = wanted.clamp(least, greatest);
            owed.sum += sum;
            Some(sum)
        })?;
        let Some(sum) = sum else {
            let count = movable.len() as f64;
            let [least, greatest] = [least, greatest].map(|sum| sum as f64 / unit as f64 / count);
            return Err(Unmade::Failed(SimulateError::Mistake(
                self.source
                    .mistake(
                        mean.span.clone(),
                        format!("the ranges of `{}` cannot have this mean", column.key()),
                    )
                    .help(format!("with these quotas it lies between {least:.2} and {greatest:.2}")),
            )));
        };
        mean::meet(movable, sum, stream);
        Ok(())
    }

    /// Whether respondent `row` of a block has a form at `wave`.
    pub fn seen<'a>(&'a self, wave: &str, cells: &'a [Vec<Cell>]) -> impl Fn(usize) -> bool + 'a {
        let conditions = self.rows.iter().find(|(of, _)| of == wave).map_or(&[][..], |(_, all)| all);
        move |row| conditions.iter().all(|condition| condition.holds(&cells[condition.column][row]))
    }

    /// The column of an item in the file of `wave`.
    pub fn column_at(&self, item: &Item, wave: &str) -> Option<Index> {
        self.columns.iter().position(|meaning| {
            meaning.name == item.name && meaning.wave.as_deref().is_none_or(|of| of == wave)
        })
    }

    /// The greatest number that each column can have, its missing codes among them.
    pub fn greatest(&self) -> Vec<i64> {
        let mut greatest = vec![0; self.columns.len()];
        let written = |cells: &[Cell]| cells.iter().filter_map(|cell| cell.written()).max().unwrap_or(0);
        let answered = |deal: &Deal| {
            let answers = deal.answers.iter().map(|answer| match answer {
                Answer::Code(greatest) | Answer::Range(_, greatest) => *greatest,
            });
            answers.max().unwrap_or(0)
        };
        for step in &self.steps {
            let of = match &step.fill {
                Fill::Deal(deal) => answered(deal).max(written(&deal.missing)),
                Fill::Shift(shift) => greatest[shift.from] + answered(&shift.steps).max(0),
                Fill::List(list) => written(list),
            };
            greatest[step.column] = of.max(greatest[step.column]);
        }
        greatest
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

/// Keeps those of `rows` for which something holds; without a branch, as it can hold for any share of them.
fn keep(rows: &mut Vec<u32>, holds: impl Fn(usize) -> bool) {
    let mut kept = 0;
    for at in 0..rows.len() {
        let row = rows[at];
        rows[kept] = row;
        kept += usize::from(holds(row as usize));
    }
    rows.truncate(kept);
}
