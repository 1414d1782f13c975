//! Tables of numbers: means, sums of units, and what follows year by year.

use super::answers::{ANSWERED, frequency, groups, several_waves, widest};
use super::shown::{Compared, few, first_of, of_shown};
use super::{Family, Input, Reading, count, quoted, value};
use crate::dictionary::Language;
use crate::estimate::{EVERYONE, Group, Term, Variable, WHOLE};
use crate::statistic::{MEAN, SD, SUM, VALID};
use crate::table::{Amount, AnalysisView, Content, Format, number, words};

pub const FAMILY: Family = Family {
    readings: &[
        Reading { layout: "numeric", say: numeric, basis: ANSWERED },
        Reading { layout: "bands", say: bands, basis: ANSWERED },
        Reading { layout: "panel", say: panel, basis: ANSWERED },
        Reading { layout: "listing", say: units, basis: ANSWERED },
        Reading { layout: "ranking", say: units, basis: ANSWERED },
    ],
};

/// Of more variables than these the sentences would be the table over again.
const MOST: usize = 3;

/// The mean of each of the first variables; of a single one, in which groups it is highest and lowest.
fn numeric(input: &Input<'_>, language: Language) -> Vec<String> {
    let numbers = numbers(input);
    let mut said: Vec<String> = numbers
        .iter()
        .take(MOST)
        .filter_map(|(analysis, variable)| mean(input, analysis, variable, language))
        .collect();
    let told = said.len();
    if let [(analysis, variable)] = numbers.as_slice() {
        said.extend(between(input, analysis, variable, language));
        let n = value(analysis, (EVERYONE, variable), WHOLE, &VALID);
        said.extend(few(language, n).filter(|_| !said.is_empty()));
    }
    if numbers.len() > MOST && !said.is_empty() {
        said.push(first_of(language, told, numbers.len()));
    }
    said
}

/// The variables that have a mean, each with its analysis.
fn numbers<'i>(input: &'i Input<'_>) -> Vec<(&'i AnalysisView<'i>, &'i Variable)> {
    let numbers = input.analyses.iter().flat_map(|analysis| {
        let is_number = |variable: &&Variable| analysis.has((EVERYONE, variable), &MEAN);
        analysis.variables().into_iter().filter(is_number).map(|variable| (*analysis, variable))
    });
    numbers.collect()
}

fn mean(
    input: &Input<'_>,
    analysis: &AnalysisView<'_>,
    variable: &Variable,
    language: Language,
) -> Option<String> {
    let at = (EVERYONE, variable);
    let decimals = analysis.decimals(at, &SD);
    let [mean, sd] = [&MEAN, &SD].map(|name| analysis.cell(at, WHOLE, name, Format::Decimal(decimals)));
    let key = match (&mean.content, &sd.content) {
        (Content::Number { .. }, Content::Number { .. }) => "read.mean",
        // One person has no spread.
        (Content::Number { .. }, Content::Absent) => "read.mean_alone",
        _ => return None,
    };
    let label = if several_waves(input) {
        input.labels.variable_at(variable)
    } else {
        input.labels.variable(variable)
    };
    let with = [
        ("variable", quoted(language, &label)),
        ("mean", number::marked(&mean, language)),
        ("sd", number::marked(&sd, language)),
    ];
    Some(words::say(language, key, &with))
}

fn between(
    input: &Input<'_>,
    analysis: &AnalysisView<'_>,
    variable: &Variable,
    language: Language,
) -> Option<String> {
    let decimals = analysis.decimals((EVERYONE, variable), &SD);
    let (found, _) = widest(input, by_mean(input, analysis, variable))?;
    if !found.is_whole() {
        return Some(words::say(language, "read.groups_hidden", &[]));
    }
    found.said(
        input,
        language,
        "read.mean_between",
        &|mean| number::amount(mean, Format::Decimal(decimals), language),
        &[],
    )
}

