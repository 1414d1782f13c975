//! Compares published figures with computed ones, and gives each a verdict.

use std::collections::HashMap;
use std::sync::Arc;

use super::claim::Fit;
use super::ledger::{Against, Expression, Figure, Ledger};
use crate::disclosure::{Cleared, Shown};
use crate::table::Amount;

/// A figure with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged<'l> {
    pub figure: &'l Figure,
    /// The computed number in the unit of `estimates`: a share is 0 to 1; with the estimates that it is worked out of.
    pub computed: Option<Amount>,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Equal at the published rounding.
    Reproduced,
    /// Within what the word before it and the rounding allow.
    Compatible,
    Contradicted,
    NotTestable(Why),
}

/// Why a figure is not held against a computed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The ledger says so: a key of its reasons.
    Declared(String),
    /// The publication does not define the figure, and the definition that was tried gives another number.
    Definition,
    /// The computed number is confidential.
    Suppressed,
    /// The statistic does not exist on these data.
    Absent,
    /// The evaluation has no number of this id.
    NotComputed(String),
}

impl Verdict {
    /// The name in `published.csv`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Verdict::Reproduced => "reproduced",
            Verdict::Compatible => "compatible",
            Verdict::Contradicted => "contradicted",
            Verdict::NotTestable(_) => "not_testable",
        }
    }
}

/// Holds every figure against the cleared estimates, in the ledger's order.
pub fn judge<'l>(ledger: &'l Ledger, cleared: &[Cleared]) -> Vec<Judged<'l>> {
    let by_id: HashMap<&str, &Cleared> = cleared.iter().map(|one| (&**one.id(), one)).collect();
    let judged = ledger.figures.iter().map(|figure| match &figure.against {
        Against::Nothing(reason) => {
            Judged { figure, computed: None, verdict: Verdict::NotTestable(Why::Declared(reason.clone())) }
        }
        Against::Computed(expression) => match evaluate(expression, &by_id) {
            Err(why) => Judged { figure, computed: None, verdict: Verdict::NotTestable(why) },
            Ok(computed) => {
                let verdict = match figure.claim.fit(figure.unit.of(computed)) {
                    Fit::Reproduced => Verdict::Reproduced,
                    Fit::Compatible => Verdict::Compatible,
                    Fit::Contradicted if figure.definition_unknown => Verdict::NotTestable(Why::Definition),
                    Fit::Contradicted => Verdict::Contradicted,
                };
                let of = expression.ids().into_iter().map(Arc::from).collect();
                Judged { figure, computed: Some(Amount { value: computed, of }), verdict }
            }
        },
    });
    judged.collect()
}

fn evaluate(expression: &Expression, by_id: &HashMap<&str, &Cleared>) -> Result<f64, Why> {
    let pair = |pair: &[Expression; 2]| Ok((evaluate(&pair[0], by_id)?, evaluate(&pair[1], by_id)?));
    let value = match expression {
        Expression::Estimate(id) => match by_id.get(id.as_str()).map(|one| one.shown()) {
            None => return Err(Why::NotComputed(id.clone())),
            Some(Shown::Suppressed) => return Err(Why::Suppressed),
            Some(Shown::Absent) => return Err(Why::Absent),
            Some(Shown::Value(value)) => value,
        },
        Expression::Sum(parts) => parts.iter().map(|part| evaluate(part, by_id)).sum::<Result<f64, Why>>()?,
        Expression::Difference(operands) => {
            let (first, second) = pair(operands)?;
            first - second
        }
        Expression::Ratio(operands) => {
            let (first, second) = pair(operands)?;
            first / second
        }
        Expression::Complement(share) => 1.0 - evaluate(share, by_id)?,
    };
    match value.is_finite() {
        true => Ok(value),
        false => Err(Why::Absent),
    }
}
