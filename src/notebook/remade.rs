//! What notebooks make again, and how near to the released numbers they have to come.

use super::Dialect;
use crate::estimate::Statistics;
use crate::statistic::{
    CLASSIFICATION_CUT, CLUSTER_SIZE_CV, CLUSTER_SIZE_MEAN, COUNT_FOLLOWED, COUNT_LOST, DESIGN_EFFECT,
    DF_RESIDUAL, EFFECTIVE_N, ELIGIBLE, EVENTS_PER_PARAMETER, FIRTH_LR_DF, FOLLOWED, GVIF_DF,
    HOSMER_LEMESHOW_DF, ICC, ITERATIONS, LEVEL_CASES, LEVEL_EVENTS, LINEARITY_DF, LOST, LR_DF, MEAN_FOLLOWED,
    MEAN_LOST, MISSING_FOLLOWED, MISSING_LOST, N_CLUSTERS, N_EVENTS, N_FOLLOWED, N_LOST, N_MISSING, N_OBS,
    N_PARAMETERS, N_PATTERNS, NO_INFORMATION_RATE, OMNIBUS_DF, SD_FOLLOWED, SD_LOST, SHARE_FOLLOWED,
    SHARE_LOST, SMD, WALD_DF, WEIGHTED_N_OBS,
};

/// Statistics that notebooks do not make again, with the reason.
pub const NOT_REMADE: &[(Statistics, &str)] = &[(
    &[&ITERATIONS],
    "how many steps this program’s own optimiser took; another one takes others and arrives at the same estimates",
)];

/// Statistics of regressions and of attrition that are computed directly: counts, shares and moments, and formulas of them. The others
/// come of estimates that are found by iteration, and agree less closely between programs.
pub const DIRECT: Statistics = &[
    &CLASSIFICATION_CUT,
    &CLUSTER_SIZE_CV,
    &CLUSTER_SIZE_MEAN,
    &COUNT_FOLLOWED,
    &COUNT_LOST,
    &DESIGN_EFFECT,
    &DF_RESIDUAL,
    &EFFECTIVE_N,
    &ELIGIBLE,
    &EVENTS_PER_PARAMETER,
    &FIRTH_LR_DF,
    &FOLLOWED,
    &GVIF_DF,
    &HOSMER_LEMESHOW_DF,
    &ICC,
    &LEVEL_CASES,
    &LEVEL_EVENTS,
    &LINEARITY_DF,
    &LOST,
    &LR_DF,
    &MEAN_FOLLOWED,
    &MEAN_LOST,
    &MISSING_FOLLOWED,
    &MISSING_LOST,
    &N_CLUSTERS,
    &N_EVENTS,
    &N_FOLLOWED,
    &N_LOST,
    &N_MISSING,
    &N_OBS,
    &N_PARAMETERS,
    &N_PATTERNS,
    &NO_INFORMATION_RATE,
    &OMNIBUS_DF,
    &SD_FOLLOWED,
    &SD_LOST,
    &SHARE_FOLLOWED,
    &SHARE_LOST,
    &SMD,
    &WALD_DF,
    &WEIGHTED_N_OBS,
];

/// The lines of a notebook that say so.
pub(super) fn constants(dialect: Dialect) -> String {
    let not_remade =
        dialect.texts(NOT_REMADE.iter().flat_map(|(names, _)| names.iter().map(|statistic| statistic.name)));
    let quoted: Vec<String> = DIRECT.iter().map(|statistic| dialect.text(statistic.name)).collect();
    format!(
        "# Statistics that are not made again; the reasons stand above.\n{}\n\
         # Statistics of regressions and of attrition that take no iteration.\n{}",
        dialect.assign("NOT_REMADE", &not_remade),
        dialect.assign("DIRECT", &dialect.filled(&quoted)).trim_end()
    )
}
