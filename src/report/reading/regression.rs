//! Tables of regressions.

use super::{Basis, Family, Input, Reading, percent, quoted, tally, value};
use crate::convention::Convention;
use crate::dictionary::Language;
use crate::estimate::{EVERYONE, INTERCEPT, Statistic, Variable, WHOLE};
use crate::report::Association;
use crate::statistic::{
    AME, CORRECTLY_CLASSIFIED, N_MISSING, N_OBS, NAGELKERKE, NO_INFORMATION_RATE, ODDS_RATIO,
    ODDS_RATIO_HIGH, ODDS_RATIO_LOW,
};
use crate::table::layout::Inference;
use crate::table::{AnalysisView, Format, number, words};

pub(super) const CASES: &[Basis] = &[("basis.cases", &N_OBS), ("basis.left_out", &N_MISSING)];

pub const FAMILY: Family = Family {
    readings: &[
        Reading { layout: "regression", say: regression, basis: CASES },
        Reading { layout: "marginal_effects", say: marginal_effects, basis: CASES },
        Reading { layout: "regression_spss", say: as_spss, basis: CASES },
        Reading { layout: "regression_spss_summary", say: summary, basis: CASES },
    ],
};

/// How many terms are clear in a model, of how many that are shown.
struct Counted {
    clear: usize,
    compared: usize,
}

/// How many terms go clearly together with each outcome, by the odds ratios that the table shows; the sentences stand in a section of
/// their own.
fn regression(input: &Input<'_>, language: Language) -> Vec<String> {
    let by = |analysis: &AnalysisView<'_>| {
        let told: &Association = input.associations.iter().find(|one| one.analysis == analysis.id)?;
        Some(Counted { clear: told.clear.len(), compared: told.compared })
    };
    let (mut said, compared) = counted(input, language, "read.regression", &by);
    if compared > 0 {
        let section = [("section", words::say(language, "report.associations", &[]))];
        said.push(words::say(language, "read.regression_where", &section));
    }
    said
}

/// The same by the differences in percentage points, whose intervals are their own.
fn marginal_effects(input: &Input<'_>, language: Language) -> Vec<String> {
    let by = |analysis: &AnalysisView<'_>| {
        let outcome = analysis.cleared.iter().find(|one| one.statistic() == &AME)?.variable();
        let (ends, _) = Inference::of(analysis, outcome).marginal_effect();
        Some(leave_out(analysis, outcome, ends, 0.0))
    };
    counted(input, language, "read.differences", &by).0
}

/// As the table shows them: by plain maximum likelihood.
fn as_spss(input: &Input<'_>, language: Language) -> Vec<String> {
    let by = |analysis: &AnalysisView<'_>| {
        let outcome = analysis.cleared.iter().find(|one| one.statistic() == &ODDS_RATIO)?.variable();
        Some(leave_out(analysis, outcome, [&ODDS_RATIO_LOW, &ODDS_RATIO_HIGH], 1.0))
    };
    counted(input, language, "read.regression", &by).0
}

/// A sentence for each model, and how many terms were compared in all.
fn counted(
    input: &Input<'_>,
    language: Language,
    key: &str,
    by: &dyn Fn(&AnalysisView<'_>) -> Option<Counted>,
) -> (Vec<String>, usize) {
    let mut said = Vec::new();
    let mut all = 0;
    for analysis in &input.analyses {
        let Some(Counted { clear, compared }) = by(analysis) else { continue };
        all += compared;
        let key = match (clear, compared) {
            (_, 0) => "read.regression_hidden".to_owned(),
            (0, _) => format!("{key}_none"),
            _ => key.to_owned(),
        };
        let [clear, n] = [clear, compared].map(|n| tally(n, language));
        let sentence = words::say(language, &key, &[("clear", clear), ("compared", n)]);
        said.push(match input.analyses.len() {
            1 => sentence,
            _ => format!("{}: {sentence}", analysis.label.get(language)),
        });
    }
    (said, all)
}

/// How many of the terms' intervals leave out what they would hold if there were no difference.
fn leave_out(
    analysis: &AnalysisView<'_>,
    outcome: &Variable,
    ends: [&'static Statistic; 2],
    none: f64,
) -> Counted {
    let mut counted = Counted { clear: 0, compared: 0 };
    for term in analysis.terms(outcome, ends[0]).into_iter().filter(|term| *term != INTERCEPT) {
        let interval = analysis.interval((EVERYONE, outcome), term, ends, Format::Ratio);
        if let Some([low, high]) = interval.ends() {
            counted.compared += 1;
            counted.clear += usize::from(low > none || high < none);
        }
    }
    counted
}

/// How many each model classifies right, against those whom the more common outcome alone would.
fn summary(input: &Input<'_>, language: Language) -> Vec<String> {
    let mut said = Vec::new();
    for analysis in &input.analyses {
        let fitted = analysis.cleared.iter().find(|one| one.statistic() == &N_OBS);
        let Some(at) = fitted.map(|one| (EVERYONE, one.variable())) else { continue };
        let of = |statistic: &Statistic| {
            // As the table: SPSS's variant where the model was asked for it.
            let spss = value(analysis, at, Convention::Spss.term(), statistic);
            spss.or_else(|| value(analysis, at, WHOLE, statistic))
        };
        let Some(r2) = of(&NAGELKERKE) else { continue };
        let outcome = quoted(language, &input.labels.variable_at(at.1));
        let r2 = number::amount(&r2, Format::Decimal(3), language);
        let mut sentence = words::say(language, "read.nagelkerke", &[("outcome", outcome), ("r2", r2)]);
        if let (Some(right), Some(common)) = (of(&CORRECTLY_CLASSIFIED), of(&NO_INFORMATION_RATE)) {
            let with = [("right", percent(&right, language)), ("common", percent(&common, language))];
            sentence = format!("{sentence} {}", words::say(language, "read.classified", &with));
        }
        said.push(sentence);
    }
    said
}
