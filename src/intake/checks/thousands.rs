//! # `thousands`
//!
//! ## What it does
//! Finds items of decimal numbers in text of which every one with a decimal sign has three digits after it, where the pipeline
//! does not say which sign it is.
//!
//! ## Why is this bad?
//! `1.250` is 1250 to whoever sets off thousands by a point, and is read as one and a quarter.
//!
//! ## Example
//! `950`, `1.250` and `12.400` kroner in a file of a Norwegian spreadsheet.
//!
//! ## What to do
//! Say what the sign is: `format = { thousands = ".", decimal = "," }`, or `format = { decimal = "." }` where the numbers have
//! three decimals. `thousands = "report"` reads them as decimals and goes on.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "thousands",
    about: "A decimal sign looks like a thousands sign.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
