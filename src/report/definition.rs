//! Which statistics the tables of a layout show, so that each is defined where it stands.

use crate::dictionary::Language;
use crate::disclosure::Cleared;
use crate::estimate::{Statistic, Statistics};
use crate::statistic::{
    AFTER_COUNT, AFTER_SHARE, AGREED_SHARE, AGREED_SHARE_HIGH, AGREED_SHARE_LOW, ALPHA, ALPHA_HIGH,
    ALPHA_LOW, AME, AME_CR1_P_VALUE, AME_CR2_P_VALUE, AME_P_VALUE, ATTAINED_SHARE, ATTAINMENT_SHARE, AUC,
    AUC_HIGH, AUC_LOW, BEFORE_COUNT, BOTH, COHENS_H, CORRECTLY_CLASSIFIED, COUNT, CR1_P_VALUE, CR2_P_VALUE,
    D_AV, DIFFERENCED_COUNT, DIFFERENCED_SHARE, ELIGIBLE, FAMILY_SIZE, FIRTH_ODDS_RATIO,
    FIRTH_ODDS_RATIO_HIGH, FIRTH_ODDS_RATIO_LOW, FIRTH_P_VALUE, FLOW_SHARE, FOLLOWED, FOLLOWUP_RATE,
    GOAL_T_MEAN, GOAL_T_MEAN_HIGH, GOAL_T_MEAN_LOW, GOAL_T_SD, HOSMER_LEMESHOW, HOSMER_LEMESHOW_DF,
    HOSMER_LEMESHOW_P, IMPROVED_SHARE, KAPPA, KAPPA_LINEAR, KAPPA_QUADRATIC, LOST, MCNEMAR_P,
    MCNEMAR_PROGRAM_P, MEAN, MEAN_AFTER, MEAN_BEFORE, MEAN_CHANGE, MEAN_CHANGE_HIGH, MEAN_CHANGE_LOW,
    MEAN_FOLLOWED, MEAN_LOST, MEDIAN, MEMBERS, MISSING_TOTAL, N_CLUSTERS, N_EVENTS, N_OBS, N_PAIRS, N_RATED,
    N_TRUNCATED, N_UNDIFFERENCED, N_UNRATED, NAGELKERKE, ODDS_RATIO, ODDS_RATIO_CR1_HIGH, ODDS_RATIO_CR1_LOW,
    ODDS_RATIO_CR2_HIGH, ODDS_RATIO_CR2_LOW, ODDS_RATIO_HIGH, ODDS_RATIO_LOW, OMNIBUS_CHI2, OMNIBUS_P, P_BH,
    P_HOLM, P_VALUE, PATTERN, PATTERN_SHARE, PREDICTED, RANK_BISERIAL, RATED_COUNT, RATED_DIFFERENCED,
    RATED_DIFFERENCED_SHARE, RECOVERED_SHARE, RELIABLE_IMPROVED_SHARE, RELIABLE_THRESHOLD,
    RELIABLE_UNCHANGED_SHARE, RELIABLE_WORSE_SHARE, RISK_DIFFERENCE, SD, SEEN, SEEN_IN_WINDOW, SEEN_LATE,
    SEEN_OTHERWISE, SENSITIVITY, SHARE, SHARE_AFTER, SHARE_BEFORE, SHARE_FOLLOWED, SHARE_LOST, SIGN_P, SMD,
    SPECIFICITY, STATE, T_P, TANGO_HIGH, TANGO_LOW, TRANSITION, TRANSITION_SHARE, UNCHANGED_SHARE,
    USE_ABSTINENT_SHARE, USE_DETERIORATED_SHARE, USE_IMPROVED_SHARE, USE_NONE, USE_STARTED,
    USE_UNCHANGED_SHARE, USERS_BEFORE, VALID, WAVE_MEAN, WAVE_MEAN_HIGH, WAVE_MEAN_LOW, WAVE_SHARE,
    WAVE_SHARE_HIGH, WAVE_SHARE_LOW, WEIGHT_EFFECTIVE_N, WEIGHT_MEAN, WEIGHTED_MEAN_CHANGE,
    WEIGHTED_ODDS_RATIO, WEIGHTED_SHARE_CHANGE, WILCOXON, WILCOXON_P, WILCOXON_Z, WITH_ANY_GOAL, WITH_GOAL,
    WORSE_SHARE,
};
use crate::table::{AnalysisView, words};

