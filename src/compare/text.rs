//! A comparison for the terminal, as CSV and as Markdown.

use std::fmt::Write;

use super::Comparison;
use super::causes::{Cause, Moved};
use super::numbers::{Difference, Number, Status};
use crate::dictionary::Language;
use crate::table::number;

/// For the terminal: what is not as it was, how many numbers differ, and of each analysis the `top` that differ most.
pub fn summary(comparison: &Comparison, top: usize) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    for moved in &comparison.moved {
        let _ = writeln!(text, "{:<11} {}", moved.cause.as_str(), moved.what);
    }
    text += &counts(comparison);
    for (analysis, differences) in grouped(comparison) {
        let moved = comparison.by_analysis.get(analysis).map_or(&[][..], Vec::as_slice);
        let _ = writeln!(text, "\n{analysis}: {} ({})", tally(&differences), causes(moved));
        for moved in moved {
            let _ = writeln!(text, "  moved by {}: {}", moved.cause.as_str(), moved.what);
        }
        for difference in differences.iter().take(top) {
            let _ = writeln!(text, "    {}  {}", id(difference), told(difference));
        }
        if differences.len() > top {
            let _ = writeln!(text, "    … and {} more", differences.len() - top);
        }
    }
    if several(comparison) {
        text += "\nSeveral things changed at once. To tell them apart, run the evaluation with one of them changed, and compare again.\n";
    }
    text
}

fn counts(comparison: &Comparison) -> String {
    let which = if comparison.raw { "raw" } else { "released" };
    let [before, after] = comparison.numbers;
    match comparison.differences.is_empty() {
        true => format!("none of the {after} {which} numbers differ\n"),
        false => {
            let all: Vec<&Difference> = comparison.differences.iter().collect();
            format!("{which} numbers, {before} before and {after} after: {}\n", tally(&all))
        }
    }
}

/// `12 changed, 3 new`
fn tally(differences: &[&Difference]) -> String {
    let kinds = [
        (Status::Changed, "changed"),
        (Status::Shown, "shown or hidden"),
        (Status::RestsOnOthers, "the same on another n"),
        (Status::New, "new"),
        (Status::Gone, "gone"),
    ];
    let counted = kinds.into_iter().filter_map(|(status, name)| {
        let count = differences.iter().filter(|difference| difference.status == status).count();
        (count > 0).then(|| format!("{count} {name}"))
    });
    counted.collect::<Vec<_>>().join(", ")
}

/// The differences of each analysis, the largest first.
fn grouped(comparison: &Comparison) -> Vec<(&str, Vec<&Difference>)> {
    let mut groups: Vec<(&str, Vec<&Difference>)> = Vec::new();
    for difference in &comparison.differences {
        match groups.iter_mut().find(|(analysis, _)| *analysis == difference.analysis()) {
            Some((_, of_it)) => of_it.push(difference),
            None => groups.push((difference.analysis(), vec![difference])),
        }
    }
    for (_, of_it) in &mut groups {
        of_it.sort_by(|one, other| other.size().total_cmp(&one.size()));
    }
    groups
}

/// Whether an analysis was moved by more than one kind of thing.
fn several(comparison: &Comparison) -> bool {
    comparison.by_analysis.values().any(|moved| kinds(moved).len() > 1)
}

fn kinds(moved: &[Moved]) -> Vec<Cause> {
    let mut kinds: Vec<Cause> = moved.iter().map(|moved| moved.cause).collect();
    kinds.dedup();
    kinds
}

fn causes(moved: &[Moved]) -> String {
    kinds(moved).into_iter().map(Cause::as_str).collect::<Vec<_>>().join(" and ")
}

/// The id without its analysis.
fn id(difference: &Difference) -> String {
    difference.key()[1..].join("/")
}

