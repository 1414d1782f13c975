//! Tables of change between two waves.

use super::shown::first_of;
use super::{Basis, Family, Input, Reading, percent, quoted};
use crate::dictionary::Language;
use crate::estimate::{EVERYONE, Variable, WHOLE};
use crate::report::finding::{Finding, TOO_FEW, Verdict};
use crate::report::origin::listed;
use crate::statistic::{
    N_PAIRS, RELIABLE_IMPROVED, RELIABLE_IMPROVED_SHARE, RELIABLE_WORSE_SHARE, USE_ABSTINENT_SHARE,
    USE_DETERIORATED_SHARE, USE_IMPROVED_SHARE, USE_UNCHANGED_SHARE, USERS_BEFORE,
};
use crate::table::layout::Comparison;
use crate::table::{Amount, AnalysisView, Cell, Content, Format, number, words};

pub(super) const PAIRS: &[Basis] = &[("basis.pairs", &N_PAIRS)];

pub const FAMILY: Family = Family {
    readings: &[
        Reading { layout: "change", say: change, basis: PAIRS },
        Reading { layout: "transition", say: transition, basis: PAIRS },
        Reading { layout: "reliable", say: reliable, basis: PAIRS },
        Reading {
            layout: "use_classes",
            say: use_classes,
            basis: &[("basis.pairs", &N_PAIRS), ("basis.users", &USERS_BEFORE)],
        },
    ],
};

/// The words for too few pairs, and for none.
const PAIRS_FEW: [&str; 2] = ["read.too_few_pairs", "summary.said_nobody"];

/// Of more variables the sentences would be the table over again.
const MOST: usize = 3;

/// How many comparisons came out how, and which are clear where they are some of many; the one comparison in words where there is
/// no other.
fn change(input: &Input<'_>, language: Language) -> Vec<String> {
    let of: Vec<&Finding> = of_table(input);
    if let [only] = of.as_slice() {
        let verdict = words::say(language, only.verdict.key(), &[]);
        return vec![
            format!("{}: {}.", only.label.get(language), lower(&verdict)),
            only.said.get(language).to_owned(),
        ];
    }
    let Some(counted) = tally(language, &of) else { return Vec::new() };
    let mut said = vec![counted];
    for verdict in Verdict::ALL.into_iter().filter(|verdict| verdict.is_clear()) {
        let mut names: Vec<String> = Vec::new();
        for finding in of.iter().filter(|finding| finding.verdict == verdict) {
            let variable = finding.variable.name();
            // A variable that came out otherwise between other waves is named with its waves.
            let mut of_same = of.iter().filter(|other| other.variable.name() == variable);
            let name = match of_same.all(|other| other.verdict == verdict) {
                true => input.labels.variable(variable),
                false => input.labels.variable_at(&finding.variable),
            };
            let name = quoted(language, &name);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if !names.is_empty() {
            let verdict = words::say(language, verdict.key(), &[]);
            said.push(format!("{verdict}: {}.", names.join(", ")));
        }
    }
    said
}

fn of_table<'a>(input: &Input<'a>) -> Vec<&'a Finding> {
    let shown: Vec<&Variable> = input.analyses.iter().flat_map(|analysis| analysis.variables()).collect();
    input.findings.iter().filter(|finding| shown.contains(&&finding.variable)).collect()
}

/// A heading within a sentence.
pub(in crate::report) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// `4 are clearly better and 8 show no clear change`: how many comparisons came out how, as part of a sentence.
pub(in crate::report) fn verdicts(
    language: Language,
    verdicts: impl Iterator<Item = Verdict>,
) -> Option<String> {
    let verdicts: Vec<Verdict> = verdicts.collect();
    let counted = Verdict::ALL.into_iter().filter_map(|verdict| {
        let times = verdicts.iter().filter(|known| **known == verdict).count();
        let n = number::counted(times, language);
        let key = verdict.key().replace("summary.", "tally.");
        (times > 0).then(|| words::say(language, &key, &[("n", n)]))
    });
    let counted: Vec<String> = counted.collect();
    let counted: Vec<&str> = counted.iter().map(String::as_str).collect();
    (!counted.is_empty()).then(|| listed(language, &counted))
}

fn tally(language: Language, of: &[&Finding]) -> Option<String> {
    let counted = verdicts(language, of.iter().map(|finding| finding.verdict))?;
    let n = number::counted(of.len(), language);
    Some(words::say(language, "read.tally", &[("n", n), ("verdicts", counted)]))
}

/// A share in a sentence, where nobody is a number too; `None` where it is not shown.
fn share(cell: &Cell, language: Language) -> Option<String> {
    match cell.content {
        Content::Number { .. } => Some(number::marked(cell, language)),
        Content::Zero => Some(percent(&Amount { value: 0.0, of: cell.of.clone() }, language)),
        _ => None,
    }
}

