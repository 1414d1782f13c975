//! Lines over the waves, a panel for each variable: an estimate with its interval at each wave, and how many it rests on.

use super::super::axis::{self, Axis};
use super::super::palette::{Colour, GRID, GROUPS, PAPER, SOFT};
use super::super::sheet::{LEADING, MARGIN, SIZE, Sheet, Style, WIDTH};
use super::{Chart, apart, printed, spoken};
use crate::dictionary::{Language, Text};
use crate::table::{Cell, Content, Format, words};

const TALL: f64 = 170.0;
const BETWEEN: f64 = 30.0;
const TICKS: f64 = 46.0;
/// The place of a mark before the name of its line.
const MARK: f64 = 16.0;

/// Small panels of lines.
pub(crate) struct Lines {
    pub panels: Vec<Panel>,
    /// The waves: months since the first, and what they are called.
    pub waves: Vec<(f64, Text)>,
    /// What is drawn, in a sentence.
    pub about: Text,
}

pub(crate) struct Panel {
    pub title: Text,
    /// What is drawn upwards, with its unit.
    pub axis: Text,
    pub format: Format,
    /// Whether a line at zero says that nothing changed.
    pub zero: bool,
    /// A line for each group.
    pub series: Vec<Series>,
    /// Numbers below the panel, the lines' own after them; where there are none, the persons of each line stand there.
    pub rows: Vec<Row>,
}

/// Numbers below a panel.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub label: Text,
    /// One for each wave.
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Series {
    /// Empty where there is one.
    pub label: Text,
    /// One for each wave.
    pub points: Vec<Point>,
}

/// An estimate at a wave.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Point {
    pub value: Cell,
    pub interval: Cell,
    pub n: Cell,
}

impl Panel {
    fn ticks(&self) -> Vec<f64> {
        let points = || self.series.iter().flat_map(|series| &series.points);
        let ends = points().flat_map(|point| match point.interval.ends() {
            Some(ends) => ends.to_vec(),
            None => point.value.number().into_iter().collect(),
        });
        let numbers: Vec<f64> = ends.chain(self.zero.then_some(0.0)).collect();
        let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        match numbers.is_empty() {
            true => vec![0.0, 1.0],
            // A share is read against nobody and everyone.
            false if matches!(self.format, Format::Percent(_)) => {
                let ticks = axis::linear(0.0, high.max(0.1), 4);
                ticks.into_iter().filter(|tick| *tick <= 1.0 + 1e-9).collect()
            }
            false => axis::linear(low, high, 4),
        }
    }

    /// What stands at the end of a line; nothing for a line alone.
    fn labels(&self, language: Language) -> Vec<&str> {
        self.series.iter().map(|series| series.label.get(language)).collect()
    }
}

/// A mark of its own for each group, so that no one has to tell colours apart.
fn mark(sheet: &mut Sheet, group: usize, [x, y]: [f64; 2], colour: Colour) {
    let size = 4.4;
    match group % 4 {
        0 => sheet.circle([x, y], size, colour, colour),
        1 => sheet.polygon(
            &[[x - size, y - size], [x + size, y - size], [x + size, y + size], [x - size, y + size]],
            PAPER,
            Some(colour),
        ),
        2 => sheet.polygon(
            &[[x, y - size - 1.0], [x + size + 0.6, y + size], [x - size - 0.6, y + size]],
            colour,
            Some(colour),
        ),
        _ => sheet.polygon(
            &[[x, y - size - 1.5], [x + size + 1.5, y], [x, y + size + 1.5], [x - size - 1.5, y]],
            PAPER,
            Some(colour),
        ),
    }
}

impl Lines {
    fn panel(
        &self,
        sheet: &mut Sheet,
        [left, top, wide]: [f64; 3],
        panel: &Panel,
        language: Language,
    ) -> f64 {
        let y = sheet.paragraph(left, top, panel.title.get(language), Style::BOLD, wide);
        let ground = sheet.paragraph(left, y, panel.axis.get(language), Style::SMALL, wide) + 8.0;
        let ticks = panel.ticks();
        let floor = ground + TALL;
        let upwards =
            Axis { low: ticks[0], high: ticks[ticks.len() - 1], logarithmic: false, from: floor, to: ground };
        let several = panel.series.len() > 1;
        let widest = panel.labels(language).iter().map(|label| Style::SMALL.width(label)).fold(0.0, f64::max);
        // Beside the plot there is room for the names of the lines, and for half the name of the last wave.
        let last_wave = self.waves.last().map_or(0.0, |wave| Style::SMALL.width(wave.1.get(language)));
        let end =
            if several { widest.min(wide * 0.3) + 16.0 } else { (last_wave / 2.0 - 6.0).clamp(10.0, 40.0) };
        let ticks_end = left + self.lead(panel, language);
        let inner = (ticks_end + 12.0, left + wide - end - 8.0);
        let first = self.waves.first().map_or(0.0, |wave| wave.0);
        let last = self.waves.last().map_or(1.0, |wave| wave.0);
        let along = Axis { low: first, high: last, logarithmic: false, from: inner.0, to: inner.1 };
        for (tick, said) in ticks.iter().zip(axis::words(&ticks, panel.format, language)) {
            let height = upwards.at(*tick);
            sheet.line([ticks_end, height, inner.1 + 8.0, height], GRID, 1.0);
            sheet.text(ticks_end - 6.0, height + 4.0, &said, Style::SMALL.end());
        }
        if panel.zero {
            sheet.line([ticks_end, upwards.at(0.0), inner.1 + 8.0, upwards.at(0.0)], SOFT, 1.3);
        }
        for (group, series) in panel.series.iter().enumerate() {
            let aside = (group as f64 - (panel.series.len() as f64 - 1.0) / 2.0) * 7.0;
            self.series(sheet, [&along, &upwards], series, group, aside);
        }
        if several {
            self.ends(sheet, [inner.1 + 12.0, end], &upwards, panel, language);
        }
        self.below(sheet, [left, floor], &along, panel, language)
    }

