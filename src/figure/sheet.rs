//! The paper that figures are drawn on: SVG elements, written one after the other.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::font::{self, Weight};
use super::palette::{Colour, INK, OUTLINE, PAPER, SOFT};
use crate::table::mark::{self, Piece};

/// The width of every figure, in user units; at the size of a page about a CSS pixel each.
pub(crate) const WIDTH: f64 = 800.0;
/// What is left free on all sides.
pub(crate) const MARGIN: f64 = 14.0;
/// The size of text in a chart.
pub(crate) const SIZE: f64 = 13.0;
/// From one line of text to the next, by its size.
pub(crate) const LEADING: f64 = 1.3;

/// What a text looks like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub size: f64,
    pub weight: Weight,
    pub colour: Colour,
    pub anchor: Anchor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Style {
    pub const PLAIN: Style =
        Style { size: SIZE, weight: Weight::Regular, colour: INK, anchor: Anchor::Start };
    pub const BOLD: Style = Style { weight: Weight::SemiBold, ..Style::PLAIN };
    pub const SMALL: Style = Style { size: 11.5, colour: SOFT, ..Style::PLAIN };

    pub fn middle(self) -> Style {
        Style { anchor: Anchor::Middle, ..self }
    }

    pub fn end(self) -> Style {
        Style { anchor: Anchor::End, ..self }
    }

    pub fn colour(self, colour: Colour) -> Style {
        Style { colour, ..self }
    }

    pub fn width(self, text: &str) -> f64 {
        font::width(text, self.size, self.weight)
    }

    pub fn wrap(self, text: &str, most: f64) -> Vec<String> {
        font::wrap(text, self.size, self.weight, most)
    }

    /// The height of so many lines.
    pub fn height(self, lines: usize) -> f64 {
        lines as f64 * self.size * LEADING
    }
}

/// A drawing in the making.
pub(crate) struct Sheet {
    writer: Writer<Vec<u8>>,
    /// Begins every id in the drawing, so that several can stand on one page.
    id: String,
    hatched: bool,
}

/// What was drawn on a sheet from its top on, to be placed on others.
pub(crate) struct Body {
    elements: Vec<u8>,
    hatched: bool,
    /// Where it ends.
    pub height: f64,
}

/// What a drawing says of itself to those who do not see it.
pub(crate) struct Said<'a> {
    pub title: &'a str,
    pub description: &'a str,
    /// The BCP 47 tag.
    pub language: &'a str,
}

impl Sheet {
    pub fn new(id: &str) -> Sheet {
        Sheet { writer: Writer::new(Vec::new()), id: id.to_owned(), hatched: false }
    }

    /// What was drawn so far, `height` high.
    pub fn body(self, height: f64) -> Body {
        Body { elements: self.writer.into_inner(), hatched: self.hatched, height }
    }

    /// Draws what was drawn on another sheet of the same id, so far below the top.
    pub fn place(&mut self, body: &Body, top: f64) {
        self.hatched |= body.hatched;
        self.start("g", &[("transform", format!("translate(0 {})", at(top)))]);
        self.writer.get_mut().extend_from_slice(&body.elements);
        self.end("g");
    }

    pub fn rectangle(&mut self, [x, y, width, height]: [f64; 4], fill: Colour, outline: Option<Colour>) {
        let attributes = [("x", at(x)), ("y", at(y)), ("width", at(width)), ("height", at(height))];
        let mut attributes: Vec<(&str, String)> = attributes.into();
        attributes.push(("fill", fill.to_owned()));
        if let Some(outline) = outline {
            attributes.push(("stroke", outline.to_owned()));
            attributes.push(("stroke-width", "0.8".to_owned()));
        }
        self.element("rect", &attributes);
    }

    /// The place of what is not shown.
    pub fn hatch(&mut self, [x, y, width, height]: [f64; 4]) {
        self.hatched = true;
        let fill = format!("url(#{}-hatch)", self.id);
        self.element(
            "rect",
            &[
                ("x", at(x)),
                ("y", at(y)),
                ("width", at(width)),
                ("height", at(height)),
                ("fill", fill),
                ("stroke", OUTLINE.to_owned()),
                ("stroke-width", "0.8".to_owned()),
            ],
        );
    }

