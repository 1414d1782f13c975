//! What is asked of the data: the pipeline file as people write it ([`written`]) → the resolved [`Plan`](crate::question::Plan).
//!
//! Resolving looks up every name, fills in every default and answers each mistake with its line. The keys of a kind of question, and
//! what they mean, are the kind's own.

mod cohorts;
mod figures;
mod report;
mod resolve;
mod scores;
mod sources;
mod states;
pub mod written;

pub use resolve::load;
