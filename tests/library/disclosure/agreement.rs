//! Rated against differenced change: a hidden cell is not given away by the change of the same answers, by a description of the
//! rating, or by the measures of agreement.

use proptest::prelude::*;
use utfall::change::agreement::agreement;
use utfall::change::{Direction, Pairs, Scale};
use utfall::disclosure::{Cleared, Policy, Shown, clear};
use utfall::estimate::{Estimate, Kind, Reveals, Value};
use utfall::statistic::RATED_LEVEL;

use super::attacker::{COUNT, IMPROVED, N_PAIRS, UNCHANGED, VALID, WORSE};
use super::knowledge::{Knowledge, is_wide};
use super::subject;

/// What the codes 1 to 4 of the rating say, better to worse.
const SAYS: [i64; 4] = [1, 1, 0, -1];
/// By how much answers differ.
const LEVELS: [i64; 3] = [-1, 0, 1];

/// Persons by code of the rating and level of the difference; who has the difference alone; who has the rating alone.
#[derive(Debug, Clone)]
struct Persons {
    both: [[u64; 3]; 4],
    unrated: [u64; 3],
    undifferenced: [u64; 4],
}

/// A cell of [`Persons::both`].
type Place = (usize, usize);

/// A published count: analysis, statistic, term, the cells that it sums, and whom it counts beside them: so many without a
/// rating, and those without a difference who gave one of these codes.
struct Published {
    at: (&'static str, &'static str, String),
    cells: Vec<Place>,
    unrated: u64,
    undifferenced: Vec<usize>,
}

impl Published {
    fn count(&self, persons: &Persons) -> u64 {
        let both: u64 = self.cells.iter().map(|(code, level)| persons.both[*code][*level]).sum();
        let undifferenced: u64 = self.undifferenced.iter().map(|code| persons.undifferenced[*code]).sum();
        both + self.unrated + undifferenced
    }
}

fn published(persons: &Persons) -> Vec<Published> {
    let all = || (0..4).flat_map(|code| (0..3).map(move |level| (code, level)));
    let mut found = Vec::new();
    let mut add = |at: (&'static str, &'static str), term: String, unrated, of: &dyn Fn(Place) -> bool| {
        let cells = all().filter(|place| of(*place)).collect();
        found.push(Published { at: (at.0, at.1, term), cells, unrated, undifferenced: Vec::new() });
    };
    add(("agreement.x", "n_rated"), String::new(), 0, &|_| true);
    add(("agreement.x", "agreed"), String::new(), 0, &|(code, level)| SAYS[code] == LEVELS[level]);
    for says in LEVELS {
        add(("agreement.x", "rated_count"), says.to_string(), 0, &|(code, _)| SAYS[code] == says);
        add(("agreement.x", "differenced_count"), says.to_string(), 0, &|(_, level)| LEVELS[level] == says);
        for differs in LEVELS {
            let of = |(code, level): Place| SAYS[code] == says && LEVELS[level] == differs;
            add(("agreement.x", "rated_differenced"), format!("{says}>{differs}"), 0, &of);
        }
    }
    add(("change.x", "n_pairs"), String::new(), persons.unrated.iter().sum(), &|_| true);
    for (level, statistic) in ["worse", "unchanged", "improved"].into_iter().enumerate() {
        add(("change.x", statistic), String::new(), persons.unrated[level], &|(_, known)| known == level);
    }
    let mut described = |statistic, term: String, codes: Vec<usize>| {
        let cells = all().filter(|(code, _)| codes.contains(code)).collect();
        found.push(Published {
            at: ("describe.r", statistic, term),
            cells,
            unrated: 0,
            undifferenced: codes,
        });
    };
    described("valid", String::new(), (0..4).collect());
    for code in 0..4 {
        described("count", (code + 1).to_string(), vec![code]);
    }
    found
}

fn estimates(persons: &Persons) -> Vec<Estimate> {
    let (mut rated, mut differs, mut frequency) = (Vec::new(), Vec::new(), Vec::new());
    for (code, row) in persons.both.iter().enumerate() {
        for (level, times) in row.iter().enumerate() {
            rated.push(SAYS[code] as f64);
            differs.push(LEVELS[level] as f64);
            frequency.push(*times);
        }
    }
    let levels = LEVELS.map(|level| level as f64);
    let pairs = Pairs::new(&rated, &differs, &frequency, Scale::Ordinal, Direction::Higher, &levels).unwrap();
    let mut values = agreement(&pairs, 0.95);
    values.extend(
        SAYS.iter()
            .zip(1..)
            .map(|(says, code)| Value::new(&RATED_LEVEL, *says as f64).term(format!("r@w2={code}"))),
    );
    let mut estimates = subject("agreement.x", Kind::Agreement, "", "x@w1>w2").estimates(values);
    for one in published(persons) {
        let (analysis, statistic, term) = one.at.clone();
        let (kind, variable) = match analysis {
            "change.x" => (Kind::Change, "x@w1>w2"),
            "describe.r" => (Kind::Describe, "r@w2"),
            _ => continue,
        };
        let statistic = [&N_PAIRS, &IMPROVED, &UNCHANGED, &WORSE, &VALID, &COUNT]
            .into_iter()
            .find(|known| known.name == statistic)
            .unwrap();
        let count = one.count(persons);
        let value = Value::new(statistic, count as f64).term(term);
        estimates.extend(subject(analysis, kind, "", variable).estimates(vec![value]));
    }
    estimates
}

