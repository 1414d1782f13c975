//! Paired change: a row for each comparison and group.

use super::view::with_interval;
use super::{AnalysisView, At, Body, Input, Layout, LayoutError};
use crate::dictionary::{Language, Text};
use crate::disclosure::Cleared;
use crate::estimate::{Group, Kind, Statistic, Variable, WHOLE};
use crate::statistic::{
    D_AV, IMPROVED_SHARE, MCNEMAR_P, MEAN_AFTER, MEAN_BEFORE, MEAN_CHANGE, MEAN_CHANGE_HIGH, MEAN_CHANGE_LOW,
    N_PAIRS, N11, PAIRED_ODDS_RATIO, PROBABILITY_OF_SUPERIORITY, PROBABILITY_OF_SUPERIORITY_HIGH,
    PROBABILITY_OF_SUPERIORITY_LOW, RISK_DIFFERENCE, SD_BEFORE, SHARE_AFTER, SHARE_BEFORE, T_P, TANGO_HIGH,
    TANGO_LOW, TRANSITION, UNCHANGED_SHARE, WEIGHTED_MEAN_CHANGE, WEIGHTED_MEAN_CHANGE_HIGH,
    WEIGHTED_MEAN_CHANGE_LOW, WEIGHTED_SHARE_CHANGE, WEIGHTED_SHARE_CHANGE_HIGH, WEIGHTED_SHARE_CHANGE_LOW,
    WORSE_SHARE,
};
use crate::table::{Cell, Column, Format, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "change",
    about: "A row for each comparison and group: n, before, after, change with its interval, better, unchanged, worse, p and effect size.",
    kind: Kind::Change,
    build,
};

/// How the answers of a comparison are counted; it decides what is shown of them and by which test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Shares; Tango's interval and the test it inverts, McNemar's without correction; odds ratio of the discordant pairs.
    Binary,
    /// Means of the scores; the paired t test; the mean change over the average standard deviation before and after.
    Ordinal,
    /// The same of numbers.
    Numeric,
}

/// One comparison of one group, as tables and sentences show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub scale: Scale,
    pub n_pairs: Cell,
    pub before: Cell,
    pub after: Cell,
    /// After less before.
    pub change: Cell,
    pub interval: Cell,
    pub improved: Cell,
    pub unchanged: Cell,
    pub worse: Cell,
    /// By the method of the interval: below 1 − level just where the interval leaves 0 out.
    pub p: Cell,
    pub effect: Cell,
    /// The change with its interval, weighted for loss; empty where there are no weights.
    pub weighted: Cell,
    /// Whether disclosure control made the interval wider than it was computed.
    pub widened: bool,
    /// The probability of superiority with its interval: a function of how many became better and worse, which is shown where
    /// the interval of the mean is not exact. Missing for two answers.
    pub superiority: [Cell; 2],
}

impl Scale {
    const ALL: [Scale; 3] = [Scale::Ordinal, Scale::Binary, Scale::Numeric];

    /// How a variable of an analysis was compared; the same in all groups.
    fn of(analysis: &AnalysisView<'_>, variable: &Variable) -> Scale {
        match () {
            () if !analysis.terms(variable, &N11).is_empty() => Scale::Binary,
            () if !analysis.terms(variable, &TRANSITION).is_empty() => Scale::Ordinal,
            () => Scale::Numeric,
        }
    }

    /// The keys of the words for its kind of variable, what before and after are, its test and its effect size.
    fn words(self) -> [&'static str; 4] {
        match self {
            Scale::Binary => ["scale.binary", "note.change_binary", "test.mcnemar", "effect.odds_ratio"],
            Scale::Ordinal => ["scale.ordinal", "note.change_ordinal", "test.t", "effect.d_av"],
            Scale::Numeric => ["scale.numeric", "note.change_numeric", "test.t", "effect.d_av"],
        }
    }
}

