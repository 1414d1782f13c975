//! Linkage: one row per respondent (or assessment), with a column for each item and wave that an analysis reads.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;

use super::derive::{condition, derive};
use super::{CohortError, Swallowed, reason_of};
use crate::dictionary::{ItemType, Reason};
use crate::plan::{self, Cohort, CohortUnit, Origin, Wave};

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

/// One linked bucket.
pub struct Linked {
    pub frame: DataFrame,
    /// Derived variable → the rows with a missing ingredient to which its ELSE gives a value; every variable that was derived.
    pub swallowed: BTreeMap<String, Swallowed>,
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
) -> Result<Linked, CohortError> {
    let linkage = closure(cohort, columns);
    let failed = |error: PolarsError| CohortError::Link { cohort: cohort.id.clone(), why: error.to_string() };
    let mut swallowed = BTreeMap::new();
    let assessments = linkage.derive_per_assessment(forms.respondents, &mut swallowed)?;
    let mut frame = linkage.rows(&assessments).map_err(failed)?;
    for wave in waves {
        frame = linkage.join_wave(frame, &assessments, wave).map_err(failed)?;
    }
    frame = linkage.constants(frame, &assessments, waves).map_err(failed)?;
    for (attach, services) in cohort.attach.iter().zip(forms.services) {
        frame = attach_services(frame, attach, services).map_err(failed)?;
    }
    let mut over_waves = Vec::new();
    for derived in &cohort.per_respondent {
        if linkage.read.contains_key(derived.item.name.as_str()) {
            let (with, branches) = derive(frame, derived)?;
            frame = with;
            over_waves.push((derived, branches));
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
    // Only of members, whom the condition has left.
    for (derived, branches) in over_waves {
        let name = &derived.item.name;
        swallowed.insert(name.clone(), branches.count(&frame, name, None).map_err(failed)?);
    }
    Ok(Linked { frame, swallowed })
}

impl Linkage<'_> {
    /// Names of items and per-assessment variables that are read at some wave.
    fn assessed(&self) -> BTreeSet<String> {
        let own = |column: &&plan::Column| matches!(column.origin, Origin::Assessment | Origin::Constant);
        self.read.values().copied().filter(own).map(|column| column.item.name.clone()).collect()
    }

    /// Names of the variables per assessment that are read, also by one another.
    fn derived_read(&self) -> BTreeSet<String> {
        let mut read = self.assessed();
        for derived in self.cohort.per_assessment.iter().rev() {
            if read.contains(&derived.item.name) {
                read.extend(derived.sql.columns.iter().map(|column| column.name.clone()));
            }
        }
        read
    }

    /// All assessments, numbers as `Float64`, with the variables derived per assessment.
    fn derive_per_assessment(
        &self,
        forms: &DataFrame,
        swallowed: &mut BTreeMap<String, Swallowed>,
    ) -> Result<DataFrame, CohortError> {
        let mut frame = numbers(forms).map_err(|error| self.failed(&error))?;
        let read = self.derived_read();
        for derived in &self.cohort.per_assessment {
            let present = |column: &plan::Column| frame.column(&column.name).is_ok();
            if derived.sql.columns.iter().all(present) {
                let (with, branches) = derive(frame, derived)?;
                let (name, waves) = (&derived.item.name, Some(self.cohort.waves.as_slice()));
                if read.contains(name) {
                    let counted = branches.count(&with, name, waves).map_err(|error| self.failed(&error))?;
                    swallowed.insert(name.clone(), counted);
                }
                frame = with;
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
                    .then(lit(wave.number as f64))
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
pub(super) fn numbers(forms: &DataFrame) -> PolarsResult<DataFrame> {
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
pub(super) fn reason(reason: Reason) -> Expr {
    lit(reason.number()).cast(DataType::UInt8)
}

/// A value that is present has no reason.
pub(super) fn present() -> Expr {
    lit(0u8).cast(DataType::UInt8)
}
