//! The data of a model: complete cases as frequency-weighted covariate patterns.

use crate::estimate::Term;
use std::collections::BTreeSet;

use thiserror::Error;

/// Complete cases, one row a pattern of outcome, covariates and (where there is one) cluster, with its frequency.
///
/// How the cases are grouped into rows and in which order the rows come changes no result.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelData {
    outcome: Vec<f64>,
    frequency: Vec<f64>,
    cluster: Option<Vec<u32>>,
    covariates: Vec<Covariate>,
}

/// A covariate of the model, by the name that its terms carry.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariate {
    /// The variable's name.
    pub name: String,
    /// Its value in each row.
    pub values: CovariateValues,
}

/// The values of a covariate, one a row.
#[derive(Debug, Clone, PartialEq)]
pub enum CovariateValues {
    /// Enters the linear predictor as it stands.
    Numeric(Vec<f64>),
    /// Enters by treatment contrasts: one column for each level but the reference.
    Factor {
        /// Index into `levels`, one a row.
        codes: Vec<u32>,
        /// The codes as written in terms, `variable=code`.
        levels: Vec<String>,
        /// Index into `levels` of the level that the others are compared with.
        reference: u32,
    },
}

impl CovariateValues {
    fn len(&self) -> usize {
        match self {
            CovariateValues::Numeric(values) => values.len(),
            CovariateValues::Factor { codes, .. } => codes.len(),
        }
    }
}

/// Data that no model can be made of: a mistake of the caller, not a property of the respondents.
///
/// Names rows and columns, never a value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ModelDataError {
    /// A column is not as long as the outcome.
    #[error("`{column}` has {found} rows, the outcome has {expected}")]
    Length { column: String, found: usize, expected: usize },
    /// The outcome is neither 0 nor 1.
    #[error("row {row}: the outcome must be 0 or 1")]
    Outcome { row: usize },
    /// A frequency is not a positive, finite number.
    #[error("row {row}: the frequency must be positive and finite")]
    Frequency { row: usize },
    /// A weight is not a positive, finite number.
    #[error("row {row}: the weight must be positive and finite; leave out who has none")]
    Weight { row: usize },
    /// A numeric covariate is missing or infinite.
    #[error("row {row}: `{covariate}` must be finite; only complete cases can be modelled")]
    NotFinite { covariate: String, row: usize },
    /// A factor's code, or its reference, is not among its levels.
    #[error("`{covariate}`: a code, or the reference, is not among its levels")]
    Level { covariate: String },
    /// Two covariates, or two levels of one, bear the same name.
    #[error("`{name}` is given twice; each covariate and each level needs a name of its own")]
    Duplicate { name: String },
}

impl ModelData {
    /// Checks that the columns are of one length and hold what they may hold.
    ///
    /// `outcome` is 0 or 1, `frequency` positive, `cluster` any labels; all have as many entries as every covariate.
    ///
    /// # Errors
    /// [`ModelDataError`] at the first column or row that breaks a rule.
    pub fn new(
        outcome: Vec<f64>,
        frequency: Vec<f64>,
        cluster: Option<Vec<u32>>,
        covariates: Vec<Covariate>,
    ) -> Result<ModelData, ModelDataError> {
        let expected = outcome.len();
        let same_length = |column: &str, found: usize| match found == expected {
            true => Ok(()),
            false => Err(ModelDataError::Length { column: column.to_owned(), found, expected }),
        };
        same_length("frequency", frequency.len())?;
        if let Some(cluster) = &cluster {
            same_length("cluster", cluster.len())?;
        }
        for covariate in &covariates {
            same_length(&covariate.name, covariate.values.len())?;
        }
        if let Some(row) = outcome.iter().position(|&y| y != 0.0 && y != 1.0) {
            return Err(ModelDataError::Outcome { row });
        }
        if let Some(row) = frequency.iter().position(|&f| !(f > 0.0 && f.is_finite())) {
            return Err(ModelDataError::Frequency { row });
        }
        let mut names = BTreeSet::new();
        for covariate in &covariates {
            if !names.insert(covariate.name.as_str()) {
                return Err(ModelDataError::Duplicate { name: covariate.name.clone() });
            }
            check_values(covariate)?;
        }
        Ok(ModelData { outcome, frequency, cluster, covariates })
    }

    /// 0 or 1, one a row.
    pub fn outcome(&self) -> &[f64] {
        &self.outcome
    }

    /// How many cases a row stands for, one a row.
    pub fn frequency(&self) -> &[f64] {
        &self.frequency
    }

    /// The cluster, such as the service, that a row's cases belong to, one a row.
    pub fn cluster(&self) -> Option<&[u32]> {
        self.cluster.as_deref()
    }

    /// The same data with each row as a cluster of its own, in the order of the rows: tells which row shows which pattern.
    pub(super) fn each_row_alone(&self) -> ModelData {
        let rows = (0..self.outcome.len()).map(|row| row as u32).collect();
        ModelData { cluster: Some(rows), ..self.clone() }
    }

    /// The same data with each case of a row counting `weight` times, one a row.
    ///
    /// # Errors
    /// On another number of weights than of rows, and a weight that is not finite and above 0.
    pub(super) fn weighted(&self, weight: &[f64]) -> Result<ModelData, ModelDataError> {
        let (found, expected) = (weight.len(), self.outcome.len());
        if found != expected {
            return Err(ModelDataError::Length { column: "weight".to_owned(), found, expected });
        }
        if let Some(row) = weight.iter().position(|&weight| !(weight > 0.0 && weight.is_finite())) {
            return Err(ModelDataError::Weight { row });
        }
        let frequency =
            self.frequency.iter().zip(weight).map(|(frequency, weight)| frequency * weight).collect();
        Ok(ModelData { frequency, ..self.clone() })
    }

    /// The covariates in the order in which their terms are reported.
    pub fn covariates(&self) -> &[Covariate] {
        &self.covariates
    }
}

fn check_values(covariate: &Covariate) -> Result<(), ModelDataError> {
    match &covariate.values {
        CovariateValues::Numeric(values) => match values.iter().position(|x| !x.is_finite()) {
            Some(row) => Err(ModelDataError::NotFinite { covariate: covariate.name.clone(), row }),
            None => Ok(()),
        },
        CovariateValues::Factor { codes, levels, reference } => {
            if codes.iter().chain([reference]).any(|&code| code as usize >= levels.len()) {
                return Err(ModelDataError::Level { covariate: covariate.name.clone() });
            }
            let mut seen = BTreeSet::new();
            match levels.iter().find(|level| !seen.insert(level.as_str())) {
                Some(level) => {
                    Err(ModelDataError::Duplicate { name: Term::level(&covariate.name, level).into() })
                }
                None => Ok(()),
            }
        }
    }
}