    /// The place of what is not shown, with its symbol in the middle, or to the right where there is no room.
    pub fn hidden(&mut self, place: [f64; 4], symbol: &str) {
        self.hatch(place);
        let [x, y, width, height] = place;
        const SIZE: f64 = 14.0;
        let (middle, baseline) = (x + width / 2.0, y + height / 2.0 + 4.0);
        match width >= SIZE + 2.0 {
            true => {
                self.rectangle([middle - SIZE / 2.0, y + (height - SIZE) / 2.0, SIZE, SIZE], PAPER, None);
                self.text(middle, baseline, symbol, Style::BOLD.middle());
            }
            false => self.text(x + width + 3.0, baseline, symbol, Style::BOLD),
        }
    }

    pub fn line(&mut self, [x1, y1, x2, y2]: [f64; 4], colour: Colour, width: f64) {
        self.stroke([x1, y1, x2, y2], colour, width, "");
    }

    /// A broken line; `dashes` as SVG writes them.
    pub fn dashed(&mut self, place: [f64; 4], colour: Colour, width: f64, dashes: &str) {
        self.stroke(place, colour, width, dashes);
    }

    fn stroke(&mut self, [x1, y1, x2, y2]: [f64; 4], colour: Colour, width: f64, dashes: &str) {
        let mut attributes = vec![
            ("x1", at(x1)),
            ("y1", at(y1)),
            ("x2", at(x2)),
            ("y2", at(y2)),
            ("stroke", colour.to_owned()),
            ("stroke-width", at(width)),
        ];
        if !dashes.is_empty() {
            attributes.push(("stroke-dasharray", dashes.to_owned()));
        }
        self.element("line", &attributes);
    }

    /// A closed shape through `points`.
    pub fn polygon(&mut self, points: &[[f64; 2]], fill: Colour, outline: Option<Colour>) {
        let points: Vec<String> = points.iter().map(|[x, y]| format!("{},{}", at(*x), at(*y))).collect();
        let mut attributes = vec![("points", points.join(" ")), ("fill", fill.to_owned())];
        if let Some(outline) = outline {
            attributes.push(("stroke", outline.to_owned()));
            attributes.push(("stroke-width", "1.5".to_owned()));
        }
        self.element("polygon", &attributes);
    }

    pub fn circle(&mut self, [x, y]: [f64; 2], radius: f64, fill: Colour, outline: Colour) {
        self.element(
            "circle",
            &[
                ("cx", at(x)),
                ("cy", at(y)),
                ("r", at(radius)),
                ("fill", fill.to_owned()),
                ("stroke", outline.to_owned()),
                ("stroke-width", "1.5".to_owned()),
            ],
        );
    }

    /// A filled path that lets through what is behind it.
    pub fn ribbon(&mut self, path: &str, fill: Colour) {
        self.element(
            "path",
            &[
                ("d", path.to_owned()),
                ("fill", fill.to_owned()),
                ("fill-opacity", "0.6".to_owned()),
                ("stroke", OUTLINE.to_owned()),
                ("stroke-width", "0.6".to_owned()),
            ],
        );
    }

    /// A line of text; `y` is its baseline.
    pub fn text(&mut self, x: f64, y: f64, text: &str, style: Style) {
        let mut attributes = vec![("x", at(x)), ("y", at(y))];
        if style.size != SIZE {
            attributes.push(("font-size", at(style.size)));
        }
        if style.weight != Weight::Regular {
            attributes.push(("font-weight", style.weight.css().to_owned()));
        }
        if style.colour != INK {
            attributes.push(("fill", style.colour.to_owned()));
        }
        match style.anchor {
            Anchor::Start => {}
            Anchor::Middle => attributes.push(("text-anchor", "middle".to_owned())),
            Anchor::End => attributes.push(("text-anchor", "end".to_owned())),
        }
        self.start("text", &attributes);
        self.words(text);
        self.end("text");
    }

    /// Text in lines no wider than `most`, the first below `top`; gives the bottom.
    pub fn paragraph(&mut self, x: f64, top: f64, text: &str, style: Style, most: f64) -> f64 {
        let lines = style.wrap(text, most);
        self.lines(x, top, &lines, style);
        top + style.height(lines.len())
    }

