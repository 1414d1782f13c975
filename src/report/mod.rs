//! The report: one self-contained HTML page a language that a reader can trust, print and quote.
//!
//! It is made of cleared estimates and of tables, which are made of them. The page loads nothing from anywhere and has no
//! date in it: the same estimates give the same bytes. Its script only searches; without it everything is there.
//!
//! A page is a list of [`Section`]s, each made by a file of its own from a template under `page/`. A new one is a file, a
//! template, a title among the words and a line in [`html`].

// Numbers are worked out by the stages; what is calculated here says why.
#![cfg_attr(not(test), deny(clippy::float_arithmetic))]

mod account;
mod association;
mod brief;
mod changes;
mod contrast;
mod definition;
mod entry;
mod figures;
mod finding;
mod origin;
mod place;
mod published;
mod reading;
pub mod shell;
mod size;

use std::collections::BTreeMap;

use minijinja::{Environment, Value, context};

pub use association::{Association, Clear, associations};
pub use contrast::{Contrast, Contrasts, contrasts};
pub use definition::SHOWN;
pub use entry::Entry;
pub use finding::{Finding, Verdict, findings};
pub use origin::{Origin, Teller, Told};
pub use place::{Place, places_csv};
pub use reading::{Drawn, Ranked, RankedBy};
pub use size::Size;

use crate::dictionary::{Language, Text};
use crate::disclosure::Audit;
use crate::figure::Figure;
use crate::plan::Design;
use crate::table::{AnalysisView, Labels, Remark, Table, number, words};

/// The page around the sections, and the template of each section by its id.
const TEMPLATES: [(&str, &str); 14] = [
    ("report", include_str!("page/report.html")),
    ("summary", include_str!("page/summary.html")),
    ("changes", include_str!("page/changes.html")),
    ("associations", include_str!("page/associations.html")),
    ("reading", include_str!("page/reading.html")),
    ("tables", include_str!("page/tables.html")),
    ("drawings", include_str!("page/drawings.html")),
    ("figures", include_str!("page/figures.html")),
    ("published", include_str!("page/published.html")),
    ("conditions", include_str!("page/conditions.html")),
    ("suppressed", include_str!("page/suppressed.html")),
    ("methods", include_str!("page/methods.html")),
    ("glossary", include_str!("page/glossary.html")),
    ("cite", include_str!("page/cite.html")),
];

/// What a report is made of.
pub struct Report<'a> {
    pub title: Text,
    /// A sentence that stands at the top of the page, such as that the people are made up; may be empty.
    pub notice: Text,
    /// Paragraphs on what was asked and of whom, the first, and on what must not be concluded, the others.
    pub about: Vec<Text>,
    /// The ids of the analyses that the first page opens with.
    pub primary: Vec<String>,
    /// What a difference between groups may be read as.
    pub design: Design,
    /// The languages that the release has this report in, its own among them.
    pub languages: Vec<Language>,
    /// A short name for exactly these numbers, quoted with them; may be empty.
    pub edition: String,
    /// All analyses of the release, in the pipeline's order: follow-up, summary, methods and reservations come from them.
    pub analyses: Vec<AnalysisView<'a>>,
    /// The tables, in the pipeline's order.
    pub tables: Vec<Entry>,
    /// What was published beside what is computed, and what does not fit in what was published; may be empty.
    pub published: Vec<Table>,
    pub figures: &'a [&'a Figure],
    /// What was found in the files and touches numbers, with the ids of the analyses that each concerns.
    pub remarks: Vec<(Remark, Vec<String>)>,
    pub labels: &'a Labels,
    pub audit: &'a Audit,
    /// Table → the ranges of what its sentences rank ([`ranked`]).
    pub rankings: BTreeMap<String, AnalysisView<'a>>,
}

/// Whether the sentences of a layout's tables rank.
pub fn ranks(layout: &str) -> bool {
    reading::ranks(layout)
}

