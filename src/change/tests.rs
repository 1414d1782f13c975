//! Properties of paired change that must hold on any data.

use proptest::prelude::*;

use super::*;

/// Rows of an item with three codes, as (before, after).
fn rows() -> impl Strategy<Value = Vec<(u8, u8)>> {
    prop::collection::vec((0u8..3, 0u8..3), 0..40)
}

fn pairs(rows: &[(u8, u8)], scale: Scale, better: Direction) -> Pairs {
    let cut = |code: u8| f64::from(if scale == Scale::Binary { code.min(1) } else { code });
    let before: Vec<f64> = rows.iter().map(|row| cut(row.0)).collect();
    let after: Vec<f64> = rows.iter().map(|row| cut(row.1)).collect();
    let levels: &[f64] = match scale {
        Scale::Binary => &[0.0, 1.0],
        Scale::Ordinal => &[0.0, 1.0, 2.0],
        Scale::Numeric => &[],
    };
    Pairs::new(&before, &after, &vec![1; rows.len()], scale, better, levels).unwrap()
}

fn find(values: &[Value], name: &str) -> Option<f64> {
    values.iter().find(|value| value.statistic.name == name).and_then(|value| value.value)
}

/// With all that can be asked for.
fn everything() -> Options {
    Options {
        hedges: true,
        reliability: Some(Reliability::new(0.9, Spread::Declared(0.8), Some(1.0)).unwrap()),
        classes: Some(UseThresholds::new(28.0, 2.0, 1.0).unwrap()),
        ..Options::default()
    }
}

const SCALES: [Scale; 3] = [Scale::Binary, Scale::Ordinal, Scale::Numeric];

fn near(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * (1.0 + one.abs()),
        (None, None) => true,
        _ => false,
    }
}

