//! The made-up evaluation's labels.

use std::collections::BTreeMap;

use utfall::dictionary::{Better, Code, Item, ItemType, Text};
use utfall::plan::Wave;
use utfall::table::Labels;

use super::text;

fn item(
    name: &str,
    label: Text,
    kind: ItemType,
    codes: &[(i64, Text)],
    better: Option<Better>,
) -> (String, Item) {
    let codes =
        codes.iter().map(|(code, label)| Code { code: *code, label: label.clone(), written: Vec::new() });
    let item = Item { codes: codes.collect(), better, ..Item::bare(name, name, label, kind) };
    (name.to_owned(), item)
}

pub fn labels() -> Labels {
    let severity = [
        (1, text("Ikke noe problem", "Ikkje noko problem", "No problem")),
        (2, text("Noe problem", "Noko problem", "Some problem")),
        (3, text("Alvorlig", "Alvorleg", "Serious")),
        (4, text("Svært alvorlig", "Svært alvorleg", "Very serious")),
    ];
    let yes = [(0, text("Nei", "Nei", "No")), (1, text("Ja", "Ja", "Yes"))];
    let sex = [(1, text("Mann", "Mann", "Man")), (2, text("Kvinne", "Kvinne", "Woman"))];
    let lower = Some(Better::Lower);
    let items = [
        item(
            "mental_health",
            text("Psykisk helse", "Psykisk helse", "Mental health"),
            ItemType::Ordinal,
            &severity,
            lower,
        ),
        item(
            "somatic_health",
            text("Fysisk helse", "Fysisk helse", "Physical health"),
            ItemType::Ordinal,
            &severity,
            lower,
        ),
        item(
            "dental_health",
            text("Tannhelse", "Tannhelse", "Dental health"),
            ItemType::Ordinal,
            &severity,
            lower,
        ),
        item("nutrition", text("Ernæring", "Ernæring", "Nutrition"), ItemType::Ordinal, &severity, lower),
        item(
            "housing",
            text("Bolig <og> hjem", "Bustad <og> heim", "Housing <and> home"),
            ItemType::Ordinal,
            &severity,
            lower,
        ),
        item(
            "plan",
            text("Individuell plan", "Individuell plan", "Individual plan"),
            ItemType::Binary,
            &yes,
            Some(Better::Higher),
        ),
        item(
            "group",
            text("Ansvarsgruppe", "Ansvarsgruppe", "Responsibility group"),
            ItemType::Binary,
            &yes,
            Some(Better::Higher),
        ),
        item("drop_in", text("Værested", "Værestad", "Drop-in centre"), ItemType::Binary, &yes, None),
        item("sex", text("Kjønn", "Kjønn", "Sex"), ItemType::Nominal, &sex, None),
        item("age", text("Alder", "Alder", "Age"), ItemType::Integer, &[], None),
    ];
    let wave = |id: &str, month: f64, label| Wave {
        id: id.into(),
        label,
        month,
        number: month as i64,
        window: None,
    };
    Labels {
        items: items.into_iter().collect(),
        waves: vec![
            wave("w1", 0.0, text("Vår 2007", "Vår 2007", "Spring 2007")),
            wave("w2", 6.0, text("Høst 2007", "Haust 2007", "Autumn 2007")),
        ],
        states: BTreeMap::from([
            ("prison".to_owned(), text("Fengsel", "Fengsel", "Prison")),
            ("dead".to_owned(), text("Død", "Død", "Dead")),
        ]),
    }
}
