//! Keys of descriptions, and their resolution.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::Describe;
use super::scores::described_score;
use crate::dictionary::{ItemType, Text};
use crate::names::{Names, Scope};
use crate::plan::CohortUnit;
use crate::question::{Keys, Question, Within};
use crate::written::Mistake;

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

impl Keys for DescribeWritten {
    fn question(&self, _id: &str, within: &Within<'_>) -> Result<(usize, Arc<dyn Question>), Mistake> {
        let (place, _, scope) = within.cohort(&self.cohort)?;
        Ok((place, Arc::new(describe(within.names, &scope, self)?)))
    }
}

fn describe(names: &Names<'_>, scope: &Scope<'_>, written: &DescribeWritten) -> Result<Describe, Mistake> {
    if scope.unit == CohortUnit::Assessment {
        return Err(names
            .source
            .mistake(
                written.cohort.span(),
                "counts are of persons, and the rows of this cohort are assessments",
            )
            .help("use a cohort with unit = \"respondent\" and say the wave: \"item@w1\""));
    }
    let mut variables = Vec::with_capacity(written.variables.len());
    for name in &scope.sets_opened(&written.variables) {
        let column = names.column(scope, name)?;
        let fits = match written.overlap {
            true => column.item.kind == ItemType::Binary,
            false => !matches!(column.item.kind, ItemType::Text | ItemType::Date),
        };
        if !fits {
            return Err(names
                .source
                .mistake(name.span(), format!("`{}` cannot be described so", name.get_ref()))
                .help(match written.overlap {
                    true => "overlap = true counts pairs of binary variables",
                    false => "codes and numbers can be described; text and dates cannot",
                }));
        }
        variables.push(column);
    }
    Ok(Describe {
        scores: variables.iter().filter_map(|column| described_score(scope, column)).collect(),
        variables,
        by: names.groups(scope, &written.by)?,
        overlap: written.overlap,
        combined: Vec::new(),
    })
}
