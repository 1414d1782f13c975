//! Answer scales that several items share.

use std::collections::{BTreeMap, BTreeSet};

use super::item::Drafted;
use super::meta::answer;
use crate::dictionary::exchange::name;
use crate::dictionary::{Code, ItemType, Language, MissingCode};

/// A shared answer scale.
#[derive(Debug, Clone)]
pub struct Scale {
    pub name: String,
    pub kind: ItemType,
    pub codes: Vec<Code>,
    pub missing: Vec<MissingCode>,
    pub guesses: Vec<String>,
}

/// So many items make a scale that is written once.
const SHARED: usize = 2;

/// Gives items without labels the steps of their scale, and takes out what several items share.
pub fn scales(items: &mut [Drafted], language: Language) -> Vec<Scale> {
    steps(items, language);
    share(items, language)
}

/// The letters before the number at the end: `cesd12` → `cesd`.
fn stem(name: &str) -> &str {
    name.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches('_')
}

/// Items whose numbers are the steps of a scale: those of one name and another number, or with the same steps.
fn steps(items: &mut [Drafted], language: Language) {
    let mut stems: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, drafted) in items.iter().enumerate() {
        let name = &drafted.item.name;
        // Two answers of a scale that others have more of.
        let two =
            drafted.item.kind == ItemType::Binary && drafted.item.codes.iter().all(|code| code.code <= 10);
        let unlabelled = drafted.scale.is_some()
            || two && drafted.guesses.iter().any(|guess| guess.contains("without labels"));
        if unlabelled && stem(name).len() < name.len() && !stem(name).is_empty() {
            stems.entry(stem(name).to_owned()).or_default().push(place);
        }
    }
    for places in stems.into_values() {
        if !places.iter().any(|place| items[*place].scale.is_some()) {
            continue;
        }
        let found: BTreeSet<i64> = places.iter().flat_map(|place| numbers(&items[*place])).collect();
        if places.len() >= SHARED && (3..=11).contains(&found.len()) {
            places.iter().for_each(|place| ordinal(&mut items[*place], &found, language));
        }
    }
    let mut alike: BTreeMap<Vec<i64>, Vec<usize>> = BTreeMap::new();
    for (place, drafted) in items.iter().enumerate() {
        if let Some(scale) = drafted.scale.as_ref().filter(|_| drafted.item.kind == ItemType::Integer) {
            alike.entry(scale.clone()).or_default().push(place);
        }
    }
    for (scale, places) in alike.into_iter().filter(|(_, places)| places.len() >= SHARED) {
        let found: BTreeSet<i64> = scale.into_iter().collect();
        places.iter().for_each(|place| ordinal(&mut items[*place], &found, language));
    }
}

fn numbers(drafted: &Drafted) -> Vec<i64> {
    match &drafted.scale {
        Some(scale) => scale.clone(),
        None => drafted.item.codes.iter().map(|code| code.code).collect(),
    }
}

fn ordinal(drafted: &mut Drafted, found: &BTreeSet<i64>, language: Language) {
    let (Some(least), Some(greatest)) = (found.first(), found.last()) else { return };
    let item = &mut drafted.item;
    item.kind = ItemType::Ordinal;
    item.range = None;
    item.missing.retain(|missing| !(*least..=*greatest).contains(&missing.code));
    item.codes = (*least..=*greatest).map(|code| answer(code, "", language)).collect();
    drafted.scale = None;
    drafted.guesses.retain(|guess| !guess.contains("rounded outward") && !guess.contains("without labels"));
    drafted.guesses.push(
        "few whole numbers that other items have too: an answer scale; say what the codes mean".to_owned(),
    );
}

fn share(items: &mut [Drafted], language: Language) -> Vec<Scale> {
    let mut scales: Vec<(Scale, Vec<usize>)> = Vec::new();
    for (place, drafted) in items.iter().enumerate() {
        let item = &drafted.item;
        if !item.is_coded() || item.codes.len() < 2 {
            continue;
        }
        let same = |scale: &Scale| {
            scale.kind == item.kind && scale.codes == item.codes && scale.missing == item.missing
        };
        match scales.iter_mut().find(|(scale, _)| same(scale)) {
            Some((_, places)) => places.push(place),
            None => scales.push((
                Scale {
                    name: String::new(),
                    kind: item.kind,
                    codes: item.codes.clone(),
                    missing: item.missing.clone(),
                    guesses: drafted.guesses.clone(),
                },
                vec![place],
            )),
        }
    }
    let mut taken = BTreeSet::new();
    let mut made = Vec::new();
    for (mut scale, places) in scales.into_iter().filter(|(_, places)| places.len() >= SHARED) {
        scale.name = name::unique(called(&scale, &places, items, language), &mut taken);
        // What was guessed of all of them is said once.
        scale.guesses.retain(|guess| places.iter().all(|place| items[*place].guesses.contains(guess)));
        for place in places {
            items[place].shared = Some(made.len());
            items[place].guesses.retain(|guess| !scale.guesses.contains(guess));
        }
        made.push(scale);
    }
    made
}

/// What a scale is called: what the names of its items begin with, or its two answers, or what the items' labels begin with.
fn called(scale: &Scale, places: &[usize], items: &[Drafted], language: Language) -> String {
    let items = || places.iter().map(|place| &items[*place].item);
    let names: Vec<&str> = items().map(|item| item.name.as_str()).collect();
    let labels: Vec<&str> = items().map(|item| item.label.get(language)).collect();
    let answers: Vec<String> = scale.codes.iter().map(|code| word(code.label.get(language))).collect();
    let two = match answers.as_slice() {
        [one, other] if one.len() + other.len() <= 24 => Some(format!("{one}_{other}")),
        _ => None,
    };
    common(&names).or(two).or_else(|| common(&labels)).unwrap_or_else(|| "scale".to_owned())
}

/// In small letters, with `_` between words.
fn word(text: &str) -> String {
    let letters = text.to_lowercase();
    let parts = letters.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("_")
}

/// What texts begin with, where that is more than a letter and ends with a word or before a number.
fn common(texts: &[&str]) -> Option<String> {
    let first = texts.first().copied().unwrap_or_default();
    let shared = first
        .char_indices()
        .map(|(at, letter)| at + letter.len_utf8())
        .take_while(|end| texts.iter().all(|text| text.starts_with(&first[..*end])))
        .last()
        .unwrap_or(0);
    // `Har du bolig` and `Har du barn` share no `b`.
    let whole = texts.iter().all(|text| !text[shared..].starts_with(char::is_alphabetic));
    let shared = match whole {
        true => &first[..shared],
        false => {
            let cut = first[..shared].rfind(|letter: char| !letter.is_alphabetic());
            cut.map_or(first.get(..shared).filter(|_| !first.contains(' ')).unwrap_or_default(), |at| {
                &first[..at]
            })
        }
    };
    let shared = word(shared.trim_end_matches(|letter: char| !letter.is_alphabetic()));
    (2..=24).contains(&shared.chars().count()).then_some(shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_called_by_what_its_items_share() {
        for (texts, found) in [
            (&["Psyk1", "Psyk10", "Psyk2"][..], Some("psyk")),
            (&["cesd_1", "cesd_2"], Some("cesd")),
            (&["WHO-5: glad", "WHO-5: calm"], Some("who")),
            (&["Bolig", "Sproyte"], None),
            (&["Har du bolig nå?", "Har du barn?"], Some("har_du")),
            (&["q1", "q2"], None),
            (&["moodsad", "moodglad"], Some("mood")),
        ] {
            assert_eq!(common(texts).as_deref(), found, "{texts:?}");
        }
    }
}
