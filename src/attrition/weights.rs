//! Stabilised, truncated inverse-probability weights.
//!
//! Assumes that whether somebody was followed up depends, given the terms of the response model, on nothing that goes with how
//! they have fared (missing at random); that the model of it is right; and that nobody's probability is near 0. Truncation
//! gives up a little of the first purpose, taking loss away, for weights of which no few persons carry the answer. Not for loss
//! that goes with the outcome itself, which no weights mend and nothing in the data shows; not for small studies, where
//! `weight_effective_n` is a fraction of those seen. A mean far from 1 is a sign that the response model is wrong. Source: Cole
//! & Hernán 2008, Kish 1965 (below). Checked against R's `glm`, `fitted` and `quantile(type = 7)` on the two evaluations.

use crate::estimate::{Condition, RestsOn, Reveals, Role, Statistic, Statistics, Value};
use crate::model::{EVENTS, ModelData, fitted_probabilities};

const COLE: &str = "Cole & Hernán 2008, American Journal of Epidemiology 168:656–664";

pub static WEIGHT_MEAN: Statistic = Statistic {
    name: "weight_mean",
    reveals: Reveals::Inference,
    rests_on: EVENTS,
    about: "Mean of the truncated weights over those followed up: far from 1 where the response model fits badly or someone was very unlikely to be seen.",
    source: COLE,
};
pub static WEIGHT_EFFECTIVE_N: Statistic = Statistic {
    name: "weight_effective_n",
    reveals: Reveals::Inference,
    rests_on: EVENTS,
    about: "Kish's effective number of those followed up, (Σw)²/Σw²: that many of equal weight would say as much.",
    source: "Kish 1965, Survey Sampling",
};
pub static N_TRUNCATED: Statistic = Statistic {
    name: "n_truncated",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Persons whose weight lay beyond the declared quantiles and was set to the quantile.",
    source: COLE,
};

/// All that [`Weights::values`] gives.
pub const STATISTICS: Statistics = &[&WEIGHT_MEAN, &WEIGHT_EFFECTIVE_N, &N_TRUNCATED];

/// Weights nearer than this, relative, to where they are cut off lie on it: equal ones differ by rounding.
const ROUNDING: f64 = 1e-9;

/// What each of those followed up counts for, so that together they stand for all who were eligible.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// One a row of the data: the weight of each person of the row; `None` where the row is of those who were lost.
    pub of_row: Vec<Option<f64>>,
    /// How many persons' weights were set to a quantile.
    pub truncated: u64,
    /// `limiting_weights` where all, or none, of those with some answers were followed up: the weights are the limits that the
    /// response model approaches.
    pub conditions: Vec<Condition>,
    /// (weight, persons) of those followed up, ascending in the weight before truncation.
    weighed: Vec<(f64, f64)>,
}

impl Weights {
    /// The weights w = P(R = 1)/P̂(R = 1 | x) of those with R = 1, where `data` have being followed up (R) as the outcome and
    /// the terms as covariates: stabilised by the share that was followed up, and set to the `truncate`d quantiles (lower and
    /// upper, 0 to 1) where they lie beyond them (Cole & Hernán 2008). Quantiles are over persons followed up, R's type 7.
    ///
    /// # Errors
    /// The condition by which there are no weights: nobody (`no_cases`), all or none followed up (`constant_outcome`), or a
    /// response model without an answer (`not_converged`).
    pub fn of(data: &ModelData, truncate: [f64; 2]) -> Result<Weights, Condition> {
        let (probability, of_fit) = fitted_probabilities(data)?;
        // By its own name: in a table of change, the reader has seen no response model.
        let limiting = of_fit.iter().any(|condition| condition.code == "limiting_model");
        let conditions = if limiting { vec![Condition::new("limiting_weights", "")] } else { Vec::new() };
        let rows = || data.outcome().iter().zip(data.frequency());
        let all: f64 = data.frequency().iter().sum();
        let followed: f64 = rows().map(|(response, frequency)| response * frequency).sum();
        let share = followed / all;
        let raw: Vec<Option<f64>> =
            data.outcome().iter().zip(&probability).map(|(r, p)| (*r == 1.0).then_some(share / p)).collect();
        let mut weighed: Vec<(f64, f64)> = raw
            .iter()
            .zip(data.frequency())
            .filter_map(|(weight, times)| Some(((*weight)?, *times)))
            .collect();
        weighed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let [low, high] = truncate.map(|p| quantile(&weighed, p));
        let beyond = |weight: f64| weight < low * (1.0 - ROUNDING) || weight > high * (1.0 + ROUNDING);
        let truncated: f64 =
            weighed.iter().filter(|(weight, _)| beyond(*weight)).map(|(_, times)| times).sum();
        let cut = |weight: f64| weight.clamp(low, high);
        weighed.iter_mut().for_each(|(weight, _)| *weight = cut(*weight));
        Ok(Weights {
            of_row: raw.into_iter().map(|weight| weight.map(cut)).collect(),
            truncated: truncated.round() as u64,
            conditions,
            weighed,
        })
    }

