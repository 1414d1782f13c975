//! What a regression reveals about a small level of a factor: which terms and which conditions must be hidden.

use std::collections::{BTreeMap, BTreeSet};

use super::linked::{Key, Subjects};
use super::system::System;
use crate::estimate::{Condition, Estimate, Term, level_of};
use crate::model::OF_LEVELS;
use crate::statistic::N_CLUSTERS;

/// Conditions that say of everyone at a level that they had the same outcome, or that nobody was there.
const TELLING: [&str; 7] = [
    "separation",
    "separation_without_a_cluster",
    "limiting_model",
    "constant_outcome",
    "reference_without_cases",
    "no_cases",
    "level_without_cases",
];

/// What is withheld of one model.
#[derive(Debug, Default)]
struct Withheld<'a> {
    covariates: BTreeSet<&'a str>,
    /// Variables of which a level has a hidden count, or that separate those with the outcome from those without.
    variables: BTreeSet<&'a str>,
    /// Fewer clusters than the threshold: the model describes a few places, or a few persons.
    few_clusters: bool,
}

impl Withheld<'_> {
    /// Whether nothing of the model is shown. With one covariate a model is a table in disguise: its constant and one odds
    /// ratio give every count.
    fn whole(&self) -> bool {
        self.few_clusters || !self.variables.is_empty() && self.covariates.len() <= 1
    }
}

/// What is withheld of the models of a release.
#[derive(Debug, Default)]
pub(super) struct Models<'a> {
    of: BTreeMap<Key<'a>, Withheld<'a>>,
}

impl<'a> Models<'a> {
    pub fn new(
        estimates: &'a [Estimate],
        system: &System,
        subjects: &Subjects<'a>,
        threshold: u64,
    ) -> Models<'a> {
        let mut models = Models::default();
        for estimate in estimates.iter().filter(|one| one.kind.is_regression()) {
            let key: Key<'a> = (&estimate.analysis, &estimate.group, &estimate.variable);
            let model = models.of.entry(key).or_default();
            // In parentheses stand the constant and the programs whose variants are compared.
            if !estimate.term.is_empty() && !estimate.term.is_aside() {
                model.covariates.insert(estimate.term.variable());
            }
            let apart = estimate.conditions.iter().filter(|condition| condition.code == "separation");
            model
                .variables
                .extend(apart.map(|condition| level_of(&condition.detail).0).filter(|name| !name.is_empty()));
            let few = |clusters: f64| clusters >= 1.0 && clusters < threshold as f64;
            model.few_clusters |= estimate.statistic == &N_CLUSTERS && estimate.value.is_some_and(few);
        }
        for (key, model) in &mut models.of {
            let Some((_, cells)) = subjects.of.get(key) else { continue };
            for statistic in OF_LEVELS {
                let hidden = |(_, cell): &(&Term, usize)| system.cells[*cell].hidden.is_some();
                let small = cells.all(statistic).into_iter().filter(hidden);
                model.variables.extend(small.map(|(term, _)| term.variable()));
            }
        }
        models
    }

    /// Whether an estimate of a model goes because of a small level or few clusters.
    pub fn withholds(&self, key: &Key<'a>, estimate: &Estimate) -> bool {
        self.of
            .get(key)
            .is_some_and(|model| model.whole() || model.variables.contains(estimate.term.variable()))
    }

    /// The conditions of an estimate that may be seen: what would tell of a withheld level is replaced by `withheld`.
    pub fn conditions(&self, estimate: &Estimate) -> Vec<Condition> {
        let key: Key<'_> = (&estimate.analysis, &estimate.group, &estimate.variable);
        let mut conditions = estimate.conditions.clone();
        let Some(model) = self.of.get(&key).filter(|model| model.whole() || !model.variables.is_empty())
        else {
            return conditions;
        };
        conditions.retain(|condition| {
            let Condition { code, detail } = condition;
            // `firth:separation` says why another method was used.
            !TELLING.contains(&code.as_str())
                && !TELLING.contains(&detail.as_str())
                && !model.variables.contains(level_of(detail).0)
        });
        if conditions.len() < estimate.conditions.len() {
            conditions.push(Condition::new("withheld", ""));
        }
        conditions
    }
}
