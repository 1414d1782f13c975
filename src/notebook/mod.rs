//! Notebooks that make every number of an evaluation again, in Python and in R, with those languages' own functions.
//!
//! Everything after the store is a function of counts, so what an analysis sees is its pattern table, and who has the pattern
//! tables can make every released number again. A notebook is made from the plan alone: it says what is asked, with which
//! formula and from which source, reads the pattern tables and the cleared estimates when it is executed, and stops where a
//! number differs. It holds no result and no answer. The functions that it begins with are files of their own under `python/`
//! and `r/`, to be read and linted as such; [`sections`] writes the calls. Its prose is English.

mod dialect;
mod format;
mod prose;
mod sections;

pub use dialect::Dialect;
pub use format::{jupyter, r_markdown};

use crate::estimate::{Kind, Statistic};
use crate::plan::{Analysis, Plan, Question};

/// Headings of pattern tables. An item's name has no parentheses, so none can be taken for one.
pub const GROUP: &str = "(group)";
pub const FREQUENCY: &str = "(frequency)";
pub const CLUSTER: &str = "(cluster)";
/// 1 for those who were followed up, 0 for the lost.
pub const FOLLOWED: &str = "(followed)";
/// Ends the name of the pattern table of what is weighted for loss.
pub const WEIGHTED: &str = "weighted";
/// What follows a column's name in the heading of its reasons.
pub const REASON: &str = " (reason)";

/// Statistics that notebooks do not make again, with the reason.
pub const NOT_REMADE: &[(&[&str], &str)] = &[
    (
        &["iterations"],
        "how many steps this program's own optimiser took; another one takes others and arrives at the same estimates",
    ),
    (
        &["level_cases", "level_events"],
        "they are the frequencies of the model's pattern table, added up by level",
    ),
    (
        DEEPER,
        "these need packages of their own (in R brglm2, clubSandwich, car and emmeans), against which the program's tests hold them",
    ),
];

/// What the deeper half of the regressions gives: Firth, CR2 and the jackknife, effects on probabilities, diagnostics.
const DEEPER: &[&str] = &[
    "ame",
    "ame_conf_high",
    "ame_conf_low",
    "ame_cr1_conf_high",
    "ame_cr1_conf_low",
    "ame_cr1_p_value",
    "ame_cr1_statistic",
    "ame_cr1_std_error",
    "ame_cr2_conf_high",
    "ame_cr2_conf_low",
    "ame_cr2_df",
    "ame_cr2_p_value",
    "ame_cr2_statistic",
    "ame_cr2_std_error",
    "ame_p_value",
    "ame_statistic",
    "ame_std_error",
    "classification_cut",
    "cluster_size_cv",
    "cluster_size_mean",
    "correctly_classified",
    "cr1s_std_error",
    "cr2_conf_high",
    "cr2_conf_low",
    "cr2_df",
    "cr2_p_value",
    "cr2_statistic",
    "cr2_std_error",
    "cr2_variance_ratio",
    "cv3_conf_high",
    "cv3_conf_low",
    "cv3_p_value",
    "cv3_statistic",
    "cv3_std_error",
    "design_effect",
    "effective_n",
    "firth_chi2",
    "firth_estimate",
    "firth_lr_chi2",
    "firth_lr_df",
    "firth_lr_p",
    "firth_odds_ratio",
    "firth_odds_ratio_high",
    "firth_odds_ratio_low",
    "firth_p_value",
    "firth_profile_high",
    "firth_profile_low",
    "firth_std_error",
    "gvif",
    "gvif_df",
    "gvif_scaled",
    "icc",
    "linearity_chi2",
    "linearity_df",
    "linearity_p",
    "loco_auc",
    "loco_brier",
    "loco_calibration_intercept",
    "loco_calibration_slope",
    "loco_high",
    "loco_low",
    "n_high_cooks_distance",
    "n_high_leverage",
    "n_patterns",
    "odds_ratio_cr2_high",
    "odds_ratio_cr2_low",
    "odds_ratio_cv3_high",
    "odds_ratio_cv3_low",
    "predicted",
    "predicted_cr1_high",
    "predicted_cr1_low",
    "predicted_cr1_std_error",
    "predicted_cr2_high",
    "predicted_cr2_low",
    "predicted_cr2_std_error",
    "predicted_high",
    "predicted_low",
    "predicted_std_error",
    "profile_chi2",
    "profile_p_value",
    "sensitivity",
    "shrinkage",
    "specificity",
];

