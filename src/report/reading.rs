//! The sentence that says how to read a table: what stands out in it, from the cleared estimates it is made of.
//!
//! It names the largest and the smallest, or what most did, and passes no judgement on chance, but for change and regressions,
//! whose sentences follow the intervals. What is not shown is never the largest.

use super::association::{Association, quoted};
use super::finding::{Finding, Verdict};
use crate::dictionary::{Language, Text};
use crate::disclosure::Cleared;
use crate::table::layout::Comparison;
use crate::table::{AnalysisView, Cell, Format, Labels, number, words};

/// What a table is read from.
pub(super) struct Input<'a> {
    pub layout: &'a str,
    /// Those that the table shows, in its order.
    pub analyses: Vec<&'a AnalysisView<'a>>,
    pub labels: &'a Labels,
    /// Of the whole release.
    pub findings: &'a [Finding],
    pub associations: &'a [Association],
}

/// The sentences above a table; empty where nothing can be said.
pub(super) fn reading(input: &Input<'_>, language: Language) -> String {
    let sentences = match input.layout {
        "frequency" | "crosstab" => describe(input, language),
        "items" => items(input, language),
        "multiple_response" => ranked(input, language),
        "overlap" => overlap(input, language),
        "numeric" => numeric(input, language),
        "change" => change(input, language),
        "transition" => transition(input, language),
        "reliable" => reliable(input, language),
        "regression" | "marginal_effects" => regression(input, language),
        "followup" => {
            input.analyses.iter().flat_map(|analysis| followup(analysis, input.labels, language)).collect()
        }
        "patterns" => patterns(input, language),
        "attrition" => attrition(input, language),
        _ => Vec::new(),
    };
    sentences.join(" ")
}

/// A shown share of a code, with what it is of.
struct Shown<'a> {
    share: f64,
    variable: &'a str,
    group: &'a str,
    code: &'a str,
}

/// The shown shares of coded answers, optionally of some variables' groups only.
fn shares<'a>(analysis: &AnalysisView<'a>, keep: impl Fn(&Cleared) -> bool) -> Vec<Shown<'a>> {
    let of = analysis.cleared.iter().filter(|one| one.statistic().name == "share" && keep(one));
    let shown = of.filter_map(|one| {
        Some(Shown { share: one.value()?, variable: one.variable(), group: one.group(), code: one.term() })
    });
    shown.collect()
}

fn largest<'s, 'a>(of: &'s [Shown<'a>]) -> Option<&'s Shown<'a>> {
    // The first of equals, so that the order of the dictionary decides.
    of.iter().reduce(|best, one| if one.share > best.share { one } else { best })
}

fn smallest<'s, 'a>(of: &'s [Shown<'a>]) -> Option<&'s Shown<'a>> {
    of.iter().reduce(|best, one| if one.share < best.share { one } else { best })
}

/// Whether everything of an answer or group is shown: only then is the largest known to be the largest.
fn whole(analysis: &AnalysisView<'_>, statistic: &str, keep: impl Fn(&Cleared) -> bool) -> bool {
    let mut of = analysis.cleared.iter().filter(|one| one.statistic().name == statistic && keep(one));
    of.all(|one| one.value().is_some())
}

fn percent(share: f64, language: Language) -> String {
    number::percent(share, 0, language)
}

