//! What was published beside what is computed.

use minijinja::{Value, context};

use super::{Page, ReportError, Section};
use crate::table::render;

/// The ledger's tables; no section where there is no ledger.
pub(super) fn section(page: &Page<'_>) -> Result<Option<Section>, ReportError> {
    let tables = &page.report.published;
    if tables.is_empty() {
        return Ok(None);
    }
    let published: Vec<Value> = tables
        .iter()
        // The renderer has escaped every text in it.
        .map(|table| context! { html => Value::from_safe_string(render::html(table, page.language)) })
        .collect();
    let mut section = page.section("published", context! { published })?;
    section.title = page.say("published.heading", &[]);
    Ok(Some(section))
}
