//! Broken input through the built program: the exit code, a message that says where, what was found, what was expected and
//! what to do; no respondent's value in it; and the earlier output as it was, byte for byte.

mod attrition;
mod computed;
mod data;
mod dictionary;
mod expressions;
mod judged;
mod output;
mod pipeline;
mod trajectory;
mod usage;

use std::sync::OnceLock;

use crate::common::{Evaluation, Said, differing, tree};

/// Stands in answers and ids of the data, and must stand in nothing that the program prints.
const SECRET: &str = "qz7731";
/// The same for numbers.
const SECRET_NUMBER: &str = "77317731";

/// `pipelines/first` with a text item, a secret id and secret answers, run once and copied for each test.
fn evaluation() -> Evaluation {
    static FIRST: OnceLock<Evaluation> = OnceLock::new();
    let first = FIRST.get_or_init(|| {
        let first = Evaluation::first();
        first.append(
            "dictionary.toml",
            "\n[[item]]\nname = \"note\"\nlabel = { nb = \"Merknad\" }\ntype = \"text\"\n",
        );
        for (name, answers) in [("data/before.csv", "1;20;3;3;11"), ("data/after.csv", "1;20;9;3;24")] {
            let text = first.read(name);
            // Whoever stands first is the one whose answers the tests know.
            let with_note = text.lines().enumerate().map(|(at, line)| match at {
                0 => format!("{line};note\n"),
                1 => format!("{SECRET};{answers};{SECRET}\n"),
                _ => format!("{line};{SECRET}\n"),
            });
            first.write(name, with_note.collect::<String>());
        }
        first.ran();
        first
    });
    first.copied()
}

/// That a message has every one of `phrases` and no respondent's value, and tells of no panic.
fn says(said: &Said, phrases: &[&str]) {
    for phrase in phrases {
        assert!(said.text.contains(phrase), "no {phrase:?} in:\n{}", said.text);
    }
    for never in [SECRET, SECRET_NUMBER, "panicked", "utfall itself has failed", "RUST_BACKTRACE"] {
        assert!(!said.text.contains(never), "{never:?} in:\n{}", said.text);
    }
}

/// That `run` and `check` end with `code` and say `phrases`, and that the earlier output is untouched.
fn refused(evaluation: &Evaluation, code: i32, phrases: &[&str]) {
    let checked = evaluation.check();
    assert_eq!(checked.code, code, "check said:\n{}", checked.text);
    says(&checked, phrases);
    run_refused(evaluation, &[], &[], code, phrases);
}

/// The same of `run` alone, with more arguments and environment variables.
fn run_refused(
    evaluation: &Evaluation,
    arguments: &[&str],
    variables: &[(&str, &str)],
    code: i32,
    phrases: &[&str],
) {
    let before = tree(&evaluation.place());
    let said = evaluation.run_with(arguments, variables);
    assert_eq!(said.code, code, "run said:\n{}", said.text);
    says(&said, phrases);
    assert!(differing(&before, &tree(&evaluation.place())).is_empty(), "the earlier output has changed");
    no_litter(evaluation);
}

/// That nothing but outputs and locks stands in the folder of outputs.
fn no_litter(evaluation: &Evaluation) {
    for entry in std::fs::read_dir(evaluation.out()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(!name.ends_with(".building") && !name.ends_with(".earlier"), "{name} has been left behind");
    }
}

/// That a run goes through, says `phrases`, and prints no respondent's value.
fn accepted(evaluation: &Evaluation, phrases: &[&str]) -> String {
    let said = evaluation.run(&[]);
    assert_eq!(said.code, 0, "run said:\n{}", said.text);
    says(&said, phrases);
    no_litter(evaluation);
    said.text
}
