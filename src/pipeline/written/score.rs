//! Scores as people write them.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::dictionary::{Better, Reliability, Text};

/// A number made of several items of one form, such as the sum of a scale.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreWritten {
    /// The instrument whose items it is made from.
    #[schemars(with = "String")]
    pub instrument: Spanned<String>,
    pub label: Option<Text>,
    /// Names of items, or of scores declared before; `"cesd*"` stands for every item whose name begins so, at least two.
    #[schemars(with = "Vec<String>")]
    pub items: Vec<Spanned<String>>,
    /// Those of the items that are turned round: least + greatest possible answer − answer.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub reverse: Vec<Spanned<String>>,
    /// `sum` if left out.
    pub method: Option<ScoreMethodWritten>,
    /// `complete` if left out: every item must be answered. `prorate:0.8`: where at least this share of the items is answered, the
    /// others count as the mean of those that are.
    #[schemars(with = "Option<String>")]
    pub missing: Option<Spanned<String>>,
    /// The least and the greatest value possible; computed from the items, and held against them where it is declared.
    #[schemars(with = "Option<[f64; 2]>")]
    pub range: Option<Spanned<[f64; 2]>>,
    /// Which direction is better; without it change is counted as increased and decreased only.
    pub better: Option<Better>,
    /// What is known of the score's reliability; with it change is also counted as reliable or not.
    #[schemars(with = "Option<Reliability>")]
    pub reliability: Option<Spanned<Reliability>>,
    pub unit: Option<Text>,
}

/// What is made of the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ScoreMethodWritten {
    Sum,
    Mean,
    /// 1 where at least one item is beyond its first code, or above 0 for a number.
    Any,
    /// How many items are beyond their first code, or above 0.
    Count,
}
