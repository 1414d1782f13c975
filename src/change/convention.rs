//! Which variant of a test of change R, SPSS and Stata compute.
//!
//! A statistic that differs between the programs names the variant that it follows in `method`; [`DIFFERENCES`] lists all of them. The
//! rules are those of the programs' own documents: R's help pages `wilcox.test`, `mcnemar.test` and `binom.test`; IBM SPSS Statistics
//! Algorithms and Command Syntax Reference, NPAR TESTS; Stata Base Reference Manual, signrank and Epitab (mcc). Checked against R itself. SPSS
//! and Stata were not available for a test; their formulas were written in R and checked there.

use super::mcnemar::MCNEMAR_PROGRAM_P;
use super::sign_test::SIGN_P;
use super::signed_rank::Zeros;
use super::signed_rank::{
    RANK_BISERIAL, RANK_BISERIAL_HIGH, RANK_BISERIAL_LOW, WILCOXON, WILCOXON_P, WILCOXON_Z,
};
use crate::convention::{Convention, Difference};
use crate::estimate::Statistics;

/// What the signed-rank test does with those who did not change.
pub(super) fn zeros(convention: Convention) -> Zeros {
    match convention {
        Convention::R | Convention::Spss => Zeros::Dropped,
        Convention::Stata => Zeros::Pratt,
    }
}

/// Whether the normal approximation of the signed-rank test is corrected for continuity.
pub(super) fn continuity(convention: Convention) -> bool {
    convention == Convention::R
}

/// Up to how many changes SPSS computes McNemar's test and the sign test exactly.
///
/// The algorithms and the syntax reference of the sign test say "25 or fewer"; that of McNemar's test says "fewer than 25".
pub(super) const SPSS_EXACT_UP_TO: u64 = 25;

/// Of which it is told how far apart the programs are: all that differs but the ends of intervals.
pub(super) const APART: Statistics =
    &[&MCNEMAR_PROGRAM_P, &SIGN_P, &WILCOXON, &WILCOXON_Z, &WILCOXON_P, &RANK_BISERIAL];

/// All that differs between the conventions.
pub const DIFFERENCES: &[Difference] = &[
    Difference {
        statistics: &[&MCNEMAR_PROGRAM_P],
        r: "mcnemar.test: χ² with continuity correction, none where n01 = n10",
        spss: "NPAR TESTS MCNEMAR: exact with 25 changes or fewer, else χ² with continuity correction, also where n01 = n10",
        stata: "mcc: χ² without continuity correction (the exact p-value, printed beside it, is mcnemar_exact)",
    },
    Difference {
        statistics: &[&SIGN_P],
        r: "binom.test: exact",
        spss: "NPAR TESTS SIGN: exact with 25 changes or fewer, else normal with continuity correction",
        stata: "signtest: exact",
    },
    Difference {
        statistics: &[&WILCOXON, &RANK_BISERIAL, &RANK_BISERIAL_LOW, &RANK_BISERIAL_HIGH],
        r: "wilcox.test: those who did not change are left out before ranking",
        spss: "NPAR TESTS WILCOXON: those who did not change are left out before ranking",
        stata: "signrank: those who did not change are ranked, and their ranks left out of both sums",
    },
    Difference {
        statistics: &[&WILCOXON_Z],
        r: "the deviate behind wilcox.test's p-value, corrected for continuity",
        spss: "not corrected; SPSS prints the deviate of the smaller sum, which is this one with a minus",
        stata: "not corrected; variance adjusted for ties and zeros",
    },
    Difference {
        statistics: &[&WILCOXON_P],
        r: "wilcox.test: exact below 50 changes without ties and zeros, else normal, corrected for continuity",
        spss: "normal, not corrected (Asymp. Sig.)",
        stata: "normal, not corrected (Prob > |z|)",
    },
];
