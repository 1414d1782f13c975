//! What the numbers of an analysis rest on: forms of which waves, answers to which items, variables of which rules.

use std::collections::BTreeSet;

use super::question::asked;
use crate::plan::{Analysis, Cohort, CohortUnit, Column, Origin, Plan, Question};

/// What one analysis reads.
#[derive(Debug, Default)]
pub struct Reads {
    /// Cohort ids.
    cohorts: BTreeSet<String>,
    /// Instrument and wave.
    forms: BTreeSet<(String, String)>,
    /// Instrument, item and wave; without a wave what is the same at all of them.
    items: BTreeSet<(String, String, Option<String>)>,
    /// Cohort and derived variable.
    derived: BTreeSet<(String, String)>,
}

impl Reads {
    pub fn of(plan: &Plan, analysis: &Analysis) -> Reads {
        let mut reads = Reads::default();
        reads.add(plan, analysis);
        reads
    }

    /// Whether forms of the instrument at the wave, or at any where none is given, are counted.
    pub fn forms(&self, instrument: &str, wave: Option<&str>) -> bool {
        self.forms.iter().any(|(known, at)| known == instrument && wave.is_none_or(|wave| wave == at))
    }

    /// Whether answers to the item at the wave, or at any where none is given, are.
    pub fn item(&self, instrument: &str, item: &str, wave: Option<&str>) -> bool {
        self.items.iter().any(|(of, known, at)| {
            let here = at.as_deref().is_none_or(|at| wave.is_none_or(|wave| wave == at));
            of == instrument && known == item && here
        })
    }

    /// Whether the cohort's forms at the wave are.
    pub fn cohort(&self, cohort: &str, instrument: &str, wave: Option<&str>) -> bool {
        self.cohorts.contains(cohort) && self.forms(instrument, wave)
    }

    pub fn variable(&self, cohort: &str, variable: &str) -> bool {
        self.derived.iter().any(|(of, known)| of == cohort && known == variable)
    }

    fn add(&mut self, plan: &Plan, analysis: &Analysis) {
        let made_of = asked(&analysis.question).made_of();
        if !made_of.is_empty() {
            let of = plan.analyses.iter().filter(|one| made_of.contains(&one.id));
            return of.for_each(|one| self.add(plan, one));
        }
        let cohort = &*plan.cohorts[analysis.cohort];
        self.cohorts.insert(cohort.id.clone());
        let whole = analysis.question == Question::Followup || cohort.unit == CohortUnit::Assessment;
        let waves = if whole { cohort.waves.len() } else { 1 };
        // Who is a member is told by the forms at the first wave.
        cohort.waves.iter().take(waves).for_each(|wave| self.form(cohort, wave));
        let lost_at = asked(&analysis.question).response().map(|response| &response.wave);
        if let Some(wave) = lost_at {
            self.form(cohort, wave);
        }
        let columns = asked(&analysis.question).columns();
        let conditions = cohort.only.iter().flat_map(|only| &only.columns);
        columns.into_iter().chain(conditions).for_each(|column| self.column(cohort, column, None));
        if lost_at.is_some() || matches!(analysis.question, Question::Followup | Question::Trajectory(_)) {
            let states = cohort.states.iter().flat_map(|state| &state.sql.columns);
            states.for_each(|column| self.column(cohort, column, None));
        }
        if let (Question::Followup, Some(elapsed)) = (&analysis.question, &cohort.elapsed) {
            self.items.insert((cohort.instrument.clone(), elapsed.item.clone(), None));
        }
    }

    fn form(&mut self, cohort: &Cohort, wave: &str) {
        self.forms.insert((cohort.instrument.clone(), wave.to_owned()));
    }

    /// `at`: the wave of the variable that reads the column, where the column names none.
    fn column(&mut self, cohort: &Cohort, column: &Column, at: Option<&str>) {
        let wave = column.wave.as_deref().or(at);
        if let Some(wave) = wave {
            self.form(cohort, wave);
        }
        let name = &column.item.name;
        let derived = match column.origin {
            Origin::Assessment => cohort.per_assessment.iter().find(|derived| derived.item.name == *name),
            Origin::Respondent => cohort.per_respondent.iter().find(|derived| derived.item.name == *name),
            Origin::Constant | Origin::Attached | Origin::Wave => None,
        };
        match (derived, column.origin) {
            (Some(derived), _) => {
                self.derived.insert((cohort.id.clone(), name.clone()));
                derived.sql.columns.iter().for_each(|column| self.column(cohort, column, wave));
            }
            (None, Origin::Attached) => {
                let attach = cohort.attach.iter().find(|attach| attach.variables.contains(name));
                if let Some(attach) = attach {
                    let (instrument, wave) = (attach.instrument.clone(), attach.wave.clone());
                    self.forms.insert((instrument.clone(), wave.clone()));
                    self.items.insert((instrument, name.clone(), Some(wave)));
                    self.column(cohort, &attach.by, None);
                }
            }
            (None, Origin::Wave) => {}
            (None, Origin::Constant) => {
                self.items.insert((cohort.instrument.clone(), name.clone(), None));
            }
            (None, Origin::Assessment | Origin::Respondent) => {
                self.items.insert((cohort.instrument.clone(), name.clone(), wave.map(str::to_owned)));
            }
        }
    }
}
