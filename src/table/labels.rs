//! Words for keys: what a variable, a term, a group or a state is called.

use std::collections::BTreeMap;

use super::words;
use crate::dictionary::{Item, Text};
use crate::estimate::{EVERYONE, Group, Term, Waves};
use crate::plan::Wave;

/// All that an evaluation has names for.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// By the variable's name without a wave; also derived variables.
    pub items: BTreeMap<String, Item>,
    /// In order.
    pub waves: Vec<Wave>,
    /// By the state's id.
    pub states: BTreeMap<String, Text>,
}

impl Labels {
    /// The item of a variable, whatever its wave.
    pub fn item(&self, variable: &str) -> Option<&Item> {
        self.items.get(Waves::of(variable).name)
    }

    /// The variable's label without its wave; its name where it has none.
    pub fn variable(&self, variable: &str) -> Text {
        let name = Waves::of(variable).name;
        match self.items.get(name) {
            Some(item) if !item.label.is_empty() => item.label.clone(),
            _ => Text::same(name),
        }
    }

    /// The label of a wave; its id where it has none.
    pub fn wave(&self, id: &str) -> Text {
        match self.waves.iter().find(|wave| wave.id == id) {
            Some(wave) if !wave.label.is_empty() => wave.label.clone(),
            _ => Text::same(id),
        }
    }

    /// `Mapping 1 → Mapping 2`, or the one wave, or nothing.
    pub fn waves(&self, variable: &str) -> Text {
        let key = Waves::of(variable);
        match (key.wave, key.to) {
            (Some(from), Some(to)) => {
                let (from, to) = (self.wave(from), self.wave(to));
                words::each(|language| format!("{} → {}", from.get(language), to.get(language)))
            }
            (Some(wave), None) => self.wave(wave),
            _ => Text::default(),
        }
    }

    /// The variable's label with its waves in parentheses.
    pub fn variable_at(&self, variable: &str) -> Text {
        let (label, waves) = (self.variable(variable), self.waves(variable));
        if waves.is_empty() {
            return label;
        }
        words::each(|language| format!("{} ({})", label.get(language), waves.get(language)))
    }

    /// `Satisfied: Yes`: the label of a binary variable with the answer that counts and shares are of, its second.
    pub fn event(&self, variable: &str, label: Text) -> Text {
        // One answer among several that can be given is its own label.
        let item = self.item(variable).filter(|item| item.part_of.is_none());
        match item.and_then(|item| item.codes.get(1)).filter(|code| !code.label.is_empty()) {
            Some(code) => {
                words::each(|language| format!("{}: {}", label.get(language), code.label.get(language)))
            }
            None => label,
        }
    }

    /// The label of an answer.
    pub fn code(&self, variable: &str, code: &str) -> Text {
        let known = code.parse().ok().and_then(|code| self.item(variable)?.code(code));
        match known {
            Some(code) if !code.label.is_empty() => code.label.clone(),
            _ => Text::same(code),
        }
    }

    /// A variable's codes in the dictionary's order, and what else stands in `found`, in its order; as counts have them for terms.
    pub fn codes(&self, variable: &str, found: &[&Term]) -> Vec<Term> {
        let item = self.item(variable);
        let mut codes: Vec<Term> = item
            .map(|item| item.codes.iter().map(|code| Term::code(code.code)).collect())
            .unwrap_or_default();
        for code in found {
            if !codes.contains(code) {
                codes.push((*code).clone());
            }
        }
        codes
    }

    /// `drop_in=1 & sex=2` → `Drop-in centre: yes, Sex: woman`; everyone for the empty group.
    pub fn group(&self, group: &Group) -> Text {
        if group == EVERYONE {
            return words::word("group.everyone");
        }
        let parts: Vec<(Text, Text)> = group
            .levels()
            .map(|(variable, code)| {
                let label = code.map_or_else(Text::default, |code| self.code(variable, code));
                (self.variable(variable), label)
            })
            .collect();
        words::each(|language| {
            let parts = parts.iter().map(|(variable, code)| match code.is_empty() {
                true => variable.get(language).to_owned(),
                false => format!("{}: {}", variable.get(language), code.get(language)),
            });
            parts.collect::<Vec<_>>().join(", ")
        })
    }

    /// The label of a state; its id where it has none.
    pub fn state(&self, id: &str) -> Text {
        self.states.get(id).filter(|label| !label.is_empty()).cloned().unwrap_or_else(|| Text::same(id))
    }
}
