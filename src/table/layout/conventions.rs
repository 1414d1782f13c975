//! What R, SPSS and Stata would print of the same comparison, where they differ.

use super::{AnalysisView, Body, Input, Layout, LayoutError};
use crate::convention::{APART, Convention};
use crate::dictionary::{Language, Text};
use crate::estimate::{EVERYONE, Kind, NO_VARIABLE, Statistic, Variable};
use crate::statistic::{MCNEMAR_PROGRAM_P, RANK_BISERIAL, SIGN_P, WILCOXON, WILCOXON_P, WILCOXON_Z};
use crate::table::{Cell, Column, Content, Format, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "conventions",
    about: "Each comparison of a change with `conventions = true`: the statistics that R, SPSS and Stata print differently.",
    kind: Kind::Change,
    build: |input| lay_out(input, &LAYOUT, OF_CHANGE),
};

/// A statistic, how it is printed, and the key of the words that say what the programs do, which several share.
pub(crate) type Line = (&'static Statistic, Format, &'static str);

/// Of change.
pub(crate) const OF_CHANGE: &[Line] = &[
    (&MCNEMAR_PROGRAM_P, Format::P, "mcnemar"),
    (&SIGN_P, Format::P, "sign"),
    (&WILCOXON, Format::Decimal(1), "wilcoxon"),
    (&WILCOXON_Z, Format::Decimal(2), "wilcoxon_z"),
    (&WILCOXON_P, Format::P, "wilcoxon_p"),
    (&RANK_BISERIAL, Format::Decimal(2), "wilcoxon"),
];

/// A statistic of a variable as each program prints it, all of them shown.
pub(crate) struct Compared<'a> {
    pub variable: &'a Variable,
    pub line: &'static Line,
    pub cells: Vec<Cell>,
}

impl Compared<'_> {
    /// Whether a reader of two programs' printouts would see different numbers.
    pub fn printed_differently(&self) -> bool {
        let printed = |cell: &Cell| number::cell(cell, Language::En);
        self.cells.iter().any(|cell| printed(cell) != printed(&self.cells[0]))
    }
}

/// What can be compared in an analysis; what is not there or not shown cannot.
pub(crate) fn compared<'a>(analysis: &AnalysisView<'a>, lines: &'static [Line]) -> Vec<Compared<'a>> {
    let of = |variable: &'a Variable| {
        lines.iter().filter_map(move |line| {
            let cells = of_programs(analysis, variable, line.0, line.1);
            let all = cells.iter().all(|cell| matches!(cell.content, Content::Number { .. } | Content::Zero));
            all.then_some(Compared { variable, line, cells })
        })
    };
    analysis.variables().into_iter().flat_map(of).collect()
}

/// A row for each statistic of each variable that is printed differently, and what the programs do.
pub(super) fn lay_out(
    input: &Input<'_>,
    layout: &Layout,
    lines: &'static [Line],
) -> Result<Body, LayoutError> {
    let mut rows = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    let (mut all, mut same) = (0_usize, 0_usize);
    for analysis in &input.analyses {
        let with = |line: &&Line| !analysis.terms_of(line.0).is_empty();
        if !lines.iter().any(|line| with(&line)) {
            return Err(input.lacks(layout, analysis, "`conventions = true`"));
        }
        let mut section = NO_VARIABLE;
        for one in compared(analysis, lines) {
            all += 1;
            if !one.printed_differently() {
                same += 1;
                continue;
            }
            let &(statistic, format, rule) = one.line;
            if !told.contains(&rule) {
                told.push(rule);
            }
            if section != one.variable {
                rows.push(Row::section(input.labels.variable_at(one.variable)));
                section = one.variable;
            }
            let head = vec![words::word(&format!("conventions.{}", statistic.name))];
            let apart = analysis.cell((EVERYONE, one.variable), APART, statistic, difference(format));
            rows.push(Row::new(RowKind::Inner, head, one.cells.into_iter().chain([apart]).collect()));
        }
    }
    let mut notes = vec![words::each(|language| {
        let counts =
            [("compared", all), ("same", same)].map(|(name, count)| (name, number::counted(count, language)));
        words::say(language, "conventions.note", &counts)
    })];
    notes.extend(told.into_iter().map(|rule| words::word(&format!("conventions.rule_{rule}"))));
    let programs = Convention::ALL.map(|program| {
        Column::new(Text::same(match program {
            Convention::R => "R",
            Convention::Spss => "SPSS",
            Convention::Stata => "Stata",
        }))
    });
    let apart = Column::new(input.heading("conventions.apart"));
    let stub = vec![input.heading("conventions.statistic")];
    Ok(Body { stub, columns: programs.into_iter().chain([apart]).collect(), rows, notes })
}

fn of_programs(
    analysis: &AnalysisView<'_>,
    variable: &Variable,
    statistic: &Statistic,
    format: Format,
) -> Vec<Cell> {
    Convention::ALL
        .map(|program| analysis.cell((EVERYONE, variable), program.term(), statistic, format))
        .to_vec()
}

/// How the difference between two such numbers is written.
fn difference(format: Format) -> Format {
    match format {
        Format::Percent(decimals) => Format::Points(decimals),
        other => other,
    }
}
