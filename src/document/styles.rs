//! The styles of the document. Whoever takes it over can change the look of every table in one place.

use super::xml::Xml;
use crate::dictionary::Language;

pub const TITLE: &str = "Title";
pub const NOTICE: &str = "Notice";
pub const BODY: &str = "BodyText";
pub const CONTENTS_HEADING: &str = "TOCHeading";
pub const CONTENTS: &str = "TOC1";
pub const CAPTION: &str = "Caption";
pub const TABLE: &str = "UtfallTable";
pub const HEADING: &str = "TableHeading";
/// A heading above several columns.
pub const OVER_HEADING: &str = "TableOverHeading";
/// A heading above numbers.
pub const NUMBER_HEADING: &str = "TableNumberHeading";
pub const NAME: &str = "TableName";
pub const INNER: &str = "TableInnerName";
pub const SECTION: &str = "TableSection";
pub const NUMBER: &str = "TableNumber";
pub const NOTE: &str = "TableNote";
pub const FIGURE: &str = "Figure";
pub const FOOTER: &str = "Footer";
/// What stands for a number that is not shown.
pub const SYMBOL: &str = "TableSymbol";
/// The name of a table or a figure in its caption.
pub const CAPTION_NAME: &str = "CaptionName";

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The colour of rules.
pub const RULE: &str = "8A9AA5";
/// The shade behind headings.
pub const SHADE: &str = "E8EEF2";

/// A paragraph style.
struct Style {
    id: &'static str,
    /// Word's own name where it has one.
    name: &'static str,
    /// Whether it is no style of Word's.
    own: bool,
    /// Half points.
    size: u32,
    bold: bool,
    grey: bool,
    /// Twentieths of a point before and after.
    spacing: [u32; 2],
    align: &'static str,
    /// Twentieths of a point.
    indent: u32,
    keep_next: bool,
    /// The level at which the paragraph stands in the contents and in the navigation pane, from 0.
    outline: Option<&'static str>,
    shade: Option<&'static str>,
}

const PLAIN: Style = Style {
    id: "",
    name: "",
    own: false,
    size: 21,
    bold: false,
    grey: false,
    spacing: [0, 120],
    align: "left",
    indent: 0,
    keep_next: false,
    outline: None,
    shade: None,
};
const IN_TABLE: Style = Style { own: true, size: 18, spacing: [20, 20], ..PLAIN };

const PARAGRAPHS: [Style; 16] = [
    Style { id: TITLE, name: "Title", size: 36, bold: true, spacing: [0, 200], ..PLAIN },
    Style { id: NOTICE, name: "Notice", own: true, bold: true, shade: Some("FFF4D6"), ..PLAIN },
    Style { id: BODY, name: "Body Text", ..PLAIN },
    Style {
        id: CONTENTS_HEADING,
        name: "TOC Heading",
        size: 26,
        bold: true,
        spacing: [240, 100],
        keep_next: true,
        ..PLAIN
    },
    Style { id: CONTENTS, name: "toc 1", spacing: [0, 20], ..PLAIN },
    Style {
        id: CAPTION,
        name: "caption",
        size: 22,
        spacing: [360, 80],
        keep_next: true,
        outline: Some("0"),
        ..PLAIN
    },
    Style { id: HEADING, name: "Table Heading", bold: true, keep_next: true, ..IN_TABLE },
    Style { id: NAME, name: "Table Name", ..IN_TABLE },
    Style { id: INNER, name: "Table Inner Name", indent: 200, ..IN_TABLE },
    Style { id: SECTION, name: "Table Section", bold: true, keep_next: true, ..IN_TABLE },
    Style { id: NUMBER, name: "Table Number", align: "right", ..IN_TABLE },
    Style {
        id: NUMBER_HEADING,
        name: "Table Number Heading",
        align: "right",
        bold: true,
        keep_next: true,
        ..IN_TABLE
    },
    Style { id: NOTE, name: "Table Note", own: true, size: 17, grey: true, spacing: [30, 30], ..PLAIN },
    Style { id: FIGURE, name: "Figure", own: true, spacing: [60, 60], ..PLAIN },
    Style { id: FOOTER, name: "footer", size: 17, grey: true, spacing: [0, 0], ..PLAIN },
    Style {
        id: OVER_HEADING,
        name: "Table Over-Heading",
        align: "center",
        bold: true,
        keep_next: true,
        ..IN_TABLE
    },
];
/// `word/styles.xml`.
pub fn part(language: Language) -> Vec<u8> {
    Xml::part("w:styles", &[("xmlns:w", W)], |xml| {
        xml.within("w:docDefaults", &[], |xml| {
            xml.within("w:rPrDefault", &[], |xml| {
                xml.within("w:rPr", &[], |xml| {
                    let font = "Calibri";
                    xml.empty(
                        "w:rFonts",
                        &[("w:ascii", font), ("w:hAnsi", font), ("w:eastAsia", font), ("w:cs", font)],
                    );
                    xml.value("w:sz", "21");
                    xml.empty("w:lang", &[("w:val", language.locale()), ("w:eastAsia", language.locale())]);
                });
            });
            xml.empty("w:pPrDefault", &[]);
        });
        xml.within(
            "w:style",
            &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")],
            |xml| {
                xml.value("w:name", "Normal");
                xml.empty("w:qFormat", &[]);
            },
        );
        PARAGRAPHS.iter().for_each(|style| paragraph(xml, style));
        character(xml, SYMBOL, "Table Symbol", |xml| xml.value("w:color", "444C52"));
        character(xml, CAPTION_NAME, "Caption Name", |xml| xml.empty("w:b", &[]));
        table_normal(xml);
        table(xml);
    })
}

