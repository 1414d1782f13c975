//! Kinds of figures: which cleared estimates are drawn, by which chart, and what they are called.
//!
//! A new kind is a file with a [`Kind`] and a line in [`KINDS`].

// Numbers are worked out by the stages; what is calculated here says why.
#![cfg_attr(not(test), deny(clippy::float_arithmetic))]

mod change;
mod describe;
mod terms;
mod waves;

use serde::{Serialize, Serializer};

use super::Figure;
use super::chart::Chart;
use crate::dictionary::Text;
use crate::estimate;
use crate::estimate::{EVERYONE, Group, Variable, Waves};
use crate::plan::CohortUnit;
use crate::registry::registry;
use crate::table::{AnalysisView, Labels, layout, words};

registry! {
    /// All kinds, by the names that pipelines use.
    KINDS: Kind = KIND in
        change_bars,
        paired_bars,
        flow,
        dots,
        trajectory,
        change_since,
        forest,
        marginal_effects,
        calibration,
        profile,
        shares,
        items,
        coverage,
        panel,
        followup,
}

/// The kind that draws who moved from which answer to which.
pub const FLOWS: &str = flow::KIND.name;

/// A way to draw the estimates of one or several analyses.
#[derive(Debug)]
pub struct Kind {
    /// The name in pipelines.
    pub name: &'static str,
    /// What it shows, in one sentence.
    pub about: &'static str,
    /// The kind of analysis that it shows.
    pub shows: estimate::Kind,
    pub build: fn(&Input<'_>) -> Result<Drawn, FigureError>,
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

/// A figure of the report.
#[derive(Debug, Clone, Serialize)]
pub struct FigureSpec {
    /// The key in the pipeline, and the file's name: `F4_8`.
    pub id: String,
    /// The number that readers know it by: `4.8`.
    pub number: String,
    pub title: Text,
    pub note: Text,
    pub kind: &'static Kind,
    /// Ids of analyses, in order.
    pub from: Vec<String>,
    /// Names without waves of the variables that are drawn; all of the analyses where there are none.
    pub variables: Vec<String>,
    /// Whether the analyses' groups are drawn beside everyone.
    pub groups: bool,
    /// The variable, without its wave, whose groups alone are drawn, in place of everyone.
    pub by: Option<String>,
    /// Codes of answers that are counted together; none where each is drawn by itself.
    pub answers: Vec<i64>,
}

/// What a figure is made of.
pub struct Input<'a> {
    pub spec: &'a FigureSpec,
    /// In the order of `spec.from`.
    pub analyses: Vec<AnalysisView<'a>>,
    pub labels: &'a Labels,
    /// States whose people have answers all the same: they are among the seen.
    pub seen_states: Vec<&'a str>,
}

/// What a kind decides.
pub struct Drawn {
    chart: Box<dyn Chart + Send + Sync>,
    notes: Vec<Text>,
}

impl Drawn {
    pub(crate) fn new(chart: impl Chart + Send + Sync + 'static, notes: Vec<Text>) -> Drawn {
        Drawn { chart: Box::new(chart), notes }
    }
}

/// A kind and the analyses that it was given do not go together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    #[error("figure {figure}: the kind `{kind}` needs at least one analysis in `from`")]
    Nothing { figure: String, kind: &'static str },
    #[error(
        "figure {figure}: the kind `{kind}` shows {needs} analyses, but `{analysis}` is a {found} analysis; choose another kind or another analysis"
    )]
    Kind { figure: String, kind: &'static str, needs: &'static str, analysis: String, found: &'static str },
    #[error("figure {figure}: the kind `{kind}` needs {needs}, which `{analysis}` does not have")]
    Content { figure: String, kind: &'static str, needs: &'static str, analysis: String },
    #[error(
        "figure {figure}: the kind `{kind}` shows {shows}, and `{variable}` of `{analysis}` is none; name those to be shown in `variables`, or give it a figure of its own"
    )]
    Variable { figure: String, kind: &'static str, shows: &'static str, variable: String, analysis: String },
    #[error(
        "figure {figure}: the kind `{kind}` counts no answers together; leave `answers` out, or choose the kind `shares`"
    )]
    Answers { figure: String, kind: &'static str },
    #[error(
        "figure {figure}: `{variable}` has no answer {answer}; name codes in `answers` that all its variables have"
    )]
    Answer { figure: String, answer: String, variable: String },
}

