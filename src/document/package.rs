//! The parts of the document in one file: a zip archive that says what each part is (ISO/IEC 29500-2).

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::Xml;

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CORE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts that every document has besides the document itself.
const PARTS: [(&str, &str); 4] =
    [("document", "document.main"), ("styles", "styles"), ("settings", "settings"), ("footer", "footer")];

/// The archive of some parts, with the same time of making for all and always.
pub fn archive(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in parts {
        archive.start_file(name.as_str(), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// `[Content_Types].xml`.
pub fn content_types() -> Vec<u8> {
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    Xml::part("Types", &[("xmlns", types)], |xml| {
        for (extension, kind) in [
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
        ] {
            xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
        }
        for (part, kind) in PARTS {
            let (part, kind) = (format!("/word/{part}.xml"), format!("{WORD}.{kind}+xml"));
            xml.empty("Override", &[("PartName", &part), ("ContentType", &kind)]);
        }
        let core = "application/vnd.openxmlformats-package.core-properties+xml";
        xml.empty("Override", &[("PartName", "/docProps/core.xml"), ("ContentType", core)]);
    })
}

/// `_rels/.rels`: where the document is.
pub fn relations() -> Vec<u8> {
    let document = format!("{OFFICE}/officeDocument");
    related(&[
        ("rIdDocument".to_owned(), document, "word/document.xml".to_owned()),
        ("rIdCore".to_owned(), CORE.to_owned(), "docProps/core.xml".to_owned()),
    ])
}

/// `word/_rels/document.xml.rels`: what the document refers to; `images` are ids and files.
pub fn document_relations(images: &[(String, String)]) -> Vec<u8> {
    let own = [("rIdStyles", "styles"), ("rIdSettings", "settings"), (super::page::FOOTER, "footer")];
    let own = own.map(|(id, part)| (id.to_owned(), format!("{OFFICE}/{part}"), format!("{part}.xml")));
    let images = images.iter().map(|(id, file)| (id.clone(), format!("{OFFICE}/image"), file.clone()));
    related(&own.into_iter().chain(images).collect::<Vec<_>>())
}

fn related(relations: &[(String, String, String)]) -> Vec<u8> {
    Xml::part("Relationships", &[("xmlns", RELATIONS)], |xml| {
        for (id, kind, target) in relations {
            xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
        }
    })
}

/// `docProps/core.xml`, without the times of making and changing, which would be another file each time.
pub fn core(title: &str, language: &str, source: &str) -> Vec<u8> {
    let names = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    Xml::part("cp:coreProperties", &names, |xml| {
        for (name, text) in [
            ("dc:title", title),
            ("dc:creator", "utfall"),
            ("dc:description", source),
            ("dc:language", language),
        ] {
            xml.within(name, &[], |xml| xml.text(text));
        }
    })
}
