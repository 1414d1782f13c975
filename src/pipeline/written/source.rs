//! `[[source]]` and `[limits]` as written.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceWritten {
    #[schemars(with = "String")]
    pub instrument: Spanned<String>,
    /// The wave of every row in the file …
    #[schemars(with = "Option<String>")]
    pub wave: Option<Spanned<String>>,
    /// … or the column that tells it …
    pub wave_column: Option<WaveColumnWritten>,
    /// … or the column that tells when the form was filled in: the wave is the one in whose `window` it lies, counted from the
    /// respondent's own first form …
    #[schemars(with = "Option<WaveByWritten>")]
    pub wave_by: Option<Spanned<WaveByWritten>>,
    /// … or, where a row is a respondent and each wave has columns of its own, how they are called.
    #[schemars(with = "Option<WideWritten>")]
    pub wide: Option<Spanned<WideWritten>>,
    /// Delimited text (also gzip or zstd), Excel (.xlsx, .xls), OpenDocument (.ods), SPSS (.sav, .zsav), Stata (.dta) or Parquet,
    /// told by what stands in the file. Relative to this file; `$NAME` takes the path from an environment variable, `*` stands
    /// for any letters, and `{item}` for letters that are that item's answer in every row. A list, or a name that fits several
    /// files, is several files of one form.
    #[schemars(with = "FilesWritten")]
    pub file: Spanned<FilesWritten>,
    /// Where to get the file, told to whoever lacks it.
    pub get: Option<String>,
    #[serde(default)]
    pub format: FormatWritten,
    /// The column that holds the respondent's (or service's) id.
    pub respondent: RespondentWritten,
    /// Item → the column of this file that holds it, where it is another than the dictionary says: `{ bdi = "bdi.2m" }`.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, String>")]
    pub columns: IndexMap<Spanned<String>, String>,
    /// Whether the rows correct earlier ones: each replaces the row of the same respondent and wave of the sources before, and
    /// leaves the earlier answer where its own cell is empty. `"blanks_too"` takes the answer away there.
    #[serde(default)]
    pub updates: UpdatesWritten,
    /// Which of several different forms of one respondent at one wave counts; without it they stop the run.
    pub keep: Option<KeepWritten>,
    /// A SQL condition that a row must fulfil to be a form, beyond having an answer: `form_complete = 2`.
    #[schemars(with = "Option<String>")]
    pub form: Option<Spanned<String>>,
}

/// One file, or several.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "found no name of a file; write file = \"data/w1.csv\", or a list of such names"
)]
pub enum FilesWritten {
    One(String),
    Several(Vec<String>),
}

/// The column of ids, with what does not tell ids apart.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "found no column of ids; write respondent = \"id\", or { column = \"id\", ignore = [\"leading_zeros\"] }, which can also have \"case\", \"spaces\" and \"decimals\"; without = [\"test\"] leaves out the rows of such ids"
)]
pub enum RespondentWritten {
    Column(String),
    With {
        column: String,
        #[serde(default)]
        ignore: Vec<IgnoreWritten>,
        /// Ids whose rows are left out, such as trials of the form: `["test", "TEST01"]`.
        #[serde(default)]
        without: Vec<String>,
    },
}

/// A way in which the same id is written differently in two files.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IgnoreWritten {
    /// `0017` is `17`.
    LeadingZeros,
    /// `AB17` is `ab17`.
    Case,
    /// `AB 17` is `AB17`.
    Spaces,
    /// `17.0` is `17`.
    Decimals,
}

/// A column that tells when a form was filled in: either `date` or `days`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaveByWritten {
    /// The column that holds the day on which the form was filled in.
    pub date: Option<String>,
    /// The column that holds the days since the first form.
    pub days: Option<String>,
}

/// Files with a column for each item and wave.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WideWritten {
    /// How the columns are called, with `{item}` for the item's column and `{wave}` for the wave: `"{item}_t{wave}"`. An item
    /// that has no such column is read from the column of its plain name, the same at all waves.
    pub pattern: String,
    /// Wave id → what stands for it in the columns' names; each wave's id, if left out.
    #[serde(default)]
    #[schemars(with = "IndexMap<String, String>")]
    pub waves: IndexMap<Spanned<String>, String>,
}

