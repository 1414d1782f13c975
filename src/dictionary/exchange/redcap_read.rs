//! REDCap's data dictionary → dictionaries: a form an instrument.

use std::collections::BTreeSet;
use std::ops::Range;

use super::kept::in_language;
use super::redcap::{HEADINGS, MARK, yes_no};
use super::{Imported, Kept, Loss, Reading, name};
use crate::dictionary::{Code, FormUnit, Instrument, Item, ItemType, MissingCode, Reason, Text};
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

const NAME: usize = 0;
const FORM: usize = 1;
const SECTION: usize = 2;
const TYPE: usize = 3;
const LABEL: usize = 4;
const CHOICES: usize = 5;
const NOTE: usize = 6;
const VALIDATION: usize = 7;
const LEAST: usize = 8;
const GREATEST: usize = 9;
const REQUIRED: usize = 12;
const ANNOTATION: usize = 17;

/// Columns without a place in a dictionary, and what they are.
const WITHOUT_PLACE: [(usize, &str); 3] = [
    (10, "that it identifies persons"),
    (11, "the condition under which it is shown"),
    (15, "the matrix that it stands in"),
];

struct Row<'s> {
    source: &'s Source,
    /// Its bytes in the file.
    span: Range<usize>,
    record: csv::StringRecord,
    places: &'s [Option<usize>],
}

