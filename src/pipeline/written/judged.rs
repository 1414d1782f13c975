//! Change that was judged, as people write it: rated change and goals.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::dictionary::Text;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementWritten {
    pub label: Option<Text>,
    #[schemars(with = "String")]
    pub cohort: Spanned<String>,
    /// The item or derived variable that is differenced, without a wave; the analysis's own name if left out.
    #[schemars(with = "Option<String>")]
    pub of: Option<Spanned<String>>,
    #[schemars(with = "String")]
    pub from: Spanned<String>,
    /// A later wave.
    #[schemars(with = "String")]
    pub to: Spanned<String>,
    /// The column by which change was rated at the later wave: `change_mental_health@w2`.
    #[schemars(with = "String")]
    pub rated: Spanned<String>,
    /// The codes of the rating that say better; each code stands in one of the three lists.
    #[schemars(with = "Vec<i64>")]
    pub better: Vec<Spanned<i64>>,
    /// The codes that say unchanged.
    #[schemars(with = "Vec<i64>")]
    pub unchanged: Vec<Spanned<i64>>,
    /// The codes that say worse.
    #[schemars(with = "Vec<i64>")]
    pub worse: Vec<Spanned<i64>>,
    /// Confidence level; 0.95 if left out.
    #[schemars(with = "Option<f64>")]
    pub level: Option<Spanned<f64>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalsWritten {
    pub label: Option<Text>,
    #[schemars(with = "String")]
    pub cohort: Spanned<String>,
    /// The columns in which attainment was rated, a goal each; missing for those who do not have the goal.
    #[schemars(with = "Vec<String>")]
    pub goals: Vec<Spanned<String>>,
    /// Each code of the ratings → the level that it is read as, -2 (much less than expected) to 2; 0 is as expected.
    #[schemars(with = "IndexMap<String, i64>")]
    pub levels: IndexMap<Spanned<String>, Spanned<i64>>,
    /// What each goal weighs in a person's score, in the goals' order; all alike if left out.
    #[schemars(with = "Option<Vec<f64>>")]
    pub weights: Option<Spanned<Vec<f64>>>,
    /// The correlation between a person's ratings; 0.3 if left out.
    #[schemars(with = "Option<f64>")]
    pub rho: Option<Spanned<f64>>,
    /// Confidence level; 0.95 if left out.
    #[schemars(with = "Option<f64>")]
    pub level: Option<Spanned<f64>>,
}
