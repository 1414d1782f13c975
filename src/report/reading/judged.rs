//! Tables of change that was rated, and of goals.

use super::shown::{Compared, first_of};
use super::{Basis, Family, Input, Reading, count, percent, value};
use crate::dictionary::Language;
use crate::estimate::{EVERYONE, Group, NO_VARIABLE, Statistic, Term, Variable, WHOLE};
use crate::report::finding::TOO_FEW;
use crate::statistic::{
    AGREED_SHARE, ATTAINED_SHARE, DIFFERENCED_SHARE, GOAL_T_MEAN, GOAL_T_MEAN_HIGH, GOAL_T_MEAN_LOW, KAPPA,
    KAPPA_HIGH, KAPPA_LOW, N_RATED, N_UNDIFFERENCED, N_UNRATED, RATED_SHARE, WITH_ANY_GOAL, WITH_GOAL,
};
use crate::table::layout::{At, levels_of};
use crate::table::{Amount, AnalysisView, Content, Format, number, words};

const RATED: &[Basis] =
    &[("basis.rated", &N_RATED), ("basis.unrated", &N_UNRATED), ("basis.undifferenced", &N_UNDIFFERENCED)];

pub const FAMILY: Family = Family {
    readings: &[
        Reading { layout: "rated_change", say: rated_change, basis: RATED },
        Reading { layout: "agreement", say: agreement, basis: RATED },
        Reading { layout: "goals", say: goals, basis: &[("basis.with_goal", &WITH_GOAL)] },
    ],
};

/// Of more the sentences would be the table over again.
const MOST: usize = 4;

