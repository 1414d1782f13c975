//! Questions as people write them, but for those of judged change.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::dictionary::Text;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttritionWritten {
    pub label: Option<Text>,
    #[schemars(with = "String")]
    pub cohort: Spanned<String>,
    /// The wave at which someone was followed up or lost.
    #[schemars(with = "String")]
    pub wave: Spanned<String>,
    /// Columns known before that wave: the followed and the lost are compared on them, and the weights made of them.
    #[schemars(with = "Vec<String>")]
    pub terms: Vec<Spanned<String>>,
    /// The reference code of coded terms; their first code if left out.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, i64>")]
    pub reference: IndexMap<Spanned<String>, Spanned<i64>>,
    /// The quantiles of the weights beyond which a weight is set to the quantile; [0.01, 0.99] if left out.
    #[schemars(with = "Option<[f64; 2]>")]
    pub truncate: Option<Spanned<[f64; 2]>>,
    /// Confidence level; 0.95 if left out.
    #[schemars(with = "Option<f64>")]
    pub level: Option<Spanned<f64>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DescribeWritten {
    pub label: Option<Text>,
    #[schemars(with = "String")]
    pub cohort: Spanned<String>,
    /// Columns: `item@wave`, or `item` for what has no wave.
    #[schemars(with = "Vec<String>")]
    pub variables: Vec<Spanned<String>>,
    /// Variables whose groups are shown beside everyone.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub by: Vec<Spanned<String>>,
    /// Also counts who has both of each pair of binary variables.
    #[serde(default)]
    pub overlap: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrajectoryWritten {
    pub label: Option<Text>,
    #[schemars(with = "String")]
    pub cohort: Spanned<String>,
    /// Items or derived variables, without waves: numbers and graded answers give means, binary ones shares.
    #[schemars(with = "Vec<String>")]
    pub variables: Vec<Spanned<String>>,
    /// Waves in order; every wave of the cohort if left out.
    #[schemars(with = "Option<Vec<String>>")]
    pub waves: Option<Spanned<Vec<Spanned<String>>>>,
    /// Variables whose groups are shown beside everyone.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub by: Vec<Spanned<String>>,
    /// Also gives, of those at each answer of a coded variable, how many are at each answer at the next wave. It makes more
    /// counts confidential: those who answered at one of the two waves only must not be found.
    #[serde(default)]
    pub flow: bool,
    /// Lets in only those with an answer at all of the waves, so that the waves have the same persons.
    #[serde(default)]
    pub complete: bool,
    /// Confidence level; 0.95 if left out.
    #[schemars(with = "Option<f64>")]
    pub level: Option<Spanned<f64>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FamilyWritten {
    pub label: Option<Text>,
    /// Change analyses of one cohort: `change.health`. Each of their comparisons is a test.
    #[schemars(with = "Vec<String>")]
    pub of: Spanned<Vec<Spanned<String>>>,
    /// Whether the comparisons within groups are tests of the family as well.
    #[serde(default)]
    pub groups: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeWritten {
    pub label: Option<Text>,
    #[schemars(with = "String")]
    pub cohort: Spanned<String>,
    /// Items or derived variables, without waves; the analysis's own name if left out.
    #[schemars(with = "Option<Vec<String>>")]
    pub variables: Option<Vec<Spanned<String>>>,
    #[schemars(with = "String")]
    pub from: Spanned<String>,
    /// A later wave, or `*` for every later wave.
    #[schemars(with = "String")]
    pub to: Spanned<String>,
    /// Compares each wave with the next one on the way from `from` to `to` (`*`: the last wave), instead of with `from`.
    #[serde(default)]
    pub steps: bool,
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub by: Vec<Spanned<String>>,
    /// Confidence level; 0.95 if left out.
    #[schemars(with = "Option<f64>")]
    pub level: Option<Spanned<f64>>,
    /// Also gives, of what R, SPSS and Stata compute differently, what each of them has.
    #[serde(default)]
    pub conventions: bool,
    /// An `[attrition.…]` of the same cohort: change to its wave is also given weighted for loss.
    #[schemars(with = "Option<String>")]
    pub weights: Option<Spanned<String>>,
    /// Read so that it can be answered: models have it, change does not.
    #[schemars(skip)]
    pub cluster: Option<Spanned<String>>,
}

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
