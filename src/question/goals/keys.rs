//! Keys of goal attainment, and their resolution.

use std::sync::Arc;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::{Goal, Goals};
use crate::dictionary::Text;
use crate::names::{Names, Scope};
use crate::plan::{CohortUnit, Column};
use crate::question::{Keys, Question, Within};
use crate::written::Mistake;

/// The correlation between a person's ratings that Kiresuk and Sherman assume.
const RHO: f64 = 0.3;

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

impl Keys for GoalsWritten {
    fn question(&self, _id: &str, within: &Within<'_>) -> Result<(usize, Arc<dyn Question>), Mistake> {
        let (place, _, scope) = within.cohort(&self.cohort)?;
        Ok((place, Arc::new(goals(within.names, &scope, self)?)))
    }
}

fn goals(names: &Names<'_>, scope: &Scope<'_>, written: &GoalsWritten) -> Result<Goals, Mistake> {
    if scope.unit == CohortUnit::Assessment {
        return Err(names
            .source
            .mistake(written.cohort.span(), "goals are persons', and the rows of this cohort are assessments")
            .help("use a cohort with unit = \"respondent\" and say the wave: \"item@w2\""));
    }
    let levels = goal_levels(names, written)?;
    let ratings = written
        .goals
        .iter()
        .map(|name| rating(names, scope, name, &levels))
        .collect::<Result<Vec<Column>, Mistake>>()?;
    for (place, name) in written.goals.iter().enumerate() {
        if ratings[..place].iter().any(|earlier| earlier.name == ratings[place].name) {
            return Err(names
                .source
                .mistake(name.span(), format!("the goal `{}` stands twice", name.get_ref()))
                .help("each goal once; what it weighs is said in `weights`"));
        }
    }
    let weights = goal_weights(names, written)?;
    Ok(Goals {
        goals: ratings.into_iter().zip(weights).map(|(rating, weight)| Goal { rating, weight }).collect(),
        levels,
        rho: rho(names, &written.rho)?,
        level: names.level(&written.level)?,
    })
}

/// Codes with their levels.
fn goal_levels(names: &Names<'_>, written: &GoalsWritten) -> Result<Vec<(i64, i8)>, Mistake> {
    if written.goals.is_empty() {
        return Err(names
            .source
            .mistake(written.cohort.span(), "there are no goals")
            .help("goals = [\"attained_housing@w2\", …]: the ratings of attainment"));
    }
    let read = |(code, level): (&Spanned<String>, &Spanned<i64>)| {
        let known = code.get_ref().parse::<i64>().map_err(|_| {
            names
                .source
                .mistake(code.span(), format!("`{}` is no code", code.get_ref()))
                .help("levels = { 1 = 0, 2 = -1 }: the code of an answer = the level that it is read as")
        })?;
        match i8::try_from(*level.get_ref()) {
            Ok(level @ -2..=2) => Ok((known, level)),
            _ => Err(names
                .source
                .mistake(level.span(), format!("{} is not a level of attainment", level.get_ref()))
                .help("levels go from -2, much less than expected, over 0, as expected, to 2")),
        }
    };
    written.levels.iter().map(read).collect()
}

/// A goal's column, each code of which has a level.
fn rating(
    names: &Names<'_>,
    scope: &Scope<'_>,
    name: &Spanned<String>,
    levels: &[(i64, i8)],
) -> Result<Column, Mistake> {
    let column = names.column(scope, name)?;
    if !column.item.is_coded() {
        return Err(names
            .source
            .mistake(name.span(), format!("`{}` has no codes to read as levels", column.name))
            .help("attainment is rated by an item with codes"));
    }
    let without = column.item.codes.iter().find(|code| levels.iter().all(|(known, _)| *known != code.code));
    match without {
        None => Ok(column),
        Some(code) => Err(names
            .source
            .mistake(name.span(), format!("no level is said for the code {} of `{}`", code.code, column.name))
            .help("add it to `levels`; goals with other codes go in an analysis of their own")),
    }
}

fn goal_weights(names: &Names<'_>, written: &GoalsWritten) -> Result<Vec<f64>, Mistake> {
    let Some(weights) = &written.weights else { return Ok(vec![1.0; written.goals.len()]) };
    let (found, expected) = (weights.get_ref().len(), written.goals.len());
    if found != expected {
        return Err(names
            .source
            .mistake(weights.span(), format!("{found} weights for {expected} goals"))
            .help("one weight for each goal, in the same order"));
    }
    match weights.get_ref().iter().all(|weight| weight.is_finite() && *weight > 0.0) {
        true => Ok(weights.get_ref().clone()),
        false => Err(names
            .source
            .mistake(weights.span(), "a weight is not above 0")
            .help("a goal that does not count is left out of `goals`")),
    }
}

fn rho(names: &Names<'_>, written: &Option<Spanned<f64>>) -> Result<f64, Mistake> {
    match written {
        None => Ok(RHO),
        Some(rho) if (0.0..=1.0).contains(rho.get_ref()) => Ok(*rho.get_ref()),
        Some(rho) => Err(names
            .source
            .mistake(rho.span(), "a correlation between ratings lies between 0 and 1")
            .help("rho = 0.3 is usual (Kiresuk and Sherman 1968)")),
    }
}
