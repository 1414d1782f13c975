//! The prose of notebooks, in English.

mod judged;
mod stage;

pub(super) use stage::{part, stage, title};

use std::fmt::Write;

use super::{Dialect, NOT_REMADE};
use crate::dictionary::{Better, Item, Language, Text};
use crate::plan::{
    Analysis, Attrition, Change, Cluster, Cohort, CohortUnit, Column, Derived, Family, Model, Plan, Question,
    Source, Trajectory, Weights,
};

fn english(text: &Text) -> &str {
    text.get(Language::En)
}

/// What the notebook is, what it takes and how to run it.
pub(super) fn opening(plan: &Plan, dialect: Dialect) -> String {
    let mut text = format!("# {}: the numbers made again\n\n", english(&plan.title));
    if !plan.notice.is_empty() {
        let _ = writeln!(text, "**{}**\n", english(&plan.notice));
    }
    let _ = writeln!(
        text,
        "`utfall` wrote this notebook from the plan of the evaluation `{}`. It makes the released numbers again with functions of \
         {}, says which formula each follows and where that stands, and stops where a number differs. It holds no answers and no \
         results. Notebooks are in English only in this version.\n",
        plan.id,
        dialect.name()
    );
    let about: Vec<String> = plan.about.iter().map(|about| format!("> {}\n", english(about))).collect();
    text += &about.join(">\n");
    text += "\n## What is needed\n\n";
    text += match dialect {
        Dialect::Python => {
            "- Python 3.11 or later with Jupyter: `pip install jupyter numpy pandas scipy statsmodels`.\n"
        }
        Dialect::R => {
            "- R 4.2 or later. The packages sandwich and pROC are used where they are installed; where they are not, their formulas \
             are written out. Rendering takes rmarkdown.\n"
        }
    };
    text += "- The released numbers, `estimates.csv`: one folder up, or where the environment variable `UTFALL_ESTIMATES` says.\n\
             - The **pattern tables**: for each analysis the distinct combinations of its answers, and how many persons have each. They \
             may give persons away, so they stay in the house that ran the evaluation, in `restricted/analysis` beside `release`. Ask \
             the evaluation’s owner for that folder, or for running this notebook there. It is looked for in `../../restricted/analysis`, \
             or where the environment variable `UTFALL_ANALYSIS` says.\n";
    for source in plan.sources.iter().filter(|source| !source.get.is_empty()) {
        let _ = writeln!(
            text,
            "- Whoever has the data can run the evaluation, which writes both. `{}` is {}.",
            source.file(),
            source.get
        );
    }
    let elsewhere: Vec<&Source> =
        plan.sources.iter().filter(|source| source.file().starts_with('$')).collect();
    if !elsewhere.is_empty() {
        let set = |source: &&Source| {
            let variable = source.file().trim_start_matches('$');
            format!("{variable}=simulated/simulated-{}.csv", source.instrument)
        };
        let set: Vec<String> = elsewhere.iter().map(set).collect();
        let _ = writeln!(
            text,
            "- Without the data: people of the same shape can be made up where the evaluation’s folder has a `simulation.toml`. \
             `utfall simulate FOLDER --out simulated` writes their files, `{} utfall run FOLDER --out simulated` evaluates them, and this \
             notebook makes their numbers again. They say nothing of anybody.",
            set.join(" ")
        );
    }
    if plan.sources.iter().all(|source| source.get.is_empty() && !source.file().starts_with('$')) {
        let _ = writeln!(
            text,
            "- Whoever has the evaluation’s folder with its data can run it, which writes both: `utfall run {}`.",
            plan.id
        );
    }
    text += "\n## How to run it\n\n";
    let _ = match dialect {
        Dialect::Python => writeln!(
            text,
            "Open it in Jupyter and run all cells, or `jupyter nbconvert --to notebook --execute --inplace {}.ipynb`.",
            plan.id
        ),
        Dialect::R => writeln!(
            text,
            "Open it in RStudio and run all chunks, or `Rscript -e 'rmarkdown::render(\"{}.Rmd\")'`.",
            plan.id
        ),
    };
    text += "What it prints rests on the pattern tables and is not cleared: clear the outputs before it leaves the house again.\n\n\
             ## How numbers are compared\n\n\
             Each number that is shown in `estimates.csv` is compared with the one made here by their relative difference. It may be 1e-8 \
             for what is computed directly, and 1e-6 for what comes of estimates that are found by iteration, as in a regression. Suppressed numbers are not compared, but counted, and so are \
             intervals marked `widened`, which are wider than computed so that they give no small count away, and adjusted p-values \
             marked `bounded`. The last cell says for each of the two how near the farthest number came. It fails where one is too \
             far off, and where a number is shown that was not made again and is not on this list:\n\n";
    for (statistics, reason) in NOT_REMADE {
        let names: Vec<&str> = statistics.iter().map(|statistic| statistic.name).collect();
        let _ = writeln!(text, "- `{}`: {reason}.", names.join("`, `"));
    }
    text
}

