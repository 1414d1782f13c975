//! What the kinds that draw descriptions have in common.

use super::{Drawn, FigureError, Input, Kind};
use crate::dictionary::Text;
use crate::estimate::{Group, Term, Variable, WHOLE};
use crate::figure::chart::Line;
use crate::figure::chart::stack::{Bar, Stack};
use crate::figure::palette::Colour;
use crate::plan::CohortUnit;
use crate::statistic::{COMBINED_SHARE, COUNT, SHARE, VALID};
use crate::table::{AnalysisView, Cell, Content, Format, words};

/// A coded variable that is drawn.
pub(super) struct Coded<'i, 'a> {
    pub analysis: &'i AnalysisView<'a>,
    /// `mental_health@w1`.
    pub variable: &'a Variable,
    pub codes: Vec<Term>,
}

/// The coded variables of all analyses, in order.
///
/// # Errors
/// Where an analysis has none, or has a variable that is not coded.
pub(super) fn coded<'i, 'a>(input: &'i Input<'a>, kind: &Kind) -> Result<Vec<Coded<'i, 'a>>, FigureError> {
    let mut all = Vec::new();
    for analysis in &input.analyses {
        let before = all.len();
        for variable in input.variables(analysis) {
            let found = analysis.terms(variable, &COUNT);
            if found.is_empty() {
                return Err(input.cannot_show(kind, analysis, variable, "coded variables"));
            }
            let codes = input.labels.codes(variable, &found);
            all.push(Coded { analysis, variable, codes });
        }
        if all.len() == before {
            return Err(input.lacks(kind, analysis, "counts of a coded variable"));
        }
    }
    Ok(all)
}

impl Coded<'_, '_> {
    /// The share of an answer among those of a group who answered.
    pub fn share(&self, group: &Group, code: &Term) -> Cell {
        match self.analysis.find(group, self.variable, code, &COUNT) {
            // A code that nobody gave may have no estimate: nobody is what its absence means.
            None => Content::Zero.into(),
            Some(_) => self.analysis.cell((group, self.variable), code, &SHARE, Format::Percent(0)),
        }
    }

    /// How many of a group answered.
    pub fn valid(&self, group: &Group) -> Cell {
        self.analysis.cell((group, self.variable), WHOLE, &VALID, Format::Count)
    }

    /// How many of a group did not.
    fn missing(&self, group: &Group) -> Cell {
        self.analysis.missing((group, self.variable))
    }

    /// The share of several answers together among those of a group who answered.
    pub fn any_of(&self, group: &Group, together: &Term) -> Cell {
        self.analysis.cell((group, self.variable), together, &COMBINED_SHARE, Format::Percent(0))
    }

    /// The variable's label, with its wave where the figure has several.
    pub fn label(&self, input: &Input<'_>, several_waves: bool) -> Text {
        match several_waves {
            true => input.labels.variable_at(self.variable),
            false => input.labels.variable(self.variable),
        }
    }
}

/// Whether the variables are of several waves, so that a name is not enough.
pub(super) fn several_waves(all: &[Coded<'_, '_>]) -> bool {
    let wave = |coded: &Coded<'_, '_>| coded.variable.wave().map(str::to_owned);
    all.windows(2).any(|pair| wave(&pair[0]) != wave(&pair[1]))
}

/// The numbers beside the rows: how many answered, and how many did not where that is anybody.
pub(super) struct Answered {
    pub columns: Vec<Text>,
}

impl Answered {
    pub fn of(input: &Input<'_>, all: &[Coded<'_, '_>]) -> Answered {
        let missing = |coded: &Coded<'_, '_>| {
            input.groups(coded.analysis).into_iter().any(|group| coded.missing(group) != Content::Zero)
        };
        let assessments = input.analyses.iter().any(|analysis| analysis.unit == CohortUnit::Assessment);
        let mut keys = vec![if assessments { "figure.assessments" } else { "column.answered" }];
        if all.iter().any(missing) {
            keys.push("column.missing");
        }
        Answered { columns: keys.into_iter().map(words::word).collect() }
    }

    pub fn counts(&self, coded: &Coded<'_, '_>, group: &Group) -> Vec<Cell> {
        let both = [coded.valid(group), coded.missing(group)];
        both.into_iter().take(self.columns.len()).collect()
    }
}

/// Questions that have the same answers, as stacked bars: one for each question and group.
///
/// # Errors
/// Where one has other answers than the first.
pub(super) fn stacked(
    input: &Input<'_>,
    kind: &Kind,
    all: &[Coded<'_, '_>],
    bar: impl Fn(&Coded<'_, '_>, &Group, Text) -> Bar,
) -> Result<Vec<Line<Bar>>, FigureError> {
    if let Some(other) = all.iter().find(|coded| coded.codes != all[0].codes) {
        let shows = "questions that all have the same answers";
        return Err(input.cannot_show(kind, other.analysis, other.variable, shows));
    }
    let waves = several_waves(all);
    let several_groups = all.iter().any(|coded| input.groups(coded.analysis).len() > 1);
    let mut lines = Vec::new();
    let mut section = "";
    for coded in all {
        let label = coded.label(input, waves);
        if several_groups {
            lines.push(Line::Section(label.clone()));
        } else if input.analyses.len() > 1 && coded.analysis.id != section {
            lines.push(Line::Section(coded.analysis.label.clone()));
            section = coded.analysis.id;
        }
        for group in input.groups(coded.analysis) {
            let label = if several_groups { input.labels.group(group) } else { label.clone() };
            let bar = bar(coded, group, label);
            let inner = several_groups || input.analyses.len() > 1;
            lines.push(if inner { Line::Inner(bar) } else { Line::Row(bar) });
        }
    }
    Ok(lines)
}

/// Whose answers they are, and the wave where all are of one.
pub(super) fn notes(input: &Input<'_>, all: &[Coded<'_, '_>]) -> Vec<Text> {
    let wave = all.first().and_then(|coded| coded.variable.wave()).filter(|_| !several_waves(all));
    let answered = words::word("note.of_answered");
    match wave.filter(|_| input.labels.waves.len() > 1) {
        None => vec![answered],
        Some(wave) => {
            let wave = input.labels.wave(wave);
            vec![words::each(|language| format!("{}. {}", wave.get(language), answered.get(language)))]
        }
    }
}

/// A bar of the shares of all answers for each question (and group), with how many answered.
///
/// # Errors
/// Where one has other answers than the first.
pub(super) fn all_answers(
    input: &Input<'_>,
    kind: &Kind,
    all: &[Coded<'_, '_>],
    colours: Vec<Colour>,
    diverging: bool,
) -> Result<Drawn, FigureError> {
    let answered = Answered::of(input, all);
    let lines = stacked(input, kind, all, |coded, group, label| Bar {
        label,
        shares: coded.codes.iter().map(|code| coded.share(group, code)).collect(),
        counts: answered.counts(coded, group),
    })?;
    let first = &all[0];
    let names = first.codes.iter().map(|code| input.labels.code(first.variable, code));
    let about = words::word(&format!("figure.about_{}", kind.name));
    let chart =
        Stack { parts: names.zip(colours).collect(), lines, diverging, columns: answered.columns, about };
    Ok(Drawn::new(chart, notes(input, all)))
}
