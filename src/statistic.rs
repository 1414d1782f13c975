//! Every statistic under one name, wherever it is computed: `view.value(&statistic::MEAN_CHANGE, at)`.
//!
//! A statistic is declared beside the code that computes it. Here it gets the name that all later code uses. A misspelt name does not
//! compile.

pub use crate::attrition::balance::{
    COUNT_FOLLOWED, COUNT_LOST, MEAN_FOLLOWED, MEAN_LOST, MISSING_FOLLOWED, MISSING_LOST, N_FOLLOWED, N_LOST,
    SD_FOLLOWED, SD_LOST, SHARE_FOLLOWED, SHARE_LOST, SMD,
};
pub use crate::attrition::weights::{N_TRUNCATED, WEIGHT_EFFECTIVE_N, WEIGHT_MEAN};
pub use crate::attrition::{ATTRITION_ELIGIBLE, ATTRITION_LOST, ATTRITION_N_MISSING, FOLLOWED};
pub use crate::change::adjust::{FAMILY_P_VALUE, FAMILY_SIZE, P_BH, P_HOLM, declared};
pub use crate::change::agreement::{
    AGREED, AGREED_SHARE, AGREED_SHARE_HIGH, AGREED_SHARE_LOW, DIFFERENCED_COUNT, KAPPA, KAPPA_HIGH,
    KAPPA_LINEAR, KAPPA_LINEAR_HIGH, KAPPA_LINEAR_LOW, KAPPA_LOW, KAPPA_QUADRATIC, KAPPA_QUADRATIC_HIGH,
    KAPPA_QUADRATIC_LOW, N_RATED, N_UNDIFFERENCED, N_UNRATED, RATED_COUNT, RATED_DIFFERENCED, RATED_LEVEL,
};
pub use crate::change::attainment::{
    ATTAINED, ATTAINED_SHARE, ATTAINMENT, ATTAINMENT_SHARE, GOAL_LEVEL, GOAL_T_MEAN, GOAL_T_MEAN_HIGH,
    GOAL_T_MEAN_LOW, GOAL_T_SD, WITH_ANY_GOAL, WITH_GOAL,
};
pub use crate::change::cohen_d::D_AV;
pub use crate::change::contrast::{
    DIFFERENCE, DIFFERENCE_HIGH, DIFFERENCE_LOW, SUPERIORITY_DIFFERENCE, SUPERIORITY_DIFFERENCE_HIGH,
    SUPERIORITY_DIFFERENCE_LOW,
};
pub use crate::change::counts::{
    DECREASED, IMPROVED, IMPROVED_SHARE, INCREASED, N_PAIRS, UNCHANGED, UNCHANGED_SHARE, WORSE, WORSE_SHARE,
};
pub use crate::change::mcnemar::{MCNEMAR_EXACT, MCNEMAR_P, MCNEMAR_PROGRAM_P};
pub use crate::change::moments::{MEAN_AFTER, MEAN_BEFORE, MEAN_CHANGE, SD_BEFORE, SD_CHANGE};
pub use crate::change::odds_ratio::PAIRED_ODDS_RATIO;
pub use crate::change::paired_t::{MEAN_CHANGE_HIGH, MEAN_CHANGE_LOW, T_P};
pub use crate::change::range::{N_COMPARED, RANGE, RANGE_HIGH, RANGE_LOW};
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
pub use crate::change::transitions::{AFTER_COUNT, BEFORE_COUNT, TRANSITION};
pub use crate::change::two_by_two::{N00, N01, N10, N11, SHARE_AFTER, SHARE_BEFORE, TWO_BY_TWO};
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
    ELIGIBLE, FOLLOWUP_RATE, LOST, MEMBERS, PATTERN, SEEN, SEEN_IN_WINDOW, SEEN_LATE, STATE,
};
pub use crate::describe::{BOTH, COUNT, MEAN, MEDIAN, MISSING, SD, SHARE, SUM, TOTAL, VALID};
pub use crate::model::calibration::SHRINKAGE;
pub use crate::model::calibration_curve::{
    CALIBRATED, CALIBRATED_CR2_HIGH, CALIBRATED_CR2_LOW, CALIBRATED_HIGH, CALIBRATED_LOW, LOCO_CALIBRATED,
    LOCO_CALIBRATED_CR2_HIGH, LOCO_CALIBRATED_CR2_LOW,
};
pub use crate::model::cases::{LEVEL_CASES, LEVEL_EVENTS, LEVEL_NONEVENTS, N_MISSING, N_NONEVENTS};
pub use crate::model::classification::{CLASSIFICATION_CUT, CORRECTLY_CLASSIFIED, SENSITIVITY, SPECIFICITY};
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
