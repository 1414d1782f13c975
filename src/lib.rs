//! utfall
pub mod dictionary;
pub mod estimate;
pub mod pipeline;
pub mod plan;
pub mod written;
