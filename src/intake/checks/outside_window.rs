//! # `outside_window`
//!
//! ## What it does
//! Finds forms that are dated outside the window of their wave, counted from the respondent's form at the first wave. A wave without a window
//! reaches half-way to its neighbours. The date of a form is the one that `date_order` uses.
//!
//! ## Why is this bad?
//! Either the date is wrong or the form belongs to another wave. And change over nine months is not change over six.
//!
//! ## Example
//! A form of the follow-up after six months, dated 282 days after the first form.
//!
//! ## What to do
//! Look at the rows: date, wave and id. If the form is right, widen the wave's `window`.

use super::date_order::{Dated, dated};
use super::{Check, Clash, People, Rule};
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "outside_window",
    about: "A form is dated too early or too late for its wave.",
    default_action: Action::Report,
    allowed_actions: &[Action::Report, Action::Stop],
    rules: &[Rule::People(outside)],
};

fn outside(people: &People) -> Vec<Clash> {
    let waves = people.request.waves;
    let clash = |(clash, how): (Clash, Dated)| match how {
        Dated::OutsideWindow(how, wave) => Some(Clash {
            message: format!(
                "a form dated {how} for {}, counted from the respondent's first form; expected a day nearer to month {} (the wave's `window` says how far it reaches)",
                waves[wave].id, waves[wave].month
            ),
            ..clash
        }),
        Dated::BeforeEarlier => None,
    };
    dated(people).into_iter().filter_map(clash).collect()
}
