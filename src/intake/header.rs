//! Compares the columns of a file with those that the dictionary and the pipeline need.

use crate::dictionary::{Instrument, Item};
use crate::plan::{Source, WaveOf};
use crate::read::Column;

/// A file's columns, and where the wanted ones are.
pub(crate) struct Header {
    /// As the file has them, in order.
    pub(crate) names: Vec<String>,
    pub(crate) wanted: Vec<Wanted>,
    /// Where the file is to have columns of each wave: how those of this one are called, with … for the item's.
    pub(crate) of_wave: Option<String>,
    /// The same where it has none of this one.
    pub(crate) without_wave: Option<String>,
}

/// A column that the pipeline or the dictionary names.
pub(crate) struct Wanted {
    pub(crate) column: String,
    pub(crate) role: Role,
    /// Its places among the file's columns: one, if all is well.
    pub(crate) at: Vec<usize>,
    /// Whether the file may do without it: a question that was not put then, or an answer that the file's name gives.
    pub(crate) optional: bool,
    pub(crate) standing: Standing,
}

/// Which waves a column tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// That of the row.
    Own,
    /// All waves alike: it is carried along, and no answer of the form's own.
    Every,
    /// The file has the item's columns of other waves only, and the dictionary does not say why.
    Elsewhere,
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
            standing: Standing::Own,
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
            let first = waves.first().is_none_or(|first| source.has(first));
            let (column, standing) = column_of(item, source, &names, first);
            let asked = item.asked.of(waves).into_iter().any(|wave| source.has(wave));
            let answered = captured.iter().any(|(name, _)| *name == item.name);
            let elsewhere = standing == Standing::Elsewhere;
            let wanted = wanted(&column, Role::Item(item.name.clone()), elsewhere || !asked || answered);
            // What is known not to be asked need not be told.
            let standing = if elsewhere && (!asked || answered) { Standing::Own } else { standing };
            all.push(Wanted { standing, ..wanted });
        }
        let has_wave = |wanted: &Wanted| {
            wanted.role.item().is_some() && wanted.standing == Standing::Own && !wanted.at.is_empty()
        };
        let of_wave = source.wide.as_ref().map(|wide| wide.column("…"));
        let without_wave = of_wave.clone().filter(|_| !all.iter().any(has_wave));
        // A column that one is called by in so many words is no other's by its look alone.
        let exact = |wanted: &Wanted| wanted.at.first().is_some_and(|at| names.0[*at] == wanted.column);
        let taken: Vec<usize> =
            all.iter().filter(|wanted| exact(wanted)).flat_map(|wanted| wanted.at.clone()).collect();
        for wanted in &mut all {
            if !exact(wanted) && wanted.at.iter().any(|at| taken.contains(at)) {
                wanted.at.clear();
            }
        }
        Header { names: names.0, wanted: all, of_wave, without_wave }
    }

    pub(super) fn wanted_for(&self, role: &Role) -> Option<&Wanted> {
        self.wanted.iter().find(|wanted| wanted.role == *role)
    }

    /// The place of the wanted column, if the file has it.
    pub(super) fn place(&self, role: &Role) -> Option<usize> {
        self.wanted_for(role).and_then(|wanted| wanted.at.first().copied())
    }

    /// The places of all columns but those that tell whose row it is, of when and in which order.
    pub(super) fn answers(&self) -> Vec<usize> {
        let places = [Role::Respondent, Role::Wave, Role::Order].map(|role| self.place(&role));
        (0..self.names.len()).filter(|at| !places.contains(&Some(*at))).collect()
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

/// The column of an item in a source's files, and which waves it tells of.
fn column_of(item: &Item, source: &Source, names: &Names, first: bool) -> (String, Standing) {
    let carried = match source.wide.is_some() || source.carried.contains(&item.name) {
        true => Standing::Every,
        false => Standing::Own,
    };
    if let Some((_, column)) = source.columns.iter().find(|(name, _)| *name == item.name) {
        return (column.clone(), carried);
    }
    let Some(wide) = &source.wide else { return (item.column.clone(), carried) };
    let column = wide.column(&item.column);
    if !names.places(&column).is_empty() {
        return (column, Standing::Own);
    }
    match wide.elsewhere(&item.column).any(|column| !names.places(&column).is_empty()) {
        true => (column, Standing::Elsewhere),
        // A column without a wave in its name was asked once, at the first; only what is constant holds at the others as well.
        false if !first && !item.constant && !names.places(&item.column).is_empty() => {
            (column, Standing::Elsewhere)
        }
        false => (item.column.clone(), carried),
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
        // A line break in a heading is a blank.
        let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
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
