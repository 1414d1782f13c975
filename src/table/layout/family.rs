//! A family of tests: each comparison with its p-value as it stands and adjusted for the tests being many.

use super::{AnalysisView, Body, Input, Layout, LayoutError};
use crate::dictionary::{ItemType, Text};
use crate::estimate::{EVERYONE, Kind, NO_VARIABLE, Variable, WHOLE};
use crate::statistic::{FAMILY_P_VALUE, FAMILY_SIZE, P_BH, P_HOLM};
use crate::table::{Amount, Cell, Column, Format, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "family",
    about: "Each comparison of a family: its test, its p-value, and this adjusted by Holm and by Benjamini and Hochberg.",
    kind: Kind::Family,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    let grouped = input.analyses.iter().any(|analysis| analysis.groups().len() > 1);
    let mut waves: Vec<Text> =
        input.analyses.iter().flat_map(tested).map(|variable| input.labels.waves(variable)).collect();
    waves.dedup();
    // Where a variable has several rows, its name stands above them.
    let (several_pairs, sections) = (waves.len() > 1, waves.len() > 1 || grouped);
    for analysis in &input.analyses {
        let before = rows.len();
        let mut section = Text::default();
        for variable in tested(analysis) {
            let label = input.labels.variable(variable);
            if sections && label != section {
                rows.push(Row::section(label.clone()));
                section = label.clone();
            }
            for group in
                analysis.groups().into_iter().filter(|group| analysis.has((group, variable), &FAMILY_P_VALUE))
            {
                let p = |statistic| analysis.cell((group, variable), WHOLE, statistic, Format::P);
                let cells = vec![test(input, variable), p(&FAMILY_P_VALUE), p(&P_HOLM), p(&P_BH)];
                let mut heads = Vec::new();
                heads.extend(several_pairs.then(|| input.labels.waves(variable)));
                heads.extend(grouped.then(|| input.labels.group(group)));
                if heads.is_empty() {
                    heads.push(label.clone());
                }
                rows.push(Row::new(if sections { RowKind::Inner } else { RowKind::Plain }, heads, cells));
            }
        }
        if rows.len() == before {
            return Err(input.lacks(&LAYOUT, analysis, "a test of a comparison"));
        }
        notes.extend(size(analysis));
    }
    if let ([only], false) = (waves.as_slice(), several_pairs) {
        notes.push(words::each(|language| {
            words::say(language, "note.waves", &[("waves", only.get(language).to_owned())])
        }));
    }
    let adjusted = input.heading("column.adjusted");
    let columns = vec![
        Column::new(input.heading("column.test")),
        Column::new(input.heading("column.p")),
        Column::under(&adjusted, input.heading("column.holm")),
        Column::under(&adjusted, input.heading("column.bh")),
    ];
    let stub: &[&str] = match (several_pairs, grouped) {
        (true, true) => &["stub.wave", "stub.group"],
        (true, false) => &["stub.wave"],
        (false, true) => &["stub.group"],
        (false, false) => &["stub.variable"],
    };
    notes.extend(["note.holm", "note.bh", "note.family"].map(words::word));
    Ok(Body { stub: stub.iter().map(|key| input.heading(key)).collect(), columns, rows, notes })
}

/// The comparisons of a family.
fn tested<'a>(analysis: &AnalysisView<'a>) -> impl Iterator<Item = &'a Variable> + use<'a> {
    analysis.variables().into_iter().filter(|variable| !variable.is_empty())
}

/// The declared test of a comparison, by its type: the one that tables of change show.
fn test(input: &Input<'_>, variable: &Variable) -> Cell {
    let key = match input.labels.item(variable).map(|item| item.kind) {
        Some(ItemType::Binary) => "test.mcnemar",
        Some(_) => "test.t",
        None => return Cell::EMPTY,
    };
    words::word(key).into()
}

/// How many tests are adjusted for.
fn size(analysis: &AnalysisView<'_>) -> Option<Text> {
    let size = Amount::of(analysis.find(EVERYONE, NO_VARIABLE, WHOLE, &FAMILY_SIZE)?)?;
    Some(words::each(|language| {
        let size = number::amount(&size, Format::Count, language);
        words::say(language, "note.family_size", &[("tests", size)])
    }))
}
