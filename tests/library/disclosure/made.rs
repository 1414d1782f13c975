//! Numbers that are worked out of released numbers, differences between groups and ranges, give nothing away: whoever sees the others
//! can work out each of them, and one that rests on a hidden number is hidden. The keys are read here anew.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::subject;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use utfall::change::contrast::{OF_CHANGES, OF_SUPERIORITY, mover};
use utfall::change::range::{One, range};
use utfall::change::{Direction, Options, Pairs, Scale, analyse};
use utfall::dictionary::{Code, Item, ItemType, Text};
use utfall::disclosure::{Cleared, Maker, Policy, Shown, clear, clear_with, make};
use utfall::estimate::{Condition, Estimate, Kind, Statistic, Value};
use utfall::plan::{CohortUnit, Column, Comparison, Origin};
use utfall::question::Question;
use utfall::question::contrast::Contrast;
use utfall::run::ranges;
use utfall::statistic::{
    COMBINED_COUNT, COMBINED_SHARE, CONDITIONAL_SHARE, COUNT, MEAN, MEAN_CHANGE, MEAN_CHANGE_HIGH,
    MEAN_CHANGE_LOW, N_COMPARED, PROBABILITY_OF_SUPERIORITY, PROBABILITY_OF_SUPERIORITY_HIGH,
    PROBABILITY_OF_SUPERIORITY_LOW, RISK_DIFFERENCE, SD, SHARE, TANGO_HIGH, TANGO_LOW, VALID,
};
use utfall::table::{AnalysisView, Labels};

/// Counts by answer before and after, of men and of women.
type Tables = [Vec<Vec<u64>>; 2];

const SEXES: [&str; 2] = ["sex=1", "sex=2"];

fn tables(levels: usize) -> impl Strategy<Value = Tables> {
    let count = prop_oneof![2 => Just(0u64), 2 => 1u64..5, 5 => 5u64..30, 1 => 30u64..200];
    let table = prop::collection::vec(prop::collection::vec(count, levels), levels);
    [table.clone(), table]
}

fn item(name: &str, kind: ItemType, codes: std::ops::RangeInclusive<i64>) -> Item {
    let code = |code: i64| Code { code, label: Text::same(&code.to_string()), written: Vec::new() };
    let codes: Vec<Code> = if kind == ItemType::Decimal { Vec::new() } else { codes.map(code).collect() };
    Item { codes, ..Item::bare(name, name, Text::same(name), kind) }
}

/// Everyone's change and that of each sex, with all its statistics.
fn change_of(tables: &Tables, kind: ItemType) -> Vec<Estimate> {
    let levels: Vec<f64> = (0..tables[0].len()).map(|level| level as f64).collect();
    let scale = if kind == ItemType::Binary { Scale::Binary } else { Scale::Ordinal };
    let mut estimates = Vec::new();
    for (group, of) in [("", &tables[..]), ("sex=1", &tables[..1]), ("sex=2", &tables[1..])] {
        let [mut before, mut after, mut frequency] = [const { Vec::<f64>::new() }, Vec::new(), Vec::new()];
        for table in of {
            for (row, counts) in table.iter().enumerate() {
                for (column, count) in counts.iter().enumerate() {
                    before.push(levels[row]);
                    after.push(levels[column]);
                    frequency.push(*count as f64);
                }
            }
        }
        let frequency: Vec<u64> = frequency.iter().map(|count| *count as u64).collect();
        let pairs = Pairs::new(&before, &after, &frequency, scale, Direction::Lower, &levels).unwrap();
        let values = analyse(&pairs, &Options::default());
        estimates.extend(subject("change.x", Kind::Change, group, "x@w1>w2").estimates(values));
    }
    estimates
}

fn contrast(kind: ItemType, levels: i64) -> Contrast {
    let column = |name: &str, item: Item, wave: Option<&str>| Column {
        name: name.to_owned(),
        item: Arc::new(item),
        wave: wave.map(str::to_owned),
        origin: Origin::Assessment,
    };
    let at = |wave: &str| column(&format!("x@{wave}"), item("x", kind, 0..=levels - 1), Some(wave));
    Contrast {
        of: ["change.x".to_owned()],
        comparisons: vec![Comparison { variable: "x@w1>w2".into(), before: at("w1"), after: at("w2") }],
        by: vec![column("sex", item("sex", ItemType::Binary, 1..=2), None)],
        level: 0.95,
    }
}

