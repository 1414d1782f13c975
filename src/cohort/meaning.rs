//! What an expression means: as a researcher reads it, and as R, SPSS and DuckDB compute it. This module corrects what the engine does
//! differently.
//!
//! - Whole numbers are treated as decimal ones before arithmetic, so that no result overflows.
//! - A result that does not exist (a division by zero, a logarithm of zero, a root of −1) becomes missing at once, not only at the end. In
//!   the engine, infinity and not-a-number are greater than any number and would be counted as Yes.
//! - A date minus a date is a number of days. A date plus or minus a number of days is a date. A text compared with a date is a date.
//! - Positions in a text count letters, not bytes. A search looks for a text, not a pattern.

use std::sync::Arc;

use polars::prelude::*;

/// The expression as it is meant, over columns of these types.
///
/// # Errors
/// Where dates are computed or compared with what is no date.
pub fn meant(expression: Expr, schema: &Schema) -> Result<Expr, String> {
    let own = |part: &Arc<Expr>| meant(Expr::clone(part), schema);
    Ok(match expression {
        Expr::BinaryExpr { left, op, right } => binary(own(&left)?, op, own(&right)?, schema)?,
        // `DATE '2024-01-31'`; the engine makes a day that is not there missing.
        Expr::Cast { expr, dtype, .. }
            if matches!(*expr, Expr::Literal(_)) && dtype.as_literal() == Some(&DataType::Date) =>
        {
            as_date(Expr::clone(&expr))?.cast(DataType::Date)
        }
        Expr::Cast { expr, dtype, options } => {
            let expr = Arc::new(own(&expr)?);
            checked(Expr::Cast { expr, dtype, options }, schema)
        }
        Expr::Alias(expr, name) => Expr::Alias(Arc::new(own(&expr)?), name),
        Expr::Ternary { predicate, truthy, falsy } => Expr::Ternary {
            predicate: Arc::new(own(&predicate)?),
            truthy: Arc::new(own(&truthy)?),
            falsy: Arc::new(own(&falsy)?),
        },
        Expr::Function { input, function } => {
            if let Some([text, part]) = place_sought(&input, &function) {
                return Ok(place_in_text(meant(text, schema)?, meant(part, schema)?));
            }
            let input = input.into_iter().map(|part| meant(part, schema)).collect::<Result<Vec<_>, _>>()?;
            let input = match function {
                FunctionExpr::Coalesce
                | FunctionExpr::MaxHorizontal
                | FunctionExpr::MinHorizontal
                | FunctionExpr::Boolean(BooleanFunction::IsIn { .. })
                    if input.iter().any(|part| is_date(&kind(part, schema))) =>
                {
                    input.into_iter().map(as_date).collect::<Result<Vec<_>, _>>()?
                }
                // Whole numbers have no power below 0.
                FunctionExpr::Pow(_) => input.into_iter().map(|part| part.cast(DataType::Float64)).collect(),
                _ => input,
            };
            checked(Expr::Function { input, function }, schema)
        }
        other => other,
    })
}

/// The type of what an expression gives; unknown where the engine cannot tell before it computes.
pub fn kind(expression: &Expr, schema: &Schema) -> DataType {
    expression.to_field(schema).map_or(DataType::Unknown(UnknownKind::Any), |field| field.dtype)
}

pub fn is_date(kind: &DataType) -> bool {
    matches!(kind, DataType::Date | DataType::Datetime(..))
}

fn is_number(kind: &DataType) -> bool {
    kind.is_primitive_numeric() || matches!(kind, DataType::Unknown(UnknownKind::Int(_) | UnknownKind::Float))
}

/// The values, and missing where one is infinite or not a number.
pub fn finite(expression: Expr) -> Expr {
    let missing = |column: Column| {
        let is_number = column.f64()?.iter().all(|value| value.is_none_or(f64::is_finite));
        if is_number {
            return Ok(column);
        }
        let kept = column.f64()?.iter().map(|value| value.filter(|value| value.is_finite()));
        let kept: Float64Chunked = kept.collect();
        Ok(kept.with_name(column.name().clone()).into_column())
    };
    expression.cast(DataType::Float64).map(missing, |_, field| Ok(field.clone()))
}

/// A node whose result can be infinite or not a number, so that what has no value is missing.
fn checked(expression: Expr, schema: &Schema) -> Expr {
    match kind(&expression, schema) {
        DataType::Float32 | DataType::Float64 => finite(expression),
        _ => expression,
    }
}

fn binary(left: Expr, op: Operator, right: Expr, schema: &Schema) -> Result<Expr, String> {
    let kinds = [kind(&left, schema), kind(&right, schema)];
    let of = |left: Expr, right: Expr| Expr::BinaryExpr { left: Arc::new(left), op, right: Arc::new(right) };
    if kinds.iter().any(is_date) {
        return of_dates(left, op, right, schema);
    }
    let arithmetic = matches!(
        op,
        Operator::Plus
            | Operator::Minus
            | Operator::Multiply
            | Operator::RustDivide
            | Operator::TrueDivide
            | Operator::FloorDivide
            | Operator::Modulus
    );
    // A condition counts as 1 where it holds: `(b1 = 1) + (b2 = 1)`.
    let counts = |kind: &DataType| is_number(kind) || *kind == DataType::Boolean;
    if !arithmetic || !kinds.iter().all(counts) {
        return Ok(of(left, right));
    }
    let number = |part: Expr| part.cast(DataType::Float64);
    Ok(finite(of(number(left), number(right))))
}

