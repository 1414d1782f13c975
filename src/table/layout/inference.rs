//! Which of a regression's estimates a table shows: those of the best fit and errors that were computed.

use super::AnalysisView;
use crate::dictionary::Text;
use crate::disclosure::Cleared;
use crate::table::{Labels, words};

/// Where a model's intervals and p-values come from. Both of a row are always of one method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inference {
    /// Firth's penalised likelihood, for a reason that would tell of few persons.
    FirthWithheld,
    /// Firth's penalised likelihood, because the outcome is separated.
    FirthSeparation,
    /// The same because of few events.
    FirthFewEvents,
    /// The same because it was asked for.
    FirthAsked,
    /// Cluster-robust with Bell and McCaffrey's correction and Satterthwaite's degrees of freedom.
    Cr2,
    /// Cluster-robust with the factor G/(G − 1) and a normal reference.
    Cr1,
    /// The model's own.
    Wald,
}

impl Inference {
    pub const ALL: [Inference; 7] = [
        Inference::FirthWithheld,
        Inference::FirthSeparation,
        Inference::FirthFewEvents,
        Inference::FirthAsked,
        Inference::Cr2,
        Inference::Cr1,
        Inference::Wald,
    ];

    /// The best that was computed of a model. Firth's likelihood knows no clusters: where there are some it is shown only if
    /// maximum likelihood has no estimates; few events are then told below the table.
    pub fn of(analysis: &AnalysisView<'_>, outcome: &str) -> Inference {
        let has = |statistic: &str| analysis.has(("", outcome), statistic);
        if let Some(reason) = firth(analysis, outcome)
            && (!has("cr1_p_value") || reason != Inference::FirthFewEvents)
        {
            return reason;
        }
        match () {
            () if has("cr2_p_value") => Inference::Cr2,
            () if has("cr1_p_value") => Inference::Cr1,
            () => Inference::Wald,
        }
    }

    pub fn is_firth(self) -> bool {
        matches!(
            self,
            Inference::FirthWithheld
                | Inference::FirthSeparation
                | Inference::FirthFewEvents
                | Inference::FirthAsked
        )
    }

    /// The odds ratio, its limits and its p-value.
    pub fn odds_ratio(self) -> (&'static str, [&'static str; 2], &'static str) {
        match self {
            _ if self.is_firth() => {
                ("firth_odds_ratio", ["firth_odds_ratio_low", "firth_odds_ratio_high"], "firth_p_value")
            }
            Inference::Cr2 => ("odds_ratio", ["odds_ratio_cr2_low", "odds_ratio_cr2_high"], "cr2_p_value"),
            Inference::Cr1 => ("odds_ratio", ["odds_ratio_cr1_low", "odds_ratio_cr1_high"], "cr1_p_value"),
            _ => ("odds_ratio", ["odds_ratio_low", "odds_ratio_high"], "p_value"),
        }
    }

    /// The limits and the p-value of an average marginal effect, which is always that of maximum likelihood.
    pub fn marginal_effect(self) -> ([&'static str; 2], &'static str) {
        match self {
            Inference::Cr2 => (["ame_cr2_conf_low", "ame_cr2_conf_high"], "ame_cr2_p_value"),
            Inference::Cr1 => (["ame_cr1_conf_low", "ame_cr1_conf_high"], "ame_cr1_p_value"),
            _ => (["ame_conf_low", "ame_conf_high"], "ame_p_value"),
        }
    }

    /// The limits of a predicted probability.
    pub fn predicted(self) -> [&'static str; 2] {
        match self {
            Inference::Cr2 => ["predicted_cr2_low", "predicted_cr2_high"],
            Inference::Cr1 => ["predicted_cr1_low", "predicted_cr1_high"],
            _ => ["predicted_low", "predicted_high"],
        }
    }

    /// The key of the words that say so below a table of odds ratios.
    pub fn note(self) -> &'static str {
        match self {
            Inference::FirthWithheld => "note.firth_withheld",
            Inference::FirthSeparation => "note.firth_separation",
            Inference::FirthFewEvents => "note.firth_few_events",
            Inference::FirthAsked => "note.firth_asked",
            Inference::Cr2 => "note.robust_cr2",
            Inference::Cr1 => "note.robust",
            Inference::Wald => "note.wald",
        }
    }

    /// The same below a figure, which has no p-values.
    pub fn note_of_intervals(self) -> &'static str {
        match self {
            Inference::Cr2 => "figure.robust_cr2",
            Inference::Cr1 => "figure.robust",
            Inference::Wald => "figure.wald",
            firth => firth.note(),
        }
    }

    /// The same below a figure of marginal effects, which are always those of maximum likelihood.
    pub fn note_of_effect_intervals(self) -> &'static str {
        match self {
            robust @ (Inference::Cr2 | Inference::Cr1) => robust.note_of_intervals(),
            _ => Inference::Wald.note_of_intervals(),
        }
    }

    /// Whether Firth's likelihood was called for by few events and not shown, because it knows no clusters.
    pub fn leaves_firth_out(self, analysis: &AnalysisView<'_>, outcome: &str) -> bool {
        !self.is_firth() && firth(analysis, outcome) == Some(Inference::FirthFewEvents)
    }

    /// The same below a table of marginal effects.
    pub fn note_of_effects(self) -> &'static str {
        match self {
            Inference::Cr2 => "note.effects_cr2",
            Inference::Cr1 => "note.effects_cr1",
            _ => "note.effects_model",
        }
    }
}