    /// What stands left of a panel's axis: the ticks' words, or the names of the numbers below it.
    fn lead(&self, panel: &Panel, language: Language) -> f64 {
        if panel.rows.is_empty() {
            return TICKS;
        }
        let width = |label: &Text| Style::SMALL.width(label.get(language));
        let rows = panel.rows.iter().map(|row| width(&row.label));
        let lines = panel.series.iter().map(|series| width(&series.label) + MARK);
        rows.chain(lines).fold(TICKS, f64::max) + 14.0
    }

    /// The names of the lines, each at the height of its last point, moved apart where they would lie on each other.
    fn ends(
        &self,
        sheet: &mut Sheet,
        [x, most]: [f64; 2],
        upwards: &Axis,
        panel: &Panel,
        language: Language,
    ) {
        let style = Style { size: 11.5, ..Style::BOLD };
        let last = |series: &Series| series.points.iter().rev().find_map(|point| point.value.number());
        let mut ends: Vec<(f64, usize, Vec<String>)> = Vec::new();
        for (group, series) in panel.series.iter().enumerate() {
            let height = last(series).map_or(upwards.from, |number| upwards.at(number));
            ends.push((height, group, style.wrap(series.label.get(language), most)));
        }
        ends.sort_by(|one, other| one.0.total_cmp(&other.0));
        let heights: Vec<f64> = ends.iter().map(|(_, _, lines)| style.height(lines.len())).collect();
        let middles: Vec<f64> = ends.iter().map(|(height, ..)| *height).collect();
        for ((_, group, lines), middle) in ends.iter().zip(apart(middles, &heights)) {
            sheet.lines_around(x, middle, lines, style.colour(GROUPS[group % GROUPS.len()]));
        }
    }

    fn series(
        &self,
        sheet: &mut Sheet,
        [along, upwards]: [&Axis; 2],
        series: &Series,
        group: usize,
        aside: f64,
    ) {
        let colour = GROUPS[group % GROUPS.len()];
        let mut before: Option<[f64; 2]> = None;
        for (point, wave) in series.points.iter().zip(&self.waves) {
            let x = along.at(wave.0) + aside;
            let Some(number) = point.value.number() else {
                match point.value.content {
                    Content::Empty => {}
                    // Below the axis's ground, where no number is.
                    _ => sheet.text(
                        x,
                        upwards.from - 5.0,
                        point.value.symbol().unwrap_or_default(),
                        Style::BOLD.middle().colour(colour),
                    ),
                }
                before = None;
                continue;
            };
            let here = [x, upwards.at(number)];
            if let Some(before) = before {
                let dashes = if group % 2 == 1 { "5 3" } else { "" };
                sheet.dashed([before[0], before[1], here[0], here[1]], colour, 1.8, dashes);
            }
            before = Some(here);
        }
        for (point, wave) in series.points.iter().zip(&self.waves) {
            let x = along.at(wave.0) + aside;
            if let Content::Interval { low, high, .. } = point.interval.content {
                sheet.line([x, upwards.at(low), x, upwards.at(high)], colour, 1.3);
            }
            if let Some(number) = point.value.number() {
                mark(sheet, group, [x, upwards.at(number)], colour);
            }
        }
    }

