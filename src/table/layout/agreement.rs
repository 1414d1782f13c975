//! How well rated change agrees with change as the answers differ.

use super::view::with_interval;
use super::{Body, Input, Layout, LayoutError};
use crate::dictionary::Text;
use crate::estimate::Kind;
use crate::table::{Column, Format, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "agreement",
    about: "Rated against differenced change: share that agrees, and kappa plain, with linear and with quadratic weights, with intervals.",
    kind: Kind::Agreement,
    build,
};

const KAPPAS: [(&str, [&str; 2]); 3] = [
    ("kappa", ["kappa_low", "kappa_high"]),
    ("kappa_linear", ["kappa_linear_low", "kappa_linear_high"]),
    ("kappa_quadratic", ["kappa_quadratic_low", "kappa_quadratic_high"]),
];

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut rows = Vec::new();
    let mut is_weighted = false;
    for analysis in &input.analyses {
        for variable in analysis.variables() {
            let at = ("", variable);
            if !analysis.has(at, "n_rated") {
                return Err(input.lacks(&LAYOUT, analysis, "rated and differenced change"));
            }
            let share = with_interval(
                analysis.cell(at, "", "agreed_share", Format::Percent(0)),
                analysis.interval(at, "", ["agreed_share_low", "agreed_share_high"], Format::Percent(0)),
            );
            let kappas = KAPPAS.map(|(kappa, ends)| {
                with_interval(
                    analysis.cell(at, "", kappa, Format::Decimal(2)),
                    analysis.interval(at, "", ends, Format::Decimal(2)),
                )
            });
            is_weighted |= kappas[1..].iter().any(|kappa| !kappa.is_withheld());
            let counts = ["n_rated", "n_unrated", "n_undifferenced"]
                .map(|name| analysis.cell(at, "", name, Format::Count));
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
