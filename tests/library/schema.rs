//! The committed schemas and the list of statistics are what the program prints.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::committed::hold;
use utfall::estimate::{Counted, RestsOn, Reveals, Statistic};
use utfall::question::stages;
use utfall::{run, schema};

fn committed(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_committed_lists_are_what_the_program_prints() {
    let lists = [
        ("data-dictionary/dictionary.schema.json", schema::dictionary()),
        ("pipelines/pipeline.schema.json", schema::pipeline()),
        ("pipelines/published.schema.json", schema::published()),
        ("pipelines/simulation.schema.json", schema::simulation()),
        ("data-dictionary/statistics.md", schema::statistics()),
    ];
    for (path, printed) in lists {
        hold(path, &printed, "library schema::the_committed");
    }
}

/// What a statistic gives away, in a word, agrees with what its value rests on: a wrong declaration would show what has to be hidden.
#[test]
fn what_a_statistic_gives_away_it_rests_on() {
    let is_count = |statistic: &Statistic| matches!(statistic.rests_on, RestsOn::Count { .. });
    for statistic in stages().flat_map(|stage| (stage.statistics)()) {
        let Statistic { name, reveals, rests_on, .. } = *statistic;
        // What is worked out from counts and from nothing else may be a count.
        let is_sum = reveals == Reveals::Count && matches!(rests_on, RestsOn::Only(_));
        assert_eq!(reveals == Reveals::Count, is_count(statistic) || is_sum, "{name}");
        assert_eq!(reveals == Reveals::Extreme, matches!(rests_on, RestsOn::One), "{name}");
        match rests_on {
            RestsOn::Nobody | RestsOn::Base => assert_eq!(reveals, Reveals::Setting, "{name}"),
            RestsOn::Share { of, .. } => {
                // Shares of a table of two by two keep their counts under their own names.
                assert!(reveals == Reveals::Share && (is_count(of) || of == statistic), "{name}");
            }
            RestsOn::Counts(counts) | RestsOn::Only(counts) => {
                let mut of = counts.iter().flat_map(|count| match count {
                    Counted::Each(of)
                    | Counted::Same(of)
                    | Counted::Before(of)
                    | Counted::Among(of)
                    | Counted::OfAnalysis(of) => vec![*of],
                    Counted::Together { of, whole } => vec![*of, *whole],
                });
                assert!(!counts.is_empty() && of.all(is_count), "{name}");
            }
            RestsOn::Moves(counts) | RestsOn::MovesOfTable(counts) | RestsOn::OfAnalysis(counts) => {
                assert!(!counts.is_empty() && counts.iter().all(|of| is_count(of)), "{name}");
            }
            RestsOn::One
            | RestsOn::Count { .. }
            | RestsOn::All
            | RestsOn::AllOfAnalysis
            | RestsOn::Tests
            | RestsOn::Released => {}
        }
    }
}

#[test]
fn a_statistic_has_one_meaning_in_its_stage_and_a_source() {
    for statistic in stages().flat_map(|stage| (stage.statistics)()) {
        assert!(
            !statistic.about.is_empty() && !statistic.source.is_empty(),
            "{} says too little",
            statistic.name
        );
        assert!(
            statistic.about.ends_with('.') || statistic.about.ends_with(')'),
            "{}: {}",
            statistic.name,
            statistic.about
        );
    }
    for stage in stages() {
        let names: Vec<&str> = (stage.statistics)().iter().map(|statistic| statistic.name).collect();
        let distinct: BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(names.len(), distinct.len(), "{} names a statistic twice", stage.title);
        assert!(!names.is_empty());
    }
}

/// Every exit code, and no other, stands in the README and in `--help`.
#[test]
fn exit_codes_are_documented() {
    let readme = committed("README.md");
    for exit in run::EXITS {
        let row = format!("| {} | {} |", exit.code, exit.about);
        assert!(readme.contains(&row), "README lacks: {row}");
    }
}

/// Every shipped pipeline and dictionary resolves.
#[test]
fn what_is_shipped_resolves() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(root.join("pipelines")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            run::load_plan(&path).unwrap_or_else(|error| panic!("{error}"));
        }
    }
}