/// Layout → the statistics that its tables and sentences are made of, in the order in which a reader meets them. Of a layout that
/// is not listed here all are defined that readers have words for.
pub const SHOWN: [(&str, Statistics); 23] = [
    ("frequency", &[&COUNT, &SHARE, &VALID, &MISSING_TOTAL]),
    ("crosstab", &[&COUNT, &SHARE, &VALID, &MISSING_TOTAL]),
    ("items", &[&COUNT, &SHARE, &VALID, &MISSING_TOTAL]),
    ("multiple_response", &[&COUNT, &SHARE, &VALID, &MISSING_TOTAL]),
    ("overlap", &[&BOTH, &COUNT, &VALID]),
    ("numeric", &[&VALID, &MEAN, &SD, &MEDIAN, &MISSING_TOTAL, &ALPHA, &ALPHA_LOW, &ALPHA_HIGH]),
    (
        "change",
        &[
            &N_PAIRS,
            &SHARE_BEFORE,
            &SHARE_AFTER,
            &RISK_DIFFERENCE,
            &TANGO_LOW,
            &TANGO_HIGH,
            &COHENS_H,
            &MCNEMAR_P,
            &ODDS_RATIO,
            &MEAN_BEFORE,
            &MEAN_AFTER,
            &MEAN_CHANGE,
            &MEAN_CHANGE_LOW,
            &MEAN_CHANGE_HIGH,
            &T_P,
            &D_AV,
            &IMPROVED_SHARE,
            &UNCHANGED_SHARE,
            &WORSE_SHARE,
            &WEIGHTED_MEAN_CHANGE,
            &WEIGHTED_SHARE_CHANGE,
        ],
    ),
    (
        "trajectory",
        &[
            &VALID,
            &WAVE_MEAN,
            &WAVE_MEAN_LOW,
            &WAVE_MEAN_HIGH,
            &WAVE_SHARE,
            &WAVE_SHARE_LOW,
            &WAVE_SHARE_HIGH,
        ],
    ),
    ("flow", &[&BEFORE_COUNT, &FLOW_SHARE]),
    ("family", &[&P_VALUE, &P_HOLM, &P_BH, &FAMILY_SIZE]),
    ("transition", &[&N_PAIRS, &TRANSITION, &TRANSITION_SHARE, &BEFORE_COUNT, &AFTER_COUNT, &AFTER_SHARE]),
    (
        "reliable",
        &[
            &N_PAIRS,
            &RELIABLE_THRESHOLD,
            &RELIABLE_IMPROVED_SHARE,
            &RELIABLE_UNCHANGED_SHARE,
            &RELIABLE_WORSE_SHARE,
            &RECOVERED_SHARE,
        ],
    ),
    (
        "use_classes",
        &[
            &N_PAIRS,
            &USERS_BEFORE,
            &USE_ABSTINENT_SHARE,
            &USE_IMPROVED_SHARE,
            &USE_UNCHANGED_SHARE,
            &USE_DETERIORATED_SHARE,
            &USE_NONE,
            &USE_STARTED,
        ],
    ),
    (
        "rated_change",
        &[
            &N_RATED,
            &RATED_DIFFERENCED,
            &RATED_DIFFERENCED_SHARE,
            &RATED_COUNT,
            &DIFFERENCED_COUNT,
            &DIFFERENCED_SHARE,
        ],
    ),
    (
        "agreement",
        &[
            &N_RATED,
            &N_UNRATED,
            &N_UNDIFFERENCED,
            &AGREED_SHARE,
            &AGREED_SHARE_LOW,
            &AGREED_SHARE_HIGH,
            &KAPPA,
            &KAPPA_LINEAR,
            &KAPPA_QUADRATIC,
        ],
    ),
    (
        "goals",
        &[
            &WITH_GOAL,
            &ATTAINMENT_SHARE,
            &ATTAINED_SHARE,
            &WITH_ANY_GOAL,
            &GOAL_T_MEAN,
            &GOAL_T_MEAN_LOW,
            &GOAL_T_MEAN_HIGH,
            &GOAL_T_SD,
        ],
    ),
    (
        "regression",
        &[
            &N_OBS,
            &N_EVENTS,
            &N_CLUSTERS,
            &ODDS_RATIO,
            &ODDS_RATIO_LOW,
            &ODDS_RATIO_HIGH,
            &ODDS_RATIO_CR1_LOW,
            &ODDS_RATIO_CR1_HIGH,
            &ODDS_RATIO_CR2_LOW,
            &ODDS_RATIO_CR2_HIGH,
            &P_VALUE,
            &CR1_P_VALUE,
            &CR2_P_VALUE,
            &AME,
            &OMNIBUS_CHI2,
            &OMNIBUS_P,
            &NAGELKERKE,
            &HOSMER_LEMESHOW,
            &HOSMER_LEMESHOW_P,
            &AUC,
            &AUC_LOW,
            &AUC_HIGH,
            &WEIGHTED_ODDS_RATIO,
            &FIRTH_ODDS_RATIO,
            &FIRTH_ODDS_RATIO_LOW,
            &FIRTH_ODDS_RATIO_HIGH,
            &FIRTH_P_VALUE,
        ],
    ),
    ("marginal_effects", &[&N_OBS, &PREDICTED, &AME, &AME_P_VALUE, &AME_CR1_P_VALUE, &AME_CR2_P_VALUE]),
    ("conventions", &[&MCNEMAR_PROGRAM_P, &SIGN_P, &WILCOXON, &WILCOXON_Z, &WILCOXON_P, &RANK_BISERIAL]),
    (
        "regression_conventions",
        &[
            &HOSMER_LEMESHOW,
            &HOSMER_LEMESHOW_DF,
            &HOSMER_LEMESHOW_P,
            &SENSITIVITY,
            &SPECIFICITY,
            &CORRECTLY_CLASSIFIED,
        ],
    ),
    (
        "followup",
        &[
            &MEMBERS,
            &ELIGIBLE,
            &SEEN,
            &SEEN_IN_WINDOW,
            &SEEN_LATE,
            &SEEN_OTHERWISE,
            &FOLLOWUP_RATE,
            &LOST,
            &STATE,
        ],
    ),
    ("patterns", &[&MEMBERS, &PATTERN, &PATTERN_SHARE]),
    (
        "attrition",
        &[
            &FOLLOWED,
            &LOST,
            &SHARE_FOLLOWED,
            &SHARE_LOST,
            &MEAN_FOLLOWED,
            &MEAN_LOST,
            &SMD,
            &ODDS_RATIO,
            &ODDS_RATIO_LOW,
            &ODDS_RATIO_HIGH,
            &WEIGHT_MEAN,
            &WEIGHT_EFFECTIVE_N,
            &N_TRUNCATED,
        ],
    ),
];

