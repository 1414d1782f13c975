//! Every change, verdict by verdict, with how many became better, were unchanged and became worse.

use minijinja::{Value, context};

use super::finding::{Finding, Verdict, share_in_words, shares};
use super::{Page, ReportError, Section};
use crate::dictionary::Language;
use crate::table::{number, words};

/// The verdicts of each comparison, one by one.
pub(super) fn section(page: &Page<'_>) -> Result<Option<Section>, ReportError> {
    let language = page.language;
    let mut groups = Vec::new();
    for verdict in Verdict::ALL {
        let of: Vec<&Finding> = page.findings.iter().filter(|finding| finding.verdict == verdict).collect();
        if of.is_empty() {
            continue;
        }
        let told = |finding: &Finding| {
            let may = !matches!(verdict, Verdict::TooFew | Verdict::Suppressed);
            context! {
                label => finding.label.get(language),
                said => finding.said.get(language),
                bar => if may { bar(finding, language) } else { None },
            }
        };
        groups.push(context! {
            verdict => page.say(verdict.key(), &[]),
            count => number::counted(of.len(), language),
            class => verdict.key().trim_start_matches("summary."),
            findings => of.into_iter().map(told).collect::<Vec<_>>(),
        });
    }
    if groups.is_empty() {
        return Ok(None);
    }
    page.section("changes", context! { groups }).map(Some)
}

/// Shares better, unchanged, worse: in percent for the widths, and the same in words. `None` where one of them is not shown.
#[expect(clippy::float_arithmetic, reason = "widths")]
fn bar(finding: &Finding, language: Language) -> Option<Value> {
    let shares = shares(&finding.comparison)?;
    let comparison = &finding.comparison;
    let cells = [&comparison.improved, &comparison.unchanged, &comparison.worse];
    let [better, unchanged, worse] = cells.map(|cell| share_in_words(cell, language));
    let with = [("better", better), ("unchanged", unchanged), ("worse", worse)];
    let said = words::say(language, "summary.bar", &with);
    let [better, unchanged, worse] = shares.map(|share| format!("{:.1}", 100.0 * share));
    Some(context! { better, unchanged, worse, said })
}
