//! What the command line adds to a file: codes and letters of missing answers, and which answers have an order.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::kept::in_language;
use super::{Imported, Loss, Reading};
use crate::dictionary::{Code, Item, ItemType, MissingCode, Reason};

/// Names of items; `*` stands for any letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names(glob::Pattern);

impl Names {
    pub fn hold(&self, item: &Item) -> bool {
        let same = glob::MatchOptions { case_sensitive: false, ..glob::MatchOptions::new() };
        self.0.matches_with(&item.name, same) || self.0.matches_with(&item.column, same)
    }
}

impl FromStr for Names {
    type Err = String;

    fn from_str(text: &str) -> Result<Names, String> {
        match glob::Pattern::new(text.trim()) {
            Ok(pattern) if !text.trim().is_empty() => Ok(Names(pattern)),
            _ => Err("expected the name of an item, in which `*` stands for any letters".to_owned()),
        }
    }
}

/// A code, or letters, of a missing answer: `99=unknown`, `UNK=unknown:cesd*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingSaid {
    /// As files write it.
    pub written: String,
    pub reason: Reason,
    /// Every item, if not given.
    pub items: Option<Names>,
}

impl MissingSaid {
    /// The code; letters have none.
    pub fn code(&self) -> Option<i64> {
        self.written.parse().ok()
    }

    fn is(&self, code: i64, written: &[String]) -> bool {
        let spelled = written.iter().any(|known| known.eq_ignore_ascii_case(&self.written));
        spelled || written.is_empty() && self.code() == Some(code)
    }
}

impl FromStr for MissingSaid {
    type Err = String;

    fn from_str(text: &str) -> Result<MissingSaid, String> {
        let wrong = || {
            let known = Reason::ALL.map(Reason::name).join(", ");
            format!(
                "expected a code or letters and a reason, as in 99=unknown, UNK=unknown or 99=unknown:cesd*; reasons are {known}"
            )
        };
        let (written, rest) = text.split_once('=').ok_or_else(wrong)?;
        let (name, items) = match rest.split_once(':') {
            Some((name, items)) => (name, Some(items.parse()?)),
            None => (rest, None),
        };
        let reason = Reason::ALL.into_iter().find(|reason| reason.name() == name.trim()).ok_or_else(wrong)?;
        match written.trim() {
            "" => Err(wrong()),
            written => Ok(MissingSaid { written: written.to_owned(), reason, items }),
        }
    }
}

impl Reading {
    /// Why an answer is missing that an item's list has, where that was said of this item.
    pub(super) fn reason(&self, item: &Item, code: i64, written: &[String]) -> Option<Reason> {
        let said =
            self.missing.iter().filter(|said| said.items.as_ref().is_none_or(|items| items.hold(item)));
        // What is said of some items goes before what is said of all.
        let mut found: Vec<&MissingSaid> = said.filter(|said| said.is(code, written)).collect();
        found.sort_by_key(|said| said.items.is_none());
        found.first().map(|said| said.reason)
    }
}

impl Imported {
    /// Gives the items what was said of them. `lists` says that the file lists every code that stands for a missing answer, so
    /// that a code is given to an item that does not list it only where the item is named.
    pub fn take(&mut self, reading: &Reading, lists: bool) {
        // Numbers first, so that letters get what is free.
        let (numbers, letters): (Vec<&MissingSaid>, Vec<&MissingSaid>) =
            reading.missing.iter().partition(|said| said.code().is_some());
        for said in numbers.into_iter().chain(letters) {
            let mut used = false;
            let items = self.instruments.iter_mut().flat_map(|instrument| &mut instrument.items);
            for item in items.filter(|item| said.items.as_ref().is_none_or(|items| items.hold(item))) {
                used = true;
                if let Some(loss) = missing(item, said, reading, lists) {
                    self.losses.push(loss);
                }
            }
            if !used && said.items.is_some() {
                self.losses.push(Loss::new(
                    "",
                    format!(
                        "--missing {}: no item has this name, so it changed nothing; check the spelling",
                        said.written
                    ),
                ));
            }
        }
        for names in &reading.ordinal {
            let mut used = false;
            let items = self.instruments.iter_mut().flat_map(|instrument| &mut instrument.items);
            for item in items.filter(|item| names.hold(item)) {
                used = true;
                if item.kind == ItemType::Nominal {
                    item.kind = ItemType::Ordinal;
                    let field = (item.name.clone(), item.column.clone());
                    self.losses.retain(|loss| {
                        !((loss.field == field.0 || loss.field == field.1) && loss.what.contains("nominal"))
                    });
                }
            }
            if !used {
                self.losses.push(Loss::new(
                    "",
                    format!(
                        "--ordinal {}: no item has this name, so it changed nothing; check the spelling",
                        names.0
                    ),
                ));
            }
        }
    }
}

/// Gives an item a missing code; what keeps it from that.
fn missing(item: &mut Item, said: &MissingSaid, reading: &Reading, lists: bool) -> Option<Loss> {
    let listed = |code: &Code| said.is(code.code, &code.written);
    if item.missing.iter().any(|missing| said.is(missing.code, &missing.written)) {
        return None;
    }
    if let Some(at) = item.codes.iter().position(listed) {
        let code = item.codes.remove(at);
        item.missing.push(MissingCode {
            code: code.code,
            reason: said.reason,
            label: code.label,
            written: code.written,
        });
        if item.kind == ItemType::Binary || item.codes.len() == 2 && item.kind == ItemType::Nominal {
            item.kind = if item.codes.len() == 2 { ItemType::Binary } else { ItemType::Nominal };
        }
        return None;
    }
    let taken: BTreeSet<i64> = item
        .codes
        .iter()
        .map(|code| code.code)
        .chain(item.missing.iter().map(|missing| missing.code))
        .collect();
    // A ticked box of REDCap's is 0 or 1.
    let box_or_listed = item.column.contains("___") || lists && said.code().is_some();
    if box_or_listed && said.items.is_none() {
        return None;
    }
    let (code, written) = match said.code() {
        Some(code) if taken.contains(&code) => {
            let why = format!(
                "{code} is how the file's letters are numbered and cannot stand for a missing answer"
            );
            return Some(Loss::new(&item.name, why));
        }
        Some(code) => (code, Vec::new()),
        None => {
            let free =
                (1..).map(|number: i64| -number).find(|number| !taken.contains(number)).unwrap_or(i64::MIN);
            (free, vec![said.written.clone()])
        }
    };
    let within = item.range.is_some_and(|[least, greatest]| (least..=greatest).contains(&(code as f64)));
    if within && written.is_empty() && said.items.is_none() {
        return Some(Loss::new(
            &item.name,
            format!(
                "{code} lies within the range and is not taken for a missing answer; where it is one, say --missing {code}={}:ITEM",
                said.reason.name()
            ),
        ));
    }
    let label =
        in_language(reading.language, if written.is_empty() { said.reason.name() } else { &said.written });
    item.missing.push(MissingCode { code, reason: said.reason, label, written });
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_answers_are_said_by_code_or_letters() {
        let said: MissingSaid = "UNK = unknown:cesd*".parse().unwrap();
        assert_eq!((said.written.as_str(), said.reason, said.code()), ("UNK", Reason::Unknown, None));
        assert!(said.items.is_some());
        let said: MissingSaid = "-9=refused".parse().unwrap();
        assert_eq!((said.code(), said.items), (Some(-9), None));
        for wrong in ["99", "99=because", "=unknown", "99=unknown:"] {
            assert!(wrong.parse::<MissingSaid>().is_err(), "{wrong}");
        }
    }
}
