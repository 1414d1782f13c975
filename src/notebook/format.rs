//! Cells as the files that notebooks are kept in: Jupyter's JSON and R Markdown.

use serde_json::{Value, json};

use super::Cell;
use crate::dictionary::Language;
use crate::evaluation::Plan;

/// A Jupyter notebook, nbformat 4.5, without outputs.
pub fn jupyter(cells: &[Cell]) -> String {
    let cells: Vec<Value> = cells.iter().enumerate().map(|(place, cell)| jupyter_cell(place, cell)).collect();
    let notebook = json!({
        "cells": cells,
        "metadata": {
            "kernelspec": { "display_name": "Python 3", "language": "python", "name": "python3" },
            "language_info": { "name": "python" },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    });
    // Jupyter itself writes one space a level.
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    match serde::Serialize::serialize(&notebook, &mut serializer) {
        Ok(()) => String::from_utf8_lossy(&bytes).into_owned() + "\n",
        Err(_) => unreachable!("texts and numbers are JSON, and memory can be written to"),
    }
}

fn jupyter_cell(place: usize, cell: &Cell) -> Value {
    let lines = |text: &str| text.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>();
    // An id is asked for since 4.5, and a place in the notebook is as good as chance and always the same.
    let id = format!("cell-{}", place + 1);
    match cell {
        Cell::Prose(text) => {
            json!({ "cell_type": "markdown", "id": id, "metadata": {}, "source": lines(text.trim_end()) })
        }
        Cell::Code(text) => json!({
            "cell_type": "code",
            "execution_count": null,
            "id": id,
            "metadata": {},
            "outputs": [],
            "source": lines(text.trim_end()),
        }),
    }
}

/// An R Markdown document.
pub fn r_markdown<Q: ?Sized>(plan: &Plan<Q>, cells: &[Cell]) -> String {
    // JSON's texts are YAML's as well.
    let title = Value::from(format!("{}: the numbers made again", plan.title.get(Language::En)));
    let mut text = format!(
        "---\ntitle: {title}\noutput:\n  html_document:\n    toc: true\n    toc_float: true\n    code_folding: show\n---\n"
    );
    // The title stands above already.
    let opening = cells.first().map(|cell| match cell {
        Cell::Prose(prose) if prose.starts_with("# ") => {
            Cell::Prose(prose.split_once('\n').map_or("", |(_, rest)| rest).trim_start().to_owned())
        }
        other => other.clone(),
    });
    for cell in opening.iter().chain(cells.iter().skip(1)) {
        let part = match cell {
            Cell::Prose(prose) => prose.trim_end().to_owned(),
            Cell::Code(code) => format!("```{{r}}\n{}\n```", code.trim_end()),
        };
        text += &format!("\n{part}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_ends_but_the_last() {
        let cells = [Cell::Prose("# A\n\nb\n".to_owned()), Cell::Code("x = 1\ny = 2".to_owned())];
        let notebook: Value = serde_json::from_str(&jupyter(&cells)).unwrap();
        assert_eq!(notebook["cells"][0]["source"], json!(["# A\n", "\n", "b"]));
        assert_eq!(notebook["cells"][1]["outputs"], json!([]));
        assert_eq!(notebook["nbformat_minor"], 5);
    }
}
