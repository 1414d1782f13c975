//! Average marginal effects of one or several models: differences of probabilities, in percentage points.

use super::terms::folded;
use super::{Drawn, FigureError, Input, Kind};
use crate::dictionary::{Language, Text};
use crate::estimate;
use crate::figure::chart::Line;
use crate::figure::chart::intervals::{Dot, Dots, Intervals, Panel};
use crate::table::layout::{Inference, interval_heading};
use crate::table::{AnalysisView, Cell, Format, number, words};

pub(super) const KIND: Kind = Kind {
    name: "marginal_effects",
    about: "Average differences of the modelled probability with their intervals, in percentage points: a row for each term, a panel for each model.",
    shows: estimate::Kind::Model,
    statistics: &["ame", "n_obs"],
    build,
};

/// More models than this have no room beside each other.
const MOST: usize = 4;

/// One model: its outcome, and where its intervals come from.
struct Model<'i, 'a> {
    analysis: &'i AnalysisView<'a>,
    outcome: &'a str,
    inference: Inference,
}

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let mut models = Vec::new();
    for analysis in &input.analyses {
        let found = analysis.cleared.iter().find(|one| one.statistic().name == "ame");
        let (Some(found), true) = (found, models.len() < MOST) else {
            return Err(input.lacks(&KIND, analysis, "average marginal effects, of four models at most"));
        };
        let outcome = found.variable();
        models.push(Model { analysis, outcome, inference: Inference::of(analysis, outcome) });
    }
    let several = models.len() > 1;
    let panels = models.iter().map(|model| {
        let at = ("", model.outcome);
        let n = model.analysis.cell(at, "", "n_obs", Format::Count);
        let events = model.analysis.cell(at, "", "n_events", Format::Count);
        Panel {
            label: if several { model.analysis.label.clone() } else { Text::default() },
            n: words::each(|language| {
                let with = [("n", number::cell(&n, language)), ("events", number::cell(&events, language))];
                words::say(language, "figure.n_and_events", &with)
            }),
        }
    });
    let level = input.analyses.iter().find_map(|analysis| analysis.level);
    let interval = interval_heading(level);
    let with = |key: &'static str| {
        words::each(|language: Language| {
            words::say(language, key, &[("interval", interval.get(language).to_owned())])
        })
    };
    let chart = Intervals {
        panels: panels.collect(),
        lines: folded(lines(input, &models)),
        none: 0.0,
        axis: words::word("figure.axis_probability"),
        sides: (!several).then(|| ["figure.less_common", "figure.more_common"].map(words::word)),
        format: Format::Points(0),
        heading: with("figure.heading_probability"),
        about: with("figure.about_probability"),
    };
    let mut notes = vec![with("figure.filled"), words::word("figure.probability")];
    for model in &models {
        let note = words::word(model.inference.note_of_effects());
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    Ok(Drawn::new(chart, notes))
}

/// A heading for each variable with levels, its levels below it; numbers have a row of their own.
fn lines(input: &Input<'_>, models: &[Model<'_, '_>]) -> Vec<Line<Dots>> {
    let mut variables: Vec<(&str, Vec<&str>)> = Vec::new();
    for model in models {
        for term in model.analysis.terms(model.outcome, "ame") {
            let (variable, code) = term.split_once('=').unwrap_or((term, ""));
            if !input.is_chosen(variable) {
                continue;
            }
            let place = variables.iter().position(|(known, _)| *known == variable).unwrap_or_else(|| {
                variables.push((variable, Vec::new()));
                variables.len() - 1
            });
            if !variables[place].1.contains(&code) {
                variables[place].1.push(code);
            }
        }
    }
    let row = |label: Text, term: &str| {
        let dot = |model: &Model<'_, '_>| {
            let at = ("", model.outcome);
            match model.analysis.find("", model.outcome, term, "ame") {
                None => Dot::Empty,
                Some(found) => Dot::Estimate {
                    value: Cell::of(Some(found), Format::Points(1)),
                    interval: model.analysis.interval(
                        at,
                        term,
                        model.inference.marginal_effect().0,
                        Format::Points(1),
                    ),
                },
            }
        };
        Dots { label, dots: models.iter().map(dot).collect(), n: None }
    };
    let mut lines = Vec::new();
    for (variable, found) in variables {
        let label = input.labels.variable(variable);
        if found == [""] {
            lines.push(Line::Row(row(label, variable)));
            continue;
        }
        lines.push(Line::Section(label));
        let codes = input.labels.codes(variable, &found);
        // The reference is the one level without a term; of several, some had no rows, and which is which is not known.
        let without = codes.iter().filter(|code| !found.contains(&code.as_str())).count();
        for code in &codes {
            let label = input.labels.code(variable, code);
            if found.contains(&code.as_str()) {
                lines.push(Line::Inner(row(label, &format!("{variable}={code}"))));
            } else if without == 1 {
                let dots = models.iter().map(|_| Dot::Reference).collect();
                lines.push(Line::Inner(Dots { label, dots, n: None }));
            }
        }
    }
    lines
}