/// Builds the figure of a specification.
///
/// # Errors
/// A [`FigureError`] where its analyses are of another kind or lack what it shows.
pub fn build(input: &Input<'_>) -> Result<Figure, FigureError> {
    let (figure, kind) = (|| input.spec.id.clone(), input.spec.kind);
    if input.analyses.is_empty() {
        return Err(FigureError::Nothing { figure: figure(), kind: kind.name });
    }
    for analysis in &input.analyses {
        // The predictions of a model travel with it and are drawn by no kind.
        let other = analysis
            .cleared
            .iter()
            .map(|one| one.kind())
            .find(|&found| found != kind.shows && found != estimate::Kind::Prediction);
        if let Some(found) = other {
            return Err(FigureError::Kind {
                figure: figure(),
                kind: kind.name,
                needs: kind.shows.as_str(),
                analysis: analysis.id.to_owned(),
                found: found.as_str(),
            });
        }
    }
    if kind.name != shares::KIND.name && !input.spec.answers.is_empty() {
        return Err(FigureError::Answers { figure: figure(), kind: kind.name });
    }
    let drawn = (kind.build)(input)?;
    let mut notes = drawn.notes;
    if input.analyses.iter().any(|analysis| analysis.unit == CohortUnit::Assessment) {
        notes.insert(0, words::word("note.assessments"));
    }
    let shown = drawn.chart.cells();
    let shown = shown.into_iter().flat_map(|cell| &cell.of);
    let conditions = layout::conditions(&input.analyses, input.labels, &[], shown);
    notes.extend(conditions.into_iter().map(|told| told.said));
    let title = match input.spec.title.is_empty() {
        true => layout::joined(&input.analyses),
        false => input.spec.title.clone(),
    };
    Ok(Figure {
        id: figure(),
        number: input.spec.number.clone(),
        title,
        note: input.spec.note.clone(),
        notes,
        beside: None,
        chart: drawn.chart,
        drawn: Default::default(),
    })
}

impl<'a> Input<'a> {
    /// Whether the pipeline asks for a variable: all, where it names none.
    pub fn is_chosen(&self, variable: &str) -> bool {
        let chosen = &self.spec.variables;
        chosen.is_empty() || chosen.iter().any(|name| name == Waves::of(variable).name)
    }

    /// The variables of an analysis that are drawn.
    pub fn variables(&self, analysis: &AnalysisView<'a>) -> Vec<&'a Variable> {
        let named = analysis.variables().into_iter().filter(|variable| !variable.is_empty());
        named.filter(|variable| self.is_chosen(variable)).collect()
    }

    /// The groups that are drawn: everyone, and the groups where the pipeline asks for them; those of one variable alone where
    /// it names one.
    pub fn groups(&self, analysis: &AnalysisView<'a>) -> Vec<&'a Group> {
        let Some(by) = &self.spec.by else {
            return if self.spec.groups { analysis.groups() } else { vec![EVERYONE] };
        };
        let of = |group: &&Group| match group.variables()[..] {
            [variable] => Waves::of(variable).name == by,
            _ => false,
        };
        analysis.groups().into_iter().filter(of).collect()
    }

    /// The error of an analysis without what the kind shows.
    pub fn lacks(&self, kind: &Kind, analysis: &AnalysisView<'_>, needs: &'static str) -> FigureError {
        FigureError::Content {
            figure: self.spec.id.clone(),
            kind: kind.name,
            needs,
            analysis: analysis.id.to_owned(),
        }
    }

    /// The error of a variable that the kind cannot draw.
    pub fn cannot_show(
        &self,
        kind: &Kind,
        analysis: &AnalysisView<'_>,
        variable: &Variable,
        shows: &'static str,
    ) -> FigureError {
        FigureError::Variable {
            figure: self.spec.id.clone(),
            kind: kind.name,
            shows,
            variable: variable.to_string(),
            analysis: analysis.id.to_owned(),
        }
    }

    /// The two waves that a comparison is of: `mental_health@w1>w2`.
    pub fn both_waves(&self, variable: &Variable) -> Option<[Text; 2]> {
        Some([self.labels.wave(variable.wave()?), self.labels.wave(variable.to()?)])
    }

    /// Persons, or assessments where those are counted.
    pub fn counted(&self) -> Text {
        let assessments = self.analyses.iter().any(|analysis| analysis.unit == CohortUnit::Assessment);
        words::word(if assessments { "figure.assessments" } else { "column.pairs" })
    }
}

/// Words that tell of an interval: `odds ratio (95% CI)`.
fn interval_words(key: &'static str, level: Option<f64>) -> Text {
    let interval = layout::interval_heading(level);
    words::each(|language| words::say(language, key, &[("interval", interval.get(language).to_owned())]))
}