proptest! {
    #[test]
    fn the_order_of_rows_changes_nothing(rows in rows(), turn in 0usize..40) {
        let mut turned = rows.clone();
        turned.rotate_left(turn.min(rows.len()));
        turned.reverse();
        for scale in SCALES {
            let [one, other] = [&rows, &turned]
                .map(|rows| analyse(&pairs(rows, scale, Direction::Higher), &everything()));
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn frequencies_are_rows(rows in rows()) {
        for scale in SCALES {
            let expanded = pairs(&rows, scale, Direction::Lower);
            let grouped = Pairs::new(
                expanded.before(), expanded.after(), expanded.frequency(), scale, Direction::Lower, expanded.levels(),
            ).unwrap();
            prop_assert_eq!(analyse(&expanded, &everything()), analyse(&grouped, &everything()));
        }
    }

    #[test]
    fn exchanging_the_waves_turns_the_signs_and_keeps_the_p_values(rows in rows()) {
        let back: Vec<(u8, u8)> = rows.iter().map(|row| (row.1, row.0)).collect();
        for scale in SCALES {
            let [there, back] = [&rows, &back]
                .map(|rows| analyse(&pairs(rows, scale, Direction::Higher), &everything()));
            for name in [
                "mcnemar_exact", "mcnemar_mid", "mcnemar_p", "mcnemar_corrected_p", "mcnemar_program_p", "stuart_maxwell_p", "bhapkar_p",
                "bowker_p", "wilcoxon_p", "sign_p", "t_p", "unchanged",
            ] {
                prop_assert!(near(find(&there, name), find(&back, name)), "{}", name);
            }
            for name in ["risk_difference", "cohen_g", "mean_change", "t", "d_z", "d_av", "rank_biserial", "wilcoxon_z"] {
                prop_assert!(near(find(&there, name), find(&back, name).map(|x| -x)), "{}", name);
            }
            for (one, other) in [
                ("reliable_improved", "reliable_worse"), ("improved", "worse"), ("increased", "decreased"), ("n01", "n10"), ("sd_before", "sd_after"),
            ] {
                prop_assert!(near(find(&there, one), find(&back, other)), "{}", one);
            }
            for (low, high) in [
                ("probability_of_superiority", "probability_of_superiority"),
                ("probability_of_superiority_low", "probability_of_superiority_high"),
            ] {
                prop_assert!(near(find(&there, low), find(&back, high).map(|x| 1.0 - x)), "{}", low);
            }
            for (low, high) in [
                ("risk_difference_low", "risk_difference_high"), ("tango_low", "tango_high"),
                ("mean_change_low", "mean_change_high"), ("rank_biserial_low", "rank_biserial_high"),
            ] {
                prop_assert!(near(find(&there, low), find(&back, high).map(|x| -x)), "{}", low);
            }
        }
    }

    #[test]
    fn intervals_hold_their_estimate_and_p_values_are_probabilities(rows in rows()) {
        for scale in SCALES {
            let values = analyse(&pairs(&rows, scale, Direction::Lower), &everything());
            for (low, middle, high) in [
                ("risk_difference_low", "risk_difference", "risk_difference_high"),
                ("tango_low", "risk_difference", "tango_high"),
                ("odds_ratio_low", "odds_ratio", "odds_ratio_high"),
                ("mean_change_low", "mean_change", "mean_change_high"),
                ("rank_biserial_low", "rank_biserial", "rank_biserial_high"),
                (
                    "probability_of_superiority_low",
                    "probability_of_superiority",
                    "probability_of_superiority_high",
                ),
            ] {
                if let [Some(low), Some(middle), Some(high)] = [low, middle, high].map(|name| find(&values, name)) {
                    prop_assert!(low <= middle && middle <= high);
                }
            }
            for value in values.iter().filter(|value| value.statistic.name.ends_with("_p")) {
                prop_assert!(value.value.is_none_or(|p| (0.0..=1.0).contains(&p)), "{}", value.statistic.name);
            }
            for value in &values {
                let not_finite = value.conditions.iter().any(|condition| condition.code == "not_finite");
                prop_assert!(!not_finite, "{} without a reason", value.statistic.name);
            }
        }
    }

    #[test]
    fn classes_are_a_partition_of_the_pairs(rows in rows()) {
        let values = analyse(&pairs(&rows, Scale::Numeric, Direction::Lower), &everything());
        let sum = |names: &[&str]| names.iter().map(|name| find(&values, name).unwrap()).sum::<f64>();
        let n = rows.len() as f64;
        prop_assert_eq!(sum(&["reliable_improved", "reliable_unchanged", "reliable_worse"]), n);
        prop_assert!(sum(&["recovered"]) <= sum(&["reliable_improved"]).min(sum(&["cases_before"])));
        prop_assert!(sum(&["reliable_improved"]) <= sum(&["improved"]));
        let users = ["use_abstinent", "use_improved", "use_unchanged", "use_deteriorated"];
        prop_assert_eq!(sum(&users), sum(&["users_before"]));
        prop_assert_eq!(sum(&["users_before", "use_none", "use_started"]), n);
    }

    #[test]
    fn only_what_is_listed_differs_between_the_conventions(rows in rows()) {
        let listed: Vec<&str> =
            DIFFERENCES.iter().flat_map(|difference| difference.statistics).map(|one| one.name).collect();
        for scale in SCALES {
            let [r, spss, stata] = Convention::ALL.map(|convention| {
                analyse(&pairs(&rows, scale, Direction::Lower), &Options { convention, ..everything() })
            });
            for ((r, spss), stata) in r.iter().zip(&spss).zip(&stata) {
                let name = r.statistic.name;
                let listed = listed.contains(&name);
                prop_assert!(listed || (r == spss && r == stata), "{} differs", name);
                if listed && r.value.is_some() {
                    for (value, program) in [(r, "R: "), (spss, "SPSS: "), (stata, "Stata: ")] {
                        prop_assert!(value.method.starts_with(program), "{} has {}", name, value.method);
                    }
                }
            }
        }
    }

    #[test]
    fn a_p_value_is_small_just_where_the_interval_of_its_method_leaves_no_change_out(rows in rows(), level in 0.5f64..0.995) {
        for scale in SCALES {
            let values = analyse(&pairs(&rows, scale, Direction::Higher), &Options { level, ..everything() });
            for (p, low, high, none) in [
                ("mcnemar_p", "tango_low", "tango_high", 0.0),
                ("mcnemar_exact", "odds_ratio_low", "odds_ratio_high", 1.0),
                ("t_p", "mean_change_low", "mean_change_high", 0.0),
            ] {
                let beyond = find(&values, low).is_some_and(|low| low > none) || find(&values, high).is_some_and(|high| high < none);
                match find(&values, p) {
                    // Nothing is claimed within rounding of the level itself.
                    Some(p) if (p - (1.0 - level)).abs() < 1e-9 => {}
                    Some(found) => prop_assert_eq!(beyond, found < 1.0 - level, "{} {}", p, found),
                    None => prop_assert!(!beyond, "{} is absent", p),
                }
            }
        }
    }

    #[test]
    fn two_ordered_levels_are_mcnemars(rows in rows()) {
        let cut: Vec<(u8, u8)> = rows.iter().map(|row| (row.0.min(1), row.1.min(1))).collect();
        let ordinal = analyse(&pairs(&cut, Scale::Ordinal, Direction::None), &Options::default());
        let binary = analyse(&pairs(&cut, Scale::Binary, Direction::None), &Options::default());
        for name in ["stuart_maxwell", "bowker"] {
            prop_assert!(near(find(&ordinal, name), find(&binary, "mcnemar_chi2")));
        }
        prop_assert!(near(find(&ordinal, "sign_p"), find(&binary, "mcnemar_exact")));
    }
}

#[test]
fn names_are_unique_within_a_scale_and_declared_by_their_procedure() {
    for scale in SCALES {
        let values = analyse(&pairs(&[(0, 1), (1, 0), (2, 1)], scale, Direction::Higher), &everything());
        let mut keys: Vec<_> = values.iter().map(|value| (value.statistic.name, &value.term)).collect();
        let all = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), all);
        for procedure in PROCEDURES.iter().filter(|procedure| (procedure.applies)(scale)) {
            let computed =
                (procedure.compute)(&pairs(&[(0, 1), (1, 0)], scale, Direction::Higher), &everything());
            for statistic in procedure.statistics {
                assert!(computed.iter().any(|value| value.statistic == *statistic), "{}", statistic.name);
            }
            for value in computed {
                assert!(procedure.statistics.contains(&value.statistic), "{}", value.statistic.name);
            }
        }
    }
}

