//! For which group change was largest: only where an interval tells the groups apart.

use super::{Answer, More, Point, by_chance};
use crate::dictionary::Language;
use crate::estimate::Variable;
use crate::report::association::quoted;
use crate::report::origin::listed;
use crate::report::{Contrast, Page};
use crate::table::layout::Scale;
use crate::table::{Cell, number};

/// So many clear contrasts are told one by one; of more, the tables tell.
const MOST: usize = 12;

pub(super) fn answer(page: &Page<'_>) -> Option<Answer> {
    let contrasts = &page.contrasts;
    if contrasts.all() == 0 {
        return None;
    }
    let language = page.language;
    let count = |n: usize| number::counted(n, language);
    let clear: Vec<&Contrast> = contrasts.shown.iter().filter(|contrast| contrast.clear).collect();
    let counts = [("n", count(contrasts.shown.len())), ("clear", count(clear.len()))];
    let key = match (contrasts.shown.len(), clear.len()) {
        (0, _) => "brief.groups_hidden_all",
        (_, 0) => "brief.groups_alike",
        _ => "brief.groups_differ",
    };
    let mut paragraph = vec![page.say(key, &counts)];
    let compared = compared(page);
    if !compared.is_empty() {
        let compared: Vec<&str> = compared.iter().map(String::as_str).collect();
        paragraph.insert(0, page.say("brief.groups_by", &[("by", listed(language, &compared))]));
    }
    if clear.is_empty() && !contrasts.shown.is_empty() {
        paragraph.push(page.say("brief.groups_not_alike", &[]));
    }
    if let Some(chance) = by_chance(contrasts.shown.len(), contrasts.shown.first().and_then(|one| one.level))
        && !clear.is_empty()
    {
        paragraph.push(page.say("brief.groups_chance", &[("chance", count(chance))]));
    }
    let mut answer = Answer::new("brief.groups", vec![paragraph.join(" ")]);
    answer.points = clear.iter().take(MOST).map(|contrast| differ(page, contrast)).collect();
    answer.points.extend(unclear(page));
    if clear.len() > MOST {
        let said = page.say("brief.groups_more", &[("n", count(clear.len() - MOST))]);
        answer.more = Some(More { said, section: "tables" });
    }
    if !clear.is_empty() {
        answer.after.push(page.say("brief.groups_independent", &[]));
    }
    let all = ("all", count(contrasts.all()));
    for (key, n) in [("brief.groups_hidden", contrasts.hidden), ("brief.groups_few", contrasts.too_few)] {
        if n > 0 && n < contrasts.all() {
            answer.after.push(page.say(key, &[("n", count(n)), all.clone()]));
        }
    }
    Some(answer)
}

/// The measures of which no comparison is clear, where some of others are.
fn unclear(page: &Page<'_>) -> Option<Point> {
    let shown = &page.contrasts.shown;
    let is_clear = |variable: &Variable| shown.iter().any(|one| one.clear && one.variable == *variable);
    let mut names: Vec<String> = Vec::new();
    for contrast in shown.iter().filter(|one| !is_clear(&one.variable)) {
        let name = page.report.labels.variable(&contrast.variable).get(page.language).to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let some = !names.is_empty() && shown.iter().any(|one| one.clear);
    some.then(|| Point::new(&page.say("brief.groups_unclear", &[]), format!("{}.", names.join("; "))))
}

/// What the groups are of, each with its levels: `“Group” (Clinic and Control)`.
fn compared(page: &Page<'_>) -> Vec<String> {
    let language = page.language;
    let mut by: Vec<(String, Vec<String>)> = Vec::new();
    for contrast in &page.contrasts.shown {
        let name = quoted(language, &contrast.by);
        let place = by.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            by.push((name, Vec::new()));
            by.len() - 1
        });
        for level in contrast.levels.iter().map(|level| level.get(language).to_owned()) {
            if !by[place].1.contains(&level) {
                by[place].1.push(level);
            }
        }
    }
    let said = |(name, levels): (String, Vec<String>)| {
        let levels: Vec<&str> = levels.iter().map(String::as_str).collect();
        format!("{name} ({})", listed(language, &levels))
    };
    by.into_iter().map(said).collect()
}

fn differ(page: &Page<'_>, contrast: &Contrast) -> Point {
    let language: Language = page.language;
    let key = if contrast.directed { "brief.group_better" } else { "brief.group_more" };
    let [first, second] = &contrast.groups;
    let change = |cell: &Cell| {
        let change = number::marked(cell, language);
        match contrast.scale {
            Scale::Binary => page.say("brief.points", &[("change", change)]),
            Scale::Ordinal | Scale::Numeric => change,
        }
    };
    let [change_first, change_second] = contrast.changes.each_ref().map(change);
    let with = [
        ("first", quoted(language, first)),
        ("change_first", change_first),
        ("second", quoted(language, second)),
        ("change_second", change_second),
    ];
    let labels = page.report.labels;
    let waves = labels.waves(&contrast.variable);
    // The waves are told where they are not the same for all.
    let label = match page.contrasts.shown.iter().all(|other| labels.waves(&other.variable) == waves) {
        true => labels.variable(&contrast.variable),
        false => labels.variable_at(&contrast.variable),
    };
    Point::new(label.get(language), page.say(key, &with))
}
