//! How many gave an answer: a bar for each, or one for each group.

use super::describe::{Answered, Coded, coded, notes, several_waves};
use super::{Drawn, FigureError, Input, Kind};
use crate::dictionary::Text;
use crate::estimate;
use crate::estimate::{Group, Term};
use crate::figure::chart::Line;
use crate::figure::chart::pairs::{Pair, Pairs};
use crate::table::{Cell, words};

pub(super) const KIND: Kind = Kind {
    name: "shares",
    about: "A bar for each answer to a coded question, for the event of each binary one, or for those `answers` together that the figure names: its share, of everyone or of each group.",
    shows: estimate::Kind::Describe,
    build,
};

/// Bars of a row; more groups are a table.
const MOST: usize = 4;

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let all = coded(input, &KIND)?;
    let groups = input.groups(all[0].analysis);
    for coded in &all {
        if groups.is_empty() || groups.len() > MOST || input.groups(coded.analysis) != groups {
            let needs = "the same groups as the others, four at most with everyone";
            return Err(input.lacks(&KIND, coded.analysis, needs));
        }
    }
    let named: Vec<Term> = input.spec.answers.iter().map(Term::code).collect();
    let together = Term::together(&named);
    let answered = Answered::of(input, &all);
    let waves = several_waves(&all);
    let mut lines = Vec::new();
    for coded in &all {
        let label = coded.label(input, waves);
        let counts: Vec<Vec<Cell>> = groups.iter().map(|group| answered.counts(coded, group)).collect();
        let pair = |label: Text, share: &dyn Fn(&Group) -> Cell| {
            let shares = groups.iter().map(|group| share(group)).collect();
            Pair { label, shares, counts: counts.clone() }
        };
        if !named.is_empty() {
            if let Some(absent) = named.iter().find(|code| !coded.codes.contains(code)) {
                return Err(FigureError::Answer {
                    figure: input.spec.id.clone(),
                    answer: absent.to_string(),
                    variable: coded.variable.to_string(),
                });
            }
            let share = |group: &Group| match named.as_slice() {
                [only] => coded.share(group, only),
                _ => coded.any_of(group, &together),
            };
            lines.push(Line::Row(pair(label, &share)));
            continue;
        }
        // Of a binary question among others the event says it all.
        if all.len() > 1 && coded.codes.len() == 2 {
            let label = input.labels.event(coded.variable, label);
            lines.push(Line::Row(pair(label, &|group| coded.share(group, &coded.codes[1]))));
            continue;
        }
        if all.len() > 1 {
            lines.push(Line::Section(label));
        }
        lines.extend(coded.codes.iter().map(|code| {
            let label = input.labels.code(coded.variable, code);
            let pair = pair(label, &|group| coded.share(group, code));
            if all.len() > 1 { Line::Inner(pair) } else { Line::Row(pair) }
        }));
    }
    let ends = match groups.as_slice() {
        [_] => vec![Text::default()],
        groups => groups.iter().map(|group| input.labels.group(group)).collect(),
    };
    let about = match named.is_empty() {
        true => words::word("figure.about_shares"),
        false => one_of(input, &all[0], &named),
    };
    let mut notes = notes(input, &all);
    if !named.is_empty() {
        notes.insert(0, about.clone());
    }
    Ok(Drawn::new(Pairs { ends, lines, columns: answered.columns, about }, notes))
}

/// Which answers are counted together: `Bars: the share who answered serious problem or very serious problem.`
fn one_of(input: &Input<'_>, coded: &Coded<'_, '_>, codes: &[Term]) -> Text {
    let names: Vec<Text> = codes.iter().map(|code| input.labels.code(coded.variable, code)).collect();
    words::each(|language| {
        let names: Vec<String> = names
            .iter()
            .map(|name| words::say(language, "figure.quoted", &[("answer", name.get(language).to_owned())]))
            .collect();
        let or = words::say(language, "figure.or", &[]);
        let answers = match names.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, before)) => format!("{} {or} {last}", before.join(", ")),
            None => String::new(),
        };
        words::say(language, "figure.about_answers", &[("answers", answers)])
    })
}
