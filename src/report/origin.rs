//! How a number was made: of whom, what was asked, and the code that makes it again. The report folds it out below each table,
//! and `utfall explain` prints it.

use serde::Serialize;

use crate::dictionary::{FormUnit, Language, Text};
use crate::evaluation::{Analysis, Asked, Plan};
use crate::plan::{Cohort, CohortUnit, Column, Derived, Sql, Wave};
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
    pub fn of<Q: Asked + Told + ?Sized>(
        plan: &Plan<Q>,
        analysis: &Analysis<Q>,
        python: String,
        r: String,
    ) -> Origin {
        let (cohort, question) = (&plan.cohorts[analysis.cohort], &analysis.question);
        let text = |sql: &Sql| sql.text.clone();
        let waves = &plan.waves;
        Origin {
            analysis: analysis.id.clone(),
            label: analysis.label.clone(),
            population: population(plan, cohort),
            only: cohort.only.iter().chain(question.only()).map(text).collect(),
            question: words::each(|language| question.told(&Teller { waves, language })),
            derived: derived(cohort, &question.subjects()),
            python,
            r,
        }
    }
}

fn population<Q: ?Sized>(plan: &Plan<Q>, cohort: &Cohort) -> Text {
    let instrument = plan.instruments.iter().find(|known| known.id == cohort.instrument);
    let key = match (cohort.unit, instrument.map(|known| known.unit)) {
        (_, Some(FormUnit::Service)) => "origin.services",
        (CohortUnit::Respondent, _) => "origin.respondents",
        (CohortUnit::Assessment, _) => "origin.assessments",
    };
    words::each(|language| {
        let label = cohort.label.get(language);
        let waves: Vec<&str> = cohort.waves.iter().map(|id| wave(&plan.waves, id, language)).collect();
        let label = if label.is_empty() { cohort.id.as_str() } else { label };
        words::say(language, key, &[("cohort", label.to_owned()), ("waves", listed(language, &waves))])
    })
}

fn wave<'a>(waves: &'a [Wave], id: &'a str, language: Language) -> &'a str {
    let label = waves.iter().find(|wave| wave.id == id).map(|wave| wave.label.get(language));
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

/// A question that says in a sentence what was asked.
pub trait Told {
    fn told(&self, teller: &Teller<'_>) -> String;
}

/// The words of a plan in one language.
pub struct Teller<'a> {
    waves: &'a [Wave],
    pub language: Language,
}

impl Teller<'_> {
    /// A sentence of the report's words.
    pub fn say(&self, key: &str, said: &[(&str, String)]) -> String {
        words::say(self.language, key, said)
    }

    /// The label of a column; its name where it has none.
    pub fn label(&self, column: &Column) -> String {
        match column.item.label.get(self.language) {
            "" => column.name.clone(),
            label => label.to_owned(),
        }
    }

    /// The labels of columns, each once.
    pub fn labels<'c>(&self, columns: impl IntoIterator<Item = &'c Column>) -> String {
        let mut names: Vec<String> = Vec::new();
        for name in columns.into_iter().map(|column| self.label(column)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        self.listed(&names)
    }

    /// `, by sex and age`; empty for no groups.
    pub fn by(&self, by: &[Column]) -> String {
        match by {
            [] => String::new(),
            by => self.say("origin.by", &[("groups", self.labels(by))]),
        }
    }

    /// What a wave is called.
    pub fn wave(&self, id: &str) -> String {
        wave(self.waves, id, self.language).to_owned()
    }

    /// `a, b and c`.
    pub fn listed(&self, parts: &[String]) -> String {
        listed(self.language, &parts.iter().map(String::as_str).collect::<Vec<_>>())
    }
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