/// The feasible interval of every hidden count. How many lack a rating is known to the attacker at each level of the
/// difference, and how many lack a difference at each level that the rating is read as, but not by its codes.
fn attack(persons: &Persons, cleared: &[Cleared]) -> Vec<(String, f64, f64)> {
    let numbers = published(persons);
    let of = |one: &Cleared| {
        let at = (one.analysis(), one.statistic().name, one.term().as_str());
        numbers.iter().find(|known| (known.at.0, known.at.1, known.at.2.as_str()) == at)
    };
    // Those with both, by code and level, then those without a difference, by code.
    let cells = |number: &Published| -> Vec<usize> {
        let both = number.cells.iter().map(|(code, level)| code * 3 + level);
        both.chain(number.undifferenced.iter().map(|code| 12 + code)).collect()
    };
    let mut knowledge = Knowledge::of(16);
    for says in LEVELS {
        let codes: Vec<usize> = (0..4).filter(|code| SAYS[*code] == says).collect();
        let known: u64 = codes.iter().map(|code| persons.undifferenced[*code]).sum();
        knowledge.sum(codes.iter().map(|code| 12 + code), known as f64);
    }
    for shown in cleared {
        let (Shown::Value(value), Some(number)) = (shown.shown(), of(shown)) else { continue };
        knowledge.sum(cells(number), value - number.unrated as f64);
    }
    let hidden = cleared.iter().filter(|one| one.shown() == Shown::Suppressed);
    hidden
        .filter_map(|one| {
            let target = of(one)?;
            let (low, high) = knowledge.range_of(cells(target));
            Some((one.id().to_string(), low + target.unrated as f64, high + target.unrated as f64))
        })
        .collect()
}

fn persons() -> impl Strategy<Value = Persons> {
    let count = || prop_oneof![2 => Just(0u64), 3 => 1u64..5, 4 => 5u64..30, 1 => 30u64..200];
    let (unrated, undifferenced) = (prop::array::uniform3(0u64..6), prop::array::uniform4(0u64..6));
    (prop::array::uniform4(prop::array::uniform3(count())), unrated, undifferenced)
        .prop_map(|(both, unrated, undifferenced)| Persons { both, unrated, undifferenced })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    #[test]
    fn a_hidden_rating_is_not_given_away_by_change_or_description(persons in persons()) {
        let estimates = estimates(&persons);
        let release = clear(&estimates, Policy::Min5);
        prop_assert_eq!(release.audit.exposed, 0);
        let hidden = |one: &&Cleared| one.shown() == Shown::Suppressed;
        for (raw, cleared) in estimates.iter().zip(&release.cleared) {
            if raw.statistic.reveals == Reveals::Count && (1.0..5.0).contains(&raw.value.unwrap_or_default()) {
                prop_assert_eq!(cleared.shown(), Shown::Suppressed, "{}", raw.id());
            }
        }
        let of_table = || release.cleared.iter().filter(|one| one.kind() == Kind::Agreement);
        let a_cell_is_hidden = of_table().filter(hidden).any(|one| one.statistic().name == "rated_differenced");
        let with_cells = ["kappa_std_error", "kappa_linear", "kappa_quadratic_high"];
        for one in of_table().filter(|one| a_cell_is_hidden && with_cells.contains(&one.statistic().name)) {
            prop_assert_eq!(one.shown(), Shown::Suppressed, "{}", one.id());
        }
        for (hidden, low, high) in attack(&persons, &release.cleared) {
            prop_assert!(is_wide(low, high), "{} lies in {}..{}", hidden, low, high);
        }
    }
}

#[test]
fn a_code_of_few_beside_a_code_of_the_same_level_is_not_given_away() {
    let persons = Persons {
        both: [[28, 4, 87], [0, 0, 0], [1, 21, 0], [1, 0, 0]],
        unrated: [0, 0, 0],
        undifferenced: [0, 3, 0, 0],
    };
    let release = clear(&estimates(&persons), Policy::Min5);
    for (hidden, low, high) in attack(&persons, &release.cleared) {
        assert!(is_wide(low, high), "{hidden} lies in {low}..{high}");
    }
}

#[test]
fn the_share_and_plain_kappa_stay_where_only_cells_are_hidden() {
    let persons = Persons {
        both: [[20, 30, 60], [9, 12, 25], [31, 90, 22], [44, 27, 3]],
        unrated: [3, 2, 4],
        undifferenced: [0, 1, 0, 2],
    };
    let release = clear(&estimates(&persons), Policy::Min5);
    let shown = |statistic: &str, term: &str| {
        let at = |one: &&Cleared| {
            one.analysis() == "agreement.x" && one.statistic().name == statistic && one.term() == term
        };
        release.cleared.iter().find(at).expect("it was computed").shown()
    };
    assert_eq!(shown("rated_differenced", "-1>1"), Shown::Suppressed);
    for statistic in ["agreed", "agreed_share", "agreed_share_low", "kappa"] {
        assert!(matches!(shown(statistic, ""), Shown::Value(_)), "{statistic}");
    }
    for statistic in ["kappa_low", "kappa_linear", "kappa_quadratic"] {
        assert_eq!(shown(statistic, ""), Shown::Suppressed, "{statistic}");
    }
    assert_eq!(shown("rated_level", "r@w2=4"), Shown::Value(-1.0));
}
