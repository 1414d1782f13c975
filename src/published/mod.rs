//! The ledger: published figures, compared with computed numbers.
//!
//! A file beside the pipeline ([`written`]) has each published figure in its exact words, with page, population, denominator, the word
//! before the number, its rounding, and the id of the computed number. [`judge()`] gives each a verdict: reproduced, compatible, contradicted,
//! or not testable with the reason. [`claim`] says what a word such as *about* allows. [`faults`] compares the figures with each other by
//! [`RULES`], independently of what was computed.
//!
//! Only cleared estimates are compared, so that a verdict reveals no more than the release does.

pub mod claim;
mod file;
mod judge;
mod ledger;
mod possible;
mod resolve;
mod rules;
mod tables;
mod wording;
pub mod written;

pub use file::{COLUMNS, checks_csv, csv};
pub use judge::{Judged, Verdict, Why, judge};
pub use ledger::{Against, Denominator, Document, Expression, Figure, Ledger, Same, Unit, Whole, WholeOf};
pub use possible::{Nearest, impossible};
pub use resolve::{Known, load};
pub use rules::{Fault, RULES, Rule, faults};
pub use tables::{sheet, tables};
