//! A curve of shares against predicted probabilities, with its interval, beside the line of agreement; square panels.

use super::super::axis::{self, Axis};
use super::super::palette::{BLUE, GRID, INK, PAPER, SOFT};
use super::super::sheet::{LEADING, MARGIN, SIZE, Sheet, Style, WIDTH, at};
use super::{Chart, spoken};
use crate::dictionary::{Language, Text};
use crate::table::mark::{self, Aside};
use crate::table::{Cell, Content, Format, number, words};

const BETWEEN: f64 = 30.0;
/// The room of the ticks' words left of a panel.
const TICKS: f64 = 46.0;
/// Half the word of the last tick, right of a panel.
const OVER: f64 = 18.0;
const PERCENT: Format = Format::Percent(0);

/// Curves in panels, two beside each other.
pub(crate) struct Curves {
    pub panels: Vec<Panel>,
    /// What is drawn along, and what upwards.
    pub axes: [Text; 2],
    /// What the line of agreement is called where it is drawn.
    pub agreement: Text,
    /// What is drawn, in a sentence.
    pub about: Text,
}

pub(crate) struct Panel {
    pub title: Text,
    /// What is said below the title, a line each.
    pub said: Vec<Text>,
    pub curve: Result<Vec<Point>, Cell>,
}

/// A point of a curve.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Point {
    /// The predicted probability.
    pub at: f64,
    pub value: Cell,
    pub interval: Cell,
}

impl Panel {
    /// The points of the curve; none where a symbol stands in its place.
    fn points(&self) -> &[Point] {
        self.curve.as_deref().unwrap_or_default()
    }

    /// The lines above the panel, with how they look.
    fn head(&self, language: Language, wide: f64) -> Vec<(Vec<String>, Style)> {
        let wrapped = |text: &Text, style: Style| (style.wrap(text.get(language), wide), style);
        let title = std::iter::once(wrapped(&self.title, Style::BOLD));
        title.chain(self.said.iter().map(|said| wrapped(said, Style::SMALL))).collect()
    }
}

impl Curves {
    /// Ticks of both axes, the same in all panels.
    fn ticks(&self) -> Vec<f64> {
        let mut ends = (1.0_f64, 0.0_f64);
        for point in self.panels.iter().flat_map(Panel::points) {
            let numbers = match point.interval.ends() {
                Some(ends) => ends.map(Some),
                None => [point.value.number(); 2],
            };
            for number in numbers.into_iter().flatten().chain([point.at]) {
                ends = (ends.0.min(number), ends.1.max(number));
            }
        }
        if ends.0 > ends.1 {
            ends = (0.0, 1.0);
        }
        axis::linear(ends.0, ends.1, 5)
            .into_iter()
            .filter(|tick| (-1e-9..=1.0 + 1e-9).contains(tick))
            .collect()
    }

    /// Draws a panel into a square; gives the bottom.
    fn panel(
        &self,
        sheet: &mut Sheet,
        [left, ground, wide]: [f64; 3],
        panel: &Panel,
        language: Language,
    ) -> f64 {
        let ticks = self.ticks();
        let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
        let (from, to) = (left + TICKS, left + wide - OVER);
        let floor = ground + (to - from);
        let along = Axis { low, high, logarithmic: false, from, to };
        let upwards = Axis { low, high, logarithmic: false, from: floor, to: ground };
        for (tick, said) in ticks.iter().zip(axis::words(&ticks, PERCENT, language)) {
            let (x, y) = (along.at(*tick), upwards.at(*tick));
            sheet.line([from, y, to, y], GRID, 1.0);
            sheet.line([x, ground, x, floor], GRID, 1.0);
            sheet.text(from - 6.0, y + 4.0, &said, Style::SMALL.end());
            sheet.text(x, floor + 16.0, &said, Style::SMALL.middle());
        }
        match &panel.curve {
            Ok(points) => curve(sheet, points, [&along, &upwards]),
            Err(symbol) => {
                let size = (to - from) / 3.0;
                let place = [from + size, ground + size, size, size];
                match symbol.content {
                    Content::Suppressed => sheet.hidden(place, symbol.symbol().unwrap_or_default()),
                    _ => {
                        let symbol = symbol.symbol().unwrap_or_default();
                        sheet.text(
                            place[0] + size / 2.0,
                            place[1] + size / 2.0,
                            symbol,
                            Style::BOLD.middle(),
                        );
                    }
                }
            }
        }
        sheet.dashed([from, floor, to, ground], SOFT, 1.2, "5 4");
        // In the lower corner below the line, where curves seldom go.
        let label = self.agreement.get(language);
        let words = Style::SMALL.wrap(label, (to - from) * 0.42);
        let corner = [to - (to - from) * 0.44, floor - Style::SMALL.height(words.len()) - 8.0];
        sheet.dashed([corner[0] - 26.0, corner[1] + 9.0, corner[0] - 5.0, corner[1] + 9.0], SOFT, 1.2, "5 4");
        sheet.lines(corner[0], corner[1], &words, Style::SMALL);
        sheet.paragraph(from, floor + 22.0, self.axes[0].get(language), Style::SMALL, to - from)
    }

