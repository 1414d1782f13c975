//! Paired change of variables, for everyone and by groups, and weighted for those who were lost.

use super::{Change, Flows};
use crate::change::{
    self, Direction, Pairs, Reliability, ReliabilityError, Scale, Spread, UseThresholds, UseThresholdsError,
};
use crate::describe::standings;
use crate::dictionary::{Better, Item, ItemType};
use crate::estimate::{Estimate, Kind, Subject};
use crate::notebook::{GROUP, WEIGHTED};
use crate::plan::{Cohort, Comparison};
use crate::question::answer::{Ground, OfPatterns, Unanswered, grouped, groups, numbers_of, with_groups};
use crate::question::attrition::weighing::{pair, response_columns, with_weights};
use crate::question::attrition::{Attrition, Weights};
use crate::question::patterns::{PatternTable, Sheet, answers, in_group, of_groups, with_terms};

/// Comparison and weights of each that is weighted.
fn weighted(change: &Change) -> impl Iterator<Item = (&Comparison, &Weights)> {
    change.comparisons.iter().filter_map(|comparison| Some((comparison, change.weights_of(comparison)?)))
}

fn scale(item: &Item) -> Scale {
    match item.kind {
        ItemType::Binary => Scale::Binary,
        ItemType::Ordinal => Scale::Ordinal,
        _ => Scale::Numeric,
    }
}

pub fn direction(item: &Item) -> Direction {
    match item.better {
        Some(Better::Higher) => Direction::Higher,
        Some(Better::Lower) => Direction::Lower,
        None => Direction::None,
    }
}

/// The declared reliability of a measure, which the dictionary has checked.
fn reliability(item: &Item) -> Result<Option<Reliability>, ReliabilityError> {
    let Some(declared) = &item.reliability else { return Ok(None) };
    let spread = declared.sd.map_or(Spread::Baseline, Spread::Declared);
    Reliability::new(declared.r, spread, declared.cut_off).map(Some)
}

/// The declared thresholds of days of use, which the dictionary has checked.
fn classes(item: &Item) -> Result<Option<UseThresholds>, UseThresholdsError> {
    let days = |days: u32| f64::from(days);
    let declared = item.use_thresholds.as_ref();
    declared
        .map(|known| UseThresholds::new(days(known.window), days(known.improved), days(known.deteriorated)))
        .transpose()
}

impl OfPatterns for Change {
    fn margins(&self, _id: &str, cohort: &Cohort) -> Vec<Vec<String>> {
        let own = self.comparisons.iter().flat_map(|comparison| with_groups(&pair(comparison), &self.by));
        let weighed = weighted(self).flat_map(|(comparison, weights)| {
            with_groups(&with_weights(pair(comparison), &weights.attrition, cohort), &self.by)
        });
        let response = self.weights.iter().map(|weights| response_columns(&weights.attrition, cohort));
        own.chain(weighed).chain(response).collect()
    }

    fn response(&self) -> Option<&Attrition> {
        self.weights.as_ref().map(|weights| &weights.attrition)
    }

    fn numbers(&self, ground: &Ground<'_>) -> Result<Vec<Estimate>, Unanswered> {
        let id = ground.id;
        let internal = |error: &dyn std::fmt::Display| Unanswered(format!("{id}: {error}"));
        let weights = self.response().map(|response| ground.weights(response)).transpose()?;
        let mut estimates = Vec::new();
        for comparison in &self.comparisons {
            let item = &comparison.before.item;
            let (scale, better) = (scale(item), direction(item));
            let options = change::Options {
                level: self.level,
                convention: self.convention,
                reliability: reliability(item).map_err(|error| internal(&error))?,
                classes: classes(item).map_err(|error| internal(&error))?,
                ..change::Options::default()
            };
            // Of everyone, who stand first; their spread is what the change of each in a group is measured by.
            let mut known = options.reliability;
            let levels: Vec<f64> = item.codes.iter().map(|code| code.code as f64).collect();
            for (group, of) in groups(&self.by) {
                let (patterns, keep) = grouped(ground.tallied, pair(comparison), of);
                let (before, after) = (numbers_of(&patterns.columns[0]), numbers_of(&patterns.columns[1]));
                let complete: Vec<usize> = (0..patterns.len())
                    .filter(|row| keep[*row] && !before[*row].is_nan() && !after[*row].is_nan())
                    .collect();
                let pick = |values: &[f64]| -> Vec<f64> { complete.iter().map(|row| values[*row]).collect() };
                let frequency: Vec<u64> = complete.iter().map(|row| patterns.frequency[*row]).collect();
                let pairs = Pairs::new(&pick(before), &pick(after), &frequency, scale, better, &levels)
                    .map_err(|error| internal(&format!("{}: {error}", comparison.variable)))?;
                let compare = self.compare && group.is_empty();
                // Tables show shares of a row of everyone, and figures those of all pairs of whom they draw.
                let row_shares = group.is_empty();
                let joint_shares = match self.flows {
                    Flows::Nobody => false,
                    Flows::Everyone => group.is_empty(),
                    Flows::Groups => true,
                };
                let options =
                    change::Options { compare, row_shares, joint_shares, reliability: known, ..options };
                if group.is_empty() {
                    known = known.map(|known| known.in_group_of(&pairs));
                }
                let mut values = change::analyse(&pairs, &options);
                if let Some(weights) = weights.filter(|_| self.weights_of(comparison).is_some()) {
                    let weighted = weights.change(ground.tallied, (comparison, of), scale, self.level);
                    values.extend(weighted.map_err(|error| internal(&error))?);
                }
                let subject = Subject {
                    analysis: id.to_owned(),
                    kind: Kind::Change,
                    group,
                    variable: comparison.variable.clone(),
                };
                estimates.extend(subject.estimates(values));
            }
        }
        Ok(estimates)
    }

    fn tables(&self, ground: &Ground<'_>) -> Result<Vec<PatternTable>, Unanswered> {
        let own = self.comparisons.iter().map(|comparison| {
            let sheet = of_groups(ground.tallied, &pair(comparison), &self.by);
            sheet.table(ground.id, &comparison.variable)
        });
        let weighted = weighted(self).map(|(comparison, Weights { attrition, .. })| {
            let columns = with_weights(pair(comparison), attrition, ground.cohort);
            let shown = with_terms(pair(comparison), attrition);
            let mut sheet = Sheet::new(std::iter::once(GROUP.to_owned()).chain(answers(&shown)));
            for (group, of) in groups(&self.by) {
                let (patterns, mut keep) = grouped(ground.tallied, columns.clone(), of);
                let followed = standings(ground.cohort, &attrition.wave, patterns).into_iter();
                keep.iter_mut().zip(followed).for_each(|(keep, one)| *keep &= one.eligible && one.seen);
                in_group(&mut sheet, &group, patterns, &keep, shown.len());
            }
            sheet.table(ground.id, &format!("{}.{WEIGHTED}", comparison.variable))
        });
        own.chain(weighted).collect()
    }
}
