//! SQL expressions: parsed once, asked which columns they read, and checked to give one value for each row.

use std::collections::BTreeSet;
use std::thread;

use polars::prelude::{AggExpr, DataType, Expr, FunctionExpr, PolarsError, Schema};

use super::swallowed::Branches;
use super::{meaning, spelling};

/// So many operators may stand inside each other; each is a level of recursion where the expression is computed.
const DEEPEST: usize = 100;

/// So many operators may stand in an expression; each may be a level of recursion where it is read, of up to 50 kB.
const OPERATORS: usize = 400;

/// The stack on which expressions are read: a thread of a pool has 2 MB, of which 50 operators can be too many.
const STACK: usize = 64 << 20;

/// Parses an expression as after `SELECT` or `WHERE`.
///
/// # Errors
/// Why the text is not an expression. The message holds the pipeline's own text, never data.
pub fn parse(sql: &str) -> Result<Expr, String> {
    read(sql, Ok)
}

/// An expression that can be computed.
pub struct Computed {
    pub expression: Expr,
    /// The type of what it gives; unknown where it cannot be told before it is computed.
    pub kind: DataType,
    /// Where rows with a missing ingredient get a value.
    pub branches: Branches,
}

/// An expression as it is meant over columns of these types: see [`meaning`].
///
/// # Errors
/// As [`parse`]; also where it computes with dates what cannot be computed with them.
pub fn computed(sql: &str, schema: &Schema) -> Result<Computed, String> {
    read(sql, |expression| {
        let expression = meaning::meant(expression, schema)?;
        let kind = meaning::kind(&expression, schema);
        Ok(Computed { branches: Branches::of(&expression), expression, kind })
    })
}

/// Parses an expression and does something with it where there is room for its depth.
fn read<T: Send>(sql: &str, then: impl FnOnce(Expr) -> Result<T, String> + Send) -> Result<T, String> {
    if operators(sql) > OPERATORS {
        return Err(format!(
            "it has over {OPERATORS} operators; write x IN (1, 2, …), or build it from several variables"
        ));
    }
    let read = || {
        let known = spelling::known(sql)?;
        then(polars::sql::sql_expr(known).map_err(|error| reworded(&error))?)
    };
    thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read);
        let reader = reader.map_err(|error| format!("no thread to read it can be started: {error}"))?;
        reader
            .join()
            .unwrap_or_else(|_| Err("the SQL parser has failed on it; write it in another way".to_owned()))
    })
}

/// The columns that an expression reads, each once, in alphabetical order.
///
/// # Errors
/// As [`parse`]; also where the expression names every column at once, or does not give one value for each row.
pub fn columns(sql: &str) -> Result<Vec<String>, String> {
    let expression = parse(sql)?;
    row_by_row(&expression)?;
    let mut names = BTreeSet::new();
    for part in &expression {
        if let Expr::Column(name) = part {
            names.insert(name.to_string());
        }
    }
    Ok(names.into_iter().collect())
}

/// Signs and words that join two expressions to one, an upper bound of how deep they can lie.
fn operators(sql: &str) -> usize {
    let signs = sql.bytes().filter(|byte| b"+-*/%|&".contains(byte)).count();
    let words = sql.split(|letter: char| !letter.is_alphanumeric());
    signs + words.filter(|word| ["and", "or", "when"].contains(&word.to_ascii_lowercase().as_str())).count()
}

/// What the parser says, without its names for what it knows and the author does not.
fn reworded(error: &PolarsError) -> String {
    let text = error.to_string();
    if text.contains("unable to parse") {
        "it is cut short, or has a sign or word where none can stand".to_owned()
    } else if text.contains(" { ") || text.contains("([") {
        "it has a part that expressions cannot have".to_owned()
    } else {
        text
    }
}

/// That an expression gives one value for each row, from that row alone. A sum or a rank over rows would be one over those
/// that happen to stand in a bucket.
fn row_by_row(expression: &Expr) -> Result<(), String> {
    let mut waiting = vec![(expression, 0)];
    while let Some((part, depth)) = waiting.pop() {
        if depth > DEEPEST {
            return Err(format!(
                "over {DEEPEST} operators stand inside each other; write x IN (1, 2, …), or build it from several variables"
            ));
        }
        match part {
            Expr::Column(_) | Expr::Literal(_) => {}
            Expr::BinaryExpr { left, right, .. } => {
                waiting.extend([(&**left, depth + 1), (&**right, depth + 1)])
            }
            Expr::Cast { expr, .. } | Expr::Alias(expr, _) => waiting.push((expr, depth + 1)),
            // The branches of a CASE follow each other; they do not lie deeper and deeper.
            Expr::Ternary { predicate, truthy, falsy } => {
                waiting.extend([(&**predicate, depth + 1), (&**truthy, depth + 1), (&**falsy, depth)]);
            }
            Expr::Function { function: FunctionExpr::Correlation { .. } | FunctionExpr::Shift, .. } => {
                return Err(OVER_ROWS.to_owned());
            }
            Expr::Function { input, .. } => waiting.extend(input.iter().map(|input| (input, depth + 1))),
            // The list of an IN.
            Expr::Agg(AggExpr::Implode { input, .. }) if matches!(**input, Expr::Literal(_)) => {}
            Expr::Selector(_) => return Err("`*` and patterns of names are not allowed".to_owned()),
            _ => return Err(OVER_ROWS.to_owned()),
        }
    }
    Ok(())
}

