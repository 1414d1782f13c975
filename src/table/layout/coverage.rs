//! Who receives something, whether it is enough, and who should have it: each share of those it concerns.

use super::describe::{coded, several_waves};
use super::{AnalysisView, At, Body, Input, Layout, LayoutError};
use crate::dictionary::Text;
use crate::disclosure::Cleared;
use crate::estimate::{Kind, Statistic, Term, WHOLE};
use crate::statistic::{COMBINED_COUNT, COMBINED_SHARE, CONDITIONAL_SHARE, COUNT, VALID};
use crate::table::{Cell, Column, Format, Row, RowKind};

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
            flow.answered(),
            flow.receivers(),
            flow.received_share(0),
            flow.enough_share(0),
            flow.unmet(),
            flow.unmet_share(0),
        ]
    })
}

/// The layouts, and the kind of figure, that show a [`Flow`]: which half of the four answers they count together, and whether the
/// shares of each among those.
pub const HALVES: &[(&str, [Option<bool>; 2])] = &[
    ("coverage", [Some(true), Some(true)]),
    ("received", [Some(false), None]),
    ("sufficient", [Some(true), None]),
    ("unmet", [None, Some(true)]),
];

/// The answers to one item in one group, by its four codes: received and enough, received and not enough, not received and needed,
/// neither.
pub(crate) struct Flow<'v, 'a> {
    analysis: &'v AnalysisView<'a>,
    at: At<'v>,
    codes: &'v [Term; 4],
    /// Receive it.
    receivers: Term,
    /// Do not receive it.
    others: Term,
}

impl<'v, 'a> Flow<'v, 'a> {
    pub fn new(analysis: &'v AnalysisView<'a>, at: At<'v>, codes: &'v [Term; 4]) -> Flow<'v, 'a> {
        let [receivers, others] = [&codes[..2], &codes[2..]].map(Term::together);
        Flow { analysis, at, codes, receivers, others }
    }

    pub fn answered(&self) -> Cell {
        self.count(WHOLE, &VALID)
    }

    pub fn receivers(&self) -> Cell {
        self.count(&self.receivers, &COMBINED_COUNT)
    }

    pub fn others(&self) -> Cell {
        self.count(&self.others, &COMBINED_COUNT)
    }

    /// Receive it, and it is enough.
    pub fn enough(&self) -> Cell {
        self.count(&self.codes[0], &COUNT)
    }

    /// Receive it, and it is not enough.
    pub fn short(&self) -> Cell {
        self.count(&self.codes[1], &COUNT)
    }

    /// Do not receive it, and should.
    pub fn unmet(&self) -> Cell {
        self.count(&self.codes[2], &COUNT)
    }

    fn count(&self, term: &Term, statistic: &Statistic) -> Cell {
        // A code that nobody gave may have no estimate: nobody is what its absence means.
        self.analysis.cell(self.at, term, statistic, Format::Count).or_nobody()
    }

    /// Of those who answered.
    pub fn received_share(&self, decimals: usize) -> Cell {
        self.analysis.cell(self.at, &self.receivers, &COMBINED_SHARE, Format::Percent(decimals))
    }

    /// Of those who receive it.
    pub fn enough_share(&self, decimals: usize) -> Cell {
        self.share(0, &self.receivers, decimals)
    }

    /// Of those who receive it.
    pub fn short_share(&self, decimals: usize) -> Cell {
        self.share(1, &self.receivers, decimals)
    }

    /// Of those who do not receive it.
    pub fn unmet_share(&self, decimals: usize) -> Cell {
        self.share(2, &self.others, decimals)
    }

    fn share(&self, code: usize, among: &Term, decimals: usize) -> Cell {
        let term = Term::among(&self.codes[code], among);
        self.analysis.cell(self.at, &term, &CONDITIONAL_SHARE, Format::Percent(decimals))
    }

    /// A share of the flow with the number of persons that it is of, for sentences; the share of those who receive it.
    pub fn received(&self) -> [Option<&'a Cleared>; 2] {
        [self.find(&self.receivers, &COMBINED_SHARE), self.find(WHOLE, &VALID)]
    }

    /// The share of receivers for whom it is enough.
    pub fn sufficient(&self) -> [Option<&'a Cleared>; 2] {
        self.among(0, &self.receivers)
    }

    /// The share of the others who should have it.
    pub fn needed(&self) -> [Option<&'a Cleared>; 2] {
        self.among(2, &self.others)
    }

    fn among(&self, code: usize, among: &Term) -> [Option<&'a Cleared>; 2] {
        let term = Term::among(&self.codes[code], among);
        [self.find(&term, &CONDITIONAL_SHARE), self.find(among, &COMBINED_COUNT)]
    }

    fn find(&self, term: &Term, statistic: &Statistic) -> Option<&'a Cleared> {
        self.analysis.find(self.at.0, self.at.1, term, statistic)
    }
}

/// A row for each item; a section for each item with a row for each group where there are groups.
pub(super) fn flows(
    input: &Input<'_>,
    layout: &Layout,
    columns: Vec<Column>,
    cells: impl Fn(&Flow<'_, '_>) -> Vec<Cell>,
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