impl Comparison {
    /// Reads the comparison of a variable (`mental_health@w1>w2`) in a group; `None` where it was not made.
    pub fn read(analysis: &AnalysisView<'_>, group: &Group, variable: &Variable) -> Option<Comparison> {
        let at = (group, variable);
        if !analysis.has(at, &N_PAIRS) {
            return None;
        }
        let scale = Scale::of(analysis, variable);
        let share = |statistic| analysis.cell(at, WHOLE, statistic, Format::Percent(0));
        let common = |before, after, change, interval, p, effect, ratio| Comparison {
            scale,
            n_pairs: analysis.cell(at, WHOLE, &N_PAIRS, Format::Count),
            before,
            after,
            change,
            interval,
            improved: share(&IMPROVED_SHARE),
            unchanged: share(&UNCHANGED_SHARE),
            worse: share(&WORSE_SHARE),
            p: analysis.cell(at, WHOLE, p, Format::P),
            effect: analysis.cell(at, WHOLE, effect, if ratio { Format::Ratio } else { Format::Signed(2) }),
            weighted: weighted(analysis, at, scale),
            widened: is_widened(analysis, at),
            superiority: [
                analysis.cell(at, WHOLE, &PROBABILITY_OF_SUPERIORITY, Format::Decimal(2)),
                analysis.interval(at, WHOLE, SUPERIORITY, Format::Decimal(2)),
            ],
        };
        let means = |p, effect| {
            let decimals = match scale {
                Scale::Numeric => analysis.decimals(at, &SD_BEFORE),
                Scale::Binary | Scale::Ordinal => 2,
            };
            common(
                analysis.cell(at, WHOLE, &MEAN_BEFORE, Format::Decimal(decimals)),
                analysis.cell(at, WHOLE, &MEAN_AFTER, Format::Decimal(decimals)),
                analysis.cell(at, WHOLE, &MEAN_CHANGE, Format::Signed(decimals)),
                analysis.interval(at, WHOLE, [&MEAN_CHANGE_LOW, &MEAN_CHANGE_HIGH], Format::Signed(decimals)),
                p,
                effect,
                false,
            )
        };
        Some(match scale {
            Scale::Binary => common(
                analysis.cell(at, WHOLE, &SHARE_BEFORE, Format::Percent(0)),
                analysis.cell(at, WHOLE, &SHARE_AFTER, Format::Percent(0)),
                analysis.cell(at, WHOLE, &RISK_DIFFERENCE, Format::Points(1)),
                analysis.interval(at, WHOLE, [&TANGO_LOW, &TANGO_HIGH], Format::Points(1)),
                &MCNEMAR_P,
                &PAIRED_ODDS_RATIO,
                true,
            ),
            Scale::Ordinal | Scale::Numeric => means(&T_P, &D_AV),
        })
    }
}

/// The ends of the interval of the probability of superiority.
const SUPERIORITY: [&Statistic; 2] = [&PROBABILITY_OF_SUPERIORITY_LOW, &PROBABILITY_OF_SUPERIORITY_HIGH];

/// Whether the interval of a mean change is wider than it was computed.
fn is_widened(analysis: &AnalysisView<'_>, at: At<'_>) -> bool {
    let low = analysis.find(at.0, at.1, WHOLE, &MEAN_CHANGE_LOW);
    low.is_some_and(|low| low.conditions().iter().any(|condition| condition.code == "widened"))
}