const OVER_ROWS: &str = "it counts, sums, ranks or selects over rows; an expression gives one value for each row, from that row alone";

#[cfg(test)]
mod tests {
    use polars::prelude::{Column, DataFrame, IntoLazy};

    use super::*;

    #[test]
    fn names_the_columns_that_an_expression_reads() {
        assert_eq!(columns("heroin = 1 AND rohypnol = 1").unwrap(), ["heroin", "rohypnol"]);
        assert_eq!(columns("\"b1@w6\" < \"b1@w0\"").unwrap(), ["b1@w0", "b1@w6"]);
        let bands = "CASE WHEN age < 26 THEN 1 WHEN age < 31 THEN 2 ELSE 3 END";
        assert_eq!(columns(bands).unwrap(), ["age"]);
        assert_eq!(columns("age BETWEEN 20 AND 30 OR sex IN (1, 2)").unwrap(), ["age", "sex"]);
        for of_one in [
            "COALESCE(x, 1)",
            "GREATEST(x, 2)",
            "ROUND(x / 10.0, 0)",
            "IF(x = 1, 2, 3)",
            "x IS NULL",
            "-ABS(x)",
            "NOT x = 1",
        ] {
            assert_eq!(columns(of_one).unwrap(), ["x"], "{of_one}");
        }
    }

    #[test]
    fn says_why_a_text_is_not_an_expression() {
        assert!(parse("heroin = = 1").is_err());
        assert!(parse("SELECT 1").is_err());
        assert!(columns("*").is_err());
        assert_eq!(
            parse("x = 1 OR").unwrap_err(),
            "it is cut short, or has a sign or word where none can stand"
        );
        assert_eq!(parse("EXISTS (SELECT 1)").unwrap_err(), "it has a part that expressions cannot have");
    }

    #[test]
    fn what_is_computed_over_rows_is_refused() {
        for over_rows in [
            "SUM(x) = 3",
            "COUNT(*)",
            "COUNT(x)",
            "MAX(x)",
            "AVG(x) > 1",
            "FIRST(x)",
            "MEDIAN(x)",
            "STDDEV(x)",
            "CORR(x, y) > 0",
            "ROW_NUMBER() OVER (ORDER BY x)",
            "SUM(x) OVER ()",
            "LAG(x) OVER (ORDER BY y)",
            "CASE WHEN y = 1 THEN MIN(x) END",
            "UNNEST(x)",
        ] {
            assert_eq!(columns(over_rows).unwrap_err(), OVER_ROWS, "{over_rows}");
        }
        assert!(columns("x IN (SELECT 1)").is_err());
    }

    /// Each level costs stack, where it is read and where it is computed.
    #[test]
    fn expressions_have_a_depth() {
        let chain = |joint: &str, parts: usize| vec!["x = 1"; parts].join(joint);
        let hundred = chain(" OR ", 100);
        assert!(columns(&hundred).is_ok());
        let frame = DataFrame::new(1, vec![Column::new("x".into(), [1.0])]).unwrap();
        assert!(frame.lazy().select([parse(&hundred).unwrap()]).collect().is_ok());
        for long in
            [chain(" OR ", 150), chain(" and ", 400), chain(" OR ", 100_000), vec!["x"; 500].join(" + ")]
        {
            let why = columns(&long).unwrap_err();
            assert!(why.contains("operators") && why.contains("IN (1, 2, …)"), "{why}");
        }
        let bands: String =
            (0..199).map(|band| format!(" WHEN x >= {band} AND x < {} THEN {band}", band + 1)).collect();
        assert!(columns(&format!("CASE{bands} END")).is_ok());
        let listed: Vec<String> = (0..20_000).map(|code| code.to_string()).collect();
        assert!(columns(&format!("x IN ({})", listed.join(", "))).is_ok());
    }
}
