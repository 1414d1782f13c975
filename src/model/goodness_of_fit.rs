//! Size of the data, likelihood and information criteria.
//!
//! Assumes independent cases. The likelihood is that of their 0/1 outcomes one by one, so it does not depend on grouping. AIC and BIC compare
//! models of the same cases only, and only with each other. The deviance is no test of fit: for 0/1 outcomes it has no χ² distribution,
//! however many there are. Not for choosing terms and then reading their p-values as if the terms had been chosen beforehand. Ten events for
//! each parameter is a rule of thumb with little behind it (van Smeden et al. 2016, BMC Medical Research Methodology 16:163): below it, Firth's
//! estimates are given in addition, and nothing more. Sources: Nelder & Wedderburn 1972, Akaike 1974, Schwarz 1978, Peduzzi et al. 1996 (below).
//! Checked against R's `glm` with `logLik`, `AIC` and `BIC`.

use crate::estimate::{Condition, RestsOn, Reveals, Role, Statistic, Statistics, Value};

use super::fitted::Fitted;
use super::{Options, Procedure, inference, setting};

const LIKELIHOOD: &str = "Nelder, J. A. & Wedderburn, R. W. M. (1972). Generalized linear models. Journal of the Royal \
     Statistical Society A 135, 370–384; of individual 0/1 outcomes, so that it does not depend on grouping";

pub static N_OBS: Statistic = Statistic {
    name: "n_obs",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Base),
    about: "Complete cases in the model.",
    source: "count",
};
pub static N_EVENTS: Statistic = Statistic {
    name: "n_events",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Cases with outcome 1.",
    source: "count",
};
pub static N_PARAMETERS: Statistic = setting(
    "n_parameters",
    "Coefficients that are not aliased, with the intercept.",
    "rank of the design matrix",
);
pub static EVENTS_PER_PARAMETER: Statistic = Statistic {
    name: "events_per_parameter",
    reveals: Reveals::Share,
    rests_on: RestsOn::All,
    about: "The rarer outcome's cases for each coefficient besides the intercept; below 10 the estimates are biased away from zero.",
    source: "Peduzzi, P., Concato, J., Kemper, E., Holford, T. R. & Feinstein, A. R. (1996). A simulation study of the number \
             of events per variable in logistic regression analysis. Journal of Clinical Epidemiology 49, 1373–1379",
};
pub static ITERATIONS: Statistic =
    setting("iterations", "Newton steps that the fit took.", "iteratively reweighted least squares");
pub static LOG_LIKELIHOOD: Statistic =
    inference("log_likelihood", "Log-likelihood at the maximum.", LIKELIHOOD);
pub static NULL_LOG_LIKELIHOOD: Statistic =
    inference("null_log_likelihood", "Log-likelihood of the model with the intercept alone.", LIKELIHOOD);
pub static DEVIANCE: Statistic = inference("deviance", "−2 log-likelihood at the maximum.", LIKELIHOOD);
pub static NULL_DEVIANCE: Statistic =
    inference("null_deviance", "−2 log-likelihood of the model with the intercept alone.", LIKELIHOOD);
pub static DF_RESIDUAL: Statistic = Statistic {
    name: "df_residual",
    reveals: Reveals::Count,
    rests_on: RestsOn::count(Role::Margin),
    about: "Cases less coefficients.",
    source: "n_obs − n_parameters",
};
pub static AIC: Statistic = inference(
    "aic",
    "Akaike's information criterion: deviance + 2 · parameters.",
    "Akaike, H. (1974). A new look at the statistical model identification. IEEE Transactions on Automatic Control 19, 716–723",
);
pub static BIC: Statistic = inference(
    "bic",
    "Bayesian information criterion: deviance + log(cases) · parameters.",
    "Schwarz, G. (1978). Estimating the dimension of a model. Annals of Statistics 6, 461–464",
);

const STATISTICS: Statistics = &[
    &N_OBS,
    &N_EVENTS,
    &N_PARAMETERS,
    &EVENTS_PER_PARAMETER,
    &ITERATIONS,
    &LOG_LIKELIHOOD,
    &NULL_LOG_LIKELIHOOD,
    &DEVIANCE,
    &NULL_DEVIANCE,
    &DF_RESIDUAL,
    &AIC,
    &BIC,
];

/// Size of the data, likelihood and information criteria.
pub const PROCEDURE: Procedure = Procedure { id: "goodness_of_fit", statistics: STATISTICS, compute };

/// Events per parameter below which estimates are known to be biased (Peduzzi et al. 1996).
pub const FEW_EVENTS: f64 = 10.0;

fn compute(fitted: &Fitted, _: &Options) -> Vec<Value> {
    let (n, events) = (fitted.n_obs(), fitted.patterns().total_events());
    let parameters = fitted.rank() as f64;
    let (deviance, null_deviance) = (fitted.deviance(), fitted.null_deviance());
    vec![
        Value::new(&N_OBS, n),
        Value::new(&N_EVENTS, events),
        Value::new(&N_PARAMETERS, parameters),
        events_per_parameter(fitted),
        Value::new(&ITERATIONS, fitted.convergence().iterations as f64),
        fitted.whole(&LOG_LIKELIHOOD, -deviance / 2.0),
        fitted.whole(&NULL_LOG_LIKELIHOOD, -null_deviance / 2.0),
        fitted.whole(&DEVIANCE, deviance),
        fitted.whole(&NULL_DEVIANCE, null_deviance),
        fitted.whole(&DF_RESIDUAL, n - parameters),
        fitted.whole(&AIC, deviance + 2.0 * parameters),
        fitted.whole(&BIC, deviance + n.ln() * parameters),
    ]
}

/// The rarer outcome's cases for each coefficient besides the intercept; `None` where there is no such coefficient.
pub fn events_per_slope(fitted: &Fitted) -> Option<f64> {
    let (n, events) = (fitted.n_obs(), fitted.patterns().total_events());
    let slopes = fitted.rank() as f64 - 1.0;
    (slopes >= 1.0).then(|| events.min(n - events) / slopes)
}

fn events_per_parameter(fitted: &Fitted) -> Value {
    match (fitted.hopeless(), events_per_slope(fitted)) {
        (Some(reason), _) => Value::absent(&EVENTS_PER_PARAMETER, reason),
        (None, None) => Value::absent(&EVENTS_PER_PARAMETER, Condition::new("intercept_only", "")),
        (None, Some(ratio)) => {
            let few = (ratio < FEW_EVENTS).then(|| Condition::new("few_events", ""));
            Value::new(&EVENTS_PER_PARAMETER, ratio).conditions(few)
        }
    }
}
