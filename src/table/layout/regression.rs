//! Logistic regression: odds ratios of one or several models side by side.

use std::collections::BTreeSet;

use super::change::interval_heading;
use super::view::with_interval;
use super::{AnalysisView, Body, Input, Layout, LayoutError};
use crate::dictionary::{Language, Text};
use crate::estimate::Kind;
use crate::plan::{Cluster, CohortUnit};
use crate::table::labels::{Key, Labels};
use crate::table::{Cell, Column, Format, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "regression",
    about: "Logistic regression: odds ratio, confidence interval and p for each term, one or several models side by side.",
    kind: Kind::Model,
    build,
};

const INTERCEPT: &str = "(intercept)";

/// One model of the table.
struct Model<'a> {
    analysis: &'a AnalysisView<'a>,
    /// The outcome.
    variable: &'a str,
    errors: Errors,
    /// Whether it was also fitted weighted for loss.
    weighted: bool,
}

/// Which standard errors intervals and p-values rest on: the best that were computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Errors {
    /// Cluster-robust with Bell and McCaffrey's correction and Satterthwaite's degrees of freedom.
    Cr2,
    /// Cluster-robust with the factor G/(G − 1) and a normal reference.
    Cr1,
    /// The model's own.
    Wald,
}

impl Errors {
    const ALL: [Errors; 3] = [Errors::Cr2, Errors::Cr1, Errors::Wald];

    /// The limits of the odds ratio and the p-value.
    fn statistics(self) -> ([&'static str; 2], &'static str) {
        match self {
            Errors::Cr2 => (["odds_ratio_cr2_low", "odds_ratio_cr2_high"], "cr2_p_value"),
            Errors::Cr1 => (["odds_ratio_cr1_low", "odds_ratio_cr1_high"], "cr1_p_value"),
            Errors::Wald => (["odds_ratio_low", "odds_ratio_high"], "p_value"),
        }
    }

    /// The key of the words that say so.
    fn note(self) -> &'static str {
        match self {
            Errors::Cr2 => "note.robust_cr2",
            Errors::Cr1 => "note.robust",
            Errors::Wald => "note.wald",
        }
    }
}

