//! The document: all tables and figures of a release for a word processor, to edit and to paste from.
//!
//! It has real tables with a table style; captions that keep the release's own numbers and can be referred to (each has a bookmark named after
//! the table's key); a list of them with links; headings that repeat on each page; and landscape pages for wide tables. The language of the
//! text is set, so that the spelling is checked in it.
//!
//! It is written as Office Open XML (ISO/IEC 29500-1, transitional) without a library, because the existing ones do not repeat headings and
//! give pictures no alternative text.

// Numbers are worked out by the stages; what is calculated here says why.
#![cfg_attr(not(test), deny(clippy::float_arithmetic))]

mod package;
mod page;
mod picture;
mod styles;
mod table;
mod text;
mod xml;

use std::collections::BTreeSet;

pub use picture::Picture;

use crate::dictionary::Language;
use crate::table::{Collection, words};
use page::Page;
use xml::Xml;

/// The document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    #[error("the document cannot be written: {0}")]
    Package(#[from] zip::result::ZipError),
    #[error("figure {0}: its image is no PNG")]
    Png(String),
}

const NAMES: [(&str, &str); 3] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
];

/// The document in one language: the tables, each followed by the figures that are drawn of it, and the other figures after them. The same input gives the same bytes.
///
/// # Errors
/// A [`DocumentError`] where a figure's image is no PNG.
pub fn docx(
    collection: &Collection<'_>,
    figures: &[Picture],
    language: Language,
) -> Result<Vec<u8>, DocumentError> {
    let blocks = blocks(collection, figures, language)?;
    let title = collection.title.get(language);
    let images = (1..=figures.len()).map(|number| (picture::relation(number), picture::file(number)));
    let images: Vec<(String, String)> = images.collect();
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), package::content_types()),
        ("_rels/.rels".to_owned(), package::relations()),
        (
            "docProps/core.xml".to_owned(),
            package::core(title, language.locale(), &collection.source(language)),
        ),
        ("word/_rels/document.xml.rels".to_owned(), package::document_relations(&images)),
        ("word/document.xml".to_owned(), body(collection, &blocks, language)),
        ("word/styles.xml".to_owned(), styles::part(language)),
        ("word/settings.xml".to_owned(), settings(language)),
        ("word/footer.xml".to_owned(), footer(title, language)),
    ];
    for ((_, file), figure) in images.into_iter().zip(figures) {
        parts.push((format!("word/{file}"), figure.png.clone()));
    }
    Ok(package::archive(&parts)?)
}

/// A table or a figure with its caption.
struct Block<'a> {
    bookmark: String,
    name: String,
    title: String,
    page: Page,
    content: Content<'a>,
    remarks: Vec<String>,
    /// The figures that are drawn of it: bookmark and name of each.
    drawn: Vec<(String, String)>,
}

enum Content<'a> {
    Table(&'a crate::table::Table, table::Fitted),
    /// With its size in pixels and its place among the figures, from 1.
    Figure(&'a Picture, (u32, u32), usize),
}

fn blocks<'a>(
    collection: &Collection<'a>,
    figures: &'a [Picture],
    language: Language,
) -> Result<Vec<Block<'a>>, DocumentError> {
    let tables = collection.tables.iter().map(|table| {
        let fitted = table::Fitted::of(table, language);
        Block {
            bookmark: text::bookmark_name(&table.id),
            name: table.name().get(language).to_owned(),
            title: table.title.get(language).to_owned(),
            page: fitted.page,
            remarks: table.plain_remarks(language),
            content: Content::Table(table, fitted),
            drawn: Vec::new(),
        }
    });
    let mut blocks: Vec<Block<'a>> = tables.collect();
    for (number, figure) in (1..).zip(figures) {
        let pixels = picture::pixels(&figure.png).ok_or_else(|| DocumentError::Png(figure.id.clone()))?;
        let is_own = |block: &Block<'_>| match &block.content {
            Content::Table(table, _) => figure.beside.as_ref() == Some(&table.id),
            Content::Figure(..) => false,
        };
        let own = blocks.iter().position(is_own);
        let figures_after = |at: usize| {
            blocks[at + 1..].iter().take_while(|block| matches!(block.content, Content::Figure(..))).count()
        };
        let place = own.map_or(blocks.len(), |at| at + 1 + figures_after(at));
        let block = Block {
            bookmark: text::bookmark_name(&format!("figure_{}", figure.id)),
            name: figure.name.clone(),
            title: figure.title.clone(),
            page: Page::Portrait,
            remarks: figure.notes.clone(),
            content: Content::Figure(figure, pixels, number),
            drawn: Vec::new(),
        };
        blocks.insert(place, block);
    }
    distinct(&mut blocks);
    refer(&mut blocks);
    Ok(blocks)
}

