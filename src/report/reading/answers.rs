//! Tables of coded answers: the most common one, and who gave it most and least often.

use super::shown::{Compared, add_share, few, named};
use super::{Basis, Family, Input, Reading, count, percent, quoted, value};
use crate::dictionary::{Code, Language, Text};
use crate::disclosure::Shown;
use crate::estimate::{EVERYONE, Group, NO_VARIABLE, Term, Variable, WHOLE};
use crate::report::association::is_yes_or_no;
use crate::statistic::{BOTH, COUNT, MISSING_TOTAL, SHARE, VALID};
use crate::table::{Amount, AnalysisView, Labels, number, words};

pub(super) const ANSWERED: &[Basis] = &[("basis.answered", &VALID), ("basis.missing", &MISSING_TOTAL)];

pub const FAMILY: Family = Family {
    readings: &[
        Reading { layout: "frequency", say: frequency, basis: ANSWERED },
        Reading { layout: "crosstab", say: crosstab, basis: ANSWERED },
        Reading { layout: "items", say: items, basis: ANSWERED },
        Reading { layout: "multiple_response", say: ranked, basis: ANSWERED },
        Reading { layout: "overlap", say: overlap, basis: ANSWERED },
    ],
};

/// Of more variables than these the table says more than a paragraph.
const MOST: usize = 2;

/// The most common answer of each of the first variables; of two answers the share of the one.
pub(super) fn frequency(input: &Input<'_>, language: Language) -> Vec<String> {
    each_variable(input, language, |analysis, variable| match event_code(input, variable) {
        Some(code) => event(input, analysis, variable, &code, language),
        None => Some(most_common(input.labels, analysis, variable, language)?.said),
    })
}

/// The answer of two that shares are of.
fn event_code(input: &Input<'_>, variable: &Variable) -> Option<Term> {
    match input.labels.item(variable).map_or(&[][..], |item| &item.codes) {
        [_, event] => Some(Term::code(event.code)),
        _ => None,
    }
}

