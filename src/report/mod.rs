//! The report: one self-contained HTML page that a reader can trust, print and quote.
//!
//! It is made of cleared estimates and of tables and figures, which are made of them. The page loads nothing from anywhere and has no
//! date in it: the same estimates give the same bytes.

mod account;
mod figures;
mod summary;

use minijinja::{AutoEscape, Environment, Value, context};

pub use summary::{Finding, Verdict, findings};

use crate::dictionary::{Language, Text};
use crate::disclosure::Audit;
use crate::figure::Figure;
use crate::table::{AnalysisView, Labels, Table, render, words};

/// The template, part of the program.
const TEMPLATE: &str = include_str!("report.html");

/// What a report is made of.
pub struct Report<'a> {
    pub title: Text,
    /// A sentence that stands at the top of the page, such as that the people are made up; may be empty.
    pub notice: Text,
    /// Paragraphs on what was asked, of whom, and what must not be concluded.
    pub about: Vec<Text>,
    /// All analyses of the release, in the pipeline's order: follow-up, summary, methods and reservations come from them.
    pub analyses: Vec<AnalysisView<'a>>,
    pub tables: Vec<Table>,
    /// What was published beside what is computed, and what does not fit in what was published; may be empty.
    pub published: Vec<Table>,
    pub figures: Vec<Figure>,
    pub labels: &'a Labels,
    pub audit: &'a Audit,
}

/// The report could not be written; a fault of the template, which is part of the program.
#[derive(Debug, thiserror::Error)]
#[error("the report's template cannot be filled in: {0}")]
pub struct ReportError(#[from] minijinja::Error);

/// The report as HTML in one language.
///
/// # Errors
/// A [`ReportError`] where the template cannot be filled in, which tests rule out for the shipped one.
pub fn html(report: &Report<'_>, language: Language) -> Result<String, ReportError> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // `say("report.contents")`: the words of this page's language.
    environment.add_function("say", move |key: &str| words::say(language, key, &[]));
    environment.add_template("report", TEMPLATE)?;
    let text = |text: &Text| text.get(language).to_owned();
    let version = env!("CARGO_PKG_VERSION");
    let with = |key: &str| {
        words::say(language, key, &[("version", version.to_owned()), ("title", text(&report.title))])
    };
    let entry = |table: &Table| {
        context! {
            id => table.id.as_str(),
            name => table.name().get(language),
            title => table.title.get(language),
            // The renderer has escaped every text in it.
            html => Value::from_safe_string(render::html(table, language)),
        }
    };
    let tables: Vec<Value> = report.tables.iter().map(entry).collect();
    let published: Vec<Value> = report.published.iter().map(entry).collect();
    let figures: Vec<Value> = report.figures.iter().map(|figure| figures::entry(figure, language)).collect();
    let page = environment.get_template("report")?.render(context! {
        language => language.tag(),
        title => text(&report.title),
        notice => text(&report.notice),
        about => report.about.iter().map(&text).collect::<Vec<_>>(),
        groups => summary::groups(report, language),
        followup => summary::followup(report, language),
        tables,
        published,
        figures,
        methods => account::methods(report, language),
        suppressed => account::suppressed(report, language),
        conditions => account::conditions(report, language),
        cite => with("cite.text"),
        version => with("report.version"),
    })?;
    Ok(page)
}
