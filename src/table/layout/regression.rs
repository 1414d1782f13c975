//! Logistic regression: odds ratios of one or several models side by side.

use super::change::interval_heading;
use super::inference::{Inference, sources};
use super::terms::{self, Terms};
use super::view::with_interval;
use super::{AnalysisView, At, Body, Input, Layout, LayoutError};
use crate::dictionary::{Language, Text};
use crate::estimate::{EVERYONE, INTERCEPT, Kind, Statistic, Term, Variable, WHOLE};
use crate::plan::{Cluster, CohortUnit};
use crate::statistic::{
    AUC, AUC_HIGH, AUC_LOW, EVENTS_PER_PARAMETER, HOSMER_LEMESHOW, HOSMER_LEMESHOW_DF, HOSMER_LEMESHOW_P,
    N_CLUSTERS, N_EVENTS, N_OBS, NAGELKERKE, ODDS_RATIO, OMNIBUS_CHI2, OMNIBUS_DF, OMNIBUS_P,
    WEIGHTED_ODDS_RATIO, WEIGHTED_ODDS_RATIO_HIGH, WEIGHTED_ODDS_RATIO_LOW,
};
use crate::table::labels::Labels;
use crate::table::{Cell, Column, Content, Format, Row, RowKind, number, words};

pub(super) const LAYOUT: Layout = Layout {
    name: "regression",
    about: "Logistic regression: odds ratio, confidence interval and p for each term, one or several models side by side.",
    kind: Kind::Model,
    build,
};

/// One model of the table.
struct Model<'a> {
    analysis: &'a AnalysisView<'a>,
    /// The outcome.
    variable: &'a Variable,
    inference: Inference,
    /// Whether it was also fitted weighted for loss.
    weighted: bool,
}

impl<'a> Model<'a> {
    fn read(analysis: &'a AnalysisView<'a>) -> Option<Model<'a>> {
        let fitted = analysis.cleared.iter().find(|one| one.statistic() == &ODDS_RATIO)?;
        let variable = fitted.variable();
        let inference = Inference::of(analysis, variable);
        let weighted = analysis.has((EVERYONE, variable), &WEIGHTED_ODDS_RATIO);
        Some(Model { analysis, variable, inference, weighted })
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

    fn at(&self) -> At<'_> {
        (EVERYONE, self.variable)
    }

    fn terms(&self) -> Vec<&'a Term> {
        self.analysis.terms(self.variable, &ODDS_RATIO)
    }

    /// Odds ratio, interval and p of a term, and the weighted odds ratio with its interval where there is one.
    fn cells(&self, term: &Term) -> Vec<Cell> {
        let (odds_ratio, ends, p) = self.inference.odds_ratio();
        if self.analysis.find(EVERYONE, self.variable, term, &ODDS_RATIO).is_none() {
            return self.across([]);
        }
        // Firth's likelihood is there for few events.
        let few_events = self.analysis.id(self.at(), &EVENTS_PER_PARAMETER);
        let few_events = few_events.filter(|_| !self.inference.is_firth());
        let cells = [
            self.analysis.cell(self.at(), term, odds_ratio, Format::Ratio),
            self.analysis.interval(self.at(), term, ends, Format::Ratio),
            self.analysis.cell(self.at(), term, p, Format::P),
        ];
        let mut cells: Vec<Cell> = cells.map(|cell| cell.concerned(few_events.clone())).into();
        if self.weighted {
            let ends = [&WEIGHTED_ODDS_RATIO_LOW, &WEIGHTED_ODDS_RATIO_HIGH];
            cells.push(with_interval(
                self.analysis.cell(self.at(), term, &WEIGHTED_ODDS_RATIO, Format::Ratio),
                self.analysis.interval(self.at(), term, ends, Format::Ratio),
            ));
        }
        cells
    }

    fn number(&self, statistic: &Statistic, format: Format) -> Cell {
        self.analysis.cell(self.at(), WHOLE, statistic, format)
    }

    /// `χ² = 12.3 (4), p < 0.001`.
    fn test(&self, [chi2, df, p]: [&Statistic; 3]) -> Cell {
        let cells = [
            self.number(chi2, Format::Decimal(1)),
            self.number(df, Format::Decimal(0)),
            self.number(p, Format::P),
        ];
        if let Some(symbol) = cells.iter().find(|cell| cell.symbol().is_some() && **cell != Content::Zero) {
            return symbol.clone();
        }
        let said = words::each(|language| {
            let [chi2, df, p] = [&cells[0], &cells[1], &cells[2]].map(|cell| number::cell(cell, language));
            let p = if p.starts_with('<') { format!("p {p}") } else { format!("p = {p}") };
            words::say(language, "cell.test", &[("chi2", chi2), ("df", df), ("p", p)]).replace(' ', "\u{a0}")
        });
        Cell::words(said, &cells)
    }

    /// The heading of the row of the whole model's test, which says where it is of another method than the tests of terms: it takes
    /// every case as independent, and is of plain maximum likelihood.
    fn omnibus(&self) -> &'static str {
        match self.inference {
            Inference::Cr2 | Inference::Cr1 => "row.omnibus_independent",
            Inference::Wald => "row.omnibus",
            _ => "row.omnibus_plain",
        }
    }

    /// Whether the model has one term only, whose own test answers the same question as that of the whole model.
    fn has_one_term(&self) -> bool {
        self.terms().into_iter().filter(|term| *term != INTERCEPT).count() == 1
    }

    /// The whole model's test, where no other row answers the same question.
    fn whole(&self) -> Cell {
        match self.has_one_term() {
            true => Content::Missing.into(),
            false => self.test([&OMNIBUS_CHI2, &OMNIBUS_DF, &OMNIBUS_P]),
        }
    }

    fn auc(&self) -> Cell {
        with_interval(
            self.number(&AUC, Format::Decimal(2)),
            self.analysis.interval(self.at(), WHOLE, [&AUC_LOW, &AUC_HIGH], Format::Decimal(2)),
        )
    }

    /// How many columns the model has: also one where it is weighted for loss.
    fn width(&self) -> usize {
        3 + usize::from(self.weighted)
    }

    /// `cells` in the model's columns, the first of them first.
    fn across(&self, cells: impl IntoIterator<Item = Cell>) -> Vec<Cell> {
        let mut cells: Vec<Cell> = cells.into_iter().collect();
        cells.resize(self.width(), Cell::EMPTY);
        cells
    }
}

