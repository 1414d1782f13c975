//! What changed, in sentences: their wording follows the interval, not the p-value's star, and none of them says what caused it.

mod sentence;

use super::size::Size;
use crate::dictionary::{Better, Text};
use crate::disclosure::Cleared;
use crate::estimate::{EVERYONE, Kind, Variable, WHOLE};
use crate::statistic::{COHENS_H, COHENS_H_HIGH, COHENS_H_LOW, D_AV, D_AV_HIGH, D_AV_LOW};
use crate::table::layout::{Comparison, Scale};
use crate::table::{AnalysisView, Content, Labels, words};
use sentence::Sentence;
pub(super) use sentence::share_in_words;

/// Below so many pairs no direction is named: at 20 an interval for a share spans over 40 percentage points.
pub(super) const TOO_FEW: f64 = 20.0;

/// What may be said of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The whole interval lies on the side that is declared better; where disclosure control made it wider than computed, that of
    /// the probability of superiority may instead.
    Improved,
    Worse,
    /// The whole interval lies above zero, and no direction is declared better.
    Increased,
    Decreased,
    /// The interval contains zero.
    Unclear,
    /// There is no interval on these data.
    Uncertain,
    /// Fewer than 20 pairs.
    TooFew,
    /// The interval is confidential, and how many changed is not: no direction is named.
    PartlyShown,
    /// What the sentence would rest on is confidential.
    Suppressed,
}

impl Verdict {
    pub(super) const ALL: [Verdict; 9] = [
        Verdict::Improved,
        Verdict::Worse,
        Verdict::Increased,
        Verdict::Decreased,
        Verdict::Unclear,
        Verdict::Uncertain,
        Verdict::TooFew,
        Verdict::PartlyShown,
        Verdict::Suppressed,
    ];

    /// The key of its words.
    pub(super) fn key(self) -> &'static str {
        match self {
            Verdict::Improved => "summary.improved",
            Verdict::Worse => "summary.worse",
            Verdict::Increased => "summary.increased",
            Verdict::Decreased => "summary.decreased",
            Verdict::Unclear => "summary.unclear",
            Verdict::Uncertain => "summary.uncertain",
            Verdict::TooFew => "summary.too_few",
            Verdict::PartlyShown => "summary.partly_shown",
            Verdict::Suppressed => "summary.suppressed",
        }
    }

    /// Whether the whole interval that the verdict is of lies on one side of no change.
    pub fn is_clear(self) -> bool {
        matches!(self, Verdict::Improved | Verdict::Worse | Verdict::Increased | Verdict::Decreased)
    }

    /// The verdict on a comparison: by its number of pairs, and then by the interval of its change. An interval that touches
    /// zero contains it.
    pub(super) fn of(comparison: &Comparison, better: Option<Better>) -> Verdict {
        match comparison.n_pairs.content {
            Content::Number { value, .. } if value < TOO_FEW => return Verdict::TooFew,
            Content::Number { .. } => {}
            Content::Zero => return Verdict::TooFew,
            _ => return Verdict::Suppressed,
        }
        let partly = || match shares(comparison) {
            Some(_) => Verdict::PartlyShown,
            None => Verdict::Suppressed,
        };
        let rises = match (&comparison.change.content, &comparison.interval.content) {
            (Content::Suppressed, _) | (_, Content::Suppressed) => return partly(),
            (_, Content::Interval { low, .. }) if *low > 0.0 => true,
            (_, Content::Interval { high, .. }) if *high < 0.0 => false,
            (_, Content::Interval { .. }) if comparison.widened => match by_counts(comparison, better) {
                Some(Some(rises)) => rises,
                Some(None) => return Verdict::Unclear,
                None => return partly(),
            },
            (_, Content::Interval { .. }) => return Verdict::Unclear,
            _ => return Verdict::Uncertain,
        };
        match (better, rises) {
            (Some(Better::Higher), true) | (Some(Better::Lower), false) => Verdict::Improved,
            (Some(Better::Higher), false) | (Some(Better::Lower), true) => Verdict::Worse,
            (None, true) => Verdict::Increased,
            (None, false) => Verdict::Decreased,
        }
    }
}

/// Which way a mean went whose interval was made wider than computed, by how many became better and worse: `Some(None)` where that
/// is not clear, or does not agree with the mean; `None` where it is not shown. A wider interval that contains zero says
/// nothing of the exact one, and what it is wide for is not the uncertainty.
fn by_counts(comparison: &Comparison, better: Option<Better>) -> Option<Option<bool>> {
    comparison.superiority[1].ends()?;
    let change = comparison.change.value()?;
    let rises = leaves_half_out(comparison).map(|above| above == (better != Some(Better::Lower)));
    Some(rises.filter(|rises| *rises == (change > 0.0)))
}

