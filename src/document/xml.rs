//! XML written in order: elements within elements.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Attributes of an element, in the order in which they are written.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A part of the document under construction.
pub struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    /// A part with `root` as its only element.
    pub fn part(root: &str, attributes: Attributes<'_>, inner: impl FnOnce(&mut Xml)) -> Vec<u8> {
        let mut xml = Xml { writer: Writer::new(Vec::new()) };
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml.within(root, attributes, inner);
        xml.writer.into_inner()
    }

    /// An element with what `inner` writes in it.
    pub fn within(&mut self, name: &str, attributes: Attributes<'_>, inner: impl FnOnce(&mut Xml)) {
        self.write(Event::Start(start(name, attributes)));
        inner(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// An element with one value, as most of the format's are: `<w:jc w:val="right"/>`.
    pub fn value(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// Text, without the control characters that XML does not know.
    pub fn text(&mut self, text: &str) {
        let known: String = text.chars().filter(|letter| !letter.is_control() || *letter == '\t').collect();
        self.write(Event::Text(BytesText::new(&known)));
    }

    fn write(&mut self, event: Event<'_>) {
        // Writing to memory cannot fail.
        let _ = self.writer.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    BytesStart::new(name).with_attributes(attributes.iter().copied())
}
