//! Numbers in sentences that know which estimates they show.
//!
//! A number in a sentence stands between marks with the ids of its estimates, so that sentences can be put together like any
//! text. What is written for readers takes the marks out ([`plain`]) or makes something of them ([`pieces`]): the page and the drawings
//! make attributes of the ids. A number that shows no estimate says what it is instead ([`Aside`]). The marks are code points that Unicode keeps free for use within a program and that no text has.

use std::borrow::Cow;
use std::sync::Arc;

/// Before the ids.
const IDS: char = '\u{fdd0}';
/// Between two ids.
const AND: char = '\u{fdd1}';
/// Between the ids and the number.
const NUMBER: char = '\u{fdd2}';
/// After the number.
const END: char = '\u{fdd3}';
/// A space in an id, at which no line is broken.
const SPACE: char = '\u{fdd4}';

/// A part of a marked text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'t> {
    Text(&'t str),
    /// A number with the ids of the estimates that it shows.
    Number(&'t str, Vec<String>),
    /// A number that shows no estimate, with the name of its [`Aside`].
    Aside(&'t str, &'t str),
}

/// What a number is that shows no estimate. There is no other: whatever else stands between marks has ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// How many of what the page itself tells, such as `10` of 24 comparisons.
    Counted,
    /// A parameter of the method, such as the 0.05 that p-values are held against.
    Parameter,
    /// An end of a scale that the dictionary gives.
    Scale,
    /// A place on an axis.
    Axis,
    /// How many rows, forms or answers intake found something in.
    Found,
    /// A zero where nobody gave an answer, so that there is no estimate of it.
    Nobody,
    /// The zero of what others are compared with, such as the first wave.
    Reference,
}

impl Aside {
    /// The name in the attribute `data-is`.
    pub fn as_str(self) -> &'static str {
        match self {
            Aside::Counted => "counted",
            Aside::Parameter => "parameter",
            Aside::Scale => "scale",
            Aside::Axis => "axis",
            Aside::Found => "found",
            Aside::Nobody => "nobody",
            Aside::Reference => "reference",
        }
    }
}

/// A number between marks; as it is, where it shows no estimate.
pub fn marked(number: String, of: &[Arc<str>]) -> String {
    if of.is_empty() || number.is_empty() {
        return number;
    }
    let ids: Vec<String> = of.iter().map(|id| id.replace(' ', &SPACE.to_string())).collect();
    format!("{IDS}{}{NUMBER}{number}{END}", ids.join(&AND.to_string()))
}

/// A number that shows no estimate between marks that say what it is.
pub fn aside(number: &str, aside: Aside) -> String {
    // No id is empty, so that an empty one says that a name follows.
    format!("{IDS}{AND}{}{NUMBER}{number}{END}", aside.as_str())
}

/// The text without marks and ids.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(IDS) {
        return Cow::Borrowed(text);
    }
    let words = pieces(text).map(|piece| match piece {
        Piece::Text(text) | Piece::Number(text, _) | Piece::Aside(text, _) => text,
    });
    Cow::Owned(words.collect())
}

/// The parts of a text. A mark without its fellow, which no text has, is left out.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split(IDS).enumerate().flat_map(|(place, part)| {
        let number = part.split_once(NUMBER).filter(|_| place > 0);
        let (first, rest) = match number {
            None => (None, part),
            Some((ids, said)) => {
                let (number, rest) = said.split_once(END).unwrap_or((said, ""));
                let piece = match ids.strip_prefix(AND) {
                    Some(aside) => Piece::Aside(number, aside),
                    None => Piece::Number(number, ids.split(AND).map(|id| id.replace(SPACE, " ")).collect()),
                };
                (Some(piece), rest)
            }
        };
        first.into_iter().chain((!rest.is_empty()).then_some(Piece::Text(rest)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_number_is_found_again_with_its_ids() {
        let of: Vec<Arc<str>> = vec!["a/x=1 & y=2/v//low".into(), "a//v//high".into()];
        let said = format!("From {} to 5.", marked("1 234".to_owned(), &of));
        assert_eq!(plain(&said), "From 1 234 to 5.");
        let ids = vec!["a/x=1 & y=2/v//low".to_owned(), "a//v//high".to_owned()];
        let all = [Piece::Text("From "), Piece::Number("1 234", ids), Piece::Text(" to 5.")];
        assert_eq!(pieces(&said).collect::<Vec<_>>(), all);
        assert_eq!(plain("nothing marked"), "nothing marked");
        let counted = format!("{} of them", aside("10", Aside::Counted));
        assert_eq!(plain(&counted), "10 of them");
        let all = [Piece::Aside("10", "counted"), Piece::Text(" of them")];
        assert_eq!(pieces(&counted).collect::<Vec<_>>(), all);
        assert_eq!(marked("7".to_owned(), &[]), "7");
        assert!(
            !said.split(' ').any(|word| word.contains(IDS) && !word.contains(NUMBER)),
            "no line is broken in an id"
        );
    }
}