impl<'a> Model<'a> {
    fn read(analysis: &'a AnalysisView<'a>) -> Option<Model<'a>> {
        let fitted = analysis.cleared.iter().find(|one| one.statistic().name == "odds_ratio")?;
        let variable = fitted.variable();
        let computed = |errors: &Errors| analysis.has(("", variable), errors.statistics().0[0]);
        let errors = Errors::ALL.into_iter().find(computed).unwrap_or(Errors::Wald);
        let weighted = analysis.has(("", variable), "weighted_odds_ratio");
        Some(Model { analysis, variable, errors, weighted })
    }

    /// The heading of the row of what the model is fitted to, and of those with the outcome.
    fn counted(&self, persons: &'static str, assessments: &'static str) -> &'static str {
        match self.analysis.unit {
            CohortUnit::Respondent => persons,
            CohortUnit::Assessment => assessments,
        }
    }

    /// The heading of the row of clusters.
    fn clusters(&self) -> &'static str {
        match self.analysis.cluster {
            Some(Cluster::Respondent) => "row.n_persons",
            Some(Cluster::Column(_)) | None => "row.n_clusters",
        }
    }

    fn at(&self) -> (&str, &str) {
        ("", self.variable)
    }

    fn terms(&self) -> Vec<&'a str> {
        self.analysis.terms(self.variable, "odds_ratio")
    }

    /// Odds ratio, interval and p of a term, and the weighted odds ratio with its interval where there is one.
    fn cells(&self, term: &str) -> Vec<Cell> {
        let (ends, p) = self.errors.statistics();
        if self.analysis.find("", self.variable, term, "odds_ratio").is_none() {
            return self.across([]);
        }
        let mut cells = vec![
            self.analysis.cell(self.at(), term, "odds_ratio", Format::Ratio),
            self.analysis.interval(self.at(), term, ends, Format::Ratio),
            self.analysis.cell(self.at(), term, p, Format::P),
        ];
        if self.weighted {
            let ends = ["weighted_odds_ratio_low", "weighted_odds_ratio_high"];
            cells.push(with_interval(
                self.analysis.cell(self.at(), term, "weighted_odds_ratio", Format::Ratio),
                self.analysis.interval(self.at(), term, ends, Format::Ratio),
            ));
        }
        cells
    }

    fn number(&self, statistic: &str, format: Format) -> Cell {
        self.analysis.cell(self.at(), "", statistic, format)
    }

    /// `χ² = 12.3 (4), p < 0.001`.
    fn test(&self, [chi2, df, p]: [&str; 3]) -> Cell {
        let cells = [
            self.number(chi2, Format::Decimal(1)),
            self.number(df, Format::Decimal(0)),
            self.number(p, Format::P),
        ];
        if let Some(symbol) = cells.iter().find(|cell| cell.symbol().is_some() && **cell != Cell::Zero) {
            return symbol.clone();
        }
        Cell::Text(words::each(|language| {
            let [chi2, df, p] = [&cells[0], &cells[1], &cells[2]].map(|cell| number::cell(cell, language));
            let p = if p.starts_with('<') { format!("p {p}") } else { format!("p = {p}") };
            words::say(language, "cell.test", &[("chi2", chi2), ("df", df), ("p", p)]).replace(' ', "\u{a0}")
        }))
    }

    fn auc(&self) -> Cell {
        with_interval(
            self.number("auc", Format::Decimal(2)),
            self.analysis.interval(self.at(), "", ["auc_low", "auc_high"], Format::Decimal(2)),
        )
    }

    /// How many columns the model has: also one where it is weighted for loss.
    fn width(&self) -> usize {
        3 + usize::from(self.weighted)
    }

    /// `cells` in the model's columns, the first of them first.
    fn across(&self, cells: impl IntoIterator<Item = Cell>) -> Vec<Cell> {
        let mut cells: Vec<Cell> = cells.into_iter().collect();
        cells.resize(self.width(), Cell::Empty);
        cells
    }
}

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut models = Vec::new();
    for analysis in &input.analyses {
        models.push(Model::read(analysis).ok_or_else(|| input.lacks(&LAYOUT, analysis, "odds ratios"))?);
    }
    let mut rows = terms(&models, input.labels, waves_matter(&models));
    rows.extend(foot(&models));
    let mut columns = Vec::new();
    for model in &models {
        let over = match models.len() {
            1 => Text::default(),
            _ => input.labels.variable_at(model.variable),
        };
        columns.push(Column::under(&over, input.heading("column.odds_ratio")));
        columns.push(Column::under(&over, interval_heading(model.analysis.level)));
        columns.push(Column::under(&over, input.heading("column.p")));
        if model.weighted {
            columns.push(Column::under(&over, input.heading("column.weighted_odds_ratio")));
        }
    }
    Ok(Body { stub: vec![input.heading("stub.term")], columns, rows, notes: notes(&models, input.labels) })
}

