//! Every statistic that code asks for by what it is, wherever it is computed: `view.value(&statistic::MEAN_CHANGE, at)`.
//!
//! A statistic stands beside the code that computes it; here it has the one name by which everything after the estimates knows
//! it. A name that nobody gave a statistic does not compile.

use crate::estimate::{Kind, Statistic};
use crate::{attrition, change, describe, model};

pub use crate::attrition::balance::{
    COUNT_FOLLOWED, COUNT_LOST, MEAN_FOLLOWED, MEAN_LOST, MISSING_FOLLOWED, MISSING_LOST, N_FOLLOWED, N_LOST,
    SD_FOLLOWED, SD_LOST, SHARE_FOLLOWED, SHARE_LOST, SMD,
};
pub use crate::attrition::weights::{N_TRUNCATED, WEIGHT_EFFECTIVE_N, WEIGHT_MEAN};
pub use crate::attrition::{ATTRITION_ELIGIBLE, ATTRITION_LOST, ATTRITION_N_MISSING, FOLLOWED};
pub use crate::change::adjust::{FAMILY_P_VALUE, FAMILY_SIZE, P_BH, P_HOLM, declared};
pub use crate::change::agreement::{
    AGREED, AGREED_SHARE, AGREED_SHARE_HIGH, AGREED_SHARE_LOW, DIFFERENCED_COUNT, DIFFERENCED_SHARE, KAPPA,
    KAPPA_HIGH, KAPPA_LINEAR, KAPPA_LINEAR_HIGH, KAPPA_LINEAR_LOW, KAPPA_LOW, KAPPA_QUADRATIC,
    KAPPA_QUADRATIC_HIGH, KAPPA_QUADRATIC_LOW, N_RATED, N_UNDIFFERENCED, N_UNRATED, RATED_COUNT,
    RATED_DIFFERENCED, RATED_DIFFERENCED_SHARE, RATED_LEVEL, RATED_SHARE,
};
pub use crate::change::attainment::{
    ATTAINED, ATTAINED_SHARE, ATTAINMENT, ATTAINMENT_SHARE, GOAL_LEVEL, GOAL_T_MEAN, GOAL_T_MEAN_HIGH,
    GOAL_T_MEAN_LOW, GOAL_T_SD, WITH_ANY_GOAL, WITH_GOAL,
};
pub use crate::change::cohen_d::{D_AV, D_AV_HIGH, D_AV_LOW};
pub use crate::change::cohens_h::{COHENS_H, COHENS_H_HIGH, COHENS_H_LOW};
pub use crate::change::counts::{
    DECREASED, IMPROVED, IMPROVED_SHARE, INCREASED, N_PAIRS, UNCHANGED, UNCHANGED_SHARE, WORSE, WORSE_SHARE,
};
pub use crate::change::mcnemar::{MCNEMAR_EXACT, MCNEMAR_P, MCNEMAR_PROGRAM_P};
pub use crate::change::moments::{MEAN_AFTER, MEAN_BEFORE, MEAN_CHANGE, SD_BEFORE, SD_CHANGE};
pub use crate::change::odds_ratio::PAIRED_ODDS_RATIO;
pub use crate::change::paired_t::{MEAN_CHANGE_HIGH, MEAN_CHANGE_LOW, T_P};
pub use crate::change::reliable::{
    CASES_BEFORE, RECOVERED, RECOVERED_SHARE, RELIABLE_IMPROVED, RELIABLE_IMPROVED_SHARE, RELIABLE_THRESHOLD,
    RELIABLE_UNCHANGED, RELIABLE_UNCHANGED_SHARE, RELIABLE_WORSE, RELIABLE_WORSE_SHARE,
};
pub use crate::change::risk_difference::{
    RISK_DIFFERENCE, RISK_DIFFERENCE_HIGH, RISK_DIFFERENCE_LOW, TANGO_HIGH, TANGO_LOW,
};
pub use crate::change::sign_test::SIGN_P;
pub use crate::change::signed_rank::{
    RANK_BISERIAL, RANK_BISERIAL_HIGH, RANK_BISERIAL_LOW, WILCOXON, WILCOXON_P, WILCOXON_Z,
};
pub use crate::change::superiority::{
    PROBABILITY_OF_SUPERIORITY, PROBABILITY_OF_SUPERIORITY_HIGH, PROBABILITY_OF_SUPERIORITY_LOW,
};
pub use crate::change::trajectory::{
    FLOW_SHARE, INCOMPLETE, WAVE_COUNT, WAVE_MEAN, WAVE_MEAN_HIGH, WAVE_MEAN_LOW, WAVE_SD, WAVE_SHARE,
    WAVE_SHARE_HIGH, WAVE_SHARE_LOW,
};
pub use crate::change::transitions::{
    AFTER_COUNT, AFTER_SHARE, BEFORE_COUNT, BEFORE_SHARE, JOINT_SHARE, TRANSITION, TRANSITION_SHARE,
};
pub use crate::change::two_by_two::{
    JOINT_SHARES, MARGIN_COUNTS, MARGIN_SHARES, N00, N01, N10, N11, ROW_SHARES, SHARE_AFTER, SHARE_BEFORE,
    TWO_BY_TWO,
};
pub use crate::change::use_classes::{
    USE_ABSTINENT, USE_ABSTINENT_SHARE, USE_DETERIORATED, USE_DETERIORATED_SHARE, USE_IMPROVED,
    USE_IMPROVED_SHARE, USE_NONE, USE_STARTED, USE_UNCHANGED, USE_UNCHANGED_SHARE, USERS_BEFORE,
};
pub use crate::change::weighted::{
    WEIGHTED_MEAN_CHANGE, WEIGHTED_MEAN_CHANGE_HIGH, WEIGHTED_MEAN_CHANGE_LOW, WEIGHTED_N_PAIRS,
    WEIGHTED_SHARE_CHANGE, WEIGHTED_SHARE_CHANGE_HIGH, WEIGHTED_SHARE_CHANGE_LOW,
};
pub use crate::describe::alpha::{ALPHA, ALPHA_HIGH, ALPHA_LOW, COMPLETE};
pub use crate::describe::followup::{
    ELIGIBLE, FOLLOWUP_RATE, LOST, LOST_SHARE, MEMBERS, PATTERN, PATTERN_SHARE, SEEN, SEEN_IN_WINDOW,
    SEEN_LATE, SEEN_OTHERWISE, SEEN_SHARE, STATE, STATE_SHARE,
};
pub use crate::describe::{
    BOTH, COMBINED_COUNT, COMBINED_SHARE, CONDITIONAL_SHARE, COUNT, MEAN, MEDIAN, MISSING, MISSING_TOTAL, SD,
    SHARE, SUM, TOTAL, VALID,
};
pub use crate::model::calibration::SHRINKAGE;
pub use crate::model::calibration_curve::{
    CALIBRATED, CALIBRATED_CR2_HIGH, CALIBRATED_CR2_LOW, CALIBRATED_HIGH, CALIBRATED_LOW, LOCO_CALIBRATED,
    LOCO_CALIBRATED_CR2_HIGH, LOCO_CALIBRATED_CR2_LOW,
};
pub use crate::model::cases::{LEVEL_CASES, LEVEL_EVENTS, LEVEL_NONEVENTS, N_MISSING, N_NONEVENTS};
pub use crate::model::classification::{
    CLASSIFICATION_CUT, CORRECTLY_CLASSIFIED, NO_INFORMATION_RATE, SENSITIVITY, SPECIFICITY,
};
pub use crate::model::cluster::{CR1_P_VALUE, N_CLUSTERS, ODDS_RATIO_CR1_HIGH, ODDS_RATIO_CR1_LOW};
pub use crate::model::cluster_size::{CLUSTER_SIZE_CV, CLUSTER_SIZE_MEAN, DESIGN_EFFECT, EFFECTIVE_N, ICC};
pub use crate::model::collinearity::GVIF_DF;
pub use crate::model::cr2::{CR2_DF, CR2_P_VALUE, ODDS_RATIO_CR2_HIGH, ODDS_RATIO_CR2_LOW};
pub use crate::model::discrimination::{AUC, AUC_HIGH, AUC_LOW};
pub use crate::model::firth::{
    FIRTH_LR_DF, FIRTH_ODDS_RATIO, FIRTH_ODDS_RATIO_HIGH, FIRTH_ODDS_RATIO_LOW, FIRTH_P_VALUE,
};
pub use crate::model::goodness_of_fit::{
    DEVIANCE, DF_RESIDUAL, EVENTS_PER_PARAMETER, ITERATIONS, N_EVENTS, N_OBS, N_PARAMETERS,
};
pub use crate::model::hosmer_lemeshow::{HOSMER_LEMESHOW, HOSMER_LEMESHOW_DF, HOSMER_LEMESHOW_P};
pub use crate::model::influence::N_PATTERNS;
pub use crate::model::leave_one_out::{LOCO_CALIBRATION_INTERCEPT, LOCO_CALIBRATION_SLOPE};
pub use crate::model::likelihood_ratio::{LR_DF, OMNIBUS_CHI2, OMNIBUS_DF, OMNIBUS_P};
pub use crate::model::linearity::LINEARITY_DF;
pub use crate::model::marginal_effects::{
    AME, AME_CONF_HIGH, AME_CONF_LOW, AME_CR1_CONF_HIGH, AME_CR1_CONF_LOW, AME_CR1_P_VALUE,
    AME_CR2_CONF_HIGH, AME_CR2_CONF_LOW, AME_CR2_P_VALUE, AME_P_VALUE,
};
pub use crate::model::predicted_probabilities::{
    PREDICTED, PREDICTED_CR1_HIGH, PREDICTED_CR1_LOW, PREDICTED_CR2_HIGH, PREDICTED_CR2_LOW, PREDICTED_HIGH,
    PREDICTED_LOW,
};
pub use crate::model::pseudo_r2::{COX_SNELL, NAGELKERKE};
pub use crate::model::wald::{
    ESTIMATE, ODDS_RATIO, ODDS_RATIO_HIGH, ODDS_RATIO_LOW, P_VALUE, STATISTIC, STD_ERROR,
};
pub use crate::model::wald_joint::{WALD_CHI2, WALD_DF, WALD_P};
pub use crate::model::weighted::{
    WEIGHTED_N_OBS, WEIGHTED_ODDS_RATIO, WEIGHTED_ODDS_RATIO_HIGH, WEIGHTED_ODDS_RATIO_LOW,
};