impl Row<'_> {
    fn get(&self, column: usize) -> &str {
        self.places[column].and_then(|place| self.record.get(place)).unwrap_or_default().trim()
    }

    fn mistake(&self, message: String) -> Mistake {
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

struct Forms<'r> {
    reading: &'r Reading,
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

    fn lose(&mut self, field: &str, what: impl Into<String>) {
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
            },
            section: Text::default(),
            names: BTreeSet::new(),
        });
        self.forms.len() - 1
    }

    /// The items of a field: one; of a checkbox one for each choice; none of what holds no answer.
    fn items(&mut self, row: &Row<'_>, kept: Option<Kept>) -> Result<Vec<Item>, Mistake> {
        let (field, language) = (row.get(NAME), self.reading.language);
        let bare = |kind| Item {
            name: name::item(kept.as_ref().and_then(|kept| kept.name.as_deref()).unwrap_or(field)),
            column: field.to_owned(),
            label: in_language(language, if row.get(LABEL).is_empty() { field } else { row.get(LABEL) }),
            section: Text::default(),
            kind,
            codes: Vec::new(),
            missing: Vec::new(),
            better: None,
            range: None,
            required: row.get(REQUIRED).eq_ignore_ascii_case("y"),
            constant: false,
            blank: Reason::Blank,
            reliability: None,
            use_thresholds: None,
            unit: Text::default(),
        };
        let mut item = match row.get(TYPE) {
            "yesno" | "truefalse" => Item { codes: self.two(row.get(TYPE)), ..bare(ItemType::Binary) },
            "radio" | "dropdown" => {
                let bare = bare(ItemType::Nominal);
                let codes = self.choices(row)?;
                self.listed(bare, codes, kept.is_some())
            }
            "checkbox" => return self.ticked(row, bare(ItemType::Binary)),
            "text" | "notes" => self.typed(row, bare(ItemType::Text))?,
            "calc" => {
                self.lose(field, "the formula by which REDCap computes it");
                bare(ItemType::Decimal)
            }
            "slider" => {
                self.lose(field, "the labels of the slider");
                Item { range: Some([0.0, 100.0]), ..bare(ItemType::Integer) }
            }
            "sql" => {
                self.lose(field, "the answers that REDCap looks up; it is taken in as text");
                bare(ItemType::Text)
            }
            "descriptive" | "file" | "signature" => {
                self.lose(
                    field,
                    format!("the whole field: a `{}` holds no answer to evaluate", row.get(TYPE)),
                );
                return Ok(Vec::new());
            }
            other => {
                let known = [
                    "text",
                    "notes",
                    "radio",
                    "dropdown",
                    "checkbox",
                    "yesno",
                    "truefalse",
                    "calc",
                    "slider",
                ];
                return Err(row
                    .mistake(format!("`{field}` has the unknown field type `{other}`"))
                    .suggest(other, known));
            }
        };
        self.missing(&mut item);
        match kept {
            Some(kept) => kept.give(&mut item, language),
            None if !row.get(NOTE).is_empty() => match item.kind {
                ItemType::Integer | ItemType::Decimal => item.unit = in_language(language, row.get(NOTE)),
                _ => self.lose(field, "the field note"),
            },
            None => {}
        }
        if item.column != item.name {
            self.lose(&item.name, "reads the column that REDCap names as its field");
        }
        Ok(vec![item])
    }

    fn two(&self, kind: &str) -> Vec<Code> {
        let words = match kind {
            "truefalse" => [(0, "False"), (1, "True")],
            _ => yes_no(self.reading.language),
        };
        words.map(|(code, label)| code_of(code, in_language(self.reading.language, label), None)).into()
    }

    /// The choices of a field: code, label, and how the file writes the code where it is no whole number.
    fn choices(&mut self, row: &Row<'_>) -> Result<Vec<Code>, Mistake> {
        let field = row.get(NAME);
        let mut codes: Vec<Code> = Vec::new();
        let parts = row.get(CHOICES).split('|').map(str::trim).filter(|part| !part.is_empty());
        let parts: Vec<(&str, &str)> =
            parts.map(|part| part.split_once(',').unwrap_or((part, part))).collect();
        if parts.is_empty() {
            return Err(row
                .mistake(format!("`{field}` has no choices"))
                .help("write them as `1, Yes | 2, No` in the column of choices"));
        }
        let numbers = parts.iter().all(|(code, _)| code.trim().parse::<i64>().is_ok());
        if !numbers {
            self.lose(field, "has codes that are no whole numbers: they are numbered from 1, and files are read as they write them");
        }
        for (place, (code, label)) in (1..).zip(parts) {
            let (code, label) = (code.trim(), in_language(self.reading.language, label.trim()));
            let spelled = (!numbers).then(|| code.to_owned());
            codes.push(code_of(code.parse().ok().filter(|_| numbers).unwrap_or(place), label, spelled));
        }
        Ok(codes)
    }

    /// A coded item of a list of choices. Whether answers have an order REDCap does not say.
    fn listed(&mut self, bare: Item, codes: Vec<Code>, known: bool) -> Item {
        let is_missing = |code: &Code| self.reading.missing.get(&code.code).copied();
        let missing: Vec<MissingCode> = codes
            .iter()
            .filter_map(|code| {
                let (label, written) = (code.label.clone(), code.written.clone());
                is_missing(code).map(|reason| MissingCode { code: code.code, reason, label, written })
            })
            .collect();
        let mut codes: Vec<Code> = codes.into_iter().filter(|code| is_missing(code).is_none()).collect();
        let kind = if codes.len() == 2 { ItemType::Binary } else { ItemType::Nominal };
        // Yes before no, as REDCap's own forms have it: the event comes second.
        if !known && kind == ItemType::Binary && codes[0].code == 1 && codes[1].code == 0 {
            codes.swap(0, 1);
        }
        if !known {
            let field = bare.column.clone();
            match kind {
                ItemType::Binary => self.lose(&field, "is taken to be binary, the second code the event"),
                _ => self.lose(
                    &field,
                    "is taken to be nominal: write type = \"ordinal\" where the answers have an order",
                ),
            }
        }
        Item { kind, codes, missing, ..bare }
    }

    /// A checkbox: REDCap's files have a column of 0 and 1 for each choice.
    fn ticked(&mut self, row: &Row<'_>, bare: Item) -> Result<Vec<Item>, Mistake> {
        let language = self.reading.language;
        self.lose(row.get(NAME), "is several items, one for each choice of the checkbox");
        let parts = row.get(CHOICES).split('|').map(str::trim).filter(|part| !part.is_empty());
        let parts = parts.map(|part| part.split_once(',').unwrap_or((part, part)));
        let items = parts.map(|(code, label)| {
            // A minus of a code is an underscore in the column's name.
            let code = code.trim().to_lowercase().replace('-', "_");
            let label = format!("{}: {}", bare.label.get(language), label.trim());
            Item {
                name: name::item(&format!("{}_{code}", bare.name)),
                column: format!("{}___{code}", bare.column),
                label: in_language(language, &label),
                codes: self.two("yesno"),
                ..bare.clone()
            }
        });
        Ok(items.collect())
    }

    /// What is typed in: a number, a date or a text, by its validation.
    fn typed(&mut self, row: &Row<'_>, bare: Item) -> Result<Item, Mistake> {
        let field = row.get(NAME);
        let validation = row.get(VALIDATION);
        let kind = match validation {
            "integer" => ItemType::Integer,
            number if number.starts_with("number") => ItemType::Decimal,
            "date_dmy" | "date_mdy" | "date_ymd" => ItemType::Date,
            "" => ItemType::Text,
            other => {
                self.lose(field, format!("the validation `{other}`; it is taken in as text"));
                ItemType::Text
            }
        };
        let mut item = Item { kind, ..bare };
        let ends = [row.get(LEAST), row.get(GREATEST)];
        if ends.iter().all(|end| end.is_empty()) {
            return Ok(item);
        }
        if !matches!(kind, ItemType::Integer | ItemType::Decimal) {
            self.lose(field, "the least and greatest value of what is no number");
            return Ok(item);
        }
        let mut range = [f64::NEG_INFINITY, f64::INFINITY];
        for (end, text) in range.iter_mut().zip(ends) {
            match text.replace(',', ".").parse() {
                Ok(number) => *end = number,
                Err(_) if text.is_empty() => {}
                Err(_) => self.lose(field, "a limit that is no number, such as another field or today"),
            }
        }
        if range.iter().any(|end| end.is_finite()) {
            item.range = Some(range);
        }
        Ok(item)
    }

    /// The codes that were said to stand for a missing answer, where the field does not list them itself.
    fn missing(&self, item: &mut Item) {
        for (code, reason) in &self.reading.missing {
            let listed = item.missing.iter().any(|missing| missing.code == *code);
            if !listed && item.code(*code).is_none() {
                let label = in_language(self.reading.language, reason.name());
                item.missing.push(MissingCode { code: *code, reason: *reason, label, written: Vec::new() });
            }
        }
    }
}

fn code_of(code: i64, label: Text, written: Option<String>) -> Code {
    Code { code, label, written: written.into_iter().collect() }
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
                "what stands after `{MARK}` in the annotation of `{}` is not as it was written: {error}",
                row.get(NAME)
            ))
            .help("remove it, and say in the dictionary what it said")),
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
