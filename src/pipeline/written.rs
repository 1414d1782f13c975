//! A pipeline file as people write it (TOML). [`super::load`] resolves it to a [`Plan`](crate::question::Plan).

mod report;
mod score;
mod source;

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use toml::Spanned;

use super::figures::FigureWritten;
pub use report::{DesignWritten, ReportWritten};
pub use score::{ScoreMethodWritten, ScoreWritten};
pub use source::{
    DecimalWritten, EncodingWritten, FilesWritten, FormatWritten, IgnoreWritten, KeepWritten, LimitsWritten,
    OrderWritten, PatternsWritten, RespondentWritten, SourceWritten, UpdatesWritten, WaveByWritten,
    WaveColumnWritten, WideWritten,
};

use crate::dictionary::written::CodeWritten;
use crate::dictionary::{Better, ItemType, Language, Reliability, Text};
use crate::question::{self, Keys, kinds};

/// Declares the file, with a table for each kind of question.
macro_rules! pipeline_file {
    ($($undeclared:ident),*; $($implied:ident),*; $($(#[$about:meta])* $kind:ident: $keys:ident),* $(,)?) => {
        /// What is asked of the data.
        #[derive(Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct PipelineFile {
            /// The version of this file format; always 1.
            #[schemars(with = "u32")]
            pub format: Spanned<u32>,
            /// The evaluation's name: also its folder under `out/`.
            #[schemars(with = "String")]
            pub id: Spanned<String>,
            pub title: Option<Text>,
            /// A sentence that every page repeats.
            pub notice: Option<Text>,
            /// Paragraphs that open the report.
            #[serde(default)]
            pub about: Vec<Text>,
            /// The languages of the reports; all that the program knows, if left out.
            #[schemars(with = "Option<Vec<Language>>")]
            pub languages: Option<Spanned<Vec<Language>>>,
            /// Dictionary files, relative to this file.
            #[schemars(with = "Vec<String>")]
            pub dictionaries: Vec<Spanned<String>>,
            /// Points of measurement, in order.
            pub wave: Vec<WaveWritten>,
            pub source: Vec<SourceWritten>,
            /// The program whose variants of the tests are computed: `r` if left out, `spss` or `stata`.
            #[schemars(with = "Option<String>")]
            pub convention: Option<Spanned<String>>,
            /// What a finding of each check leads to; the rest as documented.
            #[serde(default)]
            #[schemars(with = "IndexMap<String, ActionWritten>")]
            pub intake: IndexMap<Spanned<String>, ActionWritten>,
            /// How much may be unread or unlinked before the run stops.
            #[serde(default)]
            pub limits: LimitsWritten,
            /// Scores, each made of several items of one form; derived variables can build on them.
            #[serde(default)]
            #[schemars(with = "IndexMap<String, ScoreWritten>")]
            pub score: IndexMap<Spanned<String>, ScoreWritten>,
            /// Derived variables, in the order in which they build on each other.
            #[serde(default)]
            #[schemars(with = "IndexMap<String, VariableWritten>")]
            pub variable: IndexMap<Spanned<String>, VariableWritten>,
            #[serde(default)]
            #[schemars(with = "IndexMap<String, CohortWritten>")]
            pub cohort: IndexMap<Spanned<String>, CohortWritten>,
            $(
                $(#[$about])*
                #[serde(default)]
                pub $kind: Declared<question::$kind::$keys>,
            )*
            #[serde(default)]
            #[schemars(with = "IndexMap<String, TableWritten>")]
            pub table: IndexMap<Spanned<String>, TableWritten>,
            /// The ledger of published figures that the results are held against: a file, relative to this file.
            pub published: Option<String>,
            #[serde(default)]
            #[schemars(with = "IndexMap<String, FigureWritten>")]
            pub figure: IndexMap<Spanned<String>, FigureWritten>,
            #[serde(default)]
            pub disclosure: DisclosureWritten,
            /// What the report's first page is to know.
            #[serde(default)]
            pub report: ReportWritten,
        }

        impl PipelineFile {
            /// The questions, in the order in which they are answered.
            pub fn questions(&self) -> impl Iterator<Item = Declaration<'_>> {
                std::iter::empty()$(.chain(self.$kind.0.iter().map(|(name, keys)| {
                    Declaration { kind: stringify!($kind), name, label: &keys.label, keys }
                })))*
            }
        }
    };
}
kinds!(pipeline_file);

/// A question: `[change.health]`.
pub struct Declaration<'f> {
    pub kind: &'static str,
    pub name: &'f Spanned<String>,
    pub label: &'f Option<Text>,
    pub keys: &'f dyn Keys,
}

