//! The functions that notebooks begin with: files of their own under `python/` and `r/`, each with what it is for.

use super::Dialect;
use crate::estimate::Kind;

/// Functions that belong together, in either language.
pub struct Part {
    /// The heading above them; empty where the stage has one part only.
    pub title: &'static str,
    /// What they are for, in a few sentences.
    pub about: &'static str,
    /// How the names of statistics begin that the code puts together from parts.
    stems: &'static [&'static str],
    python: &'static str,
    r: &'static str,
}

/// A part whose files are `python/<file>.py` and `r/<file>.R`.
macro_rules! part {
    ($file:literal, $title:literal, $about:literal $(, $stem:literal)*) => {
        Part {
            title: $title,
            about: $about,
            stems: &[$($stem),*],
            python: include_str!(concat!("python/", $file, ".py")),
            r: include_str!(concat!("r/", $file, ".R")),
        }
    };
}

impl Part {
    /// The code, to be read as it stands.
    pub fn code(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Python => self.python,
            Dialect::R => self.r,
        }
        .trim_end()
    }

    /// Whether the code makes a statistic.
    pub fn makes(&self, statistic: &str) -> bool {
        let begins = |stem: &&str| statistic.starts_with(stem);
        // In Python's code the name stands at the beginning of a text.
        let quoted = format!("\"{statistic}");
        let written = |(place, _)| !self.python[place + quoted.len()..].starts_with(in_word);
        self.stems.iter().any(begins) || self.python.match_indices(&quoted).any(written)
    }

    /// The functions that the code defines, in their order.
    pub fn defines(&self, dialect: Dialect) -> Vec<&'static str> {
        let function = |line: &'static str| match dialect {
            Dialect::Python => line.strip_prefix("def ")?.split_once('(').map(|(name, _)| name),
            Dialect::R => {
                line.split_once(" <- function").map(|(name, _)| name).filter(|name| !name.starts_with(' '))
            }
        };
        self.code(dialect).lines().filter_map(function).collect()
    }
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Whether a word stands in the code.
pub fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(place, _)| {
        let (before, after) = (&code[..place], &code[place + word.len()..]);
        !before.ends_with(in_word) && !after.starts_with(in_word)
    })
}

/// Reading and comparing: before all else.
pub const OPENING: [Part; 2] = [
    part!(
        "read",
        "Reading",
        "A pattern table has a row for each distinct combination of answers. `(frequency)` says how many persons, or assessments, \
         gave it; `(group)`, `(cluster)` and `(followed)` say which group, cluster and follow-up they belong to."
    ),
    part!(
        "compare",
        "Comparing",
        "What is made is kept under the names that it has in `estimates.csv`, and compared analysis by analysis. Below each analysis \
         stand the numbers that a reader looks for first."
    ),
];

/// The functions of a stage.
pub const fn parts(kind: Kind) -> &'static [Part] {
    match kind {
        Kind::Followup => FOLLOWUP,
        Kind::Attrition => ATTRITION,
        Kind::Describe => DESCRIBE,
        Kind::Trajectory => TRAJECTORY,
        Kind::Family => FAMILY,
        Kind::Ranking => &[],
        Kind::Change => CHANGE,
        Kind::Agreement => AGREEMENT,
        Kind::Goals => GOALS,
        Kind::Model => MODEL,
        Kind::Prediction => PREDICTION,
    }
}

const FOLLOWUP: &[Part] = &[part!("followup", "", "")];
const ATTRITION: &[Part] =
    &[part!("attrition", "", "", "weighted_", "n_", "missing_", "mean_", "sd_", "count_", "share_")];
const DESCRIBE: &[Part] = &[part!("describe", "", "")];
const TRAJECTORY: &[Part] = &[part!("trajectory", "", "")];
const FAMILY: &[Part] = &[part!("family", "", "")];
const AGREEMENT: &[Part] = &[part!("agreement", "", "", "kappa")];
const GOALS: &[Part] = &[part!("goals", "", "")];
const PREDICTION: &[Part] = &[part!("ridge", "", "")];

