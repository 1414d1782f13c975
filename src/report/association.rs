//! Regressions in words: differences of mean probability, in percentage points, with their intervals.
//!
//! An odds ratio is easily taken for a ratio of shares. What is told here is the average marginal difference that the model gives
//! (`ame`): the mean probability of the outcome at one level less that at the reference, everything else in the model being as it
//! is. It is never told as what one thing does to another. A difference is called clear only where its whole interval lies on one
//! side of zero; the interval is the best that was computed, as in the tables.

use minijinja::context;

use super::{Page, ReportError, Section};
use crate::dictionary::{Item, Language, Text};
use crate::disclosure::Cleared;
use crate::estimate::Kind;
use crate::plan::CohortUnit;
use crate::table::labels::Key;
use crate::table::{AnalysisView, Cell, Format, Labels, layout, number, words};

/// What may be said of one regression.
#[derive(Debug, Clone, PartialEq)]
pub struct Association {
    /// The analysis's id.
    pub analysis: String,
    pub label: Text,
    /// How many it rests on, and how many of them have the outcome.
    pub counted: Text,
    /// A sentence for each clear difference, the largest first.
    pub clear: Vec<Text>,
    /// A sentence naming all terms without a clear difference, and one for those that are not shown; none where there are none.
    pub rest: Vec<Text>,
    /// What the reader has to know about the intervals and the model.
    pub cautions: Vec<Text>,
    /// Terms that were compared with an interval that is shown.
    pub compared: usize,
}

