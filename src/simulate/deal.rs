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

        // Whom each answer goes to is a set, the same however a selection goes about it: ties end with the position.
        let mut answers = vec![0; rows.len()];
        let mut by_chance: Vec<(u64, usize)> = keys.iter().copied().zip(0..).collect();
        let mut rest = &mut by_chance[..];
        for (answer, seats) in without.iter().enumerate() {
            let (chosen, others) = least(rest, *seats);
            chosen.iter().for_each(|(_, position)| answers[*position] = answer);
            rest = others;
        }
        let mut by_score: Vec<(i64, u64, usize)> =
            rest.iter().map(|(key, position)| (scores[*position], *key, *position)).collect();
        let mut rest = &mut by_score[..];
        for (answer, seats) in with.iter().enumerate() {
            let (chosen, others) = least(rest, *seats);
            chosen.iter().for_each(|(_, _, position)| answers[*position] = without.len() + answer);
            rest = others;
        }
        let cell = |answer: usize| match self.missing.get(answer) {
            Some(missing) => (*missing, None),
            None => match self.answers[answer - self.missing.len()] {
                Answer::Code(code) => (Cell::Value(code), None),
                Answer::Range(least, greatest) => {
                    let value = least + stream.below((greatest - least) as u64 + 1) as i64;
                    (Cell::Value(value), Some((least, greatest)))
                }
            },
        };
        let cells = answers.into_iter().map(cell);
        rows.iter().zip(cells).map(|(row, (cell, range))| Dealt { row: *row, cell, range }).collect()
    }
}

/// The `count` least elements, and the others.
fn least<T: Ord>(elements: &mut [T], count: usize) -> (&mut [T], &mut [T]) {
    if count > 0 && count < elements.len() {
        elements.select_nth_unstable(count);
    }
    elements.split_at_mut(count)
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