/// What an analysis asks.
pub(super) fn section(plan: &Plan, analysis: &Analysis) -> String {
    let cohort = &plan.cohorts[analysis.cohort];
    let mut text = format!("## {}: `{}`\n\n", english(&analysis.label), analysis.id);
    let unit = match cohort.unit {
        CohortUnit::Respondent => "one case a respondent",
        CohortUnit::Assessment => "one case an assessment",
    };
    let _ = write!(text, "Of whom: {} (cohort `{}`, {unit}", english(&cohort.label), cohort.id);
    if let Some(only) = &cohort.only {
        let _ = write!(text, "; only where `{}`", only.text);
    }
    text += ").";
    let tables: Vec<&str> = plan
        .tables
        .iter()
        .filter(|table| table.from.contains(&analysis.id))
        .map(|table| table.number.as_str())
        .collect();
    if !tables.is_empty() {
        let _ = write!(text, " Shown in table {}.", tables.join(", "));
    }
    text += "\n\n";
    let mut columns: Vec<&Column> = Vec::new();
    match &analysis.question {
        Question::Followup => text += &followup(cohort),
        Question::Attrition(question) => attrition(&mut text, question, &mut columns),
        Question::Describe(describe) => {
            text += "How the answers are distributed";
            text += if describe.overlap { ", and how many have each two of them.\n\n" } else { ".\n\n" };
            list(&mut text, "Variables", &describe.variables, &mut columns);
            list(&mut text, "Groups", &describe.by, &mut columns);
        }
        Question::Trajectory(question) => trajectory(&mut text, question, &mut columns),
        Question::Change(question) => change(&mut text, question, &mut columns),
        Question::Agreement(question) => judged::agreement(&mut text, question, &mut columns),
        Question::Goals(question) => judged::goals(&mut text, question, &mut columns),
        Question::Model(question) => model(&mut text, question, &mut columns),
        Question::Family(question) => family(&mut text, question),
    }
    derivations(&mut text, cohort, &columns);
    text
}

fn followup(cohort: &Cohort) -> String {
    let mut text = format!("Who was seen at {}.\n\n", names(cohort.waves.iter().map(String::as_str)));
    for state in &cohort.states {
        let _ = writeln!(
            text,
            "- State `{}`, {}, at {}: `{}`{}{}.",
            state.id,
            english(&state.label),
            state.wave,
            state.sql.text,
            if state.seen { "; seen" } else { "" },
            if state.eligible { "" } else { "; no longer to be followed up" }
        );
    }
    text
}

fn attrition<'a>(text: &mut String, attrition: &'a Attrition, columns: &mut Vec<&'a Column>) {
    let [low, high] = attrition.truncate;
    let _ = writeln!(
        text,
        "Who of those due at {} was followed up and who was lost; intervals at level {}. Weights are cut off at their quantiles {low} \
         and {high}.\n",
        attrition.wave, attrition.level
    );
    for term in &attrition.terms {
        let reference = term.reference.map_or(String::new(), |code| format!("; reference {code}"));
        let _ = writeln!(text, "- `{}`: {}{reference}.", term.column.name, described(&term.column.item));
        columns.push(&term.column);
    }
    text.push('\n');
}

/// What is also weighted, and by which weights.
fn weighted(text: &mut String, weights: Option<&Weights>) {
    if let Some(Weights { analysis, attrition }) = weights {
        let _ = writeln!(
            text,
            "At {} also weighted for loss, with the weights of `{analysis}`.\n",
            attrition.wave
        );
    }
}

fn trajectory<'a>(text: &mut String, question: &'a Trajectory, columns: &mut Vec<&'a Column>) {
    let who = match question.complete {
        true => "of those with an answer at all of the waves",
        false => "of all who answered at the wave",
    };
    let _ = writeln!(
        text,
        "Where everybody stands at each wave, {who}; intervals at level {}.\n",
        question.level
    );
    for course in &question.courses {
        let waves = course.at.iter().filter_map(|column| column.wave.as_deref());
        let item = course.at.first().map_or(String::new(), |column| described(&column.item));
        let _ = writeln!(text, "- `{}` at {}: {item}.", course.variable, names(waves));
        columns.extend(course.at.first());
    }
    text.push('\n');
    list(text, "Groups", &question.by, columns);
}

