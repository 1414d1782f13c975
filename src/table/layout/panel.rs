//! The same number year by year, of as many as gave it.

use super::{Body, Input, Layout, LayoutError};
use crate::dictionary::ItemType;
use crate::disclosure::Cleared;
use crate::estimate::{EVERYONE, Kind, Variable, WHOLE};
use crate::statistic::{MEAN, MEDIAN, SD, SUM, VALID};
use crate::table::{Column, Format, Row, RowKind};

pub(super) const LAYOUT: Layout = Layout {
    name: "panel",
    about: "Numeric variables that follow each other, such as yearly figures: n, sum, mean and median of each.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let several = input.analyses.len() > 1;
    let mut rows = Vec::new();
    for analysis in &input.analyses {
        let before = rows.len();
        if several {
            rows.push(Row::section(analysis.label.clone()));
        }
        let kind = if several { RowKind::Inner } else { RowKind::Plain };
        for variable in analysis.variables() {
            let at = (EVERYONE, variable);
            if !analysis.has(at, &MEAN) {
                let fits = "frequency, crosstab, items";
                return Err(input.leaves_out(&LAYOUT, analysis, variable, "numeric variables", fits));
            }
            let spread = analysis.find(EVERYONE, variable, WHOLE, &SD).and_then(Cleared::value);
            // Contacts in the thousands need no decimals.
            let decimals = if spread.is_some_and(|sd| sd >= 100.0) { 0 } else { analysis.decimals(at, &SD) };
            let cells = vec![
                analysis.cell(at, WHOLE, &VALID, Format::Count),
                analysis.cell(at, WHOLE, &SUM, whole(input, variable)),
                analysis.cell(at, WHOLE, &MEAN, Format::Decimal(decimals)),
                analysis.cell(at, WHOLE, &MEDIAN, Format::Decimal(decimals)),
            ];
            rows.push(Row::new(kind, vec![input.labels.variable_at(variable)], cells));
        }
        if rows.len() == before + usize::from(several) {
            return Err(input.lacks(&LAYOUT, analysis, "sums of a numeric variable"));
        }
    }
    let names = ["column.answered", "column.sum", "column.mean", "column.median"];
    Ok(Body {
        stub: vec![input.heading("stub.variable")],
        columns: names.map(|key| Column::new(input.heading(key))).into(),
        rows,
        notes: vec![input.heading("note.panel")],
    })
}

/// How an answer itself, or a sum of answers, is written: whole numbers without decimals.
pub(super) fn whole(input: &Input<'_>, variable: &Variable) -> Format {
    let decimal = input.labels.item(variable).is_some_and(|item| item.kind == ItemType::Decimal);
    Format::Decimal(usize::from(decimal))
}
