//! What was found in the files and cohorts and touches numbers, by its values and not by its sentences.

use serde::Serialize;

use super::reads::Reads;
use super::record::{CohortRecord, FindingRecord, SourceRecord};
use crate::dictionary::has_shared_label;
use crate::plan::Action;
use crate::question::Plan;

/// One thing that was found, counted over all files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    pub matter: &'static str,
    pub instrument: String,
    /// Where it is about a cohort's rows.
    pub cohort: Option<String>,
    /// `None` where files of several waves are meant.
    pub wave: Option<String>,
    /// The item or the derived variable that is meant.
    pub about: Option<String>,
    pub count: u64,
    pub of: Option<u64>,
}

/// The facts of an evaluation, each once, in the order of the files.
pub fn facts(plan: &Plan, sources: &[SourceRecord], cohorts: &[CohortRecord]) -> Vec<Fact> {
    let of_files = sources.iter().flat_map(|source| {
        let alone = is_alone(plan, sources, source);
        let of_file = of_one_file(sources, source);
        source.found.iter().filter_map(move |found| {
            let fact = of_finding(found, &source.instrument)?;
            let fact = Fact { of: fact.of.filter(|_| alone), ..fact };
            if !is_of_row(plan, &fact)
                || !of_file.iter().all(|other| other.found.iter().any(|one| one.is_as(found)))
            {
                return Some(fact);
            }
            // Of a wide file every wave has found it in the same row: it is told once, and of no wave.
            let first = of_file.first().is_none_or(|first| std::ptr::eq(*first, source));
            let wave = fact.wave.clone().filter(|_| of_file.len() < 2);
            first.then_some(Fact { wave, ..fact })
        })
    });
    let of_cohorts = cohorts.iter().flat_map(|cohort| of_cohort(plan, cohort));
    let mut facts: Vec<Fact> = Vec::new();
    for fact in of_files.chain(of_cohorts).chain(of_plan(plan)) {
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
    facts
}

/// A code that has its label with another.
pub const SHARED_LABEL: &str = "shared_label";

/// The matter that is about forms though it names items.
const LEFT_OUT: &str = "rejected_answer";

impl Fact {
    /// Whether numbers of an analysis rest on what was found.
    pub fn concerns(&self, reads: &Reads) -> bool {
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

/// All sources that read the same file, this one among them.
fn of_one_file<'r>(sources: &'r [SourceRecord], one: &SourceRecord) -> Vec<&'r SourceRecord> {
    let file =
        |record: &SourceRecord| (record.instrument.clone(), record.file.clone(), record.digest.clone());
    sources.iter().filter(|other| file(other) == file(one)).collect()
}

/// Whether a fact is about a row, or about a column that is the same at all waves: several sources find it in the same file.
fn is_of_row(plan: &Plan, fact: &Fact) -> bool {
    const ROWS: [&str; 8] = [
        "respondent_missing",
        "broken_row",
        "left_out_id",
        "trial_id",
        "sums_row",
        "twin_ids",
        "identical_row",
        "duplicate_respondent",
    ];
    let constant = |name: &String| {
        let instrument = plan.instruments.iter().find(|known| known.id == fact.instrument);
        instrument.and_then(|known| known.item(name)).is_some_and(|item| item.constant)
    };
    fact.about.as_ref().map_or(ROWS.contains(&fact.matter), constant)
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
        "outside_window" => "outside_window",
        "alike_ids" => "alike_ids",
        "twin_ids" => "twin_ids",
        "trial_id" => "trial_id",
        "sums_row" => "sums_row",
        "left_out_id" => "left_out_id",
        // The earlier answers count.
        "empty_in_correction" => return None,
        "constant_changes" => "constant_changes",
        "carried_along" | "sparse_forms" => "sparse_form",
        "file_labels" if found.item.is_some() => "file_labels",
        // Told answer by answer as `constant_changes`.
        "other_people" => return None,
        _ if found.item.is_none() => return None,
        _ if is(Action::Reject) => LEFT_OUT,
        "type" | "unlisted_code" | "range" | "mojibake" if is(Action::SetMissing) => "unread",
        "range" => "out_of_range",
        "undeclared_missing" => "undeclared_missing",
        "thousands" => "thousands",
        "emptied_answer" => "emptied_answer",
        // Headings and totals are of nobody; the shares of what was not read and not linked are told by their counts.
        _ => return None,
    };
    let of_answers = [
        LEFT_OUT,
        "unread",
        "out_of_range",
        "undeclared_missing",
        "constant_changes",
        "file_labels",
        "thousands",
        "emptied_answer",
    ];
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Language;
    use crate::intake::CHECKS;
    use crate::table::words;

    fn finding(check: &str, action: Action, item: Option<&str>) -> FindingRecord {
        FindingRecord {
            check: check.to_owned(),
            action: action.name().to_owned(),
            item: item.map(str::to_owned),
            wave: None,
            count: 1,
            of: None,
        }
    }

    /// Checks whose findings touch no number: of headings, of rows that are nobody's, and those that stop the run or
    /// whose counts are told otherwise.
    const SILENT: [&str; 9] = [
        "column_absent",
        "column_twice",
        "empty_in_correction",
        "no_rows",
        "other_people",
        "second_heading",
        "totals_row",
        "unread",
        "unlinked",
    ];

    #[test]
    fn what_a_check_finds_is_told_in_words_unless_it_touches_no_number() {
        for check in CHECKS {
            let mut told = 0;
            for action in check.allowed_actions {
                for item in [None, Some("health")] {
                    let Some(fact) = of_finding(&finding(check.id, *action, item), "form") else { continue };
                    told += 1;
                    let key = format!("remark.{}", fact.matter);
                    assert!(words::find(Language::En, &key).is_some(), "{key} has no words");
                }
            }
            assert!(told > 0 || SILENT.contains(&check.id), "{} is not told", check.id);
        }
        for matter in ["unlinked", "swallowed", SHARED_LABEL] {
            assert!(words::find(Language::En, &format!("remark.{matter}")).is_some(), "{matter}");
        }
    }

    #[test]
    fn answers_are_counted_over_checks_and_rows_are_not_of_an_item() {
        let of = |check, action, item| of_finding(&finding(check, action, item), "form");
        let unread =
            ["type", "unlisted_code", "range"].map(|check| of(check, Action::SetMissing, Some("health")));
        assert!(
            unread.iter().flatten().all(|fact| fact.matter == "unread") && unread.iter().all(Option::is_some)
        );
        let dated = of("date_order", Action::Report, Some("day")).expect("it is told");
        assert_eq!((dated.matter, dated.about), ("date_order", None));
        // A letter that was written wrongly in a text is mended, and no number is.
        assert_eq!(of("mojibake", Action::Report, Some("remark")), None);
    }
}
