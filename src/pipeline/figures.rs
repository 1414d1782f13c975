//! Figures as written, and resolved.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::resolve::of_kind;
use crate::dictionary::Text;
use crate::figure::{self, FigureSpec};
use crate::names::Names;
use crate::question::{Analysis, figures};
use crate::written::Mistake;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureWritten {
    /// The number that readers know it by; the figure's position if left out.
    pub number: Option<String>,
    pub title: Option<Text>,
    pub note: Option<Text>,
    /// `change_bars`, `paired_bars`, `flow`, `dots`, `trajectory`, `change_since`, `forest`, `marginal_effects`, `calibration`, `profile`, `shares`, `items`, `coverage`, `panel` or `followup`.
    #[schemars(with = "String")]
    pub kind: Spanned<String>,
    /// Analyses: `change.mental_health`, `followup.mapped`.
    #[schemars(with = "Vec<String>")]
    pub from: Vec<Spanned<String>>,
    /// Items, derived variables or a model's terms, without waves; all of the analyses if left out.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub variables: Vec<Spanned<String>>,
    /// Also draws the groups of the analyses.
    #[serde(default)]
    pub groups: bool,
    /// Draws the groups of this variable alone, in place of everyone: one that the analyses have in `by`, without its wave.
    #[schemars(with = "Option<String>")]
    pub by: Option<Spanned<String>>,
    /// For the kind `shares`: codes of answers that are counted together, such as `[3, 4]`.
    #[serde(default)]
    pub answers: Vec<i64>,
}

impl Names<'_> {
    /// Resolves a figure, held against the kinds that there are and the analyses of the pipeline.
    pub(super) fn figure(
        &self,
        position: usize,
        id: &str,
        written: &FigureWritten,
        analyses: &[Analysis],
    ) -> Result<FigureSpec, Mistake> {
        let kind = &written.kind;
        let kinds: Vec<&'static figure::Kind> = figures().collect();
        let known = kinds.iter().map(|known| known.name);
        let found = kinds[self.known("kind of figure", kind.get_ref(), kind.span(), known)?];
        let shows = found.shows.as_str();
        let ids: Vec<&str> = analyses.iter().map(|analysis| analysis.id.as_str()).collect();
        if written.from.is_empty() {
            let of_kind: Vec<&str> = of_kind(&ids, shows).collect();
            return Err(self
                .source
                .mistake(kind.span(), format!("the figure `{id}` is made from no analysis"))
                .help(format!("name one in `from`; {shows} of this pipeline: {}", of_kind.join(", "))));
        }
        for analysis in &written.from {
            self.known("analysis", analysis.get_ref(), analysis.span(), ids.iter().copied())?;
            let of = analysis.get_ref().split_once('.').map_or("", |(of, _)| of);
            if of != shows {
                let others = kinds.iter().filter(|other| other.shows.as_str() == of).map(|other| other.name);
                let others: Vec<&str> = others.collect();
                let problem = format!(
                    "the kind `{}` shows {shows} analyses, and `{}` is of another: {of}",
                    kind.get_ref(),
                    analysis.get_ref()
                );
                return Err(self.source.mistake(analysis.span(), problem).help(match others.is_empty() {
                    true => format!("no figure shows {of} analyses; a table does"),
                    false => format!("kinds of figures of {of} analyses: {}", others.join(", ")),
                }));
            }
        }
        let from: Vec<String> = written.from.iter().map(|analysis| analysis.get_ref().clone()).collect();
        let named: Vec<&Analysis> = analyses.iter().filter(|analysis| from.contains(&analysis.id)).collect();
        let names: Vec<&str> = named.iter().flat_map(|analysis| analysis.question.drawn()).collect();
        for variable in &written.variables {
            let what = "variable of the figure’s analyses";
            self.known(what, variable.get_ref(), variable.span(), names.iter().copied())?;
        }
        if let Some(by) = &written.by {
            let of_all = |name: &&str| named.iter().all(|analysis| grouped(analysis).contains(name));
            let known: Vec<&str> = named.first().map(|first| grouped(first)).unwrap_or_default();
            let known = known.into_iter().filter(of_all);
            self.known("variable in `by` of the figure’s analyses", by.get_ref(), by.span(), known)?;
            if written.groups {
                let problem = format!("the figure `{id}` draws all groups, and those of one variable alone");
                return Err(self
                    .source
                    .mistake(by.span(), problem)
                    .help("leave out `groups`, which also draws everyone, or `by`"));
            }
        }
        Ok(FigureSpec {
            id: id.to_owned(),
            number: written.number.clone().unwrap_or_else(|| (position + 1).to_string()),
            title: written.title.clone().unwrap_or_default(),
            note: written.note.clone().unwrap_or_default(),
            kind: found,
            from,
            variables: written.variables.iter().map(|variable| variable.get_ref().clone()).collect(),
            groups: written.groups,
            by: written.by.as_ref().map(|by| by.get_ref().clone()),
            answers: written.answers.clone(),
        })
    }
}

/// The names, without waves, of the variables that an analysis has groups by.
fn grouped(analysis: &Analysis) -> Vec<&str> {
    analysis.question.by().iter().map(|column| column.item.name.as_str()).collect()
}
