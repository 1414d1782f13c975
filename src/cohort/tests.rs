//! Results of expressions, compared with DuckDB 2.0.1 and R 4 on the same rows. Where these two differ, the test says so.

use polars::prelude::*;

use super::sql;
use super::swallowed::Swallowed;

/// Days since 1970-01-01 of 2024-01-31, 2023-12-31, 2024-07-30, 2024-01-01 and 2024-03-01, as `as.Date` of R has them.
const DAYS: [i32; 5] = [19753, 19722, 19934, 19723, 19783];

fn forms() -> DataFrame {
    let dates = |days: [Option<i32>; 3]| {
        Int32Chunked::from_iter(days).into_series().cast(&DataType::Date).unwrap().into_column()
    };
    let columns = vec![
        Column::new("wave".into(), ["t0", "t0", "t6"]),
        Column::new("age".into(), [Some(34.0), Some(0.0), None]),
        Column::new("b1".into(), [Some(0.0), Some(3.0), Some(2.0)]),
        dates([Some(DAYS[0]), Some(DAYS[1]), None]).with_name("d0".into()),
        dates([Some(DAYS[2]), Some(DAYS[3]), Some(DAYS[4])]).with_name("date@t6".into()),
        Column::new("place".into(), [Some("Ørland"), Some("Bærum"), None]),
    ];
    DataFrame::new(3, columns).unwrap()
}

fn computed(sql: &str) -> DataFrame {
    let frame = forms();
    let computed = sql::computed(sql, frame.schema()).unwrap_or_else(|why| panic!("{sql}: {why}"));
    let expression = computed.expression.alias("(result)");
    frame.lazy().with_column(expression).collect().unwrap_or_else(|why| panic!("{sql}: {why}"))
}

/// Numbers, dates as days since 1970-01-01, conditions as 1 and 0.
fn numbers(sql: &str) -> Vec<Option<f64>> {
    let frame = computed(sql);
    let column = frame.column("(result)").unwrap();
    let column = match column.dtype() {
        DataType::Date => column.cast(&DataType::Int32).unwrap(),
        _ => column.clone(),
    };
    column.cast(&DataType::Float64).unwrap().f64().unwrap().iter().collect()
}

fn texts(sql: &str) -> Vec<Option<String>> {
    let frame = computed(sql);
    frame.column("(result)").unwrap().str().unwrap().iter().map(|text| text.map(str::to_owned)).collect()
}

#[track_caller]
fn gives(sql: &str, expected: [Option<f64>; 3]) {
    assert_eq!(numbers(sql), expected, "{sql}");
}

#[test]
fn a_difference_of_dates_is_days() {
    for days in [
        "\"date@t6\" - d0",
        "DATEDIFF('day', d0, \"date@t6\")",
        "DATE_DIFF('days', d0, \"date@t6\")",
        "DATEDIFF(day, d0, \"date@t6\")",
        "date_diff(\"date@t6\", d0, DAY)",
        "DATEDIFF(\"date@t6\", d0)",
    ] {
        gives(days, [Some(181.0), Some(1.0), None]);
    }
    gives("\"date@t6\" - DATE '2024-01-01'", [Some(211.0), Some(0.0), Some(60.0)]);
    gives("\"date@t6\" - '2024-01-01'", [Some(211.0), Some(0.0), Some(60.0)]);
    gives("(\"date@t6\" - d0) / 2", [Some(90.5), Some(0.5), None]);
    gives("ABS(d0 - \"date@t6\") > 30", [Some(1.0), Some(0.0), None]);
    gives("\"date@t6\" - d0 BETWEEN 150 AND 210", [Some(1.0), Some(0.0), None]);
}

#[test]
fn a_date_and_a_number_of_days_is_a_date() {
    gives("d0 + 30", [Some(19783.0), Some(19752.0), None]);
    gives("30 + d0", [Some(19783.0), Some(19752.0), None]);
    gives("d0 - b1", [Some(19753.0), Some(19719.0), None]);
    gives("d0 - 1 < \"date@t6\" - 180", [Some(1.0), Some(0.0), None]);
    gives("d0 + INTERVAL '6 months'", [Some(19935.0), Some(19904.0), None]);
    gives("MAKE_DATE(2024, 2, 29) - d0", [Some(29.0), Some(60.0), None]);
    // A day that is not there is missing; DuckDB stops.
    gives("MAKE_DATE(2023, 2, 29)", [None; 3]);
}