    /// The waves and the persons below a panel; gives the bottom.
    fn below(
        &self,
        sheet: &mut Sheet,
        [left, floor]: [f64; 2],
        along: &Axis,
        panel: &Panel,
        language: Language,
    ) -> f64 {
        let style = Style::SMALL.middle();
        let room =
            self.waves.windows(2).map(|pair| along.at(pair[1].0) - along.at(pair[0].0)).fold(140.0, f64::min);
        let names: Vec<Vec<String>> =
            self.waves.iter().map(|wave| style.wrap(wave.1.get(language), room - 4.0)).collect();
        for (wave, lines) in self.waves.iter().zip(&names) {
            sheet.line([along.at(wave.0), floor, along.at(wave.0), floor + 4.0], SOFT, 1.0);
            sheet.lines(along.at(wave.0), floor + 4.0, lines, style);
        }
        let mut y = floor + 6.0 + style.height(names.iter().map(Vec::len).max().unwrap_or(1));
        let numbers = |sheet: &mut Sheet, y: f64, cells: &mut dyn Iterator<Item = &Cell>, style: Style| {
            for (cell, wave) in cells.zip(&self.waves) {
                sheet.text(along.at(wave.0), y + style.size, &printed(cell, language), style);
            }
        };
        if !panel.rows.is_empty() {
            for (group, series) in panel.series.iter().enumerate() {
                let colour = GROUPS[group % GROUPS.len()];
                mark(sheet, group, [left + 6.0, y + style.size - 4.0], colour);
                let label = series.label.get(language);
                sheet.text(left + MARK, y + style.size, label, Style::SMALL.colour(colour));
                let mut cells = series.points.iter().map(|point| &point.value);
                numbers(sheet, y, &mut cells, style.colour(colour));
                y += style.height(1);
            }
            for row in &panel.rows {
                sheet.text(left, y + style.size, row.label.get(language), Style::SMALL);
                numbers(sheet, y, &mut row.cells.iter(), style);
                y += style.height(1);
            }
            return y;
        }
        for (group, series) in panel.series.iter().enumerate() {
            let colour = if panel.series.len() > 1 { GROUPS[group % GROUPS.len()] } else { SOFT };
            sheet.text(left, y + style.size, "n", Style::SMALL.colour(colour));
            if panel.series.len() > 1 {
                mark(sheet, group, [left + 16.0, y + style.size - 4.0], colour);
            }
            numbers(sheet, y, &mut series.points.iter().map(|point| &point.n), style.colour(colour));
            y += style.height(1);
        }
        y
    }
}

impl Chart for Lines {
    fn draw(&self, sheet: &mut Sheet, top: f64, language: Language) -> f64 {
        let columns = self.panels.len().clamp(1, 2);
        let wide = (WIDTH - 2.0 * MARGIN - BETWEEN * (columns as f64 - 1.0)) / columns as f64;
        let wide = if columns == 1 { wide.min(560.0) } else { wide };
        let mut y = top;
        for row in self.panels.chunks(columns) {
            // Panels beside each other begin their axes at the same height.
            let head = |panel: &Panel| {
                Style::BOLD.wrap(panel.title.get(language), wide).len() as f64 * SIZE * LEADING
                    + Style::SMALL.height(Style::SMALL.wrap(panel.axis.get(language), wide).len())
            };
            let tallest = row.iter().map(head).fold(0.0, f64::max);
            let mut bottom = y;
            for (place, panel) in row.iter().enumerate() {
                let left = MARGIN + place as f64 * (wide + BETWEEN);
                let lower = tallest - head(panel);
                bottom = self.panel(sheet, [left, y + lower, wide], panel, language).max(bottom);
            }
            y = bottom + 22.0;
        }
        y - 18.0
    }

    fn say(&self, language: Language) -> Vec<String> {
        let mut said = vec![self.about.get(language).to_owned()];
        for panel in &self.panels {
            let head = match panel.axis.get(language) {
                "" => format!("{}.", panel.title.get(language)),
                axis => format!("{} ({axis}).", panel.title.get(language)),
            };
            said.push(head);
            for series in &panel.series {
                let points =
                    series.points.iter().zip(&self.waves).filter(|(point, _)| point.value != Content::Empty);
                let points: Vec<String> = points
                    .map(|(point, (_, wave))| {
                        let interval = match &point.interval.content {
                            Content::Interval { .. } => format!(" ({})", spoken(&point.interval, language)),
                            _ => String::new(),
                        };
                        let with = [
                            ("wave", wave.get(language).to_owned()),
                            ("said", spoken(&point.value, language) + &interval),
                            ("n", spoken(&point.n, language)),
                        ];
                        // The wave that the others are compared with has no number of its own.
                        let key =
                            if point.n == Content::Empty { "figure.said_first" } else { "figure.said_wave" };
                        words::say(language, key, &with)
                    })
                    .collect();
                let label = series.label.get(language);
                let label = if label.is_empty() { String::new() } else { format!("{label}: ") };
                said.push(format!("{label}{}.", points.join("; ")));
            }
            // Those who answered stand beside each number already.
            for row in panel.rows.iter().skip(1) {
                let numbers = row.cells.iter().zip(&self.waves);
                let numbers: Vec<String> = numbers
                    .map(|(cell, (_, wave))| format!("{} {}", wave.get(language), spoken(cell, language)))
                    .collect();
                said.push(format!("{}: {}.", row.label.get(language), numbers.join("; ")));
            }
        }
        said
    }

    fn cells(&self) -> Vec<&Cell> {
        let points = self.panels.iter().flat_map(|panel| &panel.series).flat_map(|series| &series.points);
        let rows = self.panels.iter().flat_map(|panel| &panel.rows).flat_map(|row| &row.cells);
        points.flat_map(|point| [&point.value, &point.interval, &point.n]).chain(rows).collect()
    }
}