/// How many gave the answer of two that shares are of: the other is the rest.
fn event(
    input: &Input<'_>,
    analysis: &AnalysisView<'_>,
    variable: &Variable,
    code: &Term,
    language: Language,
) -> Option<String> {
    let mut told = Compared::default();
    add_share(
        &mut told,
        event_of(input, variable, input.labels.variable(variable)),
        analysis,
        (EVERYONE, variable),
        code,
    );
    let said = told.said(input, language, "read.only", &|share| percent(share, language), &[])?;
    let few = few(language, value(analysis, (EVERYONE, variable), WHOLE, &VALID));
    Some([Some(said), few].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// What is said of each of the first variables, with its label where there are several.
fn each_variable(
    input: &Input<'_>,
    language: Language,
    say: impl Fn(&AnalysisView<'_>, &Variable) -> Option<String>,
) -> Vec<String> {
    let coded = coded(input);
    let mut said = Vec::new();
    for (analysis, variable) in coded.iter().take(MOST) {
        let Some(sentence) = say(analysis, variable) else { continue };
        let label = input.labels.variable(variable);
        let named = coded.len() == 1 || sentence.contains(label.get(language));
        said.push(if named { sentence } else { format!("{}: {sentence}", label.get(language)) });
    }
    said
}

/// The coded variables, each with its analysis.
fn coded<'i>(input: &'i Input<'_>) -> Vec<(&'i AnalysisView<'i>, &'i Variable)> {
    let coded = input.analyses.iter().flat_map(|analysis| {
        let coded = |variable: &&Variable| !analysis.terms(variable, &COUNT).is_empty();
        analysis.variables().into_iter().filter(coded).map(|variable| (*analysis, variable))
    });
    coded.collect()
}

/// The most common answer in words, or why it cannot be told; and its code, or that of the most common that is shown.
struct MostCommon {
    code: Term,
    said: String,
}

/// The most common answer to a question in words; `None` where none is shown.
pub(in crate::report) fn said_of_most_common(
    labels: &Labels,
    analysis: &AnalysisView<'_>,
    variable: &Variable,
    language: Language,
) -> Option<String> {
    let common = most_common(labels, analysis, variable, language)?;
    let n = value(analysis, (EVERYONE, variable), WHOLE, &VALID).map(|n| count(&n, language));
    let answered = n.map(|n| words::say(language, "basis.answered", &[("n", n)]));
    Some(
        [Some(common.said), answered.map(|said| format!("{said}."))]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
    )
}

#[expect(clippy::float_arithmetic, reason = "what is left decides the words")]
fn most_common(
    labels: &Labels,
    analysis: &AnalysisView<'_>,
    variable: &Variable,
    language: Language,
) -> Option<MostCommon> {
    let mut shown: Vec<(&Term, Amount)> = Vec::new();
    let mut hidden = false;
    for code in analysis.terms(variable, &SHARE) {
        let Some(one) = analysis.find(EVERYONE, variable, code, &SHARE) else { continue };
        hidden |= matches!(one.shown(), Shown::Suppressed);
        shown.extend(Amount::of(one).map(|share| (code, share)));
    }
    let most = shown.iter().map(|(_, share)| share.value).reduce(f64::max).filter(|share| *share > 0.0)?;
    let written = |share: f64| number::percent(share, 0, language);
    let tied: Vec<&(&Term, Amount)> =
        shown.iter().filter(|(_, share)| written(share.value) == written(most)).collect();
    let codes: Vec<&Term> = tied.iter().map(|(code, _)| *code).collect();
    let of = tied.iter().flat_map(|(_, share)| share.of.clone()).collect();
    let names: Vec<Text> = codes.iter().map(|code| labels.code(variable, code)).collect();
    // What is hidden cannot be more than what the shown leave.
    let left = 1.0 - shown.iter().map(|(_, share)| share.value).sum::<f64>();
    let with = [
        ("answers", named(language, &names.iter().collect::<Vec<_>>())),
        ("tied", number::counted(names.len(), language)),
        ("share", percent(&Amount { value: most, of }, language)),
    ];
    let key = if hidden && most <= left { "read.common_hidden" } else { "read.most_common" };
    let mut said = vec![words::say(language, key, &with)];
    said.extend(few(language, value(analysis, (EVERYONE, variable), WHOLE, &VALID)));
    Some(MostCommon { code: (*codes.first()?).clone(), said: said.join(" ") })
}

/// Between which groups of one kind an answer differs most: the yes of a yes or no, the most common one elsewhere.
fn crosstab(input: &Input<'_>, language: Language) -> Vec<String> {
    each_variable(input, language, |analysis, variable| {
        let (everyone, groups) = match event_code(input, variable) {
            Some(code) => {
                let answer = event_of(input, variable, input.labels.variable(variable));
                match between(input, analysis, variable, &code, &answer, language) {
                    Some(Told::Compared(groups)) => return Some(groups),
                    // Where the groups cannot be compared, what everyone answered is told.
                    groups => (event(input, analysis, variable, &code, language)?, groups),
                }
            }
            None => {
                let common = most_common(input.labels, analysis, variable, language)?;
                let answer = input.labels.code(variable, &common.code);
                (common.said, between(input, analysis, variable, &common.code, &answer, language))
            }
        };
        let groups = groups.map(|groups| match groups {
            Told::Compared(said) => said,
            Told::Hidden => words::say(language, "read.groups_hidden", &[]),
        });
        Some([Some(everyone), groups].into_iter().flatten().collect::<Vec<_>>().join(" "))
    })
}

/// The answer that shares of two are of: `Sex: Woman`, or only the label where the answer is yes.
fn event_of(input: &Input<'_>, variable: &Variable, label: Text) -> Text {
    match input.labels.item(variable).is_some_and(is_yes_or_no) {
        true => label,
        false => input.labels.event(variable, label),
    }
}

/// What is said of groups.
enum Told {
    Compared(String),
    /// Nothing, since some of them are not shown.
    Hidden,
}

fn between(
    input: &Input<'_>,
    analysis: &AnalysisView<'_>,
    variable: &Variable,
    code: &Term,
    answer: &Text,
    language: Language,
) -> Option<Told> {
    let (found, groups) = widest(input, by_answer(input, analysis, variable, code))?;
    if !found.is_whole() {
        return Some(Told::Hidden);
    }
    let with = [("answer", quoted(language, answer))];
    let said = found.said(input, language, "read.between", &|share| percent(share, language), &with)?;
    let n = groups.iter().filter_map(|group| value(analysis, (group, variable), WHOLE, &VALID));
    let few = few(language, n.reduce(Amount::least));
    Some(Told::Compared([Some(said), few].into_iter().flatten().collect::<Vec<_>>().join(" ")))
}

/// The groups of each kind by the share that gave an answer.
fn by_answer<'a>(
    input: &Input<'_>,
    analysis: &AnalysisView<'a>,
    variable: &Variable,
    code: &Term,
) -> Vec<Groups<'a>> {
    groups(analysis, variable, &Term::ranked(&SHARE, code), |compared, group| {
        add_share(compared, input.labels.group(group), analysis, (group, variable), code);
    })
}

