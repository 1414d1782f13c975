//! # `date_order`
//!
//! ## What it does
//! Finds forms that are dated before the respondent's form at an earlier wave. The date of a form is its only item of type `date` that is not
//! `constant` and is asked at every wave; without such an item nothing is checked.
//!
//! ## Why is this bad?
//! Either the date is wrong, or the forms belong to other waves, and then change has the wrong direction.
//!
//! ## Example
//! A follow-up form dated a year and a half before the first form.
//!
//! ## What to do
//! Look at the rows: date, wave and id.

use arrow::array::{Array, AsArray};
use arrow::datatypes::Date32Type;

use super::{Check, Clash, People, Rule};
use crate::dictionary::{Asked, Item, ItemType};
use crate::intake::windows::astray;
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "date_order",
    about: "A form is dated before the respondent's form at an earlier wave.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[Rule::People(out_of_order)],
};

fn out_of_order(people: &People) -> Vec<Clash> {
    let early = dated(people).into_iter().filter(|(_, how)| *how == Dated::BeforeEarlier);
    early
        .map(|(clash, _)| Clash {
            message: "a form dated before the respondent's form at an earlier wave; expected a later day"
                .to_owned(),
            ..clash
        })
        .collect()
}

/// What is wrong with the day of a form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Dated {
    BeforeEarlier,
    /// How, and the place of the wave.
    OutsideWindow(&'static str, usize),
}

/// The forms whose day is wrong, each with its item.
pub(super) fn dated(people: &People) -> Vec<(Clash, Dated)> {
    let is_day = |item: &&Item| item.kind == ItemType::Date && !item.constant && item.asked == Asked::Every;
    let mut days = people.request.instrument.items.iter().filter(is_day);
    let (Some(item), None) = (days.next(), days.next()) else { return Vec::new() };
    let Some(column) = people.column(&item.name).and_then(|column| column.as_primitive_opt::<Date32Type>())
    else {
        return Vec::new();
    };
    let waves = people.request.waves;
    let first = waves.iter().position(|wave| people.request.used_at.first() == Some(&wave.id));
    let mut found = Vec::new();
    for person in people.each() {
        let (mut latest, mut start): (Option<i32>, Option<i32>) = (None, None);
        for row in person.iter().copied().filter(|row| column.is_valid(*row as usize)) {
            let day = column.value(row as usize);
            let wave = people.wave(row);
            if wave.is_some() && wave == first {
                start = Some(day);
            }
            let astray = start.zip(wave).and_then(|(start, wave)| {
                let how = astray(f64::from(day) - f64::from(start), wave, waves)?;
                Some(Dated::OutsideWindow(how, wave))
            });
            let early = latest.is_some_and(|latest| day < latest).then_some(Dated::BeforeEarlier);
            if let Some(how) = early.or(astray) {
                found.push((Clash { row, item: Some(item.name.clone()), message: String::new() }, how));
            }
            latest = latest.max(Some(day));
        }
    }
    found
}
