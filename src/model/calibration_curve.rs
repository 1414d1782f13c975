//! The calibration curve: of the people with a given predicted probability, how many have the outcome?
//!
//! The outcome's logit is fitted to the linear predictor and its square. The curve is what that fit gives at predicted probabilities of
//! 5, 10, … 95 per cent. If predictions are right, it is the diagonal. A curve says the same as a table of tenths, without cutting cases into
//! groups, and it reveals no counts: tenths of a few hundred cases would hold counts that identify people. It can show a single bend only.
//!
//! On the cases that the fit was made of, slope and intercept are 1 and 0 before the square is added (the score equations say so), so only the
//! bend is informative. On clusters that the fit has not seen, everything is informative. But leaving clusters out makes predictions worse than
//! those of the whole fit, so the curve of unseen clusters is somewhat pessimistic, as all cross-validation is. Predictions are taken as given:
//! the interval is of the curve at one point, not of the coefficients, and for the fit's own cases it is wider than necessary.
//!
//! Assumes what the interval's covariance matrix assumes. Not for predictions outside the range that is drawn, nor under separation. Sources:
//! Cox 1958, Pregibon 1980 (the square is that of his link test), Van Calster et al. 2019 (below). Checked against `glm` with the
//! predictor and its square, `predict`, and clubSandwich for CR2.

use crate::estimate::{Condition, Statistic, Statistics, Value};

use super::calibration::differ;
use super::data::{Covariate, CovariateValues, ModelData};
use super::delta::{Covariances, Measure, Spread, logit_limits};
use super::fitted::Fitted;
use super::patterns::{Patterns, TIE};
use super::standardisation::{Average, at_row};
use super::{Options, Procedure, inference};

const CALSTER: &str = "Van Calster, B., McLernon, D. J., van Smeden, M., Wynants, L. & Steyerberg, E. W. (2019). Calibration: the Achilles heel \
     of predictive analytics. BMC Medicine 17, 230; with the square of Pregibon, D. (1980). Goodness of link tests for generalized \
     linear models. Applied Statistics 29, 15–24";
const MODEL_LIMIT: &str =
    "Van Calster et al. (2019), Pregibon (1980); delta method on the logit of the share, model-based";
const CR2_LIMIT: &str = "Van Calster et al. (2019), Pregibon (1980); delta method with the CR2 covariance matrix, on the logit of the share, \
     Student's t with Satterthwaite's degrees of freedom of the gradient (Pustejovsky & Tipton 2018)";

pub static CALIBRATED: Statistic = inference(
    "calibrated",
    "Share with the outcome where the fit predicts the probability that the term says: its logit is a parabola of the linear predictor.",
    CALSTER,
);
pub static CALIBRATED_LOW: Statistic =
    inference("calibrated_low", "Lower limit of the calibrated share, model-based.", MODEL_LIMIT);
pub static CALIBRATED_HIGH: Statistic =
    inference("calibrated_high", "Upper limit of the calibrated share, model-based.", MODEL_LIMIT);
pub static CALIBRATED_CR2_LOW: Statistic =
    inference("calibrated_cr2_low", "Lower limit of the calibrated share, CR2.", CR2_LIMIT);
pub static CALIBRATED_CR2_HIGH: Statistic =
    inference("calibrated_cr2_high", "Upper limit of the calibrated share, CR2.", CR2_LIMIT);
pub static LOCO_CALIBRATED: Statistic = inference(
    "loco_calibrated",
    "The calibrated share where each cluster is predicted by the fit without it.",
    CALSTER,
);
pub static LOCO_CALIBRATED_CR2_LOW: Statistic =
    inference("loco_calibrated_cr2_low", "Lower limit of loco_calibrated, CR2.", CR2_LIMIT);
pub static LOCO_CALIBRATED_CR2_HIGH: Statistic =
    inference("loco_calibrated_cr2_high", "Upper limit of loco_calibrated, CR2.", CR2_LIMIT);

const STATISTICS: Statistics =
    &[&CALIBRATED, &CALIBRATED_LOW, &CALIBRATED_HIGH, &CALIBRATED_CR2_LOW, &CALIBRATED_CR2_HIGH];

/// The curve of the cases that the fit was made of; where there are clusters, [`super::leave_one_out`] has that of unseen ones.
pub const PROCEDURE: Procedure = Procedure { id: "calibration_curve", statistics: STATISTICS, compute };

const OWN: Measure = Measure {
    average: &CALIBRATED,
    errors: [&[&CALIBRATED_LOW, &CALIBRATED_HIGH], &[], &[&CALIBRATED_CR2_LOW, &CALIBRATED_CR2_HIGH]],
    numbers,
};

/// The curve of predictions for clusters that the fit has not seen.
pub const OF_UNSEEN: Measure = Measure {
    average: &LOCO_CALIBRATED,
    errors: [&[], &[], &[&LOCO_CALIBRATED_CR2_LOW, &LOCO_CALIBRATED_CR2_HIGH]],
    numbers,
};

