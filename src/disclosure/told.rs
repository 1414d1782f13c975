//! Counts that are written in a sentence, not in a table: forms left out, answers that could not be read.
//!
//! Such a count is in no equation of the released tables, but it can be compared with a count that is. If 16 people lack an answer, and 15
//! answers could not be read, one person is left. Under a policy with threshold `t`, such a count is therefore given as a class: `1 … t − 1`,
//! then steps of `2t`: `t … 3t − 1`, … For every released count `T` that it may be a part of, at least `t` values of the remainder must stay
//! possible. If a class begins less than `t − 1` below `T`, it is joined with the class before it and written as "some". The classes depend on
//! what is released and not on the count, so "some" reveals nothing either.

use super::Policy;

/// What may be told of a count. Only [`told_count`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told(Precision);

/// How exactly a count is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    Exactly(u64),
    /// At least one.
    FewerThan(u64),
    /// Between the two, both of them possible.
    Between(u64, u64),
    /// At least one.
    Some,
}

impl Told {
    pub fn precision(self) -> Precision {
        self.0
    }
}

/// What a policy lets out of a count of persons, forms or answers; `None` where there are none, which nobody has to be told.
///
/// `released`: the counts in the release that this one may be a part of.
pub fn told_count(policy: Policy, count: u64, released: &[u64]) -> Option<Told> {
    if count == 0 {
        return None;
    }
    let Some(threshold) = policy.threshold() else { return Some(Told(Precision::Exactly(count))) };
    let class = Class::of(count, threshold);
    let merged = |class: Class| class.is_merged(threshold, released);
    let precision = match (merged(class), merged(class.next(threshold))) {
        (false, false) if class.from == 1 => Precision::FewerThan(threshold),
        (false, false) => Precision::Between(class.from, class.to),
        _ => Precision::Some,
    };
    Some(Told(precision))
}

/// The counts from one to another, both of them in it.
#[derive(Clone, Copy)]
struct Class {
    from: u64,
    to: u64,
}

impl Class {
    fn of(count: u64, threshold: u64) -> Class {
        match count < threshold {
            true => Class { from: 1, to: threshold - 1 },
            false => {
                let step = 2 * threshold;
                let from = threshold + (count - threshold) / step * step;
                Class { from, to: from + step - 1 }
            }
        }
    }

    fn next(self, threshold: u64) -> Class {
        Class::of(self.to + 1, threshold)
    }

    /// Whether it is told together with the one before it.
    fn is_merged(self, threshold: u64, released: &[u64]) -> bool {
        let cut = |released: &u64| (self.from..self.from + threshold - 1).contains(released);
        self.from > 1 && released.iter().any(cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn precision(count: u64, released: &[u64]) -> Option<Precision> {
        told_count(Policy::Min5, count, released).map(Told::precision)
    }

    #[test]
    fn without_a_policy_a_count_is_told_as_it_is() {
        let told = |count| told_count(Policy::None, count, &[count]).map(Told::precision);
        assert_eq!(told(3), Some(Precision::Exactly(3)));
        assert_eq!(told(0), None);
    }

    #[test]
    fn small_counts_are_fewer_than_five_and_others_between_two() {
        assert_eq!(precision(0, &[]), None);
        for (count, told) in [
            (1, Precision::FewerThan(5)),
            (4, Precision::FewerThan(5)),
            (5, Precision::Between(5, 14)),
            (14, Precision::Between(5, 14)),
            (15, Precision::Between(15, 24)),
            (1237, Precision::Between(1235, 1244)),
        ] {
            assert_eq!(precision(count, &[]), Some(told), "{count}");
        }
    }

    #[test]
    fn beside_a_released_count_that_leaves_little_it_is_some() {
        // 16 lack an answer: whether 14 or 15 of them could not be read would tell how many are left.
        assert_eq!(precision(15, &[16]), Some(Precision::Some));
        assert_eq!(precision(9, &[16]), Some(Precision::Some));
        assert_eq!(precision(3, &[16]), Some(Precision::FewerThan(5)));
        assert_eq!(precision(3, &[6]), Some(Precision::Some));
        assert_eq!(precision(9, &[26]), Some(Precision::Between(5, 14)));
    }

    /// Whoever knows the rule and the released counts, and so all counts that would be told alike, does not learn what is left of a
    /// released count more narrowly than a small count is told anyway.
    #[test]
    fn what_is_left_of_a_released_count_stays_in_doubt() {
        for released in (5..80).flat_map(|one| (5..80).map(move |other| [one, other])) {
            for part in 1..=released[0] {
                let told = precision(part, &released);
                let alike = (1..=released[0]).filter(|other| precision(*other, &released) == told);
                assert!(alike.count() >= 4, "{part} of {released:?}: {told:?}");
            }
        }
    }
}