/// Where the intervals of some models, told by their outcomes, come from: the words of `note`, after the names of those that they
/// are of where the models differ.
pub(crate) fn sources(
    models: &[(&str, Inference)],
    labels: &Labels,
    note: impl Fn(Inference) -> &'static str,
) -> Vec<Text> {
    let mut notes: Vec<&'static str> = Vec::new();
    for inference in Inference::ALL.into_iter().filter(|one| models.iter().any(|(_, of)| of == one)) {
        if !notes.contains(&note(inference)) {
            notes.push(note(inference));
        }
    }
    let mixed = notes.len() > 1;
    let said = |key: &'static str| {
        words::each(|language| {
            let said = words::say(language, key, &[]);
            let of = models.iter().filter(|(_, inference)| note(*inference) == key);
            let names = of.map(|(outcome, _)| labels.variable_at(outcome).get(language).to_owned());
            match mixed {
                true => format!("{}: {said}", names.collect::<Vec<_>>().join(", ")),
                false => said,
            }
        })
    };
    notes.into_iter().map(said).collect()
}

/// Why Firth's penalised likelihood was fitted; `None` where it was not.
fn firth(analysis: &AnalysisView<'_>, outcome: &str) -> Option<Inference> {
    let of_outcome = |one: &&&Cleared| one.variable() == outcome && one.term() != "";
    let mut fitted =
        analysis.cleared.iter().filter(of_outcome).filter(|one| one.statistic().name == "firth_odds_ratio");
    let first = fitted.next()?;
    // A withheld condition tells no reason; where maximum likelihood has an infinite odds ratio, it is separation.
    let infinite = analysis.cleared.iter().filter(of_outcome).any(|one| {
        one.statistic().name == "odds_ratio" && one.conditions().iter().any(|c| c.code == "separation")
    });
    let reasons: Vec<&str> =
        first.conditions().iter().filter(|c| c.code == "firth").map(|c| c.detail.as_str()).collect();
    Some(match () {
        () if infinite || reasons.contains(&"separation") => Inference::FirthSeparation,
        () if reasons.contains(&"few_events") => Inference::FirthFewEvents,
        () if reasons.contains(&"requested") => Inference::FirthAsked,
        () => Inference::FirthWithheld,
    })
}
