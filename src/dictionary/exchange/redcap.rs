//! Dictionaries → REDCap's data dictionary: a CSV file with 18 columns, a row for each field, a form for each instrument.
//!
//! Source of the columns and their contents: REDCap's own help on its data dictionary, as universities publish it («Creating a REDCap data
//! dictionary»). There is no column for missing codes. For coded items they become choices. For numbers they are settings of a REDCap project
//! (Missing Data Codes), and are reported as losses. All of them are also written in the field annotation, which is free text, after [`MARK`].

use std::collections::BTreeSet;

use super::{Kept, Loss, common_losses, name};
use crate::dictionary::{FormUnit, Instrument, Item, ItemType, Language, Text};

/// The headings of REDCap's data dictionary, in order.
pub const HEADINGS: [&str; 18] = [
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
];

/// What comes before the JSON in a field annotation.
pub const MARK: &str = "utfall: ";

/// From so many answers on a list is folded.
const FOLDED: usize = 9;

/// One row, by column.
#[derive(Default)]
struct Row<'a> {
    field: String,
    form: &'a str,
    section: String,
    kind: &'static str,
    label: String,
    choices: String,
    note: String,
    validation: &'static str,
    least: String,
    greatest: String,
    required: bool,
    annotation: String,
}

impl Row<'_> {
    fn fields(&self) -> [&str; 18] {
        let required = if self.required { "y" } else { "" };
        let before =
            [&self.field, self.form, &self.section, self.kind, &self.label, &self.choices, &self.note];
        let [a, b, c, d, e, f, g] = before;
        let (least, greatest) = (&self.least, &self.greatest);
        let annotation = &self.annotation;
        [a, b, c, d, e, f, g, self.validation, least, greatest, "", "", required, "", "", "", "", annotation]
    }
}

/// The data dictionary of the instruments, with the labels of one language, and what it cannot say.
///
/// # Errors
/// Where the rows cannot be written, which in memory they always can.
pub fn csv(instruments: &[&Instrument], language: Language) -> Result<(String, Vec<Loss>), csv::Error> {
    let mut losses = Vec::new();
    let mut names = BTreeSet::from(["record_id".to_owned()]);
    let mut forms = BTreeSet::new();
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(HEADINGS)?;
    for (place, instrument) in instruments.iter().enumerate() {
        let form = name::unique(name::redcap(&instrument.id), &mut forms);
        if place == 0 {
            // The first field of a project is the record's id.
            let label = match language {
                Language::Nb | Language::Nn => "Løpenummer",
                Language::En => "Record ID",
            };
            let id = Row {
                field: "record_id".to_owned(),
                form: &form,
                kind: "text",
                label: label.to_owned(),
                ..Row::default()
            };
            writer.write_record(id.fields())?;
        }
        if !instrument.source.is_empty() {
            losses.push(Loss::new(&instrument.id, "the source of the instrument"));
        }
        if instrument.unit == FormUnit::Service {
            losses.push(Loss::new(&instrument.id, "that its forms are about services"));
        }
        losses.push(Loss::new(&instrument.id, "the title of the form, which REDCap makes of its name"));
        let mut section = &Text::default();
        for item in &instrument.items {
            let field = name::unique(name::redcap(&item.name), &mut names);
            if field != item.name {
                losses.push(Loss::new(
                    &item.name,
                    "is named as REDCap allows, its name kept in the annotation",
                ));
            }
            if item.column != item.name {
                losses.push(Loss::new(
                    &item.name,
                    "the column's name in files: REDCap's files have its field name",
                ));
            }
            let begins = item.section != *section;
            section = &item.section;
            let mut row = row(item, &form, field, language, &mut losses);
            if begins {
                row.section = plain(item.section.get(language));
            }
            writer.write_record(row.fields())?;
            losses.extend(common_losses(item, language));
        }
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    // Of texts only texts are made.
    Ok((String::from_utf8_lossy(&bytes).into_owned(), losses))
}

fn row<'a>(item: &Item, form: &'a str, field: String, language: Language, losses: &mut Vec<Loss>) -> Row<'a> {
    let (kind, choices) = asked(item, language, losses);
    let validation = match item.kind {
        ItemType::Integer => "integer",
        ItemType::Decimal => "number",
        ItemType::Date => "date_dmy",
        ItemType::Nominal | ItemType::Ordinal | ItemType::Binary | ItemType::Text => "",
    };
    if !item.is_coded() && !item.missing.is_empty() {
        let codes: Vec<String> = item
            .missing
            .iter()
            .map(|missing| format!("{}, {}", missing.code, missing.label.get(language)))
            .collect();
        let what = format!(
            "missing codes of what is typed in are a setting of the REDCap project (Missing Data Codes: {})",
            codes.join(" | ")
        );
        losses.push(Loss::new(&item.name, what));
    }
    let end =
        |end: Option<f64>| end.filter(|end| end.is_finite()).map(|end| end.to_string()).unwrap_or_default();
    let kept = Kept::of(item, &field, language);
    Row {
        field,
        form,
        section: String::new(),
        kind,
        label: plain(item.label.get(language)),
        choices,
        note: plain(item.unit.get(language)),
        validation,
        least: end(item.range.map(|[least, _]| least)),
        greatest: end(item.range.map(|[_, greatest]| greatest)),
        required: item.required,
        // These are texts, numbers and lists, which serialise without fail.
        annotation: format!("{MARK}{}", serde_json::to_string(&kept).unwrap_or_default()),
    }
}

/// The field's type and its choices.
fn asked(item: &Item, language: Language, losses: &mut Vec<Loss>) -> (&'static str, String) {
    if !item.is_coded() {
        return ("text", String::new());
    }
    if item.missing.is_empty() && is_yes_no(item, language) {
        return ("yesno", String::new());
    }
    let answers = item.codes.iter().map(|code| (code.code, &code.label));
    let missing = item.missing.iter().map(|missing| (missing.code, &missing.label));
    let mut choices = Vec::new();
    for (code, label) in answers.chain(missing) {
        let label = label.get(language);
        if label.contains('|') {
            losses.push(Loss::new(
                &item.name,
                "a `|` in a label, which REDCap parts choices by, is written `/`",
            ));
        }
        choices.push(format!("{code}, {}", plain(label).replace('|', "/")));
    }
    (if choices.len() < FOLDED { "radio" } else { "dropdown" }, choices.join(" | "))
}

/// The labels of REDCap's own yes and no, the second of them the event.
pub(super) fn yes_no(language: Language) -> [(i64, &'static str); 2] {
    match language {
        Language::Nb | Language::Nn => [(0, "Nei"), (1, "Ja")],
        Language::En => [(0, "No"), (1, "Yes")],
    }
}

fn is_yes_no(item: &Item, language: Language) -> bool {
    let codes = item.codes.iter().map(|code| (code.code, code.label.get(language)));
    item.kind == ItemType::Binary && codes.eq(yes_no(language))
}

/// A text on one line.
fn plain(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}
