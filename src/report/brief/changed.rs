//! What changed, a line a measure from the first wave to the last, the largest changes first.

use super::measure::Measure;
use super::primary::is_primary;
use super::{Answer, More, Point};
use crate::report::Page;
use crate::report::finding::Verdict;
use crate::report::reading::{lower, verdicts};
use crate::report::size::Size;
use crate::table::number;

/// So many clear changes are told one by one; of more, the section of all changes tells.
const MOST: usize = 8;

pub(super) fn answer(page: &Page<'_>, measures: &[Measure<'_>]) -> Answer {
    let language = page.language;
    let Some(counted) = verdicts(language, measures.iter().map(|measure| measure.longest.verdict)) else {
        return Answer::new("brief.changed", vec![page.say("summary.none", &[])]);
    };
    let n = number::counted(measures.len(), language);
    let mut paragraph = page.say("brief.tally", &[("n", n), ("verdicts", counted)]);
    let others: Vec<&Measure<'_>> = measures.iter().filter(|measure| !is_primary(page, measure)).collect();
    if others.len() < measures.len() && !others.is_empty() {
        paragraph = format!("{paragraph} {}", page.say("brief.besides", &[]));
    }
    let mut answer = Answer::new("brief.changed", vec![paragraph]);
    let mut clear: Vec<&Measure<'_>> =
        others.iter().filter(|measure| measure.longest.verdict.is_clear()).copied().collect();
    let size = |measure: &Measure<'_>| measure.longest.standardised.map_or(0.0, f64::abs);
    clear.sort_by(|a, b| a.longest.verdict.cmp(&b.longest.verdict).then_with(|| size(b).total_cmp(&size(a))));
    answer.points = clear.iter().take(MOST).map(|measure| point(page, measure)).collect();
    let rest = Verdict::ALL.into_iter().filter(|verdict| !verdict.is_clear());
    answer.points.extend(rest.filter_map(|verdict| named(page, verdict, &others)));
    let of_all: Vec<&Measure<'_>> =
        measures.iter().filter(|measure| measure.longest.verdict.is_clear()).collect();
    match of_all.iter().any(|measure| measure.longest.size.is_some()) {
        true if of_all.iter().all(|measure| measure.longest.size == Some(Size::VerySmall)) => {
            answer.after.push(page.say("brief.all_very_small", &[]));
        }
        true => answer.after.push(page.say("brief.conventions", &[])),
        false => {}
    }
    let more = clear.len().saturating_sub(MOST);
    let more = number::counted(more, language);
    let key = if clear.len() > MOST { "brief.changed_more" } else { "brief.changed_all" };
    answer.more = Some(More { said: page.say(key, &[("n", more)]), section: "changes" });
    answer
}

/// `better: from 32.2 to 43.2 on a scale from 0 to 100 (change +11.0; 95% CI +9.1 to +12.8). Large change.`
fn point(page: &Page<'_>, measure: &Measure<'_>) -> Point {
    let longest = measure.longest;
    let verdict = lower(&page.say(longest.verdict.key(), &[]));
    let size = longest.size.map(|size| super::upper(&format!("{}.", size.change(page.language))));
    let numbers = format!("{verdict}: {}.", longest.in_short.get(page.language));
    let said =
        [Some(numbers), size, since(page, measure)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Point::new(page.report.labels.variable(measure.name).get(page.language), said)
}

/// Since when a clear change has been clear, where it was before the last wave.
pub(super) fn since(page: &Page<'_>, measure: &Measure<'_>) -> Option<String> {
    let wave = measure.since().filter(|_| measure.longest.verdict.is_clear())?;
    let wave = page.report.labels.wave(wave).get(page.language).to_owned();
    Some(page.say("brief.since", &[("wave", wave)]))
}

/// All measures of a verdict that is not a clear one, so that each area is found on the first page.
fn named(page: &Page<'_>, verdict: Verdict, measures: &[&Measure<'_>]) -> Option<Point> {
    let of = measures.iter().filter(|measure| measure.longest.verdict == verdict);
    let name =
        |measure: &&Measure<'_>| page.report.labels.variable(measure.name).get(page.language).to_owned();
    let names: Vec<String> = of.map(name).collect();
    (!names.is_empty()).then(|| Point::new(&page.say(verdict.key(), &[]), format!("{}.", names.join("; "))))
}
