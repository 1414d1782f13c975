//! Functions that people know from other programs, translated for the engine: `YEAR(d)` to `EXTRACT(YEAR FROM d)`.

use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Value, visit_expressions_mut,
};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Token;

/// The units of a difference of dates.
const UNITS: [(&str, Unit); 10] = [
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("d", Unit::Day),
    ("dd", Unit::Day),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("mm", Unit::Month),
    ("year", Unit::Year),
    ("years", Unit::Year),
    ("yyyy", Unit::Year),
];

#[derive(Debug, Clone, Copy)]
enum Unit {
    Day,
    Month,
    Year,
}

/// The expression with every function that the engine does not know written as it knows it; unchanged where there is none, or
/// where the text is not an expression (the engine then says why).
///
/// # Errors
/// What is wrong with the arguments of such a function.
pub fn known(sql: &str) -> Result<String, String> {
    let Some(mut expression) = read(sql) else { return Ok(sql.to_owned()) };
    let mut changed = false;
    let found = visit_expressions_mut(&mut expression, |part| {
        let Expr::Function(function) = part else { return ControlFlow::Continue(()) };
        match rewritten(function) {
            None => ControlFlow::Continue(()),
            // What stands here has been put together from expressions that were read, so that it can be read as well.
            Some(Ok(text)) => match read(&text) {
                Some(known) => {
                    changed = true;
                    *part = Expr::Nested(Box::new(known));
                    ControlFlow::Continue(())
                }
                None => ControlFlow::Break(format!("{} cannot be computed as it stands", function.name)),
            },
            Some(Err(why)) => ControlFlow::Break(why),
        }
    });
    match found {
        ControlFlow::Break(why) => Err(why),
        ControlFlow::Continue(()) if changed => Ok(expression.to_string()),
        ControlFlow::Continue(()) => Ok(sql.to_owned()),
    }
}

fn read(sql: &str) -> Option<Expr> {
    let mut parser = Parser::new(&GenericDialect {}).try_with_sql(sql).ok()?;
    let expression = parser.parse_expr().ok()?;
    (parser.peek_token().token == Token::EOF).then_some(expression)
}

/// A function's text as the engine knows it; `None` where the engine knows it as it stands.
fn rewritten(function: &Function) -> Option<Result<String, String>> {
    let name = function.name.to_string().to_ascii_lowercase();
    let arguments = arguments(function)?;
    let wrong = |how: &str| Some(Err(format!("{} is written {how}", name.to_uppercase())));
    match (name.as_str(), arguments.as_slice()) {
        ("year" | "month" | "day" | "quarter", [date]) => {
            Some(Ok(format!("EXTRACT({} FROM ({date}))", name.to_uppercase())))
        }
        ("dayofmonth", [date]) => Some(Ok(format!("EXTRACT(DAY FROM ({date}))"))),
        ("dayofyear", [date]) => Some(Ok(format!("EXTRACT(DOY FROM ({date}))"))),
        ("year" | "month" | "day" | "quarter" | "dayofmonth" | "dayofyear", _) => {
            wrong(&format!("{}(date)", name.to_uppercase()))
        }
        ("make_date" | "makedate" | "datefromparts", [year, month, day]) => {
            Some(Ok(date_of(year, month, day)))
        }
        ("make_date" | "makedate" | "datefromparts", _) => wrong("MAKE_DATE(year, month, day)"),
        ("datediff" | "date_diff", [last, first]) => Some(Ok(between(first, last, Unit::Day))),
        ("datediff" | "date_diff", [one, two, three]) => match (unit(one), unit(three)) {
            (Some(unit), _) => Some(Ok(between(two, three, unit))),
            (None, Some(unit)) => Some(Ok(between(two, one, unit))),
            (None, None) => wrong("DATE_DIFF('day', first, last), with 'day', 'month' or 'year'"),
        },
        ("datediff" | "date_diff", _) => {
            wrong("DATE_DIFF('day', first, last), with 'day', 'month' or 'year'")
        }
        ("instr", [text, part]) => Some(Ok(format!("STRPOS({text}, {part})"))),
        ("len", [text]) => Some(Ok(format!("LENGTH({text})"))),
        ("iif" | "iff", [condition, yes, no]) => Some(Ok(format!("IF({condition}, {yes}, {no})"))),
        ("nvl", [value, instead]) => Some(Ok(format!("COALESCE({value}, {instead})"))),
        _ => None,
    }
}

/// The plain arguments of a function; `None` where it has others.
fn arguments(function: &Function) -> Option<Vec<&Expr>> {
    let FunctionArguments::List(list) = &function.args else { return None };
    let plain = |argument| match argument {
        &FunctionArg::Unnamed(FunctionArgExpr::Expr(ref expression)) => Some(expression),
        _ => None,
    };
    list.args.iter().map(plain).collect()
}

/// The unit that an argument names, as a word or as a text.
fn unit(argument: &Expr) -> Option<Unit> {
    let word = match argument {
        Expr::Identifier(name) if name.quote_style.is_none() => name.value.clone(),
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => text.clone(),
            _ => return None,
        },
        _ => return None,
    };
    UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&word)).map(|(_, unit)| *unit)
}

/// From the first date to the last: days; or how many turns of a month or a year lie between, as in DuckDB, SQL Server and
/// Snowflake.
fn between(first: &Expr, last: &Expr, unit: Unit) -> String {
    let years = format!("(EXTRACT(YEAR FROM ({last})) - EXTRACT(YEAR FROM ({first})))");
    match unit {
        Unit::Day => format!("({last}) - ({first})"),
        Unit::Month => {
            format!("{years} * 12 + EXTRACT(MONTH FROM ({last})) - EXTRACT(MONTH FROM ({first}))")
        }
        Unit::Year => years,
    }
}

/// A date from its numbers; missing where there is no such day.
fn date_of(year: &Expr, month: &Expr, day: &Expr) -> String {
    let digits =
        |number: &Expr, width: u8| format!("LPAD(CAST(CAST({number} AS INT) AS TEXT), {width}, '0')");
    format!(
        "TRY_CAST({} || '-' || {} || '-' || {} AS DATE)",
        digits(year, 4),
        digits(month, 2),
        digits(day, 2)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_engine_knows_stays_as_it_is() {
        for sql in
            ["age > 20", "\"b1@t6\" - \"b1@t0\"", "EXTRACT(YEAR FROM d)", "x = = 1", "CASE WHEN x THEN 1 END"]
        {
            assert_eq!(known(sql).unwrap(), sql);
        }
    }

    #[test]
    fn a_function_with_wrong_arguments_says_how_it_is_written() {
        let why = known("DATE_DIFF('hour', a, b)").unwrap_err();
        assert!(why.contains("DATE_DIFF('day', first, last)"), "{why}");
        assert!(known("YEAR()").unwrap_err().contains("YEAR(date)"));
        assert!(known("MAKE_DATE(2024)").unwrap_err().contains("MAKE_DATE(year, month, day)"));
    }
}
