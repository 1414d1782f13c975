//! `utfall explain`: why a step is stale, and where a number came from.

use std::fmt::Write;
use std::path::Path;

use super::graph::Graph;
use super::record::Record;
use super::report::SHOWN_FILE;
use super::shown::origin;
use super::trace::{Earlier, Trace};
use super::{RunError, load_plan, published};
use crate::dictionary::{Language, Text};
use crate::notebook::{self, Dialect};
use crate::question::{Analysis, Plan, stage, statistic};
use crate::table;
use crate::written::suggestion;

/// Explains every step, one step, or one number of an evaluation.
///
/// # Errors
/// [`RunError`] where the pipeline has a mistake, or there is no such step or number.
pub fn explain(pipeline: &Path, out: &Path, what: Option<&str>) -> Result<String, RunError> {
    let plan = load_plan(pipeline)?;
    let place = out.join(&plan.id);
    match what {
        Some(ids) if ids.contains('/') => numbers(&plan, &place, ids),
        _ => steps(&plan, &place, what),
    }
}

/// What the steps depend on now, as far as that can be told before the steps before them are done.
fn steps(plan: &Plan, place: &Path, what: Option<&str>) -> Result<String, RunError> {
    let ledger = published::load(plan)?;
    let graph = Graph::of(plan, ledger.as_ref())?;
    let record = Record::load(place);
    let earlier = Earlier { record: record.as_ref(), place, force: false };
    let trace = Trace::of(plan, record.as_ref());
    let all: Vec<usize> = (0..graph.steps.len()).collect();
    let mut whys: Vec<Option<String>> = Vec::new();
    let mut text = String::new();
    for (step, (parts, mut why)) in graph.steps.iter().zip(earlier.look_at(&graph, &trace, &all)) {
        if let Some(waits) = step.needs.iter().find(|need| whys[**need].is_some()) {
            let waits = &graph.steps[*waits].id;
            why = Some(match why {
                Some(why) => format!("{why}; also, {waits}, which it needs, has to be done again"),
                None => format!(
                    "perhaps: {waits}, which it needs, has to be done again, and this too if its output changes"
                ),
            });
        }
        if what.is_none_or(|wanted| wanted == step.id) {
            // Writing to a string cannot fail.
            let _ = match &why {
                Some(why) => writeln!(text, "{}: stale: {why}", step.id),
                None => writeln!(text, "{}: up to date", step.id),
            };
        }
        if what == Some(&step.id) {
            text += "it depends on:\n";
            for part in parts.0.keys() {
                let _ = writeln!(text, "  {part}");
            }
            if let Some(known) = trace.record.step(&step.id) {
                let _ = writeln!(text, "last done in {:.3} seconds", known.seconds);
            }
        }
        whys.push(why);
    }
    match what {
        Some(wanted) if text.is_empty() => {
            let known = graph.steps.iter().map(|step| step.id.as_str());
            let help = suggestion(wanted, known).unwrap_or_default();
            Err(RunError::Asked(format!(
                "there is no step `{wanted}`; {help}; a number's id is analysis/group/variable/term/statistic"
            )))
        }
        _ => Ok(text),
    }
}

/// Where each of several numbers came from, and where it is shown. They are written as an attribute of the report has them, also as it
/// stands in the file: `a/b//c/d | a/b//c/e`.
fn numbers(plan: &Plan, place: &Path, ids: &str) -> Result<String, RunError> {
    let letters = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let ids = letters.iter().fold(ids.to_owned(), |ids, (escaped, letter)| ids.replace(escaped, letter));
    let said: Vec<String> =
        ids.split(" | ").map(|id| number(plan, place, id.trim())).collect::<Result<_, RunError>>()?;
    Ok(said.join("\n"))
}

/// So many places of a number are told one by one.
const MOST_PLACES: usize = 20;

