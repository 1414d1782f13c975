//! A table of the word processor's own kind: headings that repeat on each page, rows that do not break over pages.

#![expect(clippy::float_arithmetic, reason = "widths and heights")]

use super::page::Page;
use super::styles::{self, rule};
use super::text;
use super::xml::Xml;
use crate::dictionary::Language;
use crate::table::{Cell, Content, Extent, Row, RowKind, Table, number};

/// Twentieths of a point that a letter takes at the size of tables, in a face as wide as Arial: where the document's own is missing,
/// no number is broken over lines all the same.
const LETTER: f64 = 102.0;
/// The same of the margins of a cell.
const MARGINS: f64 = 150.0;
/// Letters of the widest column of row names; longer ones go over several lines.
const WIDEST_NAME: usize = 44;
/// Letters to which a column of row names may be narrowed, where its words allow.
const NARROWED_NAME: usize = 20;
/// How far a table may be narrowed before it is laid across.
const NARROWED: f64 = 0.8;
/// How far a table may be widened over its natural width where there is room.
const WIDENED: f64 = 1.3;
/// Rows up to which a table is kept on one page.
const SHORT: usize = 14;
/// How many rows a page begins with at least where a table goes over several.
const TOGETHER: usize = 3;

/// How wide the columns of a table are, and on which page they fit.
pub struct Fitted {
    pub page: Page,
    /// Twentieths of a point, row names first.
    widths: Vec<u32>,
}

/// How wide a column would be, and how narrow it can be without breaking a word or a number.
#[derive(Clone, Copy)]
struct Width {
    natural: f64,
    narrowest: f64,
}

impl Width {
    fn of(natural: usize, narrowest: usize) -> Width {
        let [natural, narrowest] =
            [natural.max(narrowest), narrowest].map(|letters| letters as f64 * LETTER + MARGINS);
        Width { natural, narrowest }
    }
}

impl Fitted {
    /// Upright where the table fits there, if need be narrowed; across where not.
    pub fn of(table: &Table, language: Language) -> Fitted {
        let (names, cells) = (table.name_extents(language), table.cell_extents(language, shown));
        let columns: Vec<Width> =
            names.iter().map(name_width).chain(cells.iter().map(number_width)).collect();
        let natural: f64 = columns.iter().map(|column| column.natural).sum();
        let narrowest: f64 = columns.iter().map(|column| column.narrowest).sum();
        let upright = f64::from(Page::Portrait.width());
        let page = match narrowest.max(natural * NARROWED) <= upright {
            true => Page::Portrait,
            false => Page::Landscape,
        };
        let room = f64::from(page.width());
        // What is left over the narrowest widths goes to those who would be wider, in proportion.
        let share = match natural > narrowest {
            true => ((room - narrowest) / (natural - narrowest)).clamp(0.0, 1.0),
            false => 1.0,
        };
        let scale = match natural < room {
            true => (room / natural).min(WIDENED),
            false => (room / narrowest).min(1.0),
        };
        let width = |column: &Width| scale * (column.narrowest + share * (column.natural - column.narrowest));
        Fitted { page, widths: columns.iter().map(|column| width(column) as u32).collect() }
    }
}

fn name_width(names: &Extent) -> Width {
    // Indentation takes two letters.
    let word = names.piece.max(names.heading_piece) + 2;
    let natural = names.longest.max(names.heading.min(20)).clamp(10, WIDEST_NAME) + 2;
    Width::of(natural, word.max(natural.min(NARROWED_NAME)))
}

fn number_width(cells: &Extent) -> Width {
    // Bold letters are wider.
    let word = cells.heading_piece + 1;
    Width::of(cells.longest.max(5), cells.piece.max(word).max(5))
}

