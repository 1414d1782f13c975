//! Quotas: how many get each answer.

/// One, in millionths.
const ONE: i128 = 1_000_000;

/// Weights of answers in millionths, and what earlier blocks still owe each answer.
///
/// Shares of a count are rarely whole; the largest remainders get the seats left over (Hamilton's method), and what an answer
/// got too little or too much of is carried to the next block. So counts that add up are met exactly, and shares are met to one
/// person however many blocks there are.
#[derive(Debug, Clone)]
pub struct Quota {
    weights: Vec<i128>,
    /// In seats times the sum of the weights.
    owed: Vec<i128>,
}

impl Quota {
    /// Weights are not negative, and one is positive: resolving a description checks it.
    pub fn new(weights: &[f64]) -> Quota {
        let weights: Vec<i128> = weights.iter().map(|weight| (weight * ONE as f64).round() as i128).collect();
        Quota { owed: vec![0; weights.len()], weights }
    }

    /// What the weights add up to where they are counts: whole numbers, and not all of them 0 or 1 as in proportions such as 1 to 1.
    pub fn counts(&self) -> Option<u64> {
        let whole = self.weights.iter().all(|weight| weight % ONE == 0);
        let counts = whole && self.weights.iter().any(|weight| *weight > ONE);
        counts.then(|| (self.weights.iter().sum::<i128>() / ONE) as u64)
    }

    /// Seats of `count` persons for each answer; they add up to `count`.
    pub fn seats(&mut self, count: usize) -> Vec<usize> {
        let whole: i128 = self.weights.iter().sum();
        if whole == 0 {
            return vec![0; self.weights.len()];
        }
        let ideal: Vec<i128> =
            self.weights.iter().zip(&self.owed).map(|(weight, owed)| weight * count as i128 + owed).collect();
        let mut seats: Vec<i128> = ideal.iter().map(|ideal| ideal.div_euclid(whole).max(0)).collect();
        let mut left = count as i128 - seats.iter().sum::<i128>();
        while left != 0 {
            // What an answer lacks; among equals the first in order.
            let lacks = |answer: &usize| ideal[*answer] - seats[*answer] * whole;
            let step = left.signum();
            let chosen = match step {
                1 => (0..seats.len()).rev().filter(|answer| self.weights[*answer] > 0).max_by_key(lacks),
                _ => (0..seats.len()).rev().filter(|answer| seats[*answer] > 0).min_by_key(lacks),
            };
            let Some(chosen) = chosen else { break };
            seats[chosen] += step;
            left -= step;
        }
        for (answer, owed) in self.owed.iter_mut().enumerate() {
            *owed = ideal[answer] - seats[answer] * whole;
        }
        seats.into_iter().map(|seats| seats.max(0) as usize).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_add_up_are_met() {
        assert_eq!(Quota::new(&[95.0, 135.0]).seats(230), [95, 135]);
    }

    #[test]
    fn shares_go_to_the_largest_remainders() {
        assert_eq!(Quota::new(&[0.6, 0.33, 0.07]).seats(10), [6, 3, 1]);
        assert_eq!(Quota::new(&[1.0, 1.0, 1.0]).seats(4), [2, 1, 1]);
        assert_eq!(Quota::new(&[1.0, 0.0]).seats(4), [4, 0]);
    }

    #[test]
    fn blocks_add_up_to_the_whole() {
        let shares = [0.001, 0.5, 0.25, 0.249];
        let mut quota = Quota::new(&shares);
        let mut dealt = [0; 4];
        for block in 0..500 {
            let count = 40 + block % 7;
            let seats = quota.seats(count);
            assert_eq!(seats.iter().sum::<usize>(), count);
            seats.iter().zip(&mut dealt).for_each(|(seats, dealt)| *dealt += seats);
        }
        let whole: usize = dealt.iter().sum();
        for (share, dealt) in shares.iter().zip(dealt) {
            assert!((share * whole as f64 - dealt as f64).abs() < 1.5, "{share}: {dealt} of {whole}");
        }
    }
}
