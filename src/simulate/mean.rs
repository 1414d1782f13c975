//! Meets a published mean: moves values within the ranges that they were dealt in.

use super::random::Stream;

/// A number that may move.
pub struct Movable {
    pub row: usize,
    pub value: i64,
    pub least: i64,
    pub greatest: i64,
}

/// The least and the greatest sum that the ranges allow.
pub fn reach(values: &[Movable]) -> [i128; 2] {
    let sum = |end: fn(&Movable) -> i64| values.iter().map(|value| i128::from(end(value))).sum();
    [sum(|value| value.least), sum(|value| value.greatest)]
}

/// Moves values by one unit at a time, in an order that chance decides, until they add up to `sum`, which is within reach.
pub fn meet(values: &mut [Movable], sum: i128, stream: &mut Stream) {
    let mut gap = sum - values.iter().map(|value| i128::from(value.value)).sum::<i128>();
    let mut order: Vec<usize> = (0..values.len()).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, stream.below(last as u64 + 1) as usize);
    }
    // Each pass moves at least one value: the sum is within reach.
    while gap != 0 {
        for position in &order {
            let value = &mut values[*position];
            let moved = value.value + gap.signum() as i64;
            if gap != 0 && (value.least..=value.greatest).contains(&moved) {
                value.value = moved;
                gap -= gap.signum();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Vec<Movable> {
        (0..10).map(|row| Movable { row, value: 20, least: 18, greatest: 25 }).collect()
    }

    #[test]
    fn sums_within_reach_are_met() {
        for sum in [180, 199, 200, 233, 250] {
            let mut values = values();
            meet(&mut values, sum, &mut Stream::new(1, "", 0, ""));
            assert_eq!(values.iter().map(|value| value.value).sum::<i64>() as i128, sum);
            assert!(values.iter().all(|value| (18..=25).contains(&value.value)));
        }
    }

    #[test]
    fn the_reach_is_that_of_all_ranges() {
        assert_eq!(reach(&values()), [180, 250]);
        assert_eq!(reach(&[]), [0, 0]);
    }
}
