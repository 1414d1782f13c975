//! Which conditions make a number one that is not to be trusted.
//!
//! A condition either says why a number does not exist, or how it was made, or that it may be wrong although it is shown. The last are
//! doubts: they are said at the number itself, in its row, its sentence and its file, since a footnote that nothing points to is not read.

use super::Condition;

/// The codes of doubts.
pub const DOUBTS: &[&str] = &[
    // Maximum likelihood overstates odds ratios where few have the outcome.
    "few_events",
    // Errors with a normal reference are too small.
    "few_clusters",
    // A few clusters carry the result.
    "unequal_clusters",
    // Satterthwaite's degrees of freedom below four: the reference distribution is not known well.
    "few_df",
    // The optimiser has no certain answer.
    "not_converged",
    // As many terms as observations: the model says what was put into it.
    "saturated",
    // The numbers are those of a limit that no finite model has.
    "limiting_model",
    "limiting_weights",
    // The χ² of small expected counts.
    "small_expected",
    // The questions do not hang together, or one is turned the wrong way.
    "negative_alpha",
    // The penalty lies at the end of the range that was tried.
    "alpha_at_end_of_range",
];

impl Condition {
    /// Whether the number that carries it is not to be trusted.
    pub fn is_doubt(&self) -> bool {
        DOUBTS.contains(&self.code.as_str())
    }
}
