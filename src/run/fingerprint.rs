//! What a step depends on, each part with its digest: a step is stale where a part has changed, and `explain` says which.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::dictionary::Language;

/// Named parts → digests, such as `data kartlegging`, `the question`, `labels`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts(pub BTreeMap<String, String>);

impl Parts {
    /// Starts with what every step depends on that makes numbers: the program.
    pub fn of_numbers() -> Parts {
        Parts::default().with("the program", program())
    }

    /// Starts with what every step depends on that makes pages: the program, its words and its styles.
    pub fn of_pages() -> Parts {
        Parts::of_numbers().with("the program's words and styles", env!("UTFALL_TEXTS_DIGEST"))
    }

    pub fn with(mut self, part: impl Into<String>, digest: impl Into<String>) -> Parts {
        self.0.insert(part.into(), digest.into());
        self
    }

    /// With each of `parts`: name and digest.
    pub fn with_all(mut self, parts: impl IntoIterator<Item = (String, String)>) -> Parts {
        self.0.extend(parts);
        self
    }

    /// The parts that are not as they were, in words.
    pub fn differences(&self, before: &Parts) -> Vec<String> {
        let changed = self.0.iter().filter_map(|(part, digest)| match before.0.get(part) {
            None => Some(format!("{part} for the first time")),
            Some(was) if was != digest => Some(format!("a change in {part}")),
            Some(_) => None,
        });
        let gone = before
            .0
            .keys()
            .filter(|part| !self.0.contains_key(*part))
            .map(|part| format!("{part} no longer"));
        changed.chain(gone).collect()
    }
}

/// The version, and the digest of the code that this program was built from.
pub fn program() -> String {
    format!("{} {}", env!("CARGO_PKG_VERSION"), env!("UTFALL_SOURCE_DIGEST"))
}

/// The digest of bytes, 32 hexadecimal digits of BLAKE3.
pub fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

/// The digest of a file's bytes.
///
/// # Errors
/// Where it cannot be read.
pub fn digest_of_file(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().to_hex()[..32].to_owned())
}

/// The digest of what `value` says, words and all.
pub fn digest_of(value: &impl Serialize) -> String {
    // Only maps with keys that are not strings cannot be JSON, and the plan has none.
    digest(&serde_json::to_vec(value).unwrap_or_default())
}

/// The digest of what `value` means: without its texts for readers.
pub fn meaning_of(value: &impl Serialize) -> String {
    let mut value = serde_json::to_value(value).unwrap_or_default();
    strip_texts(&mut value);
    digest(value.to_string().as_bytes())
}

/// A text for readers is an object whose keys are languages.
fn strip_texts(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let is_text = fields.keys().all(|key| Language::ALL.iter().any(|language| language.tag() == key));
            if is_text {
                *value = Value::Null;
            } else {
                fields.values_mut().for_each(strip_texts);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(strip_texts),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{Code, Text};

    #[test]
    fn a_label_changes_what_is_said_and_not_what_is_meant() {
        let code = |label: &str, code: i64| Code { code, label: Text::same(label), written: Vec::new() };
        assert_eq!(meaning_of(&code("Yes", 1)), meaning_of(&code("Ja", 1)));
        assert_ne!(digest_of(&code("Yes", 1)), digest_of(&code("Ja", 1)));
        assert_ne!(meaning_of(&code("Yes", 1)), meaning_of(&code("Yes", 2)));
    }

    #[test]
    fn differences_name_the_part() {
        let before = Parts::default().with("labels", "1").with("data", "2");
        let now = Parts::default().with("labels", "3").with("policy", "4");
        assert_eq!(
            now.differences(&before),
            ["a change in labels", "policy for the first time", "data no longer"]
        );
        assert!(now.differences(&now).is_empty());
    }
}
