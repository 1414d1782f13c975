//! Who was lost: those followed up and those not, term by term.

use super::change::interval_heading;
use super::view::with_interval;
use super::{AnalysisView, Body, Input, Layout, LayoutError};
use crate::dictionary::{Language, Text};
use crate::estimate::{EVERYONE, Kind, Term, Variable, WHOLE};
use crate::statistic::{
    ATTRITION_ELIGIBLE, ATTRITION_LOST, AUC, AUC_HIGH, AUC_LOW, COUNT_FOLLOWED, FOLLOWED, MEAN_FOLLOWED,
    MEAN_LOST, N_FOLLOWED, N_TRUNCATED, ODDS_RATIO, ODDS_RATIO_HIGH, ODDS_RATIO_LOW, SD_FOLLOWED, SD_LOST,
    SHARE_FOLLOWED, SHARE_LOST, SMD, WEIGHT_EFFECTIVE_N, WEIGHT_MEAN,
};
use crate::table::{Cell, Column, Format, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "attrition",
    about: "Each term: those followed up, those not, standardised difference, odds ratio of being followed up with its interval.",
    kind: Kind::Attrition,
    build,
};

const COLUMNS: usize = 5;

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let several = input.analyses.len() > 1;
    let mut rows = Vec::new();
    for analysis in &input.analyses {
        let variables = analysis.variables();
        let Some(wave) =
            variables.iter().find(|variable| analysis.has((EVERYONE, variable), &ATTRITION_ELIGIBLE))
        else {
            return Err(input.lacks(&LAYOUT, analysis, "a wave with eligible persons"));
        };
        if several {
            rows.push(Row::section(analysis.label.clone()));
        }
        for variable in variables.iter().filter(|variable| analysis.has((EVERYONE, variable), &N_FOLLOWED)) {
            rows.extend(term(input, analysis, wave, variable));
        }
        rows.extend(foot(analysis, wave));
    }
    let level = input.analyses.iter().find_map(|analysis| analysis.level);
    let over = input.heading("column.being_followed");
    let columns: [Column; COLUMNS] = [
        Column::new(input.heading("column.followed")),
        Column::new(input.heading("column.not_followed")),
        Column::new(input.heading("column.smd")),
        Column::under(&over, input.heading("column.odds_ratio")),
        Column::under(&over, interval_heading(level)),
    ];
    let notes = ["note.attrition", "note.smd", "note.response", "note.weight_mean"].map(words::word);
    Ok(Body { stub: vec![input.heading("stub.term")], columns: columns.into(), rows, notes: notes.into() })
}

/// A row for a number; for a coded variable its name, and a row for each answer.
fn term(input: &Input<'_>, analysis: &AnalysisView<'_>, wave: &Variable, variable: &Variable) -> Vec<Row> {
    let at = (EVERYONE, variable);
    let response = |term: &Term| -> [Cell; 2] {
        [
            analysis.cell((EVERYONE, wave), term, &ODDS_RATIO, Format::Ratio),
            analysis.interval((EVERYONE, wave), term, [&ODDS_RATIO_LOW, &ODDS_RATIO_HIGH], Format::Ratio),
        ]
    };
    let label = input.labels.variable(variable);
    if analysis.has(at, &MEAN_FOLLOWED) {
        let decimals = analysis.decimals(at, &SD_FOLLOWED);
        let side = |mean, sd| {
            let [mean, sd] = [mean, sd].map(|name| analysis.cell(at, WHOLE, name, Format::Decimal(decimals)));
            spread(mean, sd)
        };
        let [ratio, interval] = response(&Term::from(variable.as_str()));
        let cells = vec![
            side(&MEAN_FOLLOWED, &SD_FOLLOWED),
            side(&MEAN_LOST, &SD_LOST),
            analysis.cell(at, WHOLE, &SMD, Format::Signed(2)),
            ratio,
            interval,
        ];
        return vec![Row::new(RowKind::Plain, vec![label], cells)];
    }
    let mut rows = vec![Row::section(label)];
    let codes = input.labels.codes(variable, &analysis.terms(variable, &COUNT_FOLLOWED));
    let fitted = analysis.terms(wave, &ODDS_RATIO);
    let has_term = |code: &Term| fitted.contains(&&Term::level(variable, code));
    // The reference is the one level without a term; of several, which is which is not known.
    let without = codes.iter().filter(|code| !has_term(code)).count();
    for code in &codes {
        let [ratio, interval] = match has_term(code) {
            true => response(&Term::level(variable, code)),
            false if without == 1 => [words::word("cell.reference").into(), Cell::EMPTY],
            false => [Cell::EMPTY, Cell::EMPTY],
        };
        let cells = vec![
            analysis.cell(at, code, &SHARE_FOLLOWED, Format::Percent(1)),
            analysis.cell(at, code, &SHARE_LOST, Format::Percent(1)),
            analysis.cell(at, code, &SMD, Format::Signed(2)),
            ratio,
            interval,
        ];
        rows.push(Row::new(RowKind::Inner, vec![input.labels.code(variable, code)], cells));
    }
    rows
}

/// `35.7 (7.9)`: mean and standard deviation.
fn spread(mean: Cell, sd: Cell) -> Cell {
    if mean.value().is_none() || sd.value().is_none() {
        return mean;
    }
    let said =
        |language: Language| format!("{} ({})", number::cell(&mean, language), number::cell(&sd, language));
    Cell::words(words::each(said), [&mean, &sd])
}

/// How many there are, how well the terms tell them apart, and what the weights are like.
fn foot(analysis: &AnalysisView<'_>, wave: &Variable) -> Vec<Row> {
    let at = (EVERYONE, wave);
    let row = |head: &str, first: Cell, second: Cell| {
        let mut cells = vec![first, second];
        cells.resize(COLUMNS, Cell::EMPTY);
        let head: Text = words::word(head);
        Row::new(RowKind::Foot, vec![head], cells)
    };
    let cell = |statistic, format| analysis.cell(at, WHOLE, statistic, format);
    let area = with_interval(
        cell(&AUC, Format::Decimal(2)),
        analysis.interval(at, WHOLE, [&AUC_LOW, &AUC_HIGH], Format::Decimal(2)),
    );
    vec![
        row("row.persons", cell(&FOLLOWED, Format::Count), cell(&ATTRITION_LOST, Format::Count)),
        row("row.auc", area, Cell::EMPTY),
        row("row.weight_mean", cell(&WEIGHT_MEAN, Format::Decimal(2)), Cell::EMPTY),
        row("row.effective_n", cell(&WEIGHT_EFFECTIVE_N, Format::Decimal(0)), Cell::EMPTY),
        row("row.n_truncated", cell(&N_TRUNCATED, Format::Count), Cell::EMPTY),
    ]
}
