//! Who has something, whether it is enough, and who should have it.

use super::describe::{Answered, coded, notes, stacked};
use super::{Drawn, FigureError, Input, Kind};
use crate::estimate;
use crate::estimate::Term;
use crate::figure::chart::stack::{Bar, Stack};
use crate::figure::palette;
use crate::table::layout::Flow;
use crate::table::{Content, words};

pub(super) const KIND: Kind = Kind {
    name: "coverage",
    about: "A bar for each question with four answers (received and enough; received, not enough; not received, needed; neither): the share of each, with the share who receive it beside the bar.",
    shows: estimate::Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let all = coded(input, &KIND)?;
    let four = |codes: &[Term]| <[Term; 4]>::try_from(codes.to_vec()).ok();
    if let Some(other) = all.iter().find(|coded| four(&coded.codes).is_none()) {
        let shows = "questions with four answers: received and enough; received, not enough; not received, needed; neither";
        return Err(input.cannot_show(&KIND, other.analysis, other.variable, shows));
    }
    let answered = Answered::of(input, &all);
    let lines = stacked(input, &KIND, &all, |coded, group, label| {
        let receivers = match four(&coded.codes) {
            Some(codes) => Flow::new(coded.analysis, (group, coded.variable), &codes).received_share(0),
            None => Content::Missing.into(),
        };
        let mut counts = vec![receivers];
        counts.extend(answered.counts(coded, group));
        let shares = coded.codes.iter().map(|code| coded.share(group, code)).collect();
        Bar { label, shares, counts }
    })?;
    let first = &all[0];
    let names = first.codes.iter().map(|code| input.labels.code(first.variable, code));
    let mut columns = vec![words::word("column.receivers")];
    columns.extend(answered.columns);
    let chart = Stack {
        parts: names.zip(palette::COVERAGE).collect(),
        lines,
        diverging: false,
        columns,
        about: words::word("figure.about_coverage"),
    };
    Ok(Drawn::new(chart, notes(input, &all)))
}
