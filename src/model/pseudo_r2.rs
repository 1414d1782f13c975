//! Pseudo-R²: what the covariates explain, on four scales.
//!
//! Assumes independent cases, and the model's own cases: all four are of the data that the model was fitted to. New cases would be predicted
//! worse, more so with many terms. Not for reading as a share of variance, which none of them is (Nagelkerke's is Cox and Snell's divided by the
//! largest value that it could take). Not for comparing studies: they depend on how common the outcome is. Tjur's is a difference of mean
//! probabilities, and the easiest to explain. Sources: McFadden 1974, Cox & Snell 1989, Nagelkerke 1991, Tjur 2009 (below). Checked against
//! the definitions with R's `logLik` and `fitted`.

use crate::estimate::{Statistic, Statistics, Value};

use super::fitted::Fitted;
use super::{Options, Procedure, inference};

pub static MCFADDEN: Statistic = inference(
    "mcfadden",
    "McFadden's R²: 1 − log-likelihood / null log-likelihood.",
    "McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior. In Frontiers in Econometrics, 105–142",
);
pub static COX_SNELL: Statistic = inference(
    "cox_snell",
    "Cox and Snell's R²: 1 − exp(−(null deviance − deviance) / n).",
    "Cox, D. R. & Snell, E. J. (1989). Analysis of Binary Data, 2nd ed. Chapman & Hall",
);
pub static NAGELKERKE: Statistic = inference(
    "nagelkerke",
    "Nagelkerke's R²: Cox and Snell's over the largest value it could take.",
    "Nagelkerke, N. J. D. (1991). A note on a general definition of the coefficient of determination. Biometrika 78, 691–692",
);
pub static TJUR: Statistic = inference(
    "tjur",
    "Tjur's coefficient of discrimination: mean fitted probability with outcome 1 less that with outcome 0.",
    "Tjur, T. (2009). Coefficients of determination in logistic regression models. American Statistician 63, 366–372",
);

const STATISTICS: Statistics = &[&MCFADDEN, &COX_SNELL, &NAGELKERKE, &TJUR];

/// Four pseudo-R².
pub const PROCEDURE: Procedure = Procedure { id: "pseudo_r2", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, _: &Options) -> Vec<Value> {
    let n = fitted.n_obs();
    let (deviance, null_deviance) = (fitted.deviance(), fitted.null_deviance());
    let cox_snell = -((deviance - null_deviance) / n).exp_m1();
    let largest = -(-null_deviance / n).exp_m1();
    vec![
        fitted.whole(&MCFADDEN, 1.0 - deviance / null_deviance),
        fitted.whole(&COX_SNELL, cox_snell),
        fitted.whole(&NAGELKERKE, cox_snell / largest),
        fitted.whole(&TJUR, tjur(fitted)),
    ]
}

fn tjur(fitted: &Fitted) -> f64 {
    let patterns = fitted.patterns();
    let fitted_values = fitted.fitted_values();
    let mean = |counts: &mut dyn Iterator<Item = f64>| {
        let (sum, weight) = counts
            .zip(&fitted_values)
            .fold((0.0, 0.0), |(sum, weight), (count, p)| (sum + count * p, weight + count));
        sum / weight
    };
    let events = mean(&mut patterns.events.iter().copied());
    let others =
        mean(&mut patterns.trials.iter().zip(&patterns.events).map(|(trials, events)| trials - events));
    events - others
}
