//! Dealing answers: to whom a quota goes.

use super::column::{Cell, Index};
use super::population::View;
use super::quota::Quota;
use super::random::Stream;
use super::score::Weight;

/// What is dealt down the ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Code(i64),
    /// Each number from the least to the greatest equally likely.
    Range(i64, i64),
}

/// The answers of one variable with their order; the quota's weights are those of `missing`, then those of `answers`.
#[derive(Debug, Clone, PartialEq)]
pub struct Deal {
    /// [`Cell::Blank`] or a missing code.
    pub missing: Vec<Cell>,
    pub answers: Vec<Answer>,
    pub score: Vec<Weight>,
}

/// One answer that was dealt.
pub struct Dealt {
    pub row: usize,
    pub cell: Cell,
    /// Within which a mean may move it; `None` for codes and missing answers.
    pub range: Option<(i64, i64)>,
}

impl Deal {
    /// Deals to `rows`, in the order of the rows.
    ///
    /// Who gets a missing answer is chance alone. The others are ranked by score, ties by chance.
    pub fn deal(
        &self,
        view: &View<'_>,
        rows: &[usize],
        quota: &mut Quota,
        stream: &mut Stream,
    ) -> Vec<Dealt> {
        let mut scores = Vec::with_capacity(rows.len());
        let mut keys = Vec::with_capacity(rows.len());
        for _ in rows {
            keys.push(stream.bits());
            scores.push(stream.noise());
        }
        for weight in &self.score {
            weight.add(view, rows, &mut scores);
        }
        let seats = quota.seats(rows.len());
        let (without, with) = seats.split_at(self.missing.len());

        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_unstable_by_key(|position| (keys[*position], *position));
        let mut dealt = Vec::with_capacity(rows.len());
        let mut next = 0;
        for (cell, seats) in self.missing.iter().zip(without) {
            for position in &order[next..next + seats] {
                dealt.push(Dealt {
                    row: rows[*position],
                    cell: *cell,
                    range: None,
                });
            }
            next += seats;
        }
        let ranked = &mut order[next..];
        ranked.sort_unstable_by_key(|position| (scores[*position], keys[*position], *position));
        let mut next = 0;
        for (answer, seats) in self.answers.iter().zip(with) {
            for position in &ranked[next..next + seats] {
                let (cell, range) = match *answer {
                    Answer::Code(code) => (Cell::Value(code), None),
                    Answer::Range(least, greatest) => {
                        let value = least + stream.below((greatest - least) as u64 + 1) as i64;
                        (Cell::Value(value), Some((least, greatest)))
                    }
                };
                dealt.push(Dealt {
                    row: rows[*position],
                    cell,
                    range,
                });
            }
            next += seats;
        }
        dealt.sort_unstable_by_key(|dealt| dealt.row);
        dealt
    }
}

/// A value that follows from an earlier one: steps dealt by chance and added.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    pub from: Index,
    /// In units of the variable's last decimal place.
    pub steps: Vec<i64>,
}

impl Shift {
    pub fn deal(
        &self,
        view: &View<'_>,
        rows: &[usize],
        quota: &mut Quota,
        stream: &mut Stream,
    ) -> Vec<Dealt> {
        let steps = Deal {
            missing: Vec::new(),
            answers: self.steps.iter().map(|step| Answer::Code(*step)).collect(),
            score: Vec::new(),
        };
        let mut dealt = steps.deal(view, rows, quota, stream);
        for dealt in &mut dealt {
            let earlier = view.cell(self.from, dealt.row);
            dealt.cell = match (earlier.valid(), dealt.cell) {
                (Some(value), Cell::Value(step)) => Cell::Value(value + step),
                _ => earlier,
            };
        }
        dealt
    }
}
