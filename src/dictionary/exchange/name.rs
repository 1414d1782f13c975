//! Names that both sides allow.

use std::collections::BTreeSet;

/// A name of REDCap: small letters a–z, digits and single underscores, beginning with a letter. Norwegian letters are written with
/// two.
pub fn redcap(name: &str) -> String {
    let mut made = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => made.push(letter),
            'æ' | 'ä' => made.push_str("ae"),
            'ø' | 'ö' => made.push('o'),
            'å' => made.push_str("aa"),
            _ if !made.ends_with('_') => made.push('_'),
            _ => {}
        }
    }
    let made = made.trim_matches('_');
    match made.starts_with(|first: char| first.is_ascii_lowercase()) {
        true => made.to_owned(),
        false => format!("v_{made}").trim_end_matches('_').to_owned(),
    }
}

/// A name of a dictionary: letters, digits and `_`, beginning with a letter, and none that the store has for itself.
pub fn item(name: &str) -> String {
    let made: String =
        name.trim().chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect();
    let starts = made.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let made = if starts { made } else { format!("v_{made}") };
    match made.as_str() {
        "respondent" | "wave" => format!("{made}_"),
        _ => made,
    }
}

/// `name`, or `name_2`, `name_3` … where it is taken.
pub fn unique(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.clone();
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{name}_{number}");
        number += 1;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_what_each_side_allows() {
        for (name, redcap_name) in [
            ("AGE", "age"),
            ("kjønn", "kjonn"),
            ("H2_30", "h2_30"),
            ("_x__y_", "x_y"),
            ("2år", "v_2aar"),
            ("ß", "v"),
        ] {
            assert_eq!(redcap(name), redcap_name);
        }
        for (name, item_name) in [
            ("age at start", "age_at_start"),
            ("2x", "v_2x"),
            ("wave", "wave_"),
            ("kjønn", "kjønn"),
            ("", "v_"),
        ] {
            assert_eq!(item(name), item_name);
        }
        let mut taken = BTreeSet::new();
        let made: Vec<String> = (0..3).map(|_| unique("a".to_owned(), &mut taken)).collect();
        assert_eq!(made, ["a", "a_2", "a_3"]);
    }
}
