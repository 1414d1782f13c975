//! Keys of change, and their resolution.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::{Change, Flows};
use crate::convention::Convention;
use crate::dictionary::{ItemType, Text};
use crate::estimate::Variable;
use crate::names::{Names, Scope};
use crate::plan::{Cohort, CohortUnit, Comparison};
use crate::question::attrition::{Weights, weights};
use crate::question::{Keys, Question, Within};
use crate::written::Mistake;

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

impl Keys for ChangeWritten {
    fn question(&self, id: &str, within: &Within<'_>) -> Result<(usize, Arc<dyn Question>), Mistake> {
        let (place, cohort, scope) = within.cohort(&self.cohort)?;
        let mut question = change(within.names, id, cohort, &scope, self, within.convention)?;
        if let Some(name) = &self.weights {
            let weights = weights(within, place, name)?;
            weigh_comparisons(within.names, &weights, name, &question.comparisons)?;
            question.weights = Some(weights);
        }
        Ok((place, Arc::new(question)))
    }
}

fn change(
    names: &Names<'_>,
    id: &str,
    cohort: &Cohort,
    scope: &Scope<'_>,
    written: &ChangeWritten,
    convention: Convention,
) -> Result<Change, Mistake> {
    let waves = || cohort.waves.iter().map(String::as_str);
    let position = |name: &Spanned<String>| {
        names.known("wave of this cohort", name.get_ref(), name.span(), waves()).map_err(
            |mistake| match names.waves.iter().any(|wave| wave.id == *name.get_ref()) {
                true => mistake.help(names.waves_told(cohort, scope)),
                false => mistake,
            },
        )
    };
    if cohort.unit != CohortUnit::Respondent {
        return Err(names
            .source
            .mistake(written.cohort.span(), format!("the rows of `{}` are assessments", cohort.id))
            .help("change compares two waves of a person: use a cohort with unit = \"respondent\""));
    }
    if let Some(cluster) = &written.cluster {
        return Err(names
            .source
            .mistake(
                cluster.span(),
                "change has no `cluster`: its intervals and tests take persons as independent of each other",
            )
            .help("leave it out; a [model.…] of a binary outcome can have one"));
    }
    let from = position(&written.from)?;
    let to = match written.to.get_ref().as_str() {
        "*" => cohort.waves.len() - 1,
        _ => position(&written.to)?,
    };
    // From and to, by their places among the waves.
    let pairs: Vec<[usize; 2]> = match (written.steps, written.to.get_ref().as_str()) {
        (true, _) => (from..to).map(|wave| [wave, wave + 1]).collect(),
        (false, "*") => (from + 1..=to).map(|wave| [from, wave]).collect(),
        (false, _) => vec![[from, to]],
    };
    if to <= from {
        return Err(names
            .source
            .mistake(written.to.span(), "change goes from a wave to a later one")
            .help(names.waves_told(cohort, scope)));
    }
    let own_name;
    let variables: &[Spanned<String>] = match &written.variables {
        Some(variables) => variables,
        None => {
            own_name = [Spanned::new(written.cohort.span(), id.to_owned())];
            &own_name
        }
    };
    let mut comparisons = Vec::new();
    for name in variables {
        let variable = name.get_ref();
        for [from, to] in &pairs {
            let [from, to] = [from, to].map(|wave| &cohort.waves[*wave]);
            let at = |wave: &str| names.column_at(scope, name, wave);
            let before = at(from)?;
            let after = at(to)?;
            let unfit = match before.item.kind {
                ItemType::Nominal => Some("nominal"),
                ItemType::Text => Some("text"),
                ItemType::Date => Some("a date"),
                _ => None,
            };
            if let Some(unfit) = unfit {
                return Err(names
                    .source
                    .mistake(name.span(), format!("`{variable}` is {}, so its change cannot be computed", unfit))
                    .help("take it out of `variables`, or correct its type in the dictionary; change needs a binary, ordinal or numeric variable"));
            }
            let key = Variable::at(variable, from).to_wave(to);
            comparisons.push(Comparison { variable: key, before, after });
        }
    }
    Ok(Change {
        comparisons,
        by: names.groups(scope, &written.by)?,
        level: names.level(&written.level)?,
        convention,
        compare: written.conventions,
        weights: None,
        flows: Flows::default(),
    })
}

/// That weights concern at least one of the comparisons.
fn weigh_comparisons(
    names: &Names<'_>,
    weights: &Weights,
    name: &Spanned<String>,
    comparisons: &[Comparison],
) -> Result<(), Mistake> {
    let wave = &weights.attrition.wave;
    match comparisons.iter().any(|comparison| comparison.after.wave.as_ref() == Some(wave)) {
        true => Ok(()),
        false => Err(names
            .source
            .mistake(
                name.span(),
                format!("`{}` is about `{wave}`, and no comparison ends there", weights.analysis),
            )
            .help(format!(
                "compare with to = \"{wave}\" or to = \"*\", or take the weights of another wave"
            ))),
    }
}
