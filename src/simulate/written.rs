//! A simulation as people write it (TOML): published figures as quotas, and what depends on what.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Made-up respondents for the sources of a pipeline.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulationFile {
    /// The version of this file format; always 1.
    #[schemars(with = "u32")]
    pub format: Spanned<u32>,
    /// The pipeline whose dictionaries and sources are meant, relative to this file; `pipeline.toml` if left out.
    pub pipeline: Option<String>,
    /// The seed, unless another is asked for.
    pub seed: u64,
    /// The population whose size can be asked for.
    #[schemars(with = "String")]
    pub sized: Spanned<String>,
    /// In order: a population that others attach stands before them.
    pub population: Vec<PopulationWritten>,
}

/// The respondents (or services) of one instrument.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PopulationWritten {
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    #[schemars(with = "String")]
    pub instrument: Spanned<String>,
    /// How many there are in the publication.
    #[schemars(with = "u64")]
    pub size: Spanned<u64>,
    /// What stands before the number in a respondent's id.
    #[serde(default)]
    pub prefix: String,
    /// Normal traits (mean 0, standard deviation 1) that scores may use and no file shows.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub traits: Vec<Spanned<String>>,
    /// Variables that draws deal and conditions use, and no file shows.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub hidden: Vec<Spanned<String>>,
    /// Items written in words: as the first of `written` in the dictionary says.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub spelled: Vec<Spanned<String>>,
    /// Another population's variables and traits.
    pub attach: Option<AttachWritten>,
    /// Wave → who has a form at it; everyone at a wave that is not named.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, IndexMap<String, AnswersWritten>>")]
    pub rows: IndexMap<Spanned<String>, Where>,
    /// In order: what a draw depends on is drawn before it.
    pub draw: Vec<DrawWritten>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachWritten {
    #[schemars(with = "String")]
    pub population: Spanned<String>,
    /// The variable whose code is the other's number, from 1.
    #[schemars(with = "String")]
    pub by: Spanned<String>,
    #[schemars(with = "Vec<String>")]
    pub variables: Vec<Spanned<String>>,
}

/// Variable → the answers meant: a code, several, or a range such as "18..25". All conditions hold together.
pub type Where = IndexMap<Spanned<String>, AnswersWritten>;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum AnswersWritten {
    One(i64),
    Several(Vec<i64>),
    Range(String),
}

/// Answers for those that fulfil a condition and have none yet.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawWritten {
    /// The wave of the items that have waves.
    #[schemars(with = "Option<String>")]
    pub wave: Option<Spanned<String>>,
    /// Whom the draw is for. A plain name is the variable at the draw's own wave, where it has waves.
    #[serde(rename = "where", default)]
    #[schemars(with = "IndexMap<String, AnswersWritten>")]
    pub condition: Where,
    /// What the ranking depends on, beside noise of standard deviation 1: `name` or `name@wave` times a weight;
    /// `name=code` for having that answer; `self@wave` for the item itself. High scores get late answers.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, f64>")]
    pub score: IndexMap<Spanned<String>, f64>,
    /// Variable → answer → count or share. An answer is a code, a range ("18..25"), or `blank`. They are dealt in order
    /// down the ranking, missing answers apart, which fall at random. Exact where they add up to the persons meant.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, IndexMap<String, f64>>")]
    pub deal: IndexMap<Spanned<String>, IndexMap<Spanned<String>, f64>>,
    /// Variable → the answers of the first, second, … respondent: for what is known of each, as of services.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, Vec<i64>>")]
    pub list: IndexMap<Spanned<String>, Vec<i64>>,
    /// Variable → an earlier value, and steps to add to it with their counts or shares.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, ShiftWritten>")]
    pub shift: IndexMap<Spanned<String>, ShiftWritten>,
    /// Variable → its mean among the persons meant, met by moving values by one within their ranges.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, f64>")]
    pub mean: IndexMap<Spanned<String>, f64>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftWritten {
    #[schemars(with = "String")]
    pub from: Spanned<String>,
    #[schemars(with = "IndexMap<String, f64>")]
    pub by: IndexMap<Spanned<String>, f64>,
}

/// What a simulation has to know of a pipeline: its dictionaries, and which files there are and how they are written.
#[derive(Debug, Deserialize)]
pub struct PipelineView {
    pub dictionaries: Vec<String>,
    pub source: Vec<SourceView>,
}

#[derive(Debug, Deserialize)]
pub struct SourceView {
    pub instrument: String,
    pub wave: Option<String>,
    pub wave_column: Option<WaveColumnView>,
    pub file: Spanned<String>,
    #[serde(default)]
    pub format: FormatView,
    pub respondent: String,
}

#[derive(Debug, Deserialize)]
pub struct WaveColumnView {
    pub column: String,
    pub values: IndexMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
pub struct FormatView {
    pub delimiter: Option<char>,
    pub decimal: Option<char>,
    pub encoding: Option<String>,
}
