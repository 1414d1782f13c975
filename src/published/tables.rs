//! The ledger as tables: one for each document, and one for contradictions between its figures.

use super::claim::Operator;
use super::judge::{Judged, Verdict};
use super::ledger::{Ledger, Unit};
use super::rules::{Fault, RULES};
use super::wording;
use crate::dictionary::{Language, Text};
use crate::table::{Amount, Cell, Column, Content, Format, Row, RowKind, Table, number, words};

/// A table for each document of the ledger, and one of the faults where there are any. Their numbers are P1, P2, …
pub fn tables(ledger: &Ledger, judged: &[Judged<'_>], faults: &[Fault]) -> Vec<Table> {
    let of_documents = ledger.documents.iter().enumerate().filter_map(|(document, written)| {
        let of_it: Vec<&Judged<'_>> = judged.iter().filter(|one| one.figure.document == document).collect();
        (!of_it.is_empty()).then(|| Table {
            id: format!("published_{}", written.id),
            number: String::new(),
            title: words::each(|language| {
                words::say(language, "published.title", &[("document", written.title.clone())])
            }),
            note: ledger.note.clone(),
            stub: vec![words::word("published.figure")],
            columns: ["published", "computed", "verdict", "remark"]
                .map(|key| Column::new(words::word(&format!("published.column_{key}"))))
                .to_vec(),
            withheld: Vec::new(),
            reservations: Vec::new(),
            rows: rows(ledger, &of_it),
            notes: notes(&of_it),
        })
    });
    let mut tables: Vec<Table> = of_documents.collect();
    if !faults.is_empty() {
        tables.push(of_faults(ledger, faults));
    }
    for (position, table) in tables.iter_mut().enumerate() {
        table.number = format!("P{}", position + 1);
    }
    tables
}

/// All figures in one table, below a heading for each document, each part of what is said of one in a column by itself: for
/// readers who sort and filter.
pub fn sheet(ledger: &Ledger, judged: &[Judged<'_>]) -> Table {
    let mut rows = Vec::new();
    for (document, written) in ledger.documents.iter().enumerate() {
        rows.push(Row::section(words::each(|_| written.title.clone())));
        for one in judged.iter().filter(|one| one.figure.document == document) {
            let population = ledger.populations.get(&one.figure.population).cloned().unwrap_or_default();
            let place = words::each(|language| wording::page(one.figure, language));
            let mut cells = vec![place.into(), population.into()];
            cells.extend(told(ledger, one));
            rows.push(Row::new(RowKind::Inner, vec![words::each(|_| one.figure.words.clone())], cells));
        }
    }
    let every: Vec<&Judged<'_>> = judged.iter().collect();
    Table {
        id: "published".to_owned(),
        number: "P".to_owned(),
        title: words::word("published.heading"),
        note: ledger.note.clone(),
        stub: vec![words::word("published.figure")],
        columns: ["page", "population", "published", "computed", "verdict", "remark"]
            .map(|key| Column::new(words::word(&format!("published.column_{key}"))))
            .to_vec(),
        withheld: Vec::new(),
        reservations: Vec::new(),
        rows,
        notes: notes(&every),
    }
}

/// The figures below a heading for each population, in the order in which the ledger comes to them.
fn rows(ledger: &Ledger, judged: &[&Judged<'_>]) -> Vec<Row> {
    let mut populations: Vec<&str> = Vec::new();
    for one in judged {
        if !populations.contains(&one.figure.population.as_str()) {
            populations.push(&one.figure.population);
        }
    }
    let mut rows = Vec::new();
    for population in populations {
        rows.push(Row::section(ledger.populations.get(population).cloned().unwrap_or_default()));
        for one in judged.iter().filter(|one| one.figure.population == population) {
            rows.push(row(ledger, one));
        }
    }
    rows
}

fn row(ledger: &Ledger, one: &Judged<'_>) -> Row {
    let head = words::each(|language| wording::quoted_at(one.figure, language));
    Row::new(RowKind::Inner, vec![head], told(ledger, one))
}

/// What was published, what is computed, the verdict, and what is to be said of it.
fn told(ledger: &Ledger, one: &Judged<'_>) -> Vec<Cell> {
    let figure = one.figure;
    let text = |make: &dyn Fn(Language) -> String| Cell::from(words::each(make));
    let remark = words::each(|language| {
        let parts = [wording::why(ledger, &one.verdict, language), figure.note.get(language).to_owned()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    });
    vec![
        text(&|language| wording::figure(figure, language)),
        computed(one),
        text(&|language| wording::verdict(&one.verdict, language)),
        if remark.is_empty() { Cell::EMPTY } else { remark.into() },
    ]
}

/// The computed number with a decimal more than the published one, so that the reader sees what was rounded.
fn computed(one: &Judged<'_>) -> Cell {
    let Some(Amount { value, of }) = one.computed.clone() else { return Cell::EMPTY };
    let decimals = wording::decimals(&one.figure.claim);
    let format = match one.figure.unit {
        Unit::Percent => Format::Percent(decimals + 1),
        Unit::Count if decimals == 0 && value.fract() == 0.0 => Format::Count,
        Unit::Count | Unit::Number => Format::Decimal(decimals + 1),
    };
    Cell { content: Content::Number { value, format }, of, notes: Vec::new() }
}

/// How many figures have which verdict, and what the words before them allow.
fn notes(judged: &[&Judged<'_>]) -> Vec<Text> {
    let count = |name: &str| judged.iter().filter(|one| one.verdict.as_str() == name).count();
    let counts = words::each(|language| {
        let with = ["reproduced", "compatible", "contradicted", "not_testable"]
            .map(|name| (name, number::counted(count(name), language)));
        words::say(language, "published.counts", &with)
    });
    let mut notes = vec![counts, words::word("published.rule_equal")];
    let words_used = |operator: Operator| judged.iter().any(|one| one.figure.claim.operator == operator);
    let tested = judged.iter().any(|one| !matches!(one.verdict, Verdict::NotTestable(_)));
    if tested && Operator::ALL.into_iter().any(|operator| operator != Operator::Equal && words_used(operator))
    {
        notes.push(words::word("published.rule_words"));
    }
    notes
}

fn of_faults(ledger: &Ledger, faults: &[Fault]) -> Table {
    let mut rows = Vec::new();
    for rule in RULES {
        let of_rule: Vec<&Fault> = faults.iter().filter(|fault| fault.rule == rule.id).collect();
        if of_rule.is_empty() {
            continue;
        }
        rows.push(Row::section(words::word(&format!("published_rule.{}", rule.id))));
        for fault in of_rule {
            let first = fault.figures.first().map(|place| &ledger.figures[*place]);
            let head = words::each(|language| {
                first.map_or_else(String::new, |figure| wording::quoted_at(figure, language))
            });
            rows.push(Row::new(RowKind::Inner, vec![head], vec![fault.said.clone().into()]));
        }
    }
    Table {
        id: "published_checks".to_owned(),
        number: String::new(),
        title: words::word("published.checks_title"),
        note: Text::default(),
        stub: vec![words::word("published.figure")],
        columns: vec![Column::new(words::word("published.column_fault"))],
        withheld: Vec::new(),
        reservations: Vec::new(),
        rows,
        notes: vec![words::word("published.checks_note")],
    }
}
