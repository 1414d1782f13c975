//! Trajectories and families: who answered at one of two waves only is not found, nor a hidden p-value among its family.

use proptest::prelude::*;
use utfall::change::adjust::{Adjustment, adjust, family, unadjusted};
use utfall::change::trajectory::{flow, flow_table, share_at_wave};
use utfall::change::{self, Direction, Options, Pairs, Scale};
use utfall::describe::{self, Distribution};
use utfall::dictionary::Reason;
use utfall::disclosure::{Cleared, Policy, Shown, clear};
use utfall::estimate::{Estimate, Kind, RestsOn, Reveals, Value};

use super::knowledge::{Knowledge, is_wide};
use super::subject;

/// Persons by their answers at three waves: 0, 1, and 2 for none.
const CELLS: usize = 27;

fn answer(cell: usize, wave: usize) -> usize {
    cell / [9, 3, 1][wave] % 3
}

/// What three waves of a binary variable give: each wave, both steps, and the change of the first step.
fn estimates(persons: &[u64]) -> Vec<Estimate> {
    let mut estimates = Vec::new();
    let codes = |wave: usize| -> Vec<f64> {
        let code = |cell| match answer(cell, wave) {
            2 => f64::NAN,
            code => code as f64,
        };
        (0..CELLS).map(code).collect()
    };
    for wave in 0..3 {
        let reasons = vec![Reason::NotSeen.number(); CELLS];
        let distribution = Distribution::new(&codes(wave), &reasons, persons, |_| true);
        let mut values = describe::counted(&distribution, &[0, 1]);
        values.extend(share_at_wave(distribution.count(1.0), distribution.valid(), 0.95));
        let variable = format!("x@w{}", wave + 1);
        estimates.extend(subject("trajectory.x", Kind::Trajectory, "", &variable).estimates(values));
    }
    for from in 0..2 {
        let (before, after) = (codes(from), codes(from + 1));
        let rows: Vec<usize> =
            (0..CELLS).filter(|row| !before[*row].is_nan() && !after[*row].is_nan()).collect();
        let pick = |values: &[f64]| -> Vec<f64> { rows.iter().map(|row| values[*row]).collect() };
        let times: Vec<u64> = rows.iter().map(|row| persons[*row]).collect();
        let pairs = |scale| {
            let levels = [0.0, 1.0];
            Pairs::new(&pick(&before), &pick(&after), &times, scale, Direction::Lower, &levels).unwrap()
        };
        let variable = format!("x@w{}>w{}", from + 1, from + 2);
        let flowing = pairs(Scale::Ordinal);
        let values = flow_table(&flowing).into_iter().chain(flow(&flowing)).collect();
        estimates.extend(subject("trajectory.x", Kind::Trajectory, "", &variable).estimates(values));
        if from == 0 {
            let values = change::analyse(&pairs(Scale::Binary), &Options::default());
            estimates.extend(subject("change.x", Kind::Change, "", &variable).estimates(values));
        }
    }
    estimates
}

/// Whether a person of a cell is counted by a published count; `None` for a count that is not a sum of these.
fn counted(shown: &Cleared, cell: usize) -> Option<bool> {
    let wave = |text: &str| text.trim_start_matches('w').parse::<usize>().unwrap() - 1;
    let (_, waves) = shown.variable().split_once('@').unwrap();
    let code = |text: &str| text.parse::<usize>().unwrap();
    let Some((from, to)) = waves.split_once('>') else {
        let own = answer(cell, wave(waves));
        return match shown.statistic().name {
            "valid" => Some(own < 2),
            "missing" | "missing_total" => Some(own == 2),
            "count" => Some(own == code(shown.term())),
            "wave_count" => Some(own == 1),
            _ => None,
        };
    };
    let (before, after) = (answer(cell, wave(from)), answer(cell, wave(to)));
    if before == 2 || after == 2 {
        return Some(false);
    }
    Some(match shown.statistic().name {
        "n_pairs" => true,
        "transition" => *shown.term() == *format!("{before}>{after}"),
        "before_count" => before == code(shown.term()),
        "after_count" => after == code(shown.term()),
        name @ ("n00" | "n01" | "n10" | "n11") => name == format!("n{before}{after}"),
        "first_before" => before == 0,
        "second_before" => before == 1,
        "first_after" => after == 0,
        "second_after" => after == 1,
        "increased" | "worse" => after > before,
        "decreased" | "improved" => after < before,
        "unchanged" => after == before,
        _ => return None,
    })
}

