//! The ledger: what was published, held against what is computed.
//!
//! A file beside the pipeline ([`written`]) has each published figure in its exact words, with page, population, denominator,
//! the word before the number, its rounding, and the computed number that it is compared with. [`judge()`] gives each a
//! verdict: reproduced, compatible, contradicted, or not testable with the reason; what a word such as *about* allows stands in
//! [`claim`]. [`faults`] holds the figures against each other by [`RULES`], whatever was computed.
//!
//! What is compared are cleared estimates, so that a verdict gives away no more than the release does.

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
