//! Codes of one item that have the same label.

use std::collections::BTreeMap;

use super::{Instrument, Item, Language, Text};

/// What is to be said of items with two codes of one label, at least one of them an answer: in tables they are two rows of one
/// name, and often one of them is a missing code. Items that share their codes are told together.
pub fn shared_labels(instrument: &Instrument) -> Vec<String> {
    // In the order of the instrument.
    let mut found: Vec<(String, Vec<i64>)> = Vec::new();
    let mut items: BTreeMap<(String, Vec<i64>), Vec<&str>> = BTreeMap::new();
    for item in &instrument.items {
        for shared in of_item(item) {
            if !found.contains(&shared) {
                found.push(shared.clone());
            }
            items.entry(shared).or_default().push(&item.name);
        }
    }
    let said = |shared: &(String, Vec<i64>)| {
        let (label, codes) = shared;
        let codes: Vec<String> = codes.iter().map(i64::to_string).collect();
        let names = items.get(shared).map(|names| listed(names)).unwrap_or_default();
        format!(
            "{}, {names}: the codes {} are {} \"{label}\", and tables show them apart under one name; give each a label of its own, or declare one of them in `missing`",
            instrument.id,
            listed(&codes.iter().map(String::as_str).collect::<Vec<_>>()),
            if codes.len() == 2 { "both" } else { "all" },
        )
    };
    found.iter().map(said).collect()
}

/// Whether two codes of an item, at least one of them an answer, have one label.
pub fn has_shared_label(item: &Item) -> bool {
    !of_item(item).is_empty()
}

/// Each label that several codes have, with the codes.
fn of_item(item: &Item) -> Vec<(String, Vec<i64>)> {
    let answers = item.codes.iter().map(|code| (code.code, &code.label, true));
    let missing = item.missing.iter().map(|missing| (missing.code, &missing.label, false));
    let mut found: Vec<(String, Vec<i64>)> = Vec::new();
    for language in Language::ALL {
        let mut labels: Vec<(String, &str, Vec<i64>, bool)> = Vec::new();
        for (code, label, is_answer) in answers.clone().chain(missing.clone()) {
            let Some(own) = own(label, language) else { continue };
            let same = own.trim().to_lowercase();
            match labels.iter_mut().find(|(known, ..)| *known == same) {
                Some((_, _, codes, answers)) => {
                    codes.push(code);
                    *answers |= is_answer;
                }
                None => labels.push((same, own.trim(), vec![code], is_answer)),
            }
        }
        for (_, label, codes, answers) in labels {
            if codes.len() > 1 && answers && found.iter().all(|(_, known)| *known != codes) {
                found.push((label.to_owned(), codes));
            }
        }
    }
    found
}

/// The label as it is written in a language.
fn own(label: &Text, language: Language) -> Option<&str> {
    let own = match language {
        Language::Nb => &label.nb,
        Language::Nn => &label.nn,
        Language::En => &label.en,
    };
    own.as_deref().filter(|own| !own.trim().is_empty())
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{Code, FormUnit, ItemType, MissingCode, Reason};

    fn item(name: &str, codes: &[(i64, &str)], missing: &[(i64, &str)]) -> Item {
        let text = |label: &str| Text { nb: Some(label.to_owned()), ..Text::default() };
        let codes =
            codes.iter().map(|(code, label)| Code { code: *code, label: text(label), written: Vec::new() });
        let missing = missing.iter().map(|(code, label)| MissingCode {
            code: *code,
            reason: Reason::Unknown,
            label: text(label),
            written: Vec::new(),
        });
        let bare = Item::bare(name, name, text(name), ItemType::Nominal);
        Item { codes: codes.collect(), missing: missing.collect(), ..bare }
    }

    fn said(items: Vec<Item>) -> Vec<String> {
        shared_labels(&Instrument {
            id: "form".to_owned(),
            title: Text::default(),
            unit: FormUnit::Respondent,
            source: String::new(),
            items,
            sets: Vec::new(),
        })
    }

    #[test]
    fn codes_of_one_label_are_told() {
        let two = [(1, "Ja"), (8, "Vet ikke"), (98, "vet ikke ")];
        let told = said(vec![item("a", &two, &[]), item("b", &two, &[])]);
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("form, a and b: the codes 8 and 98 are both \"Vet ikke\""), "{}", told[0]);
        let apart = said(vec![item("c", &[(1, "Ja"), (8, "Vet ikke")], &[(98, "Vet ikke")])]);
        assert!(apart[0].contains("c: the codes 8 and 98"), "{}", apart[0]);
        let three = said(vec![item("d", &[(1, "Ja"), (2, "Ja"), (3, "JA")], &[])]);
        assert!(three[0].contains("the codes 1, 2 and 3 are all \"Ja\""), "{}", three[0]);
    }

    #[test]
    fn labels_of_their_own_and_missing_codes_alone_are_not() {
        let missing = [(98, "Ubesvart"), (99, "Ubesvart")];
        assert!(said(vec![item("a", &[(1, "Ja"), (2, "Nei")], &missing)]).is_empty());
        assert!(said(vec![item("a", &[(1, "Ja"), (2, "Ja, ofte")], &[])]).is_empty());
    }
}