/// Every statistic, in the order of the flow.
pub fn all() -> Vec<&'static Statistic> {
    Kind::ALL.into_iter().flat_map(of).collect()
}

/// The statistics of a stage.
pub fn of(kind: Kind) -> Vec<&'static Statistic> {
    match kind {
        Kind::Followup => describe::FOLLOWUP_STATISTICS.to_vec(),
        Kind::Attrition => {
            let own = [attrition::STATISTICS, attrition::balance::STATISTICS, attrition::WEIGHT_STATISTICS];
            own.concat().into_iter().chain(of_fit(&ATTRITION_N_MISSING)).collect()
        }
        Kind::Describe => [describe::STATISTICS, describe::ALPHA_STATISTICS].concat(),
        Kind::Trajectory => {
            let counted = [describe::COUNTED, &[&SHARE]];
            [counted.concat().as_slice(), change::trajectory::STATISTICS, change::trajectory::COUNTED]
                .concat()
        }
        Kind::Change => {
            let of_pairs = change::PROCEDURES.iter().flat_map(|procedure| procedure.statistics);
            of_pairs.chain(change::weighted::STATISTICS).copied().collect()
        }
        Kind::Agreement => {
            let agreement =
                [change::agreement::COUNTS, change::agreement::STATISTICS, change::agreement::AROUND];
            agreement.concat()
        }
        Kind::Goals => [change::attainment::STATISTICS, &[&GOAL_LEVEL]].concat(),
        Kind::Model => of_fit(&N_MISSING).chain(model::weighted::STATISTICS.iter().copied()).collect(),
        Kind::Prediction => model::PREDICTION_STATISTICS.to_vec(),
        Kind::Family => [change::adjust::TESTED, change::adjust::STATISTICS].concat(),
    }
}

/// A statistic by the stage it comes from and its name, as it is read back from a file.
pub fn named(kind: Kind, name: &str) -> Option<&'static Statistic> {
    of(kind).into_iter().find(|known| known.name == name)
}

/// Those of the response model are a model's.
fn of_fit(missing: &'static Statistic) -> impl Iterator<Item = &'static Statistic> {
    let of_procedures = model::PROCEDURES.iter().flat_map(|procedure| procedure.statistics);
    of_procedures.copied().chain([missing, &LEVEL_CASES, &LEVEL_EVENTS])
}
