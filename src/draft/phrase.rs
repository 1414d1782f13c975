//! Phrases that mean "no answer": `Vet ikke`, `Refused`.

use std::collections::BTreeSet;

use super::item::{Drafted, Seen};
use super::meta::free;
use super::profile::Value;
use crate::dictionary::exchange::kept::in_language;
use crate::dictionary::{Language, MissingCode, Reason};

const PHRASES: &[(&[&str], Reason)] = &[
    (
        &[
            "vet ikke",
            "veit ikkje",
            "veit ikke",
            "ukjent",
            "don't know",
            "dont know",
            "do not know",
            "unknown",
        ],
        Reason::Unknown,
    ),
    (
        &[
            "ønsker ikke å svare",
            "ønskjer ikkje å svare",
            "ønsker ikke svare",
            "vil ikke svare",
            "vil ikkje svare",
            "refused",
            "refused to answer",
            "prefer not to answer",
            "prefer not to say",
        ],
        Reason::Refused,
    ),
    (
        &[
            "ikke svar",
            "ikkje svar",
            "ikke svart",
            "ikkje svart",
            "ubesvart",
            "ikke besvart",
            "no answer",
            "not answered",
        ],
        Reason::Blank,
    ),
    (
        &[
            "ikke intervjuet",
            "ikkje intervjua",
            "ikke møtt",
            "ikkje møtt",
            "ikke spurt",
            "not interviewed",
            "not asked",
        ],
        Reason::NotAsked,
    ),
    (
        &["ikke aktuelt", "ikkje aktuelt", "ikke relevant", "ikkje relevant", "not applicable"],
        Reason::NotApplicable,
    ),
];

/// Why an answer is missing, where the whole text says that it is.
pub fn absent(text: &str) -> Option<Reason> {
    let text = text.trim().trim_end_matches('.').to_lowercase().replace('’', "'");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    PHRASES.iter().find(|(phrases, _)| phrases.contains(&text.as_str())).map(|(_, reason)| *reason)
}

/// Texts in the place of an answer, such as `Vet ikke`, become missing codes below zero; in how many cells they stand.
pub fn phrases(made: &mut Drafted, seen: &Seen<'_>, language: Language) -> u64 {
    let item = &mut made.item;
    let known = |text: &str| {
        let labelled = seen.meta.texts.iter().any(|(other, label)| other == text && absent(label).is_none());
        labelled || item.missing.iter().any(|missing| missing.written.iter().any(|other| other == text))
    };
    let labelled = seen.meta.texts.iter().map(|(text, label)| (text.as_str(), label.as_str(), 0));
    let found = seen.profile.values.iter().filter_map(|(value, count)| match value {
        Value::Text(text) => Some((&**text, &**text, *count)),
        Value::Whole(_) => None,
    });
    let found: Vec<(&str, &str, u64, Reason)> = labelled
        .chain(found)
        .filter(|(text, ..)| !known(text))
        .filter_map(|(text, label, count)| Some((text, label, count, absent(label)?)))
        .collect();
    let mut taken: BTreeSet<i64> = seen.meta.numbers.iter().map(|(code, _)| *code).collect();
    taken.extend(item.missing.iter().map(|missing| missing.code));
    taken.extend(seen.profile.suspects.keys());
    taken.extend(seen.profile.values.keys().filter_map(|value| match value {
        Value::Whole(number) => Some(*number),
        Value::Text(_) => None,
    }));
    let (mut cells, first) = (0, item.missing.len());
    for (text, label, count, reason) in found {
        cells += count;
        // `Vet ikke` and `vet ikke` are one.
        let same = |missing: &MissingCode| missing.label.get(language).to_lowercase() == label.to_lowercase();
        match item.missing[first..].iter_mut().find(|missing| same(missing)) {
            Some(missing)
                if missing.written.iter().any(|other| other.to_lowercase() == text.to_lowercase()) => {}
            Some(missing) => missing.written.push(text.to_owned()),
            None => {
                let code = free(&taken);
                taken.insert(code);
                let label = in_language(language, label);
                item.missing.push(MissingCode { code, reason, label, written: vec![text.to_owned()] });
            }
        }
    }
    let shown: Vec<&str> = item.missing[first..].iter().map(|missing| missing.label.get(language)).collect();
    if !shown.is_empty() {
        made.guesses.push(format!("no answer but a missing one: {}", shown.join(", ")));
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_phrase_is_no_answer() {
        for (text, found) in [
            ("VET IKKE", Some(Reason::Unknown)),
            ("Don’t know", Some(Reason::Unknown)),
            ("Ønsker ikke å svare", Some(Reason::Refused)),
            ("Ikkje svar", Some(Reason::Blank)),
            ("Ikke møtt", Some(Reason::NotAsked)),
            ("Jeg vet ikke hvor", None),
            ("Ikke", None),
        ] {
            assert_eq!(absent(text), found, "{text}");
        }
    }
}
