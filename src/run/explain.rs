//! `utfall explain`: why a step is stale, and where a number came from.

use std::fmt::Write;
use std::path::Path;

use super::depends::{analysis_parts, family_parts};
use super::fingerprint::Parts;
use super::record::Record;
use super::steps::why_stale;
use super::{RunError, codebook, desk, intake, load_plan, notebooks, published, release};
use crate::dictionary::{Language, Text};
use crate::notebook::{self, Dialect};
use crate::question::{Analysis, Plan, stage, statistic};
use crate::written::suggestion;

/// Explains every step, one step, or one number of an evaluation.
///
/// # Errors
/// [`RunError`] where the pipeline has a mistake, or there is no such step or number.
pub fn explain(pipeline: &Path, out: &Path, what: Option<&str>) -> Result<String, RunError> {
    let plan = load_plan(pipeline)?;
    let place = out.join(&plan.id);
    let record = Record::load(&place);
    match what {
        Some(id) if id.contains('/') => number(&plan, &place, id),
        _ => steps(&plan, &place, record.as_ref(), what),
    }
}

/// A step with what it depends on now, as far as that can be told before the steps before it are done.
struct Step {
    id: String,
    parts: Parts,
    /// The steps that it waits for.
    after: Vec<String>,
}

fn steps_of(plan: &Plan, record: Option<&Record>) -> Result<Vec<Step>, RunError> {
    let mut steps = Vec::new();
    for files in intake::locate(plan)? {
        steps.push(Step {
            id: format!("store.{}", files.instrument.id),
            parts: files.parts(plan),
            after: Vec::new(),
        });
    }
    let digest = |instrument: &str| {
        record
            .and_then(|record| record.step(&format!("store.{instrument}")))
            .map_or("", |step| step.output.as_str())
    };
    let output = |id: &str| record.and_then(|record| record.step(id)).map_or("", |step| step.output.as_str());
    for analysis in &plan.analyses {
        if let of @ [_, ..] = analysis.question.of() {
            let parts = family_parts(analysis, &output);
            steps.push(Step { id: analysis.id.clone(), parts, after: of.to_vec() });
            continue;
        }
        let cohort = &plan.cohorts[analysis.cohort];
        let instruments =
            std::iter::once(&cohort.instrument).chain(cohort.attach.iter().map(|attach| &attach.instrument));
        steps.push(Step {
            id: analysis.id.clone(),
            parts: analysis_parts(plan, cohort, analysis, &digest),
            after: instruments.map(|instrument| format!("store.{instrument}")).collect(),
        });
    }
    for (id, parts) in release::steps_of(plan, published::load(plan)?.as_ref(), record) {
        let analyses = || plan.analyses.iter().map(|analysis| analysis.id.clone());
        let after = match (id.split_once('.'), id.as_str()) {
            (_, "disclosure") => analyses().collect(),
            (Some(("table" | "figure", _)), _) | (_, published::STEP | codebook::STEP) => {
                vec!["disclosure".to_owned()]
            }
            _ => {
                let tables = plan.tables.iter().map(|table| format!("table.{}", table.id));
                let figures = plan.figures.iter().map(|figure| format!("figure.{}", figure.id));
                let before = ["disclosure".to_owned()].into_iter().chain(tables).chain(figures);
                before.chain(plan.published.as_ref().map(|_| published::STEP.to_owned())).collect()
            }
        };
        steps.push(Step { id, parts, after });
    }
    steps.push(Step { id: notebooks::STEP.to_owned(), parts: notebooks::parts(plan), after: Vec::new() });
    Ok(steps)
}

fn steps(plan: &Plan, place: &Path, record: Option<&Record>, what: Option<&str>) -> Result<String, RunError> {
    let steps = steps_of(plan, record)?;
    let mut stale: Vec<String> = Vec::new();
    let mut text = String::new();
    for step in &steps {
        let mut why = why_stale(record, place, &step.id, &step.parts);
        if let Some(waits) = step.after.iter().find(|before| stale.contains(before)) {
            why = Some(match why {
                Some(why) => format!("{why}; also, {waits} before it is stale"),
                None => format!(
                    "may be: {waits} before it is stale, and this is done again if its output changes"
                ),
            });
        }
        if why.is_some() {
            stale.push(step.id.clone());
        }
        if what.is_none_or(|wanted| wanted == step.id) {
            // Writing to a string cannot fail.
            let _ = match why {
                Some(why) => writeln!(text, "{}: stale: {why}", step.id),
                None => writeln!(text, "{}: up to date", step.id),
            };
        }
    }
    let Some(wanted) = what else {
        return Ok(text);
    };
    let Some(step) = steps.iter().find(|step| step.id == wanted) else {
        let help = suggestion(wanted, steps.iter().map(|step| step.id.as_str())).unwrap_or_default();
        return Err(RunError::Asked(format!("there is no step `{wanted}`; {help}")));
    };
    text += "it depends on:\n";
    for part in step.parts.0.keys() {
        let _ = writeln!(text, "  {part}");
    }
    if let Some(known) = record.and_then(|record| record.step(wanted)) {
        let _ = writeln!(text, "last done in {:.3} seconds", known.seconds);
    }
    Ok(text)
}

/// Where a number came from: population, definition, formula with source, conditions. Its value stands in the release.
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
            "suppressed" => "suppressed: it would give persons away".to_owned(),
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
        line("formula", statistic.map_or("", |statistic| statistic.source));
        line("method", field(8));
        line("conditions", field(9));
        if let Some(analysis) = plan.analyses.iter().find(|analysis| analysis.id == field(0)) {
            text += &made(plan, analysis, [0, 2, 3, 4, 5].map(field));
        }
        return Ok(text);
    }
    let help = suggestion(id, ids.iter().map(String::as_str)).unwrap_or_default();
    Err(RunError::Asked(format!(
        "there is no number `{id}`; {help}\n  ids are analysis/group/variable/term/statistic, as in {}",
        path.display()
    )))
}

/// How an analysis's numbers were made: what the report folds out below a table, in English, and the line that shows this one.
fn made(plan: &Plan, analysis: &Analysis, key: [&str; 5]) -> String {
    let origin = desk::origin(plan, analysis);
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
