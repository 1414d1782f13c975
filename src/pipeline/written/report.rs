//! What the report's first page is to know, as written.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportWritten {
    /// The analyses that matter most, by id (`change.health`): of change, regression or description. The first page opens with their
    /// results; declare them before the results are seen.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub primary: Vec<Spanned<String>>,
    /// How people came to be in the groups that are compared; `before_after` if left out.
    #[serde(default)]
    pub design: DesignWritten,
}

#[derive(Debug, Default, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DesignWritten {
    /// There is no comparison group.
    #[default]
    BeforeAfter,
    /// There is a comparison group, and who is in it was not decided by lot.
    Comparison,
    /// Who is in which group was decided by lot.
    Randomised,
}
