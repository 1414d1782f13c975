//! Cuts a ranking into answers without sorting it.

/// Into how many parts of equal width the ranked values are laid. With blocks of a few thousand a part has a few of them.
const PARTS: usize = 1 << 10;
/// Of a part that more than one answer goes to.
const SHARED: u32 = u32::MAX;

/// Deals answers down a ranking: the `seats[0]` first get 0, the next `seats[1]` get 1, and so on.
///
/// First comes the least of `values`; of equals, the least by `tie`, which differs for any two. `answers` becomes the answer of each
/// position of `values`; the seats add up to as many.
///
/// Values are counted in parts of equal width. A part whose values all get one answer gets it at once; only the few parts in which
/// the answer changes are sorted. So the time does not grow with the number of answers, and what comes out is what sorting gives.
pub fn cut<T: Ord>(values: &[u64], tie: impl Fn(usize) -> T, seats: &[usize], answers: &mut Vec<u32>) {
    answers.clear();
    let (Some(least), Some(greatest)) = (values.iter().min().copied(), values.iter().max().copied()) else {
        return;
    };
    let width = u64::BITS - (greatest - least).leading_zeros();
    let shift = width.saturating_sub(PARTS.trailing_zeros());
    let part = |value: u64| ((value - least) >> shift) as usize & (PARTS - 1);

    let mut sizes = [0_u32; PARTS];
    values.iter().for_each(|value| sizes[part(*value)] += 1);

    // Each answer with seats, and where in the ranking its last seat is.
    let mut end = 0;
    let mut ends = seats.iter().zip(0..).filter(|(seats, _)| **seats > 0).map(|(seats, answer)| {
        end += seats;
        (answer, end)
    });
    let (mut answer, mut last) = ends.next().unwrap_or((0, values.len()));
    let mut answer_of = [SHARED; PARTS];
    // Of shared parts: what the answers within are, by the place in the ranking of those values alone.
    let mut shared: Vec<u32> = Vec::new();
    let mut before = 0;
    for (of, size) in answer_of.iter_mut().zip(sizes) {
        let after = before + size as usize;
        if after <= last {
            *of = answer;
        } else {
            for place in before..after {
                while place >= last {
                    (answer, last) = ends.next().unwrap_or((answer, values.len()));
                }
                shared.push(answer);
            }
        }
        if after == last {
            (answer, last) = ends.next().unwrap_or((answer, values.len()));
        }
        before = after;
    }

    answers.extend(values.iter().map(|value| answer_of[part(*value)]));
    if !shared.is_empty() {
        let open = answers.iter().zip(0..).filter(|(answer, _)| **answer == SHARED);
        let mut open: Vec<(u64, T, usize)> =
            open.map(|(_, position)| (values[position], tie(position), position)).collect();
        open.sort_unstable();
        for ((_, _, position), answer) in open.into_iter().zip(shared) {
            answers[position] = answer;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same by sorting.
    fn sorted(values: &[u64], ties: &[(u8, usize)], seats: &[usize]) -> Vec<u32> {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by_key(|position| (values[*position], ties[*position]));
        let dealt = seats.iter().zip(0..).flat_map(|(seats, answer)| vec![answer; *seats]);
        let mut answers = vec![0; values.len()];
        order.into_iter().zip(dealt).for_each(|(position, answer)| answers[position] = answer);
        answers
    }

    proptest! {
        #[test]
        fn cutting_gives_what_sorting_gives(
            values in prop_oneof![
                prop::collection::vec(any::<u64>(), 0..200),
                prop::collection::vec(0_u64..3, 0..200),
                prop::collection::vec(prop_oneof![0_u64..5_000, Just(u64::MAX)], 0..200),
            ],
            ties in prop::collection::vec(any::<u8>(), 200),
            cuts in prop::collection::vec(0.0..1.0_f64, 0..5),
        ) {
            let ties: Vec<(u8, usize)> = ties.into_iter().zip(0..).collect();
            let mut ends: Vec<usize> = cuts.iter().map(|cut| (cut * values.len() as f64) as usize).collect();
            ends.sort_unstable();
            ends.push(values.len());
            let mut seats = ends.clone();
            (1..ends.len()).for_each(|answer| seats[answer] = ends[answer] - ends[answer - 1]);
            let mut answers = Vec::new();
            cut(&values, |position| ties[position], &seats, &mut answers);
            prop_assert_eq!(answers, sorted(&values, &ties, &seats));
        }
    }
}
