//! What was found in the files and cohorts and touches numbers → what a release tells of it.
//!
//! Each [`Fact`] concerns the analyses that read its
//! forms, its item or its variable, and is told in the report's reservations and below the tables and figures of these. Its counts
//! pass [`told_count`]: beside them nothing of a fact depends on answers but that it was found.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::facts::{Fact, SHARED_LABEL, facts};
use super::reads::Reads;
use super::record::{CohortRecord, SourceRecord};
use super::release::is_about_services;
use crate::dictionary::{FormUnit, Text};
use crate::disclosure::{Cleared, Policy, told_count};
use crate::plan::Derived;
use crate::question::{Analysis, Plan};
use crate::statistic::{LOST, MISSING, N_MISSING};
use crate::table::{About, Remark, words};

/// The facts of an evaluation, with the analyses that each concerns; those that concern none are left out.
pub struct Facts<'p> {
    plan: &'p Plan,
    reads: Vec<(&'p Analysis, Reads)>,
    facts: Vec<Fact>,
}

impl<'p> Facts<'p> {
    pub fn of(plan: &'p Plan, sources: &[SourceRecord], cohorts: &[CohortRecord]) -> Facts<'p> {
        let reads: Vec<(&Analysis, Reads)> =
            plan.analyses.iter().map(|analysis| (analysis, Reads::of(plan, analysis))).collect();
        let mut facts = facts(plan, sources, cohorts);
        facts.retain(|fact| reads.iter().any(|(_, reads)| fact.concerns(reads)));
        Facts { plan, reads, facts }
    }

    /// Those that concern one of some analyses.
    pub fn concerning(&self, analyses: &[String]) -> Vec<&Fact> {
        let reads: Vec<&Reads> = self
            .reads
            .iter()
            .filter(|(analysis, _)| analyses.contains(&analysis.id))
            .map(|(_, reads)| reads)
            .collect();
        self.facts.iter().filter(|fact| reads.iter().any(|reads| fact.concerns(reads))).collect()
    }

    /// What the remarks of some analyses depend on, of which a digest is made.
    pub fn parts<'d>(
        &self,
        analyses: &[String],
        cleared: &'d BTreeMap<String, String>,
    ) -> Option<impl Serialize + use<'_, 'd>> {
        let facts = self.concerning(analyses);
        let said = |fact: &&Fact| (self.place(fact), fact.about.as_ref().map(|name| self.label(fact, name)));
        let words: Vec<(Text, Option<Text>)> = facts.iter().map(said).collect();
        let policy = self.plan.policy;
        let held_against = (policy != Policy::None).then_some(cleared);
        (!facts.is_empty()).then_some((facts, words, policy, held_against))
    }

    /// What is told of some facts: one remark for those of one matter at one place.
    pub fn remarks(&self, facts: &[&Fact], policy: Policy, cleared: &[Cleared]) -> Vec<Remark> {
        let mut remarks: Vec<Remark> = Vec::new();
        for fact in facts {
            let place = self.place(fact);
            let count = told_count(self.policy(fact, policy), fact.count, &self.released(fact, cleared));
            let Some(about) = &fact.about else {
                remarks.push(Remark { matter: fact.matter, place, count, about: Vec::new() });
                continue;
            };
            let about = About {
                label: self.label(fact, about),
                count: count.filter(|_| fact.matter != SHARED_LABEL),
                of: fact.of,
            };
            match remarks.iter_mut().find(|known| known.matter == fact.matter && known.place == place) {
                Some(known) => known.about.push(about),
                None => remarks.push(Remark { matter: fact.matter, place, count: None, about: vec![about] }),
            }
        }
        remarks
    }

    /// What is told of each matter at each place, with the ids of the analyses of `shown` that it concerns.
    pub fn reservations(
        &self,
        shown: &[String],
        policy: Policy,
        cleared: &[Cleared],
    ) -> Vec<(Remark, Vec<String>)> {
        let facts = self.concerning(shown);
        let remarks = self.remarks(&facts, policy, cleared);
        let concerned = |remark: &Remark| {
            let own =
                facts.iter().filter(|fact| fact.matter == remark.matter && self.place(fact) == remark.place);
            let own: Vec<&&Fact> = own.collect();
            let reads = self.reads.iter().filter(|(analysis, _)| shown.contains(&analysis.id));
            reads
                .filter(|(_, reads)| own.iter().any(|fact| fact.concerns(reads)))
                .map(|(analysis, _)| analysis.id.clone())
                .collect()
        };
        remarks
            .into_iter()
            .map(|remark| {
                let concerned = concerned(&remark);
                (remark, concerned)
            })
            .collect()
    }

