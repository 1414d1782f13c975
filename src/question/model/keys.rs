//! Keys of regressions, and their resolution.

use std::sync::Arc;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::Model;
use crate::convention::Convention;
use crate::dictionary::{ItemType, Text};
use crate::model::Method;
use crate::names::{Names, Scope};
use crate::plan::{Cluster, CohortUnit, Column, Origin};
use crate::question::attrition::{Weights, weights};
use crate::question::{Keys, Question, Within};
use crate::written::Mistake;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelWritten {
    pub label: Option<Text>,
    #[schemars(with = "String")]
    pub cohort: Spanned<String>,
    /// A binary column; its second code is the event.
    #[schemars(with = "String")]
    pub outcome: Spanned<String>,
    #[schemars(with = "Vec<String>")]
    pub terms: Vec<Spanned<String>>,
    /// The reference code of coded terms; their first code if left out.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, i64>")]
    pub reference: IndexMap<Spanned<String>, Spanned<i64>>,
    /// A column, or `respondent`: rows within it are not independent.
    #[schemars(with = "Option<String>")]
    pub cluster: Option<Spanned<String>>,
    /// SQL condition over the cohort's columns.
    #[schemars(with = "Option<String>")]
    pub only: Option<Spanned<String>>,
    #[schemars(with = "Option<f64>")]
    pub level: Option<Spanned<f64>>,
    /// `auto` if left out: Firth's penalised likelihood beside maximum likelihood where separation or few events call for it;
    /// `maximum_likelihood`: never, `firth`: always.
    #[schemars(with = "Option<String>")]
    pub method: Option<Spanned<String>>,
    /// The fitted probability from which on the classification table takes a case for one with the outcome; 0.5 if left out.
    #[schemars(with = "Option<f64>")]
    pub cut: Option<Spanned<f64>>,
    /// Also gives, of what R, SPSS and Stata compute differently, what each of them has.
    #[serde(default)]
    pub conventions: bool,
    /// Also fits a ridge regression for prediction, its strength chosen by cross-validation.
    pub prediction: Option<PredictionWritten>,
    /// An `[attrition.…]` of the same cohort, of the outcome's wave: the model is also fitted weighted for loss.
    #[schemars(with = "Option<String>")]
    pub weights: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PredictionWritten {
    /// Folds of the cross-validation.
    #[schemars(with = "usize")]
    pub folds: Spanned<usize>,
}

impl Keys for ModelWritten {
    fn question(&self, _id: &str, within: &Within<'_>) -> Result<(usize, Arc<dyn Question>), Mistake> {
        let (place, _, scope) = within.cohort(&self.cohort)?;
        let mut question = model(within.names, &scope, self, within.convention)?;
        if let Some(name) = &self.weights {
            let weights = weights(within, place, name)?;
            weigh_outcome(within.names, &weights, name, &question.outcome)?;
            question.weights = Some(weights);
        }
        Ok((place, Arc::new(question)))
    }
}

fn model(
    names: &Names<'_>,
    scope: &Scope<'_>,
    written: &ModelWritten,
    convention: Convention,
) -> Result<Model, Mistake> {
    let outcome = names.column(scope, &written.outcome)?;
    if outcome.item.kind != ItemType::Binary {
        return Err(names
            .source
            .mistake(
                written.outcome.span(),
                format!(
                    "the outcome `{}` is not binary: a model is a logistic regression, and there is no linear one",
                    outcome.name
                ),
            )
            .help(format!(
                "derive one: [variable.satisfied] sql = \"U39 <= 2\"; means before and after are compared by [change.…] variables = [\"{}\"]",
                outcome.item.name
            )));
    }
    let terms = names.terms(scope, &written.terms, &written.reference, Some(&outcome))?;
    let cluster = match &written.cluster {
        None if scope.unit == CohortUnit::Assessment => {
            return Err(names
                .source
                .mistake(written.cohort.span(), "assessments of one person are not independent")
                .help("add cluster = \"respondent\""));
        }
        None => None,
        Some(name) if name.get_ref() == "respondent" => Some(Cluster::Respondent),
        Some(name) => {
            let column = names.column(scope, name)?;
            match column.origin {
                Origin::Wave => {
                    return Err(names
                        .source
                        .mistake(name.span(), "waves are not clusters")
                        .help("rows of one person: cluster = \"respondent\""));
                }
                _ => Some(Cluster::Column(column)),
            }
        }
    };
    let prediction_folds = match &written.prediction {
        Some(prediction) if *prediction.folds.get_ref() < 2 => {
            return Err(names
                .source
                .mistake(prediction.folds.span(), "cross-validation needs at least 2 folds")
                .help("folds = 10 is usual"));
        }
        Some(prediction) => Some(*prediction.folds.get_ref()),
        None => None,
    };
    let method = match &written.method {
        None => Method::Auto,
        Some(name) => {
            let known = Method::ALL.map(Method::as_str);
            Method::ALL[names.known("method", name.get_ref(), name.span(), known)?]
        }
    };
    let cut = match &written.cut {
        None => 0.5,
        Some(cut) if *cut.get_ref() > 0.0 && *cut.get_ref() < 1.0 => *cut.get_ref(),
        Some(cut) => {
            return Err(names
                .source
                .mistake(cut.span(), "the cut of a classification is a probability between 0 and 1")
                .help("cut = 0.5 is usual; with a rare outcome, the share that has it"));
        }
    };
    Ok(Model {
        outcome,
        terms,
        cluster,
        only: match &written.only {
            None => None,
            Some(sql) => Some(names.sql(scope, sql)?),
        },
        level: names.level(&written.level)?,
        convention,
        compare: written.conventions,
        method,
        cut,
        prediction_folds,
        weights: None,
    })
}

/// That a model's outcome is known of those with weights: at their wave, or over waves.
fn weigh_outcome(
    names: &Names<'_>,
    weights: &Weights,
    name: &Spanned<String>,
    outcome: &Column,
) -> Result<(), Mistake> {
    let wave = &weights.attrition.wave;
    let fits = match &outcome.wave {
        Some(at) => at == wave,
        None => outcome.origin == Origin::Respondent,
    };
    match fits {
        true => Ok(()),
        false => Err(names
            .source
            .mistake(
                name.span(),
                format!("`{}` is about `{wave}`, and the outcome is `{}`", weights.analysis, outcome.name),
            )
            .help(format!("an outcome at `{wave}`, or derived over waves, goes with these weights"))),
    }
}