/// The regressions of a release in words, in the pipeline's order.
pub fn associations(analyses: &[AnalysisView<'_>], labels: &Labels) -> Vec<Association> {
    analyses.iter().filter_map(|analysis| Regression::read(analysis, labels)?.told()).collect()
}

/// Conditions that are put in plainer words than below the tables, or not at all.
const PLAIN: [&str; 5] = ["few_clusters", "few_events", "firth", "separation", "unequal_clusters"];

struct Regression<'a> {
    analysis: &'a AnalysisView<'a>,
    labels: &'a Labels,
    /// The outcome.
    variable: &'a str,
    terms: Vec<&'a str>,
    /// The statistics of the interval's ends.
    ends: [&'static str; 2],
}

impl<'a> Regression<'a> {
    fn read(analysis: &'a AnalysisView<'a>, labels: &'a Labels) -> Option<Regression<'a>> {
        let of_model = |name: &str| {
            analysis.cleared.iter().find(|one| one.kind() == Kind::Model && one.statistic().name == name)
        };
        let variable = of_model("ame")?.variable();
        let ends = [
            ["ame_cr2_conf_low", "ame_cr2_conf_high"],
            ["ame_cr1_conf_low", "ame_cr1_conf_high"],
            ["ame_conf_low", "ame_conf_high"],
        ];
        let ends = ends.into_iter().find(|[low, _]| of_model(low).is_some())?;
        let terms = analysis.terms(variable, "ame");
        Some(Regression { analysis, labels, variable, terms, ends })
    }

    fn told(&self) -> Option<Association> {
        let mut clear: Vec<(f64, Text)> = Vec::new();
        let (mut unclear, mut hidden, mut absent) = (Vec::new(), Vec::new(), Vec::new());
        for term in &self.terms {
            let at = ("", self.variable);
            let value = self.analysis.cell(at, term, "ame", Format::Decimal(0));
            let interval = self.analysis.interval(at, term, self.ends, Format::Decimal(0));
            match (value, interval) {
                (Cell::Number { value, .. }, Cell::Interval { low, high, .. }) if low > 0.0 || high < 0.0 => {
                    let step = self.step(term);
                    clear.push((
                        value * step,
                        self.sentence(term, [value, low, high].map(|end| end * step), step),
                    ));
                }
                (Cell::Number { .. }, Cell::Interval { .. }) => unclear.push(*term),
                (Cell::Suppressed, _) | (_, Cell::Suppressed) => hidden.push(*term),
                _ => absent.push(*term),
            }
        }
        let compared = clear.len() + unclear.len();
        clear.sort_by(|(a, _), (b, _)| b.abs().total_cmp(&a.abs()));
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
        Some(Association {
            analysis: self.analysis.id.to_owned(),
            label: self.analysis.label.clone(),
            counted: self.counted(),
            clear: clear.into_iter().map(|(_, said)| said).collect(),
            rest,
            cautions: self.cautions(),
            compared,
        })
    }

    fn number(&self, statistic: &str) -> Cell {
        self.analysis.cell(("", self.variable), "", statistic, Format::Count)
    }

    fn counted(&self) -> Text {
        let (n, events) = (self.number("n_obs"), self.number("n_events"));
        let key = match (self.analysis.unit, &n, &events) {
            (_, Cell::Number { .. }, Cell::Suppressed) | (_, Cell::Suppressed, _) => {
                "association.counted_hidden"
            }
            (CohortUnit::Respondent, ..) => "association.counted",
            (CohortUnit::Assessment, ..) => "association.counted_assessments",
        };
        words::each(|language| {
            let cell = |cell: &Cell| number::cell(cell, language);
            let outcome = quoted(language, &self.outcome());
            words::say(language, key, &[("n", cell(&n)), ("events", cell(&events)), ("outcome", outcome)])
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
    fn is_yes(&self, term: &str) -> bool {
        let Some((variable, code)) = term.split_once('=') else { return false };
        let item = self.labels.item(variable).filter(|item| is_yes_or_no(item));
        item.and_then(|item| item.codes.get(1)).is_some_and(|yes| yes.code.to_string() == code)
    }

    /// A variable's label, with its wave where that is another than the outcome's.
    fn name(&self, variable: &str) -> Text {
        let (of, outcome) = (Key::parse(variable).wave, Key::parse(self.variable).wave);
        match of.is_some() && of != outcome {
            true => self.labels.variable_at(variable),
            false => self.labels.variable(variable),
        }
    }

    /// `Sex: Woman`, or only the label of a number or of a yes.
    fn term(&self, term: &str) -> Text {
        match term.split_once('=') {
            Some((variable, _)) if self.is_yes(term) => self.name(variable),
            Some((variable, code)) => {
                let (name, code) = (self.name(variable), self.labels.code(variable, code));
                words::each(|language| format!("{}: {}", name.get(language), code.get(language)))
            }
            None => self.name(term),
        }
    }

    /// The level that a term is compared with: the one without a term of its own. Of several, which is which is not known.
    fn reference(&self, variable: &str) -> Option<Text> {
        let levels = self.terms.iter().filter_map(|term| term.split_once('='));
        let found: Vec<&str> = levels.filter(|(of, _)| *of == variable).map(|(_, code)| code).collect();
        let mut without = self.labels.codes(variable, &found);
        without.retain(|code| !found.contains(&code.as_str()));
        match without.as_slice() {
            [reference] => Some(self.labels.code(variable, reference)),
            _ => None,
        }
    }

    /// How many units a number's difference is told for.
    fn step(&self, term: &str) -> f64 {
        match term.contains('=') {
            true => 1.0,
            false => self.labels.item(term).map_or(1.0, step),
        }
    }

    /// `value`, `low` and `high` are shares for `step` units more, or for the level against the reference.
    fn sentence(&self, term: &str, [value, low, high]: [f64; 3], step: f64) -> Text {
        let more = value > 0.0;
        // What is so much less common is told by how much, without signs.
        let [value, low, high] = if more { [value, low, high] } else { [-value, -high, -low] };
        let decimals = decimals([value, low, high]);
        let variable = term.split_once('=').map(|(variable, _)| variable);
        let reference = variable.and_then(|variable| self.reference(variable));
        let [key_more, key_less] = match (variable, &reference) {
            (Some(variable), Some(_)) if self.is_yes(term) && self.labels.item(variable).is_some() => {
                ["association.yes_more", "association.yes_less"]
            }
            (Some(_), Some(_)) => ["association.level_more", "association.level_less"],
            (Some(_), None) => ["association.other_more", "association.other_less"],
            (None, _) => ["association.number_more", "association.number_less"],
        };
        words::each(|language| {
            let level = self.analysis.level.map(|level| number::percent(level, 0, language));
            let reference = reference.as_ref().map(|reference| quoted(language, reference));
            let unit = self.labels.item(term).map(|item| item.unit.get(language)).unwrap_or_default();
            let amount = format!("{}\u{a0}{unit}", number::decimal(step, places(step), language));
            let [low, high] = [low, high].map(|share| 100.0 * share);
            words::say(
                language,
                if more { key_more } else { key_less },
                &[
                    ("term", quoted(language, &self.term(term))),
                    ("outcome", quoted(language, &self.outcome())),
                    ("reference", reference.unwrap_or_default()),
                    ("amount", amount.trim_end().to_owned()),
                    ("points", number::decimal(100.0 * value, decimals, language)),
                    ("level", level.unwrap_or_default()),
                    ("interval", number::interval(low, high, Format::Decimal(decimals), language)),
                ],
            )
        })
    }

    /// Whether an estimate stands in the sentences, or says something of all that do.
    fn is_told(&self, name: &str) -> bool {
        ["ame", "n_obs", "n_events", "n_clusters", "events_per_parameter"].contains(&name)
            || self.ends.contains(&name)
            // That Firth's method was used besides, and why.
            || name == "firth_odds_ratio"
    }

    fn cautions(&self) -> Vec<Text> {
        let of_model = |one: &&&Cleared| one.kind() == Kind::Model && self.is_told(one.statistic().name);
        let of = self.analysis.cleared.iter().filter(of_model);
        let mut found: Vec<(&str, &str)> = Vec::new();
        for condition in of.flat_map(|one| one.conditions()) {
            // Where Firth's method was used, the detail says why; elsewhere it is a term.
            let detail = if condition.code == "firth" { condition.detail.as_str() } else { "" };
            if !found.contains(&(condition.code.as_str(), detail)) {
                found.push((&condition.code, detail));
            }
        }
        // The reason for Firth's method is told with it.
        let firth = |reason: &str| found.contains(&("firth", reason));
        let told: Vec<(&str, &str)> = found
            .iter()
            .filter(|(code, _)| !((*code == "few_events" || *code == "separation") && firth(code)))
            .copied()
            .collect();
        let mut cautions = Vec::new();
        if let clusters @ Cell::Number { .. } = self.number("n_clusters") {
            cautions.push(words::each(|language| {
                let clusters = number::cell(&clusters, language);
                words::say(language, "association.clustered", &[("clusters", clusters)])
            }));
        }
        for (code, detail) in told {
            cautions.push(words::each(|language| {
                if !PLAIN.contains(&code) {
                    return layout::condition(language, code);
                }
                let reasoned = words::find(language, &format!("association.caution_{code}_{detail}"));
                match reasoned.or_else(|| words::find(language, &format!("association.caution_{code}"))) {
                    Some(said) => said.to_owned(),
                    None => layout::condition(language, code),
                }
            }));
        }
        cautions
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

/// The units that a reader can picture: the largest power of ten of which the declared range holds at least four; ten years
/// of a life, ten points of a hundred, a tenth of a scale from 0 to 1. One unit where no range is declared.
fn step(item: &Item) -> f64 {
    match item.range {
        Some([low, high]) if high > low => 10_f64.powi(((high - low) / 4.0).log10().floor() as i32),
        _ => 1.0,
    }
}

/// Decimals of a power of ten.
fn places(step: f64) -> usize {
    (-step.log10().round()).max(0.0) as usize
}

/// Decimals with which none of the numbers is rounded to zero percentage points.
fn decimals(shares: [f64; 3]) -> usize {
    match shares.map(|share| 100.0 * share.abs()).into_iter().fold(f64::INFINITY, f64::min) {
        least if least >= 0.5 => 0,
        least if least >= 0.05 => 1,
        _ => 2,
    }
}

/// Each regression in words.
pub(super) fn section(page: &Page<'_>) -> Result<Option<Section>, ReportError> {
    if page.associations.is_empty() {
        return Ok(None);
    }
    let language = page.language;
    let text = |texts: &[Text]| texts.iter().map(|text| text.get(language).to_owned()).collect::<Vec<_>>();
    let told = page.associations.iter().map(|one| {
        context! {
            id => format!("r-{}", one.analysis.replace('.', "-")),
            label => one.label.get(language),
            counted => one.counted.get(language),
            clear => text(&one.clear),
            rest => text(&one.rest),
            cautions => text(&one.cautions),
        }
    });
    page.section("associations", context! { models => told.collect::<Vec<_>>() }).map(Some)
}
