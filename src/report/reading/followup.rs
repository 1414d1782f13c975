//! Tables of who was followed up, and of how those lost differ.

use super::shown::of_shown;
use super::{Basis, Family, Input, Reading, count, percent, quoted, value};
use crate::dictionary::{Item, Language};
use crate::disclosure::{Cleared, Shown};
use crate::estimate::{EVERYONE, INTERCEPT, Kind, NO_VARIABLE, Term, Variable, WHOLE, level_of};
use crate::report::association::is_yes_or_no;
use crate::report::origin::listed;
use crate::statistic::{
    self, ELIGIBLE, FOLLOWED, FOLLOWUP_RATE, LOST, MEAN_FOLLOWED, MEAN_LOST, ODDS_RATIO, ODDS_RATIO_HIGH,
    ODDS_RATIO_LOW, PATTERN, PATTERN_SHARE, SD_FOLLOWED, SEEN, SEEN_IN_WINDOW, SHARE_FOLLOWED, SHARE_LOST,
    SMD,
};
use crate::table::{Amount, AnalysisView, Content, Format, Labels, number, words};

const MEMBERS: &[Basis] = &[("basis.members", &statistic::MEMBERS)];

pub const FAMILY: Family = Family {
    readings: &[
        Reading { layout: "followup", say: followups, basis: MEMBERS },
        Reading { layout: "patterns", say: patterns, basis: MEMBERS },
        Reading {
            layout: "attrition",
            say: attrition,
            basis: &[("basis.followed", &FOLLOWED), ("basis.lost", &LOST)],
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
    let waves = analysis.cleared.iter().filter(|one| one.statistic() == &ELIGIBLE);
    let waves: Vec<&Variable> = waves.map(|one| one.variable()).collect();
    let mut sentences = Vec::new();
    for wave in waves.into_iter().skip(1) {
        let find = |statistic| value(analysis, (EVERYONE, wave), WHOLE, statistic);
        let label = labels.wave(wave).get(language).to_owned();
        let (Some(eligible), Some(seen)) = (find(&ELIGIBLE), find(&SEEN)) else {
            sentences.push(words::say(language, "followup.said_suppressed", &[("wave", label)]));
            continue;
        };
        let rate = find(&FOLLOWUP_RATE).map(|rate| percent(&rate, language));
        let with = [
            ("wave", label),
            ("eligible", count(&eligible, language)),
            ("seen", count(&seen, language)),
            ("rate", rate.unwrap_or_else(|| percent(&Amount { value: 0.0, ..seen.clone() }, language))),
        ];
        let mut sentence = words::say(language, "followup.said", &with);
        if let Some(in_window) = find(&SEEN_IN_WINDOW) {
            let with = [("in_window", count(&in_window, language))];
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
        let at = (EVERYONE, NO_VARIABLE);
        let Some(members) = value(analysis, at, WHOLE, &statistic::MEMBERS) else { continue };
        let patterns = analysis.terms(NO_VARIABLE, &PATTERN);
        let Some(waves) = patterns.first().map(|pattern| pattern.len()) else { continue };
        for (key, pattern) in [
            ("read.every_wave", Term::code("1".repeat(waves))),
            ("read.first_wave", Term::code(format!("1{}", "0".repeat(waves.saturating_sub(1))))),
        ] {
            let find = |statistic| value(analysis, at, &pattern, statistic);
            let (Some(n), Some(share)) = (find(&PATTERN), find(&PATTERN_SHARE)) else { continue };
            let with = [
                ("n", count(&n, language)),
                ("members", count(&members, language)),
                ("share", percent(&share, language)),
            ];
            said.push(words::say(language, key, &with));
        }
    }
    said
}

/// On what those lost and those followed up differ most; about 0.1 is taken to be small (Austin 2009).
fn attrition(input: &Input<'_>, language: Language) -> Vec<String> {
    const SMALL: f64 = 0.1;
    let of = input.analyses.iter().flat_map(|analysis| &analysis.cleared);
    let differences = of.filter(|one| one.statistic() == &SMD);
    let shown = differences.filter_map(|one| Some((one, Amount::of(one)?)));
    let Some((most, value)) =
        shown.reduce(|best, one| if one.1.value.abs() > best.1.value.abs() { one } else { best })
    else {
        return Vec::new();
    };
    let label = input.labels.variable(most.variable());
    let term = if most.term() == WHOLE {
        label
    } else {
        let code = input.labels.code(most.variable(), most.term());
        words::each(|language| format!("{}: {}", label.get(language), code.get(language)))
    };
    let with =
        [("term", quoted(language, &term)), ("smd", number::amount(&value, Format::Signed(2), language))];
    // One that is not shown may be larger.
    let mut all = input.everyone().filter(|one| one.statistic() == &SMD);
    let hidden = all.any(|one| matches!(one.shown(), Shown::Suppressed));
    let key = match (value.value.abs() < SMALL, hidden) {
        (true, false) => "read.lost_alike",
        (true, true) => "read.lost_alike_partly",
        (false, false) => "read.lost_differ",
        (false, true) => "read.lost_differ_partly",
    };
    vec![words::say(language, key, &with)]
}

/// On what those lost and those followed up differ clearly: by the intervals of the model of being followed up, the largest standardised
/// differences first. `None` where an analysis is not of loss, or nothing of it is shown.
pub(in crate::report) fn lost(
    analysis: &AnalysisView<'_>,
    labels: &Labels,
    language: Language,
) -> Option<String> {
    /// Of more the table tells.
    const MOST: usize = 3;
    /// A standardised difference that is told although chance can give it.
    const NOT_SMALL: f64 = 0.2;
    let response = analysis
        .cleared
        .iter()
        .find(|one| one.kind() == Kind::Attrition && one.statistic() == &ODDS_RATIO)?;
    let wave = response.variable();
    let mut compared = 0;
    let mut hidden = false;
    let mut clear: Vec<(f64, String)> = Vec::new();
    // Of what is not clear, the largest standardised difference that is not small.
    let mut largest: Option<(f64, String)> = None;
    for term in analysis.terms(wave, &ODDS_RATIO).into_iter().filter(|term| *term != INTERCEPT) {
        let interval =
            analysis.interval((EVERYONE, wave), term, [&ODDS_RATIO_LOW, &ODDS_RATIO_HIGH], Format::Ratio);
        match interval.content {
            Content::Interval { low, high, .. } => {
                compared += 1;
                let (variable, code) = level_of(term);
                let (variable, code) = (Variable::from(variable), code.map_or(WHOLE.clone(), Term::code));
                let difference = analysis.find(EVERYONE, &variable, &code, &SMD).and_then(Cleared::value);
                let difference = difference.map_or(0.0, f64::abs);
                let is_clear = low > 1.0 || high < 1.0;
                if is_clear || difference >= largest.as_ref().map_or(NOT_SMALL, |(most, _)| *most) {
                    let said = apart(analysis, labels, language, (&variable, &code));
                    match is_clear {
                        true => clear.push((difference, said)),
                        false => largest = Some((difference, said)),
                    }
                }
            }
            Content::Suppressed => hidden = true,
            _ => {}
        }
    }
    if compared == 0 {
        return None;
    }
    clear.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let more = clear.len().saturating_sub(MOST);
    let mut parts: Vec<String> = clear.into_iter().take(MOST).map(|(_, said)| said).collect();
    if more > 0 {
        parts.push(words::say(language, "lost.more", &[("n", number::counted(more, language))]));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let with = [
        ("wave", labels.wave(wave).get(language).to_owned()),
        ("n", number::counted(compared, language)),
        ("terms", listed(language, &parts)),
    ];
    let mut said = words::say(language, if parts.is_empty() { "lost.alike" } else { "lost.differ" }, &with);
    if let (true, Some((_, term))) = (parts.is_empty(), largest) {
        said = format!("{said} {}", words::say(language, "lost.largest", &[("term", term)]));
    }
    Some(if hidden { of_shown(language, &said) } else { said })
}

/// What one of them is like, with the numbers of both where these are shown: `“Age” (mean 34.3 among those lost, 36.5 among the others)`.
fn apart(
    analysis: &AnalysisView<'_>,
    labels: &Labels,
    language: Language,
    (variable, code): (&Variable, &Term),
) -> String {
    let at = (EVERYONE, variable);
    let (key, names, format) = if code == WHOLE {
        let decimals = analysis.decimals(at, &SD_FOLLOWED);
        ("lost.mean", [&MEAN_LOST, &MEAN_FOLLOWED], Format::Decimal(decimals))
    } else {
        ("lost.share", [&SHARE_LOST, &SHARE_FOLLOWED], Format::Percent(0))
    };
    let label = labels.variable(variable);
    let is_yes = |item: &Item| is_yes_or_no(item) && Term::code(item.codes[1].code) == *code;
    let term = if code == WHOLE || labels.item(variable).is_some_and(is_yes) {
        label
    } else {
        let code = labels.code(variable, code);
        words::each(|language| format!("{}: {}", label.get(language), code.get(language)))
    };
    let term = quoted(language, &term);
    let [lost, followed] = names.map(|name| analysis.cell(at, code, name, format));
    match (&lost.content, &followed.content) {
        (Content::Number { .. }, Content::Number { .. }) => {
            let [lost, followed] = [lost, followed].map(|cell| number::marked(&cell, language));
            words::say(language, key, &[("term", term), ("lost", lost), ("followed", followed)])
        }
        _ => term,
    }
}
