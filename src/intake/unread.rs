//! Findings that need a whole file: items with too many unread answers, forms without an earlier form, signs that may mean
//! something else.

use super::checks::{THOUSANDS, TRIAL_ID, UNREAD};
use super::finding::Findings;
use super::{File, FileReport, Request};

/// How many of an item's cells say something, and how many of those could not be read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Unread {
    pub filled: u64,
    pub unread: u64,
    /// Of decimal numbers in text, those with a decimal sign, and those whose sign may set off thousands: the same as long as all
    /// may, and unlike from then on.
    pub with_sign: u64,
    pub grouped: u64,
}

impl Unread {
    pub fn add(&mut self, other: Unread) {
        self.filled += other.filled;
        self.unread += other.unread;
        self.with_sign += other.with_sign;
        self.grouped += other.grouped;
    }
}

/// Tells what the counts of a file, once it is read through, say of it: `nobody` are answered forms without an id.
pub(super) fn of_file(
    request: &Request<'_>,
    file: &File<'_>,
    report: &FileReport,
    (nobody, unread): (u64, &[Unread]),
    findings: &mut Findings<'_>,
) {
    let forms = report.rows_read - report.rows_blank;
    let trials: u64 =
        findings.so_far().filter(|found| found.check == TRIAL_ID.id).map(|found| found.count).sum();
    // Where most ids are such words, they are how ids are written there.
    if 2 * trials > forms {
        findings.take_back(TRIAL_ID);
    }
    let limit = request.on_finding.limits.unread;
    if limit < 1.0 && nobody as f64 > limit * forms as f64 {
        let message = format!(
            "{nobody} of {forms} rows with answers have no id in the column {:?}, more than the limit of {:.0} %: whose forms are they?",
            file.source.respondent.column,
            100.0 * limit
        );
        findings.add(UNREAD, None, None, message);
    }
    for (item, unread) in request.instrument.items.iter().zip(unread) {
        findings.of_answers(&item.name, unread.filled);
        if unread.grouped >= DOUBTFUL && unread.grouped == unread.with_sign {
            let found = perhaps_thousands(unread.grouped, file.source.format.decimal);
            findings.add(THOUSANDS, None, Some(&item.name), found);
        }
        if let Some(message) = too_many(&item.name, unread, request.on_finding.limits.unread, findings) {
            findings.add(UNREAD, None, Some(&item.name), message);
        }
    }
}

/// So many numbers of which each has three digits after its decimal sign are no accident.
const DOUBTFUL: u64 = 3;

/// What there is to say of them.
fn perhaps_thousands(numbers: u64, sign: char) -> String {
    let other = if sign == '.' { ',' } else { '.' };
    format!(
        "all {numbers} numbers with a {:?} have three digits after it; expected decimals, or is it a thousands sign? (format = {{ thousands = {:?}, decimal = {:?} }} reads 1{sign}250 as 1250, decimal = {:?} says that it sets off decimals)",
        sign.to_string(),
        sign.to_string(),
        other.to_string(),
        sign.to_string()
    )
}

/// What there is to say of an item of which too many answers could not be read, with the commonest cause.
fn too_many(item: &str, unread: &Unread, limit: f64, findings: &Findings<'_>) -> Option<String> {
    let Unread { filled, unread, .. } = *unread;
    if unread == 0 || limit >= 1.0 || (unread < filled && unread as f64 <= limit * filled as f64) {
        return None;
    }
    let of_item = findings.so_far().filter(|found| found.item.as_deref() == Some(item));
    let cause = of_item
        .filter(|found| ["type", "unlisted_code"].contains(&found.check))
        .max_by_key(|found| found.count)
        .map_or_else(String::new, |found| format!(": {} times {}", found.count, found.message));
    let share = 100.0 * unread as f64 / filled as f64;
    Some(format!(
        "{unread} of {filled} answers ({share:.0} %) could not be read, more than the limit of {:.0} %{cause}",
        100.0 * limit
    ))
}
