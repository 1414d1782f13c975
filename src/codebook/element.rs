//! Elements of XML: texts in several languages, attributes, elements within elements.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use crate::dictionary::{Language, Text};

pub type Xml = Writer<Vec<u8>>;

/// Names and values, in the order in which they are written.
pub type Attributes<'a> = Vec<(&'a str, String)>;

/// A text in the languages that it stands in.
pub fn told(text: &Text) -> Vec<(Language, &str)> {
    let all = [(Language::Nb, &text.nb), (Language::Nn, &text.nn), (Language::En, &text.en)];
    all.into_iter().filter_map(|(language, text)| Some((language, text.as_deref()?))).collect()
}

/// The attribute that says which language a text is in.
pub fn lang(language: Language) -> Attributes<'static> {
    vec![("xml:lang", language.tag().to_owned())]
}

/// An element for each language of a text.
pub fn texts(xml: &mut Xml, name: &str, text: &Text) -> io::Result<()> {
    told(text).into_iter().try_for_each(|(language, said)| self::text(xml, name, lang(language), said))
}

/// An element with a text, without the control characters that XML does not know.
pub fn text(xml: &mut Xml, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
    let known: String = text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
    let element = xml.create_element(name).with_attributes(pairs(&attributes));
    element.write_text_content(BytesText::new(&known)).map(|_| ())
}

/// An element with nothing in it.
pub fn empty(xml: &mut Xml, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
    xml.create_element(name).with_attributes(pairs(&attributes)).write_empty().map(|_| ())
}

/// An element with what `inner` writes in it.
pub fn within(
    xml: &mut Xml,
    name: &str,
    attributes: Attributes<'_>,
    inner: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    xml.create_element(name).with_attributes(pairs(&attributes)).write_inner_content(inner).map(|_| ())
}

fn pairs<'a>(attributes: &'a Attributes<'_>) -> impl Iterator<Item = (&'a str, &'a str)> {
    attributes.iter().map(|(name, value)| (*name, value.as_str()))
}