    /// Persons with a weight.
    pub fn n(&self) -> u64 {
        self.weighed.iter().map(|(_, times)| times).sum::<f64>().round() as u64
    }

    /// What may be told of the weights: never one of them.
    pub fn values(&self) -> Vec<Value> {
        let sum = |exponent: i32| -> f64 {
            self.weighed.iter().map(|(weight, times)| times * weight.powi(exponent)).sum()
        };
        [
            Value::new(&WEIGHT_MEAN, sum(1) / sum(0)).method("stabilised, truncated"),
            Value::new(&WEIGHT_EFFECTIVE_N, sum(1) * sum(1) / sum(2)).method("Kish"),
            Value::new(&N_TRUNCATED, self.truncated as f64).method("quantiles of type 7"),
        ]
        .map(|value| value.n(self.n()).conditions(self.conditions.clone()))
        .into()
    }
}

/// The weights' statistics where there are none.
pub fn absent(reason: &Condition) -> Vec<Value> {
    STATISTICS.iter().map(|statistic| Value::absent(statistic, reason.clone()).n(0)).collect()
}

/// The quantile `p` of numbers that ascend with how often each stands: R's type 7, by linear interpolation at (n − 1)p
/// (Hyndman & Fan 1996). `weighed` is not empty.
fn quantile(weighed: &[(f64, f64)], p: f64) -> f64 {
    let n: f64 = weighed.iter().map(|(_, times)| times).sum();
    let place = (n - 1.0) * p;
    let at = |position: f64| {
        let mut before = 0.0;
        for (number, times) in weighed {
            before += times;
            if position < before {
                return *number;
            }
        }
        weighed.last().map_or(f64::NAN, |(number, _)| *number)
    };
    let (below, above) = (at(place.floor()), at(place.ceil()));
    below + (place - place.floor()) * (above - below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Covariate, CovariateValues};
    use proptest::prelude::*;

    fn data(response: &[f64], frequency: &[f64], x: &[f64]) -> ModelData {
        let covariate = Covariate { name: "x".into(), values: CovariateValues::Numeric(x.to_vec()) };
        ModelData::new(response.to_vec(), frequency.to_vec(), None, vec![covariate]).unwrap()
    }

    /// Two groups: 6 of 10 followed up where x = 0, 3 of 10 where x = 1; the probabilities are the shares.
    fn two_groups() -> ModelData {
        data(&[1.0, 0.0, 1.0, 0.0], &[6.0, 4.0, 3.0, 7.0], &[0.0, 0.0, 1.0, 1.0])
    }

    #[test]
    fn a_weight_is_the_share_followed_over_the_probability() {
        let weights = Weights::of(&two_groups(), [0.0, 1.0]).unwrap();
        let expected = [Some(0.45 / 0.6), None, Some(0.45 / 0.3), None];
        for (found, expected) in weights.of_row.iter().zip(expected) {
            assert_eq!(found.is_some(), expected.is_some());
            assert!((found.unwrap_or(0.0) - expected.unwrap_or(0.0)).abs() < 1e-12);
        }
        let values = weights.values();
        // By hand: (6 · 0.75 + 3 · 1.5)/9 = 1; 9²/(6 · 0.75² + 3 · 1.5²) = 8.
        for (value, expected) in values.iter().zip([1.0, 8.0, 0.0]) {
            assert!((value.value.unwrap() - expected).abs() < 1e-12, "{}", value.statistic.name);
        }
        assert_eq!(weights.n(), 9);
    }

    #[test]
    fn weights_beyond_the_quantiles_are_set_to_them() {
        // R: w <- rep(c(0.75, 1.5), c(6, 3)); q <- quantile(w, c(0.1, 0.7)): 0.75, 1.2
        let weights = Weights::of(&two_groups(), [0.1, 0.7]).unwrap();
        assert!((weights.of_row[2].unwrap() - 1.2).abs() < 1e-12);
        assert!((weights.of_row[0].unwrap() - 0.75).abs() < 1e-12);
        assert_eq!(weights.truncated, 3);
    }

    #[test]
    fn without_anyone_lost_there_are_no_weights() {
        let reason = Weights::of(&data(&[1.0, 1.0], &[3.0, 4.0], &[0.0, 1.0]), [0.0, 1.0]).unwrap_err();
        assert_eq!(reason.code, "constant_outcome");
        assert_eq!(Weights::of(&data(&[], &[], &[]), [0.0, 1.0]).unwrap_err().code, "no_cases");
    }

    #[test]
    fn where_loss_is_complete_the_others_still_have_weights() {
        // Nobody with x = 1 was followed up: the probabilities there are 0, and concern nobody with a weight.
        let weights =
            Weights::of(&data(&[1.0, 0.0, 0.0], &[6.0, 4.0, 5.0], &[0.0, 0.0, 1.0]), [0.0, 1.0]).unwrap();
        assert!((weights.of_row[0].unwrap() - 0.4 / 0.6).abs() < 1e-9);
        assert!(weights.conditions.iter().any(|condition| condition.code == "limiting_weights"));
    }

    proptest! {
        #[test]
        fn the_order_of_rows_changes_no_weight(
            rows in prop::collection::vec((prop::bool::ANY, 1u8..6, 0u8..4), 6..30), turn in 0usize..30
        ) {
            let of = |rows: &[(bool, u8, u8)]| {
                let column = |pick: &dyn Fn(&(bool, u8, u8)) -> f64| rows.iter().map(pick).collect::<Vec<f64>>();
                let data = data(
                    &column(&|row| f64::from(u8::from(row.0))), &column(&|row| f64::from(row.1)), &column(&|row| f64::from(row.2)),
                );
                Weights::of(&data, [0.0, 1.0])
            };
            let mut turned = rows.clone();
            turned.rotate_left(turn % rows.len());
            match (of(&rows), of(&turned)) {
                (Ok(there), Ok(mut other)) => {
                    other.of_row.rotate_right(turn % rows.len());
                    prop_assert_eq!(&there.of_row, &other.of_row);
                }
                (there, other) => prop_assert_eq!(there.err(), other.err()),
            }
        }

        #[test]
        fn the_weighted_are_as_all_were(levels in prop::collection::vec((1u8..30, 1u8..30), 2..6)) {
            // A model that fits every level: the weighted shares of those followed up are the shares of all.
            let column = |pick: &dyn Fn(usize, f64, f64) -> [f64; 2]| -> Vec<f64> {
                let rows = levels.iter().enumerate();
                rows.flat_map(|(level, (seen, lost))| pick(level, f64::from(*seen), f64::from(*lost))).collect()
            };
            let covariate = Covariate {
                name: "x".into(),
                values: CovariateValues::Factor {
                    codes: (0..levels.len() as u32).flat_map(|level| [level, level]).collect(),
                    levels: (0..levels.len()).map(|level| level.to_string()).collect(),
                    reference: 0,
                },
            };
            let frequency = column(&|_, seen, lost| [seen, lost]);
            let data = ModelData::new(column(&|_, _, _| [1.0, 0.0]), frequency.clone(), None, vec![covariate]).unwrap();
            let weights = Weights::of(&data, [0.0, 1.0]).unwrap();
            let all: f64 = frequency.iter().sum();
            for level in 0..levels.len() {
                let (seen, lost) = (frequency[2 * level], frequency[2 * level + 1]);
                let weighted = weights.of_row[2 * level].unwrap() * seen / weights.n() as f64;
                prop_assert!((weighted - (seen + lost) / all).abs() < 1e-9);
            }
            prop_assert!((weights.values()[0].value.unwrap() - 1.0).abs() < 1e-9);
        }

        #[test]
        fn quantiles_are_those_of_the_persons_one_by_one(
            rows in prop::collection::vec((0u8..50, 1u64..5), 1..20), p in 0.0f64..=1.0
        ) {
            let mut weighed: Vec<(f64, f64)> = rows.iter().map(|row| (f64::from(row.0), row.1 as f64)).collect();
            weighed.sort_by(|a, b| a.0.total_cmp(&b.0));
            let single: Vec<f64> =
                weighed.iter().flat_map(|(number, times)| std::iter::repeat_n(*number, *times as usize)).collect();
            let place = (single.len() - 1) as f64 * p;
            let (below, above) = (single[place.floor() as usize], single[place.ceil() as usize]);
            prop_assert_eq!(quantile(&weighed, p), below + (place - place.floor()) * (above - below));
        }
    }
}
