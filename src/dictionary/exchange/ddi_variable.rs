//! A variable of a DDI Codebook → an item.

use std::collections::BTreeSet;

use super::ddi_read::Words;
use super::kept::in_language;
use super::{Loss, Reading, name, reason};
use crate::dictionary::{Code, Item, ItemType, MissingCode};

/// A variable as the codebook has it.
#[derive(Debug, Default)]
pub(super) struct Variable {
    pub name: String,
    /// Ids of the data files that it stands in.
    pub files: String,
    pub label: Words,
    pub question: Words,
    pub categories: Vec<Category>,
    /// Values and ranges that stand for missing answers.
    pub missing: Vec<String>,
    pub missing_ranges: Vec<(f64, f64)>,
    pub range: Option<(Option<f64>, Option<f64>)>,
    pub continuous: bool,
    /// nominal, ordinal, interval, ratio …
    pub nature: String,
    /// text, numeric, code, datetime …
    pub representation: String,
    pub decimals: Option<u32>,
    pub unit: String,
    /// Whether its values are texts.
    pub text: bool,
    /// `date`, `time`
    pub category: String,
}

#[derive(Debug, Default)]
pub(super) struct Category {
    pub value: String,
    pub label: Words,
    pub missing: bool,
}

/// A whole number, also with a fraction of zeros.
fn whole(text: &str) -> Option<i64> {
    let number: f64 = text.trim().parse().ok()?;
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
}

/// The item that a variable is.
pub(super) fn item(variable: &Variable, reading: &Reading, losses: &mut Vec<Loss>) -> Item {
    let language = reading.language;
    let mut lose = |what: &str| losses.push(Loss::new(&variable.name, what));
    let label =
        [variable.label.get(language.tag()), variable.question.get(language.tag()), variable.name.as_str()];
    let label = label.into_iter().find(|label| !label.is_empty()).unwrap_or("?");
    let bare = Item::bare(
        name::item(&variable.name),
        variable.name.as_str(),
        in_language(language, label),
        ItemType::Decimal,
    );
    let mut item = bare;
    let is_missing = |category: &Category| {
        let number = category.value.parse::<f64>().ok();
        let within = number.is_some_and(|number| {
            variable.missing_ranges.iter().any(|(least, greatest)| (*least..=*greatest).contains(&number))
        });
        let listed = variable.missing.iter().any(|value| {
            *value == category.value || whole(value).is_some() && whole(value) == whole(&category.value)
        });
        category.missing || within || listed
    };
    let (absent, answers): (Vec<&Category>, Vec<&Category>) = variable
        .categories
        .iter()
        .filter(|category| !category.value.is_empty())
        .partition(|category| is_missing(category));
    let numbers = answers.iter().all(|category| whole(&category.value).is_some());
    let mut taken = BTreeSet::new();
    let number = matches!(variable.nature.as_str(), "interval" | "ratio") || variable.continuous;
    // A number with some values labelled is a number still.
    if !answers.is_empty() && (!number || !numbers) {
        if !numbers {
            lose(
                "has codes that are no whole numbers: they are numbered from 1, and files are read as they write them",
            );
        }
        for (place, category) in (1..).zip(&answers) {
            let code = whole(&category.value).filter(|_| numbers).unwrap_or(place);
            let label = category.label.get(language.tag());
            let label = in_language(language, if label.is_empty() { &category.value } else { label });
            if taken.insert(code) {
                let written = if numbers { Vec::new() } else { vec![category.value.clone()] };
                item.codes.push(Code { code, label, written });
            }
        }
        item.kind = match (item.codes.len(), variable.nature.as_str()) {
            (2, _) => ItemType::Binary,
            (_, "ordinal") => ItemType::Ordinal,
            _ => ItemType::Nominal,
        };
        match (item.kind, variable.nature.as_str()) {
            (ItemType::Binary, _) => lose("is taken to be binary, the second code the event"),
            (ItemType::Nominal, nature) if nature != "nominal" => {
                lose("is taken to be nominal: write type = \"ordinal\" where the answers have an order");
            }
            _ => {}
        }
    } else {
        if !answers.is_empty() {
            lose("the labels of some of its numbers");
        }
        item.kind = match (variable.representation.as_str(), variable.category.as_str()) {
            ("datetime", _) | (_, "date") => ItemType::Date,
            ("text", _) => ItemType::Text,
            _ if variable.text => ItemType::Text,
            _ if variable.decimals == Some(0) || !variable.continuous && variable.decimals.is_none() => {
                ItemType::Integer
            }
            _ => ItemType::Decimal,
        };
    }
    missing(&mut item, variable, &absent, taken, reading, losses);
    if let (ItemType::Integer | ItemType::Decimal, Some((least, greatest))) = (item.kind, variable.range) {
        let range = [least.unwrap_or(f64::NEG_INFINITY), greatest.unwrap_or(f64::INFINITY)];
        item.range = (range[0] <= range[1] && range.iter().any(|end| end.is_finite())).then_some(range);
    }
    if !variable.unit.is_empty() && matches!(item.kind, ItemType::Integer | ItemType::Decimal) {
        item.unit = in_language(language, &variable.unit);
    }
    item
}

fn missing(
    item: &mut Item,
    variable: &Variable,
    absent: &[&Category],
    mut taken: BTreeSet<i64>,
    reading: &Reading,
    losses: &mut Vec<Loss>,
) {
    let language = reading.language;
    let labelled =
        absent.iter().map(|category| (category.value.as_str(), category.label.get(language.tag())));
    let mut all: Vec<(String, String)> =
        labelled.map(|(value, label)| (value.to_owned(), label.to_owned())).collect();
    let listed = variable.missing.iter().filter(|value| !value.trim().is_empty());
    for value in listed {
        if !all
            .iter()
            .any(|(known, _)| known == value || whole(known).is_some() && whole(known) == whole(value))
        {
            all.push((value.clone(), String::new()));
        }
    }
    for (least, greatest) in &variable.missing_ranges {
        if greatest - least <= 20.0 {
            for code in (least.ceil() as i64)..=(greatest.floor() as i64) {
                if !all.iter().any(|(known, _)| whole(known) == Some(code)) {
                    all.push((code.to_string(), String::new()));
                }
            }
        } else {
            losses.push(Loss::new(
                &variable.name,
                "a range of missing answers: only what has a label is taken over",
            ));
        }
    }
    taken.extend(all.iter().filter_map(|(value, _)| whole(value)));
    for (value, label) in all {
        let (code, written) = match whole(&value) {
            Some(code) => (code, Vec::new()),
            None => {
                let free = (1..)
                    .map(|number: i64| -number)
                    .find(|number| !taken.contains(number))
                    .unwrap_or(i64::MIN);
                (free, vec![value.clone()])
            }
        };
        taken.insert(code);
        let (why, guess) = reason(&label);
        let said = reading.reason(item, code, &written);
        if guess && said.is_none() {
            losses.push(Loss::new(
                &variable.name,
                format!("why `{value}` is missing: it is taken for unknown"),
            ));
        }
        let label = in_language(language, if label.is_empty() { &value } else { &label });
        if item.code(code).is_none() && !item.missing.iter().any(|known| known.code == code) {
            item.missing.push(MissingCode { code, reason: said.unwrap_or(why), label, written });
        }
    }
}
