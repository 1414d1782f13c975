//! The notebooks make every released number again: they are executed, in Python and in R.

mod common;
#[allow(dead_code)]
#[path = "common/reference.rs"]
mod reference;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use common::{Evaluation, Said, repository, utfall};
use reference::skip;
use tempfile::TempDir;

const R_PACKAGES: [&str; 2] = ["sandwich", "pROC"];
const PYTHON_PACKAGES: [&str; 6] = ["nbclient", "ipykernel", "numpy", "pandas", "scipy", "statsmodels"];

/// Executes a notebook, prints what it prints, and ends as it ends.
const EXECUTE: &str = "
import os, sys, nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
notebook = nbformat.read(sys.argv[1], 4)
nbformat.validate(notebook)
client = NotebookClient(notebook, timeout=900, kernel_name='python3',
                        resources={'metadata': {'path': os.path.dirname(sys.argv[1])}})
failure = None
try:
    client.execute()
except CellExecutionError as error:
    failure = str(error)
for cell in notebook.cells:
    for output in cell.get('outputs', []):
        print(output.get('text', ''), end='')
sys.exit(failure)
";

/// The shipped evaluations, run once, in a folder that is left to the system's cleaning: tests share it.
fn released() -> &'static Path {
    static OUT: OnceLock<TempDir> = OnceLock::new();
    let out = OUT.get_or_init(|| {
        let out = tempfile::tempdir().unwrap();
        for id in evaluations() {
            let pipeline = repository("pipelines").join(id);
            let place = out.path().to_str().unwrap();
            let Said { code, text } = utfall(&["run", pipeline.to_str().unwrap(), "--out", place], &[]);
            assert_eq!(code, 0, "{text}");
        }
        out
    });
    out.path()
}

/// Those whose data are here.
fn evaluations() -> Vec<&'static str> {
    let mut evaluations = vec!["first", "sintef-lav"];
    match std::env::var_os("UTFALL_HELP_CSV").is_some() {
        true => evaluations.push("help"),
        false => skip("the HELP table, in UTFALL_HELP_CSV"),
    }
    evaluations
}

#[derive(Clone, Copy, PartialEq)]
enum Language {
    Python,
    R,
}

