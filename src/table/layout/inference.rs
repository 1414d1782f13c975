//! Which of a regression's estimates a table shows: those of the best fit and errors that were computed.

use super::AnalysisView;
use crate::dictionary::Text;
use crate::disclosure::Cleared;
use crate::estimate::{EVERYONE, Statistic, Variable};
use crate::statistic::{
    AME_CONF_HIGH, AME_CONF_LOW, AME_CR1_CONF_HIGH, AME_CR1_CONF_LOW, AME_CR1_P_VALUE, AME_CR2_CONF_HIGH,
    AME_CR2_CONF_LOW, AME_CR2_P_VALUE, AME_P_VALUE, CR1_P_VALUE, CR2_P_VALUE, FIRTH_ODDS_RATIO,
    FIRTH_ODDS_RATIO_HIGH, FIRTH_ODDS_RATIO_LOW, FIRTH_P_VALUE, ODDS_RATIO, ODDS_RATIO_CR1_HIGH,
    ODDS_RATIO_CR1_LOW, ODDS_RATIO_CR2_HIGH, ODDS_RATIO_CR2_LOW, ODDS_RATIO_HIGH, ODDS_RATIO_LOW, P_VALUE,
    PREDICTED_CR1_HIGH, PREDICTED_CR1_LOW, PREDICTED_CR2_HIGH, PREDICTED_CR2_LOW, PREDICTED_HIGH,
    PREDICTED_LOW,
};
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
    pub fn of(analysis: &AnalysisView<'_>, outcome: &Variable) -> Inference {
        let has = |statistic: &Statistic| analysis.has((EVERYONE, outcome), statistic);
        if let Some(reason) = firth(analysis, outcome)
            && (!has(&CR1_P_VALUE) || reason != Inference::FirthFewEvents)
        {
            return reason;
        }
        match () {
            () if has(&CR2_P_VALUE) => Inference::Cr2,
            () if has(&CR1_P_VALUE) => Inference::Cr1,
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
    pub fn odds_ratio(self) -> (&'static Statistic, [&'static Statistic; 2], &'static Statistic) {
        match self {
            _ if self.is_firth() => {
                (&FIRTH_ODDS_RATIO, [&FIRTH_ODDS_RATIO_LOW, &FIRTH_ODDS_RATIO_HIGH], &FIRTH_P_VALUE)
            }
            Inference::Cr2 => (&ODDS_RATIO, [&ODDS_RATIO_CR2_LOW, &ODDS_RATIO_CR2_HIGH], &CR2_P_VALUE),
            Inference::Cr1 => (&ODDS_RATIO, [&ODDS_RATIO_CR1_LOW, &ODDS_RATIO_CR1_HIGH], &CR1_P_VALUE),
            _ => (&ODDS_RATIO, [&ODDS_RATIO_LOW, &ODDS_RATIO_HIGH], &P_VALUE),
        }
    }

    /// The limits and the p-value of an average marginal effect, which is always that of maximum likelihood.
    pub fn marginal_effect(self) -> ([&'static Statistic; 2], &'static Statistic) {
        match self {
            Inference::Cr2 => ([&AME_CR2_CONF_LOW, &AME_CR2_CONF_HIGH], &AME_CR2_P_VALUE),
            Inference::Cr1 => ([&AME_CR1_CONF_LOW, &AME_CR1_CONF_HIGH], &AME_CR1_P_VALUE),
            _ => ([&AME_CONF_LOW, &AME_CONF_HIGH], &AME_P_VALUE),
        }
    }

    /// The limits of a predicted probability.
    pub fn predicted(self) -> [&'static Statistic; 2] {
        match self {
            Inference::Cr2 => [&PREDICTED_CR2_LOW, &PREDICTED_CR2_HIGH],
            Inference::Cr1 => [&PREDICTED_CR1_LOW, &PREDICTED_CR1_HIGH],
            _ => [&PREDICTED_LOW, &PREDICTED_HIGH],
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
    pub fn leaves_firth_out(self, analysis: &AnalysisView<'_>, outcome: &Variable) -> bool {
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
    models: &[(&Variable, Inference)],
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
fn firth(analysis: &AnalysisView<'_>, outcome: &Variable) -> Option<Inference> {
    let of_outcome = |one: &&&Cleared| one.variable() == outcome && one.term() != "";
    let mut fitted =
        analysis.cleared.iter().filter(of_outcome).filter(|one| one.statistic() == &FIRTH_ODDS_RATIO);
    let first = fitted.next()?;
    // A withheld condition tells no reason; where maximum likelihood has an infinite odds ratio, it is separation.
    let infinite =
        analysis.cleared.iter().filter(of_outcome).any(|one| {
            one.statistic() == &ODDS_RATIO && one.conditions().iter().any(|c| c.code == "separation")
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
