//! Estimates how many different values a stream has, in bounded memory.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

/// As many hashes are kept at most.
const KEPT: usize = 4096;

/// The hashes of a share of the values: all of them while they are few, then every second, fourth … value, chosen by its
/// hash, so that a value is either counted every time that it comes or never.
#[derive(Debug, Clone, Default)]
pub struct Sketch {
    shift: u32,
    counts: HashMap<u64, u64>,
}

/// Eight bytes at a time: quick, and spread well enough to choose and to count by.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..part.len()].copy_from_slice(part);
            self.write_u64(u64::from_le_bytes(eight) ^ (part.len() as u64) << 56);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(number as u64);
    }

    fn finish(&self) -> u64 {
        // The upper bits choose, so that all bits are to have their say in them.
        let mixed = (self.0 ^ self.0 >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ mixed >> 32
    }
}

/// The same for the same value.
pub fn hash(value: &impl Hash) -> u64 {
    let mut hasher = Quick::default();
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