fn paragraph(xml: &mut Xml, style: &Style) {
    let own = if style.own { "1" } else { "0" };
    xml.within(
        "w:style",
        &[("w:type", "paragraph"), ("w:customStyle", own), ("w:styleId", style.id)],
        |xml| {
            xml.value("w:name", style.name);
            xml.value("w:basedOn", "Normal");
            xml.empty("w:qFormat", &[]);
            xml.within("w:pPr", &[], |xml| {
                if style.keep_next {
                    xml.empty("w:keepNext", &[]);
                }
                if let Some(shade) = style.shade {
                    xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", shade)]);
                }
                let [before, after] = style.spacing.map(|space| space.to_string());
                xml.empty("w:spacing", &[("w:before", &before), ("w:after", &after)]);
                if style.indent > 0 {
                    xml.empty("w:ind", &[("w:left", &style.indent.to_string())]);
                }
                xml.value("w:jc", style.align);
                if let Some(level) = style.outline {
                    xml.value("w:outlineLvl", level);
                }
            });
            xml.within("w:rPr", &[], |xml| {
                if style.bold {
                    xml.empty("w:b", &[]);
                }
                if style.grey {
                    xml.value("w:color", "444C52");
                }
                xml.value("w:sz", &style.size.to_string());
            });
        },
    );
}

fn character(xml: &mut Xml, id: &str, name: &str, looks: impl FnOnce(&mut Xml)) {
    xml.within("w:style", &[("w:type", "character"), ("w:customStyle", "1"), ("w:styleId", id)], |xml| {
        xml.value("w:name", name);
        xml.empty("w:qFormat", &[]);
        xml.within("w:rPr", &[], looks);
    });
}

/// What every table style builds on; word processors expect it.
fn table_normal(xml: &mut Xml) {
    xml.within("w:style", &[("w:type", "table"), ("w:default", "1"), ("w:styleId", "TableNormal")], |xml| {
        xml.value("w:name", "Normal Table");
        xml.within("w:tblPr", &[], |xml| {
            xml.empty("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
        });
    });
}

/// Rules above and below, and below the headings; no rules between columns.
fn table(xml: &mut Xml) {
    xml.within("w:style", &[("w:type", "table"), ("w:customStyle", "1"), ("w:styleId", TABLE)], |xml| {
        xml.value("w:name", "Utfall Table");
        xml.value("w:basedOn", "TableNormal");
        xml.empty("w:qFormat", &[]);
        xml.within("w:tblPr", &[], |xml| {
            xml.within("w:tblBorders", &[], |xml| {
                ["w:top", "w:bottom"].iter().for_each(|side| rule(xml, side));
            });
            xml.within("w:tblCellMar", &[], |xml| {
                for side in ["w:left", "w:right"] {
                    xml.empty(side, &[("w:w", "70"), ("w:type", "dxa")]);
                }
            });
        });
    });
}

/// A thin rule on a side of a cell or a table.
pub fn rule(xml: &mut Xml, side: &str) {
    xml.empty(side, &[("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", RULE)]);
}