/// The groups of each kind by their means.
fn by_mean<'a>(
    input: &Input<'_>,
    analysis: &AnalysisView<'a>,
    variable: &Variable,
) -> Vec<(Compared, Vec<&'a Group>)> {
    groups(analysis, variable, &Term::ranked(&MEAN, WHOLE), |compared, group| {
        let [sd, n] = [&SD, &VALID].map(|name| Some(value(analysis, (group, variable), WHOLE, name)?.value));
        compared.add_mean(input.labels.group(group), analysis.find(group, variable, WHOLE, &MEAN), sd, n);
    })
}

/// What the sentences of a table of one number rank.
pub(super) fn of_groups(input: &Input<'_>) -> Vec<Compared> {
    match numbers(input).as_slice() {
        [(analysis, variable)] => {
            by_mean(input, analysis, variable).into_iter().map(|(compared, _)| compared).collect()
        }
        _ => Vec::new(),
    }
}

/// The most common band, and the mean.
fn bands(input: &Input<'_>, language: Language) -> Vec<String> {
    frequency(input, language).into_iter().chain(numeric(input, language)).collect()
}

/// The mean of the first and the last of the variables.
fn panel(input: &Input<'_>, language: Language) -> Vec<String> {
    let mut said = Vec::new();
    for analysis in &input.analyses {
        let shown: Vec<(&Variable, Amount)> = analysis
            .variables()
            .into_iter()
            .filter_map(|variable| Some((variable, value(analysis, (EVERYONE, variable), WHOLE, &MEAN)?)))
            .collect();
        let (Some((first, before)), Some((last, after))) = (shown.first(), shown.last()) else { continue };
        let whole = shown.len() == analysis.variables().len();
        let sentence = if first == last {
            mean(input, analysis, first, language)
        } else {
            let spread = value(analysis, (EVERYONE, first), WHOLE, &SD);
            let decimals = if spread.is_some_and(|sd| sd.value >= 100.0) {
                0
            } else {
                analysis.decimals((EVERYONE, first), &SD)
            };
            let label = |variable: &Variable| quoted(language, &input.labels.variable_at(variable));
            let with = [
                ("first", label(first)),
                ("before", number::amount(before, Format::Decimal(decimals), language)),
                ("last", label(last)),
                ("after", number::amount(after, Format::Decimal(decimals), language)),
            ];
            Some(words::say(language, "read.panel", &with))
        };
        said.extend(sentence.map(|said| if whole { said } else { of_shown(language, &said) }));
    }
    said
}

/// How many units are listed, which has the most and the least in the first of the numbers, and what they add up to.
fn units(input: &Input<'_>, language: Language) -> Vec<String> {
    let Some(analysis) = input.analyses.first() else { return Vec::new() };
    let groups: Vec<&Group> = analysis.groups().into_iter().filter(|group| !group.is_empty()).collect();
    let Some((by, _)) = groups.first().and_then(|group| group.first()) else { return Vec::new() };
    let answered = |group: &&&Group| {
        let n =
            analysis.variables().into_iter().map(|variable| analysis.find(group, variable, WHOLE, &VALID));
        n.flatten().any(|valid| valid.value() != Some(0.0))
    };
    let listed: Vec<&Group> = groups.iter().filter(answered).copied().collect();
    if listed.is_empty() {
        return Vec::new();
    }
    let with = [
        ("by", input.labels.variable(by).get(language).to_owned()),
        ("n", number::counted(listed.len(), language)),
    ];
    let mut said = vec![words::say(language, "read.units", &with)];
    let first = analysis.variables().into_iter().find(|variable| analysis.has((EVERYONE, variable), &SUM));
    let Some(variable) = first else { return said };
    let mut compared = Compared::default();
    for group in listed {
        let code = group.first().map_or("", |(_, code)| code);
        compared.add_count(input.labels.code(by, code), analysis.find(group, variable, WHOLE, &SUM));
    }
    let with = [("variable", quoted(language, &input.labels.variable(variable)))];
    let write = |sum: &Amount| match sum.value.fract() == 0.0 {
        true => count(sum, language),
        false => number::amount(sum, Format::Decimal(1), language),
    };
    said.extend(compared.said(input, language, "read.unit", &write, &with));
    if let Some(sum) = value(analysis, (EVERYONE, variable), WHOLE, &SUM) {
        said.push(words::say(language, "read.total", &[("n", write(&sum))]));
    }
    said
}