/// Where a number is shown, a line each.
fn places(place: &Path, id: &str) -> Result<Vec<String>, RunError> {
    let path = place.join(SHOWN_FILE);
    let failed =
        |error: csv::Error| RunError::Asked(format!("{}: {error}; run the evaluation first", path.display()));
    let mut reader = csv::Reader::from_path(&path).map_err(failed)?;
    let mut said = Vec::new();
    for record in reader.records() {
        let record = record.map_err(failed)?;
        if record.get(0) != Some(id) {
            continue;
        }
        let field = |place: usize| record.get(place).unwrap_or_default();
        let (name, anchor) = (field(2), field(3));
        let parts = [("row", field(4)), ("column", field(5))];
        let parts = parts.iter().filter(|(_, part)| !part.is_empty());
        let parts: String = parts.map(|(name, part)| format!(", {name} \"{part}\"")).collect();
        said.push(match field(1) {
            "note" => format!("below {name} (#{anchor})"),
            "sentence" => format!("a sentence of \"{name}\" (#{anchor})"),
            _ => format!("{name}{parts} (#{anchor})"),
        });
    }
    if said.len() > MOST_PLACES {
        let more = said.len() - MOST_PLACES;
        said.truncate(MOST_PLACES);
        said.push(format!("and {more} more, which {SHOWN_FILE} lists"));
    }
    if said.is_empty() {
        said.push("no table, figure or sentence of the report".to_owned());
    }
    Ok(said)
}

/// Where a number came from: population, definition, formula with source, conditions, and where it is shown. Its value stands in the
/// release.
fn number(plan: &Plan, place: &Path, id: &str) -> Result<String, RunError> {
    let path = place.join("release/estimates.csv");
    let no_run =
        |error: String| RunError::Asked(format!("{}: {error}; run the evaluation first", path.display()));
    let mut reader = csv::Reader::from_path(&path).map_err(|error| no_run(error.to_string()))?;
    let mut ids = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| no_run(error.to_string()))?;
        let field = |place: usize| record.get(place).unwrap_or_default();
        let known = [field(0), field(2), field(3), field(4), field(5)].join("/");
        if known != id {
            ids.push(known);
            continue;
        }
        let mut text = format!("{id}\n");
        let shown = match field(10) {
            "suppressed" => {
                "hidden: it could reveal individual people; what it is stands in restricted/estimates.parquet"
                    .to_owned()
            }
            "absent" => "does not exist on these data".to_owned(),
            _ => field(6).to_owned(),
        };
        let statistic = stage(field(1)).and_then(|stage| statistic(stage.kind, field(5)));
        let mut line = |name: &str, value: &str| {
            if !value.is_empty() {
                let _ = writeln!(text, "  {name:<11} {value}");
            }
        };
        line("value", &shown);
        line("n", field(7));
        line("what it is", statistic.map_or("", |statistic| statistic.about));
        line("source", statistic.map_or("", |statistic| statistic.source));
        line("method", field(8));
        for condition in field(9).split(';').filter(|condition| !condition.is_empty()) {
            let code = condition.split(':').next().unwrap_or(condition);
            line("note", &format!("{condition}: {}", table::layout::condition(Language::En, code)));
        }
        for (position, shown) in places(place, id)?.iter().enumerate() {
            let name = if position == 0 { "shown in" } else { "" };
            let _ = writeln!(text, "  {name:<11} {shown}");
        }
        if let Some(analysis) = plan.analyses.iter().find(|analysis| analysis.id == field(0)) {
            text += &made(plan, analysis, [0, 2, 3, 4, 5].map(field));
        }
        return Ok(text);
    }
    let help =
        suggestion(id, ids.iter().map(String::as_str)).map_or(String::new(), |help| format!("; {help}"));
    Err(RunError::Asked(format!(
        "there is no number `{id}`{help}\n  ids are analysis/group/variable/term/statistic, as in {}",
        path.display()
    )))
}

/// How an analysis's numbers were made: what the report folds out below a table, in English, and the line that shows this one.
fn made(plan: &Plan, analysis: &Analysis, key: [&str; 5]) -> String {
    let origin = origin(plan, analysis);
    let english = |text: &Text| text.get(Language::En).to_owned();
    let mut lines = vec![("population", english(&origin.population))];
    lines.extend(origin.only.into_iter().map(|condition| ("only where", condition)));
    lines.push(("question", english(&origin.question)));
    lines.push(("in names", analysis.question.about()));
    lines.extend(origin.derived.into_iter().map(|(name, sql)| ("derived", format!("{name} = {sql}"))));
    let mut text = String::new();
    for (name, said) in lines {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {name:<11} {said}");
    }
    let codes = [("in R", origin.r, Dialect::R), ("in Python", origin.python, Dialect::Python)];
    for (name, code, dialect) in codes {
        let _ = writeln!(text, "\n  {name}:\n");
        let code = code + "\n" + &notebook::show(key, dialect);
        text.extend(code.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n"));
    }
    text
}
