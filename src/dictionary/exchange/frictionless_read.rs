//! Frictionless Table Schema, or a Data Package with schemas → dictionaries. Each schema becomes an instrument.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::frictionless::OWN;
use super::kept::in_language;
use super::{Imported, Kept, Loss, Reading, name};
use crate::dictionary::{Code, FormUnit, Instrument, Item, ItemType, MissingCode, Reason, Text};
use crate::written::{Mistake, Source};

/// Properties of a field that are read; any other is a loss.
const READ: [&str; 9] = [
    "name",
    "title",
    "type",
    "format",
    "constraints",
    "categories",
    "categoriesOrdered",
    "missingValues",
    OWN,
];

/// What this program wrote of the whole instrument.
#[derive(Debug, Deserialize)]
struct OwnInstrument {
    id: String,
    title: String,
    unit: FormUnit,
    #[serde(default)]
    source: String,
}

pub(super) fn read(source: &Source, reading: &Reading) -> Result<Imported, Mistake> {
    let value: Value = serde_json::from_str(&source.text).map_err(|error| {
        // serde_json tells the line and column, from 1.
        let before = source.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len);
        let at = before.sum::<usize>();
        source
            .mistake(at..at, format!("this is not JSON: {error}"))
            .help("expected a Table Schema, a resource or a Data Package")
    })?;
    let mut reader = Reader { source, reading, losses: Vec::new() };
    let stem = source.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = stem.split('.').next().unwrap_or_default().to_owned();
    let mut instruments = Vec::new();
    if value.get("fields").is_some() {
        instruments.push(reader.instrument(&stem, None, &value)?);
    }
    // A resource by itself: what stands in a data package's list.
    let alone = value.get("schema").map(|_| &value);
    for resource in value.get("resources").and_then(Value::as_array).into_iter().flatten().chain(alone) {
        let name = text_of(resource, "name").unwrap_or(&stem);
        match resource.get("schema").filter(|schema| schema.is_object()) {
            Some(schema) => instruments.push(reader.instrument(name, text_of(resource, "title"), schema)?),
            None => reader.lose(
                name,
                "the resource: its schema does not stand in the file; import the file that it names",
            ),
        }
    }
    if instruments.is_empty() {
        return Err(Mistake::of_file(
            &source.path,
            "found neither `fields` nor `resources` with a schema, nor a resource's own `schema`",
        )
        .help("expected a Frictionless Table Schema, or a resource or Data Package with its schema in it"));
    }
    Ok(Imported { instruments, losses: reader.losses })
}

struct Reader<'r> {
    source: &'r Source,
    reading: &'r Reading,
    losses: Vec<Loss>,
}

