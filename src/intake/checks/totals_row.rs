//! # `totals_row`
//!
//! ## What it does
//! Finds rows whose id is a word for a sum, such as `Total`.
//!
//! ## Why is this bad?
//! They sum up the rows above, and would be counted as a person.
//!
//! ## Example
//! `Total;40` as the last row of a spreadsheet.
//!
//! ## What to do
//! Nothing: the row is left out and reported.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{Check, Row, Rule};
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "totals_row",
    about: "A row holds totals of the rows above it.",
    default_action: Action::Reject,
    allowed_actions: &[Action::Reject, Action::Stop],
    rules: &[Rule::Row(is_total)],
};

/// What spreadsheets and their users call the row below the last, in the languages in which programs are set up.
const TOTALS: &[&str] = &[
    "std.avvik",
    "standardavvik",
    "sd",
    "std",
    "median",
    "maks",
    "max",
    "min",
    "minimum",
    "maksimum",
    "maximum",
    "alle",
    "n",
    "total",
    "totals",
    "totalt",
    "totalsum",
    "grand total",
    "subtotal",
    "sum",
    "sum total",
    "sum totalt",
    "delsum",
    "i alt",
    "i alt.",
    "ialt",
    "samlet",
    "samla",
    "til saman",
    "til sammen",
    "tilsammen",
    "antall",
    "antal",
    "gjennomsnitt",
    "snitt",
    "summa",
    "totalsumma",
    "medelvärde",
    "gennemsnit",
    "average",
    "mean",
    "count",
    "gesamt",
    "insgesamt",
    "summe",
    "gesamtergebnis",
    "mittelwert",
    "somme",
    "total général",
    "moyenne",
    "totale",
    "totaal",
    "suma",
    "yhteensä",
    "samtals",
    "kokku",
];

fn is_total(row: &Row) -> Option<String> {
    is_word_for_total(row.respondent).then(|| "a row of totals; expected a respondent's id".to_owned())
}

/// Whether what stands in the place of an id is a word for a sum.
pub(crate) fn is_word_for_total(id: &str) -> bool {
    static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| TOTALS.iter().copied().map(letters).collect());
    // `Total (n = 40)`, `Sum:`.
    let (words, _) = id.split_once(['(', ':', '=']).unwrap_or((id, ""));
    // No word has a digit, and nearly every id has.
    !words.bytes().any(|byte| byte.is_ascii_digit()) && WORDS.contains(&letters(words))
}

/// Spaces may have been left out of the id already, where the source lets them pass.
fn letters(text: &str) -> String {
    text.replace(char::is_whitespace, "").to_lowercase()
}