/// `5.31 → 5.42 (+0.11)`
fn told(difference: &Difference) -> String {
    let before = difference.before.as_ref().map_or_else(|| "new".to_owned(), seen);
    let after = difference.after.as_ref().map_or_else(|| "gone".to_owned(), seen);
    let on = |number: &Option<Number>| {
        number.as_ref().and_then(|number| number.n).map_or_else(|| "?".to_owned(), |n| n.to_string())
    };
    match (difference.status, difference.change()) {
        (Status::RestsOnOthers, _) => {
            format!("{after} on n {} → {}", on(&difference.before), on(&difference.after))
        }
        (Status::Changed, Some(change)) => {
            let sign = if change > 0.0 { "+" } else { "" };
            format!("{before} → {after} ({sign}{})", figure(change))
        }
        _ => format!("{before} → {after}"),
    }
}

fn seen(number: &Number) -> String {
    number.value.map_or_else(|| number.shown.clone(), figure)
}

/// Four figures of a number, or all of a larger whole one.
fn figure(value: f64) -> String {
    let whole = value.fract() == 0.0;
    let size = value.abs().log10().floor();
    let decimals = if whole || !size.is_finite() { 0 } else { (3.0 - size).clamp(0.0, 8.0) as usize };
    number::decimal(value, decimals, Language::En)
}

/// Every difference at full precision, with what moved it.
///
/// # Errors
/// Where the text cannot be put together, which is not known to happen.
pub fn csv(comparison: &Comparison) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "analysis",
        "group",
        "variable",
        "term",
        "statistic",
        "status",
        "before",
        "after",
        "change",
        "n_before",
        "n_after",
        "moved_by",
    ])?;
    for difference in &comparison.differences {
        let value = |number: &Option<Number>| {
            let number = number.as_ref();
            number.map_or_else(String::new, |number| {
                number.value.map_or_else(|| number.shown.clone(), |value| value.to_string())
            })
        };
        let n = |number: &Option<Number>| {
            number.as_ref().and_then(|number| number.n).map_or_else(String::new, |n| n.to_string())
        };
        let moved = comparison.by_analysis.get(difference.analysis()).map_or(&[][..], Vec::as_slice);
        let moved: Vec<String> =
            moved.iter().map(|moved| format!("{}: {}", moved.cause.as_str(), moved.what)).collect();
        let rest = [
            difference.status.as_str().to_owned(),
            value(&difference.before),
            value(&difference.after),
            difference.change().map_or_else(String::new, |change| change.to_string()),
            n(&difference.before),
            n(&difference.after),
            moved.join("; "),
        ];
        writer.write_record(difference.key().iter().chain(&rest))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The same as Markdown: what is not as it was, then a table for each analysis, the largest differences first.
pub fn markdown(comparison: &Comparison) -> String {
    let mut text = String::from("# Two runs compared\n\n");
    for moved in &comparison.moved {
        let _ = writeln!(text, "- **{}**: {}", moved.cause.as_str(), plain(&moved.what));
    }
    if !comparison.moved.is_empty() {
        text.push('\n');
    }
    text += &counts(comparison);
    for (analysis, differences) in grouped(comparison) {
        let moved = comparison.by_analysis.get(analysis).map_or(&[][..], Vec::as_slice);
        let _ = writeln!(text, "\n## {analysis}\n\n{}. Moved by:\n", tally(&differences));
        for moved in moved {
            let _ = writeln!(text, "- {}: {}", moved.cause.as_str(), plain(&moved.what));
        }
        text += "\n| group | variable | term | statistic | before | after | change |\n|:--|:--|:--|:--|--:|--:|--:|\n";
        for difference in differences {
            let [_, group, variable, term, statistic] = difference.key();
            let before = difference.before.as_ref().map_or_else(|| "new".to_owned(), seen);
            let after = difference.after.as_ref().map_or_else(|| "gone".to_owned(), seen);
            let change = difference.change().map_or_else(String::new, figure);
            let fields =
                [group, variable, term, statistic, &before, &after, &change].map(|field| plain(field));
            let _ = writeln!(text, "| {} |", fields.join(" | "));
        }
    }
    text
}

/// Without what Markdown would take for its own.
fn plain(text: &str) -> String {
    text.replace('|', "\\|").replace('*', "\\*").replace('_', "\\_")
}