/// What stands in a cell. A test and its p-value may go over two lines, an interval and what stands in parentheses may not.
fn shown(cell: &Cell, language: Language) -> String {
    let shown = number::cell(cell, language);
    match cell.content {
        Content::Text(_) | Content::Partly { .. } => {}
        _ => return shown.replace(' ', "\u{a0}"),
    }
    let mut within = false;
    let unbroken = |letter| {
        within = letter == '(' || within && letter != ')';
        if within && letter == ' ' { '\u{a0}' } else { letter }
    };
    shown.replace(",\u{a0}", ", ").chars().map(unbroken).collect()
}

/// Writes the table itself; its caption stands above it and its notes below, which are not part of it.
pub fn write(xml: &mut Xml, table: &Table, fitted: &Fitted, language: Language) {
    xml.within("w:tbl", &[], |xml| {
        xml.within("w:tblPr", &[], |xml| {
            xml.value("w:tblStyle", styles::TABLE);
            let width = fitted.widths.iter().sum::<u32>().to_string();
            xml.empty("w:tblW", &[("w:w", &width), ("w:type", "dxa")]);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.empty(
                "w:tblLook",
                &[
                    ("w:val", "0020"),
                    ("w:firstRow", "1"),
                    ("w:firstColumn", "0"),
                    ("w:noHBand", "1"),
                    ("w:noVBand", "1"),
                ],
            );
            // What a screen reader says of the table before its cells.
            xml.value("w:tblCaption", &table.caption(language));
        });
        xml.within("w:tblGrid", &[], |xml| {
            for width in &fitted.widths {
                xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
            }
        });
        headings(xml, table, fitted, language);
        let keep = table.rows.len() <= SHORT;
        let mut above = None;
        for (position, row) in table.rows.iter().enumerate() {
            let foot = row.kind == RowKind::Foot && above.is_some_and(|above| above != RowKind::Foot);
            // The last rows go with the notes below them.
            let keep = keep || position + TOGETHER >= table.rows.len();
            self::row(xml, row, fitted, Placed { foot, keep }, language);
            above = Some(row.kind);
        }
    });
}

/// What a cell has beside its text.
#[derive(Clone, Copy, Default)]
struct Frame<'a> {
    /// Columns that it goes over, if more than one.
    span: usize,
    /// `restart` where it goes over the rows below, `continue` in those.
    merged: Option<&'a str>,
    /// Sides with a rule.
    rules: &'a [&'a str],
    shaded: bool,
    bottom: bool,
}

fn frame(xml: &mut Xml, width: u32, frame: Frame<'_>) {
    xml.within("w:tcPr", &[], |xml| {
        xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
        if frame.span > 1 {
            xml.value("w:gridSpan", &frame.span.to_string());
        }
        if let Some(merged) = frame.merged {
            xml.value("w:vMerge", merged);
        }
        if !frame.rules.is_empty() {
            xml.within("w:tcBorders", &[], |xml| frame.rules.iter().for_each(|side| rule(xml, side)));
        }
        if frame.shaded {
            xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", styles::SHADE)]);
        }
        if frame.bottom {
            xml.value("w:vAlign", "bottom");
        }
    });
}

/// A row whose looks are its cells'; `heading` ones stand again on each page.
fn line(xml: &mut Xml, heading: bool, cells: impl FnOnce(&mut Xml)) {
    xml.within("w:tr", &[], |xml| {
        xml.within("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            if heading {
                xml.empty("w:tblHeader", &[]);
            }
        });
        cells(xml);
    });
}

const BELOW: &[&str] = &["w:bottom"];