/// Predicted probabilities that the curve is reported at are multiples of one over this.
const STEPS: u32 = 20;
/// A curve reaches as far as so many cases, and this share of them, are predicted to lie beyond.
const BEYOND: (f64, f64) = (10.0, 0.05);

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    curve(&OWN, &fitted.fit().linear_predictor, fitted.patterns(), fitted.hopeless(), options)
        .into_iter()
        .map(|value| value.conditions(fitted.general_conditions()))
        .collect()
}

/// The curve of predictions with the linear predictor `score`, one a pattern of `outcomes`; absent for `hindrance`, where there is one.
pub fn curve(
    measure: &Measure,
    score: &[f64],
    outcomes: &Patterns,
    hindrance: Option<Condition>,
    options: &Options,
) -> Vec<Value> {
    let clustered = !outcomes.clusters.is_empty();
    let none = |code: &str| measure.none(clustered, Condition::new(code, ""));
    let points = points(score, outcomes);
    let hindrance = hindrance.or_else(|| {
        let code = match () {
            () if score.iter().any(|eta| !eta.is_finite()) => "separation",
            () if !differ(score) => "no_effect",
            () if points.is_empty() => "narrow_predictions",
            () => return None,
        };
        Some(Condition::new(code, ""))
    });
    if let Some(hindrance) = hindrance {
        return measure.none(clustered, hindrance);
    }
    let Some(bent) = recalibrated(score, outcomes) else {
        return none("not_estimated");
    };
    if bent.fit().finite.is_some() {
        return none("separation");
    }
    // Of two predictions there is no bend, and what lies between them is predicted for nobody.
    if bent.rank() < 3 {
        return none("narrow_predictions");
    }
    let Some(covariances) = Covariances::of(&bent) else {
        return none("singular");
    };
    let at = |&step: &u32| {
        let eta = logit(step);
        let share = at_row(&bent, &[1.0, eta, eta * eta]);
        let values = measure.report(&bent, &share, &covariances, None, options);
        values.into_iter().map(move |value| value.term(format!("{:.2}", f64::from(step) / f64::from(STEPS))))
    };
    points.iter().flat_map(at).collect()
}

/// The fit of the outcome to the linear predictor and its square.
fn recalibrated(score: &[f64], outcomes: &Patterns) -> Option<Fitted> {
    let mut rows: Vec<(f64, f64, f64, u32)> = Vec::new();
    let mut push = |score: f64, trials: f64, events: f64, cluster: usize| {
        for (outcome, cases) in [(1.0, events), (0.0, trials - events)] {
            if cases > 0.0 {
                rows.push((score, outcome, cases, cluster as u32));
            }
        }
    };
    if outcomes.clusters.is_empty() {
        for (pattern, &score) in score.iter().enumerate() {
            push(score, outcomes.trials[pattern], outcomes.events[pattern], 0);
        }
    }
    for (cluster, cells) in outcomes.clusters.iter().enumerate() {
        cells.iter().for_each(|cell| push(score[cell.pattern], cell.trials, cell.events, cluster));
    }
    let column = |of: fn(&(f64, f64, f64, u32)) -> f64| rows.iter().map(of).collect::<Vec<f64>>();
    let covariate =
        |name: &str, values| Covariate { name: name.into(), values: CovariateValues::Numeric(values) };
    let covariates =
        vec![covariate("score", column(|row| row.0)), covariate("square", column(|row| row.0 * row.0))];
    let cluster = (!outcomes.clusters.is_empty()).then(|| rows.iter().map(|row| row.3).collect());
    let data = ModelData::new(column(|row| row.1), column(|row| row.2), cluster, covariates).ok()?;
    Some(Fitted::of(&data))
}

/// The points at which the curve is reported: not beyond the predictions, and not at those of a few cases.
fn points(score: &[f64], outcomes: &Patterns) -> Vec<u32> {
    let beyond = BEYOND.0.max(BEYOND.1 * outcomes.total());
    let cases = |is_beyond: &dyn Fn(f64) -> bool| -> f64 {
        score.iter().zip(&outcomes.trials).filter(|(eta, _)| is_beyond(**eta)).map(|(_, trials)| trials).sum()
    };
    let reached = |step: &u32| {
        let eta = logit(*step);
        let tie = TIE * eta.abs().max(1.0);
        cases(&|score| score <= eta + tie) >= beyond && cases(&|score| score >= eta - tie) >= beyond
    };
    (1..STEPS).filter(reached).collect()
}

/// log(p / (1 − p)) of p = step / [`STEPS`].
fn logit(step: u32) -> f64 {
    (f64::from(step) / f64::from(STEPS - step)).ln()
}

fn numbers(share: &Average, spread: Spread, options: &Options) -> Vec<f64> {
    logit_limits(share.value, spread, options).to_vec()
}
