//! Layouts: which estimates stand where in a table.
//!
//! A new layout is a file with a [`Layout`] and a line in [`LAYOUTS`].

mod describe;
mod inference;
mod terms;
mod view;

pub(crate) use change::interval_heading;
pub use change::{Comparison, Scale};
pub(crate) use conventions::{Compared, OF_CHANGE, compared};
pub(crate) use coverage::Flow;
pub use coverage::HALVES;
pub(crate) use goals::levels_of;
pub(crate) use inference::{Inference, sources};
pub(crate) use regression::outcomes;
pub(crate) use regression_conventions::OF_MODEL;
pub(crate) use terms::{Line as TermLine, Terms, lines as term_lines};
pub(crate) use trajectory::{CourseOfEveryone, courses_of_everyone};
pub(crate) use view::conditions;
pub use view::{AnalysisView, At, condition};

use serde::{Serialize, Serializer};

use super::{Column, Labels, Row, Table, doubt, withheld, words};
use crate::dictionary::Text;
use crate::estimate::{Kind, Variable};
use crate::plan::CohortUnit;
use crate::registry::registry;

registry! {
    /// All layouts, by the names that pipelines use.
    LAYOUTS: Layout = LAYOUT in
        frequency,
        crosstab,
        items,
        multiple_response,
        overlap,
        numeric,
        trajectory,
        flow,
        bands,
        panel,
        listing,
        ranking,
        coverage,
        received,
        sufficient,
        unmet,
        change,
        transition,
        reliable,
        use_classes,
        regression,
        marginal_effects,
        conventions,
        regression_conventions,
        regression_spss,
        regression_spss_summary,
        followup,
        patterns,
        attrition,
        family,
        rated_change,
        agreement,
        goals,
}

/// A way to lay out the estimates of one or several analyses.
#[derive(Debug)]
pub struct Layout {
    /// The name in pipelines.
    pub name: &'static str,
    /// What it shows, in one sentence.
    pub about: &'static str,
    /// The kind of analysis that it shows.
    pub kind: Kind,
    /// The rows and columns; the rest of the table is the same for all layouts.
    pub build: fn(&Input<'_>) -> Result<Body, LayoutError>,
}

impl Serialize for Layout {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

/// A table of the report.
#[derive(Debug, Clone, Serialize)]
pub struct TableSpec {
    /// The key in the pipeline, and the file's name: `T4_23`.
    pub id: String,
    /// The number that readers know it by: `4.23`.
    pub number: String,
    pub title: Text,
    pub note: Text,
    pub layout: &'static Layout,
    /// Ids of analyses, in order.
    pub from: Vec<String>,
}

/// What a table is made of.
pub struct Input<'a> {
    pub spec: &'a TableSpec,
    /// In the order of `spec.from`.
    pub analyses: Vec<AnalysisView<'a>>,
    pub labels: &'a Labels,
}

/// What a layout decides.
#[derive(Debug, Default)]
pub struct Body {
    pub stub: Vec<Text>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub notes: Vec<Text>,
}

/// A layout and the analyses that it was given do not go together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    #[error("table {table}: the layout `{layout}` needs at least one analysis in `from`")]
    Nothing { table: String, layout: &'static str },
    #[error(
        "table {table}: the layout `{layout}` shows {needs} analyses, but `{analysis}` is a {found} analysis; choose another layout or another analysis"
    )]
    Kind { table: String, layout: &'static str, needs: &'static str, analysis: String, found: &'static str },
    #[error(
        "table {table}: the layout `{layout}` shows one analysis, but `from` names {found}; make a table of each"
    )]
    Several { table: String, layout: &'static str, found: usize },
    #[error("table {table}: the layout `{layout}` needs {needs}, which `{analysis}` does not have")]
    Content { table: String, layout: &'static str, needs: &'static str, analysis: String },
    #[error(
        "table {table}: the layout `{layout}` shows {shows}, and would leave out `{variable}` of `{analysis}`; layouts that fit `{variable}`: {fits}. Put it in an analysis and a table of its own"
    )]
    Variable {
        table: String,
        layout: &'static str,
        shows: &'static str,
        variable: String,
        analysis: String,
        /// Layouts that show such a variable, by their names.
        fits: &'static str,
    },
}

