//! The names that analyses and SQL expressions of a cohort may use, and what each stands for.

use std::collections::BTreeSet;
use std::sync::Arc;

use toml::Spanned;

use crate::dictionary::{Code, Instrument, Item, ItemType, Text};
use crate::plan::{Attach, CohortUnit, Column, Derived, Origin, Wave};

/// The names of one cohort.
pub struct Scope<'a> {
    pub instrument: &'a Instrument,
    /// The waves at which the instrument has sources.
    pub observed: Vec<&'a Wave>,
    /// The cohort's own waves.
    pub waves: &'a [String],
    pub unit: CohortUnit,
    pub per_assessment: &'a [Derived],
    pub per_respondent: &'a [Derived],
    /// Services' variables.
    pub attached: Vec<Arc<Item>>,
}

impl Scope<'_> {
    /// What `name` stands for: `item@wave`, or a plain name where one value goes with each row of the cohort.
    pub fn column(&self, name: &str) -> Option<Column> {
        let column = |item: Arc<Item>, wave: Option<String>, origin: Origin| {
            Some(Column { name: name.to_owned(), item, wave, origin })
        };
        if let Some((item, wave)) = name.rsplit_once('@') {
            let wave = self.observed.iter().find(|known| known.id == wave)?;
            return column(self.assessed(item)?, Some(wave.id.clone()), Origin::Assessment);
        }
        if name == "wave" && self.unit == CohortUnit::Assessment {
            return column(Arc::new(self.wave_item()), None, Origin::Wave);
        }
        if let Some(derived) = self.per_respondent.iter().find(|derived| derived.item.name == name) {
            return column(derived.item.clone(), None, Origin::Respondent);
        }
        if let Some(item) = self.attached.iter().find(|item| item.name == name) {
            return column(item.clone(), None, Origin::Attached);
        }
        let item = self.assessed(name)?;
        match (item.constant, self.unit, self.waves) {
            (true, _, _) => column(item, None, Origin::Constant),
            (false, CohortUnit::Assessment, _) => column(item, None, Origin::Assessment),
            (false, CohortUnit::Respondent, [only]) => column(item, Some(only.clone()), Origin::Assessment),
            (false, CohortUnit::Respondent, _) => None,
        }
    }

    /// The column of a variable at a wave.
    pub fn column_at(&self, variable: &str, wave: &str) -> Option<Column> {
        self.column(&format!("{variable}@{wave}"))
    }

    /// Names, those of sets of items replaced by the items' own: `help@w1` by `help_1@w1`, `help_2@w1`.
    pub fn sets_opened(&self, names: &[Spanned<String>]) -> Vec<Spanned<String>> {
        let open = |name: &Spanned<String>| {
            let (plain, wave) = match name.get_ref().rsplit_once('@') {
                Some((plain, wave)) => (plain, Some(wave)),
                None => (name.get_ref().as_str(), None),
            };
            let items = match self.instrument.sets.iter().find(|set| set.name == plain) {
                None => return vec![name.clone()],
                Some(set) => set.items.iter(),
            };
            let at_wave = |item: &String| wave.map_or_else(|| item.clone(), |wave| format!("{item}@{wave}"));
            items.map(|item| Spanned::new(name.span(), at_wave(item))).collect()
        };
        names.iter().flat_map(open).collect()
    }

    /// An item of the instrument, or a variable derived per assessment.
    pub fn assessed(&self, name: &str) -> Option<Arc<Item>> {
        let derived = self.per_assessment.iter().find(|derived| derived.item.name == name);
        derived
            .map(|derived| derived.item.clone())
            .or_else(|| self.instrument.item(name).map(|item| Arc::new(item.clone())))
    }

    /// Names to suggest from where `name` is not known; without waves where it has none, which a second mistake then asks for.
    pub fn names_like(&self, name: &str) -> Vec<String> {
        let mut names = self.names();
        if !name.contains('@') {
            names.iter_mut().for_each(|known| known.truncate(known.find('@').unwrap_or(known.len())));
            let mut seen = BTreeSet::new();
            names.retain(|known| seen.insert(known.clone()));
        }
        names
    }

    /// What [`Scope::column`] knows.
    fn names(&self) -> Vec<String> {
        let assessed = self
            .instrument
            .items
            .iter()
            .chain(self.per_assessment.iter().map(|derived| derived.item.as_ref()))
            .map(|item| item.name.as_str());
        let plain = assessed
            .clone()
            .chain(self.per_respondent.iter().map(|derived| derived.item.name.as_str()))
            .chain(self.attached.iter().map(|item| item.name.as_str()))
            .chain(["wave"])
            .filter(|name| self.column(name).is_some())
            .map(str::to_owned);
        let at_waves =
            assessed.flat_map(|name| self.observed.iter().map(move |wave| format!("{name}@{}", wave.id)));
        plain.chain(at_waves).collect()
    }

    /// Why a name that exists is not known as it stands, where that can be told.
    pub fn hint(&self, name: &str) -> Option<String> {
        if let Some((item, wave)) = name.rsplit_once('@') {
            if self.per_respondent.iter().any(|derived| derived.item.name == item) {
                return Some(format!("`{item}` is derived over waves, so that it has none: write `{item}`"));
            }
            self.assessed(item)?;
            let waves: Vec<&str> = self.observed.iter().map(|wave| wave.id.as_str()).collect();
            return Some(format!("`{item}` has no wave `{wave}`; waves with forms: {}", waves.join(", ")));
        }
        self.assessed(name)?;
        let example = self.observed.first().map_or("w1", |wave| wave.id.as_str());
        Some(format!("`{name}` is asked at several waves: say which, as in `{name}@{example}`"))
    }

    /// The wave of a row, as a nominal variable whose codes are the waves' numbers.
    fn wave_item(&self) -> Item {
        let waves = self.observed.iter().filter(|wave| self.waves.contains(&wave.id));
        let label = Text {
            nb: Some("Måling".to_owned()),
            nn: Some("Måling".to_owned()),
            en: Some("Wave".to_owned()),
        };
        let codes = waves
            .map(|wave| Code { code: wave.number, label: wave.label.clone(), written: Vec::new() })
            .collect();
        Item { codes, ..Item::bare("wave", "wave", label, ItemType::Nominal) }
    }
}

/// The services' variables that a cohort attaches.
pub(super) fn attached(attach: &[Attach], instruments: &[Arc<Instrument>]) -> Vec<Arc<Item>> {
    attach
        .iter()
        .flat_map(|attach| {
            let services = instruments.iter().find(|instrument| instrument.id == attach.instrument);
            attach.variables.iter().filter_map(move |name| services?.item(name).cloned().map(Arc::new))
        })
        .collect()
}
