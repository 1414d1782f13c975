//! Bars of shares, a row each: one, a pair of before and after, or one for each group.

use super::super::axis::{self, Axis};
use super::super::palette::{self, BLUE, Colour, GRID, OUTLINE, PAPER, SOFT};
use super::super::sheet::{MARGIN, Sheet, Style, WIDTH};
use super::columns::{self, Columns};
use super::{Chart, Line, legend, named, printed, spoken, under};
use crate::dictionary::{Language, Text};
use crate::table::{Cell, Format, words};

const NAMES: f64 = 232.0;
const BAR: f64 = 12.0;
/// The place of what is hidden; always the same.
const STUB: f64 = 26.0;
/// The numbers of a bar among others.
const SMALLER: Style = Style { size: 11.5, ..Style::PLAIN };
/// The colours of one bar, of two (the earlier paler) and of more.
const COLOURS: [&[Colour]; 4] = [
    &[BLUE],
    &["#b9cbd6", BLUE],
    &["#b9cbd6", "#5f9cc5", "#00507d"],
    &["#dbe5eb", "#a5c4d6", "#5f9cc5", "#00507d"],
];

/// Bars of shares.
pub(crate) struct Pairs {
    /// What the bars of a row are, one to four; where there is one it has no words.
    pub ends: Vec<Text>,
    pub lines: Vec<Line<Pair>>,
    /// The headings of the numbers beside the bars, such as `Persons`.
    pub columns: Vec<Text>,
    /// What is drawn, in a sentence.
    pub about: Text,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pair {
    pub label: Text,
    /// One for each end.
    pub shares: Vec<Cell>,
    /// What stands in the columns: once for the row, or for each of its bars.
    pub counts: Vec<Vec<Cell>>,
}

impl Pairs {
    fn colours(&self) -> &'static [Colour] {
        COLOURS[self.ends.len().clamp(1, COLOURS.len()) - 1]
    }

    fn rows(&self) -> impl Iterator<Item = &Pair> + Clone {
        self.lines.iter().filter_map(Line::row)
    }
}

impl Chart for Pairs {
    fn draw(&self, sheet: &mut Sheet, top: f64, language: Language) -> f64 {
        let left = MARGIN + NAMES;
        let colours = self.colours();
        let columns = Columns::of(&self.columns, self.rows().flat_map(|row| &row.counts), language);
        let mut y = top + columns.height();
        if self.ends.len() > 1 {
            let names = self.ends.iter().map(|end| end.get(language));
            let entries: Vec<(&str, Colour)> = names.zip(colours.iter().copied()).collect();
            let most = WIDTH - MARGIN - columns.width() - left;
            let (from, most) =
                if legend::width(&entries) <= most { (left, most) } else { (MARGIN, most + NAMES) };
            y = legend::swatches(sheet, [from, top, most], &entries).max(y);
        }
        columns.head(sheet, y);
        y += 4.0;
        let greatest = self.rows().flat_map(|row| &row.shares).filter_map(Cell::number).fold(0.0, f64::max);
        let ticks = match axis::linear(0.0, greatest.clamp(0.05, 1.0), 5) {
            ticks if ticks[ticks.len() - 1] > 1.0 => vec![0.0, 0.25, 0.5, 0.75, 1.0],
            ticks => ticks,
        };
        // Room for the number after the longest bar.
        let to = WIDTH - MARGIN - columns.width() - 40.0;
        let axis = Axis { low: 0.0, high: ticks[ticks.len() - 1], logarithmic: false, from: left, to };
        let heights: Vec<f64> =
            self.lines.iter().map(|line| height(line, self.ends.len(), language)).collect();
        let (ground, floor) = (y, y + heights.iter().sum::<f64>());
        for tick in &ticks[1..] {
            sheet.line([axis.at(*tick), ground, axis.at(*tick), floor], GRID, 1.0);
        }
        sheet.line([left, ground, left, floor], SOFT, 1.2);
        for (line, height) in self.lines.iter().zip(heights) {
            match line {
                Line::Section(text) => {
                    let lines = Style::BOLD.wrap(text.get(language), WIDTH - 2.0 * MARGIN);
                    // No line of the axis goes through a heading.
                    let widest = lines.iter().map(|line| Style::BOLD.width(line)).fold(0.0, f64::max);
                    if MARGIN + widest > left {
                        sheet.rectangle([MARGIN, y, widest + 6.0, height], PAPER, None);
                    }
                    sheet.lines(MARGIN, y + 8.0, &lines, Style::BOLD);
                }
                Line::Row(pair) | Line::Inner(pair) => {
                    let label = Style::PLAIN.wrap(pair.label.get(language), NAMES - 24.0);
                    sheet.lines_around(MARGIN + line.indent(), y + height / 2.0, &label, Style::PLAIN);
                    let middle = self.ends.len() as f64 / 2.0;
                    for (place, (share, colour)) in pair.shares.iter().zip(colours).enumerate() {
                        let bar_top = y + height / 2.0 + (place as f64 - middle) * (BAR + 1.0);
                        bar(sheet, &axis, bar_top, share, colour, language);
                    }
                    match pair.counts.as_slice() {
                        [of_row] => columns.row(sheet, y + height / 2.0, of_row, Style::PLAIN),
                        of_bars => {
                            for (place, counts) in of_bars.iter().enumerate() {
                                let bar_middle =
                                    y + height / 2.0 + (place as f64 - middle + 0.5) * (BAR + 1.0);
                                columns.row(sheet, bar_middle, counts, SMALLER);
                            }
                        }
                    }
                }
            }
            y += height;
        }
        for (tick, said) in ticks.iter().zip(axis::words(&ticks, Format::Percent(0), language)) {
            sheet.line([axis.at(*tick), floor, axis.at(*tick), floor + 4.0], SOFT, 1.0);
            sheet.text(axis.at(*tick), floor + 17.0, &said, Style::SMALL.middle());
        }
        floor + 22.0
    }