/// The least and the greatest sum of some cells, over all persons that agree with what is shown.
fn range(cleared: &[Cleared], target: &dyn Fn(usize) -> bool) -> (f64, f64) {
    let mut knowledge = Knowledge::of(CELLS);
    for shown in cleared.iter().filter(|shown| shown.statistic().reveals == Reveals::Count) {
        let Shown::Value(value) = shown.shown() else { continue };
        knowledge.sum((0..CELLS).filter(|&cell| counted(shown, cell).unwrap()), value);
    }
    knowledge.range_of((0..CELLS).filter(|cell| target(*cell)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    #[test]
    fn who_answered_at_one_of_two_waves_only_is_not_found(
        persons in prop::collection::vec(prop_oneof![2 => Just(0u64), 2 => 1u64..5, 4 => 5u64..40], CELLS),
    ) {
        let estimates = estimates(&persons);
        let release = clear(&estimates, Policy::Min5);
        prop_assert_eq!(release.audit.exposed, 0);
        for (raw, cleared) in estimates.iter().zip(&release.cleared) {
            if raw.statistic.reveals != Reveals::Count {
                continue;
            }
            let small = raw.value.is_some_and(|value| (1.0..5.0).contains(&value));
            prop_assert!(!small || cleared.shown() == Shown::Suppressed, "{}", raw.id());
            // A sum that goes with its parts may follow from other numbers; it is not a small one then.
            let is_sum = !matches!(raw.statistic.rests_on, RestsOn::Count { .. });
            if cleared.shown() == Shown::Suppressed && (small || !is_sum) {
                let (low, high) = range(&release.cleared, &|cell| counted(cleared, cell).unwrap());
                prop_assert!(is_wide(low, high), "{} lies in {}..{}", raw.id(), low, high);
            }
        }
        for (wave, other) in [(0, 1), (1, 0), (1, 2), (2, 1)] {
            for code in 0..2 {
                let only = |cell: usize| answer(cell, wave) == code && answer(cell, other) == 2;
                let truth: u64 = (0..CELLS).filter(|&cell| only(cell)).map(|cell| persons[cell]).sum();
                let (low, high) = range(&release.cleared, &only);
                let found = (1..5).contains(&truth) && !is_wide(low, high);
                prop_assert!(!found, "{} with {} at {} and nothing at {}: {}..{}", truth, code, wave, other, low, high);
            }
        }
        // A share gives its numerator and its denominator away.
        let shown = |variable: &str, statistic: &str, term: &str| {
            let found = release.cleared.iter().find(|one| {
                (one.kind(), one.variable().as_str(), one.statistic().name, one.term().as_str()) == (Kind::Trajectory, variable, statistic, term)
            });
            found.unwrap().shown() != Shown::Suppressed
        };
        for one in release.cleared.iter().filter(|one| one.shown() != Shown::Suppressed) {
            match one.statistic().name {
                "flow_share" => {
                    let before = one.term().split_once('>').unwrap().0;
                    prop_assert!(shown(one.variable(), "transition", one.term()) && shown(one.variable(), "before_count", before));
                }
                name if name.starts_with("wave_share") => {
                    prop_assert!(shown(one.variable(), "valid", "") && shown(one.variable(), "count", "1"));
                }
                _ => {}
            }
        }
    }
}

/// Four comparisons; the last one's p-value is hidden where its table has a small cell.
fn tested(last: [u64; 4]) -> Vec<Estimate> {
    let tables = [[90, 30, 9, 70], [80, 25, 20, 60], [50, 40, 12, 90], last];
    let mut estimates = Vec::new();
    let mut p = Vec::new();
    for (place, table) in tables.iter().enumerate() {
        let ([before, after], levels) = ([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]], [0.0, 1.0]);
        let pairs = Pairs::new(&before, &after, table, Scale::Binary, Direction::None, &levels).unwrap();
        let values = change::analyse(&pairs, &Options::default());
        let mid = values.iter().find(|value| value.statistic.name == "mcnemar_p").unwrap().value;
        p.push((place.to_string(), mid));
        let variable = format!("x{place}@w1>w2");
        estimates.extend(subject("change.x", Kind::Change, "", &variable).estimates(values));
    }
    let values = family(&p);
    let of = |term: &str| -> Vec<Value> {
        values.iter().filter(|value| value.term == term).map(|value| value.clone().term("")).collect()
    };
    estimates.extend(subject("family.x", Kind::Family, "", "").estimates(of("")));
    for (place, (term, p)) in p.iter().enumerate() {
        let own = std::iter::once(unadjusted(&utfall::statistic::MCNEMAR_P, *p)).chain(of(term));
        let variable = format!("x{place}@w1>w2");
        estimates.extend(subject("family.x", Kind::Family, "", &variable).estimates(own.collect()));
    }
    estimates
}

fn of_family(cleared: &[Cleared], place: usize, statistic: &str) -> Option<f64> {
    let variable = format!("x{place}@w1>w2");
    let found = cleared.iter().find(|one| {
        (one.kind(), one.variable().as_str(), one.statistic().name)
            == (Kind::Family, variable.as_str(), statistic)
    });
    found.unwrap().value()
}

#[test]
fn a_family_without_a_hidden_p_value_is_shown_as_it_is() {
    let estimates = tested([60, 15, 14, 60]);
    let release = clear(&estimates, Policy::Min5);
    for (raw, cleared) in estimates.iter().zip(&release.cleared).filter(|(raw, _)| raw.kind == Kind::Family) {
        assert_eq!(cleared.shown(), raw.value.map_or(Shown::Absent, Shown::Value), "{}", raw.id());
        assert!(cleared.conditions().is_empty());
    }
}

/// Also a test that does not exist, as nobody changed, is hidden as if it did.
#[test]
fn a_hidden_p_value_is_hidden_in_its_family_and_the_others_are_adjusted_as_if_it_were_1() {
    for last in [[60, 15, 3, 60], [60, 0, 0, 3]] {
        let estimates = tested(last);
        let release = clear(&estimates, Policy::Min5);
        for statistic in ["p_value", "p_holm", "p_bh"] {
            assert_eq!(of_family(&release.cleared, 3, statistic), None);
        }
        let raw = clear(&estimates, Policy::None).cleared;
        let mut p: Vec<f64> = (0..3).map(|place| of_family(&raw, place, "p_value").unwrap()).collect();
        p.push(1.0);
        for (statistic, method) in [("p_holm", Adjustment::Holm), ("p_bh", Adjustment::BenjaminiHochberg)] {
            for (place, expected) in adjust(&p, method).into_iter().enumerate().take(3) {
                assert_eq!(of_family(&release.cleared, place, statistic), Some(expected));
                assert!(of_family(&raw, place, statistic).unwrap() <= expected);
            }
        }
        let size = release.cleared.iter().find(|one| one.statistic().name == "family_size").unwrap();
        assert_eq!(size.value(), Some(4.0));
        let told = |one: &&Cleared| one.conditions().iter().any(|condition| condition.code == "bounded");
        assert_eq!(release.cleared.iter().filter(told).count(), 1 + 3 * 2);
    }
}