/// The most common answer of each variable, and how a binary one differs between groups.
fn describe(input: &Input<'_>, language: Language) -> Vec<String> {
    let mut said = Vec::new();
    for analysis in &input.analyses {
        for variable in analysis.variables().into_iter().take(2) {
            let label = input.labels.variable(variable);
            let grouped: Vec<&str> =
                analysis.groups().into_iter().filter(|group| !group.is_empty()).collect();
            let codes = input.labels.item(variable).map_or(0, |item| item.codes.len());
            let event = input
                .labels
                .item(variable)
                .and_then(|item| item.codes.get(1))
                .map(|code| code.code.to_string());
            match event.filter(|_| codes == 2 && input.layout == "crosstab" && !grouped.is_empty()) {
                Some(event) => {
                    let of = |one: &Cleared| {
                        one.variable() == variable && !one.group().is_empty() && one.term() == event
                    };
                    let found = shares(analysis, of);
                    if let (Some(most), Some(least)) = (largest(&found), smallest(&found)) {
                        let group = |shown: &Shown<'_>| quoted(language, &input.labels.group(shown.group));
                        let outcome = quoted(language, &input.labels.event(variable, label));
                        said.push(words::say(
                            language,
                            if most.share > least.share { "read.between" } else { "read.alike" },
                            &[
                                ("answer", outcome),
                                ("most", group(most)),
                                ("most_share", percent(most.share, language)),
                                ("least", group(least)),
                                ("least_share", percent(least.share, language)),
                            ],
                        ));
                    }
                }
                None => {
                    let of = |one: &Cleared| one.variable() == variable && one.group().is_empty();
                    let found = shares(analysis, of);
                    let Some(most) = largest(&found) else { continue };
                    let answer = quoted(language, &input.labels.code(variable, most.code));
                    let with = [("answer", answer), ("share", percent(most.share, language))];
                    let several = analysis.variables().len() > 1;
                    let sentence = words::say(language, "read.most_common", &with);
                    said.push(if several {
                        format!("{}: {sentence}", label.get(language))
                    } else {
                        sentence
                    });
                }
            }
        }
    }
    said
}

/// The items on which the last of the common answers is most and least common.
fn items(input: &Input<'_>, language: Language) -> Vec<String> {
    let Some(analysis) = input.analyses.first() else { return Vec::new() };
    let Some(first) = analysis.variables().into_iter().next() else { return Vec::new() };
    let Some(code) = input.labels.item(first).and_then(|item| item.codes.last()) else { return Vec::new() };
    let term = code.code.to_string();
    let found = shares(analysis, |one| one.group().is_empty() && one.term() == term);
    extremes(input, &found, &code.label, language).into_iter().collect()
}

fn extremes(input: &Input<'_>, found: &[Shown<'_>], answer: &Text, language: Language) -> Option<String> {
    let (most, least) = (largest(found)?, smallest(found)?);
    let label = |shown: &Shown<'_>| quoted(language, &input.labels.variable(shown.variable));
    (most.share > least.share).then(|| {
        words::say(
            language,
            "read.answer_among_items",
            &[
                ("answer", quoted(language, answer)),
                ("most", label(most)),
                ("most_share", percent(most.share, language)),
                ("least", label(least)),
                ("least_share", percent(least.share, language)),
            ],
        )
    })
}

/// The most and the least common of several binary items.
fn ranked(input: &Input<'_>, language: Language) -> Vec<String> {
    let mut said = Vec::new();
    for analysis in &input.analyses {
        let is_event = |one: &Cleared| {
            let event = input.labels.item(one.variable()).and_then(|item| item.codes.get(1));
            one.group().is_empty() && event.is_some_and(|event| event.code.to_string() == one.term())
        };
        let found = shares(analysis, is_event);
        let (Some(most), Some(least)) = (largest(&found), smallest(&found)) else { continue };
        let label = |shown: &Shown<'_>| quoted(language, &input.labels.variable(shown.variable));
        let key = if whole(analysis, "share", is_event) { "read.ranked" } else { "read.ranked_of_shown" };
        said.push(words::say(
            language,
            key,
            &[
                ("most", label(most)),
                ("most_share", percent(most.share, language)),
                ("least", label(least)),
                ("least_share", percent(least.share, language)),
            ],
        ));
    }
    said
}

