//! Mistakes in a pipeline.

use super::{evaluation, refused, run_refused, says};
use crate::common::utfall;

const FILE: &str = "pipeline.toml";

/// That an edit of the pipeline is refused at the line that then holds `at`.
fn mistake(from: &str, to: &str, at: &str, phrases: &[&str]) {
    let broken = evaluation();
    broken.edit(FILE, from, to);
    let place = broken.line(FILE, at);
    refused(&broken, 3, &[&[place.as_str()], phrases].concat());
}

#[test]
fn an_unknown_key() {
    mistake(
        "respondent = \"id\"",
        "respondant = \"id\"",
        "respondant",
        &["unknown key `respondant`", "did you mean `respondent`?"],
    );
}

#[test]
fn a_key_that_belongs_elsewhere() {
    let of_a_file = "`thousands` belongs to `format = { … }` of a `[[source]]` in the pipeline";
    mistake(
        "respondent = \"id\"",
        "thousands = \".\"",
        "thousands =",
        &["unknown key `thousands`", of_a_file],
    );
    let of_an_item = "`asked` belongs to `[[item]]` in the dictionary";
    mistake("wave = \"after\"", "wave = \"after\"\nasked = \"later\"", "asked =", &[of_an_item]);
    let near = "did you mean `waves`? `wave` belongs to `[[source]]` in the pipeline";
    mistake("[cohort.everyone]", "[cohort.everyone]\nwave = [\"before\"]", "wave = [", &[near]);
}

#[test]
fn a_wave_that_no_source_leads_to() {
    let values = "; `after` has no forms: no [[source]] of `form` leads to it; see its `wave`, or the `values` of its wave_column";
    let found = ["change goes from a wave to a later one", "waves in order: before", values];
    mistake("wave = \"after\"", "wave = \"before\"", "to = \"*\"", &found);
    let broken = evaluation();
    broken.edit(FILE, "wave = \"after\"", "wave = \"before\"");
    broken.edit(FILE, "to = \"*\"", "to = \"after\"");
    refused(&broken, 3, &["there is no wave of this cohort `after`", values]);
}

#[test]
fn an_unknown_section() {
    mistake(
        "[disclosure]",
        "[disclosur]",
        "[disclosur]",
        &["unknown key `disclosur`", "did you mean `disclosure`?"],
    );
}

#[test]
fn a_key_that_is_missing() {
    mistake("from = \"before\"\n", "", "[change.problems]", &["the key `from` is missing", "utfall schema"]);
}

#[test]
fn a_syntax_error() {
    mistake(
        "id = \"first\"",
        "id = first",
        "id = first",
        &["found neither a text nor a number", "quotation marks: key = "],
    );
    mistake("month = 0", "month == 0", "month == 0", &[]);
}

#[test]
fn a_format_of_the_future() {
    mistake("format = 1\n", "format = 2\n", "format = 2", &["reads pipelines of format 1"]);
}

#[test]
fn a_wave_that_does_not_exist() {
    mistake(
        "wave = \"after\"",
        "wave = \"afterr\"",
        "afterr",
        &["there is no wave `afterr`", "did you mean `after`?"],
    );
    mistake(
        "to = \"*\"",
        "to = \"aftr\"",
        "aftr",
        &["there is no wave of this cohort `aftr`", "did you mean `after`?"],
    );
}

#[test]
fn a_window_upside_down() {
    mistake(
        "month = 6",
        "month = 6\nwindow = [8, 5]",
        "window",
        &["the window is empty", "[first month, last month]"],
    );
}

#[test]
fn waves_out_of_order() {
    mistake(
        "month = 6",
        "month = -6",
        "month = -6",
        &["the wave `after` does not come after the one before it"],
    );
    mistake(
        "month = 6",
        "month = nan",
        "month = nan",
        &["the wave `after` does not come after the one before it"],
    );
    let help = "list waves in order of their month; it may have decimals, as in 0.5";
    mistake("month = 6", "month = -0.5", "month = -0.5", &[help]);
    let waves = "[cohort.everyone]\nwaves = [\"after\", \"before\"]";
    mistake(
        "[cohort.everyone]",
        waves,
        "waves =",
        &["`before` does not come after `after`", "the first is its baseline"],
    );
}

#[test]
fn two_sources_for_one_wave() {
    mistake(
        "file = \"data/after.csv\"",
        "file =  \"data/before.csv\"",
        "file =  ",
        &["read the same columns of the same file, so that nothing would ever change", "wide ="],
    );
}