/// What the sentences of a table by groups rank.
pub(super) fn of_groups(input: &Input<'_>) -> Vec<Compared> {
    let mut ranked = Vec::new();
    for (analysis, variable) in coded(input).into_iter().take(MOST) {
        // Which code is most common does not depend on the language.
        let common = || Some(most_common(input.labels, analysis, variable, Language::En)?.code);
        let Some(code) = event_code(input, variable).or_else(common) else { continue };
        ranked.extend(by_answer(input, analysis, variable, &code).into_iter().map(|(compared, _)| compared));
    }
    ranked
}

/// Groups of one kind, compared.
type Groups<'a> = (Compared, Vec<&'a Group>);

/// The groups of each kind, such as those by sex, with what `add` says of each; `term` is what they are ranked by.
pub(super) fn groups<'a>(
    analysis: &AnalysisView<'a>,
    variable: &Variable,
    term: &Term,
    add: impl Fn(&mut Compared, &Group),
) -> Vec<Groups<'a>> {
    let mut kinds: Vec<(Vec<&str>, Vec<&Group>)> = Vec::new();
    for group in analysis.groups().into_iter().filter(|group| !group.is_empty()) {
        match kinds.iter_mut().find(|(known, _)| *known == group.variables()) {
            Some((_, groups)) => groups.push(group),
            None => kinds.push((group.variables(), vec![group])),
        }
    }
    let compared = kinds.into_iter().map(|(names, groups)| {
        let mut compared = Compared::by(names.join(" & "), variable, term);
        groups.iter().for_each(|group| add(&mut compared, group));
        (compared, groups)
    });
    compared.collect()
}

/// The kind of groups that differ most, clearly if any do: one of which all are shown, if there is one. `None` where there are no
/// two groups of a kind.
pub(super) fn widest<'a>(input: &Input<'_>, groups: Vec<Groups<'a>>) -> Option<Groups<'a>> {
    let several = groups.into_iter().filter(|(compared, _)| compared.len() > 1 || !compared.is_whole());
    several.reduce(|best, one| {
        let rank = |of: &Compared| (of.is_whole(), of.is_clear(input), of.spread());
        if rank(&one.0) > rank(&best.0) { one } else { best }
    })
}

/// By which answer items are ranked.
enum RankedAnswer<'c> {
    /// One that all have.
    Common(&'c Code),
    /// The yes of a yes or no, which may have another code from item to item.
    Second,
}

impl RankedAnswer<'_> {
    /// The key of the sentence.
    fn key(&self) -> &'static str {
        match self {
            RankedAnswer::Common(_) => "read.items",
            RankedAnswer::Second => "read.ranked",
        }
    }

    fn term(&self) -> Term {
        match self {
            RankedAnswer::Common(code) => Term::ranked(&SHARE, &code.code.to_string()),
            RankedAnswer::Second => Term::ranked(&SHARE, "second"),
        }
    }

    fn code(&self, input: &Input<'_>, variable: &Variable) -> Option<Term> {
        match self {
            RankedAnswer::Common(code) => Some(Term::code(code.code)),
            RankedAnswer::Second => {
                input.labels.item(variable).and_then(|item| Some(Term::code(item.codes.get(1)?.code)))
            }
        }
    }
}

/// The items on which the last of the common answers is most and least common.
fn items(input: &Input<'_>, language: Language) -> Vec<String> {
    let Some(code) = last_code(input) else { return Vec::new() };
    let with = [("answer", quoted(language, &code.label))];
    among(input, language, &RankedAnswer::Common(code), &with)
}