/// How often a contrast was shown, hidden, of a widened interval, and without an interval.
#[derive(Debug, Default)]
struct Met {
    shown: usize,
    hidden: usize,
    widened: usize,
    absent: usize,
}

fn holds(tables: &Tables, kind: ItemType, met: &RefCell<Met>) -> Result<(), TestCaseError> {
    let estimates = change_of(tables, kind);
    let question = contrast(kind, tables[0].len() as i64);
    let maker = || -> Box<Maker<'_>> { question.maker("contrast.x").expect("contrasts are made of change") };
    let raw = make(&estimates, &maker());
    prop_assert!(!raw.is_empty());
    let release = |raw: &[Estimate]| {
        let all = [&estimates[..], raw].concat();
        clear_with(&all, Policy::Min5, &[maker()]).cleared
    };
    let cleared = release(&raw);
    // Whatever the raw contrasts are, the same is released.
    let other: Vec<Estimate> =
        raw.iter().map(|one| Estimate { value: Some(0.123), n: Some(1), ..one.clone() }).collect();
    prop_assert_eq!(&release(&other), &cleared);
    // And the change is released as if there were no contrasts.
    prop_assert_eq!(&clear(&estimates, Policy::Min5).cleared[..], &cleared[..estimates.len()]);

    let find = |group: &str, statistic: &Statistic| {
        let is = |one: &&Cleared| one.statistic() == statistic && one.group() == group && one.term() == "";
        cleared[..estimates.len()].iter().find(is)
    };
    let (mut met, released) = (met.borrow_mut(), &cleared[estimates.len()..]);
    let sources = [
        (ItemType::Binary, OF_CHANGES, [&RISK_DIFFERENCE, &TANGO_LOW, &TANGO_HIGH]),
        (ItemType::Ordinal, OF_CHANGES, [&MEAN_CHANGE, &MEAN_CHANGE_LOW, &MEAN_CHANGE_HIGH]),
        (
            ItemType::Ordinal,
            OF_SUPERIORITY,
            [&PROBABILITY_OF_SUPERIORITY, &PROBABILITY_OF_SUPERIORITY_LOW, &PROBABILITY_OF_SUPERIORITY_HIGH],
        ),
    ];
    let mut told = 0;
    for (_, names, from) in sources.into_iter().filter(|(of, ..)| *of == kind) {
        let groups = SEXES.map(|group| from.map(|statistic| find(group, statistic)));
        let all = || groups.iter().flatten().flatten();
        let value = |one: Option<&Cleared>| one.and_then(Cleared::value);
        let [first, second] = groups.map(|[a, low, high]| Some([value(a)?, value(low)?, value(high)?]));
        let expected = first.zip(second).map(|(first, second)| mover(first, second));
        let is_hidden = all().any(|one| one.shown() == Shown::Suppressed);
        let widened = Condition::new("widened", "");
        let is_widened = all().any(|one| one.conditions().contains(&widened));
        for (place, statistic) in names.into_iter().enumerate() {
            let at = released.iter().position(|one| one.statistic() == statistic);
            let (one, raw) = at.map(|at| (&released[at], &raw[at])).expect("a contrast of the two");
            prop_assert_eq!(one.term().as_str(), "sex=1:2");
            told += 1;
            if is_hidden {
                prop_assert!(one.shown() == Shown::Suppressed && one.conditions().is_empty());
                prop_assert!(one.n().is_none() && one.method().is_empty());
                met.hidden += 1;
                continue;
            }
            prop_assert_eq!(one.value(), expected.map(|three| three[place]), "{}", statistic.name);
            prop_assert_eq!(one.conditions().contains(&widened), is_widened);
            met.shown += usize::from(one.value().is_some());
            met.absent += usize::from(one.value().is_none());
            if is_widened && place > 0 {
                prop_assert!(one.value() != raw.value, "{} is the raw one", statistic.name);
                met.widened += 1;
            }
        }
    }
    prop_assert_eq!(told, released.len());
    Ok(())
}

fn of_random_changes(levels: usize, kind: ItemType) -> Met {
    let met = RefCell::new(Met::default());
    let mut runner = TestRunner::new(ProptestConfig { cases: 60, ..ProptestConfig::default() });
    runner.run(&tables(levels), |tables| holds(&tables, kind, &met)).unwrap();
    met.into_inner()
}

#[test]
fn contrasts_of_shares_follow_from_what_is_released() {
    let met = of_random_changes(2, ItemType::Binary);
    assert!(met.shown > 0 && met.hidden > 0, "{met:?}");
}

