//! Where filled-in forms come from: files, how they are written, and which wave and whom a row is of.

use serde::Serialize;

use super::Sql;
use crate::dictionary::Item;

/// The files of filled-in forms that were declared together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// `instrument@wave` or `instrument`, as messages and steps name it.
    pub id: String,
    pub instrument: String,
    pub wave: WaveOf,
    /// Paths as written (`data/w1.csv`), in order; `$NAME` for a path in an environment variable, `*` for any letters, and
    /// `{item}` for letters that are the item's answer in every row of the file.
    pub files: Vec<String>,
    /// Where to get the files, told to whoever lacks them; may be empty.
    pub get: String,
    pub format: Format,
    pub respondent: Respondent,
    /// Item → the column of these files that holds it, where it is another than the dictionary says.
    pub columns: Vec<(String, String)>,
    /// Items that the source of another wave reads from the same column of the same file: they are carried along.
    pub carried: Vec<String>,
    /// For files with a column an item and wave.
    pub wide: Option<Wide>,
    /// Whether rows correct those of earlier sources of the same respondent and wave.
    pub updates: bool,
    /// Whether an empty cell of a correction takes the earlier answer away.
    pub empties: bool,
    /// Which of several forms of a respondent at a wave counts, where one is to.
    pub keep: Option<Keep>,
    /// What a row must fulfil to be a form; otherwise it is blank.
    pub form: Option<Sql>,
}

impl Source {
    /// A source of one file of delimited text, with every default.
    pub fn new(id: &str, instrument: &str, wave: WaveOf, file: &str, respondent: &str) -> Source {
        Source {
            id: id.to_owned(),
            instrument: instrument.to_owned(),
            wave,
            files: vec![file.to_owned()],
            get: String::new(),
            format: Format::default(),
            respondent: Respondent { column: respondent.to_owned(), ignore: Vec::new(), without: Vec::new() },
            columns: Vec::new(),
            carried: Vec::new(),
            wide: None,
            updates: false,
            empties: false,
            keep: None,
            form: None,
        }
    }

    /// The first of its files, as messages name a source by.
    pub fn file(&self) -> &str {
        self.files.first().map_or("", String::as_str)
    }

    /// The column of an item, waves aside.
    pub fn column<'s>(&'s self, item: &'s Item) -> &'s str {
        let renamed = self.columns.iter().find(|(name, _)| *name == item.name);
        renamed.map_or(item.column.as_str(), |(_, column)| column.as_str())
    }

    /// Whether it can have forms of a wave.
    pub fn has(&self, wave: &str) -> bool {
        match &self.wave {
            WaveOf::File(own) => own == wave,
            WaveOf::Column { values, .. } => values.iter().any(|(_, of)| of == wave),
            WaveOf::Start { .. } => true,
        }
    }
}

/// Whom a row is of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Respondent {
    /// The column that holds the respondent's (or service's) id.
    pub column: String,
    /// What does not tell ids apart.
    pub ignore: Vec<Ignore>,
    /// Ids whose rows are of nobody, such as trials of the form.
    pub without: Vec<String>,
}

/// A way in which the same id is written differently in two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Ignore {
    /// `0017` and `17`.
    LeadingZeros,
    /// `AB17` and `ab17`.
    Case,
    /// `AB 17` and `AB17`.
    Spaces,
    /// `17.0` and `17`.
    Decimals,
}

impl Ignore {
    pub const ALL: [Ignore; 4] = [Ignore::LeadingZeros, Ignore::Case, Ignore::Spaces, Ignore::Decimals];

    /// As pipelines write it.
    pub fn name(self) -> &'static str {
        match self {
            Ignore::LeadingZeros => "leading_zeros",
            Ignore::Case => "case",
            Ignore::Spaces => "spaces",
            Ignore::Decimals => "decimals",
        }
    }
}

/// Which wave a row belongs to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum WaveOf {
    /// Every row of the file.
    File(String),
    /// Told by a column: its text → wave id.
    Column { column: String, values: Vec<(String, String)> },
    /// By the time since the respondent's own first form: the wave in whose window it lies, or the nearest.
    Start { column: String, clock: Clock },
}

/// How a column tells time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Clock {
    /// It holds the day on which the form was filled in.
    Date,
    /// It holds the days since the first form.
    Days,
}

