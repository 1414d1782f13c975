//! # `type`
//!
//! ## What it does
//! Finds answers that do not have their item's type: words instead of a number, another decimal sign than declared, a fraction in a whole
//! number, dates that do not follow the pattern.
//!
//! ## Why is this bad?
//! A number that is read wrongly is worse than none. With a decimal comma declared, `1.234` could be one of two numbers.
//!
//! ## Example
//! `2.5` in a file whose pipeline declares `decimal = ","`; `1.250`, which is 1250 in Oslo and one and a quarter in London; `31.12.85` where
//! dates are `%d.%m.%Y`.
//!
//! ## What to do
//! If a whole column is reported, the pipeline's `format` or the item's `type` is wrong: `format = { thousands = "." }` reads `1.250` as 1250.
//! Words that mean a code belong under the code's `written`, and signs for missing under `missing`.

use super::unlisted_code::listed;
use super::{Check, Field, Rule};
use crate::dictionary::ItemType;
use crate::intake::answer::{Answer, Invalid};
use crate::plan::Action;
use crate::read::CellFault;

pub const CHECK: Check = Check {
    id: "type",
    about: "An answer is not of its item's type.",
    default_action: Action::SetMissing,
    allowed_actions: &[Action::SetMissing, Action::Reject, Action::Stop],
    rules: &[Rule::Field(wrong_type)],
};

fn wrong_type(field: &Field) -> Option<String> {
    let Answer::Invalid(why) = *field.answer else {
        return None;
    };
    let (sign, other) = match field.format.decimal {
        ',' => ("comma", "point"),
        _ => ("point", "comma"),
    };
    let found = match why {
        Invalid::NotANumber => "not a number".to_owned(),
        Invalid::DecimalSign => {
            format!(
                "a number with a decimal {other}, while the pipeline has the decimal {sign} (format = {{ decimal = \"{}\" }} in its [[source]] reads it)",
                if other == "comma" { ',' } else { '.' }
            )
        }
        Invalid::Thousands(found) => thousands(found, field.format.decimal),
        Invalid::NotWhole => "a number that is not whole".to_owned(),
        Invalid::TooLarge => "a number too large to be held exactly".to_owned(),
        Invalid::NotADate => "not a date of that pattern".to_owned(),
        Invalid::ShortYear => "a date whose year has fewer than four digits".to_owned(),
        Invalid::DayNumber => {
            "a number, as Excel counts days (43831 is 2020-01-01; format = { date = \"excel\" } reads them)"
                .to_owned()
        }
        Invalid::Day => "a day (a spreadsheet makes days of what looks like one)".to_owned(),
        Invalid::NotAList => "something else than a list of the codes".to_owned(),
        Invalid::SharedLabel => "a label that several codes have, so that the code cannot be told".to_owned(),
        Invalid::Cell(CellFault::Error) => "a formula's error, such as #DIV/0!".to_owned(),
        Invalid::Cell(CellFault::NeverCalculated) => {
            "a formula that was never calculated (open the file in a spreadsheet program and save it)"
                .to_owned()
        }
        Invalid::Cell(CellFault::NoSuchDay) => "29 February 1900, a day that never was".to_owned(),
        Invalid::Cell(CellFault::Letters) => "bytes that are no letters in the file's encoding".to_owned(),
    };
    let expected = match field.item.kind {
        ItemType::Nominal | ItemType::Ordinal | ItemType::Binary => listed(field.item),
        ItemType::Integer => "a whole number".to_owned(),
        ItemType::Decimal => format!("a number with a decimal {sign}"),
        ItemType::Date => format!("a date written {}", field.format.date.join(" or ")),
        ItemType::Text => "text".to_owned(),
    };
    Some(format!("{found}; expected {expected}"))
}

/// What is said of a sign before groups of three digits that no pipeline declares.
fn thousands(found: char, decimal: char) -> String {
    let name = match found {
        '.' => "a point",
        ',' => "a comma",
        _ => "an apostrophe",
    };
    let other = if found == '.' { ',' } else { '.' };
    let declared = match found == decimal {
        true => format!("thousands = \"{found}\", decimal = \"{other}\""),
        false => format!("thousands = \"{found}\""),
    };
    let or = match [',', '.'].contains(&found) {
        true => format!("; decimal = \"{found}\" if it sets off decimals"),
        false => String::new(),
    };
    format!(
        "a number with {name} before three digits, which looks like a thousands sign (format = {{ {declared} }} reads 1{found}250 as 1250{or})"
    )
}
