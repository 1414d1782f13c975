//! # `thousands`
//!
//! ## What it does
//! Finds decimal numbers in text that all have three digits after the sign, if the pipeline does not say what the sign means.
//!
//! ## Why is this bad?
//! `1.250` is 1250 if the point separates thousands, and one and a quarter otherwise.
//!
//! ## Example
//! `950`, `1.250` and `12.400` kroner in a file from a Norwegian spreadsheet.
//!
//! ## What to do
//! Say what the sign is: `format = { thousands = ".", decimal = "," }`; or `format = { decimal = "." }` if the numbers have three decimals.
//! `thousands = "report"` reads them as decimals and continues.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "thousands",
    about: "A decimal sign looks like a thousands sign.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
