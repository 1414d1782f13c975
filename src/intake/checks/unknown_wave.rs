//! # `unknown_wave`
//!
//! ## What it does
//! Finds rows whose wave column is empty, or has a value that the pipeline does not list.
//!
//! ## Why is this bad?
//! A form without a wave counts nowhere, and its respondent looks lost.
//!
//! ## Example
//! `wave_column = { column = "TIME", values = { 0 = "w0", 6 = "w6" } }`, and a row with 12.
//!
//! ## What to do
//! List the wave. If the evaluation uses only some of the file's waves, write `unknown_wave = "reject"`.

use super::{Check, Row, Rule};
use crate::plan::{Action, Clock, WaveOf};

pub const CHECK: Check = Check {
    id: "unknown_wave",
    about: "A row belongs to no wave of the evaluation.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Reject],
    rules: &[Rule::Row(unknown)],
};

fn unknown(row: &Row) -> Option<String> {
    if row.wave {
        return None;
    }
    Some(match &row.source.wave {
        WaveOf::File(_) => "the file's wave is not one of the evaluation's".to_owned(),
        WaveOf::Column { column, values } => {
            let known: Vec<&str> = values.iter().map(|(text, _)| text.as_str()).collect();
            format!("the column {column:?} names no known wave; expected one of {}", known.join(", "))
        }
        WaveOf::Start { column, clock: Clock::Date } => {
            format!(
                "the column {column:?} holds no day; expected the day of the form, written {}",
                row.source.format.date.join(" or ")
            )
        }
        WaveOf::Start { column, clock: Clock::Days } => {
            format!(
                "the column {column:?} holds no number; expected the days since the respondent's first form"
            )
        }
    })
}
