//! Figures on the page: the drawing itself, with number, title and notes in the page's own type.

use minijinja::{Value, context};

use super::{Page, ReportError, Section};
use crate::dictionary::Language;
use crate::figure::Figure;

/// The figures that stand at no table, each named in the contents; no section where there are none.
pub(super) fn section(page: &Page<'_>) -> Result<Option<Section>, ReportError> {
    let tables = &page.report.tables;
    let alone =
        |figure: &&Figure| !tables.iter().any(|entry| Some(&entry.table.id) == figure.beside.as_ref());
    let figures: Vec<&Figure> = page.report.figures.iter().copied().filter(alone).collect();
    if figures.is_empty() {
        return Ok(None);
    }
    let drawn: Vec<Value> = figures.iter().map(|figure| entry(figure, page.language)).collect();
    let mut section = page.section("figures", context! { figures => drawn })?;
    section.parts = figures.into_iter().map(|figure| part(figure, page.language)).collect();
    Ok(Some(section))
}

/// A figure in the contents: its id and title.
pub(super) fn part(figure: &Figure, language: Language) -> (String, String) {
    let title = format!("{}. {}", figure.name().get(language), figure.title.get(language));
    (format!("figure-{}", figure.id), title)
}

/// What the template needs of a figure.
pub(super) fn entry(figure: &Figure, language: Language) -> Value {
    context! {
        id => format!("figure-{}", figure.id),
        name => figure.name().get(language),
        title => figure.title.get(language),
        // The drawing has escaped every text in it.
        svg => Value::from_safe_string(figure.inline(language)),
        below => figure.below(language),
        files => ["svg", "png"].map(|extension| context! {
            name => extension.to_uppercase(),
            path => format!("figures/{}.{language}.{extension}", figure.id),
        }),
    }
}