/// A part of a notebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Markdown.
    Prose(String),
    /// In the notebook's dialect.
    Code(String),
}

/// The name of the pattern table of an analysis, or of `what` within it: a comparison, a variable, a pair of variables.
pub fn pattern_table(analysis: &str, what: &str) -> String {
    match what {
        "" => analysis.to_owned(),
        // Not every file system takes a `>`.
        what => format!("{analysis}.{}", what.replace('>', "-")),
    }
}

/// The notebook of a plan. `statistics` gives those that the program knows of a stage.
pub fn cells(
    plan: &Plan,
    dialect: Dialect,
    statistics: &dyn Fn(Kind) -> Vec<&'static Statistic>,
) -> Vec<Cell> {
    let mut cells = vec![Cell::Prose(prose::opening(plan, dialect))];
    let code = |text: &str| Cell::Code(text.trim_end().to_owned());
    let not_remade = dialect.texts(NOT_REMADE.iter().flat_map(|(names, _)| names.iter().copied()));
    let about = "# Statistics that are not made again; the reasons stand above.\n";
    cells.push(code(&(about.to_owned() + &dialect.assign("NOT_REMADE", &not_remade))));
    cells.extend(dialect.opening().iter().map(|text| code(text)));
    for kind in Kind::ALL.into_iter().filter(|kind| asked(plan, *kind)) {
        let functions = dialect.functions(kind);
        let mut made = statistics(kind);
        if kind == Kind::Attrition {
            // What is weighted for loss is made by its functions as well.
            let others = [Kind::Change, Kind::Model].into_iter().flat_map(statistics);
            made.extend(others.filter(|statistic| statistic.name.starts_with("weighted_")));
        }
        made.retain(|statistic| functions.iter().any(|text| names(text, statistic.name)));
        cells.push(Cell::Prose(prose::methods(kind, &made)));
        cells.extend(functions.iter().map(|text| code(text)));
    }
    cells.push(Cell::Prose("# The analyses".to_owned()));
    for analysis in &plan.analyses {
        cells.push(Cell::Prose(prose::section(plan, analysis)));
        cells.push(Cell::Code(self::analysis(plan, analysis, dialect)));
    }
    cells.push(Cell::Prose(prose::closing()));
    cells.push(code(dialect.closing()));
    cells
}

/// The lines of a notebook that make the numbers of one analysis again, after the functions that it begins with.
pub fn analysis(plan: &Plan, analysis: &Analysis, dialect: Dialect) -> String {
    sections::code(plan, analysis, dialect)
}

/// Whether a word stands in the code.
fn names(code: &str, word: &str) -> bool {
    let in_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.match_indices(word).any(|(place, _)| {
        let (before, after) = (&code[..place], &code[place + word.len()..]);
        !before.chars().next_back().is_some_and(in_word) && !after.chars().next().is_some_and(in_word)
    })
}

/// Whether the plan asks for statistics of this kind.
fn asked(plan: &Plan, kind: Kind) -> bool {
    plan.analyses.iter().any(|analysis| match (&analysis.question, kind) {
        // A response model is a logistic regression.
        (Question::Followup, Kind::Followup)
        | (Question::Attrition(_), Kind::Attrition | Kind::Model)
        | (Question::Describe(_), Kind::Describe)
        // A wave of a trajectory is described, and its flow is the table of a change.
        | (Question::Trajectory(_), Kind::Describe | Kind::Trajectory | Kind::Change)
        | (Question::Change(_), Kind::Change)
        | (Question::Family(_), Kind::Family)
        | (Question::Agreement(_), Kind::Agreement)
        | (Question::Goals(_), Kind::Goals)
        | (Question::Model(_), Kind::Model) => true,
        (Question::Model(model), Kind::Prediction) => model.prediction_folds.is_some(),
        _ => false,
    })
}
