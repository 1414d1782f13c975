//! The dictionary of one file, as far as the file says it. For `utfall dictionary import`.

use std::collections::BTreeSet;
use std::path::Path;

use super::form::{seen, title};
use super::item::{Seen, drafted};
use super::look::{Open, look};
use super::names::{id_rank, is_row_number};
use super::persons::{Facts, Group};
use super::shape::Said;
use crate::dictionary::exchange::kept::in_language;
use crate::dictionary::exchange::{Imported, Loss, name};
use crate::dictionary::{FormUnit, Instrument, Language};
use crate::read::Fault;

/// The items of a file with what was guessed of them as losses. Texts without labels in the file stay texts.
///
/// # Errors
/// A [`Fault`] where it cannot be read.
pub fn instrument(path: &Path, language: Language, open: Open<'_>) -> Result<Imported, Fault> {
    let looked = look(path, &Said::default(), open)?;
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let id = name::item(&stem.to_lowercase());
    let (mut items, mut losses, mut names) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut id_known = false;
    for column in looked.named() {
        let place = looked.place(&column.name).unwrap_or(0);
        let distinct = looked.profiles[place].sketch.distinct();
        // An id by name, or by its end (`site_id`) where it is hardly ever the same.
        let named = id_rank(&column.name).is_some_and(|rank| rank < 100 || 2 * distinct >= looked.rows);
        let is_id = named && 10 * distinct >= looked.rows && column.labels.is_empty();
        if !id_known && is_id && !is_row_number(&column.name) {
            id_known = true;
            losses.push(Loss::new(
                &column.name,
                "is the respondent's id: name it as `respondent` in the pipeline",
            ));
            continue;
        }
        let group = Group { column: column.name.clone(), columns: vec![(None, column.name.clone())] };
        let Some((told, profile, meta)) = seen(&[&looked], &group, language) else { continue };
        let facts = Facts::default();
        let name = name::unique(name::item(&column.name), &mut names);
        let seen = Seen { name, column: column.name.clone(), told, meta, profile: &profile, facts: &facts };
        match drafted(&seen, language) {
            Some(made) => {
                losses.extend(
                    made.guesses.iter().map(|guess| Loss::new(&made.item.name, format!("guess: {guess}"))),
                );
                items.push(made.item);
            }
            None => losses.push(Loss::new(&column.name, "a time of the day, for which there is no type")),
        }
    }
    let title = in_language(language, &title(&id));
    let instrument =
        Instrument { id, title, unit: FormUnit::Respondent, source: String::new(), items, sets: Vec::new() };
    Ok(Imported { instruments: vec![instrument], losses })
}
