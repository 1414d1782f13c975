//! Command lines that ask for what does not exist.

use super::{evaluation, run_refused, says};
use crate::common::utfall;

#[test]
fn a_language_that_there_is_not() {
    run_refused(
        &evaluation(),
        &["--lang", "xx"],
        &[],
        2,
        &["\"xx\" is not a language of reports; expected nb, nn or en"],
    );
}

#[test]
fn no_threads() {
    run_refused(&evaluation(), &["--jobs", "0"], &[], 2, &["--jobs <N>", "0 is not in 1.."]);
    run_refused(&evaluation(), &["--jobs", "many"], &[], 2, &["--jobs <N>"]);
}

#[test]
fn an_option_or_command_that_there_is_not() {
    run_refused(&evaluation(), &["--langs", "nb"], &[], 2, &["'--langs'", "--lang"]);
    let said = utfall(&["rnu"], &[]);
    assert_eq!(said.code, 2, "{}", said.text);
    says(&said, &["unrecognized subcommand 'rnu'", "--help"]);
}

#[test]
fn a_step_or_number_that_there_is_not() {
    let evaluation = evaluation();
    let said = evaluation.explain(&["model.serius"]);
    assert_eq!(said.code, 2, "{}", said.text);
    says(&said, &["there is no step `model.serius`", "did you mean `model.serious`?"]);
    let said = evaluation.explain(&["model.serious//serious@after/age/odds"]);
    assert_eq!(said.code, 2, "{}", said.text);
    says(&said, &["there is no number", "analysis/group/variable/term/statistic"]);
}

#[test]
fn init_into_a_folder_that_is_in_use() {
    let evaluation = evaluation();
    let said = utfall(&["init", evaluation.pipeline().to_str().unwrap()], &[]);
    assert_eq!(said.code, 2, "{}", said.text);
    says(&said, &["is not empty", "name a folder that does not exist yet"]);
}

#[test]
fn a_simulation_with_a_mistake() {
    let evaluation = evaluation();
    evaluation.edit("simulation.toml", "size = 120", "sise = 120");
    let said = utfall(&["simulate", evaluation.pipeline().to_str().unwrap()], &[]);
    assert_eq!(said.code, 3, "{}", said.text);
    says(&said, &[&evaluation.line("simulation.toml", "sise"), "unknown key `sise`", "did you mean `size`?"]);
}