#[test]
fn a_delimiter_that_is_none() {
    mistake(
        "delimiter = \";\"",
        "delimiter = \"ø\"",
        "{ delimiter = \"ø\"",
        &["'ø' cannot be a delimiter", "a single ASCII character"],
    );
    mistake("delimiter = \";\"", "delimiter = \";;\"", "{ delimiter = \";;\"", &["expected a character"]);
}

#[test]
fn a_policy_that_does_not_exist() {
    mistake(
        "policy = \"min5\"",
        "policy = \"min4\"",
        "min4",
        &["there is no disclosure policy `min4`", "did you mean `min5`?"],
    );
}

#[test]
fn a_primary_analysis_that_does_not_exist_or_stands_twice() {
    mistake(
        "[disclosure]",
        "[report]\nprimary = [\"change.problem\"]\n\n[disclosure]",
        "primary =",
        &["there is no change, model or description `change.problem`", "did you mean `change.problems`?"],
    );
    mistake(
        "[disclosure]",
        "[report]\nprimary = [\"change.problems\", \"change.problems\"]\n\n[disclosure]",
        "primary =",
        &["`change.problems` stands twice", "name each primary analysis once"],
    );
    mistake(
        "[disclosure]",
        "[report]\ndesign = \"random\"\n\n[disclosure]",
        "design =",
        &["random", "randomised"],
    );
}

#[test]
fn a_check_that_does_not_exist() {
    mistake(
        "# A variable",
        "[intake]\nmojibaki = \"stop\"\n# A variable",
        "mojibaki",
        &["there is no check `mojibaki`", "did you mean `mojibake`?"],
    );
    mistake(
        "# A variable",
        "[intake]\ntype = \"report\"\n# A variable",
        "type =",
        &["the check `type` cannot lead to report", "it allows: set_missing, reject, stop"],
    );
}

#[test]
fn a_layout_that_does_not_exist() {
    mistake(
        "layout = \"regression\"",
        "layout = \"regresion\"",
        "regresion",
        &["there is no layout `regresion`", "did you mean `regression`?"],
    );
    mistake(
        "layout = \"change\"",
        "layout = \"wilcoxon\"",
        "wilcoxon",
        &["there is no layout `wilcoxon`", "layouts of change analyses: change, transition, reliable"],
    );
}

#[test]
fn a_layout_that_does_not_fit_its_analysis() {
    mistake(
        "from = [\"change.problems\"]",
        "from = [\"model.serious\"]",
        "from = [\"model.serious\"]",
        &[
            "the layout `change` shows change analyses, and `model.serious` is a model analysis",
            "layouts of model analyses: regression",
        ],
    );
}

/// Whether an analysis has what a layout needs is known only when there are numbers.
#[test]
fn a_layout_that_lacks_its_content() {
    let broken = evaluation();
    broken.edit(FILE, "layout = \"items\"", "layout = \"overlap\"");
    run_refused(
        &broken,
        &[],
        &[],
        3,
        &["table T2", "the layout `overlap` needs", "`describe.start` does not have"],
    );
}

#[test]
fn an_analysis_that_does_not_exist() {
    mistake(
        "from = [\"model.serious\"]",
        "from = [\"model.serius\"]",
        "serius",
        &["there is no analysis `model.serius`", "did you mean `model.serious`?"],
    );
    mistake(
        "from = [\"model.serious\"]",
        "from = []",
        "layout = \"regression\"",
        &["the table `T4` is made from no analysis", "model.serious"],
    );
}

/// That a figure added to the pipeline is refused at the line that holds `at`.
fn figure_mistake(figure: &str, at: &str, phrases: &[&str]) {
    mistake("[disclosure]", &format!("[figure.F1]\n{figure}\n[disclosure]"), at, phrases);
}

#[test]
fn a_figure_with_a_mistake() {
    figure_mistake(
        "from = [\"change.problems\"]\nkind = \"change_bar\"",
        "change_bar\"",
        &["there is no kind of figure `change_bar`", "did you mean `change_bars`?"],
    );
    figure_mistake(
        "from = []\nkind = \"forest\"",
        "kind = \"forest\"",
        &["the figure `F1` is made from no analysis", "model.serious"],
    );
    figure_mistake(
        "from = [\"model.serious\", \"describe.start\"]\nkind = \"forest\"",
        "\"model.serious\", \"describe.start\"",
        &[
            "the kind `forest` shows model analyses",
            "kinds of figures of describe analyses: profile, shares, items, coverage, panel",
        ],
    );
    figure_mistake(
        "from = [\"change.problems\"]\nkind = \"dots\"\nvariables = [\"helth\"]",
        "helth",
        &["`helth`", "did you mean `health`?"],
    );
    figure_mistake(
        "from = [\"change.problems\"]\nkind = \"change_bars\"\nby = \"drop_out\"",
        "drop_out",
        &["`drop_out`", "variable in `by` of the figure’s analyses"],
    );
}

