//! What the reader must be told about a file, because the file does not say it.

/// How a file is to be read. Each format takes what concerns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Of delimited text.
    pub delimiter: char,
    /// Of delimited text; of an SPSS or Stata file whose own declaration is absent or wrong, where it is given.
    pub encoding: Option<Encoding>,
    /// The name of a workbook's sheet; its first sheet with anything in it, if not given.
    pub sheet: Option<String>,
    /// The row of the heading, from 1; the first that is not empty, if not given. Of spreadsheets and delimited text.
    pub heading: Option<u32>,
    /// How many rows are heading: with two or more, the names are joined (`Health` over `Before` → `Health Before`),
    /// and a merged cell's text counts for all its columns. Of spreadsheets; in delimited text, which has no merged
    /// cells, they are only joined.
    pub heading_rows: u32,
    /// So many records after the heading are passed over: question texts of survey platforms.
    pub skip: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options { delimiter: ',', encoding: None, sheet: None, heading: None, heading_rows: 1, skip: 0 }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    Utf8,
    Windows1252,
    Latin1,
}