/// The change weighted for loss, with its interval.
fn weighted(analysis: &AnalysisView<'_>, at: At<'_>, scale: Scale) -> Cell {
    let (change, ends, format) = match scale {
        Scale::Binary => (
            &WEIGHTED_SHARE_CHANGE,
            [&WEIGHTED_SHARE_CHANGE_LOW, &WEIGHTED_SHARE_CHANGE_HIGH],
            Format::Points(1),
        ),
        Scale::Ordinal | Scale::Numeric => {
            let decimals = if scale == Scale::Numeric { analysis.decimals(at, &SD_BEFORE) } else { 2 };
            let ends = [&WEIGHTED_MEAN_CHANGE_LOW, &WEIGHTED_MEAN_CHANGE_HIGH];
            (&WEIGHTED_MEAN_CHANGE, ends, Format::Signed(decimals))
        }
    };
    match analysis.has(at, change) {
        false => Cell::EMPTY,
        true => with_interval(
            analysis.cell(at, WHOLE, change, format),
            analysis.interval(at, WHOLE, ends, format),
        ),
    }
}

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut rows = Vec::new();
    let mut shown: Vec<(Scale, Text)> = Vec::new();
    let mut measured = Measured::default();
    let several_pairs = {
        let mut pairs: Vec<Text> = input
            .analyses
            .iter()
            .flat_map(AnalysisView::variables)
            .map(|variable| input.labels.waves(variable))
            .collect();
        pairs.dedup();
        pairs.len() > 1
    };
    let several_groups = input.analyses.iter().any(|analysis| analysis.groups().len() > 1);
    let is_weighted = input.analyses.iter().any(|analysis| {
        analysis
            .cleared
            .iter()
            .any(|one| [&WEIGHTED_MEAN_CHANGE, &WEIGHTED_SHARE_CHANGE].contains(&one.statistic()))
    });
    // Where an interval was made wider, what the change is judged by stands beside it.
    let is_widened = input.analyses.iter().any(|analysis| {
        let widened = |one: &&Cleared| one.conditions().iter().any(|condition| condition.code == "widened");
        analysis.cleared.iter().filter(|one| one.statistic() == &MEAN_CHANGE_LOW).any(widened)
    });
    // Without a direction nothing is better: what is told is who went up.
    let is_directed = input
        .analyses
        .iter()
        .flat_map(AnalysisView::variables)
        .any(|variable| input.labels.item(variable).is_some_and(|item| item.better.is_some()));
    // Where a variable has several rows, its name stands above them.
    let sections = several_pairs || several_groups;
    for analysis in &input.analyses {
        let before = rows.len();
        let mut section = Text::default();
        for variable in analysis.variables() {
            let scale = Scale::of(analysis, variable);
            let variable_label = input.labels.variable(variable);
            // A share is of one of the two answers, and the reader cannot guess which.
            let label = match scale {
                Scale::Binary => input.labels.event(variable, variable_label.clone()),
                Scale::Ordinal | Scale::Numeric => variable_label.clone(),
            };
            if !shown.contains(&(scale, variable_label.clone())) {
                shown.push((scale, variable_label));
            }
            if sections && label != section {
                rows.push(Row::section(label.clone()));
                section = label.clone();
            }
            for group in analysis.groups() {
                let Some(found) = Comparison::read(analysis, group, variable) else { continue };
                measured.add(&found);
                let mut cells = vec![
                    found.n_pairs,
                    found.before,
                    found.after,
                    found.change,
                    found.interval,
                    found.improved,
                    found.unchanged,
                    found.worse,
                    found.p,
                    found.effect,
                ];
                if is_widened {
                    let [value, interval] = found.superiority;
                    cells.push(if scale == Scale::Binary {
                        Cell::EMPTY
                    } else {
                        with_interval(value, interval)
                    });
                }
                if is_weighted {
                    cells.push(found.weighted);
                }
                let mut heads = Vec::new();
                if several_pairs {
                    heads.push(input.labels.waves(variable));
                }
                if several_groups {
                    heads.push(input.labels.group(group));
                }
                let kind = if sections { RowKind::Inner } else { RowKind::Plain };
                if heads.is_empty() {
                    heads.push(label.clone());
                }
                rows.push(Row::new(kind, heads, cells));
            }
        }
        if rows.len() == before {
            return Err(input.lacks(&LAYOUT, analysis, "a comparison of two waves"));
        }
    }
    let stub: &[&str] = match (several_pairs, several_groups) {
        (true, true) => &["stub.wave", "stub.group"],
        _ => &["stub.variable"],
    };
    let mut notes = notes(input, &shown, &measured, several_pairs);
    if is_widened {
        notes.push(words::word(if is_directed { "note.superiority" } else { "note.superiority_plain" }));
    }
    if is_weighted {
        notes.push(words::word("note.weighted"));
    }
    Ok(Body {
        stub: stub.iter().map(|key| input.heading(key)).collect(),
        columns: columns(input, is_widened.then_some(is_directed), is_weighted),
        rows,
        notes,
    })
}

