//! Where everybody stands at each wave, and who flows from where to where.

use super::{Course, Trajectory};
use crate::change::trajectory::{flow, flow_table, incomplete, mean_at_wave, share_at_wave};
use crate::change::{Direction, Pairs, Scale};
use crate::describe::{self, Distribution};
use crate::dictionary::ItemType;
use crate::estimate::{Estimate, Kind, Subject, Value, Variable};
use crate::plan::{Cohort, Column};
use crate::question::answer::{
    Ground, OfPatterns, Unanswered, codes, event, grouped, groups, numbers_of, with_groups,
};
use crate::question::patterns::{PatternTable, of_groups};

/// A variable at one wave, as estimates and pattern tables name it.
struct Part<'q> {
    name: Variable,
    /// What it is counted over: its own columns first, then those of the other waves where all of them have to be there.
    columns: Vec<String>,
    at: At<'q>,
}

enum At<'q> {
    Wave(&'q Column),
    /// From the wave of the column to the next, of a coded variable.
    Step(&'q Column),
}

/// Each variable at each wave, then its steps, in the order of their numbers.
fn parts(question: &Trajectory) -> Vec<Part<'_>> {
    question.courses.iter().flat_map(|course| course_parts(question, course)).collect()
}

fn course_parts<'q>(question: &'q Trajectory, course: &'q Course) -> impl Iterator<Item = Part<'q>> {
    let part = |name: Variable, own: &[&Column], at: At<'q>| {
        let mut columns: Vec<String> = own.iter().map(|column| column.name.clone()).collect();
        if question.complete {
            let others = course.at.iter().map(|column| &column.name);
            let others: Vec<String> = others.filter(|name| !columns.contains(name)).cloned().collect();
            columns.extend(others);
        }
        Part { name, columns, at }
    };
    let waves = course.at.iter().map(move |column| part((&column.name).into(), &[column], At::Wave(column)));
    let flows = question.flow && course.at.iter().all(|column| column.item.is_coded());
    let steps = course.at.windows(2).filter(move |_| flows).map(move |pair| {
        let to = pair[1].wave.as_deref().unwrap_or_default();
        part(Variable::from(&pair[0].name).to_wave(to), &[&pair[0], &pair[1]], At::Step(&pair[0]))
    });
    waves.chain(steps)
}

impl Part<'_> {
    /// The flow is of everyone: of groups it would hide more counts than it shows.
    fn by<'q>(&self, question: &'q Trajectory) -> &'q [Column] {
        match self.at {
            At::Wave(_) => &question.by,
            At::Step(..) => &[],
        }
    }

    fn numbers(
        &self,
        question: &Trajectory,
        ground: &Ground<'_>,
        group: Option<(&Column, f64)>,
    ) -> Result<Vec<Value>, Unanswered> {
        let (patterns, keep) = grouped(ground.tallied, self.columns.clone(), group);
        let answers: Vec<&[f64]> = patterns.columns[..self.columns.len()].iter().map(numbers_of).collect();
        // Where the waves have to have the same persons, the columns of all of them are here.
        let needed = if question.complete { answers.len() } else { 1 };
        let has_all = |row: usize| answers[..needed].iter().all(|values| !values[row].is_nan());
        Ok(match self.at {
            At::Wave(column) => {
                let lets_in = |row: usize| keep[row] && (!question.complete || has_all(row));
                let reasons = &patterns.columns[0].reasons;
                let distribution = Distribution::new(answers[0], reasons, &patterns.frequency, lets_in);
                let mut values = at_wave(column, &distribution, question.level);
                // The codebook shows them, of everyone.
                if group.is_none() && !question.complete {
                    values.extend(describe::shares(&distribution, &codes(&column.item)));
                }
                if question.complete {
                    let members = (0..patterns.len()).filter(|row| keep[*row]);
                    let members: u64 = members.map(|row| patterns.frequency[row]).sum();
                    values.push(incomplete(members - distribution.valid(), members));
                }
                values
            }
            At::Step(before) => {
                let rows: Vec<usize> = (0..patterns.len())
                    .filter(|row| keep[*row] && has_all(*row) && !answers[1][*row].is_nan())
                    .collect();
                let pick = |values: &[f64]| -> Vec<f64> { rows.iter().map(|row| values[*row]).collect() };
                let frequency: Vec<u64> = rows.iter().map(|row| patterns.frequency[*row]).collect();
                let levels: Vec<f64> = codes(&before.item).iter().map(|code| *code as f64).collect();
                let (before, after) = (pick(answers[0]), pick(answers[1]));
                let pairs = Pairs::new(&before, &after, &frequency, Scale::Ordinal, Direction::None, &levels)
                    .map_err(|error| Unanswered(format!("{}: {}: {error}", ground.id, self.name)))?;
                flow_table(&pairs).into_iter().chain(flow(&pairs)).collect()
            }
        })
    }
}

/// Counts, and the share or the mean with its interval. What is coded is counted by code: of few answers a mean with its
/// standard deviation gives the counts away, and disclosure control has to know them.
fn at_wave(column: &Column, distribution: &Distribution, level: f64) -> Vec<Value> {
    let item = &column.item;
    let mut values = describe::counted(distribution, &codes(item));
    values.extend(match item.kind {
        ItemType::Binary => share_at_wave(distribution.count(event(item)), distribution.valid(), level),
        _ => mean_at_wave(&distribution.values, &distribution.frequency, level),
    });
    values
}

impl OfPatterns for Trajectory {
    fn margins(&self, _id: &str, _cohort: &Cohort) -> Vec<Vec<String>> {
        parts(self).iter().flat_map(|part| with_groups(&part.columns, part.by(self))).collect()
    }

    fn numbers(&self, ground: &Ground<'_>) -> Result<Vec<Estimate>, Unanswered> {
        let mut estimates = Vec::new();
        for part in parts(self) {
            for (group, of) in groups(part.by(self)) {
                let subject = Subject {
                    analysis: ground.id.to_owned(),
                    kind: Kind::Trajectory,
                    group,
                    variable: part.name.clone(),
                };
                estimates.extend(subject.estimates(part.numbers(self, ground, of)?));
            }
        }
        Ok(estimates)
    }

    fn tables(&self, ground: &Ground<'_>) -> Result<Vec<PatternTable>, Unanswered> {
        let of = |part: Part<'_>| {
            of_groups(ground.tallied, &part.columns, part.by(self)).table(ground.id, &part.name)
        };
        parts(self).into_iter().map(of).collect()
    }
}
