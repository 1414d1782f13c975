//! Tables of who was followed up, and of how those lost differ.

use super::{Basis, Family, Input, Reading, percent, quoted};
use crate::dictionary::Language;
use crate::disclosure::{Cleared, Shown};
use crate::table::{AnalysisView, Format, Labels, number, words};

const MEMBERS: &[Basis] = &[("basis.members", "members", false)];

pub const FAMILY: Family = Family {
    readings: &[
        Reading { layout: "followup", say: followups, basis: MEMBERS },
        Reading { layout: "patterns", say: patterns, basis: MEMBERS },
        Reading {
            layout: "attrition",
            say: attrition,
            basis: &[("basis.followed", "followed", false), ("basis.lost", "lost", false)],
        },
    ],
};

fn followups(input: &Input<'_>, language: Language) -> Vec<String> {
    input.analyses.iter().flat_map(|analysis| followup(analysis, input.labels, language)).collect()
}

/// A sentence for each wave of a follow-up but the first, at which everyone is there by definition.
pub(in crate::report) fn followup(
    analysis: &AnalysisView<'_>,
    labels: &Labels,
    language: Language,
) -> Vec<String> {
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
    // One that is not shown may be larger.
    let mut all = input.everyone().filter(|one| one.statistic().name == "smd");
    let hidden = all.any(|one| matches!(one.shown(), Shown::Suppressed));
    let key = match (value.abs() < SMALL, hidden) {
        (true, false) => "read.lost_alike",
        (true, true) => "read.lost_alike_partly",
        (false, false) => "read.lost_differ",
        (false, true) => "read.lost_differ_partly",
    };
    vec![words::say(language, key, &with)]
}
