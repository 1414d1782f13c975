//! Executing notebooks and lines of them, and reading what they say at their end.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::Said;
use crate::common::reference::skip;

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

#[derive(Clone, Copy, PartialEq)]
pub enum Language {
    Python,
    R,
}

fn python() -> String {
    std::env::var("UTFALL_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

impl Language {
    /// Whether it can execute notebooks here; says so loudly where it cannot.
    pub fn is_there(self) -> bool {
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

    /// Runs lines in a folder.
    pub fn run(self, folder: &Path, code: &str) -> Said {
        let mut command = match self {
            Language::Python => Command::new(python()),
            Language::R => Command::new("Rscript"),
        };
        match self {
            Language::Python => command.args(["-c", code]).env("PYTHONDONTWRITEBYTECODE", "1"),
            Language::R => command.args(["--vanilla", "-e", code]),
        };
        let output = command.current_dir(folder).output().unwrap();
        let text = [output.stderr, output.stdout].map(|said| String::from_utf8_lossy(&said).into_owned());
        Said { code: output.status.code().unwrap_or(-1), text: text.concat() }
    }

    /// Executes the notebook of an evaluation below `out`; the released numbers are those in `estimates`.
    pub fn execute(self, out: &Path, id: &str, estimates: &Path, more: &[(&str, &str)]) -> Said {
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

/// What a notebook says at its end: how many numbers it compared and, of each way in which they are made, how many, how far off the
/// farthest was, and how far it might be.
pub struct Verdict {
    pub compared: usize,
    pub classes: BTreeMap<String, (usize, f64, f64)>,
}

impl Verdict {
    pub fn of(said: &Said) -> Verdict {
        let wrong = || panic!("no verdict in what it printed:\n{}", said.text);
        let mut lines = said.text.lines().skip_while(|line| !line.contains(" numbers compared, "));
        let compared =
            lines.next().and_then(|line| line.split(' ').next()?.parse().ok()).unwrap_or_else(wrong);
        let class = |line: &str| -> Option<(String, (usize, f64, f64))> {
            let (name, rest) = line.trim().split_once(": ")?;
            let (count, rest) = rest.split_once(", largest relative difference ")?;
            let (largest, rest) = rest.split_once(" of ")?;
            let (allowed, farthest) = rest.split_once(" allowed, ")?;
            assert!(farthest.contains('/'), "the number is named: {line}");
            let parsed = (count.parse().ok()?, largest.parse().ok()?, allowed.parse().ok()?);
            Some((name.to_owned(), parsed))
        };
        let classes: BTreeMap<_, _> = lines.map_while(class).collect();
        assert_eq!(classes.values().map(|(count, ..)| count).sum::<usize>(), compared, "{}", said.text);
        assert!(classes.values().all(|(_, largest, allowed)| largest <= allowed), "{}", said.text);
        Verdict { compared, classes }
    }
}

/// The estimates with one of them changed.
pub fn with_altered(estimates: &str, number: &str, factor: f64) -> String {
    let mut found = 0;
    let lines: Vec<String> = estimates
        .lines()
        .map(|line| match line.strip_prefix(number).and_then(|rest| rest.strip_prefix(',')) {
            None => line.to_owned(),
            Some(rest) => {
                found += 1;
                let (value, rest) = rest.split_once(',').unwrap();
                format!("{number},{},{rest}", value.parse::<f64>().unwrap() * factor)
            }
        })
        .collect();
    assert_eq!(found, 1, "{number}");
    lines.join("\n") + "\n"
}
