//! Counts, shares and moments of variables, for everyone and by groups.

use super::{Describe, DescribedScore};
use crate::describe::{self, Distribution};
use crate::estimate::{Estimate, Kind, Subject};
use crate::notebook::score_items;
use crate::plan::{Cohort, Column};
use crate::question::answer::{
    Ground, OfPatterns, Unanswered, codes, event, grouped, groups, numbers_of, with_groups,
};
use crate::question::patterns::{PatternTable, of_groups};

/// Pairs of variables for an overlap; none where none is asked for.
fn pairs(question: &Describe) -> Vec<(&Column, &Column)> {
    if !question.overlap {
        return Vec::new();
    }
    let variables = &question.variables;
    (0..variables.len())
        .flat_map(|first| {
            (first + 1..variables.len()).map(move |second| (&variables[first], &variables[second]))
        })
        .collect()
}

/// What is counted: each variable, and each pair of an overlap.
fn counted(question: &Describe) -> Vec<Vec<String>> {
    let single = question.variables.iter().map(|variable| vec![variable.name.clone()]);
    let both =
        pairs(question).into_iter().map(|(first, second)| vec![first.name.clone(), second.name.clone()]);
    single.chain(both).collect()
}

/// The items of each score, which are counted together.
fn items(question: &Describe) -> Vec<Vec<String>> {
    question.scores.iter().map(DescribedScore::columns).collect()
}

impl OfPatterns for Describe {
    fn margins(&self, _id: &str, _cohort: &Cohort) -> Vec<Vec<String>> {
        let margins = counted(self).into_iter().chain(items(self));
        margins.flat_map(|columns| with_groups(&columns, &self.by)).collect()
    }

    fn numbers(&self, ground: &Ground<'_>) -> Result<Vec<Estimate>, Unanswered> {
        let mut estimates = Vec::new();
        for (group, of) in groups(&self.by) {
            let subject = |variable: &str| Subject {
                analysis: ground.id.to_owned(),
                kind: Kind::Describe,
                group: group.clone(),
                variable: variable.into(),
            };
            for variable in &self.variables {
                let (patterns, keep) = grouped(ground.tallied, vec![variable.name.clone()], of);
                let answers = &patterns.columns[0];
                let distribution =
                    Distribution::new(numbers_of(answers), &answers.reasons, &patterns.frequency, |row| {
                        keep[row]
                    });
                let mut values = match variable.item.is_coded() {
                    true => describe::coded(&distribution, &codes(&variable.item)),
                    false => describe::numeric(&distribution),
                };
                for one in self.combined.iter().filter(|one| one.variable == variable.name) {
                    values.extend(describe::combined(&distribution, &one.codes, one.each));
                }
                estimates.extend(subject(&variable.name).estimates(values));
            }
            for score in &self.scores {
                let (patterns, keep) = grouped(ground.tallied, score.columns(), of);
                let answers: Vec<&[f64]> =
                    patterns.columns[..score.items.len()].iter().map(numbers_of).collect();
                let values = describe::alpha(&answers, &score.reversed, &patterns.frequency, |row| keep[row]);
                estimates.extend(subject(&score.variable).estimates(values));
            }
            for (first, second) in pairs(self) {
                let columns = vec![first.name.clone(), second.name.clone()];
                let (patterns, keep) = grouped(ground.tallied, columns, of);
                let events = [event(&first.item), event(&second.item)];
                let answers = [numbers_of(&patterns.columns[0]), numbers_of(&patterns.columns[1])];
                let total = |counts: &dyn Fn(usize) -> bool| -> u64 {
                    let rows = (0..patterns.len()).filter(|row| keep[*row] && counts(*row));
                    rows.map(|row| patterns.frequency[row]).sum()
                };
                let both = total(&|row| answers[0][row] == events[0] && answers[1][row] == events[1]);
                let valid = total(&|row| !answers[0][row].is_nan() && !answers[1][row].is_nan());
                let value = describe::both(both, valid, &second.name);
                estimates.extend(subject(&first.name).estimates(vec![value]));
            }
        }
        Ok(estimates)
    }

    fn tables(&self, ground: &Ground<'_>) -> Result<Vec<PatternTable>, Unanswered> {
        let of = |columns: Vec<String>, what: &str| {
            of_groups(ground.tallied, &columns, &self.by).table(ground.id, what)
        };
        let counted = counted(self).into_iter().map(|columns| {
            let what = columns.join("+");
            of(columns, &what)
        });
        let scores = self.scores.iter().map(|score| of(score.columns(), &score_items(&score.variable)));
        counted.chain(scores).collect()
    }
}
