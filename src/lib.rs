mod store {
    pub mod bridge;
}
pub mod change;
pub mod cohort;
pub mod describe;
pub mod dictionary;
pub mod disclosure;
pub mod estimate;
pub mod intake;
pub mod model;
pub mod pipeline;
pub mod plan;
pub mod simulate;
pub mod tally;
pub mod written;
