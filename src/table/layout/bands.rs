//! A number in bands, with its mean and median below.

use super::frequency::answers;
use super::{Body, Input, Layout, LayoutError};
use crate::estimate::{EVERYONE, Kind, WHOLE};
use crate::statistic::{COUNT, MEAN, MEDIAN, SD};
use crate::table::words::{each, say};
use crate::table::{Cell, Column, Content, Format, Row, RowKind};

pub(super) const LAYOUT: Layout = Layout {
    name: "bands",
    about: "A coded variable that divides a number into bands: number and per cent of each, and the number's mean and median.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let (mut bands, mut moments) = (Vec::new(), Vec::new());
    let mut stub = None;
    for analysis in &input.analyses {
        for variable in analysis.variables() {
            let at = (EVERYONE, variable);
            if !analysis.has(at, &MEAN) {
                let found = analysis.terms(variable, &COUNT);
                let codes = input.labels.codes(variable, &found);
                if stub.is_some() || found.is_empty() {
                    let fits = "frequency, crosstab";
                    return Err(input.leaves_out(&LAYOUT, analysis, variable, "one variable in bands", fits));
                }
                stub = Some(input.labels.variable(variable));
                bands.extend(answers(input, analysis, variable, &codes, RowKind::Plain));
                continue;
            }
            let decimals = analysis.decimals(at, &SD);
            let label = input.labels.variable(variable);
            for (key, statistic) in [("row.mean_of", &MEAN), ("row.median_of", &MEDIAN)] {
                let head =
                    each(|language| say(language, key, &[("variable", label.get(language).to_lowercase())]));
                let cell = analysis.cell(at, WHOLE, statistic, Format::Decimal(decimals));
                // A row of nothing but what is shown of nobody says nothing.
                if cell == Content::NeverShown {
                    continue;
                }
                moments.push(Row::new(RowKind::Foot, vec![head], vec![cell, Cell::EMPTY]));
            }
        }
    }
    let Some(stub) = stub.filter(|_| !moments.is_empty()) else {
        return Err(input.lacks(&LAYOUT, &input.analyses[0], "both a variable in bands and its number"));
    };
    bands.append(&mut moments);
    Ok(Body {
        stub: vec![stub],
        columns: ["column.count", "column.percent"].map(|key| Column::new(input.heading(key))).into(),
        rows: bands,
        notes: vec![input.heading("note.of_answered")],
    })
}
