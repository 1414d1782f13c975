//! Colours that readers with any colour vision tell apart; no figure says anything by colour alone.
//!
//! Blue and vermilion are those of Okabe & Ito (2008), Color Universal Design. What is filled stands out from the paper by a
//! contrast of 3 : 1 or more, or has an outline that does (WCAG 2.2, 1.4.11).

/// `#rrggbb`.
pub(crate) type Colour = &'static str;

pub(crate) const PAPER: Colour = "#ffffff";
pub(crate) const INK: Colour = "#1b2430";
pub(crate) const SOFT: Colour = "#525f6e";
/// Lines that help the eye and carry nothing.
pub(crate) const GRID: Colour = "#dfe4e9";
/// The outline of what is pale.
pub(crate) const OUTLINE: Colour = "#6f7b88";
/// The better side, and what stands alone.
pub(crate) const BLUE: Colour = "#0072b2";
/// The worse side.
pub(crate) const VERMILION: Colour = "#d55e00";
pub(crate) const NEUTRAL: Colour = "#dde2e7";

const BLUES: [Colour; 3] = ["#0072b2", "#7fb8dc", "#c5dfef"];
const VERMILIONS: [Colour; 3] = ["#d55e00", "#f0a26b", "#f8d3b8"];

/// Who has something and enough of it, not enough, should have it, does not need it: what is had is blue.
pub(crate) const COVERAGE: [Colour; 4] = [BLUE, "#9ccbe8", "#e8904f", NEUTRAL];

/// From the first of ordered answers to the last.
const FADING: [Colour; 6] = ["#00466e", "#1f7cb4", "#6fb0d8", "#abd2ea", "#cfe4f2", "#f0f5f8"];
/// Neighbours differ in lightness.
const DISTINCT: [Colour; 6] = [BLUE, NEUTRAL, "#e69f00", "#5b3a7e", "#a8d5c2", "#1b2430"];

/// Groups of a figure with several lines, each with a mark of its own besides.
pub(crate) const GROUPS: [Colour; 4] = ["#0072b2", "#d55e00", "#00795a", "#8a4f7d"];

/// The colours of `count` ordered answers from the good end to the bad, neutral in the middle of an odd number.
pub(crate) fn diverging(count: usize) -> Vec<Colour> {
    let half = count / 2;
    let side = |colours: [Colour; 3], place: usize| colours[place.min(2)];
    let good = (0..half).map(|place| side(BLUES, place));
    let bad = (0..half).rev().map(|place| side(VERMILIONS, place));
    good.chain((count % 2 == 1).then_some(NEUTRAL)).chain(bad).collect()
}

/// The colours of `count` ordered answers of which none is better, from dark to pale; past six the palest.
pub(crate) fn sequential(count: usize) -> Vec<Colour> {
    let all: &[usize] = match count {
        0..=2 => &[0, 3],
        3 => &[0, 2, 4],
        4 => &[0, 1, 3, 4],
        5 => &[0, 1, 2, 3, 4],
        _ => &[0, 1, 2, 3, 4, 5],
    };
    let last = all[all.len() - 1];
    (0..count).map(|place| FADING[all.get(place).copied().unwrap_or(last)]).collect()
}

/// The colours of `count` answers without order; past six they come again.
pub(crate) fn nominal(count: usize) -> Vec<Colour> {
    (0..count).map(|place| DISTINCT[place % DISTINCT.len()]).collect()
}

/// The colour of text on a colour: that of all dark text where it stands out by 4.5 : 1 (WCAG 2.2, 1.4.3), otherwise white or black,
/// whichever stands out more.
pub(crate) fn on(colour: &str) -> Colour {
    const BLACK: Colour = "#000000";
    match () {
        () if contrast(colour, INK) >= 4.5 => INK,
        () if contrast(colour, PAPER) >= contrast(colour, BLACK) => PAPER,
        () => BLACK,
    }
}

/// Whether a filled shape needs an outline to stand out from the paper.
pub(crate) fn is_pale(colour: &str) -> bool {
    contrast(colour, PAPER) < 3.0
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2).
pub(crate) fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance of `#rrggbb`; what is no colour counts as black.
fn luminance(colour: &str) -> f64 {
    let channel = |from: usize| {
        let digits = colour.get(from..from + 2).unwrap_or("00");
        let value = f64::from(u8::from_str_radix(digits, 16).unwrap_or(0)) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_carries_meaning_stands_out() {
        for colour in GROUPS.into_iter().chain([BLUE, VERMILION, OUTLINE, SOFT, INK]) {
            assert!(contrast(colour, PAPER) >= 3.0, "{colour}");
        }
        let all = (2..=7).flat_map(|count| [diverging(count), sequential(count), nominal(count)].concat());
        for colour in all.chain(COVERAGE) {
            assert!(contrast(on(colour), colour) >= 4.5, "{colour}");
        }
        assert!((contrast("#000000", PAPER) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn neighbours_differ_in_grey() {
        for colours in [sequential(4), sequential(6), nominal(6), COVERAGE.to_vec()] {
            for pair in colours.windows(2) {
                assert!(contrast(pair[0], pair[1]) >= 1.15, "{pair:?}");
            }
        }
    }

    #[test]
    fn answers_of_a_question_have_colours_of_their_own() {
        for count in 2..=6 {
            for mut colours in [diverging(count), sequential(count), nominal(count)] {
                assert_eq!(colours.len(), count);
                colours.sort_unstable();
                colours.dedup();
                assert_eq!(colours.len(), count, "{count} answers");
            }
        }
    }
}
