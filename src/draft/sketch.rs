//! How many different values a stream has, in bounded memory.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// As many hashes are kept at most.
const KEPT: usize = 4096;

/// The hashes of a share of the values: all of them while they are few, then every second, fourth … value, chosen by its
/// hash, so that a value is either counted every time that it comes or never.
#[derive(Debug, Clone, Default)]
pub struct Sketch {
    shift: u32,
    counts: HashMap<u64, u64>,
}

/// The same for the same value during one run of the program.
pub fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Whether a hash belongs to the share of 1 in 2^`shift`.
pub fn chosen(hash: u64, shift: u32) -> bool {
    shift == 0 || hash >> (64 - shift) == 0
}

impl Sketch {
    pub fn add(&mut self, hash: u64) {
        if !chosen(hash, self.shift) {
            return;
        }
        *self.counts.entry(hash).or_default() += 1;
        while self.counts.len() > KEPT && self.shift < 40 {
            self.shift += 1;
            let shift = self.shift;
            self.counts.retain(|hash, _| chosen(*hash, shift));
        }
    }

    /// Different values: exact up to some thousands, then to some per cent.
    pub fn distinct(&self) -> u64 {
        (self.counts.len() as u64) << self.shift
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_counted_and_many_are_estimated() {
        let mut sketch = Sketch::default();
        for value in 0_u64..3000 {
            sketch.add(hash(&(value % 1000)));
        }
        assert_eq!(sketch.distinct(), 1000);
        let mut sketch = Sketch::default();
        for value in 0_u64..100_000 {
            sketch.add(hash(&value));
        }
        let share = sketch.distinct() as f64 / 100_000.0;
        assert!((0.93..1.07).contains(&share), "{share}");
    }
}
