//! The notebooks make every released number again: they are executed, in Python and in R.

pub mod execute;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::common::{Evaluation, Said, committed, repository, utfall};
use execute::{Language, Verdict, with_altered};
use tempfile::TempDir;

/// The shipped evaluations.
const EVALUATIONS: [&str; 3] = ["first", "sintef-lav", "help"];

/// The shipped evaluations, run once, in a folder that is left to the system's cleaning: tests share it.
fn released() -> &'static Path {
    static OUT: OnceLock<TempDir> = OnceLock::new();
    let out = OUT.get_or_init(|| {
        let out = tempfile::tempdir().unwrap();
        let help = help_table(out.path());
        for id in EVALUATIONS {
            let pipeline = repository("pipelines").join(id);
            let place = out.path().to_str().unwrap();
            let variables = [("UTFALL_HELP_CSV", help.to_str().unwrap())];
            let Said { code, text } =
                utfall(&["run", pipeline.to_str().unwrap(), "--out", place], &variables);
            assert_eq!(code, 0, "{text}");
        }
        out
    });
    out.path()
}

/// The HELP table; where it is not here, one of the same shape with people who are made up.
fn help_table(out: &Path) -> PathBuf {
    match std::env::var_os("UTFALL_HELP_CSV") {
        Some(real) => real.into(),
        None => {
            let out = out.join("simulated");
            let pipeline = repository("pipelines/help");
            let said = utfall(&["simulate", pipeline.to_str().unwrap(), "--out", out.to_str().unwrap()], &[]);
            assert_eq!(said.code, 0, "{}", said.text);
            out.join("simulated-help.csv")
        }
    }
}

/// Executes the notebooks of an evaluation that was run, in every language that is here; each makes every number again.
fn made_again(out: &Path, id: &str) -> Vec<Said> {
    let there = [Language::Python, Language::R].into_iter().filter(|language| language.is_there());
    let execute = |language: Language| {
        let said = language.execute(out, id, &out.join(id).join("release/estimates.csv"), &[]);
        assert_eq!(said.code, 0, "{id}:\n{}", said.text);
        said
    };
    there.map(execute).collect()
}

fn make_again(language: Language) {
    if !language.is_there() {
        return;
    }
    for id in EVALUATIONS {
        let estimates = released().join(id).join("release/estimates.csv");
        let said = language.execute(released(), id, &estimates, &[]);
        assert_eq!(said.code, 0, "{id}:\n{}", said.text);
        let verdict = Verdict::of(&said);
        assert!(verdict.compared >= if id == "first" { 100 } else { 500 }, "{id}: {}", verdict.compared);
        for (class, allowed) in [("computed directly", 1e-8), ("found by iteration", 1e-6)] {
            let (count, _, of) = verdict.classes[class];
            assert!(count > 20 && of == allowed, "{id}: {class}: {}", said.text);
        }
    }
    finds_what_was_altered(language);
}

