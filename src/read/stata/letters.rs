//! The letters of a file's texts.
//!
//! From version 118 on texts are UTF-8. Before, they were in the code page of the computer that wrote the file, which
//! the file does not name: Windows-1252 in Norway; but R's haven writes UTF-8 into these as well. So a text that is
//! UTF-8 is read as UTF-8 in every version (a text of Windows-1252 that happens to be UTF-8 would be of letters such as
//! `Ã¥`, which nobody writes), and any other as Windows-1252. What a version should not have is told in a remark.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use super::super::Encoding;

#[derive(Debug, Clone)]
pub(super) struct Letters {
    /// What the user says.
    said: Option<Encoding>,
    /// Whether a text was met that is UTF-8 and not ASCII.
    pub utf8: bool,
    /// Whether a text was met that is not UTF-8.
    pub other: bool,
}

impl Letters {
    pub(super) fn new(said: Option<Encoding>) -> Letters {
        Letters { said, utf8: false, other: false }
    }

    /// Keeps in mind what kind of text this is, for the remarks.
    pub(super) fn look(&mut self, bytes: &[u8]) {
        if self.said.is_some() || bytes.is_ascii() {
            return;
        }
        match std::str::from_utf8(bytes) {
            Ok(_) => self.utf8 = true,
            Err(_) => self.other = true,
        }
    }

    /// A text; `None` where its bytes are no letters.
    pub(super) fn read<'a>(&self, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
        match self.said {
            Some(Encoding::Utf8) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Some(Encoding::Windows1252) => windows(bytes),
            Some(Encoding::Latin1) => letters_only(encoding_rs::mem::decode_latin1(bytes)),
            None => std::str::from_utf8(bytes).ok().map(Cow::Borrowed).or_else(|| windows(bytes)),
        }
    }

    /// A name or label, which has no place for a cell's fault: what is no letter becomes U+FFFD.
    pub(super) fn name(&mut self, bytes: &[u8]) -> String {
        self.look(bytes);
        let text = self.read(bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes));
        text.trim_end_matches(' ').to_owned()
    }
}

fn windows(bytes: &[u8]) -> Option<Cow<'_, str>> {
    letters_only(WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

/// The five bytes that Windows-1252 does not use, and those of Latin-1 that are no letters, come as control characters:
/// then it is another code page, such as the old one of DOS.
fn letters_only(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let control = text.chars().any(|letter| ('\u{80}'..='\u{9f}').contains(&letter));
    (!control).then_some(text)
}