#[test]
fn turns_of_months_and_years_are_counted() {
    gives("DATE_DIFF('month', d0, \"date@t6\")", [Some(6.0), Some(1.0), None]);
    gives("DATEDIFF(year, d0, \"date@t6\")", [Some(0.0), Some(1.0), None]);
    gives("DATE_DIFF(\"date@t6\", d0, MONTH)", [Some(6.0), Some(1.0), None]);
}

#[test]
fn parts_of_dates() {
    gives("YEAR(\"date@t6\")", [Some(2024.0); 3]);
    gives("MONTH(\"date@t6\") * 100 + DAY(\"date@t6\")", [Some(730.0), Some(101.0), Some(301.0)]);
    gives("EXTRACT(YEAR FROM d0)", [Some(2024.0), Some(2023.0), None]);
    gives("DATE_PART('month', \"date@t6\")", [Some(7.0), Some(1.0), Some(3.0)]);
    gives("DAYOFYEAR(\"date@t6\")", [Some(212.0), Some(1.0), Some(61.0)]);
}

#[test]
fn a_text_beside_a_date_is_a_date() {
    gives("d0 < '2024-01-15'", [Some(0.0), Some(1.0), None]);
    gives("d0 = DATE '2024-01-31'", [Some(1.0), Some(0.0), None]);
    gives("'2024-01-31' <= d0", [Some(1.0), Some(0.0), None]);
    gives("d0 BETWEEN '2024-01-01' AND '2024-12-31'", [Some(1.0), Some(0.0), None]);
    gives("d0 IN ('2024-01-31', '2020-01-01')", [Some(1.0), Some(0.0), None]);
    gives("COALESCE(d0, '2024-02-01') > '2024-01-31'", [Some(0.0), Some(0.0), Some(1.0)]);
    let schema = forms();
    for (wrong, why) in [
        ("d0 < '31.01.2024'", "'31.01.2024' stands for a date"),
        ("d0 < DATE '2024-02-30'", "'2024-02-30' stands for a date"),
        ("d0 > 20240131", "compares a date with what is none"),
        ("d0 * 2 > 1", "it computes with a date"),
        ("d0 + \"date@t6\" > 1", "it computes with a date"),
    ] {
        let said = sql::computed(wrong, schema.schema()).err().unwrap_or_default();
        assert!(said.contains(why), "{wrong}: {said}");
    }
}

/// R and DuckDB give infinity or not-a-number here, SPSS a missing value; in comparisons the three then differ.
#[test]
fn what_has_no_value_is_missing_where_it_stands() {
    gives("age / (age - age) > 1", [None; 3]);
    gives("b1 / age", [Some(0.0), None, None]);
    gives("b1 % age", [Some(0.0), None, None]);
    gives("MOD(b1, age) = 0", [Some(1.0), None, None]);
    gives("b1 // age >= 0", [Some(1.0), None, None]);
    gives("NOT (b1 / age > 1)", [Some(1.0), None, None]);
    gives("LN(age) < 100", [Some(1.0), None, None]);
    gives("SQRT(b1 - 1) >= 0", [None, Some(1.0), Some(1.0)]);
    gives("CASE WHEN 1 / b1 > 0 THEN 1 WHEN b1 = 0 THEN 2 END", [Some(2.0), Some(1.0), Some(1.0)]);
    gives("POWER(age, -1) > 0", [Some(1.0), None, None]);
    gives("COALESCE(b1 / age, -1)", [Some(0.0), Some(-1.0), Some(-1.0)]);
    gives("1 / 0 IS NULL", [Some(1.0); 3]);
}

#[test]
fn whole_numbers_are_numbers() {
    gives("3 / 2", [Some(1.5); 3]);
    gives("1 / 3 * 3", [Some(1.0); 3]);
    gives("5 // 2", [Some(2.0); 3]);
    gives("7 % 3", [Some(1.0); 3]);
    gives("POWER(2, -1)", [Some(0.5); 3]);
    gives("2147483647 + 1", [Some(2_147_483_648.0); 3]);
    gives("MONTH(\"date@t6\") * 30", [Some(210.0), Some(30.0), Some(90.0)]);
    gives("(b1 = 3) + (age > 20) - 1", [Some(0.0), Some(0.0), None]);
}

