//! What the kinds that draw a model's terms have in common: a row for each term, a panel for each model.

use super::{Drawn, FigureError, Input, Kind, interval_words};
use crate::dictionary::Text;
use crate::estimate::{EVERYONE, INTERCEPT, Statistic, Term, Variable, WHOLE};
use crate::figure::chart::Line;
use crate::figure::chart::intervals::{Dot, Dots, Intervals, Panel};
use crate::statistic::{N_EVENTS, N_OBS};
use crate::table::layout::{Inference, TermLine, Terms, sources, term_lines};
use crate::table::{AnalysisView, Format, number, words};

/// More models than this have no room beside each other.
const MOST: usize = 4;

/// One model: its outcome, and where its intervals come from.
pub(super) struct Model<'i, 'a> {
    pub analysis: &'i AnalysisView<'a>,
    pub outcome: &'a Variable,
    pub inference: Inference,
}

/// What is drawn of each term.
pub(super) struct Measure {
    /// The statistic that a model which can be drawn has.
    pub statistic: &'static Statistic,
    /// What a model that cannot be drawn lacks.
    pub needs: &'static str,
    /// The statistic that is drawn and the ends of its interval.
    pub estimate: fn(Inference) -> (&'static Statistic, [&'static Statistic; 2]),
    /// Where nothing differs: 0, or 1 of a ratio.
    pub none: f64,
    pub format: Format,
    pub ticks: Format,
    /// The keys of words.
    pub axis: &'static str,
    pub heading: &'static str,
    pub about: &'static str,
    pub filled: &'static str,
    /// The words that say where intervals come from.
    pub source: fn(Inference) -> &'static str,
}

/// A measure of the terms of all models. `notes` are what stands before where the intervals come from, and after it.
///
/// # Errors
/// Where a model has no such measure, or there are more than have room.
pub(super) fn drawn(
    input: &Input<'_>,
    kind: &Kind,
    measure: &Measure,
    notes: impl Fn(&[Model<'_, '_>]) -> [Vec<Text>; 2],
) -> Result<Drawn, FigureError> {
    let models = models(input, kind, measure)?;
    let several = models.len() > 1;
    let panels = models.iter().map(|model| Panel {
        label: if several { model.analysis.label.clone() } else { Text::default() },
        n: model.counted(),
    });
    let level = input.analyses.iter().find_map(|analysis| analysis.level);
    let chart = Intervals {
        panels: panels.collect(),
        lines: folded(lines(input, &models, measure)),
        none: measure.none,
        axis: words::word(measure.axis),
        sides: (!several).then(|| ["figure.less_common", "figure.more_common"].map(words::word)),
        format: measure.ticks,
        heading: interval_words(measure.heading, level),
        about: interval_words(measure.about, level),
    };
    let of: Vec<(&Variable, Inference)> =
        models.iter().map(|model| (model.outcome, model.inference)).collect();
    let [before, after] = notes(&models);
    let mut all = vec![interval_words(measure.filled, level)];
    all.extend(before);
    all.extend(sources(&of, input.labels, measure.source));
    all.extend(after);
    Ok(Drawn::new(chart, all))
}

/// The models of a figure, in order.
pub(super) fn models<'i, 'a>(
    input: &'i Input<'a>,
    kind: &Kind,
    measure: &Measure,
) -> Result<Vec<Model<'i, 'a>>, FigureError> {
    let mut models = Vec::new();
    for analysis in &input.analyses {
        let found = analysis.cleared.iter().find(|one| one.statistic() == measure.statistic);
        let (Some(found), true) = (found, models.len() < MOST) else {
            return Err(input.lacks(kind, analysis, measure.needs));
        };
        let outcome = found.variable();
        models.push(Model { analysis, outcome, inference: Inference::of(analysis, outcome) });
    }
    Ok(models)
}

impl Model<'_, '_> {
    /// `n = 374, 96 with the outcome`.
    pub fn counted(&self) -> Text {
        let count = |statistic| self.analysis.cell((EVERYONE, self.outcome), WHOLE, statistic, Format::Count);
        let (n, events) = (count(&N_OBS), count(&N_EVENTS));
        words::each(|language| {
            let with = [("n", number::marked(&n, language)), ("events", number::marked(&events, language))];
            words::say(language, "figure.n_and_events", &with)
        })
    }

    fn dot(&self, term: &Term, measure: &Measure) -> Dot {
        if self.analysis.find(EVERYONE, self.outcome, term, measure.statistic).is_none() {
            return Dot::Empty;
        }
        let at = (EVERYONE, self.outcome);
        let (statistic, ends) = (measure.estimate)(self.inference);
        Dot::Estimate {
            value: self.analysis.cell(at, term, statistic, measure.format),
            interval: Box::new(self.analysis.interval(at, term, ends, measure.format)),
        }
    }
}

/// A heading for each variable with levels, its levels below it; numbers have a row of their own. The constant has none.
fn lines(input: &Input<'_>, models: &[Model<'_, '_>], measure: &Measure) -> Vec<Line<Dots>> {
    let of_models: Vec<Terms<'_>> = models
        .iter()
        .map(|model| {
            let terms = model.analysis.terms(model.outcome, measure.statistic);
            Terms { outcome: model.outcome, terms }
        })
        .collect();
    let chosen = |variable: &str| variable != INTERCEPT.as_str() && input.is_chosen(variable);
    let row = |label: Text, term: &Term| {
        let dots = models.iter().map(|model| model.dot(term, measure)).collect();
        Dots { label, dots, n: None }
    };
    let line = |line| match line {
        TermLine::Variable(label) => Line::Section(label),
        TermLine::Term { label, term } => Line::Row(row(label, &term)),
        TermLine::Level { label, term } => Line::Inner(row(label, &term)),
        TermLine::Reference { label, variable, .. } => {
            let named = of_models.iter().map(|terms| terms.names(&variable));
            let dots = named.map(|named| if named { Dot::Reference } else { Dot::Empty }).collect();
            Line::Inner(Dots { label, dots, n: None })
        }
    };
    term_lines(&of_models, input.labels, chosen).into_iter().map(line).collect()
}

/// The lines with each variable of two levels in a row of its own, `Sex: woman (against man)`, instead of a heading, its
/// reference and its one level.
fn folded(lines: Vec<Line<Dots>>) -> Vec<Line<Dots>> {
    let is_reference = |dots: &Dots| dots.dots.iter().all(|dot| matches!(dot, Dot::Reference | Dot::Empty));
    let mut folded = Vec::with_capacity(lines.len());
    let mut rest = lines.as_slice();
    while let [first, after @ ..] = rest {
        let next = after.get(2);
        match (first, after) {
            (Line::Section(label), [Line::Inner(one), Line::Inner(other), ..])
                if !matches!(next, Some(Line::Inner(_))) && is_reference(one) != is_reference(other) =>
            {
                let (reference, level) = if is_reference(one) { (one, other) } else { (other, one) };
                let label = against(label, &level.label, &reference.label);
                folded.push(Line::Row(Dots { label, ..level.clone() }));
                rest = &after[2..];
            }
            _ => {
                folded.push(first.clone());
                rest = after;
            }
        }
    }
    folded
}

fn against(variable: &Text, level: &Text, reference: &Text) -> Text {
    words::each(|language| {
        let with = [
            ("variable", variable.get(language).to_owned()),
            ("level", level.get(language).to_owned()),
            ("reference", reference.get(language).to_owned()),
        ];
        words::say(language, "figure.against", &with)
    })
}
