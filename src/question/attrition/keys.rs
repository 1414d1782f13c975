//! Keys of attrition, their resolution, and the analyses that take their weights from it.

use std::sync::Arc;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::{Attrition, Weights};
use crate::dictionary::Text;
use crate::names::{Names, Scope};
use crate::plan::{Cohort, CohortUnit, Column, Origin};
use crate::question::{Keys, Question, Within};
use crate::written::{Mistake, suggestion};

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

impl Keys for AttritionWritten {
    fn question(&self, _id: &str, within: &Within<'_>) -> Result<(usize, Arc<dyn Question>), Mistake> {
        let (place, cohort, scope) = within.cohort(&self.cohort)?;
        Ok((place, Arc::new(attrition(within.names, cohort, &scope, self)?)))
    }
}

fn attrition(
    names: &Names<'_>,
    cohort: &Cohort,
    scope: &Scope<'_>,
    written: &AttritionWritten,
) -> Result<Attrition, Mistake> {
    if cohort.unit != CohortUnit::Respondent {
        return Err(names
            .source
            .mistake(written.cohort.span(), format!("the rows of `{}` are assessments", cohort.id))
            .help("who was lost is asked of respondents: use a cohort with unit = \"respondent\""));
    }
    let wave = written.wave.get_ref();
    let later = cohort.waves.iter().skip(1).map(String::as_str);
    names.known("later wave of this cohort", wave, written.wave.span(), later)?;
    let terms = names.terms(scope, &written.terms, &written.reference, None)?;
    if terms.is_empty() {
        return Err(names
            .source
            .mistake(
                written.cohort.span(),
                "there are no terms that the followed and the lost are compared on",
            )
            .help("terms = [\"age\", \"sex\", …]: what was known of everyone at the first wave"));
    }
    for (term, name) in terms.iter().zip(&written.terms) {
        if let Some(late) = read_late(names, cohort, &term.column, wave) {
            return Err(names
                .source
                .mistake(
                    name.span(),
                    format!(
                        "`{}` reads the wave `{late}`, at which the lost were not seen",
                        term.column.name
                    ),
                )
                .help(format!(
                    "terms are known before `{wave}`: of an earlier wave, or the same at all waves"
                )));
        }
    }
    Ok(Attrition {
        wave: wave.clone(),
        terms,
        truncate: truncate(names, &written.truncate)?,
        level: names.level(&written.level)?,
    })
}

/// The wave, that of the loss or a later one, which a column reads; `None` where it is known of the lost as well.
fn read_late(names: &Names<'_>, cohort: &Cohort, column: &Column, wave: &str) -> Option<String> {
    let place = |id: &str| names.waves.iter().position(|known| known.id == id);
    match (&column.wave, column.origin) {
        (Some(at), _) => (place(at) >= place(wave)).then(|| at.clone()),
        (None, Origin::Respondent) => {
            let derived = cohort.per_respondent.iter().find(|derived| derived.item.name == column.name);
            let reads = derived.into_iter().flat_map(|derived| &derived.sql.columns);
            reads.filter_map(|read| read_late(names, cohort, read, wave)).next()
        }
        (None, _) => None,
    }
}

fn truncate(names: &Names<'_>, written: &Option<Spanned<[f64; 2]>>) -> Result<[f64; 2], Mistake> {
    let Some(written) = written else { return Ok([0.01, 0.99]) };
    let [low, high] = *written.get_ref();
    match 0.0 <= low && low < high && high <= 1.0 {
        true => Ok([low, high]),
        false => Err(names
            .source
            .mistake(
                written.span(),
                "weights are truncated at two quantiles between 0 and 1, the lower first",
            )
            .help("truncate = [0.01, 0.99] is usual; [0, 1] truncates none")),
    }
}

/// The weights of the attrition analysis that `name` calls, for an analysis of the cohort at `place`.
///
/// # Errors
/// Where there is no such analysis, or it is of another cohort.
pub fn weights(within: &Within<'_>, place: usize, name: &Spanned<String>) -> Result<Weights, Mistake> {
    let id = |name: &str| format!("attrition.{name}");
    let mistake = |what: String| within.names.source.mistake(name.span(), what);
    let Some((analysis, attrition)) =
        within.of_kind::<Attrition>().find(|(analysis, _)| analysis.id == id(name.get_ref()))
    else {
        const FROM: &str = "weights come from an [attrition.…] of this pipeline and make up for those lost; weights in a column, \
                            as of a survey's design, cannot be used";
        let known = within.of_kind::<Attrition>().filter_map(|(one, _)| one.id.strip_prefix("attrition."));
        let help = match suggestion(name.get_ref(), known) {
            Some(known) => format!("{known}; {FROM}"),
            None => FROM.to_owned(),
        };
        return Err(mistake(format!("there is no attrition `{}`", name.get_ref())).help(help));
    };
    if analysis.cohort != place {
        let [of, own] = [analysis.cohort, place].map(|place| &within.cohorts[place].id);
        return Err(mistake(format!("`{}` is about the cohort `{of}`", analysis.id))
            .help(format!("weights are for the cohort that they were made in; this is about `{own}`")));
    }
    Ok(Weights { analysis: analysis.id.clone(), attrition: attrition.clone() })
}