/// Files that have a column for each item and wave: `bdi_t0`, `bdi_t6`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Wide {
    /// How columns are called, with `{item}` and `{wave}`.
    pub pattern: String,
    /// What stands for this source's wave.
    pub written: String,
    /// What stands for the other waves.
    pub others: Vec<String>,
}

impl Wide {
    /// The column of an item at this source's wave.
    pub fn column(&self, item: &str) -> String {
        self.at(item, &self.written)
    }

    /// The columns of an item at the other waves.
    pub fn elsewhere<'w>(&'w self, item: &'w str) -> impl Iterator<Item = String> + 'w {
        self.others.iter().map(move |wave| self.at(item, wave))
    }

    fn at(&self, item: &str, wave: &str) -> String {
        self.pattern.replace("{item}", item).replace("{wave}", wave)
    }
}

/// Which of several different forms of one respondent at one wave counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Keep {
    pub last: bool,
    /// The column by whose values the rows are ordered; their order in the file where there is none.
    pub by: Option<String>,
}

/// How a file is written. Each format of files takes what concerns it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Format {
    pub delimiter: char,
    /// `,` or `.`
    pub decimal: char,
    /// Whether the pipeline says so; otherwise three digits after a point may be thousands.
    pub decimal_declared: bool,
    /// The sign that sets off thousands in text, beside the spaces.
    pub thousands: Option<char>,
    /// `None` for what the file itself declares; UTF-8 for text.
    pub encoding: Option<Encoding>,
    /// chrono's patterns, such as `%d.%m.%Y`, in the order in which they are tried; [`EXCEL_DAYS`] for day numbers.
    pub date: Vec<String>,
    /// Where years have two digits: the first of the hundred years that they lie in.
    pub years_from: Option<i32>,
    /// Texts that stand for an empty field.
    pub missing: Vec<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The row of the heading, from 1.
    pub heading: Option<u32>,
    pub heading_rows: u32,
    /// So many rows after the heading are no forms.
    pub skip: u64,
}

/// The date pattern of Excel's day numbers, days since 1899-12-30.
pub const EXCEL_DAYS: &str = "excel";

/// Whether a pattern of dates has years of two digits.
pub fn has_short_year(pattern: &str) -> bool {
    let mut letters = pattern.chars();
    let (mut short, mut century) = (false, false);
    while let Some(letter) = letters.next() {
        if letter != '%' {
            continue;
        }
        // `%-y` and `%_y` pad it otherwise.
        let of = letters.by_ref().find(|letter| !matches!(letter, '-' | '_' | '0'));
        short |= matches!(of, Some('y' | 'D' | 'x' | 'c'));
        century |= of == Some('C');
    }
    short && !century
}

impl Default for Format {
    fn default() -> Format {
        Format {
            delimiter: ',',
            decimal: '.',
            decimal_declared: false,
            thousands: None,
            encoding: None,
            date: vec!["%Y-%m-%d".to_owned()],
            years_from: None,
            missing: Vec::new(),
            sheet: None,
            heading: None,
            heading_rows: 1,
            skip: 0,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Encoding {
    Utf8,
    Windows1252,
    Latin1,
}

/// Up to which share something that was not read or not linked is told; beyond it the run stops.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Limits {
    /// Of an item's answers in a file: those that could not be read.
    pub unread: f64,
    /// Of a wave's forms: those of respondents without a form at the first wave.
    pub unlinked: f64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { unread: 0.05, unlinked: 0.05 }
    }
}

/// What a finding of each check leads to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OnFinding {
    /// Check id → action, for every check that a pipeline may declare one for.
    pub actions: Vec<(String, Action)>,
    pub limits: Limits,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Action {
    /// The value is set missing with the reason `invalid`.
    SetMissing,
    /// The row goes to `rejected.csv`.
    Reject,
    /// The run stops.
    Stop,
    /// It is reported and nothing else.
    Report,
}

impl Action {
    /// The name in pipeline files and reports.
    pub fn name(self) -> &'static str {
        match self {
            Action::SetMissing => "set_missing",
            Action::Reject => "reject",
            Action::Stop => "stop",
            Action::Report => "report",
        }
    }
}
