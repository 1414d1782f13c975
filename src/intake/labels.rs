//! Compares the value labels of a file with the dictionary.

use super::Request;
use super::checks::FILE_LABELS;
use super::finding::Findings;
use super::header::{Header, Role};
use crate::dictionary;
use crate::read::{Code, Column};

/// Holds what the file says of its codes against the dictionary: a label at another code, an answer that the file declares missing.
pub(super) fn labels_agree(
    header: &Header,
    columns: &[Column],
    request: &Request<'_>,
    findings: &mut Findings<'_>,
) {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    for item in request.instrument.items.iter().filter(|item| item.is_coded() && item.part_of.is_none()) {
        let Some(column) = header.place(&Role::Item(item.name.clone())).map(|at| &columns[at]) else {
            continue;
        };
        let labelled = |label: &str| {
            let same =
                |code: &&dictionary::Code| code.label.written().any(|known| plain(known) == plain(label));
            let mut codes = item.codes.iter().filter(same).map(|code| code.code);
            // A label that several codes have says nothing of any.
            codes.next().filter(|_| codes.next().is_none())
        };
        let other = column.labels.iter().find_map(|(code, label)| match (code, labelled(label)) {
            (Code::Number(found), Some(known)) if *found != known as f64 && !column.missing.holds(*found) => {
                Some((label, *found, known))
            }
            _ => None,
        });
        if let Some((label, found, known)) = other {
            let message = format!(
                "the file has the label {label:?} at the code {found}, the dictionary at {known}; expected one code list (written = [\"{found}\"] at the code reads the file's)"
            );
            findings.add(FILE_LABELS, None, Some(&item.name), message);
        }
        if let Some(code) = item.codes.iter().find(|code| column.missing.holds(code.code as f64)) {
            let message = format!(
                "the file declares the code {} missing, the dictionary has it as an answer; expected them to agree",
                code.code
            );
            findings.add(FILE_LABELS, None, Some(&item.name), message);
        }
    }
}
