//! What was found in the files and cohorts and touches numbers → what a release tells of it.
//!
//! Facts are gathered from the record of the run by their values, not from its sentences. Each concerns the analyses that read its
//! forms, its item or its variable, and is told in the report's reservations and below the tables and figures of these. Its counts
//! pass [`told_count`]: beside them nothing of a fact depends on answers but that it was found.

use std::collections::BTreeMap;

use serde::Serialize;

use super::desk::is_about_services;
use super::reads::Reads;
use super::record::{CohortRecord, FindingRecord, SourceRecord};
use crate::dictionary::{FormUnit, Text, has_shared_label};
use crate::disclosure::{Cleared, Policy, told_count};
use crate::plan::{Action, Analysis, Plan};
use crate::table::{About, Remark, words};

/// One thing that was found, counted over all files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    matter: &'static str,
    instrument: String,
    /// Where it is about a cohort's rows.
    cohort: Option<String>,
    /// `None` where files of several waves are meant.
    wave: Option<String>,
    /// The item or the derived variable that is meant.
    about: Option<String>,
    count: u64,
    of: Option<u64>,
}

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
        let mut facts: Vec<Fact> = Vec::new();
        let found = sources.iter().flat_map(|source| {
            let alone = is_alone(plan, sources, source);
            let facts = source.found.iter().filter_map(|found| of_finding(found, &source.instrument));
            facts.map(move |fact| Fact { of: fact.of.filter(|_| alone), ..fact })
        });
        let found = found.chain(cohorts.iter().flat_map(|cohort| of_cohort(plan, cohort)));
        for fact in found.chain(of_plan(plan)) {
            let same = |known: &&mut Fact| {
                (known.matter, &known.instrument, &known.cohort, &known.wave, &known.about)
                    == (fact.matter, &fact.instrument, &fact.cohort, &fact.wave, &fact.about)
            };
            match facts.iter_mut().find(same) {
                // Where several checks find something in one file, it is of the same answers.
                Some(known) => known.count += fact.count,
                None => facts.push(fact),
            }
        }
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
        let policy = &self.plan.policy;
        let held_against = (*policy != Policy::None.name()).then_some(cleared);
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
            let own = facts.iter().filter(|fact| fact.matter == remark.matter && self.place(fact) == remark.place);
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
        let concerned = |one: &&Cleared| {
            let read = self.reads.iter().find(|(analysis, _)| analysis.id == one.analysis());
            read.is_some_and(|(analysis, reads)| {
                !is_about_services(self.plan, analysis) && fact.concerns(reads)
            })
        };
        let is_part =
            |one: &&Cleared| one.group().is_empty() && HELD_AGAINST.contains(&one.statistic().name);
        let counts = cleared.iter().filter(is_part).filter(concerned);
        // A count of persons is a whole number.
        counts.filter_map(|one| one.value().map(|value| value as u64)).collect()
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

/// What a file lacks or a wave has lost may be what the files had and was not read, or what was left out.
const HELD_AGAINST: [&str; 3] = ["missing", "n_missing", "lost"];

const SHARED_LABEL: &str = "shared_label";

/// The matters that are about forms and rows though they name an item.
const LEFT_OUT: &str = "rejected_answer";

impl Fact {
    fn concerns(&self, reads: &Reads) -> bool {
        let wave = self.wave.as_deref();
        match (&self.cohort, &self.about) {
            (Some(cohort), Some(variable)) => reads.variable(cohort, variable),
            (Some(cohort), None) => reads.cohort(cohort, &self.instrument, wave),
            (None, Some(item)) if self.matter != LEFT_OUT => reads.item(&self.instrument, item, wave),
            (None, _) => reads.forms(&self.instrument, wave),
        }
    }
}

/// Whether all forms of the file's waves are in this file. Where they are in several, those without a finding do not tell how many
/// answers they have.
fn is_alone(plan: &Plan, sources: &[SourceRecord], one: &SourceRecord) -> bool {
    let wave = |record: &SourceRecord| {
        plan.sources.iter().find(|source| source.id == record.source).map(|source| &source.wave)
    };
    let alike = |other: &&SourceRecord| other.instrument == one.instrument && wave(other) == wave(one);
    sources.iter().filter(alike).count() == 1
}

/// The fact that a finding is, where it touches numbers.
fn of_finding(found: &FindingRecord, instrument: &str) -> Option<Fact> {
    let is = |action: Action| found.action == action.name();
    let matter = match found.check.as_str() {
        "blank_form" if is(Action::Report) => "blank_kept",
        "blank_form" => "blank_form",
        "respondent_missing" => "respondent_missing",
        "ragged_row" | "stray_quote" => "broken_row",
        "unknown_wave" => "unknown_wave",
        "between_waves" => "between_waves",
        "duplicate_respondent" => "duplicate_respondent",
        "replaced_row" => "replaced_row",
        "identical_row" => "identical_row",
        "superseded_row" => "superseded_row",
        "date_order" => "date_order",
        "alike_ids" => "alike_ids",
        "constant_changes" => "constant_changes",
        _ if found.item.is_none() => return None,
        _ if is(Action::Reject) => LEFT_OUT,
        "type" | "unlisted_code" | "range" | "mojibake" if is(Action::SetMissing) => "unread",
        "range" => "out_of_range",
        "undeclared_missing" => "undeclared_missing",
        // Headings and totals are of nobody; the shares of what was not read and not linked are told by their counts.
        _ => return None,
    };
    let of_answers = [LEFT_OUT, "unread", "out_of_range", "undeclared_missing", "constant_changes"];
    Some(Fact {
        matter,
        instrument: instrument.to_owned(),
        cohort: None,
        wave: found.wave.clone(),
        about: found.item.clone().filter(|_| of_answers.contains(&matter)),
        count: found.count,
        of: found.of,
    })
}

fn of_cohort(plan: &Plan, record: &CohortRecord) -> Vec<Fact> {
    let cohort = plan.cohorts.iter().find(|cohort| cohort.id == record.cohort);
    let instrument = cohort.map(|cohort| cohort.instrument.clone()).unwrap_or_default();
    let fact = |matter, wave: Option<&String>, about: Option<&String>, count| Fact {
        matter,
        instrument: instrument.clone(),
        cohort: Some(record.cohort.clone()),
        wave: wave.cloned(),
        about: about.cloned(),
        count,
        of: None,
    };
    let unlinked = record.unlinked.iter().map(|(wave, forms)| fact("unlinked", Some(wave), None, *forms));
    let swallowed =
        record.swallowed.iter().map(|(name, rows)| fact("swallowed", None, Some(name), rows.total()));
    unlinked.chain(swallowed).filter(|fact| fact.count > 0).collect()
}

/// What is to be said whatever the answers.
fn of_plan(plan: &Plan) -> Vec<Fact> {
    let items = plan.instruments.iter().flat_map(|instrument| {
        instrument.items.iter().filter(|item| has_shared_label(item)).map(|item| (&instrument.id, &item.name))
    });
    let fact = |(instrument, item): (&String, &String)| Fact {
        matter: SHARED_LABEL,
        instrument: instrument.clone(),
        cohort: None,
        wave: None,
        about: Some(item.clone()),
        count: 1,
        of: None,
    };
    items.map(fact).collect()
}
