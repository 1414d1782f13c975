//! Paragraphs, runs, bookmarks, links and fields.

use super::page::Page;
use super::xml::Xml;

/// What a paragraph is, beside its style.
#[derive(Debug, Clone, Copy, Default)]
pub struct Paragraph<'a> {
    /// The id of its style.
    pub style: &'a str,
    /// On the same page as what follows.
    pub keep: bool,
    /// First on its page.
    pub new_page: bool,
    /// The page of the section that the paragraph ends.
    pub ends: Option<Page>,
}

/// A paragraph of a style.
pub fn of(style: &str) -> Paragraph<'_> {
    Paragraph { style, ..Paragraph::default() }
}

impl Paragraph<'_> {
    pub fn write(self, xml: &mut Xml, inner: impl FnOnce(&mut Xml)) {
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| {
                xml.value("w:pStyle", self.style);
                if self.keep {
                    xml.empty("w:keepNext", &[]);
                }
                if self.new_page {
                    xml.empty("w:pageBreakBefore", &[]);
                }
                if let Some(page) = self.ends {
                    page.write(xml);
                }
            });
            inner(xml);
        });
    }

    pub fn text(self, xml: &mut Xml, text: &str) {
        self.write(xml, |xml| run(xml, text));
    }
}

/// A text with the paragraph's looks.
pub fn run(xml: &mut Xml, text: &str) {
    xml.within("w:r", &[], |xml| said(xml, text));
}

/// A text with the looks of a character style.
pub fn styled(xml: &mut Xml, style: &str, text: &str) {
    xml.within("w:r", &[], |xml| {
        xml.within("w:rPr", &[], |xml| xml.value("w:rStyle", style));
        said(xml, text);
    });
}

fn said(xml: &mut Xml, text: &str) {
    xml.within("w:t", &[("xml:space", "preserve")], |xml| xml.text(text));
}

/// What `inner` writes, under a name that links and cross-references go to.
pub fn bookmark(xml: &mut Xml, number: usize, name: &str, inner: impl FnOnce(&mut Xml)) {
    let number = number.to_string();
    xml.empty("w:bookmarkStart", &[("w:id", &number), ("w:name", name)]);
    inner(xml);
    xml.empty("w:bookmarkEnd", &[("w:id", &number)]);
}

/// A text that leads to a bookmark.
pub fn link(xml: &mut Xml, bookmark: &str, text: &str) {
    xml.within("w:hyperlink", &[("w:anchor", bookmark), ("w:history", "1")], |xml| run(xml, text));
}

/// The start of a field, up to its result; [`field_end`] ends it.
pub fn field_start(xml: &mut Xml, instruction: &str) {
    mark(xml, "begin");
    xml.within("w:r", &[], |xml| {
        xml.within("w:instrText", &[("xml:space", "preserve")], |xml| xml.text(&format!(" {instruction} ")));
    });
    mark(xml, "separate");
}

pub fn field_end(xml: &mut Xml) {
    mark(xml, "end");
}

fn mark(xml: &mut Xml, kind: &str) {
    xml.within("w:r", &[], |xml| xml.empty("w:fldChar", &[("w:fldCharType", kind)]));
}

/// How many letters a bookmark's name may have.
pub const LONGEST_BOOKMARK: usize = 40;

/// A bookmark's name for a key: letters, digits and underscores, a letter first, as the format asks for.
pub fn bookmark_name(key: &str) -> String {
    let plain = key.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' });
    let start = if key.starts_with(char::is_alphabetic) { "" } else { "b_" };
    start.chars().chain(plain).take(LONGEST_BOOKMARK).collect()
}