/// Among numbers that are shown as they are, a proof that the comparison compares: shares, tests and coefficients that are a
/// ten-thousandth too large are found, and what is computed directly also where it is a ten-millionth too large, but an estimate that
/// is found by iteration is not.
fn finds_what_was_altered(language: Language) {
    let found = [
        ("change.substances,change,,heroin@w1>w2,,mcnemar_p", 1e-4),
        ("change.substances,change,,heroin@w1>w2,,share_before", 1e-4),
        ("model.individual_plan,model,,individual_plan@w1,sex=2,estimate", 1e-4),
        ("model.individual_plan,model,,individual_plan@w1,sex=2,cr2_p_value", 1e-4),
        ("model.individual_plan,model,,individual_plan@w1,sex=2,ame", 1e-4),
        ("change.substances,change,,heroin@w1>w2,,share_after", 1e-7),
        ("model.individual_plan,model,,individual_plan@w1,,icc", 1e-7),
        ("contrast.health,contrast,,dental_health@w1>w2,drop_in=0:1,superiority_difference_low", 1e-7),
        ("ranking.T4_10,ranking,,,share=second,range", 1e-7),
        ("ranking.T4_4,ranking,sex,age@w1,mean,range_low", 1e-7),
        ("ranking.T4_18,ranking,,,conditional_share=first|first+second,range_high", 1e-7),
    ];
    let passed = [("model.individual_plan,model,,individual_plan@w1,sex=2,odds_ratio", 1e-7)];
    let text = fs::read_to_string(released().join("sintef-lav/release/estimates.csv")).unwrap();
    let all = found.iter().chain(&passed);
    let altered = all.fold(text, |text, (number, by)| with_altered(&text, number, 1.0 + by));
    let folder = tempfile::tempdir().unwrap();
    let estimates = folder.path().join("estimates.csv");
    fs::write(&estimates, altered).unwrap();
    let said = language.execute(released(), "sintef-lav", &estimates, &[]);
    assert_ne!(said.code, 0, "{}", said.text);
    assert!(said.text.contains(&format!("{} numbers differ", found.len())), "{}", said.text);
    for (number, _) in found {
        let field: Vec<&str> = number.split(',').collect();
        let key = [field[0], field[2], field[3], field[4], field[5]].join("/");
        assert!(said.text.contains(&format!("differs: {key}\n")), "{key}:\n{}", said.text);
    }
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
        made_again(&evaluation.out(), &evaluation.id);
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
    made_again(&evaluation.out(), &evaluation.id);
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
    for said in made_again(&evaluation.out(), &evaluation.id) {
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
    for said in made_again(&evaluation.out(), &evaluation.id) {
        for of in ["trajectory.same: ", "family.main: 37 compared"] {
            assert!(said.text.contains(of), "{}", said.text);
        }
    }
}

/// Sets of each kind that sentences rank: items whose yes has other codes, groups by shares and by means, goals and flow.
#[test]
fn the_largest_and_the_smallest_are_made_again() {
    let evaluation = Evaluation::first();
    evaluation.edit("pipeline.toml", "policy = \"min5\"", "policy = \"none\"");
    evaluation.append(
        "pipeline.toml",
        r#"
[describe.yes]
cohort = "everyone"
variables = ["serious@before", "sex"]
[describe.age]
cohort = "everyone"
variables = ["age"]
by = ["sex", "housing@before"]
[describe.health]
cohort = "everyone"
variables = ["health@before", "serious@before"]
by = ["sex", "housing@before"]
[goals.alike]
cohort = "everyone"
goals = ["housing@before", "housing@after", "health@after"]
levels = { 1 = 1, 2 = 0, 3 = -2 }
[trajectory.same]
cohort = "everyone"
variables = ["health", "housing"]
flow = true
[table.R1]
from = ["describe.yes"]
layout = "multiple_response"
[table.R2]
from = ["describe.age"]
layout = "numeric"
[table.R3]
from = ["describe.health"]
layout = "crosstab"
[table.R4]
from = ["goals.alike"]
layout = "goals"
[table.R5]
from = ["trajectory.same"]
layout = "flow"
"#,
    );
    evaluation.ran();
    // A set has the range with its interval, and of how many it is.
    let sets = [("T2", 1), ("R1", 1), ("R2", 2), ("R3", 4), ("R4", 1), ("R5", 2)];
    for said in made_again(&evaluation.out(), &evaluation.id) {
        for (table, sets) in sets {
            let made = format!("ranking.{table}: {} compared, 0 suppressed", 4 * sets);
            assert!(said.text.contains(&made), "{made}:\n{}", said.text);
        }
    }
}

#[test]
fn the_committed_notebooks_are_what_a_run_writes() {
    for id in ["sintef-lav", "help"] {
        let plan = utfall::run::load_plan(&repository("pipelines").join(id)).unwrap();
        for (file, text) in utfall::run::notebooks(&plan) {
            let name = Path::new(&file).file_name().unwrap();
            // The functions stand in the notebooks as well.
            if name.to_str().unwrap().starts_with("functions.") {
                continue;
            }
            let file = format!("notebooks-export/{}", name.display());
            committed::hold(&file, &text, "program notebooks::the_committed");
        }
    }
}

/// Who does not have the HELP table can make up people of its shape; every row is taken.
#[test]
fn the_shape_of_help_can_be_simulated() {
    let folder = tempfile::tempdir().unwrap();
    let (pipeline, out) = (repository("pipelines/help"), folder.path().to_str().unwrap());
    let simulated = folder.path().join("simulated-help.csv");
    let said = utfall(&["simulate", pipeline.to_str().unwrap(), "--out", out, "--n", "80"], &[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let checked =
        utfall(&["check", pipeline.to_str().unwrap()], &[("UTFALL_HELP_CSV", simulated.to_str().unwrap())]);
    assert_eq!(checked.code, 0, "{}", checked.text);
    assert!(checked.text.contains(" + 0 rejected"), "{}", checked.text);
    let notebook = fs::read_to_string(repository("notebooks-export/help.Rmd")).unwrap();
    assert!(notebook.contains("UTFALL_HELP_CSV=simulated/simulated-help.csv utfall run"));
}

/// Every number that is compared is explained before it is made, and no name on the lists is of another age.
#[test]
fn every_statistic_is_explained_in_the_notebook() {
    let known = fs::read_to_string(repository("data-dictionary/statistics.md")).unwrap();
    let listed = utfall::notebook::NOT_REMADE.iter().flat_map(|(names, _)| names.iter());
    for name in listed.chain(utfall::notebook::DIRECT).map(|statistic| statistic.name) {
        assert!(known.contains(&format!("`{name}`")), "{name}");
    }
    for id in EVALUATIONS {
        let place = released().join(id).join("release");
        let notebook = fs::read_to_string(place.join(format!("notebooks/{id}.Rmd"))).unwrap();
        for line in fs::read_to_string(place.join("estimates.csv")).unwrap().lines().skip(1) {
            let statistic = line.split(',').nth(5).unwrap();
            let mut listed = utfall::notebook::NOT_REMADE.iter().flat_map(|(names, _)| names.iter());
            let remade = !listed.any(|one| one.name == statistic);
            let told = notebook.contains(&format!("\n| `{statistic}` | "));
            assert_eq!(told, remade, "{id}: {line}");
        }
    }
}

/// The lines below a report's table, and those of `utfall explain`, need nothing but the folder that they are run in.
#[test]
fn the_lines_that_make_a_number_run_by_themselves() {
    let numbers = [
        "model.serious//serious@after/serious@before=1/firth_p_value",
        "change.problems//health@before>after//sign_p",
    ];
    let pipeline = repository("pipelines/first");
    let (pipeline, out) = (pipeline.to_str().unwrap(), released().to_str().unwrap());
    for number in numbers {
        let said = utfall(&["explain", pipeline, "--out", out, number], &[]);
        assert_eq!(said.code, 0, "{}", said.text);
        let shown = said.text.lines().find_map(|line| line.trim().strip_prefix("value ")).unwrap().trim();
        for (language, heading) in [(Language::Python, "  in Python:"), (Language::R, "  in R:")] {
            if !language.is_there() {
                continue;
            }
            let after = said.text.lines().skip_while(|line| *line != heading).skip(2);
            let lines: Vec<&str> =
                after.take_while(|line| !line.starts_with("  in ")).map(str::trim_end).collect();
            let code: String =
                lines.iter().map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line))).collect();
            let made = language.run(&released().join("first/release/notebooks"), &code);
            assert_eq!(made.code, 0, "{code}\n{}", made.text);
            let last = made.text.lines().rfind(|line| !line.is_empty()).unwrap();
            let last: f64 = last.trim_start_matches("[1] ").parse().unwrap();
            let shown: f64 = shown.parse().unwrap();
            assert!((last - shown).abs() <= 1e-6 * shown.abs(), "{number}: {last} for {shown}");
        }
    }
}

#[test]
fn notebooks_hold_no_result() {
    for id in EVALUATIONS {
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
    for id in EVALUATIONS {
        let restricted = released().join(id).join("restricted");
        let mode = fs::metadata(&restricted).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        assert!(fs::read_dir(restricted.join("analysis")).unwrap().count() > 0);
    }
}
