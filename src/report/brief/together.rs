//! What goes with what: how many terms of the regressions go clearly with their outcome, and which.

use super::{Answer, More, Point, by_chance};
use crate::report::Page;
use crate::report::association::{Association, Clear, quoted};
use crate::table::number;

/// So many regressions are told one by one; of more, the section of associations tells.
const MOST: usize = 8;

pub(super) fn answer(page: &Page<'_>) -> Option<Answer> {
    let told = &page.associations;
    if told.is_empty() {
        return None;
    }
    let count = |n: usize| number::counted(n, page.language);
    let compared: usize = told.iter().map(|one| one.compared).sum();
    let clear: usize = told.iter().map(|one| one.clear.len()).sum();
    let with = [("models", count(told.len())), ("clear", count(clear)), ("compared", count(compared))];
    let key = if clear > 0 { "brief.regressions" } else { "brief.regressions_unclear" };
    let mut said = page.say(key, &with);
    if let Some(chance) = by_chance(compared, told.iter().find_map(|one| one.level)) {
        let with = [("n", count(compared)), ("chance", count(chance))];
        said = format!("{said} {}", page.say("brief.chance_associations", &with));
    }
    let mut answer = Answer::new("brief.together", vec![said]);
    let is_primary = |one: &&Association| page.report.primary.contains(&one.analysis);
    let of: Vec<&Association> = told.iter().filter(|one| !is_primary(one) && !one.clear.is_empty()).collect();
    answer.points = of.iter().take(MOST).map(|one| named(page, one)).collect();
    let more = [("n", count(of.len().saturating_sub(MOST)))];
    let key = if of.len() > MOST { "brief.regressions_more" } else { "brief.regressions_all" };
    answer.more = Some(More { said: page.say(key, &more), section: "associations" });
    Some(answer)
}

/// `more common with “A”, higher “B”; less common with “C”.`
fn named(page: &Page<'_>, one: &Association) -> Point {
    let name = |clear: &Clear| {
        let term = quoted(page.language, &clear.term);
        match clear.is_number {
            true => page.say("brief.higher", &[("term", term)]),
            false => term,
        }
    };
    let said =
        [(true, "brief.more_common"), (false, "brief.less_common")].into_iter().filter_map(|(more, key)| {
            let terms: Vec<String> = one.clear.iter().filter(|clear| clear.more == more).map(name).collect();
            (!terms.is_empty()).then(|| page.say(key, &[("terms", terms.join(", "))]))
        });
    let said = said.collect::<Vec<_>>().join("; ");
    Point::new(one.label.get(page.language), format!("{said}."))
}