const CHANGE: &[Part] = &[
    part!("change_counts", "Pairs", "Whose answers can be compared, and how many of them changed which way."),
    part!(
        "change_binary",
        "Answers with two codes",
        "Only those who changed tell of change: n01 went to the answer, n10 from it. The tests ask whether as many went one way as \
         the other; the intervals are of the difference between the shares after and before."
    ),
    part!(
        "change_levels",
        "Answers with ordered codes",
        "The table of before against after, and whether its margins, or its two sides, are alike.",
        "bowker",
        "bhapkar",
        "stuart_maxwell"
    ),
    part!(
        "change_scores",
        "Scores",
        "Answers taken as numbers: means and their change, ranks where means say little, and the change that is larger than what a \
         measure errs by."
    ),
    part!("use_classes", "Classes of use", "Days of use, read by the thresholds that were declared."),
    part!("change", "All of it", "What is computed of which kind of answer."),
];

const MODEL: &[Part] = &[
    part!(
        "logistic",
        "The fit",
        "From the terms of a regression to its design matrix and its maximum-likelihood fit. A column that is a sum of others \
         (aliased) is left out, as R does."
    ),
    part!(
        "logistic_fit",
        "The whole model",
        "How well the model fits as a whole: likelihood, pseudo-R², groups by fitted probability, and how well it tells those with \
         the outcome from those without."
    ),
    part!(
        "logistic_terms",
        "Coefficients",
        "Odds ratios with three tests of each: Wald’s, which takes the likelihood for a parabola, the likelihood ratio of a whole \
         term, and the profile of the likelihood, whose limits need not lie alike on both sides."
    ),
    part!(
        "logistic_firth",
        "Few events: Firth’s likelihood",
        "Maximum likelihood overstates odds ratios where few have the outcome, and has none where some cases are told apart for \
         certain (separation). Half the logarithm of the information’s determinant, added to the log-likelihood, takes most of \
         that away. It is reported where it is needed or was asked for.",
        "firth_"
    ),
    part!(
        "logistic_clusters",
        "Clusters",
        "Users of one service may answer alike, and then there is less to learn from them than from as many strangers. The sandwich \
         CR1 takes that into account where there are many clusters; CR2 with Student’s t also where they are few or unlike in size. \
         R’s packages sandwich and clubSandwich have these errors; they are written out here, since Python has no CR2.",
        "cr1_",
        "cr2_",
        "odds_ratio_cr1_",
        "odds_ratio_cr2_"
    ),
    part!(
        "logistic_without",
        "Without each cluster in turn",
        "How much a result rests on a single cluster, and how well the fit predicts a cluster that it has not seen.",
        "cv3_",
        "odds_ratio_cv3_"
    ),
    part!(
        "logistic_effects",
        "What a term does to the probability",
        "An odds ratio is no ratio of risks. The mean probability if everyone showed a level, all else as it is, can be read as what \
         it says, and so can the difference between two levels. Errors are by the delta method: the gradient g of the mean by the \
         coefficients, and √(g′Vg) for each covariance matrix V. R’s emmeans and marginaleffects do the same.",
        "ame",
        "predicted"
    ),
    part!(
        "logistic_calibration",
        "As many as predicted?",
        "Among those for whom a probability is predicted, as large a share ought to have the outcome. A smooth curve tells, without \
         cutting cases into groups; of clusters that the fit has not seen it is an honest one.",
        "calibrated",
        "loco_calibrated"
    ),
    part!(
        "logistic_diagnostics",
        "Diagnostics",
        "Reasons to look again, not tests to be passed: terms that say nearly the same, a number that bends, patterns that pull, and \
         who would be classified wrongly."
    ),
    part!("regression", "All of it", "Everything about one regression, in one call."),
];
