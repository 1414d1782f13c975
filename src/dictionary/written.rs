//! A dictionary file as people write it (TOML). [`super::load`] resolves it to an [`Instrument`](super::Instrument).

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::{Asked, Better, ItemType, Reason, Reliability, Text};

/// What the numbers of one instrument (a questionnaire or form) mean.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DictionaryFile {
    /// The version of this file format; always 1.
    #[schemars(with = "u32")]
    pub format: Spanned<u32>,
    pub instrument: InstrumentWritten,
    /// Answer scales that several items share.
    #[serde(default)]
    pub scale: IndexMap<String, ScaleWritten>,
    /// The items in the order of the questionnaire.
    pub item: Vec<ItemWritten>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InstrumentWritten {
    /// The name by which pipelines know the instrument.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    #[schemars(with = "Text")]
    pub title: Spanned<Text>,
    /// Whom one filled-in form is about.
    #[serde(default)]
    pub unit: FormUnit,
    /// Where the instrument was published, for the codebook.
    pub source: Option<String>,
}

/// Whom one filled-in form is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FormUnit {
    #[default]
    Respondent,
    Service,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScaleWritten {
    /// The type of every item on this scale.
    #[serde(rename = "type")]
    pub kind: Option<ItemType>,
    #[serde(default)]
    pub codes: Vec<CodeWritten>,
    #[serde(default)]
    pub missing: Vec<MissingWritten>,
    pub better: Option<Better>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemWritten {
    /// The item's name: also its column in the file, unless `column` says otherwise.
    #[schemars(with = "String")]
    pub name: Spanned<String>,
    /// The column's name in files.
    pub column: Option<String>,
    #[schemars(with = "Text")]
    pub label: Spanned<Text>,
    /// The heading of the part of the questionnaire that begins with this item: it stands over the items that follow as well,
    /// until one has another.
    #[schemars(with = "Option<Text>")]
    pub section: Option<Spanned<Text>>,
    /// A shared answer scale, by its name under `[scale]`.
    #[schemars(with = "Option<String>")]
    pub scale: Option<Spanned<String>>,
    #[serde(rename = "type")]
    pub kind: Option<ItemType>,
    /// The codes that are allowed, in order; only for nominal, ordinal and binary items.
    #[serde(default)]
    pub codes: Vec<CodeWritten>,
    /// Codes that stand for a missing answer, each with its reason.
    #[serde(default)]
    pub missing: Vec<MissingWritten>,
    /// Which direction is better; without it change is counted as increased and decreased only.
    pub better: Option<Better>,
    /// The least and the greatest value allowed (integer and decimal items).
    pub range: Option<[f64; 2]>,
    /// Whether a row without an answer is a finding.
    #[serde(default)]
    pub required: bool,
    /// The same at every wave (sex, year of birth): the first answer counts, and pipelines name it without a wave.
    #[serde(default)]
    pub constant: bool,
    /// At which of the waves that the form is used at the question is put: `every`, `first`, `later`, which is every one but the
    /// first, or a list of waves. Files of other waves need not have its column; what an empty field means is for `blank` to say.
    pub asked: Option<Asked>,
    /// Why an empty field is empty, where that is known for the whole item.
    pub blank: Option<Reason>,
    /// What is known of the measure's reliability; with it change is also counted as reliable or not.
    #[schemars(with = "Option<Reliability>")]
    pub reliability: Option<Spanned<Reliability>>,
    /// Says that the item counts days on which a substance was used, and where it stands what is a change for the better or worse.
    #[serde(rename = "use")]
    #[schemars(with = "Option<UseWritten>")]
    pub use_of: Option<Spanned<UseWritten>>,
    /// The unit of a number, as the reader is to see it.
    pub unit: Option<Text>,
}

/// The thresholds of a substance's days of use.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UseWritten {
    /// The file that they stand in with their source, relative to this one.
    #[schemars(with = "String")]
    pub thresholds: Spanned<String>,
    /// The substance's name in that file.
    #[schemars(with = "String")]
    pub substance: Spanned<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeWritten {
    #[schemars(with = "i64")]
    pub code: Spanned<i64>,
    pub nb: Option<String>,
    pub nn: Option<String>,
    pub en: Option<String>,
    /// Other ways in which files write this code, such as `"K"` or `"kvinne"`.
    #[serde(default)]
    pub written: Vec<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingWritten {
    #[schemars(with = "i64")]
    pub code: Spanned<i64>,
    pub reason: Reason,
    pub nb: Option<String>,
    pub nn: Option<String>,
    pub en: Option<String>,
    #[serde(default)]
    pub written: Vec<String>,
}