fn family(text: &mut String, family: &Family) {
    let _ = writeln!(
        text,
        "The p-values of {} tests, one for each comparison of {}, adjusted for multiple tests. Intervals are not adjusted.\n",
        family.tests.len(),
        names(family.of.iter().map(String::as_str))
    );
}

fn change<'a>(text: &mut String, change: &'a Change, columns: &mut Vec<&'a Column>) {
    let _ = writeln!(
        text,
        "Change between two waves; intervals at level {}; where programs differ, tests are those of {}.\n",
        change.level,
        program(&change.convention)
    );
    for comparison in &change.comparisons {
        let better = match comparison.before.item.better {
            Some(Better::Higher) => "higher is better",
            Some(Better::Lower) => "lower is better",
            None => "no direction is better",
        };
        let item = &comparison.before.item;
        let reliability = item
            .reliability
            .as_ref()
            .map_or(String::new(), |known| format!("; reliability {} ({})", known.r, known.source));
        let thresholds = item.use_thresholds.as_ref().map_or(String::new(), |known| {
            format!(
                "; {} days fewer of {} are an improvement, {} days more a deterioration ({})",
                known.improved, known.window, known.deteriorated, known.source
            )
        });
        let _ = writeln!(
            text,
            "- `{}`: {}; {better}{reliability}{thresholds}.",
            comparison.variable,
            described(item)
        );
        columns.push(&comparison.before);
    }
    text.push('\n');
    list(text, "Groups", &change.by, columns);
    weighted(text, change.weights.as_ref());
}

/// The program that a convention is named after.
fn program(convention: &str) -> &str {
    match convention {
        "r" => "R",
        "spss" => "SPSS",
        "stata" => "Stata",
        other => other,
    }
}

fn model<'a>(text: &mut String, model: &'a Model, columns: &mut Vec<&'a Column>) {
    let event = model.outcome.item.codes.last();
    let _ = writeln!(
        text,
        "Logistic regression of `{}` ({}); the event is {}. Intervals at level {}.\n",
        model.outcome.name,
        english(&model.outcome.item.label),
        event.map_or(String::new(), |code| format!("code {}, {}", code.code, english(&code.label))),
        model.level
    );
    columns.push(&model.outcome);
    for term in &model.terms {
        let reference = term.reference.map_or(String::new(), |code| format!("; reference {code}"));
        let _ = writeln!(text, "- `{}`: {}{reference}.", term.column.name, described(&term.column.item));
        columns.push(&term.column);
    }
    text.push('\n');
    match &model.cluster {
        None => {}
        Some(Cluster::Respondent) => *text += "Cases of one respondent are a cluster.\n\n",
        Some(Cluster::Column(column)) => {
            let _ = writeln!(text, "Clusters: `{}`, {}.\n", column.name, english(&column.item.label));
        }
    }
    if let Some(only) = &model.only {
        let _ = writeln!(text, "Only where `{}`.\n", only.text);
        columns.extend(&only.columns);
    }
    weighted(text, model.weights.as_ref());
}

fn list<'a>(text: &mut String, heading: &str, of: &'a [Column], columns: &mut Vec<&'a Column>) {
    if of.is_empty() {
        return;
    }
    let _ = writeln!(text, "{heading}:\n");
    for column in of {
        let _ = writeln!(text, "- `{}`: {}.", column.name, described(&column.item));
        columns.push(column);
    }
    text.push('\n');
}

/// Label and codes; long lists of codes, such as services, are left to the codebook.
fn described(item: &Item) -> String {
    const MOST: usize = 12;
    let codes: Vec<String> =
        item.codes.iter().map(|code| format!("{} {}", code.code, english(&code.label))).collect();
    match codes.len() {
        0 => english(&item.label).to_owned(),
        few if few <= MOST => format!("{} ({})", english(&item.label), codes.join("; ")),
        many => format!("{} ({many} codes)", english(&item.label)),
    }
}

/// How derived variables among `columns` are derived.
fn derivations(text: &mut String, cohort: &Cohort, columns: &[&Column]) {
    let all: Vec<&Derived> = cohort.per_assessment.iter().chain(&cohort.per_respondent).collect();
    let mut told: Vec<&str> = Vec::new();
    for column in columns {
        let name = column.item.name.as_str();
        let derived = all.iter().find(|derived| derived.item.name == name && !told.contains(&name));
        if let Some(derived) = derived {
            let _ = writeln!(text, "`{name}` is derived: `{}`\n", derived.sql.text);
            told.push(name);
        }
    }
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

pub(super) fn closing() -> String {
    "# All numbers\n\nHow many were compared, and the largest relative difference. Fails where one is too large, or where a number \
     is shown that was not made again."
        .to_owned()
}
