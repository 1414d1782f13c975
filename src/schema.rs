//! JSON Schemas of the files that users write, and the list of statistics.

use std::fmt::Write;

use schemars::{JsonSchema, schema_for};

use crate::dictionary::written::DictionaryFile;
use crate::pipeline::written::PipelineFile;
use crate::published::written::PublishedFile;
use crate::question::stages;
use crate::simulate::written::SimulationFile;

fn json<T: JsonSchema>() -> String {
    let schema = schema_for!(T);
    // A schema is made of strings, numbers and maps with string keys.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

pub fn dictionary() -> String {
    json::<DictionaryFile>()
}

pub fn pipeline() -> String {
    json::<PipelineFile>()
}

pub fn published() -> String {
    json::<PublishedFile>()
}

pub fn simulation() -> String {
    json::<SimulationFile>()
}

/// Every statistic of `estimates`, as a Markdown table.
pub fn statistics() -> String {
    let mut text = String::from(
        "# Statistics\n\nEvery statistic that `estimates` can hold, in the order of the flow: its name, what it gives away about persons,\nwhat it is, and where its formula stands. Made by `utfall schema statistics`.\n\n| statistic | gives away | what it is | source |\n|---|---|---|---|\n",
    );
    for statistic in stages().flat_map(|stage| (stage.statistics)()) {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} |",
            statistic.name,
            format!("{:?}", statistic.reveals).to_lowercase(),
            statistic.about.replace('|', "\\|"),
            statistic.source.replace('|', "\\|"),
        );
    }
    text
}
