//! Where report and figures write a number, it is marked: with the estimates that it shows, or with what it is instead.

use std::fs;
use std::path::{Path, PathBuf};

/// What writes a number without a mark. [`utfall::table::number`] marks in `marked`, `amount`, `counted` and `parameter`.
const WRITING: [&str; 6] = [
    "number::number(",
    "number::percent(",
    "number::decimal(",
    "number::interval(",
    "number::cell(",
    "number::p(",
];

/// Where a number is written without a mark all the same, and why.
const UNMARKED: [(&str, &str, &str); 1] = [(
    "report/reading/answers.rs",
    "let written = |share: f64| number::percent(share, 0, language);",
    "Two shares are held against each other as they are written; neither is printed.",
)];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => sources(&path, found),
            false if path.extension().is_some_and(|ending| ending == "rs") => found.push(path),
            false => {}
        }
    }
}

/// The lines that write a number with no mark within two lines of them, as a statement of several lines has it.
fn unmarked(code: &str) -> Vec<&str> {
    let code = code.split("#[cfg(test)]\nmod tests").next().unwrap();
    let lines: Vec<&str> = code.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
    let is_marked = |place: usize| {
        let around = &lines[place.saturating_sub(2)..(place + 3).min(lines.len())];
        around.iter().any(|line| line.contains("mark::marked(") || line.contains("mark::aside("))
    };
    let writes = |line: &str| WRITING.iter().any(|one| line.contains(one));
    let found = lines.iter().enumerate().filter(|(place, line)| writes(line) && !is_marked(*place));
    found.map(|(_, line)| *line).collect()
}

#[test]
fn report_and_figures_write_no_number_without_a_mark() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    ["report", "figure"].iter().for_each(|room| sources(&root.join(room), &mut files));
    let (mut faults, mut met) = (Vec::new(), Vec::new());
    for path in files {
        let code = fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        for line in unmarked(&code) {
            match UNMARKED.iter().find(|(known, listed, _)| *known == path && *listed == line) {
                Some(listed) => met.push(listed),
                None => faults.push(format!("{path}: {line}")),
            }
        }
    }
    assert!(faults.is_empty(), "numbers without a mark:\n{}", faults.join("\n"));
    for listed in &UNMARKED {
        assert!(met.contains(&listed) && listed.2.ends_with('.'), "{} is not there any more", listed.0);
    }
}

#[test]
fn a_number_without_a_mark_is_found() {
    let code = "let n = number::number(2.0, Format::Count, language);\nsay(n)";
    assert_eq!(unmarked(code), ["let n = number::number(2.0, Format::Count, language);"]);
    assert!(unmarked("let n = mark::marked(number::number(2.0, Format::Count, language), &of);").is_empty());
    assert!(unmarked("let n = number::counted(2, language);").is_empty());
}