/// Whether rows correct earlier ones.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "found neither true nor false; write updates = true, or \"blanks_too\" where an empty cell takes the earlier answer away"
)]
pub enum UpdatesWritten {
    Rows(bool),
    With(BlanksWritten),
}

impl Default for UpdatesWritten {
    fn default() -> UpdatesWritten {
        UpdatesWritten::Rows(false)
    }
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub enum BlanksWritten {
    #[serde(rename = "blanks_too")]
    Too,
}

/// Which form counts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "found no rule of which form counts; write keep = \"first\" or \"last\", or { which = \"last\", by = \"sent\" } with the column that orders them"
)]
pub enum KeepWritten {
    Which(OrderWritten),
    By { which: OrderWritten, by: String },
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OrderWritten {
    First,
    Last,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaveColumnWritten {
    pub column: String,
    /// What stands in the column → wave id.
    #[schemars(with = "IndexMap<String, String>")]
    pub values: IndexMap<String, Spanned<String>>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormatWritten {
    /// Of text: `,` if left out.
    #[schemars(with = "Option<char>")]
    pub delimiter: Option<Spanned<char>>,
    /// Of numbers in text: `.` if left out.
    pub decimal: Option<DecimalWritten>,
    /// The sign that sets off thousands in numbers in text: `.`, `,` or `'`. Without it `1.250` under a decimal comma is not read,
    /// since it would be either of two numbers; spaces set off thousands in any case.
    #[schemars(with = "Option<char>")]
    pub thousands: Option<Spanned<char>>,
    /// Text: UTF-8 if left out. SPSS and Stata: what the file declares, if left out.
    pub encoding: Option<EncodingWritten>,
    /// Such as `%d.%m.%Y`; `%Y-%m-%d` if left out. A list is tried in its order; `excel` reads Excel's day numbers.
    pub date: Option<PatternsWritten>,
    /// Where a pattern has years of two digits (`%y`): the first of the hundred years that they lie in. 1927 makes `45` 1945 and
    /// `26` 2026; 1969 is what R and POSIX take.
    #[schemars(with = "Option<i32>")]
    pub years_from: Option<Spanned<i32>>,
    /// Texts that stand for an empty field, whatever the item: `["-", "ikke svart"]`. `NA`, `N/A`, `NULL`, `NaN`, `#N/A`,
    /// `#NULL!` and `.` do so in every item that is not text.
    #[serde(default)]
    pub missing: Vec<String>,
    /// The sheet of a workbook; the first with anything in it, if left out.
    pub sheet: Option<String>,
    /// The row of the heading, from 1; the first that is not empty, if left out. Of text and spreadsheets.
    pub heading: Option<u32>,
    /// How many rows the heading has; the names above each other are joined by a space. Of spreadsheets and text.
    pub heading_rows: Option<u32>,
    /// How many rows after the heading are no forms, such as question texts.
    pub skip: Option<u64>,
}

/// One pattern, or several.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "found no pattern of dates; write date = \"%d.%m.%Y\", \"excel\", or a list of patterns"
)]
pub enum PatternsWritten {
    One(String),
    Several(Vec<String>),
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub enum DecimalWritten {
    #[serde(rename = ",")]
    Comma,
    #[serde(rename = ".")]
    Point,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub enum EncodingWritten {
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "windows-1252")]
    Windows1252,
    #[serde(rename = "latin-1")]
    Latin1,
}

/// How much may be unread or unlinked before the run stops: shares from 0 to 1.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitsWritten {
    /// Of an item's answers in a file, those that cannot be read; 0.05 if left out.
    #[schemars(with = "Option<f64>")]
    pub unread: Option<Spanned<f64>>,
    /// Of a wave's forms, those of respondents without a form at the first wave; 0.05 if left out.
    #[schemars(with = "Option<f64>")]
    pub unlinked: Option<Spanned<f64>>,
}
