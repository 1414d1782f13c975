//! utfall
pub mod cohort;
pub mod dictionary;
pub mod estimate;
pub mod pipeline;
pub mod plan;
pub mod tally;
pub mod written;
