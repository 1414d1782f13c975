//! The columns of a file against what the dictionary and the pipeline want of it.

use crate::dictionary::{Instrument, Item};
use crate::plan::{Source, WaveOf};
use crate::read::Column;

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
    /// Whether the file may do without it: a question that was not put then, or an answer that the file's name gives.
    pub(crate) optional: bool,
    /// Whether the file has no column of the item at this wave, though at others, and the dictionary does not say why.
    pub(crate) at_other_waves: bool,
}

/// What a column is wanted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    Respondent,
    Wave,
    /// What the rows of one respondent are ordered by.
    Order,
    /// By the item's name.
    Item(String),
}

impl Header {
    /// `waves` are those at which the instrument is used, in order; `captured` the items that the file's name answers.
    pub(super) fn new(
        columns: &[Column],
        source: &Source,
        instrument: &Instrument,
        waves: &[String],
        captured: &[(String, String)],
    ) -> Header {
        let names = Names(columns.iter().map(|column| column.name.clone()).collect());
        let wanted = |column: &str, role: Role, optional: bool| Wanted {
            at: names.places(column),
            column: column.to_owned(),
            role,
            optional,
            at_other_waves: false,
        };
        let mut all = vec![wanted(&source.respondent.column, Role::Respondent, false)];
        match &source.wave {
            WaveOf::File(_) => {}
            WaveOf::Column { column, .. } | WaveOf::Start { column, .. } => {
                all.push(wanted(column, Role::Wave, false))
            }
        }
        if let Some(column) = source.keep.as_ref().and_then(|keep| keep.by.as_deref()) {
            all.push(wanted(column, Role::Order, false));
        }
        for item in &instrument.items {
            let (column, asked_elsewhere) = column_of(item, source, &names);
            let asked = item.asked.of(waves).into_iter().any(|wave| source.has(wave));
            let answered = captured.iter().any(|(name, _)| *name == item.name);
            let optional = asked_elsewhere || !asked || answered;
            let wanted = wanted(&column, Role::Item(item.name.clone()), optional);
            all.push(Wanted { at_other_waves: asked_elsewhere && asked && !answered, ..wanted });
        }
        // A column that one is called by in so many words is no other's by its look alone.
        let exact = |wanted: &Wanted| wanted.at.first().is_some_and(|at| names.0[*at] == wanted.column);
        let taken: Vec<usize> =
            all.iter().filter(|wanted| exact(wanted)).flat_map(|wanted| wanted.at.clone()).collect();
        for wanted in &mut all {
            if !exact(wanted) && wanted.at.iter().any(|at| taken.contains(at)) {
                wanted.at.clear();
            }
        }
        Header { names: names.0, wanted: all }
    }

    pub(super) fn wanted_for(&self, role: &Role) -> Option<&Wanted> {
        self.wanted.iter().find(|wanted| wanted.role == *role)
    }

    /// The place of the wanted column, if the file has it.
    pub(super) fn place(&self, role: &Role) -> Option<usize> {
        self.wanted_for(role).and_then(|wanted| wanted.at.first().copied())
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

/// The column of an item in a source's files, and whether it is known to stand there at other waves only.
fn column_of(item: &Item, source: &Source, names: &Names) -> (String, bool) {
    if let Some((_, column)) = source.columns.iter().find(|(name, _)| *name == item.name) {
        return (column.clone(), false);
    }
    let Some(wide) = &source.wide else { return (item.column.clone(), false) };
    let column = wide.column(&item.column);
    if !names.places(&column).is_empty() {
        return (column, false);
    }
    match wide.elsewhere(&item.column).any(|column| !names.places(&column).is_empty()) {
        true => (column, true),
        // The same at all waves.
        false => (item.column.clone(), false),
    }
}

struct Names(Vec<String>);

impl Names {
    /// The places of a column: of that very name, or where there is none, of the one name that differs in case and spaces only.
    fn places(&self, wanted: &str) -> Vec<usize> {
        let all = |same: &dyn Fn(&str) -> bool| -> Vec<usize> {
            self.0.iter().enumerate().filter(|(_, name)| same(name)).map(|(at, _)| at).collect()
        };
        let exact = all(&|name| name == wanted);
        if !exact.is_empty() {
            return exact;
        }
        let plain = |name: &str| name.trim().to_lowercase();
        let alike = all(&|name| plain(name) == plain(wanted));
        match alike.len() {
            1 => alike,
            _ => Vec::new(),
        }
    }
}

impl Role {
    pub(crate) fn item(&self) -> Option<&str> {
        match self {
            Role::Item(name) => Some(name),
            Role::Respondent | Role::Wave | Role::Order => None,
        }
    }
}