/// `superiority` is whether a direction is declared, where the probability of being better (or higher) is shown.
fn columns(input: &Input<'_>, superiority: Option<bool>, is_weighted: bool) -> Vec<Column> {
    let level = input.analyses.iter().find_map(|analysis| analysis.level);
    let change = input.heading("column.change");
    let persons = input.heading("column.persons_who");
    let mut columns = vec![
        Column::new(input.heading("column.pairs")),
        Column::new(input.heading("column.before")),
        Column::new(input.heading("column.after")),
        Column::under(&change, input.heading("column.difference")),
        Column::under(&change, interval_heading(level)),
        Column::under(&persons, input.heading("column.better")),
        Column::under(&persons, input.heading("column.unchanged")),
        Column::under(&persons, input.heading("column.worse")),
        Column::new(input.heading("column.p")),
        Column::new(input.heading("column.effect_size")),
    ];
    if let Some(is_directed) = superiority {
        let key = if is_directed { "column.superiority" } else { "column.superiority_plain" };
        columns.push(Column::new(input.heading(key)));
    }
    if is_weighted {
        columns.push(Column::new(input.heading("column.weighted_change")));
    }
    columns
}

/// `95 % CI`.
pub(crate) fn interval_heading(level: Option<f64>) -> Text {
    words::each(|language: Language| {
        let level = level.map(|level| number::percent(level, 0, language)).unwrap_or_default();
        words::say(language, "column.interval", &[("level", level)]).trim().to_owned()
    })
}

/// The scales of which a p-value, and of which a size of change, stands in the table or could have stood there.
#[derive(Default)]
struct Measured {
    tested: Vec<Scale>,
    sized: Vec<Scale>,
}

impl Measured {
    fn add(&mut self, found: &Comparison) {
        let of = [(&mut self.tested, &found.p), (&mut self.sized, &found.effect)];
        for (scales, _) in of.into_iter().filter(|(_, cell)| !cell.is_withheld()) {
            scales.push(found.scale);
        }
    }
}

/// What before, after and change are on each scale, and which test and effect size go with it as far as these are shown.
fn notes(input: &Input<'_>, shown: &[(Scale, Text)], measured: &Measured, several_pairs: bool) -> Vec<Text> {
    let mut notes = Vec::new();
    let waves = input.analyses.iter().flat_map(AnalysisView::variables).next();
    let waves = waves.map(|variable| input.labels.waves(variable)).filter(|waves| !waves.is_empty());
    if let Some(waves) = waves.filter(|_| !several_pairs) {
        notes.push(words::each(|language| {
            words::say(language, "note.waves", &[("waves", waves.get(language).to_owned())])
        }));
    }
    let mixed = shown.iter().any(|(scale, _)| *scale != shown[0].0);
    for scale in Scale::ALL {
        let of: Vec<&Text> = shown.iter().filter(|(of, _)| *of == scale).map(|(_, label)| label).collect();
        if of.is_empty() {
            continue;
        }
        notes.push(words::each(|language| {
            let [kind, about, test, effect] = scale.words().map(|key| words::say(language, key, &[]));
            let names: Vec<&str> = of.iter().map(|label| label.get(language)).collect();
            let kind = if mixed { format!("{kind} ({})", names.join(", ")) } else { kind };
            let mut said = vec![words::say(language, "note.scale", &[("kind", kind), ("about", about)])];
            if measured.tested.contains(&scale) {
                said.push(words::say(language, "note.scale_test", &[("test", test)]));
            }
            if measured.sized.contains(&scale) {
                said.push(words::say(language, "note.scale_effect", &[("effect", effect)]));
            }
            said.join(" ")
        }));
    }
    // A `..` under "better" is not a number that is lacking.
    let undirected: Vec<&Text> = {
        let of = input.analyses.iter().flat_map(AnalysisView::variables);
        let of = of.filter(|variable| input.labels.item(variable).is_some_and(|item| item.better.is_none()));
        let labels: Vec<Text> = of.map(|variable| input.labels.variable(variable)).collect();
        shown.iter().map(|(_, label)| label).filter(|label| labels.contains(label)).collect()
    };
    if !undirected.is_empty() {
        notes.push(words::each(|language| {
            let names: Vec<&str> = undirected.iter().map(|label| label.get(language)).collect();
            words::say(language, "note.undirected", &[("variables", names.join(", "))])
        }));
    }
    notes.push(words::word("note.not_caused"));
    notes
}