    fn say(&self, language: Language) -> Vec<String> {
        let mut said = vec![self.about.get(language).to_owned()];
        for (section, pair) in under(&self.lines) {
            let each = pair.counts.len() > 1;
            let parts = self.ends.iter().zip(&pair.shares).enumerate();
            let parts: Vec<String> = parts
                .map(|(place, (end, share))| {
                    let part = format!("{} {}", end.get(language), spoken(share, language));
                    let part = part.trim_start().to_owned();
                    match pair.counts.get(place).filter(|_| each) {
                        Some(counts) => {
                            format!("{part} ({})", columns::said(&self.columns, counts, language))
                        }
                        None => part,
                    }
                })
                .collect();
            let row = named(section, &pair.label, language);
            if each {
                said.push(format!("{row}: {}.", parts.join(", ")));
                continue;
            }
            let counts = pair.counts.first().map(Vec::as_slice).unwrap_or_default();
            let with = [
                ("row", row),
                ("parts", parts.join(", ")),
                ("counts", columns::said(&self.columns, counts, language)),
            ];
            said.push(words::say(language, "figure.said_bar", &with));
        }
        said
    }

    fn cells(&self) -> Vec<&Cell> {
        self.rows().flat_map(|pair| pair.shares.iter().chain(pair.counts.iter().flatten())).collect()
    }
}

fn bar(sheet: &mut Sheet, axis: &Axis, top: f64, share: &Cell, colour: Colour, language: Language) {
    let Some(length) = share.number() else {
        sheet.hatch([axis.from, top, STUB, BAR]);
        let symbol = share.symbol().unwrap_or_default();
        sheet.text(axis.from + STUB + 5.0, top + BAR - 1.5, symbol, Style::BOLD);
        return;
    };
    let to = axis.at(length);
    let outline = palette::is_pale(colour).then_some(OUTLINE);
    sheet.rectangle([axis.from, top, to - axis.from, BAR], colour, outline);
    let said = printed(share, language);
    sheet.text(to + 5.0, top + BAR - 1.8, &said, SMALLER);
}

fn height(line: &Line<Pair>, bars: usize, language: Language) -> f64 {
    match line {
        Line::Section(text) => {
            let lines = Style::BOLD.wrap(text.get(language), WIDTH - 2.0 * MARGIN).len();
            Style::BOLD.height(lines) + 10.0
        }
        Line::Row(pair) | Line::Inner(pair) => {
            let lines = Style::PLAIN.wrap(pair.label.get(language), NAMES - 24.0).len();
            (Style::PLAIN.height(lines) + 8.0).max(bars as f64 * (BAR + 1.0) + 9.0)
        }
    }
}
