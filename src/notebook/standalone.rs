//! The lines that make one analysis's numbers again, to be run by themselves: below the tables of a report, and in `utfall explain`.
//!
//! A notebook defines functions and calls them; whoever wants one number only would have to find the first to run the second. So a
//! release has the functions in a file beside each notebook, and the lines begin by reading it and by saying under which headings
//! of the notebook the functions are explained.

use super::parts::{OPENING, Part, names};
use super::{Dialect, Remade, Section, Stage, remade, sections};
use crate::evaluation::{Analysis, Plan};

/// The file of functions beside the notebook of a plan.
pub fn functions<Q: Remade + ?Sized>(
    plan: &Plan<Q>,
    after: &[Section],
    dialect: Dialect,
) -> (String, String) {
    let mut told: Vec<&Stage> = Vec::new();
    for stage in plan.analyses.iter().flat_map(|analysis| analysis.question.stages()) {
        if told.iter().all(|known| known.kind != stage.kind) {
            told.push(stage);
        }
    }
    told.extend(after.iter().filter(|section| !section.code.is_empty()).map(|section| section.stage));
    let mut text = format!(
        "# The functions of {}, for its lines to be run one analysis at a time. What they do, and from which source, is explained there.\n\n{}\n",
        notebook(plan, dialect),
        remade::constants(dialect)
    );
    for part in OPENING.iter().chain(told.iter().flat_map(|stage| stage.parts)) {
        text += &format!("\n\n{}\n", part.code(dialect));
    }
    (file(dialect).to_owned(), text)
}

/// The lines of one analysis, with what has to be run before them.
pub fn lines<Q: Remade + ?Sized>(plan: &Plan<Q>, analysis: &Analysis<Q>, dialect: Dialect) -> String {
    let mut before = String::new();
    let weights = analysis.question.weights();
    if let Some(loss) = weights.and_then(|id| plan.analyses.iter().find(|other| other.id == id)) {
        before += &format!("# The weights for loss.\n{}\n\n", sections::code(plan, loss, dialect));
    }
    if let of @ [_, ..] = analysis.question.of() {
        before += &format!("# Before these, the lines of {}: the tests that are adjusted.\n", of.join(", "));
    }
    let code = before + &sections::code(plan, analysis, dialect);
    let read = match dialect {
        Dialect::Python => "from functions import *",
        Dialect::R => "source(\"functions.R\", encoding = \"UTF-8\")",
    };
    let mut text = format!(
        "# To be run in the folder notebooks of the release, where {} is; {} explains the functions, under these headings:\n",
        file(dialect),
        notebook(plan, dialect)
    );
    let stages = analysis.question.stages().into_iter();
    let stages = stages.flat_map(|stage| stage.parts.iter().map(|part| (stage.title, part)));
    let mut told: Vec<String> = Vec::new();
    for (stage, part) in OPENING.iter().map(|part| ("", part)).chain(stages) {
        if let Some(line) = heading(stage, part, &code, dialect).filter(|line| !told.contains(line)) {
            told.push(line);
        }
    }
    text += &told.concat();
    format!("{text}{read}\n\n{code}")
}

/// The line that shows one number after those: `key` is its analysis, group, variable, term and statistic.
pub fn show(key: [&str; 5], dialect: Dialect) -> String {
    match dialect {
        Dialect::Python => format!("print(made[{}])", key.map(|part| dialect.text(part)).join(", ")),
        Dialect::R => format!("print(unlist(made)[[{}]], digits = 15)", dialect.text(&key.join("/"))),
    }
}

/// `#   Functions: Logistic regression / The fit: coded, logistic`; nothing where the code calls none of its functions.
fn heading(stage: &str, part: &Part, code: &str, dialect: Dialect) -> Option<String> {
    let called: Vec<&str> =
        part.defines(dialect).into_iter().filter(|function| names(code, function)).collect();
    let title = [(!stage.is_empty()).then(|| format!("Functions: {stage}")), Some(part.title.to_owned())];
    let title: Vec<String> = title.into_iter().flatten().filter(|title| !title.is_empty()).collect();
    (!called.is_empty()).then(|| format!("#   {}: {}\n", title.join(" / "), called.join(", ")))
}

fn file(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Python => "functions.py",
        Dialect::R => "functions.R",
    }
}

/// The notebook's file.
fn notebook<Q: ?Sized>(plan: &Plan<Q>, dialect: Dialect) -> String {
    match dialect {
        Dialect::Python => format!("{}.ipynb", plan.id),
        Dialect::R => format!("{}.Rmd", plan.id),
    }
}
