//! A figure: an image with its alternative text.

#![expect(clippy::float_arithmetic, reason = "widths and heights")]

use super::text;
use super::xml::Xml;

/// A figure of the release, in the language of the document.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The key, which its bookmark is named after: `F4_1`.
    pub id: String,
    /// The name that readers know it by, such as `Figure 4.1`; may be empty.
    pub name: String,
    pub title: String,
    /// What the figure shows, for those who cannot see it.
    pub alternative: String,
    /// Sentences below the figure.
    pub notes: Vec<String>,
    /// The image, as PNG.
    pub png: Vec<u8>,
    /// How much of its height is not shown, at the top and at the bottom: title and notes, which the document has in its own type.
    pub cut: [f64; 2],
    /// The key of the table that it stands at; without one it stands after all tables.
    pub beside: Option<String>,
}

/// English metric units to a twentieth of a point.
const EMU: u64 = 635;

/// Width and height in pixels, from the image's header (ISO/IEC 15948, 11.2.2); `None` where it is no PNG.
pub fn pixels(png: &[u8]) -> Option<(u32, u32)> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    let header = png.strip_prefix(SIGNATURE)?.get(4..16)?.strip_prefix(b"IHDR")?;
    let number = |bytes: &[u8]| Some(u32::from_be_bytes(bytes.try_into().ok()?));
    let (width, height) = (number(&header[..4])?, number(&header[4..])?);
    (width > 0 && height > 0).then_some((width, height))
}

/// Writes the image over a width of so many twentieths of a point. `number` is its place among the images, from 1.
pub fn write(xml: &mut Xml, picture: &Picture, pixels: (u32, u32), number: usize, width: u32) {
    let across = u64::from(width) * EMU;
    let whole = across * u64::from(pixels.1) / u64::from(pixels.0);
    // In thousandths of a per cent (ISO/IEC 29500-1, 20.1.8.55).
    let cut = picture.cut.map(|part| (part.clamp(0.0, 0.45) * 100_000.0).round() as u64);
    let down = whole * (100_000 - cut[0] - cut[1]) / 100_000;
    let [top, bottom] = cut.map(|part| part.to_string());
    let (across, down, id) = (across.to_string(), down.to_string(), number.to_string());
    let name = text::bookmark_name(&picture.id);
    let described = [("id", id.as_str()), ("name", name.as_str()), ("descr", picture.alternative.as_str())];
    let size = [("cx", across.as_str()), ("cy", down.as_str())];
    xml.within("w:r", &[], |xml| {
        xml.within("w:drawing", &[], |xml| {
            let distance = [("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
            xml.within("wp:inline", &distance, |xml| {
                xml.empty("wp:extent", &size);
                xml.empty("wp:docPr", &described);
                let main = [("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")];
                xml.within("a:graphic", &main, |xml| {
                    let uri = "http://schemas.openxmlformats.org/drawingml/2006/picture";
                    xml.within("a:graphicData", &[("uri", uri)], |xml| {
                        xml.within("pic:pic", &[("xmlns:pic", uri)], |xml| {
                            xml.within("pic:nvPicPr", &[], |xml| {
                                xml.empty("pic:cNvPr", &described);
                                xml.empty("pic:cNvPicPr", &[]);
                            });
                            xml.within("pic:blipFill", &[], |xml| {
                                xml.empty("a:blip", &[("r:embed", &relation(number))]);
                                xml.empty("a:srcRect", &[("t", &top), ("b", &bottom)]);
                                xml.within("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]));
                            });
                            xml.within("pic:spPr", &[], |xml| {
                                xml.within("a:xfrm", &[], |xml| {
                                    xml.empty("a:off", &[("x", "0"), ("y", "0")]);
                                    xml.empty("a:ext", &size);
                                });
                                xml.within("a:prstGeom", &[("prst", "rect")], |xml| {
                                    xml.empty("a:avLst", &[])
                                });
                            });
                        });
                    });
                });
            });
        });
    });
}

/// The image's relation to the document.
pub fn relation(number: usize) -> String {
    format!("rIdImage{number}")
}

/// The image's part of the package.
pub fn file(number: usize) -> String {
    format!("media/image{number}.png")
}
