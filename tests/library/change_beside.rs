//! What stands beside paired change against R: `tests/reference/change_beside.R` writes the data and the values.

use std::collections::{BTreeMap, BTreeSet};

use crate::agreement::{Agreement, method};

use utfall::change::adjust::family;
use utfall::change::agreement::agreement as kappas;
use utfall::change::attainment::{Goals, of_goal, t_scores};
use utfall::change::contrast::{self, OF_CHANGES, OF_SUPERIORITY};
use utfall::change::range::{One, range};
use utfall::change::trajectory::{flow, mean_at_wave, share_at_wave};
use utfall::change::weighted::{WeightedPairs, mean_change, share_change};
use utfall::change::{BESIDE, Direction, Options, Pairs, Scale, analyse};
use utfall::estimate::{Condition, Statistic, Value};
use utfall::statistic::{
    MEAN_CHANGE, MEAN_CHANGE_HIGH, MEAN_CHANGE_LOW, PROBABILITY_OF_SUPERIORITY,
    PROBABILITY_OF_SUPERIORITY_HIGH, PROBABILITY_OF_SUPERIORITY_LOW, RISK_DIFFERENCE, TANGO_HIGH, TANGO_LOW,
};

/// The quantities are closed forms or quantiles.
const RELATIVE: f64 = 1e-8;
/// For values that are 0.
const ABSOLUTE: f64 = 1e-12;
/// No rating and no p-value: what the data file has for NA.
const NO_RATING: f64 = 99.0;

/// The records of a reference file below its line of versions and its header; no field holds a comma.
fn records<const COLUMNS: usize>(text: &str) -> impl Iterator<Item = [&str; COLUMNS]> {
    assert!(text.starts_with("# R "), "the first line names the versions");
    text.lines().skip(2).map(|line| {
        let fields: Vec<&str> = line.split(',').collect();
        fields.try_into().unwrap_or_else(|_| panic!("{COLUMNS} columns expected: {line}"))
    })
}

/// The columns of one data set by name.
#[derive(Default)]
struct DataSet {
    kind: &'static str,
    columns: BTreeMap<&'static str, Vec<f64>>,
}

impl DataSet {
    fn numbers(&self, column: &str) -> &[f64] {
        self.columns.get(column).map_or(&[], Vec::as_slice)
    }

    fn one(&self, column: &str) -> f64 {
        self.numbers(column)[0]
    }

    fn counts(&self, column: &str) -> Vec<u64> {
        self.numbers(column).iter().map(|&count| count as u64).collect()
    }

    /// A k × k table of counts as pairs of the levels 1 to k.
    fn table(&self) -> Pairs {
        let k = self.one("k") as usize;
        let levels: Vec<f64> = (1..=k).map(|level| level as f64).collect();
        let row: Vec<f64> = (0..k * k).map(|cell| levels[cell / k]).collect();
        let column: Vec<f64> = (0..k * k).map(|cell| levels[cell % k]).collect();
        Pairs::new(&row, &column, &self.counts("counts"), Scale::Ordinal, Direction::None, &levels).unwrap()
    }

    fn values(&self) -> Vec<Value> {
        match self.kind {
            "agreement" => kappas(&self.table(), self.one("level")),
            "goals" => {
                let names: Vec<String> =
                    (1..=self.one("goals") as usize).map(|goal| format!("g{goal}")).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let rating = |&rating: &f64| (rating != NO_RATING).then_some(rating as i8);
                let ratings: Vec<Option<i8>> = self.numbers("rating").iter().map(rating).collect();
                let goals =
                    Goals::new(&names, &ratings, self.numbers("weight"), &self.counts("frequency")).unwrap();
                // Here a goal is told by the term; in an evaluation it is the variable.
                let of_each = names.iter().enumerate().flat_map(|(place, name)| {
                    of_goal(&goals, place).into_iter().map(move |value| match value.term.as_str() {
                        "" => value.term(*name),
                        level => {
                            let term = format!("{name}={level}");
                            value.term(term)
                        }
                    })
                });
                let scores = t_scores(&goals, self.one("rho"), self.one("level")).unwrap();
                of_each.chain(scores).collect()
            }
            "wave_mean" => mean_at_wave(self.numbers("answer"), &self.counts("frequency"), self.one("level")),
            "wave_share" => share_at_wave(self.one("count") as u64, self.one("n") as u64, self.one("level")),
            "flow" => flow(&self.table()),
            "weighted_mean" => mean_change(&self.weighted(), self.one("level")),
            "weighted_share" => share_change(&self.weighted(), self.one("event"), self.one("level")),
            "adjust" => {
                let tests: Vec<(String, Option<f64>)> = (1..)
                    .zip(self.numbers("p"))
                    .map(|(index, &p)| (index.to_string(), (p <= 1.0).then_some(p)))
                    .collect();
                family(&tests)
            }
            "range_share" => {
                let of = self.numbers("count").iter().zip(self.numbers("n"));
                range(&of.map(|(&count, &n)| One::Share { share: count / n, n }).collect::<Vec<_>>())
            }
            "range_mean" => {
                let [mean, sd, n] = ["mean", "sd", "n"].map(|column| self.numbers(column));
                let one = |place: usize| One::Mean { mean: mean[place], sd: sd[place], n: n[place] };
                range(&(0..n.len()).map(one).collect::<Vec<_>>())
            }
            "contrast_mean" => {
                let superiority = [
                    &PROBABILITY_OF_SUPERIORITY,
                    &PROBABILITY_OF_SUPERIORITY_LOW,
                    &PROBABILITY_OF_SUPERIORITY_HIGH,
                ];
                let change = [&MEAN_CHANGE, &MEAN_CHANGE_LOW, &MEAN_CHANGE_HIGH];
                let both = [(OF_CHANGES, change), (OF_SUPERIORITY, superiority)];
                both.into_iter().flat_map(|(of, from)| self.contrast(Scale::Numeric, of, from)).collect()
            }
            "contrast_share" => {
                self.contrast(Scale::Binary, OF_CHANGES, [&RISK_DIFFERENCE, &TANGO_LOW, &TANGO_HIGH])
            }
            kind => panic!("unknown kind {kind}"),
        }
    }

