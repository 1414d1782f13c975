//! Which statistics the tables of a layout show, so that each is defined where it stands.

use crate::dictionary::Language;
use crate::disclosure::Cleared;
use crate::estimate::Statistic;
use crate::table::{AnalysisView, words};

/// Layout → the statistics that its tables and sentences are made of, in the order in which a reader meets them. Of a layout that
/// is not listed here all are defined that readers have words for.
pub const SHOWN: [(&str, &[&str]); 23] = [
    ("frequency", &["count", "share", "valid", "missing"]),
    ("crosstab", &["count", "share", "valid", "missing"]),
    ("items", &["count", "share", "valid", "missing"]),
    ("multiple_response", &["count", "share", "valid", "missing"]),
    ("overlap", &["both", "count", "valid"]),
    ("numeric", &["valid", "mean", "sd", "median", "missing", "alpha", "alpha_low", "alpha_high"]),
    (
        "change",
        &[
            "n_pairs",
            "share_before",
            "share_after",
            "risk_difference",
            "tango_low",
            "tango_high",
            "mcnemar_p",
            "odds_ratio",
            "mean_before",
            "mean_after",
            "mean_change",
            "mean_change_low",
            "mean_change_high",
            "t_p",
            "d_av",
            "improved_share",
            "unchanged_share",
            "worse_share",
            "weighted_mean_change",
            "weighted_share_change",
        ],
    ),
    (
        "trajectory",
        &[
            "valid",
            "wave_mean",
            "wave_mean_low",
            "wave_mean_high",
            "wave_share",
            "wave_share_low",
            "wave_share_high",
        ],
    ),
    ("flow", &["before_count", "flow_share"]),
    ("family", &["p_value", "p_holm", "p_bh", "family_size"]),
    ("transition", &["n_pairs", "transition", "before_count", "after_count"]),
    (
        "reliable",
        &[
            "n_pairs",
            "reliable_threshold",
            "reliable_improved_share",
            "reliable_unchanged_share",
            "reliable_worse_share",
            "recovered_share",
        ],
    ),
    (
        "use_classes",
        &[
            "n_pairs",
            "users_before",
            "use_abstinent_share",
            "use_improved_share",
            "use_unchanged_share",
            "use_deteriorated_share",
            "use_none",
            "use_started",
        ],
    ),
    ("rated_change", &["n_rated", "rated_differenced", "rated_count", "differenced_count"]),
    (
        "agreement",
        &[
            "n_rated",
            "n_unrated",
            "n_undifferenced",
            "agreed_share",
            "agreed_share_low",
            "agreed_share_high",
            "kappa",
            "kappa_linear",
            "kappa_quadratic",
        ],
    ),
    (
        "goals",
        &[
            "with_goal",
            "attainment_share",
            "attained_share",
            "with_any_goal",
            "goal_t_mean",
            "goal_t_mean_low",
            "goal_t_mean_high",
            "goal_t_sd",
        ],
    ),
    (
        "regression",
        &[
            "n_obs",
            "n_events",
            "n_clusters",
            "odds_ratio",
            "odds_ratio_low",
            "odds_ratio_high",
            "odds_ratio_cr1_low",
            "odds_ratio_cr1_high",
            "odds_ratio_cr2_low",
            "odds_ratio_cr2_high",
            "p_value",
            "cr1_p_value",
            "cr2_p_value",
            "ame",
            "omnibus_chi2",
            "omnibus_p",
            "nagelkerke",
            "hosmer_lemeshow",
            "hosmer_lemeshow_p",
            "auc",
            "auc_low",
            "auc_high",
            "weighted_odds_ratio",
            "firth_odds_ratio",
            "firth_odds_ratio_low",
            "firth_odds_ratio_high",
            "firth_p_value",
        ],
    ),
    ("marginal_effects", &["n_obs", "predicted", "ame", "ame_p_value", "ame_cr1_p_value", "ame_cr2_p_value"]),
    (
        "conventions",
        &["mcnemar_program_p", "sign_p", "wilcoxon", "wilcoxon_z", "wilcoxon_p", "rank_biserial"],
    ),
    (
        "regression_conventions",
        &[
            "hosmer_lemeshow",
            "hosmer_lemeshow_df",
            "hosmer_lemeshow_p",
            "sensitivity",
            "specificity",
            "correctly_classified",
        ],
    ),
    (
        "followup",
        &["members", "eligible", "seen", "seen_in_window", "seen_late", "followup_rate", "lost", "state"],
    ),
    ("patterns", &["members", "pattern"]),
    (
        "attrition",
        &[
            "followed",
            "lost",
            "share_followed",
            "share_lost",
            "mean_followed",
            "mean_lost",
            "smd",
            "odds_ratio",
            "odds_ratio_low",
            "odds_ratio_high",
            "weight_mean",
            "weight_effective_n",
            "n_truncated",
        ],
    ),
];

/// The robust limits stand in a table instead of the model's own.
const INSTEAD: [(&str, &str); 8] = [
    ("odds_ratio_low", "odds_ratio_cr1_low"),
    ("odds_ratio_high", "odds_ratio_cr1_high"),
    ("p_value", "cr1_p_value"),
    ("odds_ratio_cr1_low", "odds_ratio_cr2_low"),
    ("odds_ratio_cr1_high", "odds_ratio_cr2_high"),
    ("cr1_p_value", "cr2_p_value"),
    ("ame_p_value", "ame_cr1_p_value"),
    ("ame_cr1_p_value", "ame_cr2_p_value"),
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
        Some((_, names)) => {
            for name in *names {
                found.extend(all().find(|statistic| statistic.name == *name));
            }
        }
        // A layout that says nothing of itself: what readers have words for.
        None => {
            for statistic in all() {
                let told = words::find(Language::En, &format!("definition.{}", statistic.name)).is_some();
                if told && !found.iter().any(|known| known.name == statistic.name) {
                    found.push(statistic);
                }
            }
        }
    }
    let there = |name: &str| found.iter().any(|statistic| statistic.name == name);
    let replaced: Vec<&str> =
        INSTEAD.iter().filter(|(_, by)| there(by)).map(|(statistic, _)| *statistic).collect();
    found.retain(|statistic| !replaced.contains(&statistic.name));
    found
}
