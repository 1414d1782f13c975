//! Stacked bars, a row each: shares of a whole, from the left edge or to both sides of a line.

use super::super::axis::{self, Axis};
use super::super::palette::{self, Colour, GRID, OUTLINE, SOFT};
use super::super::sheet::{MARGIN, Sheet, Style, WIDTH};
use super::columns::{self, Columns};
use super::{Chart, Line, legend, named, printed, spoken, under};
use crate::dictionary::{Language, Text};
use crate::table::{Cell, Format, mark, number, words};

/// The width of the names of rows.
const NAMES: f64 = 224.0;
const BAR: f64 = 21.0;
/// The place of what is hidden where a bar has no edge to end at; always the same.
const STUB: f64 = 26.0;

/// Stacked bars of shares.
pub(crate) struct Stack {
    /// The parts of every bar, in order, with their colours.
    pub parts: Vec<(Text, Colour)>,
    pub lines: Vec<Line<Bar>>,
    /// Parts to the left of the line; the middle one of an odd number lies across it. `None`: from the left edge.
    pub diverging: bool,
    /// The headings of the numbers beside the bars, such as `Persons`.
    pub columns: Vec<Text>,
    /// What is drawn, in a sentence.
    pub about: Text,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bar {
    pub label: Text,
    /// A share for each part of the stack.
    pub shares: Vec<Cell>,
    /// One for each column.
    pub counts: Vec<Cell>,
}

/// A part of a bar where it is drawn: from, to, which; in shares of the whole.
type Piece = (f64, f64, usize);

impl Stack {
    fn bars(&self) -> impl Iterator<Item = &Bar> + Clone {
        self.lines.iter().filter_map(Line::row)
    }

    /// The shown parts of a bar, packed from where they start, and where what is hidden is drawn, if anything is.
    ///
    /// Shown parts stand next to each other, whatever is hidden between them: their places would give it away.
    fn pieces(&self, bar: &Bar) -> (Vec<Piece>, Option<&'static str>) {
        let shown: Vec<(usize, f64)> =
            bar.shares.iter().enumerate().filter_map(|(part, cell)| Some((part, cell.number()?))).collect();
        let hidden = bar.shares.iter().find(|cell| cell.number().is_none()).and_then(|cell| cell.symbol());
        let count = self.parts.len();
        let mut at = match self.diverging {
            false => 0.0,
            // What stands left of the line: the first half, and half of a middle part.
            true => shown
                .iter()
                .map(|(part, share)| match (2 * part + 1).cmp(&count) {
                    std::cmp::Ordering::Less => -share,
                    std::cmp::Ordering::Equal => -share / 2.0,
                    std::cmp::Ordering::Greater => 0.0,
                })
                .sum(),
        };
        let pieces = shown.into_iter().map(|(part, share)| {
            let from = at;
            at += share;
            (from, at, part)
        });
        (pieces.collect(), hidden)
    }

    /// The least and greatest end of a bar.
    fn reach(&self) -> (f64, f64) {
        if !self.diverging {
            return (0.0, 1.0);
        }
        let ends = self.bars().flat_map(|bar| self.pieces(bar).0);
        ends.fold((0.0, 0.0), |(low, high), (from, to, _)| (from.min(low), to.max(high)))
    }

