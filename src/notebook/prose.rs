//! The prose of notebooks, in English.

use std::fmt::Write;

use super::{Dialect, NOT_REMADE, Part, Remade, Stage};
use crate::dictionary::{Item, Language, Text};
use crate::estimate::Statistic;
use crate::evaluation::{Analysis, Plan};
use crate::plan::{Cohort, CohortUnit, Column, Derived, Source};

/// A text in the language of notebooks.
pub fn english(text: &Text) -> &str {
    text.get(Language::En)
}

/// What the notebook is, what it takes and how to run it.
pub(super) fn opening<Q: ?Sized>(plan: &Plan<Q>, dialect: Dialect) -> String {
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
pub(super) fn section<Q: Remade + ?Sized>(plan: &Plan<Q>, analysis: &Analysis<Q>) -> String {
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
    let mut prose = Prose { text, columns: Vec::new() };
    analysis.question.prose(cohort, &mut prose);
    let Prose { mut text, columns } = prose;
    derivations(&mut text, cohort, &columns);
    text
}

/// What is said of a question.
pub struct Prose<'q> {
    pub text: String,
    /// The columns that it is about, whose derivations are told after it.
    pub columns: Vec<&'q Column>,
}

impl<'q> Prose<'q> {
    /// Some columns under a heading; nothing where there are none.
    pub fn list(&mut self, heading: &str, of: &'q [Column]) {
        if of.is_empty() {
            return;
        }
        let _ = writeln!(self.text, "{heading}:\n");
        for column in of {
            let _ = writeln!(self.text, "- `{}`: {}.", column.name, described(&column.item));
            self.columns.push(column);
        }
        self.text.push('\n');
    }
}

/// Label and codes; long lists of codes, such as services, are left to the codebook.
pub fn described(item: &Item) -> String {
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

/// Names as code, with commas.
pub fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

pub(super) fn closing() -> String {
    "# All numbers\n\nHow many were compared, and the largest relative difference. Fails where one is too large, or where a number \
     is shown that was not made again."
        .to_owned()
}

/// What a stage computes, before the functions that do.
pub(super) fn stage(stage: &Stage) -> String {
    format!("# Functions: {}\n\n{}", stage.title, stage.about)
}

/// What a part's functions are for, and the formula and source of each statistic that they make.
pub(super) fn part(part: &Part, statistics: &[&Statistic]) -> String {
    let mut text = match part.title {
        "" => String::new(),
        title => format!("## {title}\n\n"),
    };
    if !part.about.is_empty() {
        let _ = writeln!(text, "{}\n", part.about);
    }
    if !statistics.is_empty() {
        text += "| statistic | what it is | source |\n|---|---|---|\n";
    }
    for statistic in statistics {
        let cell = |text: &str| text.replace('|', "\\|");
        let _ = writeln!(
            text,
            "| `{}` | {} | {} |",
            statistic.name,
            cell(statistic.about),
            cell(statistic.source)
        );
    }
    text
}