fn overlap(input: &Input<'_>, language: Language) -> Vec<String> {
    let of = input.analyses.iter().flat_map(|analysis| &analysis.cleared);
    let both =
        of.filter(|one| one.statistic().name == "both" && one.group().is_empty() && one.value().is_some());
    let most = both.reduce(|best, one| if one.value() > best.value() { one } else { best });
    let Some(most) = most else { return Vec::new() };
    let count = number::number(most.value().unwrap_or_default(), Format::Count, language);
    let [one, other] =
        [most.variable(), most.term()].map(|name| quoted(language, &input.labels.variable(name)));
    vec![words::say(language, "read.overlap", &[("one", one), ("other", other), ("n", count)])]
}

/// The mean of each of the first variables; more would be the table over again.
fn numeric(input: &Input<'_>, language: Language) -> Vec<String> {
    let mut said = Vec::new();
    for analysis in &input.analyses {
        let several = analysis.variables().len() > 1;
        for variable in analysis.variables().into_iter().take(3) {
            let at = ("", variable);
            let decimals = analysis.decimals(at, "sd");
            let [mean, sd] =
                ["mean", "sd"].map(|name| analysis.cell(at, "", name, Format::Decimal(decimals)));
            let (Cell::Number { .. }, Cell::Number { .. }) = (&mean, &sd) else { continue };
            let label =
                if several { input.labels.variable_at(variable) } else { input.labels.variable(variable) };
            let with = [
                ("variable", quoted(language, &label)),
                ("mean", number::cell(&mean, language)),
                ("sd", number::cell(&sd, language)),
            ];
            said.push(words::say(language, "read.mean", &with));
        }
    }
    said
}

/// How many comparisons came out how; the one comparison in words where there is no other.
fn change(input: &Input<'_>, language: Language) -> Vec<String> {
    let of: Vec<&Finding> = of_table(input);
    if let [only] = of.as_slice() {
        let verdict = words::say(language, only.verdict.key(), &[]);
        return vec![
            format!("{}: {}.", only.label.get(language), lower(&verdict)),
            only.said.get(language).to_owned(),
        ];
    }
    tally(language, of.iter().map(|finding| finding.verdict)).into_iter().collect()
}

fn of_table<'a>(input: &Input<'a>) -> Vec<&'a Finding> {
    let shown: Vec<&str> = input.analyses.iter().flat_map(|analysis| analysis.variables()).collect();
    input.findings.iter().filter(|finding| shown.contains(&finding.variable.as_str())).collect()
}

/// A heading within a sentence.
pub(super) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// `Of 12 comparisons: better (4), no clear change (8).`
pub(super) fn tally(language: Language, verdicts: impl Iterator<Item = Verdict>) -> Option<String> {
    let verdicts: Vec<Verdict> = verdicts.collect();
    let counted = Verdict::ALL.into_iter().filter_map(|verdict| {
        let times = verdicts.iter().filter(|known| **known == verdict).count();
        let count = number::number(times as f64, Format::Count, language);
        (times > 0).then(|| format!("{} ({count})", lower(&words::say(language, verdict.key(), &[]))))
    });
    let counted: Vec<String> = counted.collect();
    let n = number::number(verdicts.len() as f64, Format::Count, language);
    (!counted.is_empty())
        .then(|| words::say(language, "read.tally", &[("n", n), ("verdicts", counted.join(", "))]))
}

/// How many gave the same answer, a better and a worse one; of the first variables where there are many.
fn transition(input: &Input<'_>, language: Language) -> Vec<String> {
    const MOST: usize = 3;
    let variables = input.analyses.iter().flat_map(|analysis| {
        analysis
            .variables()
            .into_iter()
            .filter_map(|variable| Some((variable, Comparison::read(analysis, "", variable)?)))
    });
    let variables: Vec<(&str, Comparison)> = variables.collect();
    let several = variables.len() > 1;
    let mut said = Vec::new();
    for (variable, found) in variables.into_iter().take(MOST) {
        let share = |cell: &Cell| match cell {
            Cell::Zero => number::percent(0.0, 0, language),
            cell => number::cell(cell, language),
        };
        let shown = |cell: &Cell| matches!(cell, Cell::Number { .. } | Cell::Zero);
        if [&found.improved, &found.unchanged, &found.worse].into_iter().all(shown) {
            let with = [
                ("same", share(&found.unchanged)),
                ("better", share(&found.improved)),
                ("worse", share(&found.worse)),
            ];
            let sentence = words::say(language, "read.transition", &with);
            let label = input.labels.variable_at(variable);
            said.push(if several { format!("{}: {sentence}", label.get(language)) } else { sentence });
        }
    }
    said
}

