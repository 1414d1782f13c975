//! The model without each cluster in turn: jackknife errors (CV3), the range of each coefficient, and prediction for clusters that the model
//! has not seen.
//!
//! Assumes independent clusters and little else, as any cluster-robust error does. CV3 is the most cautious of these errors when clusters are
//! few or unequal, usually somewhat too wide; its t has G − 1 degrees of freedom. It needs a fit for every cluster; each starts from the
//! whole fit and takes a few steps. Not for a coefficient that depends on one cluster alone: it has no jackknife, and is absent with the reason.
//! Not a correction of bias: it is centred at the whole fit. Predictions for unseen services assume that they are like these. Sources:
//! MacKinnon, Nielsen & Webb 2023, Belsley, Kuh & Welsch 1980, Steyerberg & Harrell 2016 (below). Checked against the same loop in R with
//! `glm.fit`, and pROC for the area under the curve.

use rayon::prelude::*;

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::calibration::{Calibration, calibration};
use super::calibration_curve::{
    LOCO_CALIBRATED, LOCO_CALIBRATED_CR2_HIGH, LOCO_CALIBRATED_CR2_LOW, OF_UNSEEN, curve,
};
use super::cluster::cluster_conditions;
use super::cr2::bounded;
use super::discrimination::{Auc, brier};
use super::fit::{Coefficient, Fit};
use super::fitted::Fitted;
use super::likelihood::logistic;
use super::patterns::{Cell, Patterns};
use super::wald::Wald;
use super::{Options, Procedure, absent, inference};

const CV3: &str = "MacKinnon, J. G., Nielsen, M. Ø. & Webb, M. D. (2023). Fast and reliable jackknife and bootstrap methods for \
     cluster-robust inference. Journal of Applied Econometrics 38, 671–694; CV3, centred at the whole fit";
const INFLUENCE: &str =
    "Belsley, D. A., Kuh, E. & Welsch, R. E. (1980). Regression Diagnostics. Wiley; by cluster";
const STEYERBERG: &str = "Steyerberg, E. W. & Harrell, F. E. (2016). Prediction models need appropriate internal, internal-external, \
     and external validation. Journal of Clinical Epidemiology 69, 245–247";

pub static CV3_STD_ERROR: Statistic = inference(
    "cv3_std_error",
    "Jackknife standard error: √((G − 1)/G Σ (β₍g₎ − β)²), β₍g₎ without cluster g.",
    CV3,
);
pub static CV3_STATISTIC: Statistic =
    inference("cv3_statistic", "The coefficient over its CV3 standard error.", CV3);
pub static CV3_P_VALUE: Statistic = inference(
    "cv3_p_value",
    "Two-sided p-value of cv3_statistic, Student's t with G − 1 degrees of freedom.",
    CV3,
);
pub static CV3_CONF_LOW: Statistic =
    inference("cv3_conf_low", "Lower CV3 limit of the coefficient, Student's t with G − 1.", CV3);
pub static CV3_CONF_HIGH: Statistic =
    inference("cv3_conf_high", "Upper CV3 limit of the coefficient, Student's t with G − 1.", CV3);
pub static ODDS_RATIO_CV3_LOW: Statistic =
    inference("odds_ratio_cv3_low", "Exponential of the lower CV3 limit.", CV3);
pub static ODDS_RATIO_CV3_HIGH: Statistic =
    inference("odds_ratio_cv3_high", "Exponential of the upper CV3 limit.", CV3);
pub static LOCO_LOW: Statistic =
    inference("loco_low", "Smallest coefficient among the fits that leave one cluster out.", INFLUENCE);
pub static LOCO_HIGH: Statistic =
    inference("loco_high", "Largest coefficient among the fits that leave one cluster out.", INFLUENCE);
pub static LOCO_AUC: Statistic = inference(
    "loco_auc",
    "Area under the curve where each cluster is predicted by the fit without it.",
    STEYERBERG,
);
pub static LOCO_BRIER: Statistic =
    inference("loco_brier", "Brier score where each cluster is predicted by the fit without it.", STEYERBERG);
pub static LOCO_CALIBRATION_SLOPE: Statistic = inference(
    "loco_calibration_slope",
    "Slope of the outcome's logit on the linear predictor of the fit without the cluster; below 1 where predictions are too extreme.",
    STEYERBERG,
);
pub static LOCO_CALIBRATION_INTERCEPT: Statistic = inference(
    "loco_calibration_intercept",
    "Intercept beside that linear predictor as an offset; above 0 where predictions are too low.",
    STEYERBERG,
);

