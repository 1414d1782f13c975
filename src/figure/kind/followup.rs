//! Who was seen at each wave, and where the others are.

use super::{Drawn, FigureError, Input, Kind};
use crate::estimate;
use crate::estimate::{EVERYONE, NO_VARIABLE, Term, Variable, WHOLE};
use crate::figure::chart::Line;
use crate::figure::chart::stack::{Bar, Stack};
use crate::figure::palette::{BLUE, Colour, NEUTRAL};
use crate::statistic::{ELIGIBLE, LOST_SHARE, MEMBERS, SEEN_SHARE, STATE, STATE_SHARE};
use crate::table::{Format, words};

pub(super) const KIND: Kind = Kind {
    name: "followup",
    about: "A bar for each wave: the share of all members who were seen, who were in each state without answers, and who were lost.",
    shows: estimate::Kind::Followup,
    build,
};

/// States, in the order in which they are declared.
const STATES: [Colour; 4] = ["#1b2430", "#8a4f7d", "#7fb8dc", "#f0a26b"];

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    // Those who are seen in a state are among the seen already.
    let mut states: Vec<&Term> = Vec::new();
    for analysis in &input.analyses {
        for wave in analysis.variables() {
            for state in analysis.terms(wave, &STATE) {
                if !states.contains(&state) && !input.seen_states.contains(&state.as_str()) {
                    states.push(state);
                }
            }
        }
    }
    let mut lines = Vec::new();
    for analysis in &input.analyses {
        let waves: Vec<&Variable> = analysis
            .variables()
            .into_iter()
            .filter(|wave| analysis.has((EVERYONE, wave), &ELIGIBLE))
            .collect();
        if waves.is_empty() {
            return Err(input.lacks(&KIND, analysis, "a wave with eligible persons"));
        }
        if input.analyses.len() > 1 {
            lines.push(Line::Section(analysis.label.clone()));
        }
        let members = analysis.cell((EVERYONE, NO_VARIABLE), WHOLE, &MEMBERS, Format::Count);
        for wave in waves {
            let at = (EVERYONE, wave);
            // A state that is not declared for this wave cannot occur at it.
            let share =
                |term: &Term, statistic| analysis.cell(at, term, statistic, Format::Percent(0)).or_nobody();
            let mut shares = vec![share(WHOLE, &SEEN_SHARE)];
            shares.extend(states.iter().map(|state| share(state, &STATE_SHARE)));
            shares.push(share(WHOLE, &LOST_SHARE));
            let bar = Bar { label: input.labels.wave(wave), shares, counts: vec![members.clone()] };
            lines.push(if input.analyses.len() > 1 { Line::Inner(bar) } else { Line::Row(bar) });
        }
    }
    let of_states = states
        .iter()
        .enumerate()
        .map(|(place, state)| (input.labels.state(state), STATES[place % STATES.len()]));
    let parts = [(words::word("column.seen"), BLUE)].into_iter().chain(of_states);
    let chart = Stack {
        parts: parts.chain([(words::word("column.lost"), NEUTRAL)]).collect(),
        lines,
        diverging: false,
        columns: vec![words::word("row.persons")],
        about: words::word("figure.about_followup"),
    };
    Ok(Drawn::new(chart, vec![words::word("figure.of_members")]))
}
