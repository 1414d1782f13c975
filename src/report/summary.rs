//! What changed, in sentences: their wording follows the interval, and none of them says what caused it.

use minijinja::{Value, context};

use super::Report;
use crate::dictionary::{Better, Language, Text};
use crate::disclosure::Cleared;
use crate::estimate::Kind;
use crate::table::layout::Comparison;
use crate::table::{AnalysisView, Cell, Format, Labels, number, words};

/// Below so many pairs no direction is named: at 20 an interval for a share spans over 40 percentage points.
const TOO_FEW: f64 = 20.0;

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
    const ALL: [Verdict; 9] = [
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

    fn key(self) -> &'static str {
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

    /// The verdict on a comparison: by its number of pairs, and then by the interval of its change.
    fn of(comparison: &Comparison, better: Option<Better>) -> Verdict {
        match comparison.n_pairs {
            Cell::Number { value, .. } if value < TOO_FEW => return Verdict::TooFew,
            Cell::Number { .. } => {}
            Cell::Zero => return Verdict::TooFew,
            _ => return Verdict::Suppressed,
        }
        let rises = match (&comparison.change, &comparison.interval) {
            (Cell::Suppressed, _) | (_, Cell::Suppressed) => {
                return match shares(comparison) {
                    Some(_) => Verdict::PartlyShown,
                    None => Verdict::Suppressed,
                };
            }
            (_, Cell::Interval { low, .. }) if *low > 0.0 => true,
            (_, Cell::Interval { high, .. }) if *high < 0.0 => false,
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

/// A comparison of everyone in an analysis, with what may be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The variable's label, with its waves where the report compares several pairs of waves.
    pub label: Text,
    pub verdict: Verdict,
    /// One or two sentences after the label and the verdict.
    pub said: Text,
    pub comparison: Comparison,
}

/// The findings of all change analyses, in order; a comparison that stands in two analyses is told once.
pub fn findings(analyses: &[AnalysisView<'_>], labels: &Labels) -> Vec<Finding> {
    let mut told: Vec<&str> = Vec::new();
    let mut found: Vec<(&str, Comparison, Option<f64>)> = Vec::new();
    for analysis in analyses {
        let of_change = analysis.cleared.iter().filter(|one| one.kind() == Kind::Change);
        for variable in of_change.map(|one| one.variable()) {
            if told.contains(&variable) {
                continue;
            }
            if let Some(comparison) = Comparison::read(analysis, "", variable) {
                told.push(variable);
                found.push((variable, comparison, analysis.level));
            }
        }
    }
    let first = found.first().map(|(variable, ..)| labels.waves(variable));
    let several = found.iter().any(|(variable, ..)| Some(labels.waves(variable)) != first);
    let finding = |(variable, comparison, level): (&str, Comparison, Option<f64>)| {
        let better = labels.item(variable).and_then(|item| item.better);
        let verdict = Verdict::of(&comparison, better);
        let label = if several { labels.variable_at(variable) } else { labels.variable(variable) };
        let said = words::each(|language| say(language, verdict, variable, &comparison, level, labels));
        Finding { label, verdict, said, comparison }
    };
    found.into_iter().map(finding).collect()
}

fn say(
    language: Language,
    verdict: Verdict,
    variable: &str,
    comparison: &Comparison,
    level: Option<f64>,
    labels: &Labels,
) -> String {
    let cell = |cell: &Cell| number::cell(cell, language);
    let with = |key: &str| {
        let event = labels.item(variable).and_then(|item| item.codes.get(1));
        let event = event.map(|code| code.label.get(language).to_owned()).unwrap_or_default();
        let level = level.map(|level| number::percent(level, 0, language)).unwrap_or_default();
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
                ("before", share(&comparison.before)),
                ("after", share(&comparison.after)),
                ("change", cell(&comparison.change)),
                ("interval", cell(&comparison.interval)),
                ("n", cell(&comparison.n_pairs)),
                ("level", level),
            ],
        );
        // Without a level there is no number before "CI".
        said.replace("; KI", ";").replace("; CI", ";").replace(";  ", "; ")
    };
    let shares = comparison.scale == crate::table::layout::Scale::Binary;
    match verdict {
        Verdict::Improved | Verdict::Worse | Verdict::Increased | Verdict::Decreased => {
            with(if shares { "summary.said_share" } else { "summary.said_mean" })
        }
        Verdict::Unclear => {
            let numbers = with(if shares { "summary.said_share" } else { "summary.said_mean" });
            format!("{numbers} {}", words::say(language, "summary.said_unclear", &[]))
        }
        Verdict::Uncertain => {
            with(if shares { "summary.said_share_plain" } else { "summary.said_mean_plain" })
        }
        Verdict::TooFew if comparison.n_pairs == Cell::Zero => with("summary.said_nobody"),
        Verdict::TooFew => with("summary.said_too_few"),
        Verdict::PartlyShown => with("summary.said_partly_shown"),
        Verdict::Suppressed => with("summary.said_suppressed"),
    }
}

/// The findings by verdict, as the template takes them; `class` is the name that the style sheet colours by.
pub(super) fn groups(report: &Report<'_>, language: Language) -> Vec<Value> {
    let findings = findings(&report.analyses, report.labels);
    let mut groups = Vec::new();
    for verdict in Verdict::ALL {
        let of: Vec<&Finding> = findings.iter().filter(|finding| finding.verdict == verdict).collect();
        if of.is_empty() {
            continue;
        }
        let told = |finding: &Finding| {
            let may = !matches!(verdict, Verdict::TooFew | Verdict::Suppressed);
            context! {
                label => finding.label.get(language),
                said => finding.said.get(language),
                bar => if may { bar(&finding.comparison, language) } else { None },
            }
        };
        groups.push(context! {
            verdict => words::say(language, verdict.key(), &[]),
            class => verdict.key().trim_start_matches("summary."),
            findings => of.into_iter().map(told).collect::<Vec<_>>(),
        });
    }
    groups
}

/// Shares better, unchanged, worse; `None` where one of them is not shown.
fn shares(comparison: &Comparison) -> Option<[f64; 3]> {
    let share = |cell: &Cell| match cell {
        Cell::Number { value, .. } => Some(*value),
        Cell::Zero => Some(0.0),
        _ => None,
    };
    Some([share(&comparison.improved)?, share(&comparison.unchanged)?, share(&comparison.worse)?])
}

/// Shares better, unchanged, worse: per cent for the widths, and the same in words. `None` where one of them is not shown.
fn bar(comparison: &Comparison, language: Language) -> Option<Value> {
    let shares = shares(comparison)?;
    let [better, unchanged, worse] = shares.map(|share| number::percent(share, 0, language));
    let said = words::say(
        language,
        "summary.bar",
        &[("better", better), ("unchanged", unchanged), ("worse", worse)],
    );
    let [better, unchanged, worse] = shares.map(|share| format!("{:.1}", 100.0 * share));
    Some(context! { better, unchanged, worse, said })
}

/// A sentence for each wave of each follow-up but the first, at which everyone is there by definition.
pub(super) fn followup(report: &Report<'_>, language: Language) -> Vec<String> {
    let mut sentences = Vec::new();
    for analysis in &report.analyses {
        let waves = analysis.cleared.iter().filter(|one| one.statistic().name == "eligible");
        let waves: Vec<&str> = waves.map(|one| one.variable()).collect();
        for wave in waves.into_iter().skip(1) {
            let find = |statistic| analysis.find("", wave, "", statistic).and_then(Cleared::value);
            let count = |value| number::number(value, Format::Count, language);
            let label = report.labels.wave(wave).get(language).to_owned();
            let (Some(eligible), Some(seen)) = (find("eligible"), find("seen")) else {
                sentences.push(words::say(language, "followup.said_suppressed", &[("wave", label)]));
                continue;
            };
            let rate = if eligible > 0.0 { seen / eligible } else { 0.0 };
            let mut sentence = words::say(
                language,
                "followup.said",
                &[
                    ("wave", label),
                    ("eligible", count(eligible)),
                    ("seen", count(seen)),
                    ("rate", number::percent(rate, 0, language)),
                ],
            );
            if let Some(in_window) = find("seen_in_window") {
                sentence.push(' ');
                let said = [("in_window", count(in_window))];
                sentence.push_str(&words::say(language, "followup.said_in_window", &said));
            }
            sentences.push(sentence);
        }
    }
    sentences
}
