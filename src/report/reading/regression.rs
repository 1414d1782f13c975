//! Tables of regressions.

use super::{Basis, Family, Input, Reading, count, percent, quoted, value};
use crate::convention::Convention;
use crate::dictionary::Language;
use crate::report::Association;
use crate::table::{AnalysisView, Cell, Format, number, words};

pub(super) const CASES: &[Basis] = &[("basis.cases", "n_obs", false), ("basis.left_out", "n_missing", false)];

pub const FAMILY: Family = Family {
    readings: &[
        Reading { layout: "regression", say: regression, basis: CASES },
        Reading { layout: "marginal_effects", say: regression, basis: CASES },
        Reading { layout: "regression_spss", say: as_spss, basis: CASES },
        Reading { layout: "regression_spss_summary", say: summary, basis: CASES },
    ],
};

/// How many differences are clear in a model, of how many that are shown.
struct Counted {
    clear: usize,
    compared: usize,
}

/// How many terms go clearly together with each outcome; the sentences stand in a section of their own.
fn regression(input: &Input<'_>, language: Language) -> Vec<String> {
    counted(input, language, &|analysis| odds_ratios(analysis, &ENDS), true)
}

/// As the table shows them: by plain maximum likelihood.
fn as_spss(input: &Input<'_>, language: Language) -> Vec<String> {
    counted(input, language, &|analysis| odds_ratios(analysis, &ENDS[2..]), false)
}

/// The ends of the odds ratios' intervals, the best first.
const ENDS: [[&str; 2]; 3] = [
    ["odds_ratio_cr2_low", "odds_ratio_cr2_high"],
    ["odds_ratio_cr1_low", "odds_ratio_cr1_high"],
    ["odds_ratio_low", "odds_ratio_high"],
];

/// By the differences in percentage points where these are `in_words`, by the odds ratios where there are none.
fn counted(
    input: &Input<'_>,
    language: Language,
    by_odds_ratios: &dyn Fn(&AnalysisView<'_>) -> Option<Counted>,
    in_words: bool,
) -> Vec<String> {
    let told = |analysis: &AnalysisView<'_>| -> Option<&Association> {
        input.associations.iter().find(|one| in_words && one.analysis == analysis.id)
    };
    let mut said = Vec::new();
    let several = input.analyses.len() > 1;
    for analysis in &input.analyses {
        let counted = match told(analysis) {
            Some(told) => Some(Counted { clear: told.clear.len(), compared: told.compared }),
            None => by_odds_ratios(analysis),
        };
        let Some(Counted { clear, compared }) = counted else { continue };
        let key = match (clear, compared) {
            (_, 0) => "read.regression_hidden",
            (0, _) => "read.regression_none",
            _ => "read.regression",
        };
        let [clear, n] = [clear, compared].map(|n| count(n as f64, language));
        let sentence = words::say(language, key, &[("clear", clear), ("compared", n)]);
        said.push(match several {
            true => format!("{}: {sentence}", analysis.label.get(language)),
            false => sentence,
        });
    }
    if input.analyses.iter().any(|analysis| told(analysis).is_some_and(|told| told.compared > 0)) {
        said.push(words::say(
            language,
            "read.regression_where",
            &[("section", words::say(language, "report.associations", &[]))],
        ));
    }
    said
}

/// The odds ratios with the first of some intervals that there is, against one.
fn odds_ratios(analysis: &AnalysisView<'_>, ends: &[[&'static str; 2]]) -> Option<Counted> {
    let low = |name: &str| analysis.cleared.iter().find(|one| one.statistic().name == name);
    let (ends, found) = ends.iter().find_map(|ends| Some((*ends, low(ends[0])?)))?;
    let variable = found.variable();
    let mut counted = Counted { clear: 0, compared: 0 };
    for term in analysis.terms(variable, ends[0]).into_iter().filter(|term| *term != "(intercept)") {
        if let Cell::Interval { low, high, .. } = analysis.interval(("", variable), term, ends, Format::Ratio)
        {
            counted.compared += 1;
            counted.clear += usize::from(low > 1.0 || high < 1.0);
        }
    }
    Some(counted)
}

/// How many each model classifies right, against those whom the more common outcome alone would.
fn summary(input: &Input<'_>, language: Language) -> Vec<String> {
    let mut said = Vec::new();
    for analysis in &input.analyses {
        let fitted = analysis.cleared.iter().find(|one| one.statistic().name == "n_obs");
        let Some(at) = fitted.map(|one| ("", one.variable())) else { continue };
        let of = |statistic: &str| {
            // As the table: SPSS's variant where the model was asked for it.
            let spss = value(analysis, at, Convention::Spss.term(), statistic);
            spss.or_else(|| value(analysis, at, "", statistic))
        };
        let Some(r2) = of("nagelkerke") else { continue };
        let outcome = quoted(language, &input.labels.variable_at(at.1));
        let r2 = number::number(r2, Format::Decimal(3), language);
        let mut sentence = words::say(language, "read.nagelkerke", &[("outcome", outcome), ("r2", r2)]);
        if let (Some(right), Some(n), Some(events)) =
            (of("correctly_classified"), of("n_obs"), of("n_events"))
        {
            let common = events.max(n - events) / n;
            let with = [("right", percent(right, language)), ("common", percent(common, language))];
            sentence = format!("{sentence} {}", words::say(language, "read.classified", &with));
        }
        said.push(sentence);
    }
    said
}
