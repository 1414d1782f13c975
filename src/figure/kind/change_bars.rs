//! Who became better, was unchanged and became worse.

use super::change::{compared, each, notes};
use super::{Drawn, FigureError, Input, Kind};
use crate::estimate;
use crate::figure::chart::stack::{Bar, Stack};
use crate::figure::palette::{BLUE, NEUTRAL, VERMILION};
use crate::table::{Content, words};

pub(super) const KIND: Kind = Kind {
    name: "change_bars",
    about: "A bar for each comparison: the share who became better, were unchanged and became worse.",
    shows: estimate::Kind::Change,
    build,
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let lines = compared(input, &KIND)?;
    let bars = each(&lines, |row| {
        let found = &row.found;
        let shares = vec![found.improved.clone(), found.unchanged.clone(), found.worse.clone()];
        if shares.iter().any(|share| *share == Content::Missing) {
            let shows = "variables that the dictionary gives a better direction";
            return Err(input.cannot_show(&KIND, row.analysis, row.variable, shows));
        }
        Ok(Bar { label: row.label.clone(), shares, counts: vec![found.n_pairs.clone()] })
    })?;
    let parts = [("column.better", BLUE), ("column.unchanged", NEUTRAL), ("column.worse", VERMILION)];
    let chart = Stack {
        parts: parts.map(|(key, colour)| (words::word(key), colour)).into(),
        lines: bars,
        diverging: false,
        columns: vec![input.counted()],
        about: words::word("figure.about_change_bars"),
    };
    Ok(Drawn::new(chart, notes(input, &lines)))
}