impl Reader<'_> {
    fn lose(&mut self, field: &str, what: impl Into<String>) {
        self.losses.push(Loss::new(field, what));
    }

    fn instrument(
        &mut self,
        called: &str,
        title: Option<&str>,
        schema: &Value,
    ) -> Result<Instrument, Mistake> {
        let own: Option<OwnInstrument> = schema.get(OWN).and_then(|own| OwnInstrument::deserialize(own).ok());
        for key in ["primaryKey", "foreignKeys", "uniqueKeys"] {
            if schema.get(key).is_some() {
                self.lose("", format!("`{key}`: who a row is about is the pipeline's `respondent`"));
            }
        }
        let common = schema.get("missingValues");
        let mut section = Text::default();
        let mut names = BTreeSet::new();
        let mut items = Vec::new();
        for field in schema.get("fields").and_then(Value::as_array).into_iter().flatten() {
            let own = field.get(OWN);
            let begins = own.and_then(|own| own.get("section")).and_then(Value::as_str);
            section = match (begins, own) {
                (Some(begins), _) => in_language(self.reading.language, begins),
                // Our own say that there is none.
                (None, Some(_)) => Text::default(),
                (None, None) => section,
            };
            let item = self.item(field, common)?;
            let name = name::unique(item.name.clone(), &mut names);
            items.push(Item { name, section: section.clone(), ..item });
        }
        let (id, title, unit, source) = match own {
            Some(own) => (own.id, own.title, own.unit, own.source),
            None => {
                (called.to_owned(), title.unwrap_or(called).to_owned(), FormUnit::Respondent, String::new())
            }
        };
        let title = in_language(self.reading.language, &title);
        Ok(Instrument { id: name::item(&id), title, unit, source, items, sets: Vec::new() })
    }

    fn mistake(&self, message: String) -> Mistake {
        // A field stands where its name does.
        let name = message.split('`').nth(1).map(|name| format!("\"{name}\"")).unwrap_or_default();
        match self.source.text.find(&name).filter(|_| !name.is_empty()) {
            Some(at) => self.source.mistake(at..at + name.len(), message),
            None => Mistake::of_file(&self.source.path, message),
        }
    }

    fn item(&mut self, field: &Value, common: Option<&Value>) -> Result<Item, Mistake> {
        let language = self.reading.language;
        let Some(column) = text_of(field, "name").map(str::to_owned) else {
            return Err(Mistake::of_file(&self.source.path, "a field has no `name`")
                .help("the standard requires one"));
        };
        let kept = self.kept(field, &column)?;
        for key in field.as_object().into_iter().flat_map(Map::keys) {
            if !READ.contains(&key.as_str()) {
                self.lose(&column, format!("`{key}`"));
            }
        }
        let called = kept.as_ref().and_then(|kept| kept.name.as_deref()).unwrap_or(&column);
        let constraints = field.get("constraints").and_then(Value::as_object);
        let label = in_language(language, text_of(field, "title").unwrap_or(&column));
        let required = constraints.and_then(|found| found.get("required")).and_then(Value::as_bool);
        let mut item = Item {
            required: required.unwrap_or(false),
            ..Item::bare(name::item(called), column.clone(), label, ItemType::Text)
        };
        self.answers(field, &mut item, kept.is_some());
        self.constraints(constraints, &mut item);
        self.missing(field.get("missingValues").or(common), &mut item, kept.as_ref());
        if let Some(kept) = kept {
            kept.give(&mut item, language);
        }
        Ok(item)
    }

    fn kept(&self, field: &Value, column: &str) -> Result<Option<Kept>, Mistake> {
        let Some(own) = field.get(OWN) else { return Ok(None) };
        let mut own = own.clone();
        own.as_object_mut().map(|own| own.remove("section"));
        Kept::deserialize(&own).map(Some).map_err(|error| {
            self.mistake(format!("`{column}`: the part `{OWN}` of it cannot be read: {error}"))
                .help("delete that part, and write what it says in the dictionary after the import")
        })
    }

    /// The type and the codes.
    fn answers(&mut self, field: &Value, item: &mut Item, known: bool) {
        let column = item.column.clone();
        let ordered = field.get("categoriesOrdered").and_then(Value::as_bool);
        let listed = field.get("categories").or_else(|| field.get("constraints")?.get("enum"));
        let kind = text_of(field, "type").unwrap_or("any");
        let format = text_of(field, "format").filter(|format| *format != "default");
        if let (Some(listed), "integer" | "string" | "number" | "any") =
            (listed.and_then(Value::as_array), kind)
        {
            self.listed(listed, item, ordered, known);
            return;
        }
        item.kind = match kind {
            "integer" | "year" => ItemType::Integer,
            "number" => ItemType::Decimal,
            "date" => ItemType::Date,
            "boolean" => {
                self.truths(field, item);
                ItemType::Binary
            }
            "string" | "any" => ItemType::Text,
            other => {
                self.lose(&column, format!("the type `{other}`; it is taken in as text"));
                ItemType::Text
            }
        };
        match (item.kind, format) {
            (ItemType::Date, Some(format)) => {
                self.lose(
                    &column,
                    format!("the form of dates: write date = \"{format}\" in the pipeline's `format`"),
                );
            }
            (_, Some(format)) => self.lose(&column, format!("the format `{format}`")),
            _ => {}
        }
    }

    fn truths(&mut self, field: &Value, item: &mut Item) {
        let words = super::redcap::yes_no(self.reading.language);
        let keys = [
            ("falseValues", ["false", "False", "FALSE", "0"]),
            ("trueValues", ["true", "True", "TRUE", "1"]),
        ];
        for ((code, label), (key, defaults)) in words.into_iter().zip(keys) {
            let spelled = field.get(key).and_then(Value::as_array);
            let written: Vec<String> = match spelled {
                Some(values) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
                None => defaults.map(str::to_owned).into(),
            };
            // The code itself is read anyway, and capitals are not told apart.
            let mut written: Vec<String> = written
                .into_iter()
                .map(|text| text.to_lowercase())
                .filter(|text| *text != code.to_string())
                .collect();
            written.dedup();
            item.codes.push(Code { code, label: in_language(self.reading.language, label), written });
        }
    }

    /// A closed list of answers. Texts are numbered from 1, and files are read as they write them.
    fn listed(&mut self, listed: &[Value], item: &mut Item, ordered: Option<bool>, known: bool) {
        let parts: Vec<(&Value, Option<&str>)> = listed
            .iter()
            .map(|entry| match entry.get("value") {
                Some(value) => (value, text_of(entry, "label")),
                None => (entry, None),
            })
            .collect();
        let whole = |value: &Value| value.as_i64().or_else(|| value.as_str()?.parse().ok());
        let numbers = parts.iter().all(|(value, _)| whole(value).is_some());
        if !numbers {
            self.lose(&item.column, "has codes that are no whole numbers: they are numbered from 1, and files are read as they write them");
        }
        for (place, (value, label)) in (1..).zip(parts) {
            let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            item.codes.push(Code {
                code: whole(value).filter(|_| numbers).unwrap_or(place),
                label: in_language(self.reading.language, label.unwrap_or(&shown)),
                written: if numbers { Vec::new() } else { vec![shown] },
            });
        }
        item.kind = match (item.codes.len(), ordered) {
            (2, _) => ItemType::Binary,
            (_, Some(true)) => ItemType::Ordinal,
            _ => ItemType::Nominal,
        };
        if !known && item.kind == ItemType::Binary {
            self.lose(&item.column, "is taken to be binary, the second code the event");
        }
        if !known && item.kind == ItemType::Nominal && ordered.is_none() {
            self.lose(
                &item.column,
                "is taken to be nominal: write type = \"ordinal\" where the answers have an order",
            );
        }
    }

    fn constraints(&mut self, constraints: Option<&Map<String, Value>>, item: &mut Item) {
        let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.parse().ok());
        let mut range = [f64::NEG_INFINITY, f64::INFINITY];
        for (key, value) in constraints.into_iter().flatten() {
            let is_number = matches!(item.kind, ItemType::Integer | ItemType::Decimal);
            match (key.as_str(), number(value)) {
                ("required" | "enum", _) => {}
                ("minimum", Some(least)) if is_number => range[0] = least,
                ("maximum", Some(greatest)) if is_number => range[1] = greatest,
                _ => self.lose(&item.column, format!("the constraint `{key}`")),
            }
        }
        if range.iter().any(|end| end.is_finite()) {
            item.range = Some(range);
        }
    }

    /// Codes of missing answers. What is no whole number is numbered below zero, and files are read as they write it.
    fn missing(&mut self, values: Option<&Value>, item: &mut Item, kept: Option<&Kept>) {
        let mut below = -1;
        for entry in values.and_then(Value::as_array).into_iter().flatten() {
            let (value, label) = match entry.as_str() {
                Some(value) => (value, None),
                None => (text_of(entry, "value").unwrap_or_default(), text_of(entry, "label")),
            };
            if value.is_empty() {
                if let Some(label) = label {
                    self.lose(
                        &item.column,
                        format!("an empty field is called “{label}” there, which is not carried over; write the reason as the item's `blank`"),
                    );
                }
                continue;
            }
            let whole = value.parse::<i64>().ok();
            let code = whole.unwrap_or_else(|| {
                while item.code(below).is_some() || item.missing.iter().any(|missing| missing.code == below) {
                    below -= 1;
                }
                below
            });
            let known = kept.and_then(|kept| kept.missing.iter().find(|missing| missing.code == code));
            let spelled = if whole.is_some() { Vec::new() } else { vec![value.to_owned()] };
            let reason = match (known, self.reading.reason(item, code, &spelled)) {
                (Some(known), _) => known.reason,
                (None, Some(reason)) => reason,
                (None, None) => {
                    self.lose(&item.column, format!("why `{value}` is missing: it is taken for unknown"));
                    Reason::Unknown
                }
            };
            let label = in_language(
                self.reading.language,
                label.or(known.map(|known| known.label.as_str())).unwrap_or(value),
            );
            let written = spelled;
            item.codes.retain(|listed| listed.code != code);
            item.missing.push(MissingCode { code, reason, label, written });
        }
    }
}

fn text_of<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}
