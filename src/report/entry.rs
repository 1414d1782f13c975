//! A table in the report: its title, the sentence that says how to read it, what it rests on, where to get it, and how its numbers
//! were made.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use super::association::Association;
use super::finding::Finding;
use super::{Origin, Page, ReportError, Section, definition, figures, reading};
use crate::dictionary::Language;
use crate::estimate::Statistic;
use crate::table::{AnalysisView, Table, number, render, words};

/// A table with where it comes from.
#[derive(Debug, Clone)]
pub struct Entry {
    pub table: Table,
    /// The layout's name.
    pub layout: String,
    /// The analyses that it shows, by id.
    pub from: Vec<String>,
    /// How the numbers of those analyses were made.
    pub origins: Vec<Origin>,
}

impl Entry {
    fn reading<'a>(&'a self, page: &'a Page<'_>) -> reading::Input<'a> {
        let (findings, associations): (&[Finding], &[Association]) = (&page.findings, &page.associations);
        let analyses =
            self.from.iter().filter_map(|id| page.report.analyses.iter().find(|one| one.id == *id));
        let analyses: Vec<&AnalysisView<'_>> = analyses.collect();
        reading::Input {
            layout: &self.layout,
            analyses,
            labels: page.report.labels,
            findings,
            associations,
            ranking: page.report.rankings.get(&self.table.id),
        }
    }
}

pub(super) fn section(page: &Page<'_>) -> Result<Option<Section>, ReportError> {
    if page.report.tables.is_empty() {
        return Ok(None);
    }
    let language = page.language;
    let title = |table: &Table| {
        let (name, title) = (table.name(), table.title.get(language));
        format!("{}. {title}", name.get(language))
    };
    let drawn = |table: &Table| {
        page.report
            .figures
            .iter()
            .filter(|figure| figure.beside.as_ref() == Some(&table.id))
            .collect::<Vec<_>>()
    };
    // Lines that several tables rest on stand below the first of them.
    let mut first: BTreeMap<&str, (String, String)> = BTreeMap::new();
    for entry in &page.report.tables {
        for origin in &entry.origins {
            let here = || (anchor(&entry.table.id), entry.table.name().get(language).to_owned());
            first.entry(&origin.analysis).or_insert_with(here);
        }
    }
    let entries: Vec<Value> = page
        .report
        .tables
        .iter()
        .map(|entry| {
            let table = &entry.table;
            let input = entry.reading(page);
            let statistics = definition::shown(&entry.layout, &input.analyses);
            context! {
                id => anchor(&table.id),
                name => table.name().get(language),
                wide => letters(table, language) > UPRIGHT,
                title => table.title.get(language),
                reading => reading::reading(&input, language),
                basis => reading::basis(&input, language),
                hidden => table.withholds(),
                csv => format!("tables/{}.{language}.csv", table.id),
                markdown => format!("tables/{}.{language}.md", table.id),
                // The renderer has escaped every text in it.
                html => Value::from_safe_string(render::html(table, language)),
                figures => drawn(table).into_iter().map(|figure| figures::entry(figure, language)).collect::<Vec<_>>(),
                origins => entry
                    .origins
                    .iter()
                    .map(|origin| {
                        let before = first.get(origin.analysis.as_str()).filter(|(id, _)| *id != anchor(&table.id));
                        told(origin, before, language)
                    })
                    .collect::<Vec<_>>(),
                definitions => statistics.into_iter().map(|statistic| define(statistic, language)).collect::<Vec<_>>(),
            }
        })
        .collect();
    let mut section = page.section("tables", context! { entries })?;
    for Entry { table, .. } in &page.report.tables {
        section.parts.push((anchor(&table.id), title(table)));
        for figure in drawn(table) {
            section.parts.push(figures::part(figure, language));
        }
    }
    section.title = self::title(page);
    Ok(Some(section))
}

/// The title of the section: of tables, and of the figures that stand at them.
pub(super) fn title(page: &Page<'_>) -> String {
    let drawn = |entry: &Entry| {
        page.report.figures.iter().any(|figure| figure.beside.as_ref() == Some(&entry.table.id))
    };
    let key =
        if page.report.tables.iter().any(drawn) { "report.tables_and_figures" } else { "report.tables" };
    page.say(key, &[])
}

/// Letters that a row has room for on a page of A4 that stands upright, in the print style.
const UPRIGHT: usize = 108;

/// How many letters the columns of a table take beside each other: as many as its longest cell, or a word of its heading, and two
/// between columns. Names go over several lines beyond thirty letters.
fn letters(table: &Table, language: Language) -> usize {
    const BETWEEN: usize = 2;
    const NAME: usize = 30;
    let columns = [table.name_extents(language), table.cell_extents(language, number::cell)].concat();
    columns.iter().map(|column| column.longest.min(NAME).max(column.heading_piece) + BETWEEN).sum()
}

/// The id of a table's place on the page; the table itself has its own.
fn anchor(table: &str) -> String {
    format!("t-{table}")
}

/// How the numbers of an analysis were made; its lines of code are those `before`, a place on the page with its name, where they
/// stand there already.
fn told(origin: &Origin, before: Option<&(String, String)>, language: Language) -> Value {
    let derived = origin.derived.iter().map(|(name, sql)| context! { name => name, sql => sql });
    context! {
        analysis => &origin.analysis,
        label => origin.label.get(language),
        population => origin.population.get(language),
        only => &origin.only,
        question => origin.question.get(language),
        derived => derived.collect::<Vec<_>>(),
        before => before.map(|(id, name)| context! { id => id, name => name }),
        python => code(&origin.python),
        r => code(&origin.r),
    }
}

/// Code in an element: quotes and slashes need no escape there, and there are very many of them.
fn code(lines: &str) -> Value {
    Value::from_safe_string(lines.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}

/// A statistic in plain words of the page's language where there are any, and as the program defines it, in English.
pub(super) fn define(statistic: &Statistic, language: Language) -> Value {
    context! {
        name => statistic.name,
        plain => words::find(language, &format!("definition.{}", statistic.name)),
        // Names of other statistics stand between backticks there.
        about => statistic.about.replace('`', ""),
        source => statistic.source,
        // On paper only what tables show is listed.
        beyond => !definition::SHOWN.iter().any(|(_, shown)| shown.contains(&statistic)),
    }
}
