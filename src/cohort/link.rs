//! Linkage: one row per respondent (or assessment), with a column for each item and wave that an analysis reads.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;

use super::{CohortError, reason_of, sql};
use crate::dictionary::{ItemType, Reason};
use crate::plan::{self, Cohort, CohortUnit, Derived, Origin, Sql, Wave};

/// The filled-in forms of one bucket: columns `respondent`, `wave`, and for each item its value and its reason.
pub struct Forms<'a> {
    pub respondents: &'a DataFrame,
    /// For each of the cohort's `attach`, all forms of that instrument.
    pub services: &'a [DataFrame],
}

/// A cohort with the columns that its analyses read, in the order in which they can be made.
struct Linkage<'a> {
    cohort: &'a Cohort,
    /// Every column that is read by an analysis or by what an analysis reads.
    read: BTreeMap<&'a str, &'a plan::Column>,
}

/// Every column that must be there for `columns` to be: also those that conditions, states and derived variables read.
fn closure<'a>(cohort: &'a Cohort, columns: &'a [plan::Column]) -> Linkage<'a> {
    let mut read: BTreeMap<&str, &plan::Column> = BTreeMap::new();
    let conditions = cohort.only.iter().chain(cohort.states.iter().map(|state| &state.sql));
    let mut waiting: Vec<&plan::Column> = columns
        .iter()
        .chain(conditions.flat_map(|sql| &sql.columns))
        .chain(cohort.attach.iter().map(|attach| &attach.by))
        .collect();
    while let Some(column) = waiting.pop() {
        if read.insert(&column.name, column).is_none() && column.origin == Origin::Respondent {
            let derived = cohort.per_respondent.iter().find(|derived| derived.item.name == column.name);
            waiting.extend(derived.iter().flat_map(|derived| &derived.sql.columns));
        }
    }
    Linkage { cohort, read }
}

/// The items of the instrument that must be read from the store for `columns`.
pub fn items_read(cohort: &Cohort, columns: &[plan::Column]) -> Vec<String> {
    let linkage = closure(cohort, columns);
    let mut items = linkage.assessed();
    items.extend(cohort.elapsed.iter().map(|elapsed| elapsed.item.clone()));
    // Derived variables read items, and derived variables before them.
    for derived in cohort.per_assessment.iter().rev() {
        if items.remove(&derived.item.name) {
            items.extend(derived.sql.columns.iter().map(|column| column.name.clone()));
        }
    }
    items.into_iter().collect()
}

/// Links one bucket. The frame has `respondent`, for each of `columns` its value (`Float64`, or text) and its reason
/// (`UInt8`), and the [status columns](super::status_columns); rows in the order of the store.
///
/// # Errors
/// [`CohortError`] where an expression cannot be computed on the data.
pub fn link(
    cohort: &Cohort,
    waves: &[Wave],
    forms: &Forms<'_>,
    columns: &[plan::Column],
) -> Result<DataFrame, CohortError> {
    let linkage = closure(cohort, columns);
    let failed = |error: PolarsError| CohortError::Link { cohort: cohort.id.clone(), why: error.to_string() };
    let assessments = linkage.derive_per_assessment(forms.respondents)?;
    let mut frame = linkage.rows(&assessments).map_err(failed)?;
    for wave in waves {
        frame = linkage.join_wave(frame, &assessments, wave).map_err(failed)?;
    }
    frame = linkage.constants(frame, &assessments, waves).map_err(failed)?;
    for (attach, services) in cohort.attach.iter().zip(forms.services) {
        frame = attach_services(frame, attach, services).map_err(failed)?;
    }
    for derived in &cohort.per_respondent {
        if linkage.read.contains_key(derived.item.name.as_str()) {
            frame = derive(frame, derived)?;
        }
    }
    for state in &cohort.states {
        let what = format!("the state `{}` of the cohort `{}`", state.id, cohort.id);
        frame = condition(frame, &what, &state.sql, &super::status::state_column(state))?;
    }
    if let Some(only) = &cohort.only {
        frame = condition(frame, &format!("`only` of the cohort `{}`", cohort.id), only, "(only)")?;
        frame = frame.lazy().filter(col("(only)").eq(lit(1.0))).collect().map_err(failed)?;
    }
    Ok(frame)
}

