//! Derived variables and conditions, computed from their expressions.

use polars::prelude::*;

use super::link::{numbers, present, reason};
use super::swallowed::Branches;
use super::{CohortError, meaning, reason_of, sql};
use crate::dictionary::{ItemType, Reason};
use crate::plan::{Column, Derived, Sql};

/// Adds a derived variable; where its ingredients are missing, so is it. Also where its ELSE can take the missing.
///
/// # Errors
/// [`CohortError::Sql`] where it cannot be computed on the data, or gives what its type does not have.
pub(super) fn derive(frame: DataFrame, derived: &Derived) -> Result<(DataFrame, Branches), CohortError> {
    let name = derived.item.name.as_str();
    let (frame, branches) =
        evaluate(frame, &format!("the variable `{name}`"), &derived.sql, name, derived.item.kind)?;
    let failed = |error: PolarsError| sql_error(derived, &error.to_string());
    if let Some(why) = outside_its_type(&frame, derived).map_err(failed)? {
        return Err(sql_error(derived, why));
    }
    let reason = when(col(name).is_null()).then(reason(Reason::NotDerived)).otherwise(present());
    let frame = frame.lazy().with_column(reason.alias(reason_of(name))).collect().map_err(failed)?;
    Ok((frame, branches))
}

/// What is wrong with the values of a derived variable, if anything is.
fn outside_its_type(frame: &DataFrame, derived: &Derived) -> PolarsResult<Option<&'static str>> {
    let item = &derived.item;
    if item.is_coded() {
        let codes: Vec<f64> = item.codes.iter().map(|code| code.code as f64).collect();
        let undeclared =
            frame.column(&item.name)?.f64()?.iter().flatten().any(|value| !codes.contains(&value));
        return Ok(
            undeclared.then_some("it gives a value that is none of its codes; list every code, or give NULL")
        );
    }
    if item.kind == ItemType::Integer {
        let broken = frame.column(&item.name)?.f64()?.iter().flatten().any(|value| value.fract() != 0.0);
        return Ok(broken.then_some(
            "it gives a number with decimals, and its type is integer; write type = \"decimal\", or round it: ROUND(…), FLOOR(…)",
        ));
    }
    Ok(None)
}

fn sql_error(derived: &Derived, why: &str) -> CohortError {
    CohortError::Sql {
        what: format!("the variable `{}`", derived.item.name),
        sql: derived.sql.text.clone(),
        why: why.to_owned(),
    }
}

/// Adds whether a condition holds: 1, or 0 where it does not hold or cannot be told. `what` names it in errors.
///
/// # Errors
/// [`CohortError::Sql`] where it cannot be computed on the data.
pub fn condition(frame: DataFrame, what: &str, sql: &Sql, name: &str) -> Result<DataFrame, CohortError> {
    let (frame, _) = evaluate(frame, what, sql, name, ItemType::Binary)?;
    let filled = frame.lazy().with_column(col(name).fill_null(lit(0.0))).collect();
    filled.map_err(|error| CohortError::Sql {
        what: what.to_owned(),
        sql: sql.text.clone(),
        why: error.to_string(),
    })
}

/// For each row of forms, whether a source's condition holds; where it cannot be told, it does not.
///
/// # Errors
/// [`CohortError::Sql`] where it cannot be computed, or gives numbers or text; by the types of the columns alone, so that forms
/// without a row tell as well.
pub fn fulfils(form: &Sql, forms: &DataFrame) -> Result<Vec<bool>, CohortError> {
    let what = "`form` of a source";
    let failed = |why: String| CohortError::Sql { what: what.to_owned(), sql: form.text.clone(), why };
    let frame = numbers(forms).map_err(|error| failed(error.to_string()))?;
    let gives = sql::computed(&form.text, frame.schema()).map_err(failed)?.kind;
    let is_yes_or_no =
        |column: &Column| column.name == form.text.trim() && column.item.kind == ItemType::Binary;
    if !matches!(gives, DataType::Boolean | DataType::Null) && !form.columns.iter().any(is_yes_or_no) {
        return Err(failed(
            "it gives a number or a text; write what holds of a form, such as form_complete = 2".to_owned(),
        ));
    }
    let frame = condition(frame, what, form, "(form)")?;
    let held = frame.column("(form)").and_then(|column| column.f64().cloned());
    let held = held.map_err(|error| failed(error.to_string()))?;
    Ok(held.iter().map(|value| value == Some(1.0)).collect())
}

fn evaluate(
    frame: DataFrame,
    what: &str,
    sql: &Sql,
    name: &str,
    kind: ItemType,
) -> Result<(DataFrame, Branches), CohortError> {
    let failed = |why: String| CohortError::Sql { what: what.to_owned(), sql: sql.text.clone(), why };
    let computed = sql::computed(&sql.text, frame.schema()).map_err(failed)?;
    let gives_date = meaning::is_date(&computed.kind);
    let expression = match kind {
        ItemType::Text => computed.expression.cast(DataType::String),
        ItemType::Date if gives_date || computed.kind == DataType::Null => {
            computed.expression.cast(DataType::Date)
        }
        ItemType::Date => {
            return Err(failed("it gives no date; write MAKE_DATE(year, month, day), CAST(… AS DATE), or a date and a number of days".to_owned()));
        }
        _ if gives_date => {
            return Err(failed("it gives a date, and its type is not date; write type = \"date\", or a date less another for the days between them".to_owned()));
        }
        _ => meaning::finite(computed.expression.strict_cast(DataType::Float64)),
    };
    let frame = frame.lazy().with_column(expression.alias(name)).collect().map_err(|error| {
        // polars quotes values that it cannot convert; the first line without them is told.
        failed(match error {
            PolarsError::ColumnNotFound(name) => format!("there is no column {name}"),
            PolarsError::InvalidOperation(why) | PolarsError::SchemaMismatch(why)
                if !why.to_string().contains("conversion") =>
            {
                why.to_string().lines().next().unwrap_or_default().to_owned()
            }
            _ => "its result is not a number, or it compares values of different types".to_owned(),
        })
    })?;
    Ok((frame, computed.branches))
}
