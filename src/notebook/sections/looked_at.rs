//! What is shown below the code of an analysis.

use crate::plan::Question;

/// The statistics of an analysis that are shown below its code: what a reader looks for first.
pub fn looked_at(question: &Question) -> &'static [&'static str] {
    match question {
        Question::Followup => &["eligible", "seen", "lost", "followup_rate"],
        Question::Attrition(_) => &["odds_ratio", "odds_ratio_low", "odds_ratio_high", "p_value", "smd"],
        Question::Describe(_) => &["valid", "count", "share", "mean", "sd", "median"],
        Question::Trajectory(_) => &["valid", "wave_mean", "wave_mean_low", "wave_mean_high", "wave_share"],
        Question::Change(_) => {
            &["n_pairs", "risk_difference", "mcnemar_p", "mean_change", "t_p", "wilcoxon_p", "d_av"]
        }
        Question::Agreement(_) => &["n_rated", "agreed_share", "kappa", "kappa_linear", "kappa_quadratic"],
        Question::Goals(_) => &["with_goal", "attained_share", "goal_t_mean"],
        Question::Model(model) if model.cluster.is_some() => {
            &["odds_ratio", "odds_ratio_cr2_low", "odds_ratio_cr2_high", "cr2_df", "cr2_p_value", "ame"]
        }
        Question::Model(_) => &["odds_ratio", "odds_ratio_low", "odds_ratio_high", "p_value", "ame"],
        Question::Family(_) => &["p_value", "p_holm", "p_bh"],
    }
}
