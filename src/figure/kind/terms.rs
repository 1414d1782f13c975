//! Rows of a model's terms.

use crate::dictionary::Text;
use crate::figure::chart::Line;
use crate::figure::chart::intervals::{Dot, Dots};
use crate::table::words;

/// The lines with each variable of two levels in a row of its own, `Sex: woman (against man)`, instead of a heading, its
/// reference and its one level.
pub(super) fn folded(lines: Vec<Line<Dots>>) -> Vec<Line<Dots>> {
    let is_reference = |dots: &Dots| dots.dots.iter().all(|dot| matches!(dot, Dot::Reference | Dot::Empty));
    let mut folded = Vec::with_capacity(lines.len());
    let mut rest = lines.as_slice();
    while let [first, after @ ..] = rest {
        let next = after.get(2);
        match (first, after) {
            (Line::Section(label), [Line::Inner(one), Line::Inner(other), ..])
                if !matches!(next, Some(Line::Inner(_))) && is_reference(one) != is_reference(other) =>
            {
                let (reference, level) = if is_reference(one) { (one, other) } else { (other, one) };
                let label = against(label, &level.label, &reference.label);
                folded.push(Line::Row(Dots { label, ..level.clone() }));
                rest = &after[2..];
            }
            _ => {
                folded.push(first.clone());
                rest = after;
            }
        }
    }
    folded
}

fn against(variable: &Text, level: &Text, reference: &Text) -> Text {
    words::each(|language| {
        let with = [
            ("variable", variable.get(language).to_owned()),
            ("level", level.get(language).to_owned()),
            ("reference", reference.get(language).to_owned()),
        ];
        words::say(language, "figure.against", &with)
    })
}
