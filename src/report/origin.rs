//! How a number was made: of whom, what was asked, and the code that makes it again. The report folds it out below each table,
//! and `utfall explain` prints it.

use serde::Serialize;

use crate::dictionary::{FormUnit, Language, Text};
use crate::plan::{Analysis, Cohort, CohortUnit, Column, Course, Derived, Plan, Question, Sql};
use crate::table::words;

/// What an analysis of a plan rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Origin {
    /// The analysis's id, as in the file of estimates.
    pub analysis: String,
    pub label: Text,
    /// Who is counted: `Mapped users: one row a person, followed over Spring 2007 and Autumn 2007.`
    pub population: Text,
    /// The SQL condition that rows fulfil, as written in the pipeline; empty for none. The model's own comes after the cohort's.
    pub only: Vec<String>,
    /// What was asked, in a sentence.
    pub question: Text,
    /// Derived variables among those asked about, with their SQL.
    pub derived: Vec<(String, String)>,
    /// The lines that make the numbers again from the pattern tables, in Python and in R, as in the notebooks; to be run by themselves.
    pub python: String,
    pub r: String,
}

impl Origin {
    /// The origin of an analysis's numbers; `python` and `r` are the lines that make them.
    pub fn of(plan: &Plan, analysis: &Analysis, python: String, r: String) -> Origin {
        let cohort = &plan.cohorts[analysis.cohort];
        let columns = columns(&analysis.question);
        let text = |sql: &Sql| sql.text.clone();
        let only = cohort.only.iter().map(text);
        let own = match &analysis.question {
            Question::Model(model) => model.only.as_ref().map(text),
            _ => None,
        };
        Origin {
            analysis: analysis.id.clone(),
            label: analysis.label.clone(),
            population: population(plan, cohort),
            only: only.chain(own).collect(),
            question: question(plan, &analysis.question),
            derived: derived(cohort, &columns),
            python,
            r,
        }
    }
}

fn population(plan: &Plan, cohort: &Cohort) -> Text {
    let instrument = plan.instruments.iter().find(|known| known.id == cohort.instrument);
    let key = match (cohort.unit, instrument.map(|known| known.unit)) {
        (_, Some(FormUnit::Service)) => "origin.services",
        (CohortUnit::Respondent, _) => "origin.respondents",
        (CohortUnit::Assessment, _) => "origin.assessments",
    };
    words::each(|language| {
        let label = cohort.label.get(language);
        let waves: Vec<&str> = cohort.waves.iter().map(|id| wave(plan, id, language)).collect();
        let label = if label.is_empty() { cohort.id.as_str() } else { label };
        words::say(language, key, &[("cohort", label.to_owned()), ("waves", listed(language, &waves))])
    })
}

fn wave<'a>(plan: &'a Plan, id: &'a str, language: Language) -> &'a str {
    let label = plan.waves.iter().find(|wave| wave.id == id).map(|wave| wave.label.get(language));
    label.filter(|label| !label.is_empty()).unwrap_or(id)
}

/// `a, b and c`.
pub(super) fn listed(language: Language, parts: &[&str]) -> String {
    match parts {
        [before @ .., last] if !before.is_empty() => {
            format!("{} {} {last}", before.join(", "), words::say(language, "origin.and", &[]))
        }
        few => few.concat(),
    }
}

/// The columns that a question is about.
fn columns(question: &Question) -> Vec<&Column> {
    match question {
        Question::Followup | Question::Family(_) => Vec::new(),
        Question::Attrition(attrition) => attrition.terms.iter().map(|term| &term.column).collect(),
        Question::Describe(describe) => describe.variables.iter().chain(&describe.by).collect(),
        Question::Trajectory(trajectory) => {
            let courses = trajectory.courses.iter().filter_map(|course| course.at.first());
            courses.chain(&trajectory.by).collect()
        }
        Question::Change(change) => {
            change.comparisons.iter().map(|comparison| &comparison.before).chain(&change.by).collect()
        }
        Question::Agreement(agreement) => vec![&agreement.comparison.before, &agreement.rated],
        Question::Goals(goals) => goals.goals.iter().map(|goal| &goal.rating).collect(),
        Question::Model(model) => {
            std::iter::once(&model.outcome).chain(model.terms.iter().map(|term| &term.column)).collect()
        }
    }
}

fn question(plan: &Plan, question: &Question) -> Text {
    let label = |column: &Column, language: Language| -> String {
        match column.item.label.get(language) {
            "" => column.name.clone(),
            label => label.to_owned(),
        }
    };
    words::each(|language| {
        let labels = |columns: &mut dyn Iterator<Item = &Column>| {
            let mut names: Vec<String> = Vec::new();
            for name in columns.map(|column| label(column, language)) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            listed(language, &names.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let by = |by: &[Column]| match by {
            [] => String::new(),
            by => words::say(language, "origin.by", &[("groups", labels(&mut by.iter()))]),
        };
        match question {
            Question::Followup => words::say(language, "origin.followup", &[]),
            Question::Attrition(attrition) => {
                let terms = labels(&mut attrition.terms.iter().map(|term| &term.column));
                let wave = wave(plan, &attrition.wave, language).to_owned();
                words::say(language, "origin.attrition", &[("wave", wave), ("terms", terms)])
            }
            Question::Describe(describe) => {
                let said = [("variables", labels(&mut describe.variables.iter())), ("by", by(&describe.by))];
                words::say(language, "origin.describe", &said)
            }
            Question::Trajectory(trajectory) => {
                let first = |course: &'_ Course| course.at.first().cloned();
                let courses: Vec<Column> = trajectory.courses.iter().filter_map(first).collect();
                let said = [("variables", labels(&mut courses.iter())), ("by", by(&trajectory.by))];
                words::say(language, "origin.trajectory", &said)
            }
            Question::Family(family) => {
                let of: Vec<&str> = family.of.iter().map(String::as_str).collect();
                words::say(language, "origin.family", &[("analyses", listed(language, &of))])
            }
            Question::Change(change) => {
                let variables = labels(&mut change.comparisons.iter().map(|one| &one.before));
                words::say(language, "origin.change", &[("variables", variables), ("by", by(&change.by))])
            }
            Question::Agreement(agreement) => {
                let variable = label(&agreement.comparison.before, language);
                let rated = label(&agreement.rated, language);
                words::say(language, "origin.agreement", &[("variable", variable), ("rated", rated)])
            }
            Question::Goals(goals) => {
                let goals = labels(&mut goals.goals.iter().map(|goal| &goal.rating));
                words::say(language, "origin.goals", &[("goals", goals)])
            }
            Question::Model(model) => {
                let terms = labels(&mut model.terms.iter().map(|term| &term.column));
                let outcome = label(&model.outcome, language);
                words::say(language, "origin.model", &[("outcome", outcome), ("terms", terms)])
            }
        }
    })
}

fn derived(cohort: &Cohort, columns: &[&Column]) -> Vec<(String, String)> {
    let all: Vec<&Derived> = cohort.per_assessment.iter().chain(&cohort.per_respondent).collect();
    let mut found: Vec<(String, String)> = Vec::new();
    for column in columns {
        let name = &column.item.name;
        let derived = all.iter().find(|derived| derived.item.name == *name);
        if let Some(derived) = derived.filter(|_| !found.iter().any(|(known, _)| known == name)) {
            found.push((name.clone(), derived.sql.text.clone()));
        }
    }
    found
}