    /// How many panels stand beside each other, and how wide each is.
    fn columns(&self) -> (usize, f64) {
        let columns = self.panels.len().clamp(1, 2);
        (columns, (WIDTH - 2.0 * MARGIN - BETWEEN) / 2.0)
    }
}

/// The curve with its interval behind it.
fn curve(sheet: &mut Sheet, points: &[Point], [along, upwards]: [&Axis; 2]) {
    let ends: Vec<(f64, f64, f64)> = points
        .iter()
        .filter_map(|point| {
            let [low, high] = point.interval.ends()?;
            Some((along.at(point.at), upwards.at(low), upwards.at(high)))
        })
        .collect();
    if ends.len() > 1 {
        let there = ends.iter().map(|(x, low, _)| (x, low));
        let back = ends.iter().rev().map(|(x, _, high)| (x, high));
        let path: Vec<String> = there.chain(back).map(|(x, y)| format!("{} {}", at(*x), at(*y))).collect();
        sheet.ribbon(&format!("M{}Z", path.join("L")), GRID);
    }
    let places: Vec<[f64; 2]> = points
        .iter()
        .filter_map(|point| Some([along.at(point.at), upwards.at(point.value.number()?)]))
        .collect();
    for pair in places.windows(2) {
        sheet.line([pair[0][0], pair[0][1], pair[1][0], pair[1][1]], BLUE, 2.2);
    }
    places.iter().for_each(|place| sheet.circle(*place, 2.6, PAPER, BLUE));
    // A single point has an interval and no curve.
    if let ([(x, low, high)], true) = (&ends[..], places.len() == 1) {
        sheet.line([*x, *low, *x, *high], INK, 1.3);
    }
}

impl Chart for Curves {
    fn draw(&self, sheet: &mut Sheet, top: f64, language: Language) -> f64 {
        let (columns, wide) = self.columns();
        let mut y = top;
        for row in self.panels.chunks(columns) {
            let heads: Vec<_> = row.iter().map(|panel| panel.head(language, wide)).collect();
            let height = |head: &Vec<(Vec<String>, Style)>| -> f64 {
                head.iter().map(|(lines, style)| style.height(lines.len())).sum()
            };
            let tallest = heads.iter().map(height).fold(0.0, f64::max);
            let mut bottom = y;
            for (place, (panel, head)) in row.iter().zip(&heads).enumerate() {
                let left = MARGIN + place as f64 * (wide + BETWEEN);
                let mut line = y;
                for (lines, style) in head {
                    sheet.lines(left, line, lines, *style);
                    line += style.height(lines.len());
                }
                let axis = y + tallest + 6.0;
                sheet.text(left, axis + SIZE, self.axes[1].get(language), Style::SMALL);
                let ground = axis + SIZE * LEADING + 8.0;
                bottom = self.panel(sheet, [left, ground, wide], panel, language).max(bottom);
            }
            y = bottom + 22.0;
        }
        y - 18.0
    }

    fn say(&self, language: Language) -> Vec<String> {
        let mut said = vec![self.about.get(language).to_owned()];
        for panel in &self.panels {
            let heads = panel.said.iter().map(|said| format!(" {}.", said.get(language)));
            said.push(format!("{}.{}", panel.title.get(language), heads.collect::<String>()));
            said.push(match &panel.curve {
                Err(symbol) => format!("{}.", spoken(symbol, language)),
                Ok(points) => {
                    let points: Vec<String> = points
                        .iter()
                        .map(|point| {
                            let interval = match &point.interval.content {
                                Content::Interval { .. } => {
                                    format!(" ({})", spoken(&point.interval, language))
                                }
                                _ => String::new(),
                            };
                            let with = [
                                (
                                    "predicted",
                                    mark::aside(&number::number(point.at, PERCENT, language), Aside::Axis),
                                ),
                                ("observed", spoken(&point.value, language) + &interval),
                            ];
                            words::say(language, "figure.said_calibrated", &with)
                        })
                        .collect();
                    format!("{}.", points.join("; "))
                }
            });
        }
        said
    }

    fn cells(&self) -> Vec<&Cell> {
        let points = self.panels.iter().flat_map(Panel::points);
        let symbols = self.panels.iter().filter_map(|panel| panel.curve.as_ref().err());
        points.flat_map(|point| [&point.value, &point.interval]).chain(symbols).collect()
    }
}
