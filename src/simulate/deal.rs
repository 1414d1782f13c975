//! Deals answers: decides who gets each answer of a quota.

use super::column::{Cell, Index};
use super::population::View;
use super::random::Stream;
use super::rank;
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
    /// [`Cell::BLANK`] or a missing code.
    pub missing: Vec<Cell>,
    pub answers: Vec<Answer>,
    pub score: Vec<Weight>,
}

/// The room that dealing needs, kept from one draw to the next.
#[derive(Default)]
pub struct Room {
    /// Whom the draw is for, in ascending order.
    pub rows: Vec<u32>,
    /// What each of them gets, as a number in the order of the quota's weights.
    answers: Vec<u32>,
    keys: Vec<u64>,
    scores: Vec<i64>,
    /// The positions in `rows` of those who get no missing answer, what they are ranked by, and their answers.
    rest: Vec<u32>,
    ranked: Vec<u64>,
    of_rest: Vec<u32>,
}

impl Deal {
    /// Deals to `room.rows` of a block, `seats` of each answer, and writes what they get to `column`.
    ///
    /// Who gets a missing answer is chance alone. The others are ranked by score, ties by chance.
    pub fn deal(&self, view: &View<'_>, seats: &[usize], stream: &mut Stream, room: &mut Room) {
        let (without, with) = seats.split_at(self.missing.len());
        // Where all get the same there is nothing to decide. Numbers of a range are drawn after the ranking, from the same stream.
        let ranged = self.answers.iter().any(|answer| matches!(answer, Answer::Range(..)));
        if let ([], [_], false) = (&self.missing[..], &self.answers[..], ranged) {
            room.answers.clear();
            room.answers.resize(room.rows.len(), 0);
            return;
        }
        stream.keys_and_noise(room.rows.len(), &mut room.keys, &mut room.scores);
        for weight in &self.score {
            let column = weight.column;
            weight.add(view.column(column), view.unit(column), &room.rows, &mut room.scores);
        }
        let least = room.scores.iter().min().copied().unwrap_or(0);
        let rank = |score: i64| (score - least) as u64;
        let Room { answers, keys, scores, rest, ranked, of_rest, .. } = room;
        ranked.clear();
        if without.iter().all(|seats| *seats == 0) {
            ranked.extend(scores.iter().map(|score| rank(*score)));
            rank::cut(ranked, |position| (keys[position], position), with, answers);
            answers.iter_mut().for_each(|answer| *answer += without.len() as u32);
            return;
        }
        let mut first: Vec<usize> = without.to_vec();
        first.push(with.iter().sum());
        rank::cut(keys, |position| position, &first, answers);
        rest.clear();
        let others = answers.iter().zip(0..).filter(|(answer, _)| **answer == without.len() as u32);
        rest.extend(others.map(|(_, position)| position));
        ranked.extend(rest.iter().map(|position| rank(scores[*position as usize])));
        rank::cut(ranked, |position| (keys[rest[position] as usize], rest[position]), with, of_rest);
        for (position, answer) in rest.iter().zip(of_rest) {
            answers[*position as usize] += *answer;
        }
    }

    /// Writes what [`deal`](Deal::deal) dealt to `column`; numbers of a range are drawn.
    pub fn write(&self, room: &Room, stream: &mut Stream, column: &mut [Cell]) {
        let mut cells = self.missing.clone();
        cells.extend(self.answers.iter().map(|answer| match answer {
            Answer::Code(code) | Answer::Range(code, _) => Cell::value(*code),
        }));
        for (row, answer) in room.rows.iter().zip(&room.answers) {
            column[*row as usize] = cells[*answer as usize];
        }
        for (row, (least, greatest)) in self.ranged(room) {
            let value = least + stream.below((greatest - least) as u64 + 1) as i64;
            column[row] = Cell::value(value);
        }
    }

    /// Who was dealt a range, and which.
    pub fn ranged(&self, room: &Room) -> impl Iterator<Item = (usize, (i64, i64))> {
        let ranges: Vec<Option<(i64, i64)>> = (self.missing.iter().map(|_| None))
            .chain(self.answers.iter().map(|answer| match answer {
                Answer::Code(_) => None,
                Answer::Range(least, greatest) => Some((*least, *greatest)),
            }))
            .collect();
        let none = ranges.iter().all(Option::is_none);
        let dealt = room.rows.iter().zip(&room.answers).take(if none { 0 } else { usize::MAX });
        dealt.filter_map(move |(row, answer)| Some((*row as usize, ranges[*answer as usize]?)))
    }
}

/// A value that follows from an earlier one: steps dealt by chance and added.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    pub from: Index,
    /// Codes, in units of the variable's last decimal place.
    pub steps: Deal,
}

impl Shift {
    /// Steps in ascending order.
    pub fn new(from: Index, steps: &[i64]) -> Shift {
        let answers = steps.iter().map(|step| Answer::Code(*step)).collect();
        Shift { from, steps: Deal { missing: Vec::new(), answers, score: Vec::new() } }
    }

    /// What those that were dealt steps have then, in the order of the rows.
    pub fn shifted(&self, view: &View<'_>, room: &Room) -> Vec<Cell> {
        let from = view.column(self.from);
        let dealt = room.rows.iter().zip(&room.answers);
        dealt
            .map(|(row, answer)| match (from[*row as usize].valid(), self.steps.answers[*answer as usize]) {
                (Some(value), Answer::Code(step)) => Cell::value(value + step),
                _ => from[*row as usize],
            })
            .collect()
    }
}
