//! Shares before and after: of a binary variable's event, or of each answer of a coded one.

use super::change::{compared, notes, rows};
use super::{Drawn, FigureError, Input, Kind};
use crate::dictionary::Text;
use crate::estimate;
use crate::estimate::Variable;
use crate::figure::chart::Line;
use crate::figure::chart::pairs::{Pair, Pairs};
use crate::statistic::{AFTER_SHARE, BEFORE_COUNT, BEFORE_SHARE};
use crate::table::layout::Scale;
use crate::table::{Format, words};

pub(super) const KIND: Kind = Kind {
    name: "paired_bars",
    about: "Two bars for each binary variable, or for each answer of a coded one: the share before and after.",
    shows: estimate::Kind::Change,
    build,
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let compared = compared(input, &KIND)?;
    let coded = rows(&compared).any(|row| row.found.scale == Scale::Ordinal);
    let mut lines: Vec<Line<Pair>> = Vec::new();
    for line in &compared {
        match line {
            // Answers stand below their own question.
            Line::Section(text) if !coded => lines.push(Line::Section(text.clone())),
            Line::Section(_) => {}
            Line::Row(row) | Line::Inner(row) => match row.found.scale {
                Scale::Binary => {
                    let shares = vec![row.found.before.clone(), row.found.after.clone()];
                    let counts = vec![vec![row.found.n_pairs.clone()]];
                    let pair = Pair { label: row.label.clone(), shares, counts };
                    let inner = !coded && matches!(line, Line::Inner(_));
                    lines.push(if inner { Line::Inner(pair) } else { Line::Row(pair) });
                }
                Scale::Ordinal => {
                    let at = (row.group, row.variable);
                    let variable = input.labels.variable_at(row.variable);
                    let section = match row.group.is_empty() {
                        true => variable,
                        false => {
                            let group = input.labels.group(row.group);
                            words::each(|language| {
                                format!("{}. {}", variable.get(language), group.get(language))
                            })
                        }
                    };
                    lines.push(Line::Section(section));
                    let found = row.analysis.terms(row.variable, &BEFORE_COUNT);
                    for code in input.labels.codes(row.variable, &found) {
                        let share = |statistic| {
                            // A code that nobody gave may have no estimate: nobody is what its absence means.
                            row.analysis.cell(at, &code, statistic, Format::Percent(0)).or_nobody()
                        };
                        let shares = vec![share(&BEFORE_SHARE), share(&AFTER_SHARE)];
                        let counts = vec![vec![row.found.n_pairs.clone()]];
                        let label = input.labels.code(row.variable, &code);
                        lines.push(Line::Inner(Pair { label, shares, counts }));
                    }
                }
                Scale::Numeric => {
                    return Err(input.cannot_show(&KIND, row.analysis, row.variable, "coded variables"));
                }
            },
        }
    }
    let chart = Pairs {
        ends: ends(input, rows(&compared).map(|row| row.variable)),
        lines,
        columns: vec![input.counted()],
        about: words::word("figure.about_paired_bars"),
    };
    Ok(Drawn::new(chart, notes(input, &compared)))
}

/// The two waves by name where all comparisons are of the same, otherwise before and after.
fn ends<'v>(input: &Input<'_>, variables: impl Iterator<Item = &'v Variable>) -> Vec<Text> {
    let mut pairs: Vec<[Text; 2]> = Vec::new();
    for variable in variables {
        let Some(pair) = input.both_waves(variable) else { continue };
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    match pairs.as_slice() {
        [pair] => pair.to_vec(),
        _ => ["column.before", "column.after"].map(words::word).into(),
    }
}
