//! Who receives something, whether it is enough, and who should have it: each share of those it concerns.

use super::describe::{coded, several_waves};
use super::{AnalysisView, At, Body, Input, Layout, LayoutError};
use crate::dictionary::Text;
use crate::estimate::{Kind, Term, WHOLE};
use crate::statistic::VALID;
use crate::table::{Cell, Column, Content, Format, Row, RowKind};

pub(super) const LAYOUT: Layout = Layout {
    name: "coverage",
    about: "Items with four answers (received and enough; received, not enough; not received, needed; neither): receivers, of them with enough, and of the others those who should have it.",
    kind: Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let over = |key: &str, under: &str| Column::under(&input.heading(key), input.heading(under));
    let columns = vec![
        Column::new(input.heading("column.answered")),
        over("column.receivers", "column.count"),
        over("column.receivers", "column.percent"),
        Column::new(input.heading("column.enough_of_receivers")),
        over("column.unmet", "column.count"),
        over("column.unmet", "column.percent_of_others"),
    ];
    flows(input, &LAYOUT, columns, |flow| {
        vec![
            flow.answered.clone(),
            flow.receivers.clone(),
            Cell::share(flow.receivers.clone(), flow.answered.clone(), 0),
            Cell::share(flow.enough.clone(), flow.receivers.clone(), 0),
            flow.unmet.clone(),
            Cell::share(flow.unmet.clone(), flow.others.clone(), 0),
        ]
    })
}

/// The counts of one item in one group, by its four codes: received and enough, received and not enough, not received and needed,
/// neither. What is not shown of the parts is not shown of their sum, unless the other parts
/// tell it anyway.
pub(crate) struct Flow {
    pub answered: Cell,
    /// Receive it.
    pub receivers: Cell,
    /// Receive it, and it is enough.
    pub enough: Cell,
    /// Receive it, and it is not enough.
    pub short: Cell,
    /// Do not receive it.
    pub others: Cell,
    /// Do not receive it, and should.
    pub unmet: Cell,
}

impl Flow {
    pub fn new(analysis: &AnalysisView<'_>, at: At<'_>, codes: &[Term; 4]) -> Flow {
        let count = |code: &Term| analysis.count_or_nobody(at, code);
        let answered = analysis.cell(at, WHOLE, &VALID, Format::Count);
        let [enough, short, unmet, neither] = codes.each_ref().map(count);
        let receivers = either([&enough, &short], [&unmet, &neither], &answered);
        let others = either([&unmet, &neither], [&enough, &short], &answered);
        Flow { answered, receivers, enough, short, others, unmet }
    }
}

/// The sum of two parts, or what is left of the whole without the other two.
fn either(parts: [&Cell; 2], rest: [&Cell; 2], whole: &Cell) -> Cell {
    let sum = Cell::sum(parts.map(Cell::clone));
    if matches!(sum.content, Content::Number { .. } | Content::Zero) {
        return sum;
    }
    let rest = Cell::sum(rest.map(Cell::clone));
    match (&whole.content, &rest.content) {
        (Content::Number { value, .. }, Content::Number { value: others, .. }) => {
            Cell::from(Content::Number { value: value - others, format: Format::Count }).with([whole, &rest])
        }
        (Content::Number { .. }, Content::Zero) => whole.clone(),
        _ => sum,
    }
}

/// A row for each item; a section for each item with a row for each group where there are groups.
pub(super) fn flows(
    input: &Input<'_>,
    layout: &Layout,
    columns: Vec<Column>,
    cells: impl Fn(&Flow) -> Vec<Cell>,
) -> Result<Body, LayoutError> {
    let grouped = input.analyses.iter().any(|analysis| analysis.groups().len() > 1);
    let mut rows = Vec::new();
    for (item, label, codes) in items(input, layout)? {
        let analysis = &input.analyses[item.analysis];
        if grouped {
            rows.push(Row::section(label.clone()));
        }
        for group in analysis.groups() {
            let (kind, head) = match grouped {
                true => (RowKind::Inner, input.labels.group(group)),
                false => (RowKind::Plain, label.clone()),
            };
            let flow = Flow::new(analysis, (group, item.variable), &codes);
            rows.push(Row::new(kind, vec![head], cells(&flow)));
        }
    }
    Ok(Body {
        stub: vec![input.heading("stub.item")],
        columns,
        rows,
        notes: vec![input.heading("note.coverage")],
    })
}

/// The items with their labels and four codes.
///
/// # Errors
/// Where an item has other than four codes.
pub(super) fn items<'a>(
    input: &Input<'a>,
    layout: &Layout,
) -> Result<Vec<(super::describe::Coded<'a>, Text, [Term; 4])>, LayoutError> {
    let waves = several_waves(&input.analyses);
    let mut items = Vec::new();
    for item in coded(input, layout)? {
        let Ok(codes) = <[Term; 4]>::try_from(item.codes.clone()) else {
            let analysis = &input.analyses[item.analysis];
            let shows = "items with four answers: received and enough; received, not enough; not received, needed; neither";
            return Err(input.leaves_out(layout, analysis, item.variable, shows, "items, frequency"));
        };
        let label = match waves {
            true => input.labels.variable_at(item.variable),
            false => input.labels.variable(item.variable),
        };
        items.push((item, label, codes));
    }
    Ok(items)
}