impl Linkage<'_> {
    /// Names of items and per-assessment variables that are read at some wave.
    fn assessed(&self) -> BTreeSet<String> {
        let own = |column: &&plan::Column| matches!(column.origin, Origin::Assessment | Origin::Constant);
        self.read.values().copied().filter(own).map(|column| column.item.name.clone()).collect()
    }

    /// All assessments, numbers as `Float64`, with the variables derived per assessment.
    fn derive_per_assessment(&self, forms: &DataFrame) -> Result<DataFrame, CohortError> {
        let mut frame = numbers(forms).map_err(|error| self.failed(&error))?;
        for derived in &self.cohort.per_assessment {
            let present = |column: &plan::Column| frame.column(&column.name).is_ok();
            if derived.sql.columns.iter().all(present) {
                frame = derive(frame, derived)?;
            }
        }
        Ok(frame)
    }

    /// The rows of the cohort: respondents with an assessment at baseline, or assessments at the cohort's waves.
    fn rows(&self, assessments: &DataFrame) -> PolarsResult<DataFrame> {
        let lazy = assessments.clone().lazy();
        let at = |wave: &String| col("wave").eq(lit(wave.as_str()));
        match self.cohort.unit {
            CohortUnit::Respondent => {
                lazy.filter(at(&self.cohort.waves[0])).select([col("respondent")]).collect()
            }
            CohortUnit::Assessment => {
                let mut any = at(&self.cohort.waves[0]);
                for wave in &self.cohort.waves[1..] {
                    any = any.or(at(wave));
                }
                let mut select = vec![col("respondent"), col("wave").alias("(wave)")];
                for column in self.read.values().filter(|column| column.wave.is_none()) {
                    if column.origin == Origin::Assessment {
                        select.extend([col(column.name.as_str()), col(reason_of(&column.name))]);
                    }
                }
                lazy.filter(any).select(select).collect()
            }
        }
    }

    /// Adds the columns of one wave, and whether the respondent was seen then and in the window.
    fn join_wave(&self, frame: DataFrame, assessments: &DataFrame, wave: &Wave) -> PolarsResult<DataFrame> {
        let seen = super::status::seen_column(&wave.id);
        let in_window = super::status::in_window_column(&wave.id);
        let mut select = vec![col("respondent"), lit(1.0).alias(&seen)];
        let read: Vec<&plan::Column> = self
            .read
            .values()
            .copied()
            .filter(|column| column.origin == Origin::Assessment && column.wave.as_deref() == Some(&wave.id))
            .collect();
        for column in &read {
            select.push(col(column.item.name.as_str()).alias(&column.name));
            select.push(col(reason_of(&column.item.name)).alias(reason_of(&column.name)));
        }
        let window = self.cohort.elapsed.as_ref().zip(wave.window);
        select.push(match window {
            Some((elapsed, [from, to])) => {
                let months = col(elapsed.item.as_str()) / lit(super::status::DAYS_PER_MONTH);
                let inside = months.clone().gt_eq(lit(from)).and(months.clone().lt_eq(lit(to)));
                let inside = inside.fill_null(lit(false)).cast(DataType::Float64);
                let late = months.gt(lit(to)).fill_null(lit(false)).cast(DataType::Float64);
                (inside + lit(2.0) * late).alias(&in_window)
            }
            None => lit(1.0).alias(&in_window),
        });
        let at_wave = assessments.clone().lazy().filter(col("wave").eq(lit(wave.id.as_str()))).select(select);
        let mut joined = frame.lazy().left_join(at_wave, col("respondent"), col("respondent"));
        let mut fill = vec![col(&seen).fill_null(lit(0.0)), col(&in_window).fill_null(lit(0.0))];
        for column in &read {
            fill.push(col(reason_of(&column.name)).fill_null(reason(Reason::NotSeen)));
        }
        joined = joined.with_columns(fill);
        joined.collect()
    }

    /// Adds what is the same at all waves, its first answer counting, and the row's wave.
    fn constants(
        &self,
        frame: DataFrame,
        assessments: &DataFrame,
        waves: &[Wave],
    ) -> PolarsResult<DataFrame> {
        let mut lazy = frame.lazy();
        for column in self.read.values().filter(|column| column.origin == Origin::Constant) {
            let name = column.name.as_str();
            let mut parts = Vec::with_capacity(waves.len());
            for wave in waves {
                let at = format!("{name}@{}", wave.id);
                let part = assessments.clone().lazy().filter(col("wave").eq(lit(wave.id.as_str()))).select([
                    col("respondent"),
                    col(name).alias(format!("({at})")),
                    col(reason_of(name)).alias(format!("({at}.reason)")),
                ]);
                lazy = lazy.left_join(part, col("respondent"), col("respondent"));
                parts.push(format!("({at})"));
            }
            let reasons: Vec<Expr> =
                waves.iter().map(|wave| col(format!("({name}@{}.reason)", wave.id))).collect();
            let value = coalesce(&parts.iter().map(|part| col(part.as_str())).collect::<Vec<_>>());
            let reason = when(value.clone().is_not_null())
                .then(present())
                .otherwise(coalesce(&reasons).fill_null(reason(Reason::NotSeen)));
            lazy = lazy.with_columns([value.alias(name), reason.alias(reason_of(name))]);
        }
        if self.read.get("wave").is_some_and(|column| column.origin == Origin::Wave) {
            let mut months = lit(NULL).cast(DataType::Float64);
            for wave in waves {
                months = when(col("(wave)").eq(lit(wave.id.as_str())))
                    .then(lit(wave.month.trunc()))
                    .otherwise(months);
            }
            lazy = lazy.with_columns([months.alias("wave"), present().alias(reason_of("wave"))]);
        }
        lazy.collect()
    }

    fn failed(&self, error: &PolarsError) -> CohortError {
        CohortError::Link { cohort: self.cohort.id.clone(), why: error.to_string() }
    }
}

