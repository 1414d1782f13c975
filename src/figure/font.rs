//! The bundled typeface: how wide text is, and where a line breaks.
//!
//! A figure names Inter first and common sans-serif faces after it. The PNG is drawn with the bundled faces, so it is the same
//! everywhere; a browser without Inter takes another face, most of which are narrower. Widths are therefore measured in
//! Inter, with a little to spare.

use crate::table::mark;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// The faces that a reader's program may use, ours first.
pub(super) const FAMILIES: &str =
    "Inter, 'Noto Sans', 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif";

/// The bundled faces, regular and semi-bold; the licence stands beside them.
pub(super) const FACES: [&[u8]; 2] =
    [include_bytes!("fonts/Inter-Regular.otf"), include_bytes!("fonts/Inter-SemiBold.otf")];

/// What other faces may need beyond Inter's width.
const SPARE: f64 = 1.04;

/// An unknown letter is taken to be wide.
const UNKNOWN: f64 = 0.8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
}

impl Weight {
    /// As CSS writes it.
    pub fn css(self) -> &'static str {
        match self {
            Weight::Regular => "400",
            Weight::SemiBold => "600",
        }
    }
}

/// Letter → advance width at size 1, of each face.
static WIDTHS: LazyLock<[BTreeMap<char, f64>; 2]> = LazyLock::new(|| FACES.map(advances));

/// The faces are part of the program and a test reads them; without one every letter would be [`UNKNOWN`].
fn advances(face: &[u8]) -> BTreeMap<char, f64> {
    let Ok(font) = FontRef::new(face) else { return BTreeMap::new() };
    let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
    let advance = |(code, glyph): (u32, skrifa::GlyphId)| {
        Some((char::from_u32(code)?, f64::from(metrics.advance_width(glyph)?)))
    };
    font.charmap().mappings().filter_map(advance).collect()
}

/// Whether the bundled faces can draw a letter.
#[cfg(test)]
fn has(letter: char) -> bool {
    WIDTHS.iter().all(|face| face.contains_key(&letter))
}

/// How wide a text is, in the unit of `size`.
pub(super) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let face = match weight {
        Weight::Regular => &WIDTHS[0],
        Weight::SemiBold => &WIDTHS[1],
    };
    let letters: f64 =
        mark::plain(text).chars().map(|letter| face.get(&letter).copied().unwrap_or(UNKNOWN)).sum();
    letters * size * SPARE
}

/// A text in lines no wider than `most`, broken at spaces; a word that is wider by itself is broken with a hyphen.
pub(super) fn wrap(text: &str, size: f64, weight: Weight, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, size, weight) <= most {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut pieces = broken(word, size, weight, most);
        line = pieces.pop().unwrap_or_default();
        lines.extend(pieces);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A word in pieces that fit, at least three letters each.
fn broken(word: &str, size: f64, weight: Weight, most: f64) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = word.to_owned();
    while width(&rest, size, weight) > most {
        let letters: Vec<char> = rest.chars().collect();
        let fits = |count: &usize| {
            let piece: String = letters[..*count].iter().chain(['-'].iter()).collect();
            width(&piece, size, weight) <= most
        };
        let Some(count) = (3..letters.len().saturating_sub(2)).rev().find(fits) else { break };
        // A word that is written with a hyphen is broken there rather than a letter further on.
        let hyphen = letters[..count].iter().rposition(|letter| *letter == '-').filter(|at| *at >= 2);
        let (count, end) = hyphen.map_or((count, "-"), |at| (at + 1, ""));
        let piece: String = letters[..count].iter().collect();
        pieces.push(piece + end);
        rest = letters[count..].iter().collect();
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_bundled_faces_have_what_three_languages_need() {
        let needed = "ABCÆØÅabcæøåéüčđŋšŧž0123456789,.:;%()«»“”’–−+±×<>≥≤→²χ…·";
        assert_eq!(needed.chars().filter(|letter| !has(*letter)).collect::<String>(), "");
        assert!(width("W", 10.0, Weight::Regular) > width("i", 10.0, Weight::Regular));
        assert!(width("Helse", 10.0, Weight::SemiBold) > width("Helse", 10.0, Weight::Regular));
    }

    proptest! {
        #[test]
        fn lines_fit_and_lose_nothing(text in "[a-zæøå]{1,24}( [a-zæøå]{1,24}){0,8}", most in 60.0f64..400.0) {
            let lines = wrap(&text, 13.0, Weight::Regular, most);
            for line in &lines {
                prop_assert!(width(line, 13.0, Weight::Regular) <= most, "{line}");
            }
            let letters = |text: &str| text.chars().filter(|letter| letter.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
