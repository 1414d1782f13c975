//! For which group change was largest: two groups' changes compared by an interval for their difference.
//!
//! The groups share no person, so the interval of the difference follows from the two published ones by MOVER, the method of
//! variance estimates recovery (Zou & Donner 2008, Statistics in Medicine 27, 1693–1702, equations 4 and 5). It needs nothing
//! that is not published. Where disclosure control made an interval wider than computed, the probabilities of superiority of the
//! two groups are compared in the same way: they follow from counts that are published.

use super::finding::TOO_FEW;
use crate::dictionary::{Better, Text};
use crate::estimate::{Group, Kind, Variable};
use crate::table::layout::{Comparison, Scale};
use crate::table::{AnalysisView, Cell, Labels};

/// Two groups of one comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// The variable with its waves, as in the estimates.
    pub variable: Variable,
    /// What the groups are of.
    pub by: Text,
    /// The answers by which the two groups are told apart, in the order of the codes.
    pub levels: [Text; 2],
    /// First the group that fared better, or rose more where no direction is better.
    pub groups: [Text; 2],
    pub changes: [Cell; 2],
    /// Whether the interval of the difference leaves zero out.
    pub clear: bool,
    /// Whether the variable has a better direction.
    pub directed: bool,
    pub scale: Scale,
    /// The level of the intervals.
    pub level: Option<f64>,
}

/// What came of comparing groups pair by pair.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contrasts {
    /// The pairs whose changes are shown with an interval.
    pub shown: Vec<Contrast>,
    /// Pairs of which a change or its interval is held back.
    pub hidden: usize,
    /// Pairs of which a group is too small to say anything of, or has no interval.
    pub too_few: usize,
}

impl Contrasts {
    /// All pairs that were compared.
    pub fn all(&self) -> usize {
        self.shown.len() + self.hidden + self.too_few
    }
}

