//! # `duplicate_respondent`
//!
//! ## What it does
//! Finds respondents with more than one assessment at the same wave, within a file and between files of an
//! instrument.
//!
//! ## Why is this bad?
//! Nothing tells which assessment is right, and counting both counts the person twice.
//!
//! ## Example
//! The same form was entered by two members of the staff.
//!
//! ## What to do
//! Delete the wrong row in the source. `duplicate_respondent = "reject"` rejects all rows of that respondent at that
//! wave: keeping the first would make the results depend on the order of the rows.

use super::{Check, Clash, Rule};
use crate::dictionary::Instrument;
use crate::intake::Intake;
use crate::intake::across::{Assessment, assessments};
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "duplicate_respondent",
    about: "A respondent has more than one assessment at a wave.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Reject],
    rules: &[Rule::Instrument(duplicates)],
};

fn duplicates(_: &Instrument, intakes: &[Intake]) -> Vec<Clash> {
    let assessments = assessments(intakes);
    let same =
        |one: &Assessment, other: &Assessment| one.respondent == other.respondent && one.wave == other.wave;
    let doubled = assessments.chunk_by(same).filter(|group| group.len() > 1);
    doubled.flat_map(|group| group.iter().map(|row| clash(row, group, intakes))).collect()
}

fn clash(row: &Assessment, group: &[Assessment], intakes: &[Intake]) -> Clash {
    let elsewhere = group.iter().find(|other| other.intake != row.intake);
    let found = "the respondent has another assessment at the same wave";
    let message = match elsewhere {
        Some(other) => format!("{found} in {}; expected one", intakes[other.intake].origin.file),
        None => format!("{found}; expected one"),
    };
    Clash { intake: row.intake, row: row.row, item: None, message }
}
