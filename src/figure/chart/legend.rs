//! What the colours are, above a chart, in the order in which they stand in it.

use super::super::palette::{self, Colour, OUTLINE};
use super::super::sheet::{Sheet, Style};

const SWATCH: f64 = 12.0;
const GAP: f64 = 20.0;

/// How wide the swatches are with their names in one line.
pub(crate) fn width(entries: &[(&str, Colour)]) -> f64 {
    entries.iter().map(|(name, _)| SWATCH + 6.0 + Style::PLAIN.width(name) + GAP).sum::<f64>() - GAP
}

/// Draws swatches with their names from `x` on, in lines no wider than `most`; gives the bottom.
pub(crate) fn swatches(sheet: &mut Sheet, [x, top, most]: [f64; 3], entries: &[(&str, Colour)]) -> f64 {
    let style = Style::PLAIN;
    let (mut at, mut line, mut bottom) = (x, top, top);
    for (name, colour) in entries {
        // A name that is too long for the whole width has several lines, and the next one begins below it.
        let lines = style.wrap(name, most - SWATCH - 6.0);
        let widest = lines.iter().map(|line| style.width(line)).fold(0.0, f64::max);
        let width = SWATCH + 6.0 + widest;
        if at > x && at + width > x + most {
            at = x;
            line = bottom + 4.0;
        }
        let outline = palette::is_pale(colour).then_some(OUTLINE);
        sheet.rectangle([at, line + 2.0, SWATCH, SWATCH], colour, outline);
        sheet.lines(at + SWATCH + 6.0, line, &lines, style);
        at += width + GAP;
        bottom = f64::max(bottom, line + style.height(lines.len()));
    }
    bottom + 6.0
}
