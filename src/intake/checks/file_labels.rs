//! # `file_labels`
//!
//! ## What it does
//! Finds items for which the file itself (SPSS, Stata, Parquet) has a label at another code than the dictionary, or declares a code missing
//! that is an answer in the dictionary.
//!
//! ## Why is this bad?
//! The codes were shifted or reversed between two waves, and then all change is false.
//!
//! ## Example
//! The first wave has 1 = Never … 5 = Always, the second 0 = Never … 4 = Always.
//!
//! ## What to do
//! Recode one of the files, or say at each code of the dictionary how that file writes it: `written = ["0"]`. `file_labels = "report"`
//! trusts the codes.

use super::Check;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "file_labels",
    about: "The file labels a code differently from the dictionary.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[],
};