/// Whether the probability of superiority is clearly above one half; `None` where its interval contains that.
fn leaves_half_out(comparison: &Comparison) -> Option<bool> {
    match comparison.superiority[1].ends()? {
        [low, _] if low > 0.5 => Some(true),
        [_, high] if high < 0.5 => Some(false),
        _ => None,
    }
}

/// A comparison of everyone in an analysis, with what may be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The variable with its waves, as in the estimates.
    pub variable: Variable,
    /// The variable's label, with its waves where the report compares several pairs of waves.
    pub label: Text,
    pub verdict: Verdict,
    /// How large the change is; `None` where no clear change was found, or what it is measured by is not shown.
    pub size: Option<Size>,
    /// The same as a number without a unit, `d_av` or Cohen’s h; `None` where it is not shown.
    pub standardised: Option<f64>,
    /// From what to what with the change and its interval, as part of a sentence; empty where no change is told.
    pub in_short: Text,
    /// Which end of the interval is nearest to zero, or that it contains zero; empty where no interval is told.
    pub sureness: Text,
    /// One or more sentences after the label and the verdict.
    pub said: Text,
    pub comparison: Comparison,
}

/// The findings of all change analyses, in order; a comparison that stands in two analyses is told once.
pub fn findings(analyses: &[AnalysisView<'_>], labels: &Labels) -> Vec<Finding> {
    let mut told: Vec<&Variable> = Vec::new();
    let mut found: Vec<(&AnalysisView<'_>, &Variable, Comparison)> = Vec::new();
    for analysis in analyses {
        let of_change = analysis.cleared.iter().filter(|one| one.kind() == Kind::Change);
        for variable in of_change.map(|one| one.variable()) {
            if told.contains(&variable) {
                continue;
            }
            if let Some(comparison) = Comparison::read(analysis, EVERYONE, variable) {
                told.push(variable);
                found.push((analysis, variable, comparison));
            }
        }
    }
    let first = found.first().map(|(_, variable, _)| labels.waves(variable));
    let several = found.iter().any(|(_, variable, _)| Some(labels.waves(variable)) != first);
    let finding = |(analysis, variable, comparison): (&AnalysisView<'_>, &Variable, Comparison)| {
        let better = labels.item(variable).and_then(|item| item.better);
        let verdict = Verdict::of(&comparison, better);
        let label = if several { labels.variable_at(variable) } else { labels.variable(variable) };
        let ruler = Ruler::of(analysis, variable, &comparison);
        let sentence = Sentence {
            verdict,
            variable,
            better,
            comparison: &comparison,
            ruler,
            level: analysis.level,
            labels,
        };
        let said = words::each(|language| sentence.say(language));
        let in_short = words::each(|language| sentence.in_short(language));
        let sureness = words::each(|language| sentence.sureness(language));
        let size = ruler.filter(|_| verdict.is_clear()).map(|ruler| Size::of(ruler.standardised));
        let standardised = ruler.map(|ruler| ruler.standardised);
        let variable = variable.to_owned();
        Finding { variable, label, verdict, size, standardised, in_short, sureness, said, comparison }
    };
    found.into_iter().map(finding).collect()
}

/// What a change is measured by.
#[derive(Debug, Clone, Copy)]
struct Ruler<'a> {
    /// The change itself: `d_av` for means, Cohen's h for shares.
    standardised: f64,
    /// The estimate of it.
    of: &'a Cleared,
    /// Its interval's ends on the same scale.
    ends: Option<[f64; 2]>,
}

impl<'a> Ruler<'a> {
    fn of(analysis: &AnalysisView<'a>, variable: &Variable, comparison: &Comparison) -> Option<Ruler<'a>> {
        let [of, low, high] = match comparison.scale {
            Scale::Binary => [&COHENS_H, &COHENS_H_LOW, &COHENS_H_HIGH],
            Scale::Ordinal | Scale::Numeric => [&D_AV, &D_AV_LOW, &D_AV_HIGH],
        }
        .map(|statistic| analysis.find(EVERYONE, variable, WHOLE, statistic));
        let [low, high] = [low, high].map(|end| end.and_then(Cleared::value));
        let ends = low.zip(high).map(|(low, high)| [low, high]);
        Some(Ruler { standardised: of?.value()?, of: of?, ends })
    }

    /// Whether the whole interval is of very small changes.
    fn only_very_small(self) -> bool {
        self.ends.is_some_and(|ends| ends.into_iter().all(|end| Size::of(end) == Size::VerySmall))
    }
}

/// Shares better, unchanged, worse; `None` where one of them is not shown.
pub(super) fn shares(comparison: &Comparison) -> Option<[f64; 3]> {
    Some([comparison.improved.number()?, comparison.unchanged.number()?, comparison.worse.number()?])
}