/// What is said of each of the first comparisons of ratings with answers, with its label where there are several.
fn each_comparison(
    input: &Input<'_>,
    language: Language,
    say: impl Fn(&AnalysisView<'_>, At<'_>, Amount) -> Option<String>,
) -> Vec<String> {
    let compared = input.analyses.iter().flat_map(|analysis| {
        let has = |variable: &&Variable| analysis.has((EVERYONE, variable), &N_RATED);
        analysis.variables().into_iter().filter(has).map(|variable| (*analysis, variable))
    });
    let compared: Vec<(&AnalysisView<'_>, &Variable)> = compared.collect();
    let mut said = Vec::new();
    for (analysis, variable) in compared.iter().take(MOST) {
        let at = (EVERYONE, *variable);
        let sentence = match value(analysis, at, WHOLE, &N_RATED) {
            Some(n) if n.value == 0.0 => Some(words::say(language, "read.nobody_rated", &[])),
            Some(n) if n.value < TOO_FEW => {
                Some(words::say(language, "read.too_few_rated", &[("n", count(&n, language))]))
            }
            Some(n) => say(analysis, at, n),
            None => None,
        };
        let Some(sentence) = sentence else { continue };
        said.push(match compared.len() {
            1 => sentence,
            _ => format!("{}: {sentence}", analysis.label.get(language)),
        });
    }
    if compared.len() > MOST && !said.is_empty() {
        said.push(first_of(language, said.len(), compared.len()));
    }
    said
}

/// How many are better by the rating, and how many by the answers.
fn rated_change(input: &Input<'_>, language: Language) -> Vec<String> {
    each_comparison(input, language, |analysis, at, _| {
        let share = |level: i8, statistic: &Statistic| {
            Some(percent(&value(analysis, at, &Term::code(level), statistic)?, language))
        };
        let with = [
            ("rated_better", share(1, &RATED_SHARE)?),
            ("rated_worse", share(-1, &RATED_SHARE)?),
            ("found_better", share(1, &DIFFERENCED_SHARE)?),
            ("found_worse", share(-1, &DIFFERENCED_SHARE)?),
        ];
        Some(words::say(language, "read.rated_change", &with))
    })
}

/// For how many rating and answers agree, and whether that is more than chance would give.
fn agreement(input: &Input<'_>, language: Language) -> Vec<String> {
    each_comparison(input, language, |analysis, at, _| {
        let share = value(analysis, at, WHOLE, &AGREED_SHARE)?;
        let mut said = words::say(language, "read.agreement", &[("share", percent(&share, language))]);
        let kappa = analysis.cell(at, WHOLE, &KAPPA, Format::Decimal(2));
        let interval = analysis.interval(at, WHOLE, [&KAPPA_LOW, &KAPPA_HIGH], Format::Decimal(2));
        let key = match (&kappa.content, &interval.content) {
            (Content::Number { .. }, Content::Interval { low, .. }) if *low > 0.0 => "read.kappa_more",
            (Content::Number { .. }, Content::Interval { high, .. }) if *high < 0.0 => "read.kappa_less",
            (Content::Number { .. }, Content::Interval { .. }) => "read.kappa_unclear",
            _ => return Some(said),
        };
        let level = analysis
            .level
            .map(|level| number::parameter(level, Format::Percent(0), language))
            .unwrap_or_default();
        let with = [
            ("kappa", number::marked(&kappa, language)),
            ("interval", number::marked(&interval, language)),
            ("level", level),
        ];
        said = format!("{said} {}", words::say(language, key, &with));
        Some(said)
    })
}

/// The goals by the share who reached each, and how many had the one that fewest had.
fn by_goal(input: &Input<'_>) -> (Compared, Option<Amount>) {
    let mut compared = Compared::by(Group::default(), NO_VARIABLE, Term::ranked(&ATTAINED_SHARE, WHOLE));
    let mut fewest: Option<Amount> = None;
    for analysis in &input.analyses {
        for goal in analysis.variables().into_iter().filter(|goal| !goal.is_empty()) {
            let with_goal = value(analysis, (EVERYONE, goal), WHOLE, &WITH_GOAL);
            let attained = analysis.find(EVERYONE, goal, WHOLE, &ATTAINED_SHARE);
            compared.add_share(input.labels.variable(goal), attained, with_goal.as_ref().map(|n| n.value));
            fewest = [fewest, with_goal].into_iter().flatten().reduce(Amount::least);
        }
    }
    (compared, fewest)
}

/// What the sentences of a table of goals rank.
pub(super) fn of_goals(input: &Input<'_>) -> Vec<Compared> {
    vec![by_goal(input).0]
}

/// The goals that were reached most and least often, and the mean of the scores against what was expected.
fn goals(input: &Input<'_>, language: Language) -> Vec<String> {
    /// The T score of one who came as far as expected (Kiresuk & Sherman 1968).
    const EXPECTED: f64 = 50.0;
    let mut said = Vec::new();
    let (compared, fewest) = by_goal(input);
    let best_is_expected = |analysis: &AnalysisView<'_>| {
        levels_of(analysis).into_iter().reduce(f64::max).is_some_and(|best| best <= 0.0)
    };
    let key = match input.analyses.iter().all(|analysis| best_is_expected(analysis)) {
        true => "read.goals_expected",
        false => "read.goals",
    };
    if let Some(reached) = compared.said(input, language, key, &|share| percent(share, language), &[]) {
        said.push(reached);
        said.extend(super::shown::few(language, fewest));
    }
    // Where no answer is above as expected, the scores of all lie below it or at it, whatever was attained.
    for analysis in input.analyses.iter().filter(|analysis| !best_is_expected(analysis)) {
        let Some(n) = value(analysis, (EVERYONE, NO_VARIABLE), WHOLE, &WITH_ANY_GOAL) else { continue };
        let mean = analysis.cell((EVERYONE, NO_VARIABLE), WHOLE, &GOAL_T_MEAN, Format::Decimal(1));
        let ends = [&GOAL_T_MEAN_LOW, &GOAL_T_MEAN_HIGH];
        let interval = analysis.interval((EVERYONE, NO_VARIABLE), WHOLE, ends, Format::Decimal(1));
        let key = match (&mean.content, &interval.content) {
            (Content::Number { .. }, _) if n.value < TOO_FEW => "read.goal_t_too_few",
            (Content::Number { .. }, Content::Interval { low, .. }) if *low > EXPECTED => "read.goal_t_above",
            (Content::Number { .. }, Content::Interval { high, .. }) if *high < EXPECTED => {
                "read.goal_t_below"
            }
            (Content::Number { .. }, Content::Interval { .. }) => "read.goal_t_unclear",
            _ => continue,
        };
        let level = analysis
            .level
            .map(|level| number::parameter(level, Format::Percent(0), language))
            .unwrap_or_default();
        let with = [
            ("n", count(&n, language)),
            ("mean", number::marked(&mean, language)),
            ("interval", number::marked(&interval, language)),
            ("level", level),
        ];
        let sentence = words::say(language, key, &with);
        said.push(match input.analyses.len() {
            1 => sentence,
            _ => format!("{}: {sentence}", analysis.label.get(language)),
        });
    }
    said
}
