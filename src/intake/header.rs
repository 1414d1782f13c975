//! The heading of a file against what the dictionary and the pipeline want of it.

use csv::StringRecord;

use crate::dictionary::Instrument;
use crate::plan::{Source, WaveOf};

/// A file's columns, and where the wanted ones are.
pub(crate) struct Header {
    /// As the file has them, in order.
    pub(crate) names: Vec<String>,
    pub(crate) wanted: Vec<Wanted>,
}

/// A column that the pipeline or the dictionary names.
pub(crate) struct Wanted {
    pub(crate) column: String,
    pub(crate) role: Role,
    /// Its places among the file's columns: one, if all is well.
    pub(crate) at: Vec<usize>,
}

/// What a column is wanted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    Respondent,
    Wave,
    /// By the item's name.
    Item(String),
}

impl Header {
    pub(super) fn new(names: Vec<String>, source: &Source, instrument: &Instrument) -> Header {
        let mut wanted = vec![(source.respondent.clone(), Role::Respondent)];
        if let WaveOf::Column { column, .. } = &source.wave {
            wanted.push((column.clone(), Role::Wave));
        }
        for item in &instrument.items {
            wanted.push((item.column.clone(), Role::Item(item.name.clone())));
        }
        let places = |column: &str| {
            names.iter().enumerate().filter(|(_, name)| *name == column).map(|(at, _)| at).collect()
        };
        let wanted =
            wanted.into_iter().map(|(column, role)| Wanted { at: places(&column), column, role }).collect();
        Header { names, wanted }
    }

    /// The text of a wanted column in a record, trimmed; empty where the column is absent.
    pub(super) fn field<'r>(&self, wanted: &Wanted, record: &'r StringRecord) -> &'r str {
        wanted.at.first().and_then(|at| record.get(*at)).unwrap_or_default().trim()
    }

    pub(super) fn wanted_for(&self, role: &Role) -> Option<&Wanted> {
        self.wanted.iter().find(|wanted| wanted.role == *role)
    }

    /// Names of the columns that are kept, in the file's order.
    pub(super) fn kept(&self) -> Vec<String> {
        self.named(true)
    }

    /// Names of the columns that are passed over, in the file's order.
    pub(super) fn ignored(&self) -> Vec<String> {
        self.named(false)
    }

    fn named(&self, kept: bool) -> Vec<String> {
        let is_wanted = |at: usize| self.wanted.iter().any(|wanted| wanted.at.first() == Some(&at));
        let name = |(at, name): (usize, &String)| match name.is_empty() {
            true => format!("(column {})", at + 1),
            false => name.clone(),
        };
        let names = self.names.iter().enumerate();
        names.filter(|(at, _)| is_wanted(*at) == kept).map(name).collect()
    }
}

impl Role {
    pub(crate) fn item(&self) -> Option<&str> {
        match self {
            Role::Item(name) => Some(name),
            Role::Respondent | Role::Wave => None,
        }
    }
}