/// Arithmetic and comparisons where at least one side is a date.
fn of_dates(left: Expr, op: Operator, right: Expr, schema: &Schema) -> Result<Expr, String> {
    let (left, right) = (as_date(left)?, as_date(right)?);
    let [of_left, of_right] = [kind(&left, schema), kind(&right, schema)];
    let is_missing = |kind: &DataType| *kind == DataType::Null;
    let days = |date: Expr, kind: &DataType| match kind {
        DataType::Date => date.cast(DataType::Int32).cast(DataType::Float64),
        _ => {
            let moment = date.cast(DataType::Datetime(TimeUnit::Microseconds, None));
            moment.cast(DataType::Int64).cast(DataType::Float64) / lit(MICROSECONDS_PER_DAY)
        }
    };
    let date = |days: Expr| finite(days).floor().cast(DataType::Int32).cast(DataType::Date);
    let number = |part: Expr| part.cast(DataType::Float64);
    let both = is_date(&of_left) && is_date(&of_right);
    Ok(match op {
        Operator::Minus if both => days(left, &of_left) - days(right, &of_right),
        Operator::Minus if is_number(&of_right) && is_date(&of_left) => {
            date(days(left, &of_left) - number(right))
        }
        Operator::Plus if is_number(&of_right) => date(days(left, &of_left) + number(right)),
        Operator::Plus if is_number(&of_left) => date(number(left) + days(right, &of_right)),
        Operator::Eq
        | Operator::NotEq
        | Operator::Lt
        | Operator::LtEq
        | Operator::Gt
        | Operator::GtEq
        | Operator::EqValidity
        | Operator::NotEqValidity
            if both || is_missing(&of_left) || is_missing(&of_right) =>
        {
            Expr::BinaryExpr { left: Arc::new(left), op, right: Arc::new(right) }
        }
        Operator::Plus | Operator::Minus if is_missing(&of_left) || is_missing(&of_right) => {
            lit(NULL).cast(DataType::Float64)
        }
        Operator::Eq | Operator::NotEq | Operator::Lt | Operator::LtEq | Operator::Gt | Operator::GtEq => {
            return Err("it compares a date with what is none; write the date as '2024-01-31'".to_owned());
        }
        _ => {
            return Err(
                "it computes with a date; a date less a date is days, a date and a number of days is a date"
                    .to_owned(),
            );
        }
    })
}

const MICROSECONDS_PER_DAY: f64 = 86_400_000_000.0;

/// A text that stands beside a date as a date; everything else as it is.
///
/// # Errors
/// Where the text is not a date.
fn as_date(part: Expr) -> Result<Expr, String> {
    let missing = |text: &str| {
        format!("'{text}' stands for a date and is none; dates are written '2024-01-31': year, month, day")
    };
    match &part {
        Expr::Literal(LiteralValue::Series(list)) if list.dtype() == &DataType::String => {
            let texts = list.str().map_err(|error| error.to_string())?;
            let dates =
                texts.iter().map(|text| text.map(|text| day(text).ok_or_else(|| missing(text))).transpose());
            let dates = dates.collect::<Result<Vec<Option<i32>>, String>>()?;
            let dates = Int32Chunked::from_iter(dates).into_series();
            dates.cast(&DataType::Date).map(lit).map_err(|error| error.to_string())
        }
        Expr::Agg(AggExpr::Implode { input, maintain_order }) => {
            let input = Arc::new(as_date(Expr::clone(input))?);
            Ok(Expr::Agg(AggExpr::Implode { input, maintain_order: *maintain_order }))
        }
        Expr::Literal(value) => match value.extract_str() {
            None => Ok(part),
            Some(text) => match day(text) {
                Some(day) => Ok(lit(day).cast(DataType::Date)),
                None => Err(missing(text)),
            },
        },
        _ => Ok(part),
    }
}

/// The days since 1970-01-01 of a date as it is written.
fn day(text: &str) -> Option<i32> {
    let date = chrono::NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()?;
    i32::try_from(date.signed_duration_since(chrono::NaiveDate::default()).num_days()).ok()
}

/// The text and the part of it that is sought, where an expression is `POSITION` or `STRPOS`: the engine makes of both
/// `fill_null(find(text, part) + 1, 0)`.
fn place_sought(input: &[Expr], function: &FunctionExpr) -> Option<[Expr; 2]> {
    let (FunctionExpr::FillNull, [Expr::BinaryExpr { left, op: Operator::Plus, .. }, Expr::Literal(_)]) =
        (function, input)
    else {
        return None;
    };
    match &**left {
        Expr::Function { input, function: FunctionExpr::StringExpr(StringFunction::Find { .. }) } => {
            input.clone().try_into().ok()
        }
        _ => None,
    }
}

/// The letter, from 1, at which a part begins in a text; 0 where the text does not have it.
fn place_in_text(text: Expr, part: Expr) -> Expr {
    let places = |columns: &mut [Column]| {
        let (texts, parts) = (columns[0].str()?, columns[1].str()?);
        let rows = if texts.len() == 1 { parts.len() } else { texts.len() };
        let at = |column: &StringChunked, row: usize| if column.len() == 1 { 0 } else { row };
        let place = |row: usize| {
            let text = texts.get(at(texts, row))?;
            let part = parts.get(at(parts, row))?;
            Some(text.find(part).map_or(0.0, |byte| (text[..byte].chars().count() + 1) as f64))
        };
        let found: Float64Chunked = (0..rows).map(place).collect();
        Ok(found.with_name(columns[0].name().clone()).into_column())
    };
    let field = |_: &Schema, fields: &[Field]| Ok(Field::new(fields[0].name().clone(), DataType::Float64));
    map_multiple(places, [text, part], field)
}
