//! Figures on the page: the drawing itself, with number, title and notes in the page's own type.

use minijinja::{Value, context};

use super::{Page, ReportError, Section};
use crate::dictionary::Language;
use crate::figure::Figure;

/// All figures, each named in the contents; no section where there are none.
pub(super) fn section(page: &Page<'_>) -> Result<Option<Section>, ReportError> {
    let figures = page.report.figures;
    if figures.is_empty() {
        return Ok(None);
    }
    let drawn: Vec<Value> = figures.iter().map(|figure| entry(figure, page.language)).collect();
    let mut section = page.section("figures", context! { figures => drawn })?;
    let part = |figure: &Figure| {
        let title = format!("{}. {}", figure.name().get(page.language), figure.title.get(page.language));
        (format!("figure-{}", figure.id), title)
    };
    section.parts = figures.iter().map(part).collect();
    Ok(Some(section))
}

/// What the template needs of a figure.
fn entry(figure: &Figure, language: Language) -> Value {
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
