//! Bytes → letters. Decoding is strict: bytes that are not letters in the file's encoding are reported, never replaced.

use std::borrow::Cow;

use encoding_rs::{Encoding as Known, UTF_8, WINDOWS_1252};

use crate::read::Encoding;

/// How the bytes of a file become letters.
#[derive(Debug, Clone, Copy)]
pub(super) enum Letters {
    Known(&'static Known),
    /// A code page of DOS: the letters of the bytes from 128.
    Page(&'static str),
    /// Nothing is declared: each text is UTF-8 where it can be, else Windows-1252.
    Guess,
}

/// The code pages of DOS in which Norwegian files were written, by their numbers.
const PAGES: &[(i32, &str)] = &[
    (
        437,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
         └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    ),
    (
        850,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
         └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
    ),
    (
        858,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
         └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
    ),
    (
        865,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø₧ƒáíóúñÑªº¿⌐¬½¼¡«¤░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
         └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    ),
];

/// Code pages that are not named `windows-…` or `iso-8859-…`.
const NUMBERS: &[(i32, &str)] = &[
    (866, "ibm866"),
    (874, "windows-874"),
    (932, "shift_jis"),
    (936, "gbk"),
    (949, "euc-kr"),
    (950, "big5"),
    (10_000, "macintosh"),
    (20_127, "us-ascii"),
    (20_866, "koi8-r"),
    (21_866, "koi8-u"),
    (51_932, "euc-jp"),
    (51_949, "euc-kr"),
    (54_936, "gb18030"),
    (65_001, "utf-8"),
];

impl Letters {
    /// The encoding that the caller gives; else the one whose name the file gives, else its code page, else a guess.
    /// With it what the caller should be told of the choice.
    pub(super) fn choose(
        given: Option<Encoding>,
        name: Option<&[u8]>,
        code: Option<i32>,
    ) -> (Letters, Option<String>) {
        if let Some(given) = given {
            let known = if given == Encoding::Utf8 { UTF_8 } else { WINDOWS_1252 };
            return (Letters::Known(known), None);
        }
        if let Some(letters) = name.and_then(Letters::named) {
            return (letters, None);
        }
        // 1 to 4 name no code page: EBCDIC, and ASCII of seven bits, of eight bits, and of DEC.
        if let Some(letters) = code.filter(|code| *code > 4).and_then(Letters::numbered) {
            return (letters, None);
        }
        let declared = match (name, code) {
            (Some(_), _) => "an encoding that is not known here",
            (None, Some(code)) if code > 4 => "a code page that is not known here",
            _ => "no encoding",
        };
        let remark = format!(
            "the file declares {declared}: its texts were read as UTF-8 where they can be, else as Windows-1252"
        );
        (Letters::Guess, Some(remark))
    }

    fn named(name: &[u8]) -> Option<Letters> {
        if let Some(known) = Known::for_label(name) {
            return known.is_ascii_compatible().then_some(Letters::Known(known));
        }
        let name = std::str::from_utf8(name).ok()?;
        let digits = name.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
        Letters::numbered(digits[..end].parse().ok()?)
    }

    fn numbered(code: i32) -> Option<Letters> {
        if let Some((_, page)) = PAGES.iter().find(|(number, _)| *number == code) {
            return Some(Letters::Page(page));
        }
        let label = match NUMBERS.iter().find(|(number, _)| *number == code) {
            Some((_, label)) => (*label).to_owned(),
            None if (1250..=1258).contains(&code) => format!("windows-{code}"),
            None if (28_591..=28_606).contains(&code) => format!("iso-8859-{}", code - 28_590),
            None => return None,
        };
        Known::for_label(label.as_bytes()).map(Letters::Known)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Letters::Known(known) => known.name(),
            Letters::Page(_) => "the code page that it declares",
            Letters::Guess => "UTF-8",
        }
    }

    /// The letters of a text; `None` where some bytes are none.
    pub(super) fn text(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        if bytes.is_ascii() {
            return std::str::from_utf8(bytes).ok().map(Cow::Borrowed);
        }
        match self {
            Letters::Known(known) => known_text(known, bytes),
            Letters::Page(page) => {
                bytes.iter().map(|byte| paged(page, *byte)).collect::<Option<String>>().map(Cow::Owned)
            }
            Letters::Guess => known_text(UTF_8, bytes).or_else(|| known_text(WINDOWS_1252, bytes)),
        }
    }

    /// The letters of a name or a label, which cannot be left out: Windows-1252 where the encoding does not fit. With it
    /// whether it fits.
    pub(super) fn forced(self, bytes: &[u8]) -> (String, bool) {
        match self.text(bytes) {
            Some(text) => (text.into_owned(), true),
            None => (WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), false),
        }
    }
}

/// The bytes that Windows code pages leave free come out as control characters, which no text has.
fn known_text<'a>(known: &'static Known, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    let text = known.decode_without_bom_handling_and_without_replacement(bytes)?;
    let free = known.is_single_byte() && text.chars().any(|letter| ('\u{80}'..='\u{9f}').contains(&letter));
    (!free).then_some(text)
}

fn paged(page: &str, byte: u8) -> Option<char> {
    match byte {
        0..128 => Some(char::from(byte)),
        _ => page.chars().nth(usize::from(byte) - 128),
    }
}
