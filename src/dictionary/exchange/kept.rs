//! What an item says that another program's format has no place for.

use serde::{Deserialize, Serialize};

use crate::dictionary::{Asked, Better, Item, ItemType, Language, MissingCode, Reason, Reliability, Text};

/// Properties of an item beside those that the other form shows. As JSON it stands where that form lets a file say more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The item's name, where the form's rules made another of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(rename = "type")]
    pub kind: ItemType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub better: Option<Better>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub constant: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blank: Option<Reason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<KeptMissing>,
    /// Other spellings of codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub written: Vec<KeptSpelling>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
}

/// A code that stands for a missing answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptMissing {
    pub code: i64,
    pub reason: Reason,
    pub label: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub written: Vec<String>,
}

/// Other ways in which files write a code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptSpelling {
    pub code: i64,
    pub written: Vec<String>,
}

impl Kept {
    /// What goes along with an item whose field is called `field`.
    pub fn of(item: &Item, field: &str, language: Language) -> Kept {
        let missing = item.missing.iter().map(|missing| KeptMissing {
            code: missing.code,
            reason: missing.reason,
            label: missing.label.get(language).to_owned(),
            written: missing.written.clone(),
        });
        let spelled = item.codes.iter().filter(|code| !code.written.is_empty());
        let spelled = spelled.map(|code| KeptSpelling { code: code.code, written: code.written.clone() });
        Kept {
            name: (item.name != field).then(|| item.name.clone()),
            kind: item.kind,
            better: item.better,
            constant: item.constant,
            asked: (item.asked != Asked::Every).then(|| item.asked.clone()),
            blank: (item.blank != Reason::Blank).then_some(item.blank),
            unit: (!item.unit.is_empty()).then(|| item.unit.get(language).to_owned()),
            missing: missing.collect(),
            written: spelled.collect(),
            reliability: item.reliability.clone(),
        }
    }

    /// Gives back to an item what it had. The name, the type, and what the form itself shows of codes are for the form's reader.
    pub fn give(self, item: &mut Item, language: Language) {
        item.kind = self.kind;
        item.better = self.better;
        item.constant = self.constant;
        item.asked = self.asked.unwrap_or_default();
        item.blank = self.blank.unwrap_or(Reason::Blank);
        item.reliability = self.reliability;
        if let Some(unit) = self.unit {
            item.unit = in_language(language, &unit);
        }
        for spelled in self.written {
            if let Some(code) = item.codes.iter_mut().find(|code| code.code == spelled.code) {
                code.written = spelled.written;
            }
        }
        for kept in self.missing {
            // What the form shows of the label is what somebody may have edited.
            let choice = item.codes.iter().position(|code| code.code == kept.code);
            let missing = item.missing.iter().position(|missing| missing.code == kept.code);
            let label = match (choice, missing) {
                (Some(at), _) => item.codes.remove(at).label,
                (None, Some(at)) => item.missing.remove(at).label,
                (None, None) => in_language(language, &kept.label),
            };
            item.missing.push(MissingCode {
                code: kept.code,
                reason: kept.reason,
                label,
                written: kept.written,
            });
        }
    }
}

/// A text in one language.
pub fn in_language(language: Language, text: &str) -> Text {
    let mut made = Text::default();
    let place = match language {
        Language::Nb => &mut made.nb,
        Language::Nn => &mut made.nn,
        Language::En => &mut made.en,
    };
    *place = Some(text.to_owned());
    made
}
