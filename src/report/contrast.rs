//! For which group change was largest: two groups' changes compared by the interval of their difference.
//!
//! The interval is a number of the release ([`crate::statistic::DIFFERENCE`]). Where disclosure control made an interval wider than computed, the
//! difference of the two groups' probabilities of superiority is looked at instead: these follow from counts that are published.

use super::finding::TOO_FEW;
use crate::dictionary::{Better, Text};
use crate::estimate::{EVERYONE, Group, Kind, Statistic, Term, Variable};
use crate::statistic::{
    DIFFERENCE, DIFFERENCE_HIGH, DIFFERENCE_LOW, SUPERIORITY_DIFFERENCE_HIGH, SUPERIORITY_DIFFERENCE_LOW,
};
use crate::table::layout::{Comparison, Scale};
use crate::table::{AnalysisView, Cell, Content, Format, Labels};

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
    /// The interval of the difference, the first group's change less the second's in the order of the codes.
    pub interval: Cell,
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
                    match contrast(analyses, analysis, variable, [first, second], labels) {
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
    let of_counts =
        comparison.widened && comparison.superiority.iter().any(|cell| *cell == Content::Suppressed);
    of_counts || of_change.iter().any(|cell| **cell == Content::Suppressed)
}

/// The variable that a group is of: `drop_in` of `drop_in=1`.
fn by(group: &Group) -> &str {
    group.first().map_or(group, |(variable, _)| variable)
}

fn contrast(
    analyses: &[AnalysisView<'_>],
    analysis: &AnalysisView<'_>,
    variable: &Variable,
    groups: [&(&Group, Comparison); 2],
    labels: &Labels,
) -> Option<Contrast> {
    let [first, second] = [shown(&groups[0].1)?, shown(&groups[1].1)?];
    let better = labels.item(variable).and_then(|item| item.better);
    let codes = groups.map(|(group, _)| group.first().map_or("", |(_, code)| code));
    let term = Term::beside(by(groups[0].0), codes[0], codes[1]);
    let of = |ends: [&'static Statistic; 2]| {
        let contrasts = analyses.iter().filter(|one| one.has((EVERYONE, variable), &DIFFERENCE));
        let cells = contrasts.map(|one| one.interval((EVERYONE, variable), &term, ends, Format::Decimal(2)));
        cells.into_iter().find(|cell| cell.ends().is_some())
    };
    let is_widened = groups.iter().any(|(_, comparison)| comparison.widened);
    let (interval, clear) = if is_widened {
        let [of_first, of_second] = groups.map(|(_, comparison)| comparison.superiority[0].value());
        // Better after than before, where lower is better, is a fall.
        let same_way = ((of_first? > of_second?) == (first > second)) != (better == Some(Better::Lower));
        let interval = of([&SUPERIORITY_DIFFERENCE_LOW, &SUPERIORITY_DIFFERENCE_HIGH])?;
        let clear = same_way && leaves_zero_out(&interval);
        (interval, clear)
    } else {
        let interval = of([&DIFFERENCE_LOW, &DIFFERENCE_HIGH])?;
        let clear = leaves_zero_out(&interval);
        (interval, clear)
    };
    // Which of the two stands first; equal changes keep the order of the codes.
    let swap = match better {
        Some(Better::Lower) => first > second,
        Some(Better::Higher) | None => first < second,
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
        interval,
        directed: better.is_some(),
        scale: groups[0].1.scale,
        level: analysis.level,
    })
}

fn leaves_zero_out(interval: &Cell) -> bool {
    interval.ends().is_some_and(|[low, high]| low > 0.0 || high < 0.0)
}

/// A change; `None` where it or its interval is not shown, or the group is too small to say anything of.
fn shown(comparison: &Comparison) -> Option<f64> {
    let (n, change) = (comparison.n_pairs.value()?, comparison.change.value()?);
    comparison.interval.ends()?;
    (n >= TOO_FEW).then_some(change)
}