fn python() -> String {
    std::env::var("UTFALL_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

impl Language {
    /// Whether it can execute notebooks here; says so loudly where it cannot.
    fn is_there(self) -> bool {
        let (asked, what) = match self {
            Language::Python => {
                let imports = format!("import {}", PYTHON_PACKAGES.join(", "));
                let asked = Command::new(python()).args(["-c", &imports]).output();
                (asked, format!("Python with {}; UTFALL_PYTHON names it", PYTHON_PACKAGES.join(", ")))
            }
            Language::R => {
                let libraries = R_PACKAGES.map(|package| format!("library({package})")).join(";");
                let asked = Command::new("Rscript").args(["--vanilla", "-e", &libraries]).output();
                (asked, format!("R with {}", R_PACKAGES.join(", ")))
            }
        };
        let there = asked.is_ok_and(|output| output.status.success());
        if !there {
            skip(&what);
        }
        there
    }

    /// Executes the notebook of an evaluation below `out`; the released numbers are those in `estimates`.
    fn execute(self, out: &Path, id: &str, estimates: &Path, more: &[(&str, &str)]) -> Said {
        let folder = out.join(id).join("release/notebooks");
        let scratch = tempfile::tempdir().unwrap();
        let mut command = match self {
            Language::Python => {
                let mut command = Command::new(python());
                command.args(["-c", EXECUTE]).arg(folder.join(format!("{id}.ipynb")));
                command.env("IPYTHONDIR", scratch.path());
                command
            }
            Language::R => {
                let text = fs::read_to_string(folder.join(format!("{id}.Rmd"))).unwrap();
                let script = scratch.path().join("notebook.R");
                fs::write(&script, chunks(&text)).unwrap();
                let mut command = Command::new("Rscript");
                command.args(["--vanilla", "--encoding=UTF-8"]).arg(script).current_dir(&folder);
                command
            }
        };
        let output = command.env("UTFALL_ESTIMATES", estimates).envs(more.iter().copied()).output().unwrap();
        let text = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
        Said { code: output.status.code().unwrap_or(-1), text: text.concat() }
    }
}

/// The code of an R Markdown document; knitr need not be there.
fn chunks(markdown: &str) -> String {
    let mut code = String::new();
    let mut inside = false;
    for line in markdown.lines() {
        match line {
            "```{r}" => inside = true,
            "```" => inside = false,
            line if inside => code += &format!("{line}\n"),
            _ => {}
        }
    }
    code
}

/// How many numbers a notebook says to have compared.
fn compared(said: &Said) -> usize {
    let total = said.text.lines().find_map(|line| line.split_once(" numbers compared"));
    let total = total.and_then(|(count, _)| count.trim().parse().ok());
    total.unwrap_or_else(|| panic!("no total in what it printed:\n{}", said.text))
}

fn make_again(language: Language) {
    if !language.is_there() {
        return;
    }
    let mut all = 0;
    for id in evaluations() {
        let estimates = released().join(id).join("release/estimates.csv");
        let said = language.execute(released(), id, &estimates, &[]);
        assert_eq!(said.code, 0, "{id}:\n{}", said.text);
        all += compared(&said);
    }
    assert!(all >= 500, "{all}");

    // Among numbers that are shown as they are: a proof that the comparison compares.
    let text = fs::read_to_string(released().join("sintef-lav/release/estimates.csv")).unwrap();
    for number in [
        "change.substances,change,,heroin@w1>w2,,mcnemar_p",
        "model.individual_plan,model,,individual_plan@w1,sex=2,cr1_p_value",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let altered = folder.path().join("estimates.csv");
        fs::write(&altered, with_altered(&text, number)).unwrap();
        let said = language.execute(released(), "sintef-lav", &altered, &[]);
        assert_ne!(said.code, 0, "{number} was altered:\n{}", said.text);
        assert!(said.text.contains("1 numbers differ"), "{}", said.text);
    }
}

/// The estimates with one of them a ten-thousandth too large.
fn with_altered(estimates: &str, number: &str) -> String {
    let mut found = 0;
    let lines: Vec<String> = estimates
        .lines()
        .map(|line| match line.strip_prefix(number).and_then(|rest| rest.strip_prefix(',')) {
            None => line.to_owned(),
            Some(rest) => {
                found += 1;
                let (value, rest) = rest.split_once(',').unwrap();
                format!("{number},{},{rest}", value.parse::<f64>().unwrap() * (1.0 + 1e-4))
            }
        })
        .collect();
    assert_eq!(found, 1, "{number}");
    lines.join("\n") + "\n"
}

#[test]
fn python_makes_every_number_again() {
    make_again(Language::Python);
}

#[test]
fn r_makes_every_number_again() {
    make_again(Language::R);
}

#[test]
fn r_makes_them_without_packages_as_well() {
    if !Language::R.is_there() {
        return;
    }
    let empty = tempfile::tempdir().unwrap();
    let nowhere = empty.path().to_str().unwrap();
    let estimates = released().join("sintef-lav/release/estimates.csv");
    let without = [("R_LIBS", nowhere), ("R_LIBS_SITE", nowhere), ("R_LIBS_USER", nowhere)];
    let said = Language::R.execute(released(), "sintef-lav", &estimates, &without);
    assert_eq!(said.code, 0, "{}", said.text);
}

/// Nothing is suppressed, and the tests are those of other programs.
#[test]
fn other_programs_variants_are_made_again() {
    for convention in ["spss", "stata"] {
        let evaluation = Evaluation::first();
        evaluation.edit("pipeline.toml", "format = 1", &format!("format = 1\nconvention = \"{convention}\""));
        evaluation.edit("pipeline.toml", "policy = \"min5\"", "policy = \"none\"");
        evaluation.ran();
        let estimates = evaluation.place().join("release/estimates.csv");
        for language in [Language::Python, Language::R].into_iter().filter(|language| language.is_there()) {
            let said = language.execute(&evaluation.out(), &evaluation.id, &estimates, &[]);
            assert_eq!(said.code, 0, "{convention}:\n{}", said.text);
        }
    }
}

/// Thresholds for the days of use, made up for this test.
const THRESHOLDS: &str = "format = 1\nsource = \"made up for a test\"\nwindow = 28\n\
     [[substance]]\nname = \"any\"\nimproved = 6\ndeteriorated = 4\n";

/// Change that was rated, goals, with and without a weight of their own, and classes of use.
#[test]
fn judged_change_is_made_again() {
    let evaluation = Evaluation::first();
    evaluation.edit("pipeline.toml", "policy = \"min5\"", "policy = \"none\"");
    evaluation.write("thresholds.toml", THRESHOLDS);
    let days = "range = [0, 28]";
    evaluation.edit(
        "dictionary.toml",
        days,
        &format!("{days}\nuse = {{ thresholds = \"thresholds.toml\", substance = \"any\" }}"),
    );
    evaluation.append(
        "pipeline.toml",
        r#"
[agreement.health]
cohort = "everyone"
from = "before"
to = "after"
rated = "housing@after"
better = [1]
unchanged = [2]
worse = [3]
level = 0.9
[goals.alike]
cohort = "everyone"
goals = ["housing@before", "housing@after", "health@after"]
levels = { 1 = 1, 2 = 0, 3 = -2 }
[goals.weighted]
cohort = "everyone"
goals = ["housing@after", "health@after"]
levels = { 1 = 2, 2 = -1, 3 = -1 }
weights = [2, 0.5]
rho = 0.4
level = 0.9
[goals.one]
cohort = "everyone"
goals = ["housing@after"]
levels = { 1 = 0, 2 = 0, 3 = 0 }
"#,
    );
    evaluation.ran();
    let estimates = evaluation.place().join("release/estimates.csv");
    let text = fs::read_to_string(&estimates).unwrap();
    for number in [",kappa_linear,", ",goal_t_mean,", ",attained_share,", ",use_improved_share,"] {
        assert!(text.contains(number), "{number}");
    }
    for language in [Language::Python, Language::R].into_iter().filter(|language| language.is_there()) {
        let said = language.execute(&evaluation.out(), &evaluation.id, &estimates, &[]);
        assert_eq!(said.code, 0, "{}", said.text);
    }
}

/// A covariate that repeats another, one that tells some cases apart for certain, and a condition.
#[test]
fn models_with_aliasing_separation_and_conditions_are_made_again() {
    let evaluation = Evaluation::first();
    evaluation.edit("pipeline.toml", "policy = \"min5\"", "policy = \"none\"");
    evaluation.append(
        "pipeline.toml",
        r#"
[variable.man]
instrument = "form"
sql = "sex = 1"
label = { en = "Man", nb = "Mann", nn = "Mann" }
[variable.healthy]
instrument = "form"
sql = "health = 1"
label = { en = "Healthy", nb = "Frisk", nn = "Frisk" }
[model.aliased]
cohort = "everyone"
label = { en = "Aliased", nb = "Aliased", nn = "Aliased" }
outcome = "serious@after"
terms = ["sex", "man@before", "age", "housing@before"]
cluster = "housing@before"
prediction = { folds = 4 }
[model.separated]
cohort = "everyone"
label = { en = "Separated", nb = "Separated", nn = "Separated" }
outcome = "serious@after"
terms = ["healthy@after", "age"]
[model.of_men]
cohort = "everyone"
label = { en = "Of men", nb = "Of men", nn = "Of men" }
outcome = "serious@after"
terms = ["age", "days_used@before"]
only = "sex = 1"
"#,
    );
    evaluation.ran();
    let estimates = evaluation.place().join("release/estimates.csv");
    for language in [Language::Python, Language::R].into_iter().filter(|language| language.is_there()) {
        let said = language.execute(&evaluation.out(), &evaluation.id, &estimates, &[]);
        assert_eq!(said.code, 0, "{}", said.text);
        assert!(said.text.contains("there is separation"), "{}", said.text);
    }
}

/// Trajectories of the same persons with their flow, change from wave to wave, and a family with its groups.
#[test]
fn trajectories_and_families_are_made_again() {
    let evaluation = Evaluation::first();
    evaluation.edit("pipeline.toml", "policy = \"min5\"", "policy = \"none\"");
    evaluation.edit("pipeline.toml", "to = \"*\"", "to = \"*\"\nsteps = true\nby = [\"sex\"]");
    evaluation.append(
        "pipeline.toml",
        r#"
[trajectory.same]
cohort = "everyone"
variables = ["health", "days_used", "serious"]
by = ["sex"]
complete = true
flow = true
level = 0.9
[trajectory.different]
cohort = "everyone"
variables = ["housing", "days_used", "serious"]
waves = ["before", "after"]
flow = true
[family.main]
of = ["change.problems"]
groups = true
"#,
    );
    evaluation.ran();
    let estimates = evaluation.place().join("release/estimates.csv");
    for language in [Language::Python, Language::R].into_iter().filter(|language| language.is_there()) {
        let said = language.execute(&evaluation.out(), &evaluation.id, &estimates, &[]);
        assert_eq!(said.code, 0, "{}", said.text);
        for of in ["trajectory.same: ", "family.main: 37 compared"] {
            assert!(said.text.contains(of), "{}", said.text);
        }
    }
}

#[test]
fn the_committed_notebooks_are_what_a_run_writes() {
    for id in ["sintef-lav", "help"] {
        let plan = utfall::run::load_plan(&repository("pipelines").join(id)).unwrap();
        for (file, text) in utfall::run::notebooks(&plan) {
            let name = Path::new(&file).file_name().unwrap();
            let committed = repository("notebooks-export").join(name);
            if std::env::var_os("UTFALL_WRITE_NOTEBOOKS").is_some() {
                fs::write(&committed, &text).unwrap();
            }
            let same = fs::read_to_string(&committed).is_ok_and(|known| known == text);
            assert!(
                same,
                "{} is not what a run writes: UTFALL_WRITE_NOTEBOOKS=1 cargo test --test notebooks committed",
                committed.display()
            );
        }
    }
}

#[test]
fn notebooks_hold_no_result() {
    for id in evaluations() {
        let folder = released().join(id).join("release/notebooks");
        let text = fs::read_to_string(folder.join(format!("{id}.ipynb"))).unwrap();
        let notebook: serde_json::Value = serde_json::from_str(&text).unwrap();
        for cell in notebook["cells"].as_array().unwrap() {
            let outputs = cell.get("outputs").and_then(|outputs| outputs.as_array());
            assert!(outputs.is_none_or(Vec::is_empty), "{id}: {cell}");
        }
    }
}

#[cfg(unix)]
#[test]
fn pattern_tables_stay_in_the_house() {
    use std::os::unix::fs::PermissionsExt;
    for id in evaluations() {
        let restricted = released().join(id).join("restricted");
        let mode = fs::metadata(&restricted).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        assert!(fs::read_dir(restricted.join("analysis")).unwrap().count() > 0);
    }
}