const TERM: Statistics = &[
    &CV3_STD_ERROR,
    &CV3_STATISTIC,
    &CV3_P_VALUE,
    &CV3_CONF_LOW,
    &CV3_CONF_HIGH,
    &ODDS_RATIO_CV3_LOW,
    &ODDS_RATIO_CV3_HIGH,
    &LOCO_LOW,
    &LOCO_HIGH,
];
const WHOLE: Statistics = &[&LOCO_AUC, &LOCO_BRIER, &LOCO_CALIBRATION_SLOPE, &LOCO_CALIBRATION_INTERCEPT];
const STATISTICS: Statistics = &[
    &CV3_STD_ERROR,
    &CV3_STATISTIC,
    &CV3_P_VALUE,
    &CV3_CONF_LOW,
    &CV3_CONF_HIGH,
    &ODDS_RATIO_CV3_LOW,
    &ODDS_RATIO_CV3_HIGH,
    &LOCO_LOW,
    &LOCO_HIGH,
    &LOCO_AUC,
    &LOCO_BRIER,
    &LOCO_CALIBRATION_SLOPE,
    &LOCO_CALIBRATION_INTERCEPT,
    &LOCO_CALIBRATED,
    &LOCO_CALIBRATED_CR2_LOW,
    &LOCO_CALIBRATED_CR2_HIGH,
];

/// What comes of leaving one cluster out at a time; nothing where the data name no clusters.
pub const PROCEDURE: Procedure = Procedure { id: "leave_one_out", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    if !fitted.clustered() {
        return Vec::new();
    }
    let clusters = &fitted.patterns().clusters;
    let hindrance = match fitted.hopeless() {
        None if clusters.len() < 2 => Some(Condition::new("one_cluster", "")),
        reason => reason,
    };
    if let Some(reason) = hindrance {
        let mut values = unpredicted(&reason);
        for term in &fitted.design().terms {
            let rows = absent(TERM, Some(reason.clone()));
            values.extend(rows.into_iter().map(|value| named(value, &term.name)));
        }
        return values;
    }
    // Independent of each other and back in their order, so threads change nothing.
    let without: Vec<Vec<Coefficient>> = clusters.par_iter().map(|cells| refit(fitted, cells)).collect();
    let mut values = predicted(fitted, &without, options);
    for term in &fitted.design().terms {
        let rows = match (fitted.why_absent(term), fitted.coef(term), term.column) {
            (None, Some(Coefficient::Estimated(estimate)), Some(column)) => {
                match of_term(&without, column, &term.name) {
                    Err(reason) => absent(TERM, Some(reason)),
                    Ok(coefficients) => report(estimate, &coefficients, options.level)
                        .into_iter()
                        .map(|value| {
                            value
                                .conditions(cluster_conditions(fitted))
                                .conditions(fitted.general_conditions())
                        })
                        .collect(),
                }
            }
            (reason, _, _) => absent(TERM, reason),
        };
        values.extend(rows.into_iter().map(|value| named(value, &term.name)));
    }
    values
}

fn named(value: Value, term: &str) -> Value {
    let method = match [&LOCO_LOW, &LOCO_HIGH].contains(&value.statistic) {
        true => "leave one cluster out",
        false => "CV3, t",
    };
    value.term(term).method(method)
}

/// The coefficients without one cluster.
fn refit(fitted: &Fitted, cells: &[Cell]) -> Vec<Coefficient> {
    let columns: Vec<&[f64]> = fitted.design().columns.iter().map(Vec::as_slice).collect();
    let left = fitted.patterns().without(cells);
    Fit::near(&columns, &left, fitted.fit()).coefficients
}

/// A term's coefficient without each cluster; why not, where one of those fits has none.
fn of_term(without: &[Vec<Coefficient>], column: usize, term: &str) -> Result<Vec<f64>, Condition> {
    without
        .iter()
        .map(|coefficients| match coefficients[column] {
            Coefficient::Estimated(coefficient) => Ok(coefficient),
            Coefficient::Aliased => Err(Condition::new("aliased_without_a_cluster", term)),
            Coefficient::Diverging => Err(Condition::new("separation_without_a_cluster", term)),
        })
        .collect()
}

