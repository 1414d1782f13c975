//! What notebooks make again, and how near to the released numbers they have to come.

use super::Dialect;

/// Statistics that notebooks do not make again, with the reason.
pub const NOT_REMADE: &[(&[&str], &str)] = &[(
    &["iterations"],
    "how many steps this program’s own optimiser took; another one takes others and arrives at the same estimates",
)];

/// Statistics of regressions and of attrition that are computed directly: counts, shares and moments, and formulas of them. The others
/// come of estimates that are found by iteration, and agree less closely between programs.
pub const DIRECT: &[&str] = &[
    "classification_cut",
    "cluster_size_cv",
    "cluster_size_mean",
    "count_followed",
    "count_lost",
    "design_effect",
    "df_residual",
    "effective_n",
    "eligible",
    "events_per_parameter",
    "firth_lr_df",
    "followed",
    "gvif_df",
    "hosmer_lemeshow_df",
    "icc",
    "level_cases",
    "level_events",
    "linearity_df",
    "lost",
    "lr_df",
    "mean_followed",
    "mean_lost",
    "missing_followed",
    "missing_lost",
    "n_clusters",
    "n_events",
    "n_followed",
    "n_lost",
    "n_missing",
    "n_obs",
    "n_parameters",
    "n_patterns",
    "omnibus_df",
    "sd_followed",
    "sd_lost",
    "share_followed",
    "share_lost",
    "smd",
    "wald_df",
    "weighted_n_obs",
];

/// The lines of a notebook that say so.
pub(super) fn constants(dialect: Dialect) -> String {
    let not_remade = dialect.texts(NOT_REMADE.iter().flat_map(|(names, _)| names.iter().copied()));
    let quoted: Vec<String> = DIRECT.iter().map(|name| dialect.text(name)).collect();
    format!(
        "# Statistics that are not made again; the reasons stand above.\n{}\n\
         # Statistics of regressions and of attrition that take no iteration.\n{}",
        dialect.assign("NOT_REMADE", &not_remade),
        dialect.assign("DIRECT", &dialect.filled(&quoted)).trim_end()
    )
}