#[test]
fn a_name_means_one_thing() {
    let of_pairs = PROCEDURES.iter().flat_map(|procedure| procedure.statistics);
    let mut names: Vec<&str> =
        of_pairs.chain(BESIDE.iter().copied().flatten()).map(|statistic| statistic.name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    for name in DIFFERENCES.iter().flat_map(|difference| difference.statistics) {
        assert!(names.contains(&name.name), "{}", name.name);
    }
}

#[test]
fn every_statistic_is_absent_for_a_reason_where_there_is_nothing_to_compute() {
    let reasons = |rows: &[(u8, u8)], name: &str| -> Vec<String> {
        let all = SCALES.map(|scale| analyse(&pairs(rows, scale, Direction::Higher), &Options::default()));
        let named = all.iter().flatten().filter(|value| value.statistic.name == name);
        named.flat_map(|value| value.conditions.iter().map(ToString::to_string)).collect()
    };
    for (rows, name, reason) in [
        (&[][..], "mcnemar_exact", "no_pairs"),
        (&[], "t", "no_pairs"),
        (&[(1, 2)], "t", "too_few"),
        (&[(1, 2)], "sd_change", "too_few"),
        (&[(1, 1), (2, 2)], "t", "no_change"),
        (&[(1, 1), (2, 2)], "wilcoxon_p", "no_change"),
        (&[(1, 1), (0, 0)], "mcnemar_mid", "no_change"),
        (&[(1, 1), (0, 0)], "stuart_maxwell", "no_change"),
        (&[(0, 1), (1, 2)], "t", "no_variation"),
        (&[(0, 0), (0, 0)], "d_av", "no_variation"),
        (&[(0, 1), (1, 2), (0, 2)], "rank_biserial_low", "boundary"),
        (&[(0, 1), (0, 1)], "odds_ratio", "unbounded"),
        (&[(0, 1), (0, 1)], "bhapkar", "unbounded"),
    ] {
        assert!(reasons(rows, name).iter().any(|found| found == reason), "{name} {reason}");
    }
}
