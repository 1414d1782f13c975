//! Pages: A4, upright or across.

use super::xml::Xml;

/// Twentieths of a point, the unit of lengths.
const SHORT: u32 = 11_906;
const LONG: u32 = 16_838;
/// Two centimetres.
const MARGIN: u32 = 1_134;

/// The footer's relation to the document.
pub const FOOTER: &str = "rIdFooter";

/// Which way a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    #[default]
    Portrait,
    Landscape,
}

impl Page {
    /// The width of the text, in twentieths of a point.
    pub fn width(self) -> u32 {
        match self {
            Page::Portrait => SHORT - 2 * MARGIN,
            Page::Landscape => LONG - 2 * MARGIN,
        }
    }

    /// The properties of a section of such pages.
    pub fn write(self, xml: &mut Xml) {
        let (width, height) = match self {
            Page::Portrait => (SHORT, LONG),
            Page::Landscape => (LONG, SHORT),
        };
        xml.within("w:sectPr", &[], |xml| {
            xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", FOOTER)]);
            let (width, height) = (width.to_string(), height.to_string());
            let mut size = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
            if self == Page::Landscape {
                size.push(("w:orient", "landscape"));
            }
            xml.empty("w:pgSz", &size);
            let margin = MARGIN.to_string();
            let sides = ["w:top", "w:right", "w:bottom", "w:left"].map(|side| (side, margin.as_str()));
            let rest = [("w:header", "567"), ("w:footer", "567"), ("w:gutter", "0")];
            xml.empty("w:pgMar", &[&sides[..], &rest[..]].concat());
        });
    }
}