/// Builds the table of a specification.
///
/// # Errors
/// A [`LayoutError`] where its analyses are of another kind or lack what it shows.
pub fn build(input: &Input<'_>) -> Result<Table, LayoutError> {
    let (table, layout) = (|| input.spec.id.clone(), input.spec.layout);
    if input.analyses.is_empty() {
        return Err(LayoutError::Nothing { table: table(), layout: layout.name });
    }
    for analysis in &input.analyses {
        // The predictions of a model travel with it and are shown by no layout.
        let other = analysis.kinds().find(|&kind| kind != layout.kind && kind != Kind::Prediction);
        if let Some(found) = other {
            return Err(LayoutError::Kind {
                table: table(),
                layout: layout.name,
                needs: layout.kind.as_str(),
                analysis: analysis.id.to_owned(),
                found: found.as_str(),
            });
        }
    }
    let title = if input.spec.title.is_empty() { joined(&input.analyses) } else { input.spec.title.clone() };
    let mut body = (layout.build)(input)?;
    let withheld = withheld::take_out(&mut body.columns, &mut body.rows);
    let mut notes = body.notes;
    if input.analyses.iter().any(|analysis| analysis.unit == CohortUnit::Assessment) {
        notes.insert(0, words::word("note.assessments"));
    }
    // A listed unit has no spread and few answers: that is what a list is.
    let quiet: &[&str] = match layout.name {
        "listing" | "ranking" => &["too_few", "nobody"],
        _ => &[],
    };
    let shown = body.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.of);
    let (doubts, rest): (Vec<_>, Vec<_>) =
        conditions(&input.analyses, input.labels, quiet, shown).into_iter().partition(|told| told.is_doubt);
    notes.extend(rest.into_iter().map(|told| told.said));
    let (codes, reservations): (Vec<String>, Vec<Text>) =
        doubts.into_iter().map(|told| (told.code, told.said)).unzip();
    doubt::mark(&mut body.rows, input.analyses.iter().flat_map(|one| one.cleared.iter().copied()), &codes);
    Ok(Table {
        id: table(),
        number: input.spec.number.clone(),
        title,
        note: input.spec.note.clone(),
        stub: body.stub,
        columns: body.columns,
        withheld,
        rows: body.rows,
        notes,
        reservations,
    })
}

/// The analyses' labels, each once: the title of a table that its author gave none.
pub(crate) fn joined(analyses: &[AnalysisView<'_>]) -> Text {
    words::each(|language| {
        let mut labels: Vec<&str> = Vec::new();
        for analysis in analyses {
            let label = analysis.label.get(language);
            if !label.is_empty() && !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels.join("; ")
    })
}

impl Input<'_> {
    /// The error of a variable that the layout does not show: a table says what it is of, or it is not made.
    pub fn leaves_out(
        &self,
        layout: &Layout,
        analysis: &AnalysisView<'_>,
        variable: &Variable,
        shows: &'static str,
        fits: &'static str,
    ) -> LayoutError {
        LayoutError::Variable {
            table: self.spec.id.clone(),
            layout: layout.name,
            shows,
            variable: variable.to_string(),
            analysis: analysis.id.to_owned(),
            fits,
        }
    }

    /// The error of an analysis without what the layout shows.
    pub fn lacks(&self, layout: &Layout, analysis: &AnalysisView<'_>, needs: &'static str) -> LayoutError {
        LayoutError::Content {
            table: self.spec.id.clone(),
            layout: layout.name,
            needs,
            analysis: analysis.id.to_owned(),
        }
    }

    /// A heading of rows.
    pub fn heading(&self, key: &str) -> Text {
        words::word(key)
    }
}
