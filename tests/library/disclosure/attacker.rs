//! The attacker: what can be computed of hidden counts from all that is published.
//!
//! It does not share the cells and equations of `utfall::disclosure`. It reasons over the finest counts (persons by group,
//! answer before, answer after), of which everything published is a linear function.

#![allow(clippy::needless_range_loop, reason = "the indices are answers and groups, and stand on both sides")]

use utfall::disclosure::{Cleared, Shown};
use utfall::estimate::{Reveals, Statistic};

use super::knowledge::{Knowledge, attack_sums};

pub use utfall::statistic::{
    AFTER_COUNT, AUC, BEFORE_COUNT, BOTH, COMBINED_COUNT, COMBINED_SHARE, CONDITIONAL_SHARE, COUNT,
    COUNT_FOLLOWED, COUNT_LOST, DECREASED, ELIGIBLE, FOLLOWED, FOLLOWUP_RATE as RATE, IMPROVED,
    IMPROVED_SHARE, INCREASED, LEVEL_CASES, LEVEL_EVENTS, LOST, MCNEMAR_EXACT as MCNEMAR, MEAN, MEAN_AFTER,
    MEAN_BEFORE, MEDIAN, MEMBERS, MISSING, MISSING_FOLLOWED, MISSING_LOST, MISSING_TOTAL, N_CLUSTERS,
    N_EVENTS, N_FOLLOWED, N_LOST, N_OBS, N_PAIRS, N00, N01, N10, N11, NAGELKERKE, ODDS_RATIO, PATTERN, SEEN,
    SHARE, SHARE_AFTER, SHARE_BEFORE, SHARE_FOLLOWED, SHARE_LOST, SMD, STATE, TRANSITION, UNCHANGED, VALID,
    WILCOXON_P as WILCOXON, WORSE,
};

/// Persons by group (0, 1, and 2 for those who lack the grouping variable), answer before and answer after.
pub type Persons = Vec<Vec<Vec<u64>>>;

/// The groups that a published group covers.
pub fn members(group: &str) -> &'static [usize] {
    match group {
        "" => &[0, 1, 2],
        "drop_in=0" => &[0],
        _ => &[1],
    }
}

/// One published number as a linear function of the finest counts: the weight of a person, and what it is divided by.
pub struct Published {
    pub statistic: &'static Statistic,
    pub term: String,
    pub weight: Box<dyn Fn(usize, usize) -> f64>,
    pub per_pair: bool,
}

pub fn published(levels: usize) -> Vec<Published> {
    let mut all: Vec<Published> = Vec::new();
    let mut add = |statistic, term: String, per_pair, weight: Box<dyn Fn(usize, usize) -> f64>| {
        all.push(Published { statistic, term, weight, per_pair });
    };
    fn is(yes: bool) -> f64 {
        f64::from(u8::from(yes))
    }
    add(&N_PAIRS, String::new(), false, Box::new(|_, _| 1.0));
    add(&IMPROVED, String::new(), false, Box::new(|a, b| is(b < a)));
    add(&UNCHANGED, String::new(), false, Box::new(|a, b| is(b == a)));
    add(&WORSE, String::new(), false, Box::new(|a, b| is(b > a)));
    add(&INCREASED, String::new(), false, Box::new(|a, b| is(b > a)));
    add(&DECREASED, String::new(), false, Box::new(|a, b| is(b < a)));
    add(&IMPROVED_SHARE, String::new(), true, Box::new(|a, b| is(b < a)));
    if levels == 2 {
        for (statistic, x, y) in [(&N00, 0, 0), (&N01, 0, 1), (&N10, 1, 0), (&N11, 1, 1)] {
            add(statistic, String::new(), false, Box::new(move |a, b| is(a == x && b == y)));
        }
        add(&SHARE_BEFORE, String::new(), true, Box::new(|a, _| is(a == 1)));
        add(&SHARE_AFTER, String::new(), true, Box::new(|_, b| is(b == 1)));
        return all;
    }
    for x in 0..levels {
        add(&BEFORE_COUNT, x.to_string(), false, Box::new(move |a, _| is(a == x)));
        add(&AFTER_COUNT, x.to_string(), false, Box::new(move |_, b| is(b == x)));
        for y in 0..levels {
            add(&TRANSITION, format!("{x}>{y}"), false, Box::new(move |a, b| is(a == x && b == y)));
        }
    }
    add(&MEAN_BEFORE, String::new(), true, Box::new(|a, _| a as f64));
    add(&MEAN_AFTER, String::new(), true, Box::new(|_, b| b as f64));
    all
}

