//! Keys of trajectories, and their resolution.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::{Course, Trajectory};
use crate::dictionary::{ItemType, Text};
use crate::names::{Names, Scope};
use crate::plan::{Cohort, CohortUnit};
use crate::question::{Keys, Question, Within};
use crate::written::Mistake;

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

impl Keys for TrajectoryWritten {
    fn question(&self, _id: &str, within: &Within<'_>) -> Result<(usize, Arc<dyn Question>), Mistake> {
        let (place, cohort, scope) = within.cohort(&self.cohort)?;
        Ok((place, Arc::new(trajectory(within.names, cohort, &scope, self)?)))
    }
}

fn trajectory(
    names: &Names<'_>,
    cohort: &Cohort,
    scope: &Scope<'_>,
    written: &TrajectoryWritten,
) -> Result<Trajectory, Mistake> {
    if cohort.unit != CohortUnit::Respondent {
        return Err(names
            .source
            .mistake(written.cohort.span(), format!("the rows of `{}` are assessments", cohort.id))
            .help("a trajectory follows respondents over waves: use a cohort with unit = \"respondent\""));
    }
    let waves = waves_of(names, cohort, written)?;
    let mut courses: Vec<Course> = Vec::with_capacity(written.variables.len());
    for name in &written.variables {
        let variable = name.get_ref();
        if courses.iter().any(|known| known.variable == *variable) {
            return Err(names.source.mistake(name.span(), format!("`{variable}` stands twice")));
        }
        let at = |wave: &&str| names.column_at(scope, name, wave);
        let at = waves.iter().map(at).collect::<Result<Vec<_>, _>>()?;
        if at
            .iter()
            .any(|column| matches!(column.item.kind, ItemType::Nominal | ItemType::Text | ItemType::Date))
        {
            return Err(names
                .source
                .mistake(name.span(), format!("`{variable}` has neither a mean nor a share"))
                .help("only binary, ordinal and numeric variables can be followed; use [describe.…] for the others, at each wave"));
        }
        courses.push(Course { variable: variable.clone(), at });
    }
    if courses.is_empty() {
        return Err(names
            .source
            .mistake(written.cohort.span(), "there are no variables to follow")
            .help("variables = [\"mental_health\", …], without waves"));
    }
    let flows = |course: &Course| course.at.iter().all(|column| column.item.is_coded());
    if let (true, Some(first), false) = (written.flow, written.variables.first(), courses.iter().any(flows)) {
        return Err(names
            .source
            .mistake(first.span(), "none of the variables has codes to flow between")
            .help("leave out flow = true, or derive a variable with bands: [variable.…] sql = \"CASE WHEN … END\""));
    }
    Ok(Trajectory {
        courses,
        by: names.groups(scope, &written.by)?,
        flow: written.flow,
        complete: written.complete,
        level: names.level(&written.level)?,
    })
}

/// The waves that are asked for, at least two and in the order of the cohort's.
fn waves_of<'c>(
    names: &Names<'_>,
    cohort: &'c Cohort,
    written: &'c TrajectoryWritten,
) -> Result<Vec<&'c str>, Mistake> {
    let known = || cohort.waves.iter().map(String::as_str);
    let (waves, span) = match &written.waves {
        None => (known().collect(), written.cohort.span()),
        Some(waves) => {
            let mut found: Vec<&str> = Vec::new();
            for wave in waves.get_ref() {
                names.known("wave of this cohort", wave.get_ref(), wave.span(), known())?;
                found.push(wave.get_ref());
            }
            (found, waves.span())
        }
    };
    let places: Vec<Option<usize>> =
        waves.iter().map(|wave| known().position(|known| known == *wave)).collect();
    match waves.len() >= 2 && places.is_sorted_by(|one, next| one < next) {
        true => Ok(waves),
        false => Err(names
            .source
            .mistake(span, "a trajectory has at least two waves, in order")
            .help(format!("waves in order: {}", cohort.waves.join(", ")))),
    }
}