/// The questions of one kind, by name.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Declared<K>(IndexMap<Spanned<String>, K>);

impl<K> Default for Declared<K> {
    fn default() -> Declared<K> {
        Declared(IndexMap::new())
    }
}

impl<K: JsonSchema> JsonSchema for Declared<K> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        IndexMap::<String, K>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        IndexMap::<String, K>::json_schema(generator)
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaveWritten {
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    pub label: Option<Text>,
    /// Months since the first measurement; with decimals where waves are less than a month apart.
    #[schemars(with = "f64")]
    pub month: Spanned<f64>,
    /// Months since the first measurement within which an assessment counts as in time.
    #[schemars(with = "Option<[f64; 2]>")]
    pub window: Option<Spanned<[f64; 2]>>,
}

/// What a finding leads to.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActionWritten {
    SetMissing,
    Reject,
    Stop,
    Report,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VariableWritten {
    /// The instrument whose items it is made from.
    #[schemars(with = "String")]
    pub instrument: Spanned<String>,
    /// A SQL expression over items, or, per respondent, over `"item@wave"`. What has no value, such as a division by zero, is
    /// missing; a date less another is days, a date and a number of days a date; `DATE_DIFF('month', first, last)`,
    /// `YEAR(date)`, `MONTH(date)`, `DAY(date)`, `EXTRACT(…)` and `MAKE_DATE(year, month, day)` are known; an ELSE also takes the
    /// missing, which is warned of.
    #[schemars(with = "String")]
    pub sql: Spanned<String>,
    pub label: Option<Text>,
    /// Binary if left out. An integer must be whole: `ROUND(…)` where the expression gives decimals.
    #[serde(rename = "type")]
    pub kind: Option<ItemType>,
    #[serde(default)]
    pub codes: Vec<CodeWritten>,
    pub better: Option<Better>,
    /// What is known of the variable's reliability; with it change is also counted as reliable or not.
    #[schemars(with = "Option<Reliability>")]
    pub reliability: Option<Spanned<Reliability>>,
    pub unit: Option<Text>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CohortWritten {
    pub label: Option<Text>,
    #[schemars(with = "String")]
    pub instrument: Spanned<String>,
    /// Whether one row is a respondent (if left out) or an assessment.
    pub unit: Option<CohortUnitWritten>,
    /// Waves in order, baseline first; every wave of the instrument's sources if left out.
    #[schemars(with = "Option<Vec<String>>")]
    pub waves: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub attach: Vec<AttachWritten>,
    /// SQL condition that members fulfil.
    #[schemars(with = "Option<String>")]
    pub only: Option<Spanned<String>>,
    /// States that are outcomes, not missing values.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, StateWritten>")]
    pub state: IndexMap<Spanned<String>, StateWritten>,
    /// The item that holds days since the first measurement.
    #[schemars(with = "Option<String>")]
    pub days: Option<Spanned<String>>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CohortUnitWritten {
    Respondent,
    Assessment,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachWritten {
    #[schemars(with = "String")]
    pub instrument: Spanned<String>,
    /// The item that holds the service's id.
    #[schemars(with = "String")]
    pub by: Spanned<String>,
    #[schemars(with = "Vec<String>")]
    pub variables: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateWritten {
    pub label: Option<Text>,
    /// SQL condition over the respondent's columns: `"situation@w2" = 7`; `"situation@*" = 7` where the wave is `*`.
    #[schemars(with = "String")]
    pub sql: Spanned<String>,
    /// The wave at which it is asked, or `*` for every later wave. Then `@*` in the condition stands for the wave, and who was in
    /// a state that ends follow-up stays in it.
    #[schemars(with = "String")]
    pub wave: Spanned<String>,
    /// Whether the respondent has answers at that wave all the same.
    #[serde(default)]
    pub seen: bool,
    /// Whether the respondent was still to be followed up; the dead were not.
    #[serde(default = "yes")]
    pub eligible: bool,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableWritten {
    /// The number that readers know it by; the table's position if left out.
    pub number: Option<String>,
    pub title: Option<Text>,
    pub note: Option<Text>,
    /// Analyses: `change.mental_health`, `followup.mapped`.
    #[schemars(with = "Vec<String>")]
    pub from: Vec<Spanned<String>>,
    #[schemars(with = "String")]
    pub layout: Spanned<String>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisclosureWritten {
    /// `min5` if left out.
    #[schemars(with = "Option<String>")]
    pub policy: Option<Spanned<String>>,
}
