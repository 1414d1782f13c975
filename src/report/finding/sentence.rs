//! The sentences of a comparison.

use super::{Ruler, Verdict, leaves_half_out};
use crate::dictionary::{Better, Language};
use crate::estimate::Variable;
use crate::report::size::Size;
use crate::table::layout::{Comparison, Scale};
use crate::table::mark::{self, Aside};
use crate::table::{Cell, Content, Format, Labels, number, words};

/// What a sentence is made from.
pub(super) struct Sentence<'a> {
    pub verdict: Verdict,
    pub variable: &'a Variable,
    pub better: Option<Better>,
    pub comparison: &'a Comparison,
    pub ruler: Option<Ruler<'a>>,
    pub level: Option<f64>,
    pub labels: &'a Labels,
}

impl Sentence<'_> {
    pub(super) fn say(&self, language: Language) -> String {
        let plain = |key: &str| words::say(language, key, &[]);
        let binary = self.comparison.scale == Scale::Binary;
        let numbers =
            || self.numbers(language, if binary { "summary.said_share" } else { "summary.said_mean" });
        match self.verdict {
            Verdict::Improved | Verdict::Worse | Verdict::Increased | Verdict::Decreased => {
                let sized = self.ruler.map(|ruler| size(language, ruler, binary));
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
            Verdict::TooFew if self.comparison.n_pairs == Content::Zero => plain("summary.said_nobody"),
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
        ["summary.said_mean_plain", counts].map(|key| self.numbers(language, key)).join(" ")
    }

    /// Whether the verdict is that of how many became better and worse, since the interval was made wider than computed.
    fn rests_on_counts(&self) -> bool {
        let contains_zero =
            self.comparison.interval.ends().is_some_and(|[low, high]| low <= 0.0 && high >= 0.0);
        self.comparison.widened && contains_zero
    }

    /// `from 32.2 to 43.2 on a scale from 0 to 100 (change +11.0; 95% CI +9.1 to +12.8)`.
    pub(super) fn in_short(&self, language: Language) -> String {
        let key = match self.comparison.scale {
            _ if !self.has_interval() => return String::new(),
            _ if self.is_by_counts() && self.better.is_some() => "summary.short_counts",
            _ if self.is_by_counts() => "summary.short_counts_plain",
            Scale::Binary => "summary.short_share",
            Scale::Ordinal | Scale::Numeric => "summary.short_mean",
        };
        self.numbers(language, key)
    }

    fn has_interval(&self) -> bool {
        self.verdict.is_clear() || self.verdict == Verdict::Unclear
    }

    /// Whether what is told of chance is the interval of how many went each way.
    fn is_by_counts(&self) -> bool {
        self.rests_on_counts() || (self.verdict == Verdict::Unclear && self.comparison.widened)
    }

    /// Which end of the interval is nearest to no change, or that it contains that.
    pub(super) fn sureness(&self, language: Language) -> String {
        let whole = self.interval();
        let (Content::Interval { low, high, format }, true) = (&whole.content, self.has_interval()) else {
            return String::new();
        };
        if self.is_by_counts() {
            let agrees = leaves_half_out(self.comparison).is_some() == self.verdict.is_clear();
            return match (agrees, self.verdict.is_clear()) {
                (true, true) => self.numbers(language, "brief.sure_counts"),
                (true, false) => self.numbers(language, "brief.sure_counts_half"),
                (false, _) => String::new(),
            };
        }
        let nearest = if low.abs() < high.abs() { *low } else { *high };
        let mut nearest = mark::marked(number::number(nearest, *format, language), &whole.of);
        if self.comparison.scale == Scale::Binary {
            nearest = words::say(language, "brief.points", &[("change", nearest)]);
        }
        let with = [("nearest", nearest), ("interval", number::marked(&whole, language))];
        let key = if self.verdict.is_clear() { "brief.sure_nearest" } else { "brief.sure_zero" };
        words::say(language, key, &with)
    }

    /// The interval of a clear change with so many decimals that neither end is rounded to the zero that it leaves out.
    #[expect(clippy::float_arithmetic, reason = "rounding")]
    fn interval(&self) -> Cell {
        const MOST: usize = 6;
        let Content::Interval { low, high, format } = self.comparison.interval.content else {
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
        Cell { content: Content::Interval { low, high, format }, ..self.comparison.interval.clone() }
    }

    /// The interval of the probability of superiority, with so many decimals that no end is rounded to the half that it leaves out.
    #[expect(clippy::float_arithmetic, reason = "rounding")]
    fn superior(&self) -> Cell {
        const MOST: usize = 6;
        let Content::Interval { low, high, format: Format::Decimal(decimals) } =
            self.comparison.superiority[1].content
        else {
            return self.comparison.superiority[1].clone();
        };
        let nearest = (low - 0.5).abs().min((high - 0.5).abs());
        let is_half = |decimals: usize| nearest < 0.5 * 10_f64.powi(-(decimals as i32));
        // Neither end is rounded to the half that it leaves out, or holds.
        let enough = (decimals..MOST).find(|decimals| !is_half(*decimals)).unwrap_or(decimals);
        let content = Content::Interval { low, high, format: Format::Decimal(enough) };
        Cell { content, ..self.comparison.superiority[1].clone() }
    }

    /// Between what a mean can lie, and which end is better; empty where no direction is declared better, as of an age.
    #[expect(clippy::float_arithmetic, reason = "rounding")]
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
        let number = |end: f64| mark::aside(&number::decimal(end, decimals(end), language), Aside::Scale);
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
        let cell = |cell: &Cell| number::marked(cell, language);
        let event = self.labels.item(self.variable).and_then(|item| item.codes.get(1));
        let event = event.map(|code| code.label.get(language).to_owned()).unwrap_or_default();
        let level = self
            .level
            .map(|level| number::parameter(level, Format::Percent(0), language))
            .unwrap_or_default();
        let (scale, direction) = self.scale(language);
        let share = |cell: &Cell| share_in_words(cell, language);
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
                ("improved", share(&comparison.improved)),
                ("worse", share(&comparison.worse)),
                ("superiority", cell(&comparison.superiority[0])),
                ("superior", cell(&self.superior())),
            ],
        );
        // Without a level there is no number before "CI".
        said.replace("; KI", ";").replace("; CI", ";").replace(";  ", "; ")
    }
}

/// `Small change (0.31 standard deviations).`
fn size(language: Language, ruler: Ruler<'_>, binary: bool) -> String {
    let key = if binary { "size.said_share" } else { "size.said_mean" };
    let measure = number::decimal(ruler.standardised.abs(), 2, language);
    let measure = mark::marked(measure, &[ruler.of.id().clone()]);
    let size = Size::of(ruler.standardised).change(language);
    let said = words::say(language, key, &[("size", size), ("measure", measure)]);
    let mut letters = said.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A share in a sentence, where nobody is "0 %" and not "-" as in a table.
pub(in crate::report) fn share_in_words(cell: &Cell, language: Language) -> String {
    match cell.content {
        Content::Zero => mark::marked(number::percent(0.0, 0, language), &cell.of),
        _ => number::marked(cell, language),
    }
}
