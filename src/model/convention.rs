//! Which variant of a regression's statistic R, SPSS and Stata compute.
//!
//! The rules are those of the programs' documents: R's `ResourceSelection::hoslem.test`; IBM SPSS Statistics Algorithms, LOGISTIC
//! REGRESSION, whose rule for groups is that of SAS/STAT User's Guide, The LOGISTIC Procedure, The Hosmer–Lemeshow
//! Goodness-of-Fit Test, and IBM SPSS Statistics, Logistic Regression Options, for the cut; Stata Base Reference Manual, estat gof
//! (quantiles as of pctile) and estat classification. Checked against those formulas written in R, as SPSS and Stata cannot be had
//! for a test.

use super::classification::{CORRECTLY_CLASSIFIED, SENSITIVITY, SPECIFICITY};
use super::hosmer_lemeshow::{HOSMER_LEMESHOW, HOSMER_LEMESHOW_DF, HOSMER_LEMESHOW_P};
use crate::convention::Difference;

/// All that differs between the conventions.
pub const DIFFERENCES: &[Difference] = &[
    Difference {
        statistics: &[&HOSMER_LEMESHOW, &HOSMER_LEMESHOW_DF, &HOSMER_LEMESHOW_P],
        r: "hoslem.test: cut at quantiles of type 7",
        spss: "LOGISTIC REGRESSION: groups filled up to a tenth of the cases, ties together, a small last group joined",
        stata: "estat gof, group(10): cut at quantiles of type 2",
    },
    Difference {
        statistics: &[&SENSITIVITY, &SPECIFICITY, &CORRECTLY_CLASSIFIED],
        r: "no table of its own; a case at the cut counts as having the outcome",
        spss: "Classification Table: a case at the cut counts as not having the outcome",
        stata: "estat classification: a case at the cut counts as having the outcome",
    },
];