/// That there are too few to say, or nobody, where that is so.
fn too_few(language: Language, [key, nobody]: [&str; 2], n: &Cell) -> Option<String> {
    match n.content {
        Content::Number { value, .. } if value < TOO_FEW => {
            Some(words::say(language, key, &[("n", number::marked(n, language))]))
        }
        Content::Zero => Some(words::say(language, nobody, &[])),
        _ => None,
    }
}

/// How many gave the same answer, a better and a worse one; of the first variables where there are many.
fn transition(input: &Input<'_>, language: Language) -> Vec<String> {
    let variables = input.analyses.iter().flat_map(|analysis| {
        analysis
            .variables()
            .into_iter()
            .filter_map(|variable| Some((variable, Comparison::read(analysis, EVERYONE, variable)?)))
    });
    let variables: Vec<(&Variable, Comparison)> = variables.collect();
    let several = variables.len() > 1;
    let mut said = Vec::new();
    for (variable, found) in variables.iter().take(MOST) {
        let sentence = too_few(language, PAIRS_FEW, &found.n_pairs).or_else(|| {
            let with = [
                ("same", share(&found.unchanged, language)?),
                ("better", share(&found.improved, language)?),
                ("worse", share(&found.worse, language)?),
            ];
            Some(words::say(language, "read.transition", &with))
        });
        let Some(sentence) = sentence else { continue };
        let label = input.labels.variable_at(variable);
        said.push(if several { format!("{}: {sentence}", label.get(language)) } else { sentence });
    }
    if variables.len() > MOST && !said.is_empty() {
        said.push(first_of(language, said.len(), variables.len()));
    }
    said
}

/// The latest comparison of each measure among everyone.
fn reliable(input: &Input<'_>, language: Language) -> Vec<String> {
    let mut said = Vec::new();
    for analysis in &input.analyses {
        let with: Vec<&Variable> = analysis
            .variables()
            .into_iter()
            .filter(|variable| analysis.has((EVERYONE, variable), &RELIABLE_IMPROVED))
            .collect();
        let Some(variable) = with.last() else { continue };
        let cell = |name| analysis.cell((EVERYONE, variable), WHOLE, name, Format::Percent(0));
        let n = analysis.cell((EVERYONE, variable), WHOLE, &N_PAIRS, Format::Count);
        let label = input.labels.variable_at(variable).get(language).to_owned();
        if let Some(few) = too_few(language, PAIRS_FEW, &n) {
            said.push(format!("{label}: {few}"));
            continue;
        }
        let [better, worse] =
            [&RELIABLE_IMPROVED_SHARE, &RELIABLE_WORSE_SHARE].map(|name| share(&cell(name), language));
        let (Some(better), Some(worse)) = (better, worse) else { continue };
        let with = [("variable", label), ("better", better), ("worse", worse)];
        said.push(words::say(language, "read.reliable", &with));
    }
    said
}

/// What became of those who used before.
fn use_classes(input: &Input<'_>, language: Language) -> Vec<String> {
    let variables = input.analyses.iter().flat_map(|analysis| {
        let has = |variable: &&Variable| analysis.has((EVERYONE, variable), &USERS_BEFORE);
        analysis.variables().into_iter().filter(has).map(|variable| (*analysis, variable))
    });
    let variables: Vec<(&AnalysisView<'_>, &Variable)> = variables.collect();
    let mut said = Vec::new();
    for (analysis, variable) in variables.iter().take(MOST) {
        let at = (EVERYONE, *variable);
        let users = analysis.cell(at, WHOLE, &USERS_BEFORE, Format::Count);
        let sentence = too_few(language, ["read.too_few_users", "read.no_users"], &users).or_else(|| {
            let of = |name| share(&analysis.cell(at, WHOLE, name, Format::Percent(0)), language);
            let with = [
                ("users", number::marked(&users, language)),
                ("abstinent", of(&USE_ABSTINENT_SHARE)?),
                ("improved", of(&USE_IMPROVED_SHARE)?),
                ("unchanged", of(&USE_UNCHANGED_SHARE)?),
                ("deteriorated", of(&USE_DETERIORATED_SHARE)?),
            ];
            Some(words::say(language, "read.use_classes", &with))
        });
        let Some(sentence) = sentence else { continue };
        said.push(format!("{}: {sentence}", input.labels.variable_at(variable).get(language)));
    }
    if variables.len() > MOST && !said.is_empty() {
        said.push(first_of(language, said.len(), variables.len()));
    }
    said
}