fn report(estimate: f64, coefficients: &[f64], level: f64) -> Vec<Value> {
    let clusters = coefficients.len() as f64;
    let squares: f64 = coefficients.iter().map(|b| (b - estimate) * (b - estimate)).sum();
    let error = ((clusters - 1.0) / clusters * squares).sqrt();
    let range = [
        coefficients.iter().copied().fold(f64::INFINITY, f64::min),
        coefficients.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    ];
    let (jackknife, ends) = TERM.split_at(7);
    let mut values = match Wald::exists(error) {
        false => absent(jackknife, Some(Condition::new("zero_variance", ""))),
        true => {
            let wald = Wald::student(estimate, error, clusters - 1.0, level);
            let values = [
                wald.std_error,
                wald.statistic,
                wald.p_value,
                wald.low,
                wald.high,
                wald.low.exp(),
                wald.high.exp(),
            ];
            jackknife
                .iter()
                .copied()
                .zip(values)
                .map(|(statistic, value)| bounded(statistic, value))
                .collect()
        }
    };
    values.extend(ends.iter().copied().zip(range).map(|(statistic, value)| Value::new(statistic, value)));
    values
}

/// How well each cluster is predicted by the fit without it.
fn predicted(fitted: &Fitted, without: &[Vec<Coefficient>], options: &Options) -> Vec<Value> {
    let (score, outcomes) = match out_of_cluster(fitted, without) {
        Ok(found) => found,
        Err(reason) => return unpredicted(&reason),
    };
    let Calibration { intercept, slope } = calibration(&score, &outcomes);
    let probabilities: Vec<f64> = score.iter().map(|&eta| logistic(eta)).collect();
    let calibrated = |statistic, value: Option<f64>| match value {
        Some(value) => Value::new(statistic, value),
        None => Value::absent(statistic, Condition::new("not_converged", "calibration")),
    };
    [
        Value::new(&LOCO_AUC, Auc::of(&score, &outcomes).area),
        Value::new(&LOCO_BRIER, brier(&probabilities, &outcomes)),
        calibrated(&LOCO_CALIBRATION_SLOPE, slope),
        calibrated(&LOCO_CALIBRATION_INTERCEPT, intercept),
    ]
    .into_iter()
    .map(|value| value.method("leave one cluster out").conditions(cluster_conditions(fitted)))
    .chain(curve(&OF_UNSEEN, &score, &outcomes, None, options))
    .collect()
}

/// What there would be if clusters could be predicted.
fn unpredicted(reason: &Condition) -> Vec<Value> {
    let mut values = absent(WHOLE, Some(reason.clone()));
    values.extend(OF_UNSEEN.none(true, reason.clone()));
    values
}

/// The linear predictor of each cell by the fit without its cluster, and the cells as patterns. A fit in which a column that
/// the cluster shows has no coefficient cannot predict it.
fn out_of_cluster(fitted: &Fitted, without: &[Vec<Coefficient>]) -> Result<(Vec<f64>, Patterns), Condition> {
    let columns = &fitted.design().columns;
    let mut score = Vec::new();
    let mut outcomes =
        Patterns { rows: Vec::new(), trials: Vec::new(), events: Vec::new(), clusters: Vec::new() };
    for (cells, coefficients) in fitted.patterns().clusters.iter().zip(without) {
        let mut own = Vec::with_capacity(cells.len());
        for cell in cells {
            let mut eta = 0.0;
            for (index, (column, coefficient)) in columns.iter().zip(coefficients).enumerate() {
                let x = column[cell.pattern];
                eta += match coefficient {
                    Coefficient::Estimated(beta) => beta * x,
                    // Aliased in the whole as well: zero by convention, and no other cluster would tell.
                    Coefficient::Aliased
                        if x == 0.0 || fitted.fit().coefficients[index] == Coefficient::Aliased =>
                    {
                        0.0
                    }
                    Coefficient::Aliased => {
                        return Err(Condition::new("aliased_without_a_cluster", ""));
                    }
                    Coefficient::Diverging => {
                        return Err(Condition::new("separation_without_a_cluster", ""));
                    }
                };
            }
            own.push(Cell { pattern: score.len(), ..*cell });
            score.push(eta);
            outcomes.rows.push(fitted.patterns().rows[cell.pattern]);
            outcomes.trials.push(cell.trials);
            outcomes.events.push(cell.events);
        }
        outcomes.clusters.push(own);
    }
    Ok((score, outcomes))
}