/// All that the sentences of a table rank: what its ranges are worked out of. `layout` is the table's, `analyses` those that it
/// shows.
pub fn ranked<'a>(layout: &'a str, analyses: Vec<&'a AnalysisView<'a>>, labels: &'a Labels) -> Vec<Ranked> {
    let input = reading::Input { layout, analyses, labels, findings: &[], associations: &[], ranking: None };
    reading::ranked(&input)
}

/// The report could not be written; a fault of the template, which is part of the program.
#[derive(Debug, thiserror::Error)]
#[error("the report's template cannot be filled in: {0}")]
pub struct ReportError(#[from] minijinja::Error);

/// A part of the page under a heading, with its place in the contents.
struct Section {
    id: &'static str,
    title: String,
    /// Parts of it that the contents name: id and title.
    parts: Vec<(String, String)>,
    /// What stands below the heading, escaped.
    html: String,
}

/// The page of one language, with what its sections tell in common.
struct Page<'a> {
    report: &'a Report<'a>,
    language: Language,
    environment: Environment<'static>,
    findings: Vec<Finding>,
    contrasts: Contrasts,
    associations: Vec<Association>,
}

impl<'a> Page<'a> {
    fn new(report: &'a Report<'a>, language: Language) -> Result<Page<'a>, ReportError> {
        let mut environment = shell::environment(language)?;
        for (name, template) in TEMPLATES {
            environment.add_template(name, template)?;
        }
        Ok(Page {
            report,
            language,
            environment,
            findings: findings(&report.analyses, report.labels),
            contrasts: contrasts(&report.analyses, report.labels),
            associations: associations(&report.analyses, report.labels),
        })
    }

    fn say(&self, key: &str, with: &[(&str, String)]) -> String {
        words::say(self.language, key, with)
    }

    /// A section by the template of its name; its title is `report.<id>` among the words.
    fn section(&self, id: &'static str, context: Value) -> Result<Section, ReportError> {
        let html = self.environment.get_template(id)?.render(context)?;
        let title = self.say(&format!("report.{id}"), &[]);
        Ok(Section { id, title, parts: Vec::new(), html })
    }
}

/// The report as HTML in one language.
///
/// # Errors
/// A [`ReportError`] where the template cannot be filled in, which tests rule out for the shipped one.
pub fn html(report: &Report<'_>, language: Language) -> Result<String, ReportError> {
    with_places(report, language).map(|(html, _)| html)
}

/// The report as HTML in one language, and where in it each estimate is shown, which is the same in every language.
///
/// # Errors
/// As [`html`].
pub fn with_places(report: &Report<'_>, language: Language) -> Result<(String, Vec<Place>), ReportError> {
    let page = Page::new(report, language)?;
    let sections = [
        brief::section(&page)?,
        account::reading(&page)?,
        changes::section(&page)?,
        association::section(&page)?,
        entry::section(&page)?,
        figures::section(&page)?,
        published::section(&page)?,
        account::conditions(&page)?,
        account::suppressed(&page)?,
        account::methods(&page)?,
        account::glossary(&page)?,
        account::cite(&page)?,
    ];
    let sections: Vec<Section> = sections.into_iter().flatten().collect();
    let places = place::places(report, &sections);
    let section = |section: Section| {
        let parts: Vec<Value> =
            section.parts.iter().map(|(id, title)| context! { id => id, title => title }).collect();
        let count = page.say("report.parts", &[("n", number::counted(parts.len(), language))]);
        context! { id => section.id, title => section.title, count, parts, html => Value::from_safe_string(section.html) }
    };
    let text = |text: &Text| text.get(language).to_owned();
    let html = page.environment.get_template("report")?.render(context! {
        title => text(&report.title),
        notice => text(&report.notice),
        sections => sections.into_iter().map(section).collect::<Vec<_>>(),
        search => page.say("search.label", &[]),
        version => page.say("report.version", &[("version", env!("CARGO_PKG_VERSION").to_owned())]),
        ..shell::around("report", language, &report.languages, "")
    })?;
    Ok((html, places))
}
