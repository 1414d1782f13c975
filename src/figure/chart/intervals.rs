//! Dots with their intervals, a row each, beside a line of no difference; several panels share the rows.

use super::super::axis::{self, Axis};
use super::super::palette::{BLUE, GRID, INK, PAPER, SOFT};
use super::super::sheet::{MARGIN, Sheet, Style, WIDTH};
use super::{Chart, Line, named, spoken, under};
use crate::dictionary::{Language, Text};
use crate::table::{Cell, Content, Format, number, words};

const ROW: f64 = 24.0;
const GAP: f64 = 18.0;
/// How high the place of what is hidden is: it goes over the whole axis, since the number may be anywhere.
const HIDDEN: f64 = 9.0;

/// Dots with intervals.
pub(crate) struct Intervals {
    pub panels: Vec<Panel>,
    pub lines: Vec<Line<Dots>>,
    /// Where nothing differs: 0, or 1 of a ratio, whose axis is logarithmic.
    pub none: f64,
    /// What is drawn along the axis, with its unit.
    pub axis: Text,
    /// What the left and the right of the line are, where that is the same for all rows.
    pub sides: Option<[Text; 2]>,
    pub format: Format,
    /// The heading of the numbers, such as `odds ratio (95% CI)`.
    pub heading: Text,
    /// What is drawn, in a sentence.
    pub about: Text,
}