#[test]
fn contrasts_of_means_follow_from_what_is_released() {
    let met = of_random_changes(3, ItemType::Ordinal);
    assert!(met.shown > 0 && met.hidden > 0 && met.widened > 0, "{met:?}");
}

/// Items of four answers and a number, of everyone and each sex: everything that tables of them show.
fn answers(counts: &[Vec<Vec<u64>>]) -> Vec<Estimate> {
    let mut estimates = Vec::new();
    for (group, of) in [("", &[0, 1][..]), (SEXES[0], &[0]), (SEXES[1], &[1])] {
        for (place, item) in counts.iter().enumerate() {
            let count = |code: usize| of.iter().map(|&sex| item[sex][code]).sum::<u64>();
            let valid: u64 = (0..4).map(count).sum();
            let mut values = vec![Value::new(&VALID, valid as f64)];
            let share = |statistic, part: u64, whole: u64| match whole {
                0 => Value::absent(statistic, Condition::new("no_answers", "")),
                _ => Value::new(statistic, part as f64 / whole as f64),
            };
            for code in 0..4 {
                let term = (code + 1).to_string();
                values.push(Value::new(&COUNT, count(code) as f64).term(term.clone()).n(valid));
                values.push(share(&SHARE, count(code), valid).term(term).n(valid));
            }
            for half in [[0, 1], [2, 3]] {
                let whole = half.map(count).iter().sum();
                let name = format!("{}+{}", half[0] + 1, half[1] + 1);
                values.push(Value::new(&COMBINED_COUNT, whole as f64).term(name.clone()).n(valid));
                values.push(share(&COMBINED_SHARE, whole, valid).term(name.clone()).n(valid));
                for code in half {
                    let term = format!("{}|{name}", code + 1);
                    values.push(share(&CONDITIONAL_SHARE, count(code), whole).term(term).n(valid));
                }
            }
            let variable = format!("item{place}");
            estimates.extend(subject("describe.a", Kind::Describe, group, &variable).estimates(values));
        }
        let n: u64 = of.iter().map(|&sex| counts[0][sex].iter().sum::<u64>()).sum();
        let mean = 30.0 + n as f64 / 10.0;
        let moments = match n {
            0 => [&MEAN, &SD].map(|statistic| Value::absent(statistic, Condition::new("no_answers", ""))),
            _ => [(&MEAN, mean), (&SD, 4.0)].map(|(statistic, value)| Value::new(statistic, value).n(n)),
        };
        let values = [vec![Value::new(&VALID, n as f64)], moments.into()].concat();
        estimates.extend(subject("describe.age", Kind::Describe, group, "age").estimates(values));
    }
    estimates
}

fn labels(items: usize) -> Labels {
    let mut known = BTreeMap::new();
    for place in 0..items {
        let name = format!("item{place}");
        known.insert(name.clone(), item(&name, ItemType::Nominal, 1..=4));
    }
    known.insert("age".to_owned(), item("age", ItemType::Decimal, 0..=0));
    known.insert("sex".to_owned(), item("sex", ItemType::Binary, 1..=2));
    Labels { items: known, waves: Vec::new(), states: BTreeMap::new() }
}

/// The numbers that a range is of, as its keys say: hidden ones, and those with what their interval follows from.
fn members(range: &Cleared, analysis: &str, cleared: &[Cleared]) -> (bool, Vec<One>) {
    let (statistic, which) = range.term().split_once('=').unwrap_or((range.term(), ""));
    let places = [("first", "1"), ("second", "2"), ("third", "3"), ("fourth", "4")];
    let term = places.iter().fold(which.to_owned(), |term, (place, code)| term.replace(place, code));
    let is_ranked = |one: &&Cleared| {
        let by: Vec<&str> = one.group().split(" & ").map(|level| level.split('=').next().unwrap()).collect();
        let is_of = range.variable() == "" || range.variable() == one.variable();
        one.statistic().name == statistic
            && one.term() == &*term
            && *range.group() == *by.join(" & ")
            && is_of
            && one.analysis() == analysis
    };
    let (mut hidden, mut all) = (false, Vec::new());
    for one in cleared.iter().filter(is_ranked) {
        hidden |= one.shown() == Shown::Suppressed;
        let find = |statistic: &Statistic, term: &str| {
            let is = |other: &&Cleared| {
                other.statistic() == statistic
                    && (other.group(), other.variable()) == (one.group(), one.variable())
                    && other.term() == term
            };
            cleared.iter().find(is).and_then(Cleared::value).unwrap_or(0.0)
        };
        let Some(value) = one.value() else { continue };
        all.push(match statistic {
            "mean" => One::Mean { mean: value, sd: find(&SD, ""), n: find(&VALID, "") },
            "conditional_share" => {
                let whole = term.split_once('|').unwrap().1;
                One::Share { share: value, n: find(&COMBINED_COUNT, whole) }
            }
            _ => One::Share { share: value, n: find(&VALID, "") },
        });
    }
    (hidden, all)
}

