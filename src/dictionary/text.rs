//! Text in the reader's language.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language that reports are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Norwegian bokmål.
    Nb,
    /// Norwegian nynorsk.
    Nn,
    /// English.
    En,
}

impl Language {
    pub const ALL: [Language; 3] = [Language::Nb, Language::Nn, Language::En];

    /// The BCP 47 tag, as in a file's name and in `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Nb => "nb",
            Language::Nn => "nn",
            Language::En => "en",
        }
    }

    /// The tag with a country, which word processors and spreadsheets choose dictionaries and hyphens by.
    pub fn locale(self) -> &'static str {
        match self {
            Language::Nb => "nb-NO",
            Language::Nn => "nn-NO",
            Language::En => "en-GB",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl std::str::FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Language, String> {
        Language::ALL
            .into_iter()
            .find(|language| language.tag() == text)
            .ok_or_else(|| format!("{text:?} is not a language of reports; expected nb, nn or en"))
    }
}

/// One text in up to three languages. Resolving a dictionary or a pipeline checks that it is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Bokmål.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nb: Option<String>,
    /// Nynorsk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nn: Option<String>,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Text {
    /// The same text in every language; for names that are not translated.
    pub fn same(text: &str) -> Text {
        Text { nb: Some(text.to_owned()), nn: Some(text.to_owned()), en: Some(text.to_owned()) }
    }

    /// The text in `language`, or in the nearest language that it stands in: nynorsk falls back on bokmål, and so on.
    pub fn get(&self, language: Language) -> &str {
        let order = match language {
            Language::Nb => [&self.nb, &self.nn, &self.en],
            Language::Nn => [&self.nn, &self.nb, &self.en],
            Language::En => [&self.en, &self.nb, &self.nn],
        };
        order.into_iter().flatten().next().map_or("", String::as_str)
    }

    /// The text in each language that it is written in.
    pub fn written(&self) -> impl Iterator<Item = &str> {
        [&self.nb, &self.nn, &self.en].into_iter().flatten().map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        Language::ALL.into_iter().all(|language| self.get(language).is_empty())
    }
}
