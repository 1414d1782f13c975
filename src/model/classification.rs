//! The classification table: who would be classified as having the outcome, at a declared cut.
//!
//! SPSS prints it, and readers ask for it. It says less than the area under the curve, and depends on the cut. Assumes that the cut was
//! declared before the data were seen, and that both errors matter as the cut says (one half: equally). Not for rare outcomes at a cut of one
//! half: hardly anybody is classified as having the outcome, and nearly all cases are right. Not for new cases, which would do worse: the
//! table is of the data that the model was fitted to. Source: Yerushalmy 1947 (below). Checked against the table in R, from `glm`'s `fitted`.

use crate::convention::Convention;
use crate::estimate::{RestsOn, Reveals, Statistic, Statistics, Value};

use super::fitted::Fitted;
use super::patterns::TIE;
use super::{Options, Procedure, absent, setting};

const YERUSHALMY: &str = "Yerushalmy, J. (1947). Statistical problems in assessing methods of medical diagnosis, with special reference to \
     X-ray techniques. Public Health Reports 62, 1432–1449; a case is positive where its fitted probability is not below the cut";

const fn share(name: &'static str, about: &'static str) -> Statistic {
    Statistic { name, reveals: Reveals::Share, rests_on: RestsOn::All, about, source: YERUSHALMY }
}

pub static CLASSIFICATION_CUT: Statistic = setting(
    "classification_cut",
    "Fitted probability from which on a case is classified as having the outcome.",
    YERUSHALMY,
);
pub static SENSITIVITY: Statistic =
    share("sensitivity", "Share of the cases with outcome 1 that are classified as such.");
pub static SPECIFICITY: Statistic =
    share("specificity", "Share of the cases with outcome 0 that are classified as such.");
pub static CORRECTLY_CLASSIFIED: Statistic =
    share("correctly_classified", "Share of the cases that are classified as what they are.");
pub static NO_INFORMATION_RATE: Statistic = share(
    "no_information_rate",
    "Share of the cases with the more common outcome: how many would be classified as what they are by taking all for that.",
);

const STATISTICS: Statistics =
    &[&CLASSIFICATION_CUT, &SENSITIVITY, &SPECIFICITY, &CORRECTLY_CLASSIFIED, &NO_INFORMATION_RATE];

/// Sensitivity, specificity and correct classification at the cut of the options.
pub const PROCEDURE: Procedure = Procedure { id: "classification", statistics: STATISTICS, compute };

fn compute(fitted: &Fitted, options: &Options) -> Vec<Value> {
    if let Some(reason) = fitted.hopeless() {
        return absent(STATISTICS, Some(reason));
    }
    let cut = options.classification_cut;
    let limit = (cut / (1.0 - cut)).ln();
    let patterns = fitted.patterns();
    let (events, n) = (patterns.total_events(), patterns.total());
    let (mut hits, mut false_alarms) = (0.0, 0.0);
    for (pattern, &eta) in fitted.fit().linear_predictor.iter().enumerate() {
        // At the cut but for rounding is at the cut.
        let rounding = TIE * limit.abs().max(1.0);
        let positive = match options.convention {
            Convention::Spss => eta > limit + rounding,
            Convention::R | Convention::Stata => eta >= limit - rounding,
        };
        if positive {
            hits += patterns.events[pattern];
            false_alarms += patterns.trials[pattern] - patterns.events[pattern];
        }
    }
    let rejected = n - events - false_alarms;
    let common = events.max(n - events);
    let values = [cut, hits / events, rejected / (n - events), (hits + rejected) / n, common / n];
    let method = match options.convention {
        Convention::R => "R: at the cut is positive",
        Convention::Spss => "SPSS: at the cut is negative",
        Convention::Stata => "Stata: at the cut is positive",
    };
    STATISTICS
        .iter()
        .zip(values)
        .map(|(statistic, value)| Value::new(statistic, value).method(method))
        .collect()
}