/// Whether an analysis has what a kind draws is known only when there are numbers.
#[test]
fn a_figure_that_cannot_be_drawn() {
    let broken = evaluation();
    broken.edit(
        FILE,
        "[disclosure]",
        "[figure.F1]\nfrom = [\"change.problems\"]\nkind = \"dots\"\n[disclosure]",
    );
    run_refused(
        &broken,
        &[],
        &[],
        3,
        &["the figure `F1` cannot be drawn", "either binary variables or others"],
    );
}

#[test]
fn a_cohort_that_does_not_exist() {
    mistake(
        "cohort = \"everyone\"",
        "cohort = \"everybody\"",
        "everybody",
        &["there is no cohort `everybody`", "did you mean `everyone`?"],
    );
}

#[test]
fn a_term_that_does_not_exist() {
    mistake(
        "\"sex\", \"age\"]",
        "\"sex\", \"agee\"]",
        "agee",
        &["there is no variable `agee` here", "did you mean `age`?"],
    );
    mistake(
        "\"sex\", \"age\"]",
        "\"sex\", \"health\"]",
        "\"sex\", \"health\"]",
        &["`health` is asked at several waves", "`health@before`"],
    );
    mistake(
        "\"sex\", \"age\"]",
        "\"sex\", \"health@middle\"]",
        "health@middle",
        &["`health` has no wave `middle`", "before, after"],
    );
}

#[test]
fn an_outcome_that_is_not_binary() {
    mistake(
        "outcome = \"serious@after\"",
        "outcome = \"health@after\"",
        "outcome",
        &["the outcome `health@after` is not binary", "derive one"],
    );
}

#[test]
fn a_level_that_is_none() {
    mistake(
        "to = \"*\"",
        "to = \"*\"\nlevel = 95.0",
        "level",
        &["a confidence level lies between 0.5 and 1", "level = 0.95"],
    );
}

#[test]
fn a_name_that_would_leave_the_folder() {
    mistake(
        "[table.T1]",
        "[table.\"../../T1\"]",
        "../../T1",
        &["`../../T1` cannot be the name of a table", "letters, digits and `_` only"],
    );
    mistake("[model.serious]", "[model.\"a/b\"]", "model.\"a/b\"", &["`a/b` cannot be the name of a model"]);
    mistake("id = \"first\"", "id = \"../first\"", "../first", &["`../first` cannot be an evaluation's id"]);
}

#[test]
fn no_language() {
    mistake("title = { nb", "languages = []\ntitle = { nb", "languages", &["names no language"]);
    mistake(
        "title = { nb",
        "languages = [\"no\"]\ntitle = { nb",
        "languages",
        &["unknown value `no`", "nb, nn, en"],
    );
}

#[test]
fn sql_that_is_none() {
    mistake(
        "sql = \"health = 3\"",
        "sql = \"health = = 3\"",
        "sql",
        &["this is not a SQL expression", "as after SELECT or WHERE"],
    );
    mistake("sql = \"health = 3\"", "sql = \"\"", "sql", &["this is not a SQL expression"]);
    mistake("sql = \"health = 3\"", "sql = \"*\"", "sql", &["this is not a SQL expression"]);
}

#[test]
fn sql_that_reads_an_unknown_variable() {
    mistake(
        "sql = \"health = 3\"",
        "sql = \"helth = 3\"",
        "sql",
        &["there is no variable `helth`", "did you mean `health`?"],
    );
    let also = "sql = \"health = 3 OR helth = 3\"";
    mistake("sql = \"health = 3\"", also, "sql", &["there is no variable `helth`", "did you mean `health`?"]);
}

#[test]
fn a_pipeline_that_is_not_there() {
    for path in ["/nowhere/pipeline.toml", "/nowhere"] {
        let said = utfall(&["check", path], &[]);
        assert_eq!(said.code, 3, "{}", said.text);
        says(&said, &["/nowhere", "the file cannot be read", "check the path"]);
    }
    let folder = tempfile::tempdir().unwrap();
    let said = utfall(&["check", folder.path().to_str().unwrap()], &[]);
    assert_eq!(said.code, 3, "{}", said.text);
    says(&said, &["pipeline.toml", "the file cannot be read"]);
}

#[test]
fn a_pipeline_that_is_not_text() {
    let broken = evaluation();
    broken.write(FILE, [0xFF, 0xFE, 0x00]);
    refused(&broken, 3, &["pipeline.toml", "not UTF-8 text", "save it as UTF-8"]);
    broken.write(FILE, "");
    refused(&broken, 3, &["pipeline.toml", "the key `format` is missing"]);
}
