//! The prose above the functions of a stage.

use std::fmt::Write;

use crate::estimate::{Kind, Statistic};
use crate::notebook::parts::Part;

/// What a stage is called, and what it computes.
fn about(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Followup => {
            ("Follow-up", "Each wave puts every member in one place: seen, in a declared state, or lost.")
        }
        Kind::Attrition => (
            "Attrition",
            "Those followed up and those lost, of all who were due: compared term by term, and by a logistic regression of being \
             followed up. The inverse of its probabilities are weights by which those followed up stand for all who were due; \
             what is weighted takes them as known.",
        ),
        Kind::Describe => ("Description", "Counts, shares and moments of the answers at one wave."),
        Kind::Trajectory => (
            "Trajectories",
            "The mean or the share at each wave of all who answered there. The waves have different persons, so a line between them is \
             not change in persons, unless only those with an answer at all of the waves are let in. The flow is from each wave to the \
             next, of those with an answer at both.",
        ),
        Kind::Change => (
            "Paired change",
            "Each person is compared with himself or herself: only those with an answer at both waves count. In a pattern table \
             that is a row with its frequency; functions that take persons get each row as often as its frequency says.",
        ),
        Kind::Agreement => (
            "Agreement of rated with differenced change",
            "What was said to have changed, against what the answers at two waves differ by: both at the levels worse (−1), \
             unchanged (0) and better (1), and only where there are both. Kappa is agreement beyond what the two margins give by \
             chance; weighted kappa counts a near miss as part agreement.",
        ),
        Kind::Goals => (
            "Goal attainment",
            "How far those who have a goal came with it, from −2 (much less than expected) over 0 (as expected) to 2. A person’s goals \
             are summed up as T = 50 + 10·Σwx/√((1 − ρ)Σw² + ρ(Σw)²).",
        ),
        Kind::Model => (
            "Logistic regression",
            "The log odds of the outcome as a sum over the terms, fitted by maximum likelihood to the complete cases. A coded term \
             is one indicator for each code but the reference.",
        ),
        Kind::Ranking => ("Ranking", "How far the largest of several numbers is above the smallest."),
        Kind::Family => (
            "Families of tests",
            "The p-values of tests that were declared to belong together, adjusted for multiple tests. Holm keeps the chance of any false \
             finding at the level; Benjamini and Hochberg keep the expected share of false ones among the findings. Where a p-value \
             is confidential, the released adjustments take it as 1 and are marked `bounded`; they are not compared.",
        ),
        Kind::Prediction => (
            "Ridge regression for prediction",
            "Coefficients are shrunk by a penalty on the squares of the standardised ones, its strength chosen by cross-validation; \
             how well it predicts is judged on cases that neither the fit nor the choice has seen. Never to be read as inference.",
        ),
    }
}

/// What a stage is called.
pub fn title(kind: Kind) -> &'static str {
    about(kind).0
}

/// What a stage computes, before the functions that do.
pub fn stage(kind: Kind) -> String {
    let (title, about) = about(kind);
    format!("# Functions: {title}\n\n{about}")
}

/// What a part's functions are for, and the formula and source of each statistic that they make.
pub fn part(part: &Part, statistics: &[&Statistic]) -> String {
    let mut text = match part.title {
        "" => String::new(),
        title => format!("## {title}\n\n"),
    };
    if !part.about.is_empty() {
        let _ = writeln!(text, "{}\n", part.about);
    }
    if !statistics.is_empty() {
        text += "| statistic | what it is | source |\n|---|---|---|\n";
    }
    for statistic in statistics {
        let cell = |text: &str| text.replace('|', "\\|");
        let _ = writeln!(
            text,
            "| `{}` | {} | {} |",
            statistic.name,
            cell(statistic.about),
            cell(statistic.source)
        );
    }
    text
}
