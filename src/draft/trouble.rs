//! Why no evaluation can be drafted from files, and what to do.

use std::fmt;

use super::double::Doubles;

/// Why files make no evaluation.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// The names of the columns look like a person's answers.
    NoHeading,
    NoRecords,
    /// A column that was named and is not in all of the files.
    NoColumn(String),
    NoRespondent,
    /// Ids come again, and no column tells why.
    Repeated(String, Doubles),
    /// No column beside the id.
    NoItems,
}

const ELSEWHERE: &str = "if the table stands on another sheet or further down: --sheet NAME, --heading ROW";

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::NoHeading => f.write_str("the first line looks like answers, not like a heading; write the names of the columns in the first line"),
            Trouble::NoRecords => write!(f, "found columns but no records; expected a record for each form; {ELSEWHERE}"),
            Trouble::NoColumn(name) => {
                write!(f, "found no column `{name}` in every file; expected one of the headings, as they are written")
            }
            Trouble::NoRespondent => f.write_str(
                "found no column that tells the respondents apart; expected an id that is in every file and comes once a respondent, or once a respondent and wave; name it with --respondent COLUMN (and the column of the wave with --wave-column COLUMN); if the table stands on another sheet or further down: --sheet NAME, --heading ROW",
            ),
            Trouble::Repeated(name, doubles) if doubles.are_few() => write!(
                f,
                "found that {} in `{name}`, and no column tells why; expected one record a respondent, or one a respondent and wave; where a person stands there twice, correct the file, or say --respondent {name}: the draft then says keep = \"first\", and the first of them counts; where they are waves, name their column (or that of the day) with --wave-column COLUMN",
                doubles.told()
            ),
            Trouble::Repeated(name, _) => write!(
                f,
                "found that the id `{name}` comes several times and that no column tells why; expected one record a respondent and wave; name the column of the wave (or of the day) with --wave-column COLUMN; where an id is of one service only, make one column of both; where the records are true duplicates, say --respondent {name}, and the first of them counts"
            ),
            Trouble::NoItems => write!(f, "found no column beside the respondent's id; expected answers; {ELSEWHERE}"),
        }
    }
}
