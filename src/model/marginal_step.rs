//! The average marginal effect of so many units more of a number: of ten years rather than one.
//!
//! The unit that a number is written in is often too small to picture. The mean derivative is taken as many times as there are units,
//! and so are its limits: CR2's where the data name clusters, else the model's own. Not for so many units that the probability bends on
//! the way: the difference between the mean probabilities at two values is another number then. Source: Bartus 2005, as for one unit.
//! Checked against the same multiples in R.

use super::inference;
use super::marginal_effects::{
    AME, AME_CONF_HIGH, AME_CONF_LOW, AME_CR2_CONF_HIGH, AME_CR2_CONF_LOW, BARTUS,
};
use crate::estimate::{Statistic, Statistics, Value};

pub static AME_STEP: Statistic = inference(
    "ame_step",
    "Average marginal effect of so many units more of a number as its declared range has at least four of.",
    BARTUS,
);
pub static AME_STEP_LOW: Statistic = inference(
    "ame_step_low",
    "Lower limit of ame_step: as many times that of ame, CR2's where there are clusters.",
    BARTUS,
);
pub static AME_STEP_HIGH: Statistic = inference(
    "ame_step_high",
    "Upper limit of ame_step: as many times that of ame, CR2's where there are clusters.",
    BARTUS,
);

/// The effect and its limits.
pub(super) const STATISTICS: Statistics = &[&AME_STEP, &AME_STEP_LOW, &AME_STEP_HIGH];

/// The effect of `step` units more, of `rows` about one unit more; what these lack it lacks for the same reason.
pub(super) fn of(rows: &[Value], step: f64, is_clustered: bool) -> Vec<Value> {
    let sources = match is_clustered {
        true => [&AME, &AME_CR2_CONF_LOW, &AME_CR2_CONF_HIGH],
        false => [&AME, &AME_CONF_LOW, &AME_CONF_HIGH],
    };
    let of = |(statistic, source): (&&'static Statistic, &'static Statistic)| {
        let row = rows.iter().find(|row| row.statistic == source)?;
        Some(Value { statistic, value: row.value.map(|value| step * value), ..row.clone() })
    };
    STATISTICS.iter().zip(sources).filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Condition;

    #[test]
    fn ten_years_make_ten_times_the_difference_of_one_with_the_limits_of_clusters() {
        let rows = [
            Value::new(&AME, 0.012),
            Value::new(&AME_CONF_LOW, 0.008),
            Value::new(&AME_CONF_HIGH, 0.016),
            Value::new(&AME_CR2_CONF_LOW, 0.004),
            Value::absent(&AME_CR2_CONF_HIGH, Condition::new("infinite", "")),
        ];
        let numbers = |is_clustered| -> Vec<Option<f64>> {
            of(&rows, 10.0, is_clustered).iter().map(|value| value.value).collect()
        };
        assert_eq!(numbers(false), [Some(0.12), Some(0.08), Some(0.16)]);
        assert_eq!(numbers(true), [Some(0.12), Some(0.04), None]);
        let made = of(&rows, 10.0, true);
        assert_eq!(made.iter().map(|value| value.statistic).collect::<Vec<_>>(), STATISTICS);
        assert_eq!(made[2].conditions, [Condition::new("infinite", "")]);
    }
}