/// The last of the common answers.
fn last_code<'i>(input: &'i Input<'_>) -> Option<&'i Code> {
    let first = input.analyses.first().and_then(|analysis| analysis.variables().into_iter().next())?;
    input.labels.item(first)?.codes.last()
}

/// What the sentences of a table of items rank.
pub(super) fn of_items(input: &Input<'_>) -> Vec<Compared> {
    let ranked = |code| by_item(input, &RankedAnswer::Common(code)).0;
    last_code(input).map(ranked).into_iter().collect()
}

/// The most and the least common of several yes-or-no items.
fn ranked(input: &Input<'_>, language: Language) -> Vec<String> {
    among(input, language, &RankedAnswer::Second, &[])
}

/// What the sentences of a table of yes-or-no items rank.
pub(super) fn of_events(input: &Input<'_>) -> Vec<Compared> {
    vec![by_item(input, &RankedAnswer::Second).0]
}

/// The items with the largest and the smallest share of an answer.
fn among(
    input: &Input<'_>,
    language: Language,
    answer: &RankedAnswer<'_>,
    with: &[(&str, String)],
) -> Vec<String> {
    let (compared, least) = by_item(input, answer);
    let said = compared.said(input, language, answer.key(), &|share| percent(share, language), with);
    let few = said.as_ref().and_then(|_| few(language, least));
    said.into_iter().chain(few).collect()
}

/// The items by the share that gave an answer each, and how many answered the one that fewest did.
fn by_item(input: &Input<'_>, answer: &RankedAnswer<'_>) -> (Compared, Option<Amount>) {
    let waves = several_waves(input);
    let mut compared = Compared::by(Group::default(), NO_VARIABLE, answer.term());
    let mut least: Option<Amount> = None;
    for analysis in &input.analyses {
        for variable in analysis.variables() {
            let Some(code) = answer.code(input, variable) else { continue };
            let name =
                if waves { input.labels.variable_at(variable) } else { input.labels.variable(variable) };
            let is_yes = matches!(answer, RankedAnswer::Second);
            let name = if is_yes { event_of(input, variable, name) } else { name };
            add_share(&mut compared, name, analysis, (EVERYONE, variable), &code);
            let n = value(analysis, (EVERYONE, variable), WHOLE, &VALID);
            least = [least, n].into_iter().flatten().reduce(Amount::least);
        }
    }
    (compared, least)
}

/// Whether a variable's name does not say which of the table's waves it is of.
pub(super) fn several_waves(input: &Input<'_>) -> bool {
    let variables = input.analyses.iter().flat_map(|analysis| analysis.variables());
    let mut waves: Vec<_> =
        variables.filter_map(|variable| Some((variable.wave()?, variable.to()))).collect();
    waves.sort_unstable();
    waves.dedup();
    waves.len() > 1
}

/// The two that most have together.
fn overlap(input: &Input<'_>, language: Language) -> Vec<String> {
    let both: Vec<_> = input.everyone().filter(|one| one.statistic() == &BOTH).collect();
    let shown = both.iter().filter_map(|one| Some((*one, Amount::of(one)?)));
    let Some((most, n)) =
        shown.clone().reduce(|best, one| if one.1.value > best.1.value { one } else { best })
    else {
        return Vec::new();
    };
    if n.value == 0.0 {
        return vec![words::say(language, "read.overlap_none", &[])];
    }
    let [one, other] = [most.variable().as_str(), most.term().as_str()]
        .map(|name| quoted(language, &input.labels.variable(name)));
    let with = [("one", one), ("other", other), ("n", count(&n, language))];
    let most = words::say(language, "read.overlap", &with);
    // What is not shown may be more.
    if both.iter().any(|one| matches!(one.shown(), Shown::Suppressed)) {
        return vec![words::say(language, "read.overlap_hidden", &[])];
    }
    let mut said = vec![most];
    let tied = shown.filter(|(_, value)| value.value == n.value).count() - 1;
    if tied > 0 {
        said.push(words::say(language, "read.overlap_tied", &[("n", number::counted(tied, language))]));
    }
    said
}
