//! How well rated change agrees with change as the answers differ.

use super::view::with_interval;
use super::{Body, Input, Layout, LayoutError};
use crate::dictionary::Text;
use crate::estimate::{EVERYONE, Kind, Statistic, WHOLE};
use crate::statistic::{
    AGREED_SHARE, AGREED_SHARE_HIGH, AGREED_SHARE_LOW, KAPPA, KAPPA_HIGH, KAPPA_LINEAR, KAPPA_LINEAR_HIGH,
    KAPPA_LINEAR_LOW, KAPPA_LOW, KAPPA_QUADRATIC, KAPPA_QUADRATIC_HIGH, KAPPA_QUADRATIC_LOW, N_RATED,
    N_UNDIFFERENCED, N_UNRATED,
};
use crate::table::{Column, Format, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "agreement",
    about: "Rated against differenced change: share that agrees, and kappa plain, with linear and with quadratic weights, with intervals.",
    kind: Kind::Agreement,
    build,
};

const KAPPAS: [(&Statistic, [&Statistic; 2]); 3] = [
    (&KAPPA, [&KAPPA_LOW, &KAPPA_HIGH]),
    (&KAPPA_LINEAR, [&KAPPA_LINEAR_LOW, &KAPPA_LINEAR_HIGH]),
    (&KAPPA_QUADRATIC, [&KAPPA_QUADRATIC_LOW, &KAPPA_QUADRATIC_HIGH]),
];

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut rows = Vec::new();
    let mut is_weighted = false;
    for analysis in &input.analyses {
        for variable in analysis.variables() {
            let at = (EVERYONE, variable);
            if !analysis.has(at, &N_RATED) {
                return Err(input.lacks(&LAYOUT, analysis, "rated and differenced change"));
            }
            let share = with_interval(
                analysis.cell(at, WHOLE, &AGREED_SHARE, Format::Percent(0)),
                analysis.interval(at, WHOLE, [&AGREED_SHARE_LOW, &AGREED_SHARE_HIGH], Format::Percent(0)),
            );
            let kappas = KAPPAS.map(|(kappa, ends)| {
                with_interval(
                    analysis.cell(at, WHOLE, kappa, Format::Decimal(2)),
                    analysis.interval(at, WHOLE, ends, Format::Decimal(2)),
                )
            });
            is_weighted |= kappas[1..].iter().any(|kappa| !kappa.is_withheld());
            let counts = [&N_RATED, &N_UNRATED, &N_UNDIFFERENCED]
                .map(|name| analysis.cell(at, WHOLE, name, Format::Count));
            let cells = counts.into_iter().chain([share]).chain(kappas).collect();
            rows.push(Row::new(RowKind::Plain, vec![analysis.label.clone()], cells));
        }
    }
    let level = input.analyses.iter().find_map(|analysis| analysis.level).unwrap_or(0.95);
    let with_level = |key: &str| -> Text {
        words::each(|language| {
            let level = number::percent(level, 0, language);
            words::say(language, key, &[("level", level)])
        })
    };
    let over = with_level("column.kappas");
    let columns = vec![
        Column::new(input.heading("column.pairs")),
        Column::new(input.heading("column.unrated")),
        Column::new(input.heading("column.undifferenced")),
        Column::new(with_level("column.agreed")),
        Column::under(&over, input.heading("column.kappa")),
        Column::under(&over, input.heading("column.kappa_linear")),
        Column::under(&over, input.heading("column.kappa_quadratic")),
    ];
    let notes =
        ["note.agreement", "note.kappa"].into_iter().chain(is_weighted.then_some("note.kappa_weighted"));
    let notes = notes.map(words::word).collect();
    Ok(Body { stub: vec![input.heading("stub.variable")], columns, rows, notes })
}