    /// Counts of services are no counts of persons.
    fn policy(&self, fact: &Fact, policy: Policy) -> Policy {
        let known = self.plan.instruments.iter().find(|known| known.id == fact.instrument);
        match known.map(|known| known.unit) {
            Some(FormUnit::Service) => Policy::None,
            _ => policy,
        }
    }

    /// The counts of the release that the fact's may be a part of: those who lack an answer, and those who were lost.
    fn released(&self, fact: &Fact, cleared: &[Cleared]) -> Vec<u64> {
        let related = fact.about.as_ref().map(|name| self.related(name));
        let concerned = |one: &Cleared| {
            let read = self.reads.iter().find(|(analysis, _)| analysis.id == one.analysis());
            read.is_some_and(|(analysis, reads)| {
                !is_about_services(self.plan, analysis) && fact.concerns(reads)
            })
        };
        let name = |one: &Cleared| one.variable().name().to_owned();
        let is_whole = |one: &&Cleared| {
            let is = |statistic| one.statistic() == statistic;
            one.group().is_empty()
                && match &related {
                    Some(related) if is(&MISSING) => related.contains(&name(one)),
                    Some(_) => is(&N_MISSING) && concerned(one),
                    None => is(&LOST) && concerned(one),
                }
        };
        // A count of persons is a whole number.
        cleared.iter().filter(is_whole).filter_map(|one| one.value().map(|value| value as u64)).collect()
    }

    /// A variable, what it is made from, and what is made from it.
    fn related(&self, name: &str) -> BTreeSet<String> {
        let cohorts = self.plan.cohorts.iter();
        let derived: Vec<&Derived> =
            cohorts.flat_map(|cohort| cohort.per_assessment.iter().chain(&cohort.per_respondent)).collect();
        let mut related = BTreeSet::from([name.to_owned()]);
        loop {
            let before = related.len();
            for one in &derived {
                let own = &one.item.name;
                let read: Vec<&String> = one.sql.columns.iter().map(|column| &column.item.name).collect();
                if own == name || read.iter().any(|column| related.contains(*column)) {
                    related.insert(own.clone());
                }
                if own == name {
                    related.extend(read.into_iter().cloned());
                }
            }
            if related.len() == before {
                return related;
            }
        }
    }

    /// `Form, after six months`: the instrument where there are several, the cohort where there are several, the wave.
    fn place(&self, fact: &Fact) -> Text {
        let plan = self.plan;
        let several = plan.sources.iter().any(|source| source.instrument != fact.instrument);
        let instrument =
            plan.instruments.iter().find(|known| known.id == fact.instrument).filter(|_| several);
        let cohort = fact.cohort.as_ref().filter(|_| plan.cohorts.len() > 1);
        let cohort = cohort.and_then(|id| plan.cohorts.iter().find(|cohort| cohort.id == *id));
        let wave = fact.wave.as_ref().and_then(|id| plan.waves.iter().find(|wave| wave.id == *id));
        let named = |label: &Text, id: &str| match label.is_empty() {
            true => Text::same(id),
            false => label.clone(),
        };
        let parts: Vec<Text> = [
            // A cohort has one instrument.
            instrument.filter(|_| cohort.is_none()).map(|known| named(&known.title, &known.id)),
            cohort.map(|cohort| named(&cohort.label, &cohort.id)),
            wave.map(|wave| named(&wave.label, &wave.id)),
        ]
        .into_iter()
        .flatten()
        .collect();
        words::each(|language| {
            let parts: Vec<&str> = parts.iter().map(|part| part.get(language)).collect();
            parts.join(", ")
        })
    }

    fn label(&self, fact: &Fact, name: &str) -> Text {
        let cohort = fact.cohort.as_ref();
        let derived = self.plan.cohorts.iter().filter(|known| cohort == Some(&known.id)).flat_map(|cohort| {
            cohort.per_assessment.iter().chain(&cohort.per_respondent).map(|derived| &*derived.item)
        });
        let items = self.plan.instruments.iter().filter(|known| known.id == fact.instrument);
        let mut known = derived.chain(items.flat_map(|instrument| &instrument.items));
        match known.find(|item| item.name == name) {
            Some(item) if !item.label.is_empty() => item.label.clone(),
            _ => Text::same(name),
        }
    }
}
