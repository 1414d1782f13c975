//! A number that was given year by year: its mean and its median, of as many as gave it.

use super::{Drawn, FigureError, Input, Kind};
use crate::dictionary::{Language, Text};
use crate::estimate;
use crate::estimate::{EVERYONE, Statistic, Variable, WHOLE};
use crate::figure::chart::lines::{Lines, Panel, Point, Row, Series};
use crate::statistic::{MEAN, MEDIAN, SD, VALID};
use crate::table::{AnalysisView, Cell, Content, Format, words};

pub(super) const KIND: Kind = Kind {
    name: "panel",
    about: "A panel for each analysis of numeric variables that follow each other, such as yearly figures: the mean and the median of each, with n.",
    shows: estimate::Kind::Describe,
    build,
};

fn build(input: &Input<'_>) -> Result<Drawn, FigureError> {
    let mut panels: Vec<(Vec<Text>, Panel)> = Vec::new();
    for analysis in &input.analyses {
        panels.push(panel(input, analysis)?);
    }
    let times = panels[0].0.clone();
    if let Some(other) = panels.iter().position(|(others, _)| *others != times) {
        let needs = "the same times as the first analysis";
        return Err(input.lacks(&KIND, &input.analyses[other], needs));
    }
    let chart = Lines {
        panels: panels.into_iter().map(|(_, panel)| panel).collect(),
        waves: places(&times).into_iter().zip(times).collect(),
        about: words::word("figure.about_panel"),
    };
    Ok(Drawn::new(chart, vec![words::word("figure.panel")]))
}

/// What the times of an analysis are called, and its panel.
fn panel(input: &Input<'_>, analysis: &AnalysisView<'_>) -> Result<(Vec<Text>, Panel), FigureError> {
    let variables = input.variables(analysis);
    if variables.is_empty() {
        return Err(input.lacks(&KIND, analysis, "numeric variables"));
    }
    let unit =
        |variable: &Variable| input.labels.item(variable).map(|item| item.unit.clone()).unwrap_or_default();
    let axis = unit(variables[0]);
    for variable in &variables {
        if !analysis.has((EVERYONE, variable), &MEAN) || unit(variable) != axis {
            let shows = "numeric variables of one unit";
            return Err(input.cannot_show(&KIND, analysis, variable, shows));
        }
    }
    let large = |variable: &&Variable| {
        let sd = analysis.find(EVERYONE, variable, WHOLE, &SD).and_then(|sd| sd.value());
        sd.is_some_and(|sd| sd >= 100.0)
    };
    // Contacts in the thousands need no decimals; all years have the same.
    let decimals = match variables.iter().any(large) {
        true => 0,
        false => variables.iter().map(|one| analysis.decimals((EVERYONE, one), &SD)).max().unwrap_or(1),
    };
    let series = |key: &'static str, statistic: &Statistic| {
        let points = variables.iter().map(|variable| Point {
            value: analysis.cell((EVERYONE, variable), WHOLE, statistic, Format::Decimal(decimals)),
            interval: Cell::EMPTY,
            n: analysis.cell((EVERYONE, variable), WHOLE, &VALID, Format::Count),
        });
        Series { label: words::word(key), points: points.collect() }
    };
    let row = |key: &'static str, cell: &dyn Fn(&Variable) -> Cell| Row {
        label: words::word(key),
        cells: variables.iter().map(|variable| cell(variable)).collect(),
    };
    let mut rows =
        vec![row("column.answered", &|one| analysis.cell((EVERYONE, one), WHOLE, &VALID, Format::Count))];
    let missing = row("column.missing", &|one| analysis.missing((EVERYONE, one)));
    if missing.cells.iter().any(|cell| *cell != Content::Zero) {
        rows.push(missing);
    }
    let labels: Vec<Text> = variables.iter().map(|variable| input.labels.variable_at(variable)).collect();
    let panel = Panel {
        title: analysis.label.clone(),
        axis,
        format: Format::Decimal(0),
        zero: true,
        series: vec![series("column.mean", &MEAN), series("column.median", &MEDIAN)],
        rows,
    };
    Ok((distinguished(&labels), panel))
}

/// What tells labels apart: `Opening hours in 2001`, `Opening hours in 2002` → `2001`, `2002`.
fn distinguished(labels: &[Text]) -> Vec<Text> {
    let of = |language: Language| -> Vec<String> {
        let all: Vec<Vec<&str>> =
            labels.iter().map(|label| label.get(language).split(' ').collect()).collect();
        let shortest = all.iter().map(Vec::len).min().unwrap_or(0);
        let same = |at: &dyn Fn(&[&str]) -> String| all.iter().all(|words| at(words) == at(&all[0]));
        let before = (0..shortest).take_while(|&place| same(&|words| words[place].to_owned())).count();
        let after = (1..=shortest - before)
            .take_while(|&place| same(&|words| words[words.len() - place].to_owned()))
            .count();
        let rest = all.iter().map(|words| words[before..words.len() - after].join(" "));
        let rest: Vec<String> = rest.collect();
        match rest.iter().any(String::is_empty) {
            true => all.iter().map(|words| words.join(" ")).collect(),
            false => rest,
        }
    };
    let [nb, nn, en] = [Language::Nb, Language::Nn, Language::En].map(of);
    let texts = nb.into_iter().zip(nn).zip(en);
    texts.map(|((nb, nn), en)| Text { nb: Some(nb), nn: Some(nn), en: Some(en) }).collect()
}

/// Where times stand along the axis: at their years, where they are years, otherwise evenly.
fn places(times: &[Text]) -> Vec<f64> {
    let years: Option<Vec<f64>> = times.iter().map(|time| time.get(Language::En).parse().ok()).collect();
    let ascending = |years: &Vec<f64>| years.windows(2).all(|pair| pair[0] < pair[1]);
    match years.filter(ascending) {
        Some(years) => years,
        None => (0..times.len()).map(|place| place as f64).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_what_tells_labels_apart() {
        let labels = |all: [&str; 2]| -> Vec<String> {
            let told = distinguished(&all.map(Text::same));
            told.iter().map(|text| text.get(Language::Nb).to_owned()).collect()
        };
        assert_eq!(labels(["Åpningstid i 2001", "Åpningstid i 2002"]), ["2001", "2002"]);
        assert_eq!(labels(["First year", "Second year"]), ["First", "Second"]);
        assert_eq!(labels(["Contacts", "Contacts in June"]), ["Contacts", "Contacts in June"]);
        assert_eq!(places(&["2001", "2004"].map(Text::same)), [2001.0, 2004.0]);
        assert_eq!(places(&["June", "May"].map(Text::same)), [0.0, 1.0]);
    }
}
