//! Figures: cleared estimates drawn for a reader, as SVG and as PNG, without a browser.
//!
//! A [`kind`] says which estimates are drawn and how they are called; a `chart` draws: stacked bars, pairs of bars, dots with
//! intervals, lines over the waves, and flows between answers. Every chart also says in words what it shows, for those who do
//! not see it. What is suppressed is hatched, in a place that is as large as what the shown numbers leave, or always the same:
//! its extent tells nothing. Numbers are written by [`table::number`](crate::table::number) alone.
//!
//! A drawing has one width and grows downwards. The same estimates give the same bytes.

mod axis;
mod chart;
mod font;
pub mod kind;
mod palette;
mod png;
mod sheet;

pub use kind::{FigureError, Input, KINDS, Kind, build};
pub use png::PngError;

use crate::dictionary::{Language, Text};
use crate::table::{Cell, words};
use chart::Chart;
use sheet::{MARGIN, Said, Sheet, Style, WIDTH};

/// A figure, in every language.
pub struct Figure {
    /// The key in the pipeline, and the file's name: `F4_8`.
    pub id: String,
    /// The number that readers know it by, such as `4.8`; may be empty.
    pub number: String,
    pub title: Text,
    /// The author's remark; may be empty.
    pub note: Text,
    /// What the marks are, how many they rest on, conditions: each a sentence below the figure.
    pub notes: Vec<Text>,
    chart: Box<dyn Chart + Send + Sync>,
}

/// Where a drawing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    /// A file of its own, with number, title and notes in it.
    Alone,
    /// A page that gives them around it.
    Page,
}

impl Figure {
    /// `Figure 4.8`, or only `Figure` where it has no number.
    pub fn name(&self) -> Text {
        words::each(|language| {
            let name = words::say(language, "figure.name", &[("number", self.number.clone())]);
            name.trim_end().to_owned()
        })
    }

    /// The figure as an SVG file, with number, title and notes.
    pub fn svg(&self, language: Language) -> String {
        self.draw(language, Setting::Alone)
    }

    /// The drawing alone, for a page that has number, title and notes around it. Its ids begin with the figure's own.
    pub fn inline(&self, language: Language) -> String {
        self.draw(language, Setting::Page)
    }

    /// The figure as a PNG file: [`Figure::svg`] at two pixels a unit.
    ///
    /// # Errors
    /// A [`PngError`] where the drawing cannot be made a picture, which tests rule out for every kind.
    pub fn png(&self, language: Language) -> Result<Vec<u8>, PngError> {
        png::png(&self.svg(language))
    }

    /// What the figure shows, in words, with every number that is drawn.
    pub fn alternative(&self, language: Language) -> String {
        self.chart.say(language).join(" ")
    }

    /// What stands below the figure: the author's note, what the marks are, and the symbols that stand in it.
    pub fn below(&self, language: Language) -> Vec<String> {
        let note = Some(&self.note).filter(|note| !note.is_empty());
        let said = note.into_iter().chain(&self.notes).map(|note| note.get(language).to_owned());
        said.chain(self.symbols(language)).collect()
    }

    /// The explanation of the symbols that stand in the figure.
    fn symbols(&self, language: Language) -> Option<String> {
        let found = self.chart.cells();
        let explained: Vec<String> = Cell::SYMBOLS
            .into_iter()
            .filter(|symbol| *symbol != Cell::Zero && found.contains(&symbol))
            .filter_map(|cell| {
                let meaning = words::symbol(&cell, language)?;
                let symbol = cell.symbol().unwrap_or_default().to_owned();
                Some(words::say(language, "note.symbol", &[("symbol", symbol), ("meaning", meaning)]))
            })
            .collect();
        (!explained.is_empty())
            .then(|| words::say(language, "figure.symbols", &[("symbols", explained.join(" · "))]))
    }

    fn draw(&self, language: Language, setting: Setting) -> String {
        let place = match setting {
            Setting::Alone => "file",
            Setting::Page => "page",
        };
        let mut sheet = Sheet::new(&format!("{}-{language}-{place}", self.id));
        let mut bottom = MARGIN;
        let name = self.name().get(language).to_owned();
        let title = self.title.get(language);
        if setting == Setting::Alone {
            let heading = Style { size: 16.0, ..Style::BOLD };
            let named = if title.is_empty() { name.clone() } else { format!("{name}. {title}") };
            bottom = sheet.paragraph(MARGIN, bottom, &named, heading, WIDTH - 2.0 * MARGIN) + 12.0;
        }
        bottom = self.chart.draw(&mut sheet, bottom, language);
        if setting == Setting::Alone {
            bottom += 10.0;
            for note in self.below(language) {
                bottom = sheet.paragraph(MARGIN, bottom, &note, Style::SMALL, WIDTH - 2.0 * MARGIN) + 2.0;
            }
        }
        let said = Said {
            title: &format!("{name}. {title}"),
            description: &self.alternative(language),
            language: language.tag(),
        };
        sheet.finish(bottom + MARGIN, &said)
    }
}