pub fn total(persons: &Persons, group: &str, weight: &dyn Fn(usize, usize) -> f64) -> f64 {
    let mut sum = 0.0;
    for &g in members(group) {
        for (a, row) in persons[g].iter().enumerate() {
            for (b, &count) in row.iter().enumerate() {
                sum += weight(a, b) * count as f64;
            }
        }
    }
    sum
}

/// The attacker's feasible interval of every hidden count, given all that is shown.
pub fn attack(persons: &Persons, levels: usize, cleared: &[Cleared]) -> Vec<(String, f64, f64)> {
    let numbers = published(levels);
    let weight_of = |shown: &Cleared| {
        let number = numbers
            .iter()
            .find(|number| number.statistic.name == shown.statistic().name && *shown.term() == *number.term);
        number.filter(|number| number.statistic.reveals != Reveals::Inference)
    };
    let place = |g: usize, a: usize, b: usize| (g * levels + a) * levels + b;
    let cells = |group: &str, weight: &dyn Fn(usize, usize) -> f64| -> Vec<(usize, f64)> {
        let of_group = members(group).iter().flat_map(|&g| (0..levels).map(move |a| (g, a)));
        let all = of_group.flat_map(|(g, a)| (0..levels).map(move |b| (g, a, b)));
        all.map(|(g, a, b)| (place(g, a, b), weight(a, b))).filter(|(_, weight)| *weight != 0.0).collect()
    };
    let mut knowledge = Knowledge::of(3 * levels * levels);
    // The attacker knows those who are in no group.
    for a in 0..levels {
        for b in 0..levels {
            knowledge.sum([place(2, a, b)], persons[2][a][b] as f64);
        }
    }
    for shown in cleared {
        let (Shown::Value(value), Some(number)) = (shown.shown(), weight_of(shown)) else { continue };
        match number.per_pair {
            // Σ (w − value)·x = 0 for what is divided by the number of pairs.
            true => knowledge.weighted_sum(cells(shown.group(), &|a, b| (number.weight)(a, b) - value), 0.0),
            false => {
                knowledge.sum(cells(shown.group(), &number.weight).into_iter().map(|(cell, _)| cell), value)
            }
        }
    }
    cleared
        .iter()
        .filter(|hidden| hidden.shown() == Shown::Suppressed && hidden.statistic().reveals == Reveals::Count)
        .map(|hidden| {
            let number = weight_of(hidden).expect("counts are linear");
            let (low, high) = knowledge.range(&cells(hidden.group(), &number.weight));
            (hidden.id().to_string(), low, high)
        })
        .collect()
}

/// The attacker on answers: knows the size of each group.
pub fn attack_answers(cleared: &[Cleared]) -> Vec<(String, f64, f64)> {
    let groups = ["sex=1", "sex=2"];
    let names: Vec<(usize, &str, String)> = (0..2)
        .flat_map(|g| {
            let answers = (0..4).map(move |code| (g, "count", code.to_string()));
            answers.chain(["blank", "refused"].map(|reason| (g, "missing", reason.to_owned())))
        })
        .collect();
    let covers = |shown: &Cleared, name: &(usize, &str, String)| {
        let group = shown.group().is_empty() || *shown.group() == *groups[name.0];
        let statistic = match shown.statistic().name {
            "valid" => name.1 == "count",
            known => known == name.1 && *shown.term() == *name.2,
        };
        group && statistic
    };
    attack_sums(names.len(), cleared, |shown| {
        let sums = || (0..names.len()).filter(|name| covers(shown, &names[*name])).collect();
        (shown.statistic().reveals == Reveals::Count).then(sums)
    })
}

/// The attacker on attrition: persons by level and standing (followed, lost, dead), of which every count is a sum.
pub fn attack_attrition(cleared: &[Cleared]) -> Vec<(String, f64, f64)> {
    let covers = |shown: &Cleared, level: usize, standing: usize| {
        let of_level = shown.term().parse::<usize>().map_or(true, |code| code == level);
        let standings: &[usize] = match shown.statistic().name {
            "members" | "valid" | "count" => &[0, 1, 2],
            "eligible" => &[0, 1],
            "seen" | "followed" | "n_followed" | "count_followed" => &[0],
            "lost" | "n_lost" | "count_lost" => &[1],
            "state" => &[2],
            _ => &[],
        };
        of_level && standings.contains(&standing)
    };
    attack_sums(9, cleared, |shown| {
        let named = shown.statistic().name.starts_with("missing");
        let sums = || (0..9).filter(|cell| covers(shown, cell / 3, cell % 3)).collect();
        (shown.statistic().reveals == Reveals::Count && !named).then(sums)
    })
}
