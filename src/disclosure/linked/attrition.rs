//! Equations of attrition: the followed and the lost, at the wave and by each term, and the follow-up and descriptions of the same members.

use super::{Cells, Subjects, followup, model};
use crate::disclosure::system::System;
use crate::estimate::{Kind, Role, Statistic, Term, Variable, WHOLE};
use crate::statistic::{
    ATTRITION_ELIGIBLE, ATTRITION_LOST, COUNT, COUNT_FOLLOWED, COUNT_LOST, ELIGIBLE, FOLLOWED, LEVEL_EVENTS,
    LEVEL_NONEVENTS, LOST, N_EVENTS, N_FOLLOWED, N_LOST, N_NONEVENTS, N_OBS, SEEN, STATE, VALID,
};

/// One side of the wave: all, those with an answer to a term, and those at each answer.
type Side = [&'static Statistic; 3];

const SIDES: [Side; 2] = [[&FOLLOWED, &N_FOLLOWED, &COUNT_FOLLOWED], [&ATTRITION_LOST, &N_LOST, &COUNT_LOST]];

/// Within one subject: the wave, or a term.
pub(super) fn link<'a>(system: &mut System, cells: &mut Cells<'a>) {
    if let [Some(eligible), Some(followed), Some(lost)] =
        [&ATTRITION_ELIGIBLE, &FOLLOWED, &ATTRITION_LOST].map(|name| cells.get(name, WHOLE))
    {
        system.sum(eligible, &[followed, lost]);
        model::link(system, cells);
        // Who lacks a term is left out of the response model, and that says nothing of the person.
        for (whole, part) in [(eligible, &N_OBS), (followed, &N_EVENTS), (lost, &N_NONEVENTS)] {
            if let Some(part) = cells.get(part, WHOLE) {
                system.sum_with_rest(whole, &[part]);
            }
        }
    }
    for [_, valid, count] in SIDES {
        let answers = cells.cells(count);
        if let Some(valid) = cells.get(valid, WHOLE) {
            system.answers(valid, &answers);
        }
    }
}

/// Between subjects: each term covers the followed and the lost of the wave, which the follow-up counts as well; and a
/// description of all members gives away those who are neither.
pub(super) fn across(system: &mut System, subjects: &Subjects<'_>) {
    for (&(analysis, _, variable), (_, cells)) in
        subjects.of.iter().filter(|(_, (kind, _))| *kind == Kind::Attrition)
    {
        for (&(of, group, about), (kind, other)) in &subjects.of {
            match *kind {
                Kind::Attrition if of == analysis => {
                    covered(system, cells, other);
                    modelled(system, cells, about, other);
                }
                Kind::Followup if about == variable => {
                    for (own, theirs) in [(&ATTRITION_ELIGIBLE, &ELIGIBLE), (&FOLLOWED, &SEEN)] {
                        if let (Some(own), Some(theirs)) = (cells.get(own, WHOLE), other.get(theirs, WHOLE)) {
                            system.sum(theirs, &[own]);
                        }
                    }
                    // The follow-up tells those who are elsewhere, and still to be followed up, from the lost.
                    if let (Some(own), Some(theirs)) =
                        (cells.get(&ATTRITION_LOST, WHOLE), other.get(&LOST, WHOLE))
                    {
                        followup::add_up(system, own, &[theirs], &other.cells(&STATE));
                    }
                }
                Kind::Describe | Kind::Trajectory if about == variable && group.is_empty() => {
                    rest(system, cells, other);
                }
                _ => {}
            }
        }
    }
}

/// The followed of a wave are those with an answer to a term and those without, and so are the lost. How many are without is
/// shown, and would be known from a description as well: hiding it would protect nothing.
fn covered(system: &mut System, wave: &Cells<'_>, term: &Cells<'_>) {
    for [all, valid, _] in SIDES {
        if let (Some(whole), Some(valid)) = (wave.get(all, WHOLE), term.get(valid, WHOLE)) {
            system.sum_with_rest(whole, &[valid]);
        }
    }
}

/// The response model counts the levels of a term again, of those who lack no other term; their number is taken to be known.
fn modelled(system: &mut System, wave: &Cells<'_>, variable: &Variable, term: &Cells<'_>) {
    for (count, of_level) in [(&COUNT_FOLLOWED, &LEVEL_EVENTS), (&COUNT_LOST, &LEVEL_NONEVENTS)] {
        for (code, whole) in term.all(count) {
            if let Some(part) = wave.get(of_level, &Term::level(variable, code)) {
                system.sum_with_rest(whole, &[part]);
            }
        }
    }
}

/// Members who are neither followed nor lost, such as the dead: by each answer, what a description of all leaves over.
fn rest(system: &mut System, term: &Cells<'_>, described: &Cells<'_>) {
    let mut left_over = |whole: Option<usize>, parts: [Option<usize>; 2]| {
        let (Some(whole), [Some(followed), Some(lost)]) = (whole, parts) else { return };
        let known = system.cells[followed].value + system.cells[lost].value;
        match system.cells[whole].value.checked_sub(known) {
            // Where everyone was still to be followed up, a reader knows that nobody is left over.
            Some(0) => _ = system.sum(whole, &[followed, lost]),
            Some(value) => {
                let rest = system.add(value, Role::Interior, false, true);
                system.sum(whole, &[followed, lost, rest]);
            }
            None => {}
        }
    };
    left_over(described.get(&VALID, WHOLE), [term.get(&N_FOLLOWED, WHOLE), term.get(&N_LOST, WHOLE)]);
    for (code, whole) in described.all(&COUNT) {
        left_over(Some(whole), [term.get(&COUNT_FOLLOWED, code), term.get(&COUNT_LOST, code)]);
    }
}