fn headings(xml: &mut Xml, table: &Table, fitted: &Fitted, language: Language) {
    let names = table.stub.len();
    let grouped = table.columns.iter().any(|column| !column.group.is_empty());
    let heading = Frame { shaded: true, bottom: true, ..Frame::default() };
    let say = |xml: &mut Xml, style: &str, said: &str, width: u32, look: Frame<'_>| {
        xml.within("w:tc", &[], |xml| {
            frame(xml, width, look);
            let paragraph = text::Paragraph { keep: true, ..text::of(style) };
            paragraph.write(xml, |xml| {
                if !said.is_empty() {
                    text::run(xml, said);
                }
            });
        });
    };
    if grouped {
        line(xml, true, |xml| {
            for (stub, width) in table.stub.iter().zip(&fitted.widths) {
                let tall = Frame { merged: Some("restart"), ..heading };
                say(xml, styles::HEADING, stub.get(language), *width, tall);
            }
            for (group, range) in table.over_headings() {
                let width = fitted.widths[names + range.start..names + range.end].iter().sum();
                if group.is_empty() {
                    let label = table.columns[range.start].label.get(language);
                    say(
                        xml,
                        styles::NUMBER_HEADING,
                        label,
                        width,
                        Frame { merged: Some("restart"), ..heading },
                    );
                } else {
                    let wide = Frame { span: range.len(), rules: BELOW, ..heading };
                    say(xml, styles::OVER_HEADING, group.get(language), width, wide);
                }
            }
        });
    }
    line(xml, true, |xml| {
        let under = Frame { rules: BELOW, ..heading };
        let continued = Frame { merged: Some("continue"), ..under };
        for (stub, width) in table.stub.iter().zip(&fitted.widths) {
            match grouped {
                true => say(xml, styles::HEADING, "", *width, continued),
                false => say(xml, styles::HEADING, stub.get(language), *width, under),
            }
        }
        for (column, width) in table.columns.iter().zip(&fitted.widths[names..]) {
            match grouped && column.group.is_empty() {
                true => say(xml, styles::NUMBER_HEADING, "", *width, continued),
                false => say(xml, styles::NUMBER_HEADING, column.label.get(language), *width, under),
            }
        }
    });
}

/// Where a row stands.
#[derive(Clone, Copy)]
struct Placed {
    /// The first row of those that are set apart from what is above.
    foot: bool,
    /// On the same page as what follows.
    keep: bool,
}

fn row(xml: &mut Xml, row: &Row, fitted: &Fitted, placed: Placed, language: Language) {
    let rules: &[&str] = if placed.foot { &["w:top"] } else { &[] };
    let plain = Frame { rules, ..Frame::default() };
    let style = match row.kind {
        RowKind::Plain | RowKind::Foot => styles::NAME,
        RowKind::Inner => styles::INNER,
        RowKind::Section => styles::SECTION,
    };
    line(xml, false, |xml| {
        if row.kind == RowKind::Section {
            let whole = Frame { span: fitted.widths.len(), ..plain };
            let head = row.heads.first().map_or("", |head| head.get(language));
            return self::cell(xml, fitted.widths.iter().sum(), whole, style, true, |xml| {
                text::run(xml, head)
            });
        }
        // Only what stands first is indented below a section's heading.
        let styles = std::iter::once(style).chain(std::iter::repeat(styles::NAME));
        for ((head, width), style) in row.heads.iter().zip(&fitted.widths).zip(styles) {
            self::cell(xml, *width, plain, style, placed.keep, |xml| text::run(xml, head.get(language)));
        }
        for (cell, width) in row.cells.iter().zip(&fitted.widths[row.heads.len()..]) {
            self::cell(xml, *width, plain, styles::NUMBER, placed.keep, |xml| {
                let shown = shown(cell, language);
                match cell.content {
                    Content::Empty => {}
                    Content::Number { .. }
                    | Content::Interval { .. }
                    | Content::Text(_)
                    | Content::Partly { .. } => text::run(xml, &shown),
                    Content::Suppressed
                    | Content::NeverShown
                    | Content::Absent
                    | Content::Missing
                    | Content::Zero => {
                        text::styled(xml, styles::SYMBOL, &shown);
                    }
                }
            });
        }
    });
}

fn cell(xml: &mut Xml, width: u32, look: Frame<'_>, style: &str, keep: bool, inner: impl FnOnce(&mut Xml)) {
    xml.within("w:tc", &[], |xml| {
        frame(xml, width, look);
        text::Paragraph { keep, ..text::of(style) }.write(xml, inner);
    });
}
