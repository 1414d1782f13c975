//! # `column_absent`
//!
//! ## What it does
//! Finds columns that the dictionary or the pipeline names and the file does not have. Names must be spelled exactly alike.
//!
//! ## Why is this bad?
//! An item that is not read is missing for everyone. It then looks like a question that nobody answered.
//!
//! ## Example
//! The dictionary has `column = "psyk_helse"`, the file's heading has `Psyk_helse ;…`.
//!
//! ## What to do
//! Write the file's column name as the item's `column`. If only this file has another name, write it under the source's `columns`. If a question
//! is asked at some waves only, say so in the dictionary: `asked = "first"`, `"later"` or a list of waves. `column_absent = "report"` treats every
//! absent item as not asked in that file. The columns of the respondent and of the wave must always be there.

use super::{Check, HeaderBreach, Rule, repaired};
use crate::intake::header::{Header, Role, Standing};
use crate::plan::Action;

pub const CHECK: Check = Check {
    id: "column_absent",
    about: "A column that the dictionary or the pipeline names is not in the file.",
    default_action: Action::Stop,
    allowed_actions: &[Action::Stop, Action::Report],
    rules: &[Rule::Header(absent)],
};

fn absent(header: &Header) -> Vec<HeaderBreach> {
    let none = header.wanted.iter().all(|wanted| wanted.at.is_empty());
    let without_wave = header.without_wave.iter().filter(|_| !none).map(|column| HeaderBreach {
        item: None,
        message: format!(
            "the file has no column of this wave; expected columns called {column:?} with an item's `column` for …, after the source's `wide` (its `waves` lists the waves that the file has); its columns: {}",
            names(header)
        ),
        action: Some(Action::Stop),
    });
    let at_other_waves = header
        .wanted
        .iter()
        .filter(|wanted| wanted.standing == Standing::Elsewhere && header.without_wave.is_none());
    let told = at_other_waves.map(|wanted| HeaderBreach {
        item: wanted.role.item().map(str::to_owned),
        message: format!(
            "the file has no column {:?}, but the item's columns of other waves; it counts as not asked at this wave (a question that is put at some waves only says so in the dictionary, asked = a list of waves)",
            wanted.column
        ),
        action: Some(Action::Report),
    });
    // Where no column follows the pattern, that is said once and not of each item.
    let unfollowed = header.without_wave.is_some() && !none;
    let absent = header.wanted.iter().filter(|wanted| {
        wanted.at.is_empty() && !wanted.optional && !(unfollowed && wanted.role.item().is_some())
    });
    let refused = absent
        .map(|wanted| {
            let expected = format!("the file has no column {:?}", wanted.column);
            let near = header.names.iter().position(|name| alike(name, &wanted.column));
            // Headings are shown only where they agree with a declared name but for their writing: the first line
            // of a file without a heading is somebody's answers.
            let advice = match near {
                Some(at) => format!("column {} is written {:?}", at + 1, header.names[at]),
                None if none => "none of the columns wanted is there: is the first line a heading?".into(),
                None => match wanted.role {
                    Role::Respondent => "expected it as the pipeline's `respondent`".into(),
                    Role::Wave => "expected it as the pipeline's `wave_column`".into(),
                    Role::Order => "expected it as the pipeline's `keep` declares".into(),
                    Role::Item(_) => match &header.of_wave {
                        Some(pattern) => format!(
                            "expected {pattern:?} with the item's `column` for …, after the source's `wide`, or that column alone where it is the same at all waves"
                        ),
                        None => "expected it as the dictionary declares; a question that is put at some waves only says so in the dictionary, asked = \"first\", \"later\" or a list of waves".into(),
                    },
                },
            };
            HeaderBreach {
                item: wanted.role.item().map(str::to_owned),
                message: format!("{expected}; {advice}"),
                action: wanted.role.item().is_none().then_some(Action::Stop),
            }
        });
    without_wave.chain(told).chain(refused).collect()
}

/// So many columns are named; the others are counted.
const NAMED: usize = 30;

/// The names of a heading, where one of the declared names stands among them, so that it is one.
fn names(header: &Header) -> String {
    let names: Vec<String> = header.names.iter().take(NAMED).map(|name| format!("{name:?}")).collect();
    match header.names.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// Whether two names differ in case, white space, byte order marks or a double encoding only.
fn alike(found: &str, wanted: &str) -> bool {
    let plain = |name: &str| {
        let name = repaired(name).unwrap_or_else(|| name.to_owned());
        let letters = name.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{FEFF}');
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    plain(found) == plain(wanted)
}
