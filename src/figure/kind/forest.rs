//! Odds ratios of one or several models.

use super::terms::folded;
use super::{Drawn, FigureError, Input, Kind};
use crate::dictionary::{Language, Text};
use crate::estimate;
use crate::figure::chart::Line;
use crate::figure::chart::intervals::{Dot, Dots, Intervals, Panel};
use crate::plan::TableSpec;
use crate::table::layout::interval_heading;
use crate::table::{self, Cell, Format, Row, RowKind, Table, number, words};

pub(super) const KIND: Kind = Kind {
    name: "forest",
    about: "Odds ratios with their intervals on a logarithmic axis: a row for each term, a panel for each model.",
    shows: estimate::Kind::Model,
    statistics: &["odds_ratio", "n_obs"],
    build,
};

/// More models than this have no room beside each other.
const MOST: usize = 4;

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    if let Some(analysis) = input.analyses.get(MOST) {
        return Err(input.lacks(&KIND, analysis, "one to four models"));
    }
    let table = regression(input)?;
    let ratio = words::word("column.odds_ratio");
    let starts: Vec<usize> =
        (0..table.columns.len()).filter(|column| table.columns[*column].label == ratio).collect();
    let constant = words::word("row.constant");
    let mut lines: Vec<Line<Dots>> = Vec::new();
    let mut section_chosen = true;
    for row in &table.rows {
        let label = row.heads[0].clone();
        match row.kind {
            RowKind::Section => {
                section_chosen = is_chosen(input, &label);
                if section_chosen {
                    lines.push(Line::Section(label));
                }
            }
            RowKind::Inner if section_chosen => lines.push(Line::Inner(dots(row, label, &starts))),
            RowKind::Plain if label != constant && is_chosen(input, &label) => {
                lines.push(Line::Row(dots(row, label, &starts)));
            }
            RowKind::Inner | RowKind::Plain | RowKind::Foot => {}
        }
    }
    let several = input.analyses.len() > 1;
    let panels = input.analyses.iter().zip(&starts).map(|(analysis, start)| Panel {
        label: if several { analysis.label.clone() } else { Text::default() },
        n: counted(&table, *start),
    });
    let level = input.analyses.iter().find_map(|analysis| analysis.level);
    let interval = interval_heading(level);
    let with = |key: &'static str| {
        words::each(|language: Language| {
            words::say(language, key, &[("interval", interval.get(language).to_owned())])
        })
    };
    let chart = Intervals {
        panels: panels.collect(),
        lines: folded(lines),
        none: 1.0,
        axis: words::word("figure.axis_odds_ratio"),
        sides: (!several).then(|| ["figure.less_common", "figure.more_common"].map(words::word)),
        format: Format::Ratio,
        heading: with("figure.heading_odds_ratio"),
        about: with("figure.about_forest"),
    };
    // What the outcomes are, and what the intervals rest on, stands below the table in the same words.
    let mut notes = vec![with("figure.filled_one")];
    let assessments = words::word("note.assessments");
    let told = table.notes.into_iter().filter(|note| *note != assessments);
    let odds_ratio = words::word("note.odds_ratio");
    let told = told.take_while(|note| *note != odds_ratio);
    notes.extend(told.map(of_intervals));
    notes.push(words::word("note.odds_ratio"));
    Ok(Drawn::new(chart, notes))
}

/// What a note of the table says of intervals, without what it says of tests that a figure does not show.
fn of_intervals(note: Text) -> Text {
    let same = [
        ("note.robust", "figure.robust"),
        ("note.robust_cr2", "figure.robust_cr2"),
        ("note.wald", "figure.wald"),
    ];
    let known = same.into_iter().find(|(of_table, _)| words::word(of_table) == note);
    known.map_or(note, |(_, own)| words::word(own))
}

/// The same models as a table: a figure shows what it says, row by row.
fn regression(input: &Input<'_>) -> Result<Table, FigureError> {
    let spec = TableSpec {
        id: input.spec.id.clone(),
        number: String::new(),
        title: Text::default(),
        note: Text::default(),
        layout: "regression".to_owned(),
        from: input.spec.from.clone(),
    };
    let analyses = input.analyses.clone();
    table::build(&table::Input { spec: &spec, analyses, labels: input.labels })
        .map_err(|_| input.lacks(&KIND, &input.analyses[0], "odds ratios"))
}

/// Whether the pipeline asks for a term, by the label that its variable has.
fn is_chosen(input: &Input<'_>, label: &Text) -> bool {
    let chosen = &input.spec.variables;
    let asked = |name: &String| {
        let waves =
            input.labels.waves.iter().map(|wave| input.labels.variable_at(&format!("{name}@{}", wave.id)));
        input.labels.variable(name) == *label || waves.into_iter().any(|known| known == *label)
    };
    chosen.is_empty() || chosen.iter().any(asked)
}

fn dots(row: &Row, label: Text, starts: &[usize]) -> Dots {
    let dot = |start: &usize| match (&row.cells[*start], row.cells.get(start + 1)) {
        (Cell::Empty, _) => Dot::Empty,
        (Cell::Text(_), _) => Dot::Reference,
        (value, interval) => {
            Dot::Estimate { value: value.clone(), interval: interval.cloned().unwrap_or(Cell::Empty) }
        }
    };
    Dots { label, dots: starts.iter().map(dot).collect(), n: None }
}

/// `374 in the analysis, 96 with the outcome`.
fn counted(table: &Table, start: usize) -> Text {
    let find = |keys: [&str; 2]| {
        let heads = keys.map(words::word);
        let row = table.rows.iter().find(|row| {
            row.kind == RowKind::Foot && heads.contains(&row.heads[0]) && row.cells[start] != Cell::Empty
        })?;
        Some(row.cells[start].clone())
    };
    let n = find(["row.n_obs", "row.n_obs_assessments"]).unwrap_or(Cell::Missing);
    let events = find(["row.n_events", "row.n_events_assessments"]).unwrap_or(Cell::Missing);
    words::each(|language| {
        let with = [("n", number::cell(&n, language)), ("events", number::cell(&events, language))];
        words::say(language, "figure.n_and_events", &with)
    })
}
