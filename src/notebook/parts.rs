//! The functions that notebooks begin with: files of their own under `python/` and `r/`, here and in the folders of kinds of question,
//! each with what it is for.

use super::Dialect;
use crate::estimate::{Kind, Statistic, Statistics};

/// A stage: what it computes, and the functions that make it again.
#[derive(Debug)]
pub struct Stage {
    pub kind: Kind,
    pub statistics: fn() -> Vec<&'static Statistic>,
    /// What it is called.
    pub title: &'static str,
    /// What it computes.
    pub about: &'static str,
    pub parts: &'static [Part],
    /// Statistics of other stages that its functions make.
    pub also: &'static [Statistics],
}

/// Functions that belong together, in either language.
#[derive(Debug)]
pub struct Part {
    /// The heading above them; empty where the stage has one part only.
    pub title: &'static str,
    /// What they are for, in a few sentences.
    pub about: &'static str,
    /// How the names of statistics begin that the code puts together from parts.
    pub stems: &'static [&'static str],
    pub python: &'static str,
    pub r: &'static str,
}

/// A part whose files are `python/<file>.py` and `r/<file>.R` beside the file that names it.
macro_rules! part {
    ($file:literal, $title:literal, $about:literal $(, $stem:literal)*) => {
        $crate::notebook::Part {
            title: $title,
            about: $about,
            stems: &[$($stem),*],
            python: include_str!(concat!("python/", $file, ".py")),
            r: include_str!(concat!("r/", $file, ".R")),
        }
    };
}
pub(crate) use part;

impl Part {
    /// The code, to be read as it stands.
    pub fn code(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Python => self.python,
            Dialect::R => self.r,
        }
        .trim_end()
    }

    /// Whether the code makes a statistic.
    pub fn makes(&self, statistic: &str) -> bool {
        let begins = |stem: &&str| statistic.starts_with(stem);
        // In Python's code the name stands at the beginning of a text.
        let quoted = format!("\"{statistic}");
        let written = |(place, _)| !self.python[place + quoted.len()..].starts_with(in_word);
        self.stems.iter().any(begins) || self.python.match_indices(&quoted).any(written)
    }

    /// The functions that the code defines, in their order.
    pub fn defines(&self, dialect: Dialect) -> Vec<&'static str> {
        let function = |line: &'static str| match dialect {
            Dialect::Python => line.strip_prefix("def ")?.split_once('(').map(|(name, _)| name),
            Dialect::R => {
                line.split_once(" <- function").map(|(name, _)| name).filter(|name| !name.starts_with(' '))
            }
        };
        self.code(dialect).lines().filter_map(function).collect()
    }
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Whether a word stands in the code.
pub fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(place, _)| {
        let (before, after) = (&code[..place], &code[place + word.len()..]);
        !before.ends_with(in_word) && !after.starts_with(in_word)
    })
}

/// Reading and comparing: before all else.
pub const OPENING: [Part; 2] = [
    part!(
        "read",
        "Reading",
        "A pattern table has a row for each distinct combination of answers. `(frequency)` says how many persons, or assessments, \
         gave it; `(group)`, `(cluster)` and `(followed)` say which group, cluster and follow-up they belong to."
    ),
    part!(
        "compare",
        "Comparing",
        "What is made is kept under the names that it has in `estimates.csv`, and compared analysis by analysis. Below each analysis \
         stand the numbers that a reader looks for first."
    ),
];
