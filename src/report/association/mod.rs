//! Regressions in words: what goes with the outcome, by the odds ratios that the tables show, and how much in percentage points.
//!
//! The verdict is that of the odds ratio with the inference that its table shows ([`Inference::of`]): an association is clear only
//! where the whole interval lies on one side of one. An odds ratio is easily taken for a ratio of shares, so the size is told by the
//! average marginal difference that the model gives (`ame`): the mean probability of the outcome at one level less that at the
//! reference, everything else in the model being as it is. It has an interval of its own; where that does not agree with the
//! odds ratio's the points are left out. Nothing is told as what one thing does to another.

mod sentence;

use std::collections::BTreeSet;

use minijinja::context;

use super::{Page, ReportError, Section};
use crate::dictionary::{Item, Language, Text};
use crate::disclosure::Cleared;
use crate::estimate::{EVERYONE, INTERCEPT, Kind, Statistic, Term, Variable, WHOLE, Waves};
use crate::plan::{Cluster, CohortUnit};
use crate::statistic::{EVENTS_PER_PARAMETER, FIRTH_ODDS_RATIO, N_CLUSTERS, N_EVENTS, N_OBS, ODDS_RATIO};
use crate::table::layout::Inference;
use crate::table::{AnalysisView, Cell, Content, Format, Labels, number, words};

/// What may be said of one regression.
#[derive(Debug, Clone, PartialEq)]
pub struct Association {
    /// The analysis's id.
    pub analysis: String,
    pub label: Text,
    /// How many it rests on, how many of them have the outcome, and how many clusters there are.
    pub counted: Text,
    /// The clear ones, in the table's order.
    pub clear: Vec<Clear>,
    /// A sentence naming all terms without a clear association, and one for those that are not shown; none where there are none.
    pub rest: Vec<Text>,
    /// What the reader has to know about the intervals and the model.
    pub cautions: Vec<Text>,
    /// Terms whose odds ratio is shown with an interval.
    pub compared: usize,
    /// The confidence level of the intervals.
    pub level: Option<f64>,
}

/// A term that clearly goes with the outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Clear {
    /// `Sex: Woman`.
    pub term: Text,
    /// Whether the term is a number, which has no levels.
    pub is_number: bool,
    /// Whether the outcome is more common with it, or the higher it is.
    pub more: bool,
    /// The ends of the odds ratio’s interval, as they are written.
    pub interval: Text,
    pub said: Text,
}

/// The regressions of a release in words, in the pipeline's order.
pub fn associations(analyses: &[AnalysisView<'_>], labels: &Labels) -> Vec<Association> {
    analyses.iter().filter_map(|analysis| Some(Regression::read(analysis, labels)?.told())).collect()
}

/// Conditions that concern how far the odds ratios can be trusted; the others are told below the tables.
const PLAIN: [&str; 5] = ["few_clusters", "few_events", "firth", "separation", "unequal_clusters"];

struct Regression<'a> {
    analysis: &'a AnalysisView<'a>,
    labels: &'a Labels,
    /// The outcome.
    variable: &'a Variable,
    terms: Vec<&'a Term>,
    inference: Inference,
}