/// Bookmarks are short: long keys that begin alike get the place of their block.
fn distinct(blocks: &mut [Block<'_>]) {
    let mut taken = BTreeSet::new();
    for (position, block) in blocks.iter_mut().enumerate() {
        if !taken.insert(block.bookmark.to_lowercase()) {
            let place = format!("_{position}");
            let kept = text::LONGEST_BOOKMARK - place.len();
            block.bookmark = block.bookmark.chars().take(kept).collect::<String>() + &place;
            taken.insert(block.bookmark.to_lowercase());
        }
    }
}

/// Tells each table of the figures that stand at it.
fn refer(blocks: &mut [Block<'_>]) {
    let figures: Vec<(Option<String>, String, String)> = blocks
        .iter()
        .filter_map(|block| match &block.content {
            Content::Figure(figure, ..) => {
                Some((figure.beside.clone(), block.bookmark.clone(), block.name.clone()))
            }
            Content::Table(..) => None,
        })
        .collect();
    for block in blocks {
        if let Content::Table(table, _) = &block.content {
            let own = figures.iter().filter(|(beside, ..)| beside.as_ref() == Some(&table.id));
            block.drawn = own.map(|(_, bookmark, name)| (bookmark.clone(), name.clone())).collect();
        }
    }
}

/// `word/document.xml`.
fn body(collection: &Collection<'_>, blocks: &[Block<'_>], language: Language) -> Vec<u8> {
    Xml::part("w:document", &NAMES, |xml| {
        xml.within("w:body", &[], |xml| {
            opening(xml, collection, blocks, language);
            for (position, block) in blocks.iter().enumerate() {
                let next = blocks.get(position + 1).map(|next| next.page);
                // A section ends with the last paragraph before a page of another kind.
                let ends = next.filter(|next| *next != block.page).map(|_| block.page);
                self::block(xml, block, position, ends, language);
            }
            blocks.last().map(|block| block.page).unwrap_or_default().write(xml);
        });
    })
}

fn opening(xml: &mut Xml, collection: &Collection<'_>, blocks: &[Block<'_>], language: Language) {
    text::of(styles::TITLE).text(xml, collection.title.get(language));
    let notice = collection.notice.get(language);
    if !notice.is_empty() {
        text::of(styles::NOTICE).text(xml, notice);
    }
    text::of(styles::BODY).text(xml, &collection.source(language));
    text::of(styles::CONTENTS_HEADING).text(xml, &words::say(language, "collection.contents", &[]));
    // The list is the result of a field over the captions' outline level. It has no page numbers, which only a word processor
    // knows: updating the field adds them.
    for (position, block) in blocks.iter().enumerate() {
        let last = position + 1 == blocks.len();
        // Pages that lie across are a section of their own.
        let ends = (last && blocks[0].page == Page::Landscape).then_some(Page::Portrait);
        text::Paragraph { ends, ..text::of(styles::CONTENTS) }.write(xml, |xml| {
            if position == 0 {
                text::field_start(xml, r"TOC \h \z \u");
            }
            text::link(xml, &block.bookmark, &format!("{} {}", block.name, block.title));
            if last {
                text::field_end(xml);
            }
        });
    }
}

fn block(xml: &mut Xml, block: &Block<'_>, position: usize, ends: Option<Page>, language: Language) {
    // The first stands below the contents, which have a page of their own.
    text::Paragraph { new_page: position == 0, ..text::of(styles::CAPTION) }.write(xml, |xml| {
        text::bookmark(xml, position, &block.bookmark, |xml| {
            text::styled(xml, styles::CAPTION_NAME, &block.name);
        });
        text::run(xml, &format!(" {}", block.title));
    });
    match &block.content {
        Content::Table(table, fitted) => table::write(xml, table, fitted, language),
        Content::Figure(figure, pixels, number) => {
            let keep = !block.remarks.is_empty();
            text::Paragraph { keep, ..text::of(styles::FIGURE) }.write(xml, |xml| {
                picture::write(xml, figure, *pixels, *number, block.page.width());
            });
        }
    }
    if !block.drawn.is_empty() {
        text::Paragraph { keep: !block.remarks.is_empty(), ..text::of(styles::NOTE) }
            .write(xml, |xml| drawn(xml, &block.drawn, language));
    }
    // Where nothing is remarked, an empty paragraph keeps the table from the next one.
    let empty = [String::new()];
    let remarks = if block.remarks.is_empty() { &empty[..] } else { &block.remarks };
    for (position, remark) in remarks.iter().enumerate() {
        let last = position + 1 == remarks.len();
        let ends = ends.filter(|_| last);
        text::Paragraph { ends, keep: !last, ..text::of(styles::NOTE) }.text(xml, remark);
    }
}

/// The sentence that refers to figures by fields, which follow their captions when those are edited.
fn drawn(xml: &mut Xml, figures: &[(String, String)], language: Language) {
    let said = words::say(language, "collection.drawn", &[]);
    let (before, after) = said.split_once("{figures}").unwrap_or((&said, ""));
    text::run(xml, before);
    for (place, (bookmark, name)) in figures.iter().enumerate() {
        if place > 0 {
            text::run(xml, ", ");
        }
        text::field_start(xml, &format!(r"REF {bookmark} \h"));
        text::run(xml, name);
        text::field_end(xml);
    }
    text::run(xml, after);
}

/// `word/settings.xml`.
fn settings(language: Language) -> Vec<u8> {
    Xml::part("w:settings", &NAMES[..1], |xml| {
        xml.within("w:compat", &[], |xml| {
            // Layout as Word has it since 2013; without it the document opens in compatibility mode.
            let newest = [
                ("w:name", "compatibilityMode"),
                ("w:uri", "http://schemas.microsoft.com/office/word"),
                ("w:val", "15"),
            ];
            xml.empty("w:compatSetting", &newest);
        });
        xml.empty("w:themeFontLang", &[("w:val", language.locale())]);
    })
}

/// `word/footer.xml`: title and page.
fn footer(title: &str, language: Language) -> Vec<u8> {
    Xml::part("w:ftr", &NAMES[..2], |xml| {
        text::of(styles::FOOTER).write(xml, |xml| {
            text::run(xml, &format!("{title} · "));
            // The words around two fields, which are put in their places.
            let said = words::say(language, "collection.page", &[]);
            for (position, part) in said.split(['{', '}']).enumerate() {
                match (position % 2, part) {
                    (0, words) => text::run(xml, words),
                    (_, field) => {
                        text::field_start(xml, if field == "page" { "PAGE" } else { "NUMPAGES" });
                        text::run(xml, "1");
                        text::field_end(xml);
                    }
                }
            }
        });
    })
}