/// Every pair of groups of a comparison; what stands in two analyses is told once.
pub fn contrasts(analyses: &[AnalysisView<'_>], labels: &Labels) -> Contrasts {
    let mut told: Vec<(&Variable, &Group)> = Vec::new();
    let mut found = Contrasts::default();
    for analysis in analyses.iter().filter(|one| one.kinds().any(|kind| kind == Kind::Change)) {
        for variable in analysis.variables() {
            let groups: Vec<(&Group, Comparison)> = analysis
                .groups()
                .into_iter()
                .filter(|group| !group.is_empty() && !told.contains(&(variable, group)))
                .filter_map(|group| Some((group, Comparison::read(analysis, group, variable)?)))
                .collect();
            for (place, first) in groups.iter().enumerate() {
                told.push((variable, first.0));
                let of_same = |other: &&(&Group, Comparison)| by(other.0) == by(first.0);
                for second in groups[place + 1..].iter().filter(of_same) {
                    match contrast(analysis, variable, [first, second], labels) {
                        Some(contrast) => found.shown.push(contrast),
                        None if is_hidden(&first.1) || is_hidden(&second.1) => found.hidden += 1,
                        None => found.too_few += 1,
                    }
                }
            }
        }
    }
    found
}

/// Whether what would be compared is held back.
fn is_hidden(comparison: &Comparison) -> bool {
    let of_change = [&comparison.n_pairs, &comparison.change, &comparison.interval];
    // A widened interval is compared by how many went each way.
    let of_counts = comparison.widened && comparison.superiority.contains(&Cell::Suppressed);
    of_counts || of_change.contains(&&Cell::Suppressed)
}

/// The variable that a group is of: `drop_in` of `drop_in=1`.
fn by(group: &Group) -> &str {
    group.first().map_or(group, |(variable, _)| variable)
}

fn contrast(
    analysis: &AnalysisView<'_>,
    variable: &Variable,
    groups: [&(&Group, Comparison); 2],
    labels: &Labels,
) -> Option<Contrast> {
    let [first, second] = [shown(&groups[0].1)?, shown(&groups[1].1)?];
    let better = labels.item(variable).and_then(|item| item.better);
    let clear = match [&groups[0].1, &groups[1].1] {
        comparisons if comparisons.iter().any(|one| one.widened) => {
            let [Some(of_first), Some(of_second)] = comparisons.map(by_counts) else { return None };
            // Better after than before, where lower is better, is a fall.
            let same_way =
                ((of_first[0] > of_second[0]) == (first[0] > second[0])) != (better == Some(Better::Lower));
            same_way && leaves_zero_out(difference(of_first, of_second))
        }
        _ => leaves_zero_out(difference(first, second)),
    };
    // Which of the two stands first; equal changes keep the order of the codes.
    let swap = match better {
        Some(Better::Lower) => first[0] > second[0],
        Some(Better::Higher) | None => first[0] < second[0],
    };
    let order = if swap { [groups[1], groups[0]] } else { groups };
    Some(Contrast {
        variable: variable.to_owned(),
        by: labels.variable(by(groups[0].0)),
        levels: groups.map(|(group, _)| {
            group.first().map_or_else(Text::default, |(variable, code)| labels.code(variable, code))
        }),
        groups: order.map(|(group, _)| labels.group(group)),
        changes: order.map(|(_, comparison)| comparison.change.clone()),
        clear,
        directed: better.is_some(),
        scale: groups[0].1.scale,
        level: analysis.level,
    })
}

fn leaves_zero_out([low, high]: [f64; 2]) -> bool {
    low > 0.0 || high < 0.0
}

/// The probability of superiority with its interval's ends: of a change whose interval was made wider than computed.
fn by_counts(comparison: &Comparison) -> Option<[f64; 3]> {
    match &comparison.superiority {
        [Cell::Number { value, .. }, Cell::Interval { low, high, .. }] => Some([*value, *low, *high]),
        _ => None,
    }
}

/// A change with its interval's ends; `None` where one is not shown, or the group is too small to say anything of.
fn shown(comparison: &Comparison) -> Option<[f64; 3]> {
    match (&comparison.n_pairs, &comparison.change, &comparison.interval) {
        (
            Cell::Number { value: n, .. },
            Cell::Number { value: change, .. },
            Cell::Interval { low, high, .. },
        ) if *n >= TOO_FEW => Some([*change, *low, *high]),
        _ => None,
    }
}

/// The interval of the first less the second, each given as value, low, high.
#[expect(clippy::float_arithmetic, reason = "contrasts are no estimates yet")]
pub(super) fn difference([a, a_low, a_high]: [f64; 3], [b, b_low, b_high]: [f64; 3]) -> [f64; 2] {
    let between = a - b;
    [between - (a - a_low).hypot(b_high - b), between + (a_high - a).hypot(b - b_low)]
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn symmetric_intervals_give_the_usual_interval_of_a_difference() {
        let [low, high] = difference([1.0, 1.0 - 3.0, 1.0 + 3.0], [0.5, 0.5 - 4.0, 0.5 + 4.0]);
        assert!((low - (0.5 - 5.0)).abs() < 1e-12 && (high - (0.5 + 5.0)).abs() < 1e-12);
    }

    #[test]
    fn newcombes_interval_of_two_shares_is_its_special_case() {
        // Newcombe 1998, Statistics in Medicine 17, 873–890, table II (a), method 10: 56/70 − 48/80 is 0.0524 to 0.3339,
        // from Wilson's intervals of the two shares.
        let wilson = |events: f64, n: f64| {
            let (z, p) = (1.959_963_984_540_054_f64, events / n);
            let (middle, half) = (2.0 * n * p + z * z, z * (z * z + 4.0 * n * p * (1.0 - p)).sqrt());
            [p, (middle - half) / (2.0 * (n + z * z)), (middle + half) / (2.0 * (n + z * z))]
        };
        let [low, high] = difference(wilson(56.0, 70.0), wilson(48.0, 80.0));
        assert!((low - 0.0524).abs() < 5e-5 && (high - 0.3339).abs() < 5e-5, "{low} {high}");
    }
}