/// One panel.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Panel {
    /// Empty where there is one panel.
    pub label: Text,
    /// How many it rests on; empty where each row has its own.
    pub n: Text,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dots {
    pub label: Text,
    /// One for each panel.
    pub dots: Vec<Dot>,
    /// Persons, where each row has its own number.
    pub n: Option<Cell>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Dot {
    /// An estimate with the interval between its ends.
    Estimate { value: Cell, interval: Box<Cell> },
    /// What the others are compared with.
    Reference,
    /// Nothing belongs here.
    Empty,
}

/// Columns of the drawing.
struct Places {
    names: f64,
    panel: f64,
    numbers: f64,
    counts: f64,
}

impl Intervals {
    fn rows(&self) -> impl Iterator<Item = &Dots> {
        self.lines.iter().filter_map(Line::row)
    }

    fn logarithmic(&self) -> bool {
        self.none == 1.0
    }

    /// One panel leaves room for the numbers themselves.
    fn places(&self, language: Language) -> Places {
        let count = self.panels.len() as f64;
        let names: f64 = if count > 2.0 { 200.0 } else { 232.0 };
        let own = self.rows().any(|row| row.n.is_some());
        let counts = if own { 62.0 } else { 0.0 };
        let numbers = match self.panels.len() {
            1 => {
                let widest =
                    self.rows().flat_map(|row| &row.dots).map(|dot| Style::PLAIN.width(&said(dot, language)));
                widest.fold(70.0, f64::max) + 14.0
            }
            _ => 0.0,
        };
        let free = WIDTH - 2.0 * MARGIN - names - numbers - counts - GAP * (count - 1.0);
        Places { names, panel: free / count, numbers, counts }
    }

    /// The least and greatest number drawn; an interval without an end ends where the axis does.
    fn reach(&self) -> (f64, f64) {
        let mut ends = (self.none, self.none);
        let mut with = |number: f64| ends = (ends.0.min(number), ends.1.max(number));
        for dot in self.rows().flat_map(|row| &row.dots) {
            let Dot::Estimate { value: estimate, interval } = dot else { continue };
            if let Some(number) = estimate.number() {
                // A ratio has its place on the axis within a factor of 32; beyond that an arrow says so.
                with(if self.logarithmic() { number.clamp(1.0 / 32.0, 32.0) } else { number });
            }
            if let Content::Interval { low, high, .. } = &interval.content {
                match self.logarithmic() {
                    true => {
                        with(low.clamp(1.0 / 16.0, 16.0));
                        with(high.clamp(1.0 / 16.0, 16.0));
                    }
                    false => {
                        with(*low);
                        with(*high);
                    }
                }
            }
        }
        ends
    }

    fn dot(&self, sheet: &mut Sheet, axis: &Axis, y: f64, dot: &Dot) {
        let (estimate, interval) = match dot {
            Dot::Empty => return,
            Dot::Reference => {
                sheet.circle([axis.at(self.none), y], 3.6, PAPER, SOFT);
                return;
            }
            Dot::Estimate { value, interval } => (value, interval),
        };
        let Some(number) = estimate.number() else {
            let symbol = estimate.symbol().unwrap_or_default();
            match estimate.content {
                Content::Suppressed | Content::NeverShown => {
                    sheet.hidden([axis.from, y - HIDDEN / 2.0, axis.to - axis.from, HIDDEN], symbol);
                }
                _ => sheet.text(axis.at(self.none) + 6.0, y + 4.5, symbol, Style::BOLD),
            }
            return;
        };
        if let Content::Interval { low, high, .. } = &interval.content {
            sheet.line([axis.at(*low), y, axis.at(*high), y], INK, 1.6);
            for (end, beyond, towards) in
                [(axis.from, *low < axis.low, 1.0), (axis.to, *high > axis.high, -1.0)]
            {
                if beyond {
                    let tip = [end - 4.0 * towards, y];
                    let back = end + 4.0 * towards;
                    sheet.polygon(&[tip, [back, y - 4.0], [back, y + 4.0]], INK, None);
                }
            }
        }
        // Filled where the interval lies on one side of no difference.
        let clear = interval.ends().is_some_and(|[low, high]| low > self.none || high < self.none);
        sheet.circle([axis.at(number), y], 4.6, if clear { BLUE } else { PAPER }, BLUE);
    }
}

impl Chart for Intervals {
    fn draw(&self, sheet: &mut Sheet, top: f64, language: Language) -> f64 {
        let places = self.places(language);
        let (low, high) = self.reach();
        let narrow = places.panel < 150.0;
        let (ticks, [low, high]) = match self.logarithmic() {
            true => axis::within(&axis::ratio(low, high, if narrow { 4 } else { 9 }), low, high),
            false => {
                let ticks = axis::around(axis::linear(low, high, if narrow { 3 } else { 5 }), self.none);
                let ends = [ticks[0], ticks[ticks.len() - 1]];
                (ticks, ends)
            }
        };
        let first = MARGIN + places.names;
        let axes: Vec<Axis> = (0..self.panels.len())
            .map(|place| {
                let from = first + place as f64 * (places.panel + GAP);
                Axis {
                    low,
                    high,
                    logarithmic: self.logarithmic(),
                    from: from + 12.0,
                    to: from + places.panel - 12.0,
                }
            })
            .collect();
        let ground = self.heads(sheet, top, language, &places, &axes);
        let heights: Vec<f64> = self.lines.iter().map(|line| height(line, language, &places)).collect();
        let floor = ground + heights.iter().sum::<f64>();
        for axis in &axes {
            for tick in &ticks {
                sheet.line([axis.at(*tick), ground, axis.at(*tick), floor], GRID, 1.0);
            }
            sheet.line([axis.at(self.none), ground, axis.at(self.none), floor], SOFT, 1.3);
        }
        let mut y = ground;
        for (line, height) in self.lines.iter().zip(heights) {
            let middle = y + height / 2.0;
            match line {
                Line::Section(text) => {
                    let lines = Style::BOLD.wrap(text.get(language), places.names - 10.0);
                    sheet.lines(MARGIN, y + 7.0, &lines, Style::BOLD);
                }
                Line::Row(row) | Line::Inner(row) => {
                    let label = Style::PLAIN.wrap(row.label.get(language), places.names - 24.0);
                    sheet.lines_around(MARGIN + line.indent(), middle, &label, Style::PLAIN);
                    for (dot, axis) in row.dots.iter().zip(&axes) {
                        self.dot(sheet, axis, middle, dot);
                    }
                    if let ([dot], true) = (row.dots.as_slice(), places.numbers > 0.0) {
                        let x = WIDTH - MARGIN - places.counts;
                        sheet.text(x, middle + 4.6, &said(dot, language), Style::PLAIN.end());
                    }
                    if let Some(n) = &row.n {
                        let n = super::printed(n, language);
                        sheet.text(WIDTH - MARGIN, middle + 4.6, &n, Style::PLAIN.end());
                    }
                }
            }
            y += height;
        }
        self.foot(sheet, floor, language, &axes, &ticks)
    }

    fn say(&self, language: Language) -> Vec<String> {
        let mut all = vec![self.about.get(language).to_owned()];
        for (place, panel) in self.panels.iter().enumerate() {
            if !panel.label.is_empty() {
                let n = panel.n.get(language);
                all.push(format!("{} ({n}):", panel.label.get(language)));
            } else if !panel.n.is_empty() {
                all.push(format!("{}.", panel.n.get(language)));
            }
            for (section, row) in under(&self.lines) {
                let words = match &row.dots[place] {
                    Dot::Empty => continue,
                    Dot::Reference => words::say(language, "figure.reference", &[]),
                    Dot::Estimate { value, interval } => match interval.content {
                        Content::Interval { .. } => {
                            format!("{} ({})", spoken(value, language), spoken(interval, language))
                        }
                        _ => spoken(value, language),
                    },
                };
                let row_name = named(section, &row.label, language);
                all.push(match &row.n {
                    Some(n) => {
                        let n = spoken(n, language);
                        words::say(language, "figure.said_n", &[("row", row_name), ("said", words), ("n", n)])
                    }
                    None => format!("{row_name}: {words}."),
                });
            }
        }
        all
    }

    fn cells(&self) -> Vec<&Cell> {
        let dots = self.rows().flat_map(|row| &row.dots).flat_map(|dot| match dot {
            Dot::Estimate { value, interval } => vec![value, &**interval],
            Dot::Reference | Dot::Empty => Vec::new(),
        });
        dots.chain(self.rows().filter_map(|row| row.n.as_ref())).collect()
    }
}

impl Intervals {
    /// The headings of panels and columns; gives where the rows begin.
    fn heads(&self, sheet: &mut Sheet, top: f64, language: Language, places: &Places, axes: &[Axis]) -> f64 {
        let lines = |text: &Text, style: Style, most: f64| style.wrap(text.get(language), most);
        let blocks: Vec<(f64, Vec<String>, Vec<String>)> = self
            .panels
            .iter()
            .zip(axes)
            .map(|(panel, axis)| {
                let middle = (axis.from + axis.to) / 2.0;
                let most = places.panel + GAP - 6.0;
                (middle, lines(&panel.label, Style::BOLD, most), lines(&panel.n, Style::SMALL, most))
            })
            .collect();
        let numbers = match places.numbers > 0.0 {
            true => lines(&self.heading, Style::SMALL, places.numbers + 10.0),
            false => Vec::new(),
        };
        let counted = words::say(language, "column.pairs", &[]);
        let counts =
            if places.counts > 0.0 { Style::SMALL.wrap(&counted, places.counts - 6.0) } else { Vec::new() };
        let tall = blocks
            .iter()
            .map(|(_, label, n)| Style::BOLD.height(label.len()) + Style::SMALL.height(n.len()))
            .chain([Style::SMALL.height(numbers.len()), Style::SMALL.height(counts.len())])
            .fold(0.0, f64::max);
        let bottom = top + tall;
        for (middle, label, n) in &blocks {
            let n_top = bottom - Style::SMALL.height(n.len());
            sheet.lines(*middle, n_top - Style::BOLD.height(label.len()), label, Style::BOLD.middle());
            sheet.lines(*middle, n_top, n, Style::SMALL.middle());
        }
        for (x, column) in [(WIDTH - MARGIN - places.counts, numbers), (WIDTH - MARGIN, counts)] {
            sheet.lines(x, bottom - Style::SMALL.height(column.len()), &column, Style::SMALL.end());
        }
        bottom + 4.0
    }

    /// Ticks, what the axis is, and what its two sides are; gives the bottom.
    fn foot(&self, sheet: &mut Sheet, floor: f64, language: Language, axes: &[Axis], ticks: &[f64]) -> f64 {
        let tick_words = axis::words(ticks, self.format, language);
        for axis in axes {
            let places: Vec<f64> = ticks.iter().map(|tick| axis.at(*tick)).collect();
            for place in &places {
                sheet.line([*place, floor, *place, floor + 4.0], SOFT, 1.0);
            }
            let none = ticks.iter().position(|tick| (tick - self.none).abs() < 1e-9).unwrap_or(0);
            let widths: Vec<f64> = tick_words.iter().map(|words| Style::SMALL.width(words)).collect();
            for tick in axis::legible(&places, &widths, none) {
                sheet.text(places[tick], floor + 17.0, &tick_words[tick], Style::SMALL.middle());
            }
        }
        let mut bottom = floor + 22.0;
        if let (Some([left, right]), [axis]) = (&self.sides, axes) {
            let none = axis.at(self.none);
            let style = Style::SMALL;
            // Each on its side of the line where there is room, otherwise at the end of the axis.
            let (left, right) = (format!("← {}", left.get(language)), format!("{} →", right.get(language)));
            let from = (none - 8.0).max(axis.from + style.width(&left) - 12.0);
            let to = (none + 8.0).min(axis.to - style.width(&right) + 12.0).max(from + 12.0);
            sheet.text(from, bottom + style.size, &left, style.end());
            sheet.text(to, bottom + style.size, &right, style);
            bottom += style.height(1) + 2.0;
        }
        let (from, to) = (axes[0].from, axes[axes.len() - 1].to);
        let most = (to - from).max(300.0);
        let lines = Style::SMALL.wrap(self.axis.get(language), most);
        sheet.lines((from + to) / 2.0, bottom, &lines, Style::SMALL.middle());
        bottom + Style::SMALL.height(lines.len())
    }
}

/// A dot's number with its interval.
fn said(dot: &Dot, language: Language) -> String {
    match dot {
        Dot::Empty => String::new(),
        Dot::Reference => words::say(language, "figure.reference_short", &[]),
        Dot::Estimate { value: estimate, interval } => {
            let said = super::printed(estimate, language);
            match (estimate.number(), &interval.content) {
                (Some(_), Content::Interval { .. } | Content::Suppressed) => {
                    format!("{said} ({})", number::marked(interval, language))
                }
                _ => said,
            }
        }
    }
}

fn height(line: &Line<Dots>, language: Language, places: &Places) -> f64 {
    match line {
        Line::Section(text) => {
            Style::BOLD.height(Style::BOLD.wrap(text.get(language), places.names - 10.0).len()) + 9.0
        }
        Line::Row(row) | Line::Inner(row) => {
            let lines = Style::PLAIN.wrap(row.label.get(language), places.names - 24.0).len();
            (Style::PLAIN.height(lines) + 7.0).max(ROW)
        }
    }
}
