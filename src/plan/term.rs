//! What analyses of several kinds are about: a variable at two waves, the terms of a regression, clusters.

use serde::Serialize;

use super::Column;
use crate::estimate::Variable;

/// One variable at two waves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// `mental_health@w1>w2`: the key in `estimates`.
    pub variable: Variable,
    pub before: Column,
    pub after: Column,
}

/// A term of a regression.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Term {
    pub column: Column,
    /// The reference level of a coded variable.
    pub reference: Option<i64>,
}

/// What rows are clustered by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Cluster {
    Respondent,
    Column(Column),
}
