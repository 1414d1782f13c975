//! Keys of agreement, and their resolution.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::Agreement;
use crate::dictionary::{Item, ItemType, Text};
use crate::estimate::Variable;
use crate::names::{Names, Scope};
use crate::plan::{Cohort, CohortUnit, Column, Comparison};
use crate::question::{Keys, Question, Within};
use crate::written::Mistake;

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

impl Keys for AgreementWritten {
    fn question(&self, id: &str, within: &Within<'_>) -> Result<(usize, Arc<dyn Question>), Mistake> {
        let (place, cohort, scope) = within.cohort(&self.cohort)?;
        Ok((place, Arc::new(agreement(within.names, id, cohort, &scope, self)?)))
    }
}

fn agreement(
    names: &Names<'_>,
    id: &str,
    cohort: &Cohort,
    scope: &Scope<'_>,
    written: &AgreementWritten,
) -> Result<Agreement, Mistake> {
    if cohort.unit != CohortUnit::Respondent {
        return Err(names
            .source
            .mistake(written.cohort.span(), format!("the rows of `{}` are assessments", cohort.id))
            .help("change compares two waves of a person: use a cohort with unit = \"respondent\""));
    }
    let [from, to] = [&written.from, &written.to];
    for wave in [from, to] {
        let known = cohort.waves.iter().map(String::as_str);
        names.known("wave of this cohort", wave.get_ref(), wave.span(), known)?;
    }
    let place = |wave: &Spanned<String>| cohort.waves.iter().position(|known| known == wave.get_ref());
    if place(from) >= place(to) {
        return Err(names
            .source
            .mistake(to.span(), "change goes from a wave to a later one")
            .help(names.waves_told(cohort, scope)));
    }
    let comparison = differenced(names, id, scope, written)?;
    let rated = rated(names, scope, written)?;
    Ok(Agreement {
        comparison,
        levels: rated_levels(names, written, &rated.item)?,
        rated,
        level: names.level(&written.level)?,
    })
}

fn differenced(
    names: &Names<'_>,
    id: &str,
    scope: &Scope<'_>,
    written: &AgreementWritten,
) -> Result<Comparison, Mistake> {
    let own_name = Spanned::new(written.cohort.span(), id.to_owned());
    let of = written.of.as_ref().unwrap_or(&own_name);
    let (name, [from, to]) = (of.get_ref(), [&written.from, &written.to].map(Spanned::get_ref));
    let at = |wave: &str| names.column_at(scope, of, wave);
    let (before, after) = (at(from)?, at(to)?);
    if matches!(before.item.kind, ItemType::Nominal | ItemType::Text | ItemType::Date) {
        return Err(names
            .source
            .mistake(of.span(), format!("change of `{name}` is not defined by its type"))
            .help("change is computed for binary, ordinal and numeric variables"));
    }
    if before.item.better.is_none() {
        return Err(names
            .source
            .mistake(of.span(), format!("no direction of `{name}` is declared better"))
            .help("add better = \"higher\" or better = \"lower\" to the item in its dictionary"));
    }
    Ok(Comparison { variable: Variable::at(name, from).to_wave(to), before, after })
}

fn rated(names: &Names<'_>, scope: &Scope<'_>, written: &AgreementWritten) -> Result<Column, Mistake> {
    let (name, to) = (&written.rated, written.to.get_ref());
    let rated = names.column(scope, name)?;
    if !rated.item.is_coded() {
        return Err(names
            .source
            .mistake(name.span(), format!("`{}` has no codes that say better or worse", rated.name))
            .help("change is rated by an item with codes"));
    }
    match rated.wave.as_ref() {
        Some(wave) if wave == to => Ok(rated),
        _ => Err(names
            .source
            .mistake(name.span(), format!("`{}` was not rated at `{to}`", rated.name))
            .help(format!("the change until `{to}` is rated there: \"{}@{to}\"", rated.item.name))),
    }
}

/// Each code of the rating with what it says; every one must be told, and told once.
fn rated_levels(
    names: &Names<'_>,
    written: &AgreementWritten,
    item: &Item,
) -> Result<Vec<(i64, i8)>, Mistake> {
    let told: Vec<(&Spanned<i64>, i8)> =
        [(&written.better, 1), (&written.unchanged, 0), (&written.worse, -1)]
            .into_iter()
            .flat_map(|(codes, level)| codes.iter().map(move |code| (code, level)))
            .collect();
    let mut levels: Vec<(i64, i8)> = Vec::with_capacity(told.len());
    for (code, level) in told {
        let (span, code) = (code.span(), *code.get_ref());
        if item.code(code).is_none() {
            let known: Vec<String> = item.codes.iter().map(|code| code.code.to_string()).collect();
            return Err(names
                .source
                .mistake(span, format!("`{}` has no code {code}", written.rated.get_ref()))
                .help(format!("its codes: {}", known.join(", "))));
        }
        if levels.iter().any(|(known, _)| *known == code) {
            return Err(names
                .source
                .mistake(span, format!("the code {code} is said to mean two things"))
                .help("each code stands once in `better`, `unchanged` or `worse`"));
        }
        levels.push((code, level));
    }
    let untold = item.codes.iter().find(|code| levels.iter().all(|(known, _)| *known != code.code));
    match untold {
        None => Ok(levels),
        Some(code) => Err(names
            .source
            .mistake(
                written.rated.span(),
                format!("nothing says what the code {} of `{}` means", code.code, written.rated.get_ref()),
            )
            .help("put it in `better`, `unchanged` or `worse`; a code without a direction is declared missing in the dictionary")),
    }
}
