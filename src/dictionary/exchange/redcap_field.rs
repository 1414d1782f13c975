//! A field of REDCap → the items that it is.

use super::kept::in_language;
use super::redcap::yes_no;
use super::redcap_read::{
    CHOICES, Forms, GREATEST, LABEL, LEAST, NAME, NOTE, REQUIRED, Row, TYPE, VALIDATION,
};
use super::{Kept, name};
use crate::dictionary::{Code, Item, ItemType, MissingCode, Text};
use crate::written::Mistake;

impl Forms<'_> {
    /// The items of a field: one; of a checkbox one for each choice; none of what holds no answer.
    pub(super) fn items(&mut self, row: &Row<'_>, kept: Option<Kept>) -> Result<Vec<Item>, Mistake> {
        let (field, language) = (row.get(NAME), self.reading.language);
        let name = name::item(kept.as_ref().and_then(|kept| kept.name.as_deref()).unwrap_or(field));
        let label = in_language(language, if row.get(LABEL).is_empty() { field } else { row.get(LABEL) });
        let bare = |kind| Item {
            required: row.get(REQUIRED).eq_ignore_ascii_case("y"),
            ..Item::bare(name.as_str(), field, label.clone(), kind)
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
        let is_missing = |code: &Code| self.reading.reason(&bare, code.code, &code.written);
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
}

fn code_of(code: i64, label: Text, written: Option<String>) -> Code {
    Code { code, label, written: written.into_iter().collect() }
}