#[test]
fn places_in_texts_count_letters() {
    gives("POSITION('l' IN 'Ørland')", [Some(3.0); 3]);
    gives("POSITION('r' IN place)", [Some(2.0), Some(3.0), None]);
    gives("STRPOS(place, 'm')", [Some(0.0), Some(5.0), None]);
    gives("INSTR(place, 'd')", [Some(6.0), Some(0.0), None]);
    gives("STRPOS('Åse i Bærum', place)", [Some(0.0), Some(7.0), None]);
    gives("POSITION('.' IN 'å.b')", [Some(2.0); 3]);
    gives("LENGTH(place)", [Some(6.0), Some(5.0), None]);
    gives("LENGTH(place) - 9", [Some(-3.0), Some(-4.0), None]);
    let texts_of = |row: [Option<&str>; 3]| row.map(|text| text.map(str::to_owned)).to_vec();
    assert_eq!(texts("SUBSTRING(place, 2, 3)"), texts_of([Some("rla"), Some("æru"), None]));
    assert_eq!(texts("SUBSTR(place, STRPOS(place, 'r'), 2)"), texts_of([Some("rl"), Some("ru"), None]));
    assert_eq!(texts("LEFT(place, 2)"), texts_of([Some("Ør"), Some("Bæ"), None]));
    assert_eq!(texts("RIGHT(place, 2)"), texts_of([Some("nd"), Some("um"), None]));
}

fn swallowed(sql: &str) -> Swallowed {
    let frame = computed(sql);
    let branches = sql::computed(sql, forms().schema()).unwrap().branches;
    branches.count(&frame, "(result)", Some(&["t0".to_owned(), "t6".to_owned()])).unwrap()
}

#[test]
fn an_else_that_takes_the_missing_is_counted() {
    for taken in [
        "CASE WHEN age > 1 THEN 1 ELSE 0 END",
        "IF(age > 1, 1, 0)",
        "CASE WHEN age < 10 THEN 1 WHEN age < 20 THEN 2 ELSE 3 END",
        "CASE age WHEN 34 THEN 1 ELSE 0 END",
        "CASE WHEN b1 IS NULL THEN NULL WHEN age > 1 THEN 1 ELSE b1 END",
        "CASE WHEN b1 = 2 THEN CASE WHEN age > 1 THEN 1 ELSE 0 END END",
        "CASE WHEN age > 1 AND b1 = 2 THEN 1 ELSE 0 END",
    ] {
        let counted = swallowed(taken);
        assert_eq!(counted.total(), 1, "{taken}");
        assert_eq!(counted.rows.get("t6"), Some(&1), "{taken}");
        assert!(counted.columns.iter().eq(["age"]), "{taken}: {:?}", counted.columns);
    }
}

#[test]
fn an_else_that_takes_only_the_present_is_not() {
    for plain in [
        "CASE WHEN b1 > 1 THEN 1 ELSE 0 END",
        "CASE WHEN age > 1 THEN 1 WHEN age <= 1 THEN 0 END",
        "CASE WHEN age IS NULL THEN NULL WHEN age > 1 THEN 1 ELSE 0 END",
        "CASE WHEN age IS NOT NULL THEN CASE WHEN age > 1 THEN 1 ELSE 0 END END",
        "CASE WHEN age > 1 THEN 1 ELSE age END",
        "CASE WHEN age > 1 THEN 1 ELSE 0 END + age",
        // Known not to hold, whatever the age is.
        "CASE WHEN age > 1 AND b1 = 0 THEN 1 ELSE 0 END",
        "age IS NOT NULL AND CASE WHEN age > 1 THEN 1 ELSE 0 END = 1",
        "COALESCE(age, 0)",
        "NULLIF(age, 0)",
    ] {
        assert_eq!(swallowed(plain), Swallowed::default(), "{plain}");
    }
}

/// Each level of a division is computed once, however deep they lie.
#[test]
fn deep_expressions_are_computed_in_time() {
    let divided = numbers(&vec!["b1"; 90].join(" / "));
    assert_eq!([divided[0], divided[2]], [None, Some(2f64.powi(-88))]);
    let bands: String =
        (0..199).map(|band| format!(" WHEN age >= {band} AND age < {} THEN {band}", band + 1)).collect();
    let counted = swallowed(&format!("CASE{bands} ELSE 0 END"));
    assert_eq!(counted.total(), 1);
}
