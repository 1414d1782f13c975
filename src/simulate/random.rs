//! Random numbers from integers alone, so that they are the same on every machine.

use rand::rngs::Xoshiro256PlusPlus;
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// One in the fixed-point numbers of scores: the standard deviation of [`Stream::noise`].
pub const ONE: i64 = 1 << 16;

/// A stream of chance.
///
/// The first block, which a study of ordinary size is made in, draws from ChaCha12, as the committed files were made. The
/// blocks after it draw from xoshiro256++ (Blackman and Vigna 2021, ACM Transactions on Mathematical Software 47:4), which costs
/// a fifth of it and is more than good enough to rank people by. Both are fixed by the hash of what the stream is for.
pub struct Stream(Generator);

enum Generator {
    ChaCha(Box<ChaCha12Rng>),
    Xoshiro(Xoshiro256PlusPlus),
}

impl Stream {
    /// The stream of one purpose in one block of one population. Streams of different purposes share nothing.
    pub fn new(seed: u64, population: &str, block: u64, purpose: &str) -> Stream {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes());
        hasher.update(&block.to_le_bytes());
        for name in [population, purpose] {
            hasher.update(&(name.len() as u64).to_le_bytes());
            hasher.update(name.as_bytes());
        }
        let seed = *hasher.finalize().as_bytes();
        Stream(match block {
            0 => Generator::ChaCha(Box::new(ChaCha12Rng::from_seed(seed))),
            _ => Generator::Xoshiro(Xoshiro256PlusPlus::from_seed(seed)),
        })
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        match &mut self.0 {
            Generator::ChaCha(generator) => generator.next_u64(),
            Generator::Xoshiro(generator) => generator.next_u64(),
        }
    }

    /// For each of `count` respondents 64 random bits that break ties, and noise for the score.
    pub fn keys_and_noise(&mut self, count: usize, keys: &mut Vec<u64>, noise: &mut Vec<i64>) {
        keys.clear();
        noise.clear();
        match &mut self.0 {
            Generator::ChaCha(generator) => fill(|| generator.next_u64(), count, keys, noise),
            Generator::Xoshiro(generator) => fill(|| generator.next_u64(), count, keys, noise),
        }
    }

    /// A whole number below `bound`, each equally likely; 0 where `bound` is 0.
    ///
    /// Multiply and shift, with the few products that would favour some numbers drawn again (Lemire 2019, ACM
    /// Transactions on Modeling and Computer Simulation 29:3).
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        loop {
            let product = u128::from(self.bits()) * u128::from(bound);
            // The remainder is less than `bound`: mostly it need not be known.
            if product as u64 >= bound || product as u64 >= bound.wrapping_neg() % bound {
                return (product >> 64) as u64;
            }
        }
    }

    /// [Noise](noise) from the next three words.
    pub fn noise(&mut self) -> i64 {
        noise([self.bits(), self.bits(), self.bits()])
    }
}

fn fill(mut bits: impl FnMut() -> u64, count: usize, keys: &mut Vec<u64>, noises: &mut Vec<i64>) {
    keys.reserve(count);
    noises.reserve(count);
    for _ in 0..count {
        keys.push(bits());
        noises.push(noise([bits(), bits(), bits()]));
    }
}

/// Nearly normal noise with mean 0 and standard deviation [`ONE`], from −6 to 6 of it: the sum of twelve uniform
/// numbers (the Irwin–Hall distribution, whose variance is then 12/12).
fn noise(words: [u64; 3]) -> i64 {
    // Two of the four numbers in a word are added at a time, each in 32 bits: six of them need 19.
    const LOW: u64 = 0x0000_ffff_0000_ffff;
    let pairs: u64 = words.iter().map(|word| (word & LOW) + (word >> 16 & LOW)).sum();
    // Twelve numbers from 0 to 65535 have the mean 6 · 65535.
    ((pairs & 0xffff_ffff) + (pairs >> 32)) as i64 - 6 * 65_535
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_fixed() {
        let mut stream = Stream::new(1, "mapped", 0, "sex");
        let first: Vec<u64> = (0..3).map(|_| stream.below(1000)).collect();
        let mut again = Stream::new(1, "mapped", 0, "sex");
        assert_eq!(first, (0..3).map(|_| again.below(1000)).collect::<Vec<_>>());
        let mut other = Stream::new(1, "mapped", 0, "age");
        assert_ne!(stream.bits(), other.bits());
    }

    #[test]
    fn noise_has_mean_0_and_deviation_1() {
        let mut stream = Stream::new(7, "", 0, "");
        let draws: Vec<i64> = (0..40_000).map(|_| stream.noise()).collect();
        let mean = draws.iter().sum::<i64>() / 40_000;
        let square = draws.iter().map(|draw| draw * draw).sum::<i64>() / 40_000;
        // Four standard errors: 4 · ONE / √40000 = ONE / 50 for the mean, ONE² · 4 · √2 / 200 for the square.
        assert!(mean.abs() < ONE / 50, "{mean}");
        assert!((square - ONE * ONE).abs() < ONE * ONE / 35, "{square}");
    }

    #[test]
    fn below_stays_below() {
        let mut stream = Stream::new(7, "", 0, "");
        assert_eq!(stream.below(0), 0);
        assert!((0..1000).all(|_| stream.below(3) < 3));
    }
}