#[test]
fn ranges_follow_from_what_is_released() {
    let count = prop_oneof![2 => Just(0u64), 2 => 1u64..5, 6 => 5u64..40];
    let item = prop::collection::vec(prop::collection::vec(count, 4), 2);
    let items = prop::collection::vec(item, 3);
    let met: RefCell<BTreeMap<String, [usize; 2]>> = RefCell::default();
    let mut runner = TestRunner::new(ProptestConfig { cases: 60, ..ProptestConfig::default() });
    let layouts = [
        ("crosstab", "describe.a"),
        ("items", "describe.a"),
        ("multiple_response", "describe.a"),
        ("coverage", "describe.a"),
        ("numeric", "describe.age"),
    ];
    let test = |counts: Vec<Vec<Vec<u64>>>| {
        let cleared = clear(&answers(&counts), Policy::Min5).cleared;
        for (layout, analysis) in layouts {
            let of = cleared.iter().filter(|one| one.analysis() == analysis).collect();
            let view =
                AnalysisView::new(analysis, Text::same(analysis), CohortUnit::Respondent, None, None, of);
            let made = ranges("T1", layout, &[view], &labels(3), &cleared);
            for one in &made {
                let (hidden, all) = members(one, analysis, &cleared);
                let mut met = met.borrow_mut();
                let met =
                    met.entry(format!("{layout} {}", one.term().split('|').next().unwrap())).or_default();
                if hidden {
                    prop_assert_eq!(one.shown(), Shown::Suppressed, "{:?}", one.id());
                    met[1] += 1;
                    continue;
                }
                let expected = range(&all).into_iter().find(|value| value.statistic == one.statistic());
                let expected = expected.and_then(|value| value.value);
                prop_assert_eq!(one.value(), expected, "{} of {}", one.id(), all.len());
                met[0] += 1;
            }
            let counted = made.iter().filter(|one| one.statistic() == &N_COMPARED).count();
            prop_assert_eq!(made.len(), 4 * counted);
        }
        Ok(())
    };
    runner.run(&items, test).unwrap();
    let met = met.into_inner();
    let kinds = [
        "coverage combined_share=first+second",
        "coverage conditional_share=first",
        "coverage conditional_share=third",
        "items share=4",
        "multiple_response share=second",
        "numeric mean",
    ];
    for kind in kinds {
        let [shown, hidden] = met.get(kind).copied().unwrap_or_default();
        assert!(shown > 0 && hidden > 0, "{kind}: {met:?}");
    }
    assert!(met.keys().any(|kind| kind.starts_with("crosstab share=")), "{met:?}");
}

/// The most common answer by sex, by hand: of 100 men 40 gave it, and of 80 women 30, or of 63 women 3.
#[test]
fn a_range_with_a_hidden_number_is_hidden() {
    let ranges_of = |women: Vec<u64>| {
        let cleared = clear(&answers(&[vec![vec![40, 20, 20, 20], women]]), Policy::Min5).cleared;
        let of = cleared.iter().filter(|one| one.analysis() == "describe.a").collect();
        let view = AnalysisView::new("describe.a", Text::same("a"), CohortUnit::Respondent, None, None, of);
        let made = ranges("T1", "crosstab", &[view], &labels(1), &cleared);
        assert_eq!(made.len(), 4);
        assert!(made.iter().all(|one| one.group() == "sex" && one.term() == "share=1"));
        made
    };
    let shown = ranges_of(vec![30, 20, 15, 15]);
    let [value, counted] = [shown[0].value(), shown[3].value()].map(Option::unwrap);
    assert!((value - 0.025).abs() < 1e-15 && counted == 2.0, "{value} {counted}");
    let hidden = ranges_of(vec![3, 20, 20, 20]);
    assert!(hidden.iter().all(|one| one.shown() == Shown::Suppressed && one.value().is_none()));
}
