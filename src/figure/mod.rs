//! Figures: cleared estimates drawn for a reader, as SVG and as PNG, without a browser.
//!
//! A [`kind`] says which estimates are drawn and how they are called; a `chart` draws: stacked bars, pairs of bars, dots with
//! intervals, lines over the waves, and flows between answers. Every chart also says in words what it shows, for those who do
//! not see it. What is suppressed is hatched, in a place that is as large as what the shown numbers leave, or always the same:
//! its extent tells nothing. Numbers are written by [`table::number`](crate::table::number) alone.
//!
//! A drawing has one width and grows downwards. The same estimates give the same bytes.

mod axis;
pub(crate) mod chart;
mod font;
pub mod kind;
pub(crate) mod palette;
mod png;
mod sheet;

pub use kind::{Drawn, FLOWS, FigureError, FigureSpec, Input, KINDS, Kind, build};
pub use png::{PngError, png};

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::dictionary::{Language, Text};
use crate::table::{Content, mark, words};
use chart::Chart;
use sheet::{Body, MARGIN, Said, Sheet, Style, WIDTH};

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
    /// The key of the table that it stands at; without one it stands after all tables.
    pub beside: Option<String>,
    chart: Box<dyn Chart + Send + Sync>,
    /// The chart as it is drawn in each language, once one asks for it.
    drawn: [OnceLock<Body>; Language::ALL.len()],
}

/// How much of the height of a picture stands above the chart, and how much below it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Around {
    pub above: f64,
    pub below: f64,
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
        png(&self.svg(language))
    }

    /// What the figure shows, in words, with every number that is drawn.
    pub fn alternative(&self, language: Language) -> String {
        mark::plain(&self.said(language)).into_owned()
    }

    /// The same with its numbers marked.
    fn said(&self, language: Language) -> String {
        self.chart.say(language).join(" ")
    }

    /// The estimates that are drawn, each once, in the order in which they stand.
    pub fn shown(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        let all = self.chart.cells().into_iter().flat_map(|cell| &cell.of).map(|id| &**id);
        all.filter(|id| seen.insert(*id)).collect()
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
        let explained: Vec<String> = Content::SYMBOLS
            .into_iter()
            .filter(|symbol| *symbol != Content::Zero && found.iter().any(|cell| cell.has(symbol)))
            .filter_map(|cell| {
                let meaning = words::symbol(&cell, language)?;
                let symbol = cell.symbol().unwrap_or_default().to_owned();
                Some(words::say(language, "note.symbol", &[("symbol", symbol), ("meaning", meaning)]))
            })
            .collect();
        (!explained.is_empty())
            .then(|| words::say(language, "figure.symbols", &[("symbols", explained.join(" · "))]))
    }

    /// The chart without what stands around it: the same in every setting, so that it is drawn once.
    fn body(&self, language: Language) -> &Body {
        let place = Language::ALL.iter().position(|known| *known == language).unwrap_or(0);
        self.drawn[place].get_or_init(|| {
            let mut sheet = Sheet::new(&self.sheet(language));
            let height = self.chart.draw(&mut sheet, 0.0, language);
            sheet.body(height)
        })
    }

    /// What all ids of a drawing begin with.
    fn sheet(&self, language: Language) -> String {
        format!("{}-{language}", self.id)
    }

    /// How much of [`Figure::png`] is number, title and notes, for a page that gives them in its own type and cuts them off.
    pub fn around(&self, language: Language) -> Around {
        let mut sheet = Sheet::new("");
        let top = self.heading(&mut sheet, language);
        let foot = top + self.body(language).height;
        let whole = f64::from(png::pixels(self.notes_below(&mut sheet, foot, language) + MARGIN));
        // What is left free below the chart is half of what keeps it from its notes.
        let below = f64::from(png::pixels(foot + 4.0));
        Around { above: f64::from(png::pixels(top - 4.0)) / whole, below: (whole - below) / whole }
    }

    /// Draws number and title; gives where the chart begins.
    fn heading(&self, sheet: &mut Sheet, language: Language) -> f64 {
        let heading = Style { size: 16.0, ..Style::BOLD };
        let (name, title) = (self.name().get(language).to_owned(), self.title.get(language));
        let named = if title.is_empty() { name } else { format!("{name}. {title}") };
        sheet.paragraph(MARGIN, MARGIN, &named, heading, WIDTH - 2.0 * MARGIN) + 12.0
    }

    /// Draws what stands below a chart that ends at `foot`; gives the bottom.
    fn notes_below(&self, sheet: &mut Sheet, foot: f64, language: Language) -> f64 {
        let mut bottom = foot + 10.0;
        for note in self.below(language) {
            bottom = sheet.paragraph(MARGIN, bottom, &note, Style::SMALL, WIDTH - 2.0 * MARGIN) + 2.0;
        }
        bottom
    }

    fn draw(&self, language: Language, setting: Setting) -> String {
        let mut sheet = Sheet::new(&self.sheet(language));
        let body = self.body(language);
        let top = match setting {
            Setting::Alone => self.heading(&mut sheet, language),
            Setting::Page => MARGIN,
        };
        sheet.place(body, top);
        let foot = top + body.height;
        let bottom = match setting {
            Setting::Alone => self.notes_below(&mut sheet, foot, language),
            Setting::Page => foot,
        };
        let (name, title) = (self.name().get(language).to_owned(), self.title.get(language));
        let said = Said {
            title: &format!("{name}. {title}"),
            description: &self.said(language),
            language: language.tag(),
        };
        sheet.finish(bottom + MARGIN, setting == Setting::Alone, &said)
    }
}
