//! The fitted probability of each row.

use crate::estimate::Condition;

use super::data::ModelData;
use super::fitted::Fitted;

/// The fitted probability of outcome 1, one a row of `data`, and the conditions that concern every number made of them.
///
/// Under separation the probabilities are the limits, 0 or 1 where a row is fitted perfectly.
///
/// # Errors
/// The condition by which there is no fit: `no_cases`, `constant_outcome` or `not_converged`.
pub fn fitted_probabilities(data: &ModelData) -> Result<(Vec<f64>, Vec<Condition>), Condition> {
    let fitted = Fitted::of(&data.each_row_alone());
    if let Some(reason) = fitted.hopeless() {
        return Err(reason);
    }
    if !fitted.convergence().converged {
        return Err(Condition::new("not_converged", ""));
    }
    let of_pattern = fitted.fitted_values();
    // Clusters stand in the order of their labels, which are the rows; each holds the one pattern that its row shows.
    let of_row = |cluster: &Vec<super::Cell>| cluster.iter().map(|cell| of_pattern[cell.pattern]).sum();
    Ok((fitted.patterns().clusters.iter().map(of_row).collect(), fitted.general_conditions()))
}
