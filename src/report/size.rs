//! How large a change is, in words: a clear change need not be one that anybody would notice.
//!
//! Means are measured by [`d_av`](crate::estimate), the change over the average standard deviation before and after (Cumming
//! 2012; Lakens 2013, Frontiers in Psychology 4:863), shares by Cohen's h, [`cohens_h`](crate::statistic::COHENS_H). Both are named by
//! Cohen's conventions (1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., sections 2.2.3 and 6.2.2): 0.2 is
//! small, 0.5 medium, 0.8 large, and what does not reach 0.2 is here called very small. They are conventions, made for want of a
//! better measure; what a change means to a person they do not know, and the report says so.

use crate::dictionary::Language;
use crate::table::words;

/// How large a change is by Cohen's conventions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// Below 0.2, which Cohen has no name for.
    VerySmall,
    Small,
    Medium,
    Large,
}

impl Size {
    /// The size of a standardised change, whatever its direction; of what is shown of it, two decimals, so that the name and
    /// the number agree.
    #[expect(clippy::float_arithmetic, reason = "rounding")]
    pub fn of(standardised: f64) -> Size {
        match (100.0 * standardised.abs()).round() / 100.0 {
            size if size < 0.2 => Size::VerySmall,
            size if size < 0.5 => Size::Small,
            size if size < 0.8 => Size::Medium,
            _ => Size::Large,
        }
    }

    /// `small change`, `liten endring`.
    pub(super) fn change(self, language: Language) -> String {
        let key = match self {
            Size::VerySmall => "size.very_small",
            Size::Small => "size.small",
            Size::Medium => "size.medium",
            Size::Large => "size.large",
        };
        words::say(language, key, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_named_by_the_conventions_limits() {
        let named = |size| Size::of(size);
        assert_eq!(named(-0.194), Size::VerySmall);
        assert_eq!(named(-0.196), Size::Small);
        assert_eq!(named(0.2), Size::Small);
        assert_eq!(named(-0.5), Size::Medium);
        assert_eq!(named(0.794_9), Size::Medium);
        assert_eq!(named(0.8), Size::Large);
    }
}
