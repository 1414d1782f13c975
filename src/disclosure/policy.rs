//! Policies: which counts must be hidden.

use serde::Serialize;

/// A disclosure policy, by its name in pipelines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Policy {
    /// Everything is shown: for made-up people and for public data.
    None,
    /// Counts of 1 to 4 persons are hidden, and whatever gives them away.
    Min5,
}

impl Policy {
    pub const ALL: [Policy; 2] = [Policy::None, Policy::Min5];

    /// The policy of a name; [`Policy::names`] lists the known ones.
    pub fn parse(name: &str) -> Option<Policy> {
        Policy::ALL.into_iter().find(|policy| policy.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Policy::None => "none",
            Policy::Min5 => "min5",
        }
    }

    /// The known names, for a message that says what would be right.
    pub fn names() -> Vec<&'static str> {
        Policy::ALL.into_iter().map(Policy::name).collect()
    }

    /// The least positive count that may be seen; `None` where all may.
    pub fn threshold(self) -> Option<u64> {
        match self {
            Policy::None => None,
            Policy::Min5 => Some(5),
        }
    }
}