fn build(input: &Input<'_>) -> Result<Body, LayoutError> {
    let mut models = Vec::new();
    for analysis in &input.analyses {
        models.push(Model::read(analysis).ok_or_else(|| input.lacks(&LAYOUT, analysis, "odds ratios"))?);
    }
    let of_models: Vec<Terms<'_>> =
        models.iter().map(|model| Terms { outcome: model.variable, terms: model.terms() }).collect();
    let across = |term: &Term| models.iter().flat_map(|model| model.cells(term)).collect();
    let reference = |variable: &str, _: &Term| {
        let cells = models.iter().zip(&of_models).flat_map(|(model, terms)| match terms.names(variable) {
            true => model.across([words::word("cell.reference").into()]),
            false => model.across([]),
        });
        cells.collect()
    };
    let mut rows = terms::rows(&of_models, input.labels, across, reference);
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

/// What is said of each model as a whole, in its first column but for what is too wide for it.
fn foot(models: &[Model<'_>]) -> Vec<Row> {
    type Heading = fn(&Model<'_>) -> &'static str;
    type Reader = fn(&Model<'_>) -> Cell;
    let lines: [(Heading, &Statistic, Reader); 7] = [
        (
            |model| model.counted("row.n_obs", "row.n_obs_assessments"),
            &N_OBS,
            |model| model.number(&N_OBS, Format::Count),
        ),
        (
            |model| model.counted("row.n_events", "row.n_events_assessments"),
            &N_EVENTS,
            |model| model.number(&N_EVENTS, Format::Count),
        ),
        (|model| model.clusters(), &N_CLUSTERS, |model| model.number(&N_CLUSTERS, Format::Count)),
        (|model| model.omnibus(), &OMNIBUS_P, |model| model.whole()),
        (|_| "row.nagelkerke", &NAGELKERKE, |model| model.number(&NAGELKERKE, Format::Decimal(2))),
        (
            |_| "row.hosmer_lemeshow",
            &HOSMER_LEMESHOW_P,
            |model| model.test([&HOSMER_LEMESHOW, &HOSMER_LEMESHOW_DF, &HOSMER_LEMESHOW_P]),
        ),
        (|_| "row.auc", &AUC, |model| model.auc()),
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
            let cells = models.iter().flat_map(|model| {
                let cell = read(model);
                match cell.content {
                    _ if heading(model) != head => model.across([]),
                    // A model without clusters has no number of them.
                    Content::Missing => model.across([]),
                    // Wider than an odds ratio: in the column of intervals.
                    Content::Text(_) | Content::Partly { .. } => model.across([Cell::EMPTY, cell]),
                    _ => model.across([cell]),
                }
            });
            let cells: Vec<Cell> = cells.collect();
            if cells.iter().any(|cell| *cell != Content::Empty) {
                rows.push(Row::new(RowKind::Foot, vec![words::word(head)], cells));
            }
        }
    }
    rows
}

/// `Outcome: Satisfied: Yes.`: what the models explain, each once where they follow each other.
pub(crate) fn outcomes<'a>(variables: impl IntoIterator<Item = &'a Variable>, labels: &Labels) -> Text {
    let variables: Vec<&Variable> = variables.into_iter().collect();
    words::each(|language: Language| {
        let mut names: Vec<String> = Vec::new();
        for variable in &variables {
            let label = labels.variable_at(variable);
            let event =
                labels.item(variable).and_then(|item| item.codes.get(1)).map(|code| code.label.clone());
            names.push(match event {
                Some(event) => format!("{}: {}", label.get(language), event.get(language)),
                None => label.get(language).to_owned(),
            });
        }
        names.dedup();
        words::say(language, "note.outcome", &[("outcomes", names.join("; "))])
    })
}

fn notes(models: &[Model<'_>], labels: &Labels) -> Vec<Text> {
    let mut notes = vec![outcomes(models.iter().map(|model| model.variable), labels)];
    let of: Vec<(&Variable, Inference)> =
        models.iter().map(|model| (model.variable, model.inference)).collect();
    notes.extend(sources(&of, labels, Inference::note));
    if models.iter().any(|model| model.inference.leaves_firth_out(model.analysis, model.variable)) {
        notes.push(words::word("note.firth_not_shown"));
    }
    if models.iter().any(|model| model.has_one_term() && model.analysis.has(model.at(), &OMNIBUS_P)) {
        notes.push(words::word("note.whole_left_out"));
    }
    notes.push(words::word("note.odds_ratio"));
    if models.iter().any(|model| model.weighted) {
        notes.push(words::word("note.weighted"));
    }
    if models.iter().any(|model| model.weighted && model.analysis.cluster.is_some()) {
        notes.push(words::word("note.weighted_clustered"));
    }
    notes
}
