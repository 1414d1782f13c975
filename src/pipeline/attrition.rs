//! Attrition as written → as resolved, and the analyses that take their weights from it.

use toml::Spanned;

use super::names::Scope;
use super::resolve::Ground;
use super::written::{AttritionWritten, PipelineFile};
use crate::plan::{Attrition, Cohort, CohortUnit, Column, Comparison, Origin, Weights};
use crate::written::Mistake;

impl Ground<'_> {
    pub(super) fn attrition(
        &self,
        cohort: &Cohort,
        scope: &Scope<'_>,
        written: &AttritionWritten,
    ) -> Result<Attrition, Mistake> {
        if cohort.unit != CohortUnit::Respondent {
            return Err(self
                .source
                .mistake(written.cohort.span(), format!("the rows of `{}` are assessments", cohort.id))
                .help("who was lost is asked of respondents: use a cohort with unit = \"respondent\""));
        }
        let wave = written.wave.get_ref();
        let later = cohort.waves.iter().skip(1).map(String::as_str);
        self.known("later wave of this cohort", wave, written.wave.span(), later)?;
        let terms = self.terms(scope, &written.terms, &written.reference, None)?;
        if terms.is_empty() {
            return Err(self
                .source
                .mistake(
                    written.cohort.span(),
                    "there are no terms that the followed and the lost are compared on",
                )
                .help("terms = [\"age\", \"sex\", …]: what was known of everyone at the first wave"));
        }
        for (term, name) in terms.iter().zip(&written.terms) {
            if let Some(late) = self.read_late(cohort, &term.column, wave) {
                return Err(self
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
            truncate: self.truncate(&written.truncate)?,
            level: self.level(&written.level)?,
        })
    }

    /// The wave, that of the loss or a later one, which a column reads; `None` where it is known of the lost as well.
    fn read_late(&self, cohort: &Cohort, column: &Column, wave: &str) -> Option<String> {
        let place = |id: &str| self.waves.iter().position(|known| known.id == id);
        match (&column.wave, column.origin) {
            (Some(at), _) => (place(at) >= place(wave)).then(|| at.clone()),
            (None, Origin::Respondent) => {
                let derived = cohort.per_respondent.iter().find(|derived| derived.item.name == column.name);
                let reads = derived.into_iter().flat_map(|derived| &derived.sql.columns);
                reads.filter_map(|read| self.read_late(cohort, read, wave)).next()
            }
            (None, _) => None,
        }
    }

    fn truncate(&self, written: &Option<Spanned<[f64; 2]>>) -> Result<[f64; 2], Mistake> {
        let Some(written) = written else { return Ok([0.01, 0.99]) };
        let [low, high] = *written.get_ref();
        match 0.0 <= low && low < high && high <= 1.0 {
            true => Ok([low, high]),
            false => Err(self
                .source
                .mistake(
                    written.span(),
                    "weights are truncated at two quantiles between 0 and 1, the lower first",
                )
                .help("truncate = [0.01, 0.99] is usual; [0, 1] truncates none")),
        }
    }

    /// The weights of the attrition analysis that `name` calls, for an analysis of the same cohort.
    pub(super) fn weights(
        &self,
        file: &PipelineFile,
        cohort: &Cohort,
        scope: &Scope<'_>,
        name: &Spanned<String>,
    ) -> Result<Weights, Mistake> {
        let known = file.attrition.keys().map(|known| known.get_ref().as_str());
        let known: Vec<&str> = known.collect();
        if !known.contains(&name.get_ref().as_str()) {
            const FROM: &str = "weights come from an [attrition.…] of this pipeline and make up for those lost; weights in a column, \
                                as of a survey's design, cannot be used";
            let help = match crate::written::suggestion(name.get_ref(), known) {
                Some(known) => format!("{known}; {FROM}"),
                None => FROM.to_owned(),
            };
            let what = format!("there is no attrition `{}`", name.get_ref());
            return Err(self.source.mistake(name.span(), what).help(help));
        }
        let written = file.attrition.iter().find(|(known, _)| known.get_ref() == name.get_ref());
        let (id, written) = written.unwrap_or_else(|| unreachable!("`known` has just found the attrition"));
        if *written.cohort.get_ref() != cohort.id {
            return Err(self
                .source
                .mistake(
                    name.span(),
                    format!(
                        "`attrition.{}` is about the cohort `{}`",
                        id.get_ref(),
                        written.cohort.get_ref()
                    ),
                )
                .help(format!("use weights from an [attrition.…] of the same cohort, `{}`", cohort.id)));
        }
        Ok(Weights {
            analysis: format!("attrition.{}", id.get_ref()),
            attrition: self.attrition(cohort, scope, written)?,
        })
    }

    /// That weights concern at least one of the comparisons.
    pub(super) fn weigh_comparisons(
        &self,
        weights: &Weights,
        name: &Spanned<String>,
        comparisons: &[Comparison],
    ) -> Result<(), Mistake> {
        let wave = &weights.attrition.wave;
        match comparisons.iter().any(|comparison| comparison.after.wave.as_ref() == Some(wave)) {
            true => Ok(()),
            false => Err(self
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

    /// That a model's outcome is known of those with weights: at their wave, or over waves.
    pub(super) fn weigh_outcome(
        &self,
        weights: &Weights,
        name: &Spanned<String>,
        outcome: &Column,
    ) -> Result<(), Mistake> {
        let wave = &weights.attrition.wave;
        let fits = match &outcome.wave {
            Some(at) => at == wave,
            None => outcome.origin == Origin::Respondent,
        };
        match fits {
            true => Ok(()),
            false => Err(self
                .source
                .mistake(
                    name.span(),
                    format!(
                        "`{}` is about `{wave}`, and the outcome is `{}`",
                        weights.analysis, outcome.name
                    ),
                )
                .help(format!("an outcome at `{wave}`, or derived over waves, goes with these weights"))),
        }
    }
}
