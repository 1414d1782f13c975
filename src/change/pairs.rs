//! Distinct (before, after) pairs with their frequencies. Paired change depends on nothing else.

use std::collections::BTreeMap;

use thiserror::Error;

/// What the answers are, which decides what may be computed from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Two levels.
    Binary,
    /// Ordered levels; where a method needs scores, the codes are the scores.
    Ordinal,
    /// Numbers with equal units, such as days or a sum score.
    Numeric,
}

/// Which direction of change is for the better: declared in the dictionary, never assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// A higher code is better.
    Higher,
    /// A lower code is better.
    Lower,
    /// Not declared: change is increase and decrease, and nothing is called better or worse.
    None,
}

/// Why pairs cannot be analysed. No message holds an answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PairsError {
    #[error(
        "{before} answers before, {after} after and {frequency} frequencies: they have to be of one length"
    )]
    Lengths { before: usize, after: usize, frequency: usize },
    #[error("pair {index}, counted from 0, holds a number that is not finite; leave incomplete pairs out")]
    NotFinite { index: usize },
    #[error(
        "pair {index}, counted from 0, holds a code that is none of the {levels} levels; declare it or make it missing"
    )]
    NotALevel { index: usize, levels: usize },
    #[error("{found} levels declared, of which {distinct} are distinct and finite; {expected}")]
    Levels { found: usize, distinct: usize, expected: &'static str },
    #[error("more than 2^53 pairs: they can no longer be counted exactly")]
    TooMany,
}

/// Distinct (before, after) pairs with frequencies, sorted, so that the order of rows never matters.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs {
    before: Vec<f64>,
    after: Vec<f64>,
    frequency: Vec<u64>,
    scale: Scale,
    better: Direction,
    levels: Vec<f64>,
    total: u64,
}

impl Pairs {
    /// Merges and sorts pairs. `before`, `after` and `frequency` are of one length; pairs of frequency 0 are left out.
    ///
    /// `levels` are the codes of a binary (exactly two) or ordinal (two or more) scale in the order of display, and are
    /// empty for a numeric one. The second level of a binary scale is the one that shares and odds are about.
    /// Increase and decrease always compare the codes themselves.
    ///
    /// # Errors
    /// On lengths that differ, numbers that are not finite, codes outside `levels`, and levels that do not fit the scale.
    pub fn new(
        before: &[f64],
        after: &[f64],
        frequency: &[u64],
        scale: Scale,
        better: Direction,
        levels: &[f64],
    ) -> Result<Pairs, PairsError> {
        let lengths = (before.len(), after.len(), frequency.len());
        if lengths.0 != lengths.1 || lengths.0 != lengths.2 {
            return Err(PairsError::Lengths { before: lengths.0, after: lengths.1, frequency: lengths.2 });
        }
        check_levels(scale, levels)?;
        let mut merged: BTreeMap<(Sortable, Sortable), u64> = BTreeMap::new();
        let mut total = 0u64;
        for (index, ((&x, &y), &times)) in before.iter().zip(after).zip(frequency).enumerate() {
            if !(x.is_finite() && y.is_finite()) {
                return Err(PairsError::NotFinite { index });
            }
            if scale != Scale::Numeric && !(levels.contains(&x) && levels.contains(&y)) {
                return Err(PairsError::NotALevel { index, levels: levels.len() });
            }
            if times == 0 {
                continue;
            }
            total = total.saturating_add(times);
            let pair = (Sortable::new(x), Sortable::new(y));
            merged.entry(pair).and_modify(|sum| *sum = sum.saturating_add(times)).or_insert(times);
        }
        if total > 1 << f64::MANTISSA_DIGITS {
            return Err(PairsError::TooMany);
        }
        Ok(Pairs {
            before: merged.keys().map(|pair| pair.0.0).collect(),
            after: merged.keys().map(|pair| pair.1.0).collect(),
            frequency: merged.into_values().collect(),
            scale,
            better,
            levels: levels.to_vec(),
            total,
        })
    }

    /// The answers before, one a distinct pair.
    pub fn before(&self) -> &[f64] {
        &self.before
    }

    /// The answers after, one a distinct pair.
    pub fn after(&self) -> &[f64] {
        &self.after
    }

    /// How many persons gave each distinct pair.
    pub fn frequency(&self) -> &[u64] {
        &self.frequency
    }

