//! Analyses as written → as resolved: every column looked up, every rule of the method checked with its line.

use std::sync::Arc;

use toml::Spanned;

use super::described::{described_score, sets_opened};
use super::names::Scope;
use super::resolve::Ground;
use super::written::{ChangeWritten, DescribeWritten, ModelWritten, PipelineFile};
use crate::dictionary::{ItemType, Text};
use crate::estimate::Variable;
use crate::plan::{
    Analysis, Change, Cluster, Cohort, CohortUnit, Column, Comparison, Describe, Model, Origin, Question,
    Source,
};
use crate::written::Mistake;

impl Ground<'_> {
    pub(super) fn analyses(
        &self,
        file: &PipelineFile,
        cohorts: &[Arc<Cohort>],
        sources: &[Source],
    ) -> Result<Vec<Analysis>, Mistake> {
        let convention = match &file.convention {
            None => "r",
            Some(name) => {
                let known = self.vocabulary.conventions.iter().copied();
                self.known("convention", name.get_ref(), name.span(), known)?;
                name.get_ref().as_str()
            }
        };
        let mut analyses = Vec::new();
        for (position, cohort) in cohorts.iter().enumerate() {
            if cohort.unit == CohortUnit::Respondent && cohort.waves.len() > 1 {
                analyses.push(Analysis {
                    id: format!("followup.{}", cohort.id),
                    label: cohort.label.clone(),
                    cohort: position,
                    question: Question::Followup,
                });
            }
        }
        for (id, written) in &file.attrition {
            let id = self.name("attrition", id)?;
            let cohort = self.cohort_of(cohorts, &written.cohort)?;
            let question =
                self.attrition(&cohorts[cohort], &self.scope(&cohorts[cohort], sources), written)?;
            analyses.push(analysis("attrition", id, &written.label, cohort, Question::Attrition(question)));
        }
        for (id, written) in &file.describe {
            let id = self.name("describe", id)?;
            let cohort = self.cohort_of(cohorts, &written.cohort)?;
            let question = self.describe(&self.scope(&cohorts[cohort], sources), written)?;
            analyses.push(analysis("describe", id, &written.label, cohort, Question::Describe(question)));
        }
        for (id, written) in &file.trajectory {
            let id = self.name("trajectory", id)?;
            let cohort = self.cohort_of(cohorts, &written.cohort)?;
            let scope = self.scope(&cohorts[cohort], sources);
            let question = self.trajectory(&cohorts[cohort], &scope, written)?;
            analyses.push(analysis("trajectory", id, &written.label, cohort, Question::Trajectory(question)));
        }
        for (id, written) in &file.change {
            let id = self.name("change", id)?;
            let cohort = self.cohort_of(cohorts, &written.cohort)?;
            let mut question = self.change(
                id,
                &cohorts[cohort],
                &self.scope(&cohorts[cohort], sources),
                written,
                convention,
            )?;
            if let Some(name) = &written.weights {
                let scope = self.scope(&cohorts[cohort], sources);
                let weights = self.weights(file, &cohorts[cohort], &scope, name)?;
                self.weigh_comparisons(&weights, name, &question.comparisons)?;
                question.weights = Some(weights);
            }
            analyses.push(analysis("change", id, &written.label, cohort, Question::Change(question)));
        }
        for (id, written) in &file.agreement {
            let id = self.name("agreement", id)?;
            let cohort = self.cohort_of(cohorts, &written.cohort)?;
            let scope = self.scope(&cohorts[cohort], sources);
            let question = self.agreement(id, &cohorts[cohort], &scope, written)?;
            analyses.push(analysis("agreement", id, &written.label, cohort, Question::Agreement(question)));
        }
        for (id, written) in &file.goals {
            let id = self.name("goals", id)?;
            let cohort = self.cohort_of(cohorts, &written.cohort)?;
            let question = self.goals(&self.scope(&cohorts[cohort], sources), written)?;
            analyses.push(analysis("goals", id, &written.label, cohort, Question::Goals(question)));
        }
        for (id, written) in &file.model {
            let id = self.name("model", id)?;
            let cohort = self.cohort_of(cohorts, &written.cohort)?;
            let mut question = self.model(&self.scope(&cohorts[cohort], sources), written, convention)?;
            if let Some(name) = &written.weights {
                let scope = self.scope(&cohorts[cohort], sources);
                let weights = self.weights(file, &cohorts[cohort], &scope, name)?;
                self.weigh_outcome(&weights, name, &question.outcome)?;
                question.weights = Some(weights);
            }
            analyses.push(analysis("model", id, &written.label, cohort, Question::Model(Box::new(question))));
        }
        for (id, written) in &file.family {
            let id = self.name("family", id)?;
            let (cohort, question) = self.family(&analyses, written)?;
            analyses.push(analysis("family", id, &written.label, cohort, Question::Family(question)));
        }
        Ok(analyses)
    }

    fn cohort_of(&self, cohorts: &[Arc<Cohort>], name: &Spanned<String>) -> Result<usize, Mistake> {
        self.known("cohort", name.get_ref(), name.span(), cohorts.iter().map(|cohort| cohort.id.as_str()))?;
        Ok(cohorts.iter().position(|cohort| cohort.id == *name.get_ref()).unwrap_or_default())
    }

    /// The variables of `by`: groups, so they must have codes.
    pub(super) fn groups(
        &self,
        scope: &Scope<'_>,
        names: &[Spanned<String>],
    ) -> Result<Vec<Column>, Mistake> {
        names
            .iter()
            .map(|name| {
                let column = self.column(scope, name)?;
                match column.item.is_coded() {
                    true => Ok(column),
                    false => Err(self
                        .source
                        .mistake(name.span(), format!("`{}` has no codes to group by", name.get_ref()))
                        .help("derive a variable with bands: [variable.…] sql = \"CASE WHEN … END\", with its codes")),
                }
            })
            .collect()
    }

    fn describe(&self, scope: &Scope<'_>, written: &DescribeWritten) -> Result<Describe, Mistake> {
        if scope.unit == CohortUnit::Assessment {
            return Err(self
                .source
                .mistake(
                    written.cohort.span(),
                    "counts are of persons, and the rows of this cohort are assessments",
                )
                .help("use a cohort with unit = \"respondent\" and say the wave: \"item@w1\""));
        }
        let mut variables = Vec::with_capacity(written.variables.len());
        for name in &sets_opened(scope, &written.variables) {
            let column = self.column(scope, name)?;
            let fits = match written.overlap {
                true => column.item.kind == ItemType::Binary,
                false => !matches!(column.item.kind, ItemType::Text | ItemType::Date),
            };
            if !fits {
                return Err(self
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
            by: self.groups(scope, &written.by)?,
            overlap: written.overlap,
            combined: Vec::new(),
        })
    }

    fn change(
        &self,
        id: &str,
        cohort: &Cohort,
        scope: &Scope<'_>,
        written: &ChangeWritten,
        convention: &str,
    ) -> Result<Change, Mistake> {
        let waves = || cohort.waves.iter().map(String::as_str);
        let position = |name: &Spanned<String>| -> Result<usize, Mistake> {
            self.known("wave of this cohort", name.get_ref(), name.span(), waves()).map_err(|mistake| {
                match self.waves.iter().any(|wave| wave.id == *name.get_ref()) {
                    true => mistake.help(self.waves_told(cohort, scope)),
                    false => mistake,
                }
            })?;
            Ok(waves().position(|wave| wave == name.get_ref()).unwrap_or_default())
        };
        if cohort.unit != CohortUnit::Respondent {
            return Err(self
                .source
                .mistake(written.cohort.span(), format!("the rows of `{}` are assessments", cohort.id))
                .help("change pairs two waves of a respondent: use a cohort with unit = \"respondent\""));
        }
        if let Some(cluster) = &written.cluster {
            return Err(self
                .source
                .mistake(cluster.span(), "change has no `cluster`: its intervals and tests take persons as independent of each other")
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
            return Err(self
                .source
                .mistake(written.to.span(), "change goes from a wave to a later one")
                .help(self.waves_told(cohort, scope)));
        }
        let own_name;
        let names: &[Spanned<String>] = match &written.variables {
            Some(names) => names,
            None => {
                own_name = [Spanned::new(written.cohort.span(), id.to_owned())];
                &own_name
            }
        };
        let mut comparisons = Vec::new();
        for name in names {
            let variable = name.get_ref();
            for [from, to] in &pairs {
                let [from, to] = [from, to].map(|wave| &cohort.waves[*wave]);
                let at =
                    |wave: &str| self.column(scope, &Spanned::new(name.span(), format!("{variable}@{wave}")));
                let before = at(from)?;
                let after = at(to)?;
                if matches!(before.item.kind, ItemType::Nominal | ItemType::Text | ItemType::Date) {
                    return Err(self
                        .source
                        .mistake(name.span(), format!("change of `{variable}` is not defined by its type"))
                        .help("change is computed for binary, ordinal and numeric variables"));
                }
                let key = Variable::at(variable, from).to_wave(to);
                comparisons.push(Comparison { variable: key, before, after });
            }
        }
        Ok(Change {
            comparisons,
            by: self.groups(scope, &written.by)?,
            level: self.level(&written.level)?,
            convention: convention.to_owned(),
            compare: written.conventions,
            weights: None,
            flows: Default::default(),
        })
    }

    fn model(&self, scope: &Scope<'_>, written: &ModelWritten, convention: &str) -> Result<Model, Mistake> {
        let outcome = self.column(scope, &written.outcome)?;
        if outcome.item.kind != ItemType::Binary {
            return Err(self
                .source
                .mistake(
                    written.outcome.span(),
                    format!(
                        "the outcome `{}` is not binary: a model is a logistic regression, and there is no linear one",
                        outcome.name
                    ),
                )
                .help(format!(
                    "derive one: [variable.satisfied] sql = \"U39 <= 2\"; means before and after are compared by [change.…] variables = [\"{}\"]",
                    outcome.item.name
                )));
        }
        let terms = self.terms(scope, &written.terms, &written.reference, Some(&outcome))?;
        let cluster = match &written.cluster {
            None if scope.unit == CohortUnit::Assessment => {
                return Err(self
                    .source
                    .mistake(written.cohort.span(), "assessments of one person are not independent")
                    .help("add cluster = \"respondent\""));
            }
            None => None,
            Some(name) if name.get_ref() == "respondent" => Some(Cluster::Respondent),
            Some(name) => {
                let column = self.column(scope, name)?;
                match column.origin {
                    Origin::Wave => {
                        return Err(self
                            .source
                            .mistake(name.span(), "waves are not clusters")
                            .help("rows of one person: cluster = \"respondent\""));
                    }
                    _ => Some(Cluster::Column(column)),
                }
            }
        };
        let prediction_folds = match &written.prediction {
            Some(prediction) if *prediction.folds.get_ref() < 2 => {
                return Err(self
                    .source
                    .mistake(prediction.folds.span(), "cross-validation needs at least 2 folds")
                    .help("folds = 10 is usual"));
            }
            Some(prediction) => Some(*prediction.folds.get_ref()),
            None => None,
        };
        let method = match &written.method {
            None => "auto",
            Some(name) => {
                self.known("method", name.get_ref(), name.span(), self.vocabulary.methods.iter().copied())?;
                name.get_ref().as_str()
            }
        };
        let cut = match &written.cut {
            None => 0.5,
            Some(cut) if *cut.get_ref() > 0.0 && *cut.get_ref() < 1.0 => *cut.get_ref(),
            Some(cut) => {
                return Err(self
                    .source
                    .mistake(cut.span(), "the cut of a classification is a probability between 0 and 1")
                    .help("cut = 0.5 is usual; with a rare outcome, the share that has it"));
            }
        };
        Ok(Model {
            outcome,
            terms,
            cluster,
            only: match &written.only {
                None => None,
                Some(sql) => Some(self.sql(scope, sql)?),
            },
            level: self.level(&written.level)?,
            convention: convention.to_owned(),
            compare: written.conventions,
            method: method.to_owned(),
            cut,
            prediction_folds,
            weights: None,
        })
    }

    pub(super) fn level(&self, written: &Option<Spanned<f64>>) -> Result<f64, Mistake> {
        match written {
            None => Ok(0.95),
            Some(level) if *level.get_ref() > 0.5 && *level.get_ref() < 1.0 => Ok(*level.get_ref()),
            Some(level) => Err(self
                .source
                .mistake(level.span(), "a confidence level lies between 0.5 and 1")
                .help("level = 0.95 is usual")),
        }
    }
}

fn analysis(kind: &str, id: &str, label: &Option<Text>, cohort: usize, question: Question) -> Analysis {
    Analysis {
        id: format!("{kind}.{id}"),
        label: label.clone().unwrap_or_else(|| Text::same(id)),
        cohort,
        question,
    }
}