    fn piece(&self, sheet: &mut Sheet, axis: &Axis, y: f64, (from, to, part): Piece, said: [&str; 2]) {
        let (left, right) = (axis.at(from), axis.at(to));
        let colour = self.parts[part].1;
        let outline = palette::is_pale(colour).then_some(OUTLINE);
        // A hair of paper between two parts, but never more than a part is wide.
        let gap = 0.5_f64.min((right - left) / 4.0);
        sheet.rectangle([left + gap, y, right - left - 2.0 * gap, BAR], colour, outline);
        let style = Style { size: 12.0, ..Style::PLAIN }.colour(palette::on(colour)).middle();
        // Where there is no room for the sign of per cent, the axis has it; where there is none for the number, no number.
        if let Some(said) = said.into_iter().find(|said| style.width(said) + 4.0 <= right - left) {
            sheet.text((left + right) / 2.0, y + BAR / 2.0 + 4.3, said, style);
        }
    }
}

impl Chart for Stack {
    fn draw(&self, sheet: &mut Sheet, top: f64, language: Language) -> f64 {
        let entries: Vec<(&str, Colour)> =
            self.parts.iter().map(|(label, colour)| (label.get(language), *colour)).collect();
        let left = MARGIN + NAMES;
        let columns = Columns::of(&self.columns, self.bars().map(|bar| &bar.counts), language);
        let right = WIDTH - MARGIN - columns.width() - 8.0;
        let most = right - left;
        let (legend_left, most) = match legend::width(&entries) <= most {
            true => (left, most),
            false => (MARGIN, right - MARGIN),
        };
        let mut y =
            (top + columns.height()).max(legend::swatches(sheet, [legend_left, top, most], &entries)) + 2.0;
        columns.head(sheet, y);
        y += 4.0;
        let (low, high) = self.reach();
        // Where something is hidden, its place stands beside the bars.
        let stub = self.diverging && self.bars().any(|bar| self.pieces(bar).1.is_some());
        let ticks = match self.diverging {
            true => axis::linear(low, high.max(low + 0.1), 8),
            false => vec![0.0, 0.25, 0.5, 0.75, 1.0],
        };
        let end = if stub { right - STUB - 10.0 } else { right };
        let axis =
            Axis { low: ticks[0], high: ticks[ticks.len() - 1], logarithmic: false, from: left, to: end };
        let ground = y;
        let heights: Vec<f64> = self.lines.iter().map(|line| height(line, language)).collect();
        let floor = ground + heights.iter().sum::<f64>();
        for tick in &ticks {
            sheet.line([axis.at(*tick), ground, axis.at(*tick), floor], GRID, 1.0);
        }
        let style = Style::PLAIN;
        for (line, height) in self.lines.iter().zip(heights) {
            match line {
                Line::Section(text) => {
                    let lines = Style::BOLD.wrap(text.get(language), NAMES - 10.0);
                    sheet.lines(MARGIN, y + 8.0, &lines, Style::BOLD);
                }
                Line::Row(bar) | Line::Inner(bar) => {
                    let indent = line.indent();
                    let label = style.wrap(bar.label.get(language), NAMES - 24.0);
                    sheet.lines_around(MARGIN + indent, y + height / 2.0, &label, style);
                    let bar_top = y + (height - BAR) / 2.0;
                    let (pieces, hidden) = self.pieces(bar);
                    let last = pieces.iter().map(|(_, to, _)| *to).fold(0.0, f64::max);
                    for piece in pieces {
                        let share = &bar.shares[piece.2];
                        let digits = number::decimal(100.0 * (piece.1 - piece.0), 0, language);
                        let digits = mark::marked(digits, &share.of);
                        self.piece(sheet, &axis, bar_top, piece, [&printed(share, language), &digits]);
                    }
                    match (hidden, self.diverging) {
                        (Some(symbol), false) => {
                            let from = axis.at(last);
                            sheet.hidden([from + 0.5, bar_top, axis.at(1.0) - from - 0.5, BAR], symbol);
                        }
                        (Some(symbol), true) => sheet.hidden([right - STUB, bar_top, STUB, BAR], symbol),
                        (None, _) => {}
                    }
                    columns.row(sheet, y + height / 2.0, &bar.counts, style);
                }
            }
            y += height;
        }
        if self.diverging {
            sheet.line([axis.at(0.0), ground, axis.at(0.0), floor], SOFT, 1.2);
        }
        let distances: Vec<f64> = ticks.iter().map(|tick| tick.abs()).collect();
        let said = axis::words(&distances, Format::Percent(0), language);
        for (tick, said) in ticks.iter().zip(said) {
            sheet.line([axis.at(*tick), floor, axis.at(*tick), floor + 4.0], SOFT, 1.0);
            sheet.text(axis.at(*tick), floor + 17.0, &said, Style::SMALL.middle());
        }
        floor + 22.0
    }

    fn say(&self, language: Language) -> Vec<String> {
        let mut said = vec![self.about.get(language).to_owned()];
        for (section, bar) in under(&self.lines) {
            let parts = self.parts.iter().zip(&bar.shares);
            let parts: Vec<String> = parts
                .map(|((label, _), share)| format!("{} {}", label.get(language), spoken(share, language)))
                .collect();
            let with = [
                ("row", named(section, &bar.label, language)),
                ("parts", parts.join(", ")),
                ("counts", columns::said(&self.columns, &bar.counts, language)),
            ];
            said.push(words::say(language, "figure.said_bar", &with));
        }
        said
    }

    fn cells(&self) -> Vec<&Cell> {
        self.bars().flat_map(|bar| bar.shares.iter().chain(&bar.counts)).collect()
    }
}

fn height(line: &Line<Bar>, language: Language) -> f64 {
    match line {
        Line::Section(text) => {
            Style::BOLD.height(Style::BOLD.wrap(text.get(language), NAMES - 10.0).len()) + 10.0
        }
        Line::Row(bar) | Line::Inner(bar) => {
            let lines = Style::PLAIN.wrap(bar.label.get(language), NAMES - 24.0).len();
            (Style::PLAIN.height(lines) + 8.0).max(BAR + 7.0)
        }
    }
}
