//! Conventions: which variant of a statistic a program computes, so that a number published from R, SPSS or Stata can be computed again.
//!
//! A statistic that differs between the programs names the variant that it follows in `method`. The stages list what differs:
//! [`change::DIFFERENCES`](crate::change::DIFFERENCES), [`model::DIFFERENCES`](crate::model::DIFFERENCES).

use serde::Serialize;

use crate::estimate::{Statistic, Statistics, Term};

/// A statistical program whose variant is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Convention {
    #[default]
    R,
    Spss,
    Stata,
}

impl Convention {
    pub const ALL: [Convention; 3] = [Convention::R, Convention::Spss, Convention::Stata];

    /// The word for it in a pipeline.
    pub fn as_str(self) -> &'static str {
        match self {
            Convention::R => "r",
            Convention::Spss => "spss",
            Convention::Stata => "stata",
        }
    }

    /// What the program is called.
    pub fn title(self) -> &'static str {
        match self {
            Convention::R => "R",
            Convention::Spss => "SPSS",
            Convention::Stata => "Stata",
        }
    }

    /// The term under which its variant stands beside the others'. No item's name has parentheses.
    pub fn term(self) -> &'static Term {
        match self {
            Convention::R => const { &Term::aside("(r)") },
            Convention::Spss => const { &Term::aside("(spss)") },
            Convention::Stata => const { &Term::aside("(stata)") },
        }
    }

    pub fn parse(text: &str) -> Option<Convention> {
        Convention::ALL.into_iter().find(|convention| convention.as_str() == text)
    }
}

/// What the three programs do where they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The statistics that it concerns.
    pub statistics: Statistics,
    pub r: &'static str,
    pub spss: &'static str,
    pub stata: &'static str,
}

/// Whether a statistic is among those that differ.
pub fn differs(differences: &[Difference], statistic: &Statistic) -> bool {
    differences.iter().any(|difference| difference.statistics.contains(&statistic))
}
