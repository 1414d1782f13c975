//! A row of a table does not contradict itself: its p-value is below 1 − level just where its interval leaves "nothing" out. So both
//! come of one method, on whatever data.

use crate::made_up::{labels, spec};
use proptest::prelude::*;
use utfall::change::{self, Direction, Pairs, Scale};
use utfall::dictionary::Text;
use utfall::disclosure::{Policy, clear};
use utfall::estimate::{Estimate, Kind, Subject, Value};
use utfall::model::{self, Covariate, CovariateValues, ModelData};
use utfall::plan::CohortUnit;
use utfall::table::{AnalysisView, Cell, Content, Input, Table, build};

/// A table of one analysis, whose values are of `variable`.
fn table(layout: &str, kind: Kind, variable: &str, values: Vec<Value>) -> Table {
    let subject = Subject { analysis: "question".into(), kind, group: "".into(), variable: variable.into() };
    let estimates: Vec<Estimate> = subject.estimates(values);
    let release = clear(&estimates, Policy::None);
    let cleared = release.cleared.iter().collect();
    let view =
        AnalysisView::new("question", Text::same("?"), CohortUnit::Respondent, None, Some(0.95), cleared);
    let spec = spec("1", layout, &["question"]);
    build(&Input { spec: &spec, analyses: vec![view], labels: &labels() }).expect("the layout fits")
}

/// Of each row with both, whether the interval leaves `nothing` out and whether p is below 0.05.
fn verdicts(table: &Table, nothing: f64) -> Vec<(bool, bool)> {
    let of_row = |cells: &[Cell]| {
        let ends = cells.iter().find_map(|cell| cell.ends())?;
        let p = cells.iter().find_map(|cell| match cell.content {
            Content::Number { value, format: utfall::table::Format::P } => Some(value),
            _ => None,
        })?;
        // Nothing is claimed within rounding of the level itself.
        ((p - 0.05).abs() > 1e-9).then_some((ends[0] > nothing || ends[1] < nothing, p < 0.05))
    };
    table.rows.iter().filter_map(|row| of_row(&row.cells)).collect()
}

proptest! {
    #[test]
    fn of_change(rows in prop::collection::vec((0u8..3, 0u8..3), 2..60), drift in 0usize..3) {
        for scale in [Scale::Binary, Scale::Ordinal, Scale::Numeric] {
            let top = if scale == Scale::Binary { 1 } else { 2 };
            let number = |code: u8| f64::from(code.min(top));
            let before: Vec<f64> = rows.iter().map(|row| number(row.0)).collect();
            // With a drift the rows come to clear changes as well.
            let after: Vec<f64> =
                rows.iter().enumerate().map(|(at, row)| number(if at % 3 < drift { row.1.max(row.0) } else { row.1 })).collect();
            let levels = if scale == Scale::Numeric { Vec::new() } else { (0..=top).map(f64::from).collect() };
            let pairs =
                Pairs::new(&before, &after, &vec![1; rows.len()], scale, Direction::Lower, &levels).unwrap();
            let made = table("change", Kind::Change, "plan@w1>w2", change::analyse(&pairs, &change::Options::default()));
            for (outside, small) in verdicts(&made, 0.0) {
                prop_assert_eq!(outside, small, "{:?}", scale);
            }
        }
    }

    #[test]
    fn of_regression(
        rows in prop::collection::vec((any::<bool>(), 0..9u32, -4..5i32), 20..60), clustered in any::<bool>()
    ) {
        let x = rows.iter().map(|row| f64::from(row.2)).collect();
        let data = ModelData::new(
            rows.iter().map(|row| f64::from(u8::from(row.0 || row.2 > 2))).collect(),
            vec![1.0; rows.len()],
            clustered.then(|| rows.iter().map(|row| row.1).collect()),
            vec![Covariate { name: "age".into(), values: CovariateValues::Numeric(x) }],
        )
        .unwrap();
        let made = table("regression", Kind::Model, "plan@w1", model::analyse(&data, &model::Options::default()));
        for (outside, small) in verdicts(&made, 1.0) {
            prop_assert_eq!(outside, small, "clusters: {}", clustered);
        }
    }
}

#[test]
fn both_verdicts_are_seen() {
    for (up, down, expected) in [(9, 0, true), (3, 2, false)] {
        let pairs = Pairs::new(
            &[0.0, 0.0, 1.0],
            &[0.0, 1.0, 0.0],
            &[20, up, down],
            Scale::Binary,
            Direction::Lower,
            &[0.0, 1.0],
        );
        let values = change::analyse(&pairs.unwrap(), &change::Options::default());
        let made = table("change", Kind::Change, "plan@w1>w2", values);
        assert_eq!(verdicts(&made, 0.0), [(expected, expected)]);
    }
}