    /// Lines of text, the first below `top`.
    pub fn lines(&mut self, x: f64, top: f64, lines: &[String], style: Style) {
        for (place, line) in lines.iter().enumerate() {
            self.text(x, top + style.height(place) + style.size, line, style);
        }
    }

    /// Lines of text around the height `middle`.
    pub fn lines_around(&mut self, x: f64, middle: f64, lines: &[String], style: Style) {
        self.lines(x, middle - style.height(lines.len()) / 2.0, lines, style);
    }

    /// The whole drawing, `height` high, on paper of its own where `paper` says so.
    pub fn finish(self, height: f64, paper: bool, said: &Said<'_>) -> String {
        // Whole units: a part of a pixel at the foot of a picture would be grey.
        let height = height.ceil();
        let [title, description] = ["title", "desc"].map(|what| format!("{}-{what}", self.id));
        let mut whole = Sheet::new(&self.id);
        whole.start(
            "svg",
            &[
                ("xmlns", "http://www.w3.org/2000/svg".to_owned()),
                ("viewBox", format!("0 0 {} {}", at(WIDTH), at(height))),
                ("width", at(WIDTH)),
                ("height", at(height)),
                ("role", "img".to_owned()),
                ("aria-labelledby", title.clone()),
                ("aria-describedby", description.clone()),
                ("lang", said.language.to_owned()),
                ("xml:lang", said.language.to_owned()),
                ("font-family", font::FAMILIES.to_owned()),
                ("font-size", at(SIZE)),
                ("fill", INK.to_owned()),
            ],
        );
        for (element, id, words) in [("title", title, said.title), ("desc", description, said.description)] {
            whole.start(element, &[("id", id)]);
            whole.words(words);
            whole.end(element);
        }
        if self.hatched {
            whole.pattern();
        }
        if paper {
            whole.rectangle([0.0, 0.0, WIDTH, height], PAPER, None);
        }
        let mut bytes = whole.writer.into_inner();
        bytes.extend(self.writer.into_inner());
        bytes.extend(b"</svg>\n");
        // Only texts were written.
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn pattern(&mut self) {
        self.start("defs", &[]);
        self.start(
            "pattern",
            &[
                ("id", format!("{}-hatch", self.id)),
                ("width", "6".to_owned()),
                ("height", "6".to_owned()),
                ("patternUnits", "userSpaceOnUse".to_owned()),
                ("patternTransform", "rotate(45)".to_owned()),
            ],
        );
        self.element(
            "rect",
            &[("width", "6".to_owned()), ("height", "6".to_owned()), ("fill", PAPER.to_owned())],
        );
        self.stroke([0.0, 0.0, 0.0, 6.0], OUTLINE, 1.6, "");
        self.end("pattern");
        self.end("defs");
    }

    fn element(&mut self, name: &str, attributes: &[(&str, String)]) {
        let element = with(name, attributes);
        self.write(Event::Empty(element));
    }

    fn start(&mut self, name: &str, attributes: &[(&str, String)]) {
        let element = with(name, attributes);
        self.write(Event::Start(element));
    }

    fn end(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    fn words(&mut self, text: &str) {
        for piece in mark::pieces(text) {
            match piece {
                Piece::Text(text) => self.letters(text),
                Piece::Number(number, ids) => {
                    self.start("tspan", &[("data-of", ids.join(" | "))]);
                    self.letters(number);
                    self.end("tspan");
                }
                Piece::Aside(number, aside) => {
                    self.start("tspan", &[("data-is", aside.to_owned())]);
                    self.letters(number);
                    self.end("tspan");
                }
            }
        }
    }

    fn letters(&mut self, text: &str) {
        // XML has no way to write most control characters.
        let text: String =
            text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        self.write(Event::Text(BytesText::new(&text)));
    }

    fn write(&mut self, event: Event<'_>) {
        // Writing to memory does not fail.
        let _ = self.writer.write_event(event);
    }
}

fn with<'n>(name: &'n str, attributes: &[(&str, String)]) -> BytesStart<'n> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, value.as_str()));
    }
    element
}

/// A coordinate with two decimals at most.
pub(super) fn at(value: f64) -> String {
    let text = format!("{value:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    match short {
        "-0" | "" => "0".to_owned(),
        short => short.to_owned(),
    }
}