    pub fn scale(&self) -> Scale {
        self.scale
    }

    pub fn better(&self) -> Direction {
        self.better
    }

    /// The codes of a binary or ordinal scale, in the order of display; empty for a numeric one.
    pub fn levels(&self) -> &[f64] {
        &self.levels
    }

    /// Number of pairs, at most 2⁵³.
    pub fn n(&self) -> u64 {
        self.total
    }

    /// after − before, one a distinct pair.
    pub fn differences(&self) -> Vec<f64> {
        self.before.iter().zip(&self.after).map(|(before, after)| after - before).collect()
    }

    /// Transitions between levels, levels × levels, row by row: cell (i, j) at i·levels + j counts level i before and j
    /// after. Empty for a numeric scale.
    pub fn transitions(&self) -> Vec<u64> {
        let k = self.levels.len();
        let mut table = vec![0; k * k];
        let place = |code: f64| self.levels.iter().position(|&level| level == code);
        for ((&before, &after), &times) in self.before.iter().zip(&self.after).zip(&self.frequency) {
            if let (Some(row), Some(column)) = (place(before), place(after)) {
                table[row * k + column] += times;
            }
        }
        table
    }
}

fn check_levels(scale: Scale, levels: &[f64]) -> Result<(), PairsError> {
    let mut distinct: Vec<Sortable> =
        levels.iter().filter(|level| level.is_finite()).map(|&level| Sortable::new(level)).collect();
    distinct.sort();
    distinct.dedup();
    let (fits, expected) = match scale {
        Scale::Binary => (levels.len() == 2, "a binary scale has exactly two"),
        Scale::Ordinal => (levels.len() >= 2, "an ordinal scale has two or more"),
        Scale::Numeric => (levels.is_empty(), "a numeric scale has none"),
    };
    match fits && distinct.len() == levels.len() {
        true => Ok(()),
        false => Err(PairsError::Levels { found: levels.len(), distinct: distinct.len(), expected }),
    }
}

/// A finite number in its order; the two zeros are one number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sortable(pub f64);

impl Sortable {
    pub fn new(number: f64) -> Sortable {
        // −0 + 0 = 0
        Sortable(number + 0.0)
    }
}

impl Eq for Sortable {}

impl PartialOrd for Sortable {
    fn partial_cmp(&self, other: &Sortable) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Sortable {
    fn cmp(&self, other: &Sortable) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numeric(before: &[f64], after: &[f64], frequency: &[u64]) -> Result<Pairs, PairsError> {
        Pairs::new(before, after, frequency, Scale::Numeric, Direction::None, &[])
    }

    #[test]
    fn equal_pairs_are_merged_and_sorted() {
        let pairs = numeric(&[2.0, -0.0, 2.0, 0.0], &[1.0, 3.0, 1.0, 3.0], &[1, 2, 4, 0]).unwrap();
        assert_eq!((pairs.before(), pairs.after()), (&[0.0, 2.0][..], &[3.0, 1.0][..]));
        assert_eq!((pairs.frequency(), pairs.n()), (&[2, 5][..], 7));
        assert!(pairs.before()[0].is_sign_positive());
    }

    #[test]
    fn what_cannot_be_analysed_is_refused_without_a_value() {
        let lengths = numeric(&[1.0], &[1.0, 2.0], &[1]);
        assert_eq!(lengths, Err(PairsError::Lengths { before: 1, after: 2, frequency: 1 }));
        assert_eq!(numeric(&[1.0], &[f64::NAN], &[1]), Err(PairsError::NotFinite { index: 0 }));
        assert_eq!(numeric(&[1.0], &[1.0], &[u64::MAX]), Err(PairsError::TooMany));
        let odd = Pairs::new(&[1.0], &[777.0], &[1], Scale::Ordinal, Direction::None, &[1.0, 2.0]);
        assert_eq!(odd, Err(PairsError::NotALevel { index: 0, levels: 2 }));
        assert!(!PairsError::NotALevel { index: 0, levels: 2 }.to_string().contains("777"));
        for levels in [&[1.0][..], &[1.0, 1.0], &[1.0, 2.0, 3.0], &[1.0, f64::NAN]] {
            let pairs = Pairs::new(&[], &[], &[], Scale::Binary, Direction::None, levels);
            assert!(matches!(pairs, Err(PairsError::Levels { .. })));
        }
    }
}