/// The latest comparison of each measure among everyone.
fn reliable(input: &Input<'_>, language: Language) -> Vec<String> {
    let mut said = Vec::new();
    for analysis in &input.analyses {
        let with: Vec<&str> = analysis
            .variables()
            .into_iter()
            .filter(|variable| analysis.has(("", variable), "reliable_improved"))
            .collect();
        let Some(variable) = with.last() else { continue };
        let share = |name| analysis.cell(("", variable), "", name, Format::Percent(0));
        let (better, worse) = (share("reliable_improved_share"), share("reliable_worse_share"));
        let (Cell::Number { .. }, Cell::Number { .. } | Cell::Zero) = (&better, &worse) else { continue };
        let worse = if worse == Cell::Zero { percent(0.0, language) } else { number::cell(&worse, language) };
        let label = input.labels.variable_at(variable);
        let with = [
            ("variable", label.get(language).to_owned()),
            ("better", number::cell(&better, language)),
            ("worse", worse),
        ];
        said.push(words::say(language, "read.reliable", &with));
    }
    said
}

/// How many terms go clearly together with each outcome; the sentences stand in a section of their own.
fn regression(input: &Input<'_>, language: Language) -> Vec<String> {
    let of = |analysis: &&AnalysisView<'_>| input.associations.iter().find(|one| one.analysis == analysis.id);
    let mut said: Vec<String> = input
        .analyses
        .iter()
        .filter_map(of)
        .map(|told| {
            let [clear, compared] =
                [told.clear.len(), told.compared].map(|n| number::number(n as f64, Format::Count, language));
            let label = told.label.get(language).to_owned();
            words::say(
                language,
                "read.regression",
                &[("label", label), ("clear", clear), ("compared", compared)],
            )
        })
        .collect();
    if !said.is_empty() {
        said.push(words::say(language, "read.regression_where", &[]));
    }
    said
}

/// A sentence for each wave of a follow-up but the first, at which everyone is there by definition.
pub(super) fn followup(analysis: &AnalysisView<'_>, labels: &Labels, language: Language) -> Vec<String> {
    let waves = analysis.cleared.iter().filter(|one| one.statistic().name == "eligible");
    let waves: Vec<&str> = waves.map(|one| one.variable()).collect();
    let mut sentences = Vec::new();
    for wave in waves.into_iter().skip(1) {
        let find = |statistic| analysis.find("", wave, "", statistic).and_then(Cleared::value);
        let count = |value| number::number(value, Format::Count, language);
        let label = labels.wave(wave).get(language).to_owned();
        let (Some(eligible), Some(seen)) = (find("eligible"), find("seen")) else {
            sentences.push(words::say(language, "followup.said_suppressed", &[("wave", label)]));
            continue;
        };
        let rate = if eligible > 0.0 { seen / eligible } else { 0.0 };
        let with = [
            ("wave", label),
            ("eligible", count(eligible)),
            ("seen", count(seen)),
            ("rate", number::percent(rate, 0, language)),
        ];
        let mut sentence = words::say(language, "followup.said", &with);
        if let Some(in_window) = find("seen_in_window") {
            let with = [("in_window", count(in_window))];
            sentence = format!("{sentence} {}", words::say(language, "followup.said_in_window", &with));
        }
        sentences.push(sentence);
    }
    sentences
}