/// Whether the explanatory variables' waves have to be told: where they are of several, or of another than the outcome's.
fn waves_matter(models: &[Model<'_>]) -> bool {
    let mut waves = BTreeSet::new();
    models.iter().any(|model| {
        let outcome = Key::parse(model.variable).wave;
        model.terms().into_iter().any(|term| {
            // A level's code comes after the variable's wave.
            let variable = term.split_once('=').map_or(term, |(variable, _)| variable);
            let Some(wave) = Key::parse(variable).wave else { return false };
            waves.insert(wave);
            waves.len() > 1 || outcome != Some(wave)
        })
    })
}

/// The variables in the order in which the models first name them, each level below its variable; the constant last.
fn terms(models: &[Model<'_>], labels: &Labels, waves: bool) -> Vec<Row> {
    let mut variables: Vec<(&str, Vec<&str>)> = Vec::new();
    for term in models.iter().flat_map(Model::terms).filter(|term| *term != INTERCEPT) {
        let (variable, code) =
            term.split_once('=').map_or((term, None), |(variable, code)| (variable, Some(code)));
        let position = match variables.iter().position(|(known, _)| *known == variable) {
            Some(position) => position,
            None => {
                variables.push((variable, Vec::new()));
                variables.len() - 1
            }
        };
        let codes = &mut variables[position].1;
        codes.extend(code.filter(|code| !codes.contains(code)));
    }
    let mut rows = Vec::new();
    for (variable, found) in variables {
        let label = if waves { labels.variable_at(variable) } else { labels.variable(variable) };
        if found.is_empty() {
            rows.push(Row::new(RowKind::Plain, vec![label], across(models, variable)));
            continue;
        }
        rows.push(Row::section(label));
        let codes = labels.codes(variable, &found);
        // The reference is the one level without a term; of several, some had no rows, and which is which is not known.
        let without = codes.iter().filter(|code| !found.contains(&code.as_str())).count();
        for code in &codes {
            let head = vec![labels.code(variable, code)];
            if found.contains(&code.as_str()) {
                rows.push(Row::new(RowKind::Inner, head, across(models, &format!("{variable}={code}"))));
            } else if without == 1 {
                let reference = [Cell::Text(words::word("cell.reference"))];
                let cells = models.iter().flat_map(|model| {
                    match model
                        .terms()
                        .iter()
                        .any(|term| term.split_once('=').is_some_and(|(of, _)| of == variable))
                    {
                        true => model.across(reference.clone()),
                        false => model.across([]),
                    }
                });
                rows.push(Row::new(RowKind::Inner, head, cells.collect()));
            }
        }
    }
    if models.iter().any(|model| model.terms().contains(&INTERCEPT)) {
        rows.push(Row::new(RowKind::Plain, vec![words::word("row.constant")], across(models, INTERCEPT)));
    }
    rows
}

fn across(models: &[Model<'_>], term: &str) -> Vec<Cell> {
    models.iter().flat_map(|model| model.cells(term)).collect()
}

/// What is said of each model as a whole, in its first column but for what is too wide for it.
fn foot(models: &[Model<'_>]) -> Vec<Row> {
    type Heading = fn(&Model<'_>) -> &'static str;
    type Reader = fn(&Model<'_>) -> Cell;
    let lines: [(Heading, &str, Reader); 7] = [
        (
            |model| model.counted("row.n_obs", "row.n_obs_assessments"),
            "n_obs",
            |model| model.number("n_obs", Format::Count),
        ),
        (
            |model| model.counted("row.n_events", "row.n_events_assessments"),
            "n_events",
            |model| model.number("n_events", Format::Count),
        ),
        (|model| model.clusters(), "n_clusters", |model| model.number("n_clusters", Format::Count)),
        (|_| "row.omnibus", "omnibus_p", |model| model.test(["omnibus_chi2", "omnibus_df", "omnibus_p"])),
        (|_| "row.nagelkerke", "nagelkerke", |model| model.number("nagelkerke", Format::Decimal(2))),
        (
            |_| "row.hosmer_lemeshow",
            "hosmer_lemeshow_p",
            |model| model.test(["hosmer_lemeshow", "hosmer_lemeshow_df", "hosmer_lemeshow_p"]),
        ),
        (|_| "row.auc", "auc", |model| model.auc()),
    ];
    let mut rows = Vec::new();
    for (heading, statistic, read) in lines {
        let with = models.iter().filter(|model| model.analysis.has(model.at(), statistic));
        // Models of persons and of assessments side by side have a row each.
        let mut heads: Vec<&str> = Vec::new();
        for head in with.map(heading) {
            if !heads.contains(&head) {
                heads.push(head);
            }
        }
        for head in heads {
            let cells = models.iter().flat_map(|model| match read(model) {
                _ if heading(model) != head => model.across([]),
                // A model without clusters has no number of them.
                Cell::Missing => model.across([]),
                // Wider than an odds ratio: in the column of intervals.
                text @ Cell::Text(_) => model.across([Cell::Empty, text]),
                cell => model.across([cell]),
            });
            rows.push(Row::new(RowKind::Foot, vec![words::word(head)], cells.collect()));
        }
    }
    rows
}

fn notes(models: &[Model<'_>], labels: &Labels) -> Vec<Text> {
    let mut notes = vec![words::each(|language: Language| {
        let mut names: Vec<String> = Vec::new();
        for model in models {
            let label = labels.variable_at(model.variable);
            let event =
                labels.item(model.variable).and_then(|item| item.codes.get(1)).map(|code| code.label.clone());
            names.push(match event {
                Some(event) => format!("{}: {}", label.get(language), event.get(language)),
                None => label.get(language).to_owned(),
            });
        }
        names.dedup();
        words::say(language, "note.outcome", &[("outcomes", names.join("; "))])
    })];
    let mixed = models.iter().any(|model| model.errors != models[0].errors);
    for errors in Errors::ALL {
        let of: Vec<&Model<'_>> = models.iter().filter(|model| model.errors == errors).collect();
        if of.is_empty() {
            continue;
        }
        notes.push(words::each(|language| {
            let said = words::say(language, errors.note(), &[]);
            let names = of.iter().map(|model| labels.variable_at(model.variable).get(language).to_owned());
            match mixed {
                true => format!("{}: {said}", names.collect::<Vec<_>>().join(", ")),
                false => said,
            }
        }));
    }
    notes.push(words::word("note.odds_ratio"));
    if models.iter().any(|model| model.weighted) {
        notes.push(words::word("note.weighted"));
    }
    notes
}
