//! Paired change between two waves: who changed, by how much, and how sure that is.
//!
//! [`analyse`] sees nothing but [`Pairs`]: distinct answers with their frequencies. A procedure is one file that holds
//! its statistics, their formulas and a [`Procedure`]; [`PROCEDURES`] is the list of them, and a new one is a new line there.
//!
//! Beside it stand [`agreement`] of two ratings, [`attainment`] of goals, [`trajectory`] over waves, [`weighted`] change and
//! the [`adjust`]ment of many tests: functions of their own, because they start from something else than one item's pairs.
//!
//! A change is after less before; a positive one is an increase. `n` of every value is the number of pairs, also where a
//! test rests on those who changed alone: their number would give away how many did not.
//!
//! Every test here assumes that persons are independent of each other; users of the same service who fare alike are not quite, and
//! a model with clusters is the answer to that. What R was asked for each stands in `tests/reference/change_statistics.R` and, for
//! what stands beside, `change_beside.R`.
//!
//! A p-value and an interval belong together where both come of one method: the p is below 1 − level just where the interval
//! leaves "no change" out. `tests.rs` holds it, and tables show no p beside an interval of another method.
//!
//! | p-value | interval | |
//! |---|---|---|
//! | `mcnemar_p` | `tango_low`, `tango_high` | the score test |
//! | `mcnemar_exact` | `odds_ratio_low`, `odds_ratio_high` | conditional on those who changed; Clopper–Pearson |
//! | `t_p` | `mean_change_low`, `mean_change_high` | Student's t |
//! | `weighted_t_p`, `weighted_share_t_p` | `weighted_mean_change_low` …, `weighted_share_change_low` … | Student's t, linearised |
//! | `mcnemar_mid`, `mcnemar_corrected_p`, `mcnemar_program_p`, `sign_p`, `wilcoxon_p` | none | |
//! | none | `risk_difference_low` … (Newcombe), `cohens_h_low` …, `d_av_low` …, `rank_biserial_low` …, `probability_of_superiority_low` … | |
//!
//! A statistic that does not exist on the data is absent, with one of these conditions:
//!
//! | condition | meaning |
//! |---|---|
//! | `no_pairs` | nobody answered in both waves |
//! | `too_few` | one pair, where a standard deviation asks for two |
//! | `no_change` | everybody answered the same in both waves |
//! | `no_variation` | everybody changed by the same amount: there is nothing to compare the change with |
//! | `unbounded` | the number is infinite, such as the odds where nobody changed the other way |
//! | `boundary` | the estimate is as large as it can be, and its error formula gives 0: no interval can be had from it |
//! | `no_answers`, `no_goal`, `nobody_before` | nobody answered at the wave, has the goal, or was at the level before |
//! | `no_test` | no p-value, so not a test of the family |
//! | `no_users` | nobody used before, of whom the share would be |
//! | `not_use` | a higher answer is declared better: the item does not count days of use |
//! | `outside_window` | an answer is no number of days in the window |
//! | `levels_dropped` | levels that nobody moved into or out of add nothing to the test and its degrees of freedom; a note, the value exists |
//! | `levels_apart` | nobody moved between some groups of levels, and each group is a test of its own; a note, the value exists |

pub mod adjust;
pub mod agreement;
pub mod attainment;
pub mod contrast;
mod convention;
mod pairs;
pub mod range;
mod rank_biserial;
#[cfg(test)]
mod tests;
pub mod trajectory;
pub mod weighted;
mod wilson;

pub use convention::DIFFERENCES;
pub use pairs::{Direction, Pairs, PairsError, Scale};
pub use reliable::{Reliability, ReliabilityError, Spread};
pub use use_classes::{UseThresholds, UseThresholdsError};
pub use wilson::wilson;

use crate::convention::{Convention, apart, differs};
use crate::estimate::{Condition, Statistics, Value};
use crate::registry::registry;

/// What paired change is computed with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Confidence level of the intervals, in (0, 1).
    pub level: f64,
    /// The program whose variants of the tests are computed.
    pub convention: Convention,
    /// Whether what differs between the programs is also given as each of them has it, under the program's term.
    pub compare: bool,
    /// Whether the shares of moves among those at each level before are given.
    pub row_shares: bool,
    /// Whether the shares of moves among all pairs are given.
    pub joint_shares: bool,
    /// Whether d_z and d_av are made smaller by Hedges' factor, which removes their bias with few persons.
    pub hedges: bool,
    /// What is known of the instrument's reliability; without it no change is called reliable.
    pub reliability: Option<Reliability>,
    /// Thresholds of the substance whose days of use are counted; without them there are no classes of use.
    pub classes: Option<UseThresholds>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            level: 0.95,
            convention: Convention::R,
            compare: false,
            row_shares: true,
            joint_shares: true,
            hedges: false,
            reliability: None,
            classes: None,
        }
    }
}

/// A group of statistics that are computed together.
pub struct Procedure {
    /// Its name in the documentation.
    pub id: &'static str,
    /// All that `compute` may give.
    pub statistics: Statistics,
    /// Whether it makes sense on a scale.
    pub applies: fn(Scale) -> bool,
    /// Every statistic that the pairs allow, the others absent with the reason; none of what the options do not ask for.
    pub compute: fn(&Pairs, &Options) -> Vec<Value>,
}

registry! {
    /// All procedures, in the order of their results.
    PROCEDURES: Procedure = PROCEDURE in
        counts,
        two_by_two,
        transitions,
        moments,
        mcnemar,
        risk_difference,
        odds_ratio,
        marginal_homogeneity,
        bowker,
        signed_rank,
        sign_test,
        superiority,
        paired_t,
        cohen_d,
        cohens_h,
        reliable,
        use_classes,
}

/// The statistics of what stands beside [`analyse`], because it starts from something else than the pairs of one item.
pub const BESIDE: &[Statistics] = &[
    agreement::COUNTS,
    agreement::STATISTICS,
    attainment::STATISTICS,
    trajectory::STATISTICS,
    weighted::STATISTICS,
    adjust::STATISTICS,
    contrast::STATISTICS,
    range::STATISTICS,
];

/// Everything that applies to the pairs' scale, in the order of [`PROCEDURES`]; after it what differs between the programs and
/// how far, where that is asked for.
pub fn analyse(pairs: &Pairs, options: &Options) -> Vec<Value> {
    let of_program = |convention: Convention| {
        let options = Options { convention, ..*options };
        let all = computed(pairs, &options).filter(|value| differs(DIFFERENCES, value.statistic));
        all.map(move |value| value.term(convention.term())).collect::<Vec<Value>>()
    };
    let compared: Vec<Value> =
        Convention::ALL.into_iter().filter(|_| options.compare).flat_map(of_program).collect();
    let apart = apart(&compared, convention::APART);
    computed(pairs, options).chain(compared).chain(apart).collect()
}

fn computed<'a>(pairs: &'a Pairs, options: &'a Options) -> impl Iterator<Item = Value> + 'a {
    PROCEDURES
        .iter()
        .filter(|procedure| (procedure.applies)(pairs.scale()))
        .flat_map(|procedure| (procedure.compute)(pairs, options))
        .map(|value| value.n(pairs.n()))
}

/// All of `statistics`, absent for one reason.
fn absent(statistics: Statistics, reason: &str) -> Vec<Value> {
    statistics.iter().map(|statistic| Value::absent(statistic, Condition::new(reason, ""))).collect()
}
