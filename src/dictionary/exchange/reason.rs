//! Why an answer is missing, in the words of files.

use crate::dictionary::Reason;

/// Why an answer is missing that a file labels so; whether the label says it, or it is a guess.
pub fn reason(label: &str) -> (Reason, bool) {
    let label = label.trim().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if has(&["refus", "declin", "prefer not", "ønsker ikke", "vil ikke", "nekte"]) {
        (Reason::Refused, false)
    } else if has(&[
        "not applicable",
        "inapplicable",
        "ikke aktuel",
        "ikkje aktuel",
        "ikke relevant",
        "n/a",
        "inap",
    ]) {
        (Reason::NotApplicable, false)
    } else if has(&["not asked", "ikke spurt", "ikkje spurd", "skip", "not administered", "not put"]) {
        (Reason::NotAsked, false)
    } else if has(&[
        "don't know",
        "dont know",
        "don’t know",
        "do not know",
        "vet ikke",
        "veit ikkje",
        "unknown",
        "ukjent",
        "unsure",
        "usikker",
        "dk",
    ]) {
        (Reason::Unknown, false)
    } else if has(&[
        "no answer",
        "not answered",
        "ubesvart",
        "ikke svart",
        "ikkje svart",
        "missing",
        "mangler",
        "blank",
    ]) {
        (Reason::Blank, false)
    } else {
        (Reason::Unknown, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_why() {
        assert_eq!(reason("Vet ikke"), (Reason::Unknown, false));
        assert_eq!(reason("Refused to answer"), (Reason::Refused, false));
        assert_eq!(reason("-1"), (Reason::Unknown, true));
    }
}