    /// The difference between the changes of groups 1 and 2, each analysed by itself.
    fn contrast(
        &self,
        scale: Scale,
        of: [&'static Statistic; 3],
        from: [&'static Statistic; 3],
    ) -> Vec<Value> {
        let level = self.one("level");
        let group = |group: f64| -> Option<[f64; 3]> {
            let rows: Vec<usize> =
                (0..self.numbers("group").len()).filter(|row| self.numbers("group")[*row] == group).collect();
            let pick = |column: &str| rows.iter().map(|row| self.numbers(column)[*row]).collect::<Vec<f64>>();
            let one = vec![1; rows.len()];
            let levels: &[f64] = if scale == Scale::Binary { &[0.0, 1.0] } else { &[] };
            let pairs =
                Pairs::new(&pick("before"), &pick("after"), &one, scale, Direction::None, levels).unwrap();
            let values = analyse(&pairs, &Options { level, ..Options::default() });
            let find = |wanted: &Statistic| {
                values.iter().find(|value| value.statistic == wanted && value.term.is_empty())?.value
            };
            let [value, low, high] = from.map(find);
            Some([value?, low?, high?])
        };
        let groups = group(1.0).zip(group(2.0)).map(|(first, second)| [first, second]);
        contrast::values(of, groups)
    }

    fn weighted(&self) -> WeightedPairs {
        let [before, after, weight] = ["before", "after", "weight"].map(|column| self.numbers(column));
        WeightedPairs::new(before, after, weight, &self.counts("frequency")).unwrap()
    }
}

#[test]
fn every_statistic_agrees_with_r() {
    let mut data: BTreeMap<&str, DataSet> = BTreeMap::new();
    for [dataset, kind, column, value] in records(include_str!("../reference/change_beside_data.csv")) {
        let set = data.entry(dataset).or_default();
        set.kind = kind;
        let number = if value == "NA" { f64::NAN } else { value.parse().unwrap() };
        set.columns.entry(column).or_default().push(number);
    }
    let mut expected: BTreeMap<(&str, &str, String), Option<f64>> = BTreeMap::new();
    for [dataset, statistic, term, value] in records(include_str!("../reference/change_beside_expected.csv"))
    {
        let number: Option<f64> = (value != "NA").then(|| value.parse().unwrap());
        let seen = expected.insert((dataset, statistic, term.to_owned()), number);
        assert!(seen.is_none(), "{dataset} {statistic} {term} stands twice");
    }
    let (mut compared, mut absent, mut worst) = (0, 0, 0.0f64);
    let mut near = Agreement::default();
    let (mut wrong, mut met) = (Vec::new(), BTreeSet::new());
    for (&name, set) in &data {
        for value in set.values() {
            let key = (name, value.statistic.name, value.term.to_string());
            let of_others =
                set.kind == "adjust" || set.kind.starts_with("contrast") || set.kind.starts_with("range");
            assert!(value.n.is_some() || of_others, "{key:?} without n");
            let Some(reference) = expected.remove(&key) else {
                wrong.push(format!("{key:?} has no reference"));
                continue;
            };
            match (value.value, reference) {
                (Some(found), Some(reference)) => {
                    let distance = (found - reference).abs();
                    let mut off = 0.0;
                    if distance > ABSOLUTE || reference.abs() > ABSOLUTE {
                        let relative = if distance == 0.0 { 0.0 } else { distance / reference.abs() };
                        worst = worst.max(relative);
                        off = relative;
                        if relative.is_nan() || relative > RELATIVE {
                            wrong.push(format!("{key:?} is {found:e}, R has {reference:e}: {relative:e}"));
                        }
                    }
                    near.compared(name, method(value.statistic, None), off);
                    met.insert(value.statistic.name);
                    compared += 1;
                }
                (None, None) => {
                    let unexplained = Condition::new("not_finite", "");
                    if value.conditions.is_empty() || value.conditions.contains(&unexplained) {
                        wrong.push(format!("{key:?} is absent without a reason"));
                    }
                    absent += 1;
                }
                (found, reference) => wrong.push(format!("{key:?} is {found:?}, R has {reference:?}")),
            }
        }
    }
    wrong.extend(expected.keys().map(|key| format!("{key:?} was not computed")));
    for statistic in BESIDE.iter().copied().flatten() {
        if !met.contains(statistic.name) {
            wrong.push(format!("{} was compared nowhere", statistic.name));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    near.settle("Beside paired change");
    println!("{compared} values compared, {absent} absent in both, largest relative difference {worst:e}");
    assert!(compared > 300 && absent > 30, "{compared} compared, {absent} absent: the files are not whole");
}