/// How many were seen at every wave, and how many at the first only.
fn patterns(input: &Input<'_>, language: Language) -> Vec<String> {
    let mut said = Vec::new();
    for analysis in &input.analyses {
        let Some(members) = analysis.find("", "", "", "members").and_then(Cleared::value) else { continue };
        let patterns = analysis.terms("", "pattern");
        let Some(waves) = patterns.first().map(|pattern| pattern.len()) else { continue };
        for (key, pattern) in [
            ("read.every_wave", "1".repeat(waves)),
            ("read.first_wave", format!("1{}", "0".repeat(waves.saturating_sub(1)))),
        ] {
            let Some(n) = analysis.find("", "", &pattern, "pattern").and_then(Cleared::value) else {
                continue;
            };
            let count = |n| number::number(n, Format::Count, language);
            let with =
                [("n", count(n)), ("members", count(members)), ("share", percent(n / members, language))];
            said.push(words::say(language, key, &with));
        }
    }
    said
}

/// On what those lost and those followed up differ most; about 0.1 is taken to be small (Austin 2009).
fn attrition(input: &Input<'_>, language: Language) -> Vec<String> {
    const SMALL: f64 = 0.1;
    let of = input.analyses.iter().flat_map(|analysis| &analysis.cleared);
    let differences = of.filter(|one| one.statistic().name == "smd");
    let shown = differences.filter_map(|one| Some((one, one.value()?)));
    let Some((most, value)) = shown.reduce(|best, one| if one.1.abs() > best.1.abs() { one } else { best })
    else {
        return Vec::new();
    };
    let label = input.labels.variable(most.variable());
    let term = match most.term() {
        "" => label,
        code => {
            let code = input.labels.code(most.variable(), code);
            words::each(|language| format!("{}: {}", label.get(language), code.get(language)))
        }
    };
    let with =
        [("term", quoted(language, &term)), ("smd", number::number(value, Format::Signed(2), language))];
    let key = if value.abs() < SMALL { "read.lost_alike" } else { "read.lost_differ" };
    vec![words::say(language, key, &with)]
}

/// How many the table rests on, and how many are missing; empty where neither is shown.
pub(super) fn basis(input: &Input<'_>, language: Language) -> String {
    let range = |statistic: &str, add: bool| -> Option<String> {
        let mut found: Vec<((&str, &str), f64)> = Vec::new();
        for analysis in &input.analyses {
            for one in analysis
                .cleared
                .iter()
                .filter(|one| one.statistic().name == statistic && one.group().is_empty())
            {
                let value = one.value()?;
                let at = (analysis.id, one.variable());
                // Reasons for a missing answer are added up by variable.
                match found.iter_mut().find(|(known, _)| add && *known == at) {
                    Some((_, sum)) => *sum += value,
                    None => found.push((at, value)),
                }
            }
        }
        let values = || found.iter().map(|(_, value)| *value);
        let (least, most) = (values().reduce(f64::min)?, values().reduce(f64::max)?);
        let count = |n| number::number(n, Format::Count, language);
        Some(match least < most {
            true => words::say(language, "basis.range", &[("from", count(least)), ("to", count(most))]),
            false => count(most),
        })
    };
    let told: &[(&str, &str, bool)] = match input.layout {
        "frequency" | "crosstab" | "items" | "multiple_response" | "overlap" | "numeric" => {
            &[("basis.answered", "valid", false), ("basis.missing", "missing", true)]
        }
        "change" | "transition" | "reliable" | "conventions" => &[("basis.pairs", "n_pairs", false)],
        "regression" | "marginal_effects" | "regression_conventions" => {
            &[("basis.cases", "n_obs", false), ("basis.left_out", "n_missing", false)]
        }
        "followup" | "patterns" => &[("basis.members", "members", false)],
        "attrition" => &[("basis.followed", "followed", false), ("basis.lost", "lost", false)],
        _ => &[],
    };
    let said: Vec<String> = told
        .iter()
        .filter_map(|(key, statistic, add)| {
            Some(words::say(language, key, &[("n", range(statistic, *add)?)]))
        })
        .collect();
    said.join(" · ")
}
