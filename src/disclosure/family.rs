//! What may be shown of a family of tests when some of its p-values are hidden.
//!
//! An adjusted p-value depends on all p-values of its family: Holm's may be another test's p-value, multiplied. If some are hidden, the
//! others are adjusted again as if the hidden ones were 1. The result depends only on what is published, so it reveals nothing. Both
//! adjustments grow with every p-value, so no p-value becomes smaller than computed.

use std::collections::BTreeMap;

use super::follow::Verdict;
use crate::change::adjust::{Adjustment, adjust};
use crate::estimate::{Estimate, Group, Kind, Statistic, Variable};
use crate::statistic::{FAMILY_P_VALUE, FAMILY_SIZE, P_BH, P_HOLM, declared};

/// Analysis, group and variable of a test as its family names them.
type Key<'a> = (&'a str, &'a Group, &'a Variable);

/// The families of a release that have a hidden p-value.
#[derive(Debug, Default)]
pub(super) struct Families<'a> {
    tests: BTreeMap<Key<'a>, Seen>,
    /// How many tests are adjusted for, by analysis.
    sizes: BTreeMap<&'a str, f64>,
}

/// A test of such a family.
#[derive(Debug, Clone, Copy)]
struct Seen {
    p: Shown,
    holm: f64,
    bh: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shown {
    Value(f64),
    /// There is none on these data, and that may be known.
    Absent,
    Hidden,
}

impl<'a> Families<'a> {
    /// `verdict` says whether an estimate may be seen.
    pub fn new(estimates: &'a [Estimate], verdict: impl Fn(usize, &Estimate) -> Verdict) -> Families<'a> {
        // The p-value of a comparison stands in exactly one analysis of a family, and in any with the same fate.
        let mut fates: BTreeMap<(&Group, &Variable, &Statistic), Verdict> = BTreeMap::new();
        for (index, one) in
            estimates.iter().enumerate().filter(|(_, one)| one.kind == Kind::Change && one.term.is_empty())
        {
            let fate = verdict(index, one);
            let known = fates.entry((&one.group, &one.variable, one.statistic)).or_insert(fate);
            if fate == Verdict::Suppress {
                *known = fate;
            }
        }
        let mut tests: BTreeMap<&str, Vec<(Key<'a>, Shown)>> = BTreeMap::new();
        let p_values = |one: &&Estimate| one.kind == Kind::Family && one.statistic == &FAMILY_P_VALUE;
        for one in estimates.iter().filter(p_values) {
            // The method names the test.
            let test = [true, false].map(declared).into_iter().find(|test| test.name == one.method);
            let shown = match test.and_then(|test| fates.get(&(&one.group, &one.variable, test))) {
                Some(Verdict::Show) => one.value.map_or(Shown::Absent, Shown::Value),
                _ => Shown::Hidden,
            };
            tests.entry(&one.analysis).or_default().push(((&one.analysis, &one.group, &one.variable), shown));
        }
        let mut families = Families::default();
        for (analysis, tests) in tests {
            if tests.iter().all(|(_, shown)| *shown != Shown::Hidden) {
                continue;
            }
            let p: Vec<f64> = tests
                .iter()
                .map(|(_, shown)| match shown {
                    Shown::Value(p) => *p,
                    Shown::Absent => f64::NAN,
                    Shown::Hidden => 1.0,
                })
                .collect();
            let (holm, bh) = (adjust(&p, Adjustment::Holm), adjust(&p, Adjustment::BenjaminiHochberg));
            families.sizes.insert(analysis, p.iter().filter(|p| !p.is_nan()).count() as f64);
            for (place, (key, shown)) in tests.into_iter().enumerate() {
                families.tests.insert(key, Seen { p: shown, holm: holm[place], bh: bh[place] });
            }
        }
        families
    }

    /// Whether an estimate of a family may be seen.
    pub fn verdict(&self, estimate: &Estimate) -> Verdict {
        let is = |statistic: &Statistic| estimate.statistic == statistic;
        if let Some(size) = self.sizes.get(estimate.analysis.as_str()).filter(|_| is(&FAMILY_SIZE)) {
            return Verdict::Bound(*size);
        }
        let key: Key<'_> = (&estimate.analysis, &estimate.group, &estimate.variable);
        let Some(test) = self.tests.get(&key) else { return Verdict::Show };
        match test.p {
            Shown::Hidden => Verdict::Suppress,
            Shown::Absent => Verdict::Show,
            Shown::Value(_) if is(&FAMILY_P_VALUE) => Verdict::Show,
            Shown::Value(_) if is(&P_HOLM) => Verdict::Bound(test.holm),
            Shown::Value(_) if is(&P_BH) => Verdict::Bound(test.bh),
            // What nobody has thought of here is suppressed.
            Shown::Value(_) => Verdict::Suppress,
        }
    }
}
