//! What is shown below the code of an analysis.

use crate::estimate::Statistics;
use crate::plan::Question;
use crate::statistic::{
    AGREED_SHARE, AME, ATTAINED_SHARE, COUNT, CR2_DF, CR2_P_VALUE, D_AV, ELIGIBLE, FOLLOWUP_RATE,
    GOAL_T_MEAN, KAPPA, KAPPA_LINEAR, KAPPA_QUADRATIC, LOST, MCNEMAR_P, MEAN, MEAN_CHANGE, MEDIAN, N_PAIRS,
    N_RATED, ODDS_RATIO, ODDS_RATIO_CR2_HIGH, ODDS_RATIO_CR2_LOW, ODDS_RATIO_HIGH, ODDS_RATIO_LOW, P_BH,
    P_HOLM, P_VALUE, RISK_DIFFERENCE, SD, SEEN, SHARE, SMD, T_P, VALID, WAVE_MEAN, WAVE_MEAN_HIGH,
    WAVE_MEAN_LOW, WAVE_SHARE, WILCOXON_P, WITH_GOAL,
};

/// The statistics of an analysis that are shown below its code: what a reader looks for first.
pub fn looked_at(question: &Question) -> Statistics {
    match question {
        Question::Followup => const { &[&ELIGIBLE, &SEEN, &LOST, &FOLLOWUP_RATE] },
        Question::Attrition(_) => const { &[&ODDS_RATIO, &ODDS_RATIO_LOW, &ODDS_RATIO_HIGH, &P_VALUE, &SMD] },
        Question::Describe(_) => const { &[&VALID, &COUNT, &SHARE, &MEAN, &SD, &MEDIAN] },
        Question::Trajectory(_) => {
            const { &[&VALID, &WAVE_MEAN, &WAVE_MEAN_LOW, &WAVE_MEAN_HIGH, &WAVE_SHARE] }
        }
        Question::Change(_) => {
            const { &[&N_PAIRS, &RISK_DIFFERENCE, &MCNEMAR_P, &MEAN_CHANGE, &T_P, &WILCOXON_P, &D_AV] }
        }
        Question::Agreement(_) => {
            const { &[&N_RATED, &AGREED_SHARE, &KAPPA, &KAPPA_LINEAR, &KAPPA_QUADRATIC] }
        }
        Question::Goals(_) => const { &[&WITH_GOAL, &ATTAINED_SHARE, &GOAL_T_MEAN] },
        Question::Model(model) if model.cluster.is_some() => {
            const { &[&ODDS_RATIO, &ODDS_RATIO_CR2_LOW, &ODDS_RATIO_CR2_HIGH, &CR2_DF, &CR2_P_VALUE, &AME] }
        }
        Question::Model(_) => const { &[&ODDS_RATIO, &ODDS_RATIO_LOW, &ODDS_RATIO_HIGH, &P_VALUE, &AME] },
        Question::Family(_) => const { &[&P_VALUE, &P_HOLM, &P_BH] },
    }
}
