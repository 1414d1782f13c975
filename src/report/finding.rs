//! What changed, in sentences: their wording follows the interval, not the p-value's star, and none of them says what caused it.

use super::size::{Size, cohen_h};
use crate::dictionary::{Better, Language, Text};
use crate::disclosure::Cleared;
use crate::estimate::Kind;
use crate::table::layout::{Comparison, Scale};
use crate::table::{AnalysisView, Cell, Format, Labels, number, words};

/// Below so many pairs no direction is named: at 20 an interval for a share spans over 40 percentage points.
pub(super) const TOO_FEW: f64 = 20.0;

/// What may be said of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The whole interval lies on the side that is declared better.
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

    /// Whether the whole interval lies on one side of zero.
    pub fn is_clear(self) -> bool {
        matches!(self, Verdict::Improved | Verdict::Worse | Verdict::Increased | Verdict::Decreased)
    }

    /// The verdict on a comparison: by its number of pairs, and then by the interval of its change. An interval that touches
    /// zero contains it.
    pub(super) fn of(comparison: &Comparison, better: Option<Better>) -> Verdict {
        match comparison.n_pairs {
            Cell::Number { value, .. } if value < TOO_FEW => return Verdict::TooFew,
            Cell::Number { .. } => {}
            Cell::Zero => return Verdict::TooFew,
            _ => return Verdict::Suppressed,
        }
        let partly = || match shares(comparison) {
            Some(_) => Verdict::PartlyShown,
            None => Verdict::Suppressed,
        };
        let rises = match (&comparison.change, &comparison.interval) {
            (Cell::Suppressed, _) | (_, Cell::Suppressed) => return partly(),
            (_, Cell::Interval { low, .. }) if *low > 0.0 => true,
            (_, Cell::Interval { high, .. }) if *high < 0.0 => false,
            (_, Cell::Interval { .. }) if comparison.widened => match by_counts(comparison, better) {
                Some(Some(rises)) => rises,
                Some(None) => return Verdict::Unclear,
                None => return partly(),
            },
            (_, Cell::Interval { .. }) => return Verdict::Unclear,
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
    let ([_, Cell::Interval { .. }], Cell::Number { value: change, .. }) =
        (&comparison.superiority, &comparison.change)
    else {
        return None;
    };
    let rises = leaves_half_out(comparison).map(|above| above == (better != Some(Better::Lower)));
    Some(rises.filter(|rises| *rises == (*change > 0.0)))
}

/// Whether the probability of superiority is clearly above one half; `None` where its interval contains that.
fn leaves_half_out(comparison: &Comparison) -> Option<bool> {
    match comparison.superiority[1] {
        Cell::Interval { low, .. } if low > 0.5 => Some(true),
        Cell::Interval { high, .. } if high < 0.5 => Some(false),
        _ => None,
    }
}

/// A comparison of everyone in an analysis, with what may be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The variable with its waves, as in the estimates.
    pub variable: String,
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
    let mut told: Vec<&str> = Vec::new();
    let mut found: Vec<(&AnalysisView<'_>, &str, Comparison)> = Vec::new();
    for analysis in analyses {
        let of_change = analysis.cleared.iter().filter(|one| one.kind() == Kind::Change);
        for variable in of_change.map(|one| one.variable()) {
            if told.contains(&variable) {
                continue;
            }
            if let Some(comparison) = Comparison::read(analysis, "", variable) {
                told.push(variable);
                found.push((analysis, variable, comparison));
            }
        }
    }
    let first = found.first().map(|(_, variable, _)| labels.waves(variable));
    let several = found.iter().any(|(_, variable, _)| Some(labels.waves(variable)) != first);
    let finding = |(analysis, variable, comparison): (&AnalysisView<'_>, &str, Comparison)| {
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
struct Ruler {
    /// The change itself: `d_av` for means, Cohen's h for shares.
    standardised: f64,
    /// Its interval's ends on the same scale.
    ends: Option<[f64; 2]>,
}

impl Ruler {
    fn of(analysis: &AnalysisView<'_>, variable: &str, comparison: &Comparison) -> Option<Ruler> {
        let ends = match comparison.interval {
            Cell::Interval { low, high, .. } => Some([low, high]),
            _ => None,
        };
        if comparison.scale == Scale::Binary {
            let before = share(&comparison.before)?;
            return Some(Ruler {
                standardised: cohen_h(before, share(&comparison.after)?),
                ends: ends.map(|ends| ends.map(|end| cohen_h(before, before + end))),
            });
        }
        let standardised = analysis.find("", variable, "", "d_av").and_then(Cleared::value)?;
        let Cell::Number { value: change, .. } = comparison.change else { return None };
        let spread = change / standardised;
        let ends = ends.filter(|_| spread.is_finite() && spread > 0.0);
        Some(Ruler { standardised, ends: ends.map(|ends| ends.map(|end| end / spread)) })
    }

    /// Whether the whole interval is of very small changes.
    fn only_very_small(self) -> bool {
        self.ends.is_some_and(|ends| ends.into_iter().all(|end| Size::of(end) == Size::VerySmall))
    }
}

/// What a sentence is made from.
struct Sentence<'a> {
    verdict: Verdict,
    variable: &'a str,
    better: Option<Better>,
    comparison: &'a Comparison,
    ruler: Option<Ruler>,
    level: Option<f64>,
    labels: &'a Labels,
}

impl Sentence<'_> {
    fn say(&self, language: Language) -> String {
        let plain = |key: &str| words::say(language, key, &[]);
        let binary = self.comparison.scale == Scale::Binary;
        let numbers =
            || self.numbers(language, if binary { "summary.said_share" } else { "summary.said_mean" });
        match self.verdict {
            Verdict::Improved | Verdict::Worse | Verdict::Increased | Verdict::Decreased => {
                let sized = self.ruler.map(|ruler| size(language, ruler.standardised, binary));
                let said = match self.rests_on_counts() {
                    true => self.by_counts(language),
                    false => numbers(),
                };
                [Some(said), sized].into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
            Verdict::Unclear if self.comparison.widened => self.by_counts(language),
            Verdict::Unclear if self.ruler.is_some_and(Ruler::only_very_small) => {
                format!("{} {}", numbers(), plain("summary.said_unclear_small"))
            }
            Verdict::Unclear => {
                let key = match self.better {
                    Some(_) => "summary.said_unclear",
                    None => "summary.said_unclear_plain",
                };
                format!("{} {}", numbers(), plain(key))
            }
            Verdict::Uncertain => {
                let key = if binary { "summary.said_share_plain" } else { "summary.said_mean_plain" };
                self.numbers(language, key)
            }
            Verdict::TooFew if self.comparison.n_pairs == Cell::Zero => plain("summary.said_nobody"),
            Verdict::TooFew => self.numbers(language, "summary.said_too_few"),
            Verdict::PartlyShown => self.numbers(language, "summary.said_partly_shown"),
            Verdict::Suppressed => plain("summary.said_suppressed"),
        }
    }

    /// The mean, and how many went each way.
    fn by_counts(&self, language: Language) -> String {
        let counts = match self.verdict {
            Verdict::Improved => "summary.counts_improved",
            Verdict::Worse => "summary.counts_worse",
            Verdict::Increased => "summary.counts_increased",
            Verdict::Decreased => "summary.counts_decreased",
            _ if leaves_half_out(self.comparison).is_some() => "summary.counts_mixed",
            _ if self.better.is_some() => "summary.counts_unclear",
            _ => "summary.counts_unclear_plain",
        };
        ["summary.said_mean_plain", counts, "summary.said_widened"]
            .map(|key| self.numbers(language, key))
            .join(" ")
    }

    /// Whether the verdict is that of how many became better and worse, since the interval was made wider than computed.
    fn rests_on_counts(&self) -> bool {
        let contains_zero =
            matches!(self.comparison.interval, Cell::Interval { low, high, .. } if low <= 0.0 && high >= 0.0);
        self.comparison.widened && contains_zero
    }

    /// `from 32.2 to 43.2 on a scale from 0 to 100 (change +11.0; 95% CI +9.1 to +12.8)`.
    fn in_short(&self, language: Language) -> String {
        match self.comparison.scale {
            _ if !self.has_interval() => String::new(),
            Scale::Binary => self.numbers(language, "summary.short_share"),
            Scale::Ordinal | Scale::Numeric => self.numbers(language, "summary.short_mean"),
        }
    }

    fn has_interval(&self) -> bool {
        self.verdict.is_clear() || self.verdict == Verdict::Unclear
    }

    fn sureness(&self, language: Language) -> String {
        let Cell::Interval { low, high, format } = self.interval() else { return String::new() };
        if !self.has_interval() {
            return String::new();
        }
        let nearest = if low.abs() < high.abs() { low } else { high };
        let mut nearest = number::number(nearest, format, language);
        if self.comparison.scale == Scale::Binary {
            nearest = words::say(language, "brief.points", &[("change", nearest)]);
        }
        let interval = number::interval(low, high, format, language);
        let with = [("nearest", nearest), ("interval", interval)];
        let key = if self.verdict.is_clear() { "brief.sure_nearest" } else { "brief.sure_zero" };
        words::say(language, key, &with)
    }

    /// The interval of a clear change with so many decimals that neither end is rounded to the zero that it leaves out.
    fn interval(&self) -> Cell {
        const MOST: usize = 6;
        let Cell::Interval { low, high, format } = self.comparison.interval else {
            return self.comparison.interval.clone();
        };
        let (scale, decimals) = match format {
            Format::Points(decimals) => (100.0, decimals),
            Format::Signed(decimals) => (1.0, decimals),
            _ => return self.comparison.interval.clone(),
        };
        let nearest = scale * low.abs().min(high.abs());
        let is_zero = |decimals: usize| nearest < 0.5 * 10_f64.powi(-(decimals as i32));
        let enough = (decimals..MOST).find(|decimals| !is_zero(*decimals)).unwrap_or(MOST);
        let format = match format {
            _ if !self.verdict.is_clear() => format,
            Format::Points(_) => Format::Points(enough),
            _ => Format::Signed(enough),
        };
        Cell::Interval { low, high, format }
    }

    /// Between what a mean can lie, and which end is better; empty where no direction is declared better, as of an age.
    fn scale(&self, language: Language) -> (String, String) {
        let (Some(item), Some(better)) = (self.labels.item(self.variable), self.better) else {
            return Default::default();
        };
        let codes = || item.codes.iter().map(|code| code.code as f64);
        let ends = match item.codes.is_empty() {
            true => item.range,
            false => codes().reduce(f64::min).zip(codes().reduce(f64::max)).map(|(low, high)| [low, high]),
        };
        let whole = |end: f64| end.fract() == 0.0;
        let decimals = |end: f64| if whole(end) { 0 } else { 1 + usize::from(!whole(10.0 * end)) };
        let number = |end: f64| number::decimal(end, decimals(end), language);
        let scale = ends.map(|[low, high]| {
            words::say(language, "summary.on_scale", &[("low", number(low)), ("high", number(high))])
        });
        let direction = match better {
            Better::Lower => "summary.lower_better",
            Better::Higher => "summary.higher_better",
        };
        (scale.unwrap_or_default(), words::say(language, direction, &[]))
    }

    fn numbers(&self, language: Language, key: &str) -> String {
        let comparison = self.comparison;
        let cell = |cell: &Cell| number::cell(cell, language);
        let event = self.labels.item(self.variable).and_then(|item| item.codes.get(1));
        let event = event.map(|code| code.label.get(language).to_owned()).unwrap_or_default();
        let level = self.level.map(|level| number::percent(level, 0, language)).unwrap_or_default();
        let (scale, direction) = self.scale(language);
        // Nobody is "0 %" in a sentence, "-" in a table.
        let share = |cell: &Cell| match cell {
            Cell::Zero => number::percent(0.0, 0, language),
            cell => number::cell(cell, language),
        };
        let said = words::say(
            language,
            key,
            &[
                ("event", event),
                ("scale", scale),
                ("direction", direction),
                ("before", share(&comparison.before)),
                ("after", share(&comparison.after)),
                ("change", cell(&comparison.change)),
                ("interval", cell(&self.interval())),
                ("n", cell(&comparison.n_pairs)),
                ("level", level),
                ("superiority", cell(&comparison.superiority[0])),
                ("superior", cell(&comparison.superiority[1])),
            ],
        );
        // Without a level there is no number before "CI".
        said.replace("; KI", ";").replace("; CI", ";").replace(";  ", "; ")
    }
}

/// `Small change (0.31 standard deviations).`
fn size(language: Language, standardised: f64, binary: bool) -> String {
    let key = if binary { "size.said_share" } else { "size.said_mean" };
    let measure = number::decimal(standardised.abs(), 2, language);
    let said =
        words::say(language, key, &[("size", Size::of(standardised).change(language)), ("measure", measure)]);
    let mut letters = said.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Shares better, unchanged, worse; `None` where one of them is not shown.
pub(super) fn shares(comparison: &Comparison) -> Option<[f64; 3]> {
    Some([share(&comparison.improved)?, share(&comparison.unchanged)?, share(&comparison.worse)?])
}

fn share(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number { value, .. } => Some(*value),
        Cell::Zero => Some(0.0),
        _ => None,
    }
}