/// Forms at the cohort's later waves of respondents without a form at its first: (wave, number), where there are any. They are
/// no members of a cohort of respondents; in a cohort of assessments everyone is.
///
/// # Errors
/// [`CohortError::Link`] where the forms have no respondent or wave.
pub fn unlinked(cohort: &Cohort, forms: &DataFrame) -> Result<Vec<(String, u64)>, CohortError> {
    let failed = |error: PolarsError| CohortError::Link { cohort: cohort.id.clone(), why: error.to_string() };
    if cohort.unit == CohortUnit::Assessment {
        return Ok(Vec::new());
    }
    let at = |wave: &str| forms.clone().lazy().filter(col("wave").eq(lit(wave))).select([col("respondent")]);
    let mut found = Vec::new();
    for wave in &cohort.waves[1..] {
        let apart = at(wave).join(
            at(&cohort.waves[0]),
            [col("respondent")],
            [col("respondent")],
            JoinArgs::new(JoinType::Anti),
        );
        let forms = apart.collect().map_err(failed)?.height() as u64;
        if forms > 0 {
            found.push((wave.clone(), forms));
        }
    }
    Ok(found)
}

/// Codes and numbers as `Float64`; text and dates as they are; reasons as `UInt8`.
fn numbers(forms: &DataFrame) -> PolarsResult<DataFrame> {
    let select: Vec<Expr> = forms
        .columns()
        .iter()
        .map(|column| match column.dtype() {
            DataType::Int16 | DataType::Int32 | DataType::Int64 => {
                col(column.name().as_str()).cast(DataType::Float64)
            }
            _ => col(column.name().as_str()),
        })
        .collect();
    forms.clone().lazy().select(select).collect()
}