/// The robust limits stand in a table instead of the model's own.
const INSTEAD: [(&Statistic, &Statistic); 8] = [
    (&ODDS_RATIO_LOW, &ODDS_RATIO_CR1_LOW),
    (&ODDS_RATIO_HIGH, &ODDS_RATIO_CR1_HIGH),
    (&P_VALUE, &CR1_P_VALUE),
    (&ODDS_RATIO_CR1_LOW, &ODDS_RATIO_CR2_LOW),
    (&ODDS_RATIO_CR1_HIGH, &ODDS_RATIO_CR2_HIGH),
    (&CR1_P_VALUE, &CR2_P_VALUE),
    (&AME_P_VALUE, &AME_CR1_P_VALUE),
    (&AME_CR1_P_VALUE, &AME_CR2_P_VALUE),
];

/// The statistics of some analyses that a table of this layout shows.
pub(super) fn shown(layout: &str, analyses: &[&AnalysisView<'_>]) -> Vec<&'static Statistic> {
    // What is shown of nobody is left out with its column.
    let all = || {
        let cleared = analyses.iter().flat_map(|analysis| &analysis.cleared);
        cleared.filter(|one| !one.is_never_shown()).map(|one| Cleared::statistic(one))
    };
    let mut found: Vec<&'static Statistic> = Vec::new();
    match SHOWN.iter().find(|(known, _)| *known == layout) {
        Some((_, shown)) => {
            for statistic in *shown {
                found.extend(all().find(|known| known == statistic));
            }
        }
        // A layout that says nothing of itself: what readers have words for.
        None => {
            for statistic in all() {
                let told = words::find(Language::En, &format!("definition.{}", statistic.name)).is_some();
                if told && !found.contains(&statistic) {
                    found.push(statistic);
                }
            }
        }
    }
    let replaced: Vec<&Statistic> =
        INSTEAD.iter().filter(|(_, by)| found.contains(by)).map(|(statistic, _)| *statistic).collect();
    found.retain(|statistic| !replaced.contains(statistic));
    found
}
