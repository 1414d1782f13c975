//! REDCap's data dictionary → dictionaries. Each form becomes an instrument.

use std::collections::BTreeSet;
use std::ops::Range;

use super::kept::in_language;
use super::redcap::{HEADINGS, MARK};
use super::{Imported, Kept, Loss, Reading, name};
use crate::dictionary::{FormUnit, Instrument, Item, Text};
use crate::written::{Mistake, Source};

/// The names by which REDCap's programming interface calls the columns that are read.
const INTERFACE: [&str; 18] = [
    "field_name",
    "form_name",
    "section_header",
    "field_type",
    "field_label",
    "select_choices_or_calculations",
    "field_note",
    "text_validation_type_or_show_slider_number",
    "text_validation_min",
    "text_validation_max",
    "identifier",
    "branching_logic",
    "required_field",
    "custom_alignment",
    "question_number",
    "matrix_group_name",
    "matrix_ranking",
    "field_annotation",
];

pub(super) const NAME: usize = 0;
pub(super) const FORM: usize = 1;
pub(super) const SECTION: usize = 2;
pub(super) const TYPE: usize = 3;
pub(super) const LABEL: usize = 4;
pub(super) const CHOICES: usize = 5;
pub(super) const NOTE: usize = 6;
pub(super) const VALIDATION: usize = 7;
pub(super) const LEAST: usize = 8;
pub(super) const GREATEST: usize = 9;
pub(super) const REQUIRED: usize = 12;
pub(super) const ANNOTATION: usize = 17;

/// Columns without a place in a dictionary, and what they are.
const WITHOUT_PLACE: [(usize, &str); 3] = [
    (10, "that it identifies persons"),
    (11, "the condition under which it is shown"),
    (15, "the matrix that it stands in"),
];

pub(super) struct Row<'s> {
    source: &'s Source,
    /// Its bytes in the file.
    span: Range<usize>,
    record: csv::StringRecord,
    places: &'s [Option<usize>],
}

impl Row<'_> {
    pub(super) fn get(&self, column: usize) -> &str {
        self.places[column].and_then(|place| self.record.get(place)).unwrap_or_default().trim()
    }

    pub(super) fn mistake(&self, message: String) -> Mistake {
        self.source.mistake(self.span.clone(), message)
    }
}

pub(super) fn read(source: &Source, reading: &Reading) -> Result<Imported, Mistake> {
    let text = source.text.trim_start_matches('\u{feff}');
    let offset = source.text.len() - text.len();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let broken = |error: csv::Error| {
        let at = error.position().map_or(0, |position| offset + position.byte() as usize);
        source
            .mistake(at..at, format!("this is not CSV: {error}"))
            .help("save it as CSV with commas, in UTF-8")
    };
    let headings = reader.headers().map_err(broken)?.clone();
    let place = |column: usize| {
        let known = |heading: &str| heading.trim() == HEADINGS[column] || heading.trim() == INTERFACE[column];
        headings.iter().position(known)
    };
    let places: Vec<Option<usize>> = (0..HEADINGS.len()).map(place).collect();
    for column in [NAME, FORM, TYPE, LABEL] {
        if places[column].is_none() {
            return Err(source
                .mistake(offset..offset, format!("the file has no column {:?}", HEADINGS[column]))
                .help("expected REDCap's data dictionary: in the project, Data Dictionary, Download the current Data Dictionary"));
        }
    }
    let mut forms = Forms { reading, forms: Vec::new(), losses: Vec::new(), first: true };
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(broken)? {
        let start = offset + record.position().map_or(0, |position| position.byte() as usize);
        let end = offset + reader.position().byte() as usize;
        let row = Row { source, span: start..end, record: record.clone(), places: &places };
        forms.take(&row)?;
    }
    Ok(Imported {
        instruments: forms.forms.into_iter().map(|form| form.instrument).collect(),
        losses: forms.losses,
    })
}

struct Form {
    instrument: Instrument,
    section: Text,
    names: BTreeSet<String>,
}

pub(super) struct Forms<'r> {
    pub(super) reading: &'r Reading,
    forms: Vec<Form>,
    losses: Vec<Loss>,
    /// Whether no field has been read yet: the first is the record's id.
    first: bool,
}

impl Forms<'_> {
    fn take(&mut self, row: &Row<'_>) -> Result<(), Mistake> {
        let field = row.get(NAME);
        if field.is_empty() {
            return Err(row
                .mistake("this row has no field name".to_owned())
                .help("each row of the file is a field"));
        }
        let kept = kept(row)?;
        let first = std::mem::replace(&mut self.first, false);
        let at = self.form(row.get(FORM));
        if !row.get(SECTION).is_empty() {
            self.forms[at].section = in_language(self.reading.language, row.get(SECTION));
        }
        if first && kept.is_none() {
            self.lose(field, "is the record's id: name it as `respondent` in the pipeline");
            return Ok(());
        }
        for (column, what) in WITHOUT_PLACE {
            if !row.get(column).is_empty() {
                self.lose(field, what);
            }
        }
        let annotation = row.get(ANNOTATION);
        if !annotation.is_empty() && kept.is_none() {
            self.lose(field, "the field annotation");
        }
        for item in self.items(row, kept)? {
            let form = &mut self.forms[at];
            let name = name::unique(item.name.clone(), &mut form.names);
            form.instrument.items.push(Item { name, section: form.section.clone(), ..item });
        }
        Ok(())
    }

    pub(super) fn lose(&mut self, field: &str, what: impl Into<String>) {
        self.losses.push(Loss::new(field, what));
    }

    fn form(&mut self, form: &str) -> usize {
        let id = name::item(form);
        if let Some(at) = self.forms.iter().position(|known| known.instrument.id == id) {
            return at;
        }
        let words = form.replace('_', " ");
        let mut letters = words.chars();
        let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let title = if title.is_empty() { id.clone() } else { title };
        self.forms.push(Form {
            instrument: Instrument {
                id,
                title: in_language(self.reading.language, &title),
                unit: FormUnit::Respondent,
                source: String::new(),
                items: Vec::new(),
                sets: Vec::new(),
            },
            section: Text::default(),
            names: BTreeSet::new(),
        });
        self.forms.len() - 1
    }
}

/// What this program wrote into the annotation.
fn kept(row: &Row<'_>) -> Result<Option<Kept>, Mistake> {
    let Some((_, json)) = row.get(ANNOTATION).split_once(MARK) else { return Ok(None) };
    // More may stand after it.
    let mut values = serde_json::Deserializer::from_str(json).into_iter::<Kept>();
    match values.next() {
        Some(Ok(kept)) => Ok(Some(kept)),
        Some(Err(error)) => Err(row
            .mistake(format!(
                "what stands after `{MARK}` in the annotation of `{}` cannot be read: {error}",
                row.get(NAME)
            ))
            .help("delete that part, and write what it says in the dictionary after the import")),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn both_lists_of_headings_name_the_same_columns() {
        let alike = |heading: &str| {
            heading.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect::<String>()
        };
        let found: BTreeMap<String, usize> =
            HEADINGS.iter().enumerate().map(|(at, heading)| (alike(heading), at)).collect();
        for (interface, heading) in
            [("sectionheader", SECTION), ("fieldtype", TYPE), ("fieldlabel", LABEL), ("fieldnote", NOTE)]
        {
            assert_eq!(found[interface], heading);
            assert_eq!(alike(INTERFACE[heading]), interface);
        }
    }
}