/// Adds a derived variable; where its ingredients are missing, so is it.
fn derive(frame: DataFrame, derived: &Derived) -> Result<DataFrame, CohortError> {
    let name = derived.item.name.as_str();
    let frame = evaluate(frame, &format!("the variable `{name}`"), &derived.sql, name, derived.item.kind)?;
    let undeclared = || -> PolarsResult<bool> {
        let codes: Vec<f64> = derived.item.codes.iter().map(|code| code.code as f64).collect();
        Ok(derived.item.is_coded()
            && frame.column(name)?.f64()?.iter().flatten().any(|value| !codes.contains(&value)))
    };
    if undeclared().map_err(|error| sql_error(derived, &error.to_string()))? {
        return Err(sql_error(
            derived,
            "it gives a value that is none of its codes; list every code, or give NULL",
        ));
    }
    let reason = when(col(name).is_null()).then(reason(Reason::NotDerived)).otherwise(present());
    frame
        .lazy()
        .with_column(reason.alias(reason_of(name)))
        .collect()
        .map_err(|error| sql_error(derived, &error.to_string()))
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
    let frame = evaluate(frame, what, sql, name, ItemType::Binary)?;
    let filled = frame.lazy().with_column(col(name).fill_null(lit(0.0))).collect();
    filled.map_err(|error| CohortError::Sql {
        what: what.to_owned(),
        sql: sql.text.clone(),
        why: error.to_string(),
    })
}

/// For each row of forms, whether a condition holds; where it cannot be told, it does not.
///
/// # Errors
/// Why it cannot be computed on the data.
pub fn fulfils(sql: &Sql, forms: DataFrame) -> Result<Vec<bool>, String> {
    let frame = numbers(&forms).map_err(|error| error.to_string())?;
    let frame = condition(frame, "`form`", sql, "(form)").map_err(|error| error.to_string())?;
    let held = frame.column("(form)").and_then(|column| column.f64().cloned()).map_err(|error| error.to_string())?;
    Ok(held.iter().map(|value| value == Some(1.0)).collect())
}

fn evaluate(
    frame: DataFrame,
    what: &str,
    sql: &Sql,
    name: &str,
    kind: ItemType,
) -> Result<DataFrame, CohortError> {
    let failed = |why: String| CohortError::Sql { what: what.to_owned(), sql: sql.text.clone(), why };
    let expression = sql::parse(&sql.text).map_err(failed)?;
    let expression = match kind {
        ItemType::Text => expression.cast(DataType::String),
        _ => {
            let number = expression.strict_cast(DataType::Float64);
            // What is divided by zero has no value.
            when(number.clone().is_finite()).then(number).otherwise(lit(NULL))
        }
    };
    frame.lazy().with_column(expression.alias(name)).collect().map_err(|error| {
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
    })
}

/// Attaches services' variables by the respondent's service.
fn attach_services(frame: DataFrame, attach: &plan::Attach, services: &DataFrame) -> PolarsResult<DataFrame> {
    let key = "(service)";
    let by = col(attach.by.name.as_str());
    let by = match attach.by.item.kind {
        ItemType::Text => by,
        // Ids of services are text in the store; a coded item holds their number.
        _ => by.cast(DataType::Int64).cast(DataType::String),
    };
    let mut select = vec![col("respondent").alias(key)];
    for name in &attach.variables {
        select.push(col(name.as_str()));
        select.push(col(reason_of(name)));
    }
    let services = numbers(services)?.lazy().filter(col("wave").eq(lit(attach.wave.as_str()))).select(select);
    let fill: Vec<Expr> = attach
        .variables
        .iter()
        .map(|name| col(reason_of(name)).fill_null(reason(Reason::NotDerived)))
        .collect();
    frame
        .lazy()
        .with_column(by.alias(key))
        .left_join(services, col(key), col(key))
        .with_columns(fill)
        .collect()
}

/// The number of a reason in a reason column. Bare literals would widen the column.
fn reason(reason: Reason) -> Expr {
    lit(reason.number()).cast(DataType::UInt8)
}

/// A value that is present has no reason.
fn present() -> Expr {
    lit(0u8).cast(DataType::UInt8)
}
