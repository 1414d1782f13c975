//! Linkage: one row per respondent (or assessment), with a column for each item and wave that an analysis reads.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;

use super::derive::{condition, derive};
use super::persons::{Beside, Persons, Rows};
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
    /// Later wave of the cohort → forms of respondents without one at its first, where there are any. They are no members of a
    /// cohort of respondents; in a cohort of assessments everyone is.
    pub unlinked: BTreeMap<String, u64>,
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
    let persons = Persons::of(forms.respondents, waves).map_err(failed)?;
    let rows = linkage.rows(&persons);
    let mut columns = linkage.columns_of_rows(&rows, &assessments).map_err(failed)?;
    for wave in waves {
        let at = persons.beside(&rows.persons, &wave.id);
        linkage.add_wave(&mut columns, &at, &assessments, wave).map_err(failed)?;
    }
    linkage.add_constants(&mut columns, &rows, &persons, &assessments, waves).map_err(failed)?;
    let mut frame = DataFrame::new(rows.persons.len(), columns).map_err(failed)?;
    frame = linkage.with_month(frame, waves).map_err(failed)?;
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
    Ok(Linked { frame, swallowed, unlinked: linkage.unlinked(&persons) })
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
    fn rows(&self, persons: &Persons<'_>) -> Rows {
        match self.cohort.unit {
            CohortUnit::Respondent => persons.seen_at(&self.cohort.waves[0]),
            CohortUnit::Assessment => persons.forms_at(&self.cohort.waves),
        }
    }

    fn unlinked(&self, persons: &Persons<'_>) -> BTreeMap<String, u64> {
        if self.cohort.unit == CohortUnit::Assessment {
            return BTreeMap::new();
        }
        let (first, later) = (&self.cohort.waves[0], &self.cohort.waves[1..]);
        let counted = later.iter().map(|wave| (wave.clone(), persons.seen_without(wave, first)));
        counted.filter(|(_, forms)| *forms > 0).collect()
    }

    /// What stands in the rows themselves: who, and for assessments which wave and its answers.
    fn columns_of_rows(&self, rows: &Rows, assessments: &DataFrame) -> PolarsResult<Vec<Column>> {
        let mut columns = vec![rows.of(assessments.column("respondent")?)?];
        if self.cohort.unit == CohortUnit::Assessment {
            columns.push(rows.of(assessments.column("wave")?)?.with_name("(wave)".into()));
            let own = self.read.values().filter(|column| column.wave.is_none());
            for column in own.filter(|column| column.origin == Origin::Assessment) {
                columns.push(rows.of(assessments.column(&column.name)?)?);
                columns.push(rows.of(assessments.column(&reason_of(&column.name))?)?);
            }
        }
        Ok(columns)
    }

    /// Adds the columns of one wave, and whether the respondent was seen then and in the window; `at` holds for each row the
    /// place of the assessment at the wave.
    fn add_wave(
        &self,
        columns: &mut Vec<Column>,
        at: &Beside,
        assessments: &DataFrame,
        wave: &Wave,
    ) -> PolarsResult<()> {
        let seen: Vec<f64> = at.rows.iter().map(|row| if row.is_some() { 1.0 } else { 0.0 }).collect();
        let in_window = match self.cohort.elapsed.as_ref().zip(wave.window) {
            Some((elapsed, [from, to])) => {
                let days = at.of(assessments.column(&elapsed.item)?)?.cast(&DataType::Float64)?;
                let standing = |days: Option<f64>| match days.map(|days| days / super::status::DAYS_PER_MONTH)
                {
                    Some(months) if months > to => 2.0,
                    Some(months) if months >= from => 1.0,
                    _ => 0.0,
                };
                days.f64()?.iter().map(standing).collect()
            }
            None => seen.clone(),
        };
        columns.push(Column::new(super::status::seen_column(&wave.id).into(), seen));
        columns.push(Column::new(super::status::in_window_column(&wave.id).into(), in_window));
        let read = self.read.values().filter(|column| column.wave.as_deref() == Some(&wave.id));
        for column in read.filter(|column| column.origin == Origin::Assessment) {
            let item = &column.item.name;
            columns.push(at.of(assessments.column(item)?)?.with_name(column.name.as_str().into()));
            let reasons = at.reasons(assessments.column(&reason_of(item))?, Reason::NotSeen.number())?;
            columns.push(reasons.with_name(reason_of(&column.name).into()));
        }
        Ok(())
    }

    /// Adds what is the same at all waves, its first answer counting.
    fn add_constants(
        &self,
        columns: &mut Vec<Column>,
        rows: &Rows,
        persons: &Persons<'_>,
        assessments: &DataFrame,
        waves: &[Wave],
    ) -> PolarsResult<()> {
        let constants: Vec<_> =
            self.read.values().filter(|column| column.origin == Origin::Constant).collect();
        if constants.is_empty() {
            return Ok(());
        }
        let at: Vec<Beside> = waves.iter().map(|wave| persons.beside(&rows.persons, &wave.id)).collect();
        for column in constants {
            let values = assessments.column(&column.name)?;
            let given = values.is_not_null();
            let reasons = assessments.column(&reason_of(&column.name))?.u8()?;
            let (mut first, mut why) = (Vec::new(), Vec::new());
            for row in 0..rows.persons.len() {
                let mut seen = at.iter().filter_map(|of_wave| of_wave.rows[row]);
                let answered = seen.clone().find(|place| given.get(*place as usize) == Some(true));
                first.push(answered);
                why.push(match answered {
                    Some(_) => 0,
                    // Why it is missing at the first wave at which the respondent was seen.
                    None => {
                        seen.find_map(|place| reasons.get(place as usize)).unwrap_or(Reason::NotSeen.number())
                    }
                });
            }
            columns.push(first.into_iter().collect::<Beside>().of(values)?);
            columns.push(Column::new(reason_of(&column.name).into(), why));
        }
        Ok(())
    }

    /// Adds the month of each row's wave, where it is read.
    fn with_month(&self, frame: DataFrame, waves: &[Wave]) -> PolarsResult<DataFrame> {
        if self.read.get("wave").is_none_or(|column| column.origin != Origin::Wave) {
            return Ok(frame);
        }
        let mut months = lit(NULL).cast(DataType::Float64);
        for wave in waves {
            months =
                when(col("(wave)").eq(lit(wave.id.as_str()))).then(lit(wave.number as f64)).otherwise(months);
        }
        frame.lazy().with_columns([months.alias("wave"), present().alias(reason_of("wave"))]).collect()
    }

    fn failed(&self, error: &PolarsError) -> CohortError {
        CohortError::Link { cohort: self.cohort.id.clone(), why: error.to_string() }
    }
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
