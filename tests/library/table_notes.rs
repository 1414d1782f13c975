//! What stands below a table: reservations of what is in it and of nothing else, columns that are left out, and symbols.

use crate::made_up::{coded, model, numeric, ordinal, release, subject, table, value};
use utfall::dictionary::Language;
use utfall::disclosure::{Policy, clear};
use utfall::estimate::{Condition, Estimate, Kind, Value};
use utfall::table::render::{csv, html, markdown};
use utfall::table::{Content, Table};

fn laid_out(estimates: &[Estimate], policy: Policy, layout: &str) -> Table {
    let release = clear(estimates, policy);
    let id: &'static str = estimates[0].analysis.clone().leak();
    table(&release, "1", layout, &[id]).expect("the layout fits")
}

/// Age with its median among men and women.
fn ages() -> Vec<Estimate> {
    let of = |group: &str, n: u64| {
        let mut all = numeric("describe.a", group, "age", n, 38.9, 8.0);
        all.retain(|one| one.statistic.name != "median");
        let median = vec![value("median", 38.0).n(n)];
        all.extend(subject("describe.a", Kind::Describe, group, "age").estimates(median));
        all
    };
    [of("", 400), of("sex=1", 250), of("sex=2", 150)].concat()
}

#[test]
fn a_column_of_which_nothing_may_be_shown_is_left_out_everywhere_and_named() {
    let kept = laid_out(&ages(), Policy::Min5, "numeric");
    let notes = [
        (Language::Nb, "Median: vises aldri, fordi det er én persons svar."),
        (Language::Nn, "Median: blir aldri vist, fordi det er svaret til éin person."),
        (Language::En, "Median: never shown, because it is a single person’s answer."),
    ];
    for (language, note) in notes {
        assert!(kept.remarks(language).contains(&note.to_owned()), "{:?}", kept.remarks(language));
        for text in [markdown(&kept, language), html(&kept, language), csv(&kept, language)] {
            assert_eq!(text.matches("Median").count(), text.matches(note).count(), "{text}");
        }
    }
    assert!(kept.withholds());
    assert!(kept.rows.iter().flat_map(|row| &row.cells).all(|cell| !cell.is_withheld()));
    let open = laid_out(&ages(), Policy::None, "numeric");
    assert_eq!(open.columns.len(), kept.columns.len() + 1);
    assert!(open.withheld.is_empty() && !open.withholds());
}

#[test]
fn a_hidden_number_is_explained_without_telling_whether_it_is_small() {
    let table = laid_out(
        &coded("describe.a", "", "mental_health@w1", 1, &[3, 148, 12, 2], 0),
        Policy::Min5,
        "frequency",
    );
    for (language, why) in [
        (
            Language::Nb,
            "«:» står for et tall, lite eller stort, som alene eller sammen med de andre kunne ha røpet",
        ),
        (
            Language::Nn,
            "«:» står for eit tal, lite eller stort, som åleine eller saman med dei andre kunne ha røpt",
        ),
        (
            Language::En,
            "“:” stands for a figure, small or large, that on its own or together with the others could",
        ),
    ] {
        assert!(table.remarks(language).join(" ").contains(why), "{:?}", table.remarks(language));
    }
    // A number whose interval is hidden has the sign, too, and it is explained.
    let hidden = made_up_table(Policy::Min5, "agreement", &["agreement.mental_health", "agreement.housing"]);
    assert!(
        hidden
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .any(|cell| matches!(cell.content, Content::Partly { .. }))
    );
    assert!(hidden.remarks(Language::En).join(" ").contains("“:” stands for a figure"));
}

fn made_up_table(policy: Policy, layout: &str, from: &[&'static str]) -> Table {
    table(&release(policy), "1", layout, from).expect("the layout fits")
}

/// A change of which the interval has been widened.
fn widened() -> Vec<Estimate> {
    let moved = [[60, 15, 3, 2], [27, 42, 12, 6], [18, 27, 36, 12], [6, 15, 24, 27]];
    let rows: Vec<Vec<u64>> = moved.iter().map(|row| row.to_vec()).collect();
    let mut estimates = ordinal("change.a", "", "mental_health@w1>w2", &rows);
    let ends = ["mean_change_low", "mean_change_high"];
    for end in estimates.iter_mut().filter(|one| ends.contains(&one.statistic.name)) {
        end.conditions = vec![Condition::new("widened", "")];
    }
    estimates
}

#[test]
fn a_reservation_stands_below_what_it_concerns_and_nowhere_else() {
    let told = |table: &Table| table.remarks(Language::En).join(" ");
    let wider = "Some intervals are wider than computed";
    let change = told(&laid_out(&widened(), Policy::None, "change"));
    assert!(change.contains(wider), "{change}");
    let transition = told(&laid_out(&widened(), Policy::None, "transition"));
    assert!(!transition.contains(wider), "{transition}");

    // Few clusters concern a normal reference; CR2 allows for them.
    let few = "fewer than 40 clusters";
    let mut estimates = model("model.a", "plan@w1", &[("sex=2", 1.64)], true);
    let cr1 = told(&laid_out(&estimates, Policy::None, "regression"));
    assert!(cr1.contains(few), "{cr1}");
    let cr2 = [("odds_ratio_cr2_low", 0.8), ("odds_ratio_cr2_high", 3.3), ("cr2_p_value", 0.17)];
    let cr2: Vec<Value> = cr2.map(|(name, number)| value(name, number).term("sex=2").n(380)).into();
    estimates.extend(subject("model.a", Kind::Model, "", "plan@w1").estimates(cr2));
    let cr2 = told(&laid_out(&estimates, Policy::None, "regression"));
    assert!(cr2.contains("(CR2, Satterthwaite") && !cr2.contains(few), "{cr2}");

    // Few events are known of the model and concern every odds ratio of maximum likelihood.
    let ratio = value("events_per_parameter", 4.0).conditions([Condition::new("few_events", "")]);
    estimates.extend(subject("model.a", Kind::Model, "", "plan@w1").estimates(vec![ratio]));
    let events = told(&laid_out(&estimates, Policy::None, "regression"));
    assert!(events.contains("fewer than ten with the outcome, or fewer than ten without it"), "{events}");
}

#[test]
fn the_rows_of_a_followup_add_up() {
    let table = made_up_table(Policy::None, "followup", &["followup.mapped"]);
    let csv = csv(&table, Language::En);
    // 322 seen: 301 in time, 12 late, 9 otherwise.
    assert!(csv.contains("Followed up early, or unknown when") && csv.contains(",301,12,9,"), "{csv}");
    // Where they add up without it, the column says nothing.
    let at = |wave: &str, names: &[(&'static str, f64)]| {
        let values = names.iter().map(|(name, number)| value(name, *number)).collect();
        subject("followup.a", Kind::Followup, "", wave).estimates(values)
    };
    let wave = [
        ("eligible", 90.0),
        ("seen", 80.0),
        ("seen_in_window", 70.0),
        ("seen_late", 10.0),
        ("seen_otherwise", 0.0),
        ("lost", 10.0),
    ];
    let estimates = [at("", &[("members", 90.0)]), at("w1", &wave)].concat();
    let table = laid_out(&estimates, Policy::None, "followup");
    assert!(!markdown(&table, Language::En).contains("unknown when"));
    assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()));
}
