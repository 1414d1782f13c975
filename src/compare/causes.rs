//! What moved a number: the parts of its fingerprint that are not as they were.

use std::collections::BTreeSet;

use crate::run::{DISCLOSURE, RANKED, Record, StepRecord, store_step};

/// Where a change came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The files of forms.
    Data,
    /// What the answers mean.
    Dictionary,
    /// What is asked of them, disclosure policy and all.
    Pipeline,
    /// `utfall` itself.
    Program,
    /// Nothing of its own: numbers that disclosure control hides or shows together with it moved.
    Elsewhere,
}

impl Cause {
    pub fn as_str(self) -> &'static str {
        match self {
            Cause::Data => "data",
            Cause::Dictionary => "dictionary",
            Cause::Pipeline => "pipeline",
            Cause::Program => "program",
            Cause::Elsewhere => "elsewhere",
        }
    }
}

/// A cause with what of it changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moved {
    pub cause: Cause,
    pub what: String,
}

impl Moved {
    fn new(cause: Cause, what: impl Into<String>) -> Moved {
        Moved { cause, what: what.into() }
    }
}

/// What is not as it was in the whole of two runs.
pub fn of_run(before: &Record, after: &Record) -> Vec<Moved> {
    let mut moved = BTreeSet::new();
    for source in &after.sources {
        let file = format!("{} ({})", source.source, source.file);
        match before.sources.iter().find(|known| known.source == source.source) {
            None => {
                let what = format!("{file}: for the first time, {} rows stored", source.rows_stored);
                moved.insert(Moved::new(Cause::Data, what));
            }
            Some(was) if was.digest != source.digest => {
                let what = format!("{file}: {} → {} rows stored", was.rows_stored, source.rows_stored);
                moved.insert(Moved::new(Cause::Data, what));
            }
            Some(_) => {}
        }
    }
    for gone in
        before.sources.iter().filter(|was| after.sources.iter().all(|known| known.source != was.source))
    {
        moved.insert(Moved::new(Cause::Data, format!("{} ({}): no longer", gone.source, gone.file)));
    }
    let has_numbers =
        |step: &&StepRecord| [before, after].iter().any(|run| run.cleared.contains_key(&step.id));
    let analyses = after.steps.iter().chain(&before.steps).filter(has_numbers);
    for step in analyses {
        // The files have been told with their rows.
        let of_it =
            of_analysis(&step.id, before, after).into_iter().filter(|moved| moved.cause != Cause::Data);
        moved.extend(of_it.filter(|moved| moved.cause != Cause::Elsewhere));
    }
    if before.policy != after.policy {
        moved.insert(policy(before, after));
    }
    moved.into_iter().collect()
}

/// What moved the numbers of an analysis.
pub fn of_analysis(analysis: &str, before: &Record, after: &Record) -> Vec<Moved> {
    let (was, is) = match (before.step(analysis), after.step(analysis)) {
        (None, None) => return of_made(before, after),
        (None, Some(_)) => {
            return vec![Moved::new(Cause::Pipeline, format!("{analysis} for the first time"))];
        }
        (Some(_), None) => return vec![Moved::new(Cause::Pipeline, format!("{analysis} no longer"))],
        (Some(was), Some(is)) => (was, is),
    };
    let mut moved = BTreeSet::new();
    if was.output != is.output {
        for part in differing(was, is) {
            match (part, part.strip_prefix("the data of ")) {
                ("the program", _) => {
                    moved.insert(program(before, after));
                }
                (_, Some(instrument)) => moved.extend(of_store(instrument, before, after)),
                // What is asked holds the codes of what it is asked of: with the pipeline as it was, those moved it.
                (_, None) if before.pipeline == after.pipeline && !before.pipeline.is_empty() => {}
                (part, None) => {
                    moved.insert(Moved::new(Cause::Pipeline, part));
                }
            }
        }
    }
    if before.policy != after.policy {
        moved.insert(policy(before, after));
    }
    if moved.is_empty() {
        moved.insert(match before.program == after.program {
            true => Moved::new(Cause::Elsewhere, "what is hidden together with other analyses"),
            false => program(before, after),
        });
    }
    moved.into_iter().collect()
}

/// What moved numbers that no analysis gives, such as the ranges of what tables rank: they are worked out of what may be seen.
fn of_made(before: &Record, after: &Record) -> Vec<Moved> {
    let mut moved = Vec::new();
    if let (Some(was), Some(is)) = (before.step(DISCLOSURE), after.step(DISCLOSURE)) {
        let asked = differing(was, is).into_iter().filter(|part| *part == RANKED);
        moved.extend(asked.map(|part| Moved::new(Cause::Pipeline, part)));
    }
    if before.policy != after.policy {
        moved.push(policy(before, after));
    }
    if moved.is_empty() {
        moved.push(match before.program == after.program {
            true => Moved::new(Cause::Elsewhere, "the numbers that it is worked out of"),
            false => program(before, after),
        });
    }
    moved
}

/// What moved the validated data of an instrument. Labels move no number.
fn of_store(instrument: &str, before: &Record, after: &Record) -> Vec<Moved> {
    let step = store_step(instrument);
    let (Some(was), Some(is)) = (before.step(&step), after.step(&step)) else {
        return vec![Moved::new(Cause::Pipeline, format!("the sources of {instrument}"))];
    };
    let moved = differing(was, is).into_iter().filter_map(|part| match part {
        "the program" => Some(program(before, after)),
        part if part.starts_with("the labels of the dictionary ") => None,
        part if part.starts_with("the codes of the dictionary ") => Some(Moved::new(Cause::Dictionary, part)),
        part if part.starts_with("the file of ") => Some(Moved::new(Cause::Data, part)),
        part => Some(Moved::new(Cause::Pipeline, part)),
    });
    moved.collect()
}

/// The parts that two steps do not have in common with the same digest.
fn differing<'s>(was: &'s StepRecord, is: &'s StepRecord) -> Vec<&'s str> {
    let parts = was.parts.0.keys().chain(is.parts.0.keys());
    let apart = parts.filter(|part| was.parts.0.get(*part) != is.parts.0.get(*part)).map(String::as_str);
    apart.collect::<BTreeSet<_>>().into_iter().collect()
}

fn program(before: &Record, after: &Record) -> Moved {
    // Version and digest of the source; the first digits tell two builds apart.
    let short = |program: &str| -> String {
        let (version, digest) = program.split_once(' ').unwrap_or((program, ""));
        format!("{version} {}", digest.chars().take(8).collect::<String>())
    };
    Moved::new(Cause::Program, format!("{} → {}", short(&before.program), short(&after.program)))
}

fn policy(before: &Record, after: &Record) -> Moved {
    Moved::new(Cause::Pipeline, format!("the disclosure policy: {} → {}", before.policy, after.policy))
}
