//! The prose and the code of follow-up in a notebook.

use std::fmt::Write;

use super::Followup;
use crate::describe;
use crate::estimate::{Kind, Statistics};
use crate::notebook::{Prose, Remade, Stage, Writer, english, names, part};
use crate::plan::Cohort;
use crate::statistic::{ELIGIBLE, FOLLOWUP_RATE, LOST, SEEN};

/// The functions of the stage.
pub static STAGE: Stage = Stage {
    kind: Kind::Followup,
    statistics: || describe::FOLLOWUP_STATISTICS.to_vec(),
    title: "Follow-up",
    about: "Each wave puts every member in one place: seen, in a declared state, or lost.",
    parts: &[part!("followup", "", "")],
    also: &[],
};

impl Remade for Followup {
    fn stage(&self) -> &'static Stage {
        &STAGE
    }

    fn looked_at(&self) -> Statistics {
        const { &[&ELIGIBLE, &SEEN, &LOST, &FOLLOWUP_RATE] }
    }

    fn prose<'q>(&'q self, cohort: &Cohort, prose: &mut Prose<'q>) {
        prose.text += &format!("Who was seen at {}.\n\n", names(cohort.waves.iter().map(String::as_str)));
        for state in &cohort.states {
            let _ = writeln!(
                prose.text,
                "- State `{}`, {}, at {}: `{}`{}{}.",
                state.id,
                english(&state.label),
                state.wave,
                state.sql.text,
                if state.seen { "; seen" } else { "" },
                if state.eligible { "" } else { "; no longer to be followed up" }
            );
        }
    }

    fn code(&self, cohort: &Cohort, writer: &Writer<'_>) -> String {
        let dialect = writer.dialect;
        let states: Vec<String> = cohort
            .states
            .iter()
            .map(|state| {
                let truth = |name: &str, holds: bool| dialect.argument(name, dialect.truth(holds));
                let wave = dialect.argument("wave", &dialect.text(&state.wave));
                let arguments = [
                    dialect.text(&state.id),
                    wave,
                    truth("seen", state.seen),
                    truth("eligible", state.eligible),
                ];
                dialect.call("state", &arguments)
            })
            .collect();
        let waves = dialect.texts(cohort.waves.iter().map(String::as_str));
        let nothing = dialect.text("");
        let at_wave = dialect.call("followup_at", &["members", "wave", "states"].map(str::to_owned));
        let whole = dialect.call("followup_whole", &["members", "waves"].map(str::to_owned));
        [
            dialect.assign("members", &writer.patterns("", false)),
            dialect.assign("waves", &waves),
            dialect.assign("states", &dialect.members(&states, "")),
            writer.record(&nothing, &nothing, &whole) + "\n",
            dialect.each("wave", "waves", &[writer.record(&nothing, "wave", &at_wave)]),
        ]
        .concat()
    }
}