impl<'a> Regression<'a> {
    fn read(analysis: &'a AnalysisView<'a>, labels: &'a Labels) -> Option<Regression<'a>> {
        let is_odds_ratio = |one: &&&Cleared| one.kind() == Kind::Model && one.statistic() == &ODDS_RATIO;
        let variable = analysis.cleared.iter().find(is_odds_ratio)?.variable();
        let mut terms = analysis.terms(variable, &ODDS_RATIO);
        terms.retain(|term| *term != INTERCEPT);
        Some(Regression { analysis, labels, variable, terms, inference: Inference::of(analysis, variable) })
    }

    fn told(&self) -> Association {
        let mut clear = Vec::new();
        let (mut unclear, mut hidden, mut absent) = (Vec::new(), Vec::new(), Vec::new());
        let (odds_ratio, ends, _) = self.inference.odds_ratio();
        for term in &self.terms {
            let at = (EVERYONE, self.variable);
            let value = self.analysis.cell(at, term, odds_ratio, Format::Ratio);
            let interval = self.analysis.interval(at, term, ends, Format::Ratio);
            match (&value.content, &interval.content) {
                (&Content::Number { value: ratio, .. }, &Content::Interval { low, high, .. })
                    if low > 1.0 || high < 1.0 =>
                {
                    clear.push(Clear {
                        term: self.term(term),
                        is_number: term.as_level().is_none(),
                        more: ratio > 1.0,
                        interval: words::each(|language| number::marked(&interval, language)),
                        said: self.with_doubts(self.sentence(term, &value, &interval), [&value, &interval]),
                    });
                }
                (Content::Number { .. }, Content::Interval { .. }) => unclear.push(*term),
                (Content::Suppressed, _) | (_, Content::Suppressed) => hidden.push(*term),
                _ => absent.push(*term),
            }
        }
        let compared = clear.len() + unclear.len();
        let mut rest = Vec::new();
        for (key, of) in [
            (if clear.is_empty() { "association.none_clear" } else { "association.unclear" }, unclear),
            ("association.hidden", hidden),
            ("association.absent", absent),
        ] {
            if !of.is_empty() {
                rest.push(words::each(|language| {
                    let names: Vec<String> =
                        of.iter().map(|term| quoted(language, &self.term(term))).collect();
                    words::say(language, key, &[("terms", names.join(", "))])
                }));
            }
        }
        Association {
            analysis: self.analysis.id.to_owned(),
            label: self.analysis.label.clone(),
            counted: self.counted(),
            clear,
            rest,
            cautions: self.cautions(),
            compared,
            level: self.analysis.level,
        }
    }

    fn number(&self, statistic: &Statistic) -> Cell {
        self.analysis.cell((EVERYONE, self.variable), WHOLE, statistic, Format::Count)
    }

    fn counted(&self) -> Text {
        let (n, events) = (self.number(&N_OBS), self.number(&N_EVENTS));
        let key = match (self.analysis.unit, &n.content, &events.content) {
            (_, Content::Number { .. }, Content::Suppressed) | (_, Content::Suppressed, _) => {
                "association.counted_hidden"
            }
            (CohortUnit::Respondent, ..) => "association.counted",
            (CohortUnit::Assessment, ..) => "association.counted_assessments",
        };
        words::each(|language| {
            let cell = |cell: &Cell| number::marked(cell, language);
            let outcome = quoted(language, &self.outcome());
            let with = [("n", cell(&n)), ("events", cell(&events)), ("outcome", outcome)];
            let counted = words::say(language, key, &with);
            match self.number(&N_CLUSTERS) {
                clusters if clusters.value().is_some() => {
                    let key = match self.analysis.cluster {
                        Some(Cluster::Respondent) => "association.clustered_persons",
                        Some(Cluster::Column(_)) | None => "association.clustered",
                    };
                    let clusters = [("clusters", cell(&clusters))];
                    format!("{counted} {}", words::say(language, key, &clusters))
                }
                _ => counted,
            }
        })
    }

    /// The outcome: `Satisfaction: Good`, or only the label where the answer is yes.
    fn outcome(&self) -> Text {
        let label = self.labels.variable(self.variable);
        match self.labels.item(self.variable).is_some_and(is_yes_or_no) {
            true => label,
            false => self.labels.event(self.variable, label),
        }
    }

    /// Whether a term is the yes of a yes or no.
    fn is_yes(&self, term: &Term) -> bool {
        let Some((variable, code)) = term.as_level() else { return false };
        let item = self.labels.item(variable).filter(|item| is_yes_or_no(item));
        item.and_then(|item| item.codes.get(1)).is_some_and(|yes| yes.code.to_string() == code)
    }

    /// A variable's label, with its wave where that is another than the outcome's.
    fn name(&self, variable: &str) -> Text {
        let (of, outcome) = (Waves::of(variable).wave, self.variable.wave());
        match of.is_some() && of != outcome {
            true => self.labels.variable_at(variable),
            false => self.labels.variable(variable),
        }
    }

    /// `Sex: Woman`, or only the label of a number or of a yes.
    fn term(&self, term: &Term) -> Text {
        match term.as_level() {
            Some((variable, _)) if self.is_yes(term) => self.name(variable),
            Some((variable, code)) => {
                let (name, code) = (self.name(variable), self.labels.code(variable, code));
                words::each(|language| format!("{}: {}", name.get(language), code.get(language)))
            }
            None => self.name(term),
        }
    }

    /// Whether an estimate stands in the sentences, or says something of all that do.
    fn is_told(&self, statistic: &Statistic) -> bool {
        let (odds_ratio, ends, _) = self.inference.odds_ratio();
        // That Firth's method was used besides, and why, is told of its odds ratios.
        [&N_OBS, &N_EVENTS, &N_CLUSTERS, &EVENTS_PER_PARAMETER, &FIRTH_ODDS_RATIO].contains(&statistic)
            || statistic == odds_ratio
            || ends.contains(&statistic)
    }

    /// A sentence, and after it why what it tells of some cells is not to be trusted.
    fn with_doubts(&self, said: Text, cells: [&Cell; 2]) -> Text {
        let concerns = |one: &&&Cleared| {
            let of_all = one.variable() == self.variable && one.statistic() == &EVENTS_PER_PARAMETER;
            of_all && !self.inference.is_firth() || cells.iter().any(|cell| cell.of.contains(one.id()))
        };
        let of = self.analysis.cleared.iter().filter(concerns).flat_map(|one| one.conditions());
        let codes: BTreeSet<&str> =
            of.filter(|condition| condition.is_doubt()).map(|condition| condition.code.as_str()).collect();
        if codes.is_empty() {
            return said;
        }
        words::each(|language| {
            let why = codes.iter().map(|code| words::say(language, &format!("doubt.{code}"), &[]));
            let why = [("why", why.collect::<Vec<_>>().join("; "))];
            format!("{} {}", said.get(language), words::say(language, "doubt.said", &why))
        })
    }

    /// What has to be known of how far the odds ratios can be trusted.
    fn cautions(&self) -> Vec<Text> {
        let of_model = |one: &&&Cleared| one.kind() == Kind::Model && self.is_told(one.statistic());
        let of = self.analysis.cleared.iter().filter(of_model);
        let by_firth = self.inference.odds_ratio().0 != &ODDS_RATIO;
        let mut found: Vec<String> = Vec::new();
        if self.inference.odds_ratio().0 == &ODDS_RATIO && self.number(&N_CLUSTERS).value().is_some() {
            found.push("clustered".to_owned());
        }
        for condition in of.flat_map(|one| one.conditions()) {
            let (code, detail) = (condition.code.as_str(), condition.detail.as_str());
            let key = match code {
                _ if !PLAIN.contains(&code) => continue,
                // Where Firth's method was used the detail says why; its odds ratios are not always those that are shown.
                "firth" if by_firth => format!("{code}_{detail}"),
                "firth" => detail.to_owned(),
                code => code.to_owned(),
            };
            if !found.contains(&key) {
                found.push(key);
            }
        }
        // The reason for Firth's method is told with it.
        let with_firth: Vec<String> =
            found.iter().filter_map(|key| Some(key.strip_prefix("firth_")?.to_owned())).collect();
        found.retain(|key| !with_firth.contains(key));
        let of_key = |key: &String| {
            let key = format!("association.caution_{key}");
            let known = words::find(Language::En, &key).is_some();
            words::word(if known { &key } else { "association.caution_firth" })
        };
        found.iter().map(of_key).collect()
    }
}

/// Whether the two answers of an item are no and yes, in this order: its label is then a statement that holds or does not.
pub(super) fn is_yes_or_no(item: &Item) -> bool {
    let is = |label: &Text, key: &str| {
        let alike = |language| label.get(language).to_lowercase() == words::say(language, key, &[]);
        Language::ALL.into_iter().all(alike)
    };
    match item.codes.as_slice() {
        [no, yes] => is(&no.label, "association.no") && is(&yes.label, "association.yes"),
        _ => false,
    }
}

/// The text in the language's quotation marks.
pub(super) fn quoted(language: Language, text: &Text) -> String {
    let text = text.get(language);
    match language {
        Language::Nb | Language::Nn => format!("«{text}»"),
        Language::En => format!("“{text}”"),
    }
}

/// Each regression in words.
pub(super) fn section(page: &Page<'_>) -> Result<Option<Section>, ReportError> {
    if page.associations.is_empty() {
        return Ok(None);
    }
    let language = page.language;
    let text = |text: &Text| text.get(language).to_owned();
    let told = page.associations.iter().map(|one| {
        context! {
            id => id(&one.analysis),
            label => text(&one.label),
            counted => text(&one.counted),
            clear => one.clear.iter().map(|clear| text(&clear.said)).collect::<Vec<_>>(),
            rest => one.rest.iter().map(text).collect::<Vec<_>>(),
        }
    });
    // What concerns several models is said once.
    let mut cautions: Vec<(&Text, Vec<String>)> = Vec::new();
    for one in &page.associations {
        for caution in &one.cautions {
            match cautions.iter_mut().find(|(known, _)| *known == caution) {
                Some((_, of)) => of.push(text(&one.label)),
                None => cautions.push((caution, vec![text(&one.label)])),
            }
        }
    }
    let cautions = cautions.into_iter().map(|(caution, of)| {
        let of = if of.len() == page.associations.len() { Vec::new() } else { of };
        context! { said => text(caution), of }
    });
    let cautions: Vec<_> = cautions.collect();
    page.section("associations", context! { models => told.collect::<Vec<_>>(), cautions }).map(Some)
}

/// The id of a regression's place on the page.
fn id(analysis: &str) -> String {
    format!("r-{}", analysis.replace('.', "-"))
}
