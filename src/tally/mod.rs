//! Tally: a cohort → its distinct covariate patterns with frequencies. Everything after this works on patterns.
//!
//! An analysis names the columns that it reads. For each such set of columns, every bucket of the cohort is counted by itself, and the counts
//! are added up. Patterns are sorted, so that the order of rows and the number of buckets or threads do not matter.

use polars::prelude::*;

use crate::cohort::reason_of;

/// The distinct combinations of some columns' values, and how many rows have each.
#[derive(Debug, Clone, PartialEq)]
pub struct Patterns {
    pub columns: Vec<PatternColumn>,
    /// One per pattern, each at least 1.
    pub frequency: Vec<u64>,
}

/// One column of a pattern table; `values` and `reasons` have one entry per pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternColumn {
    pub name: String,
    pub values: Values,
    /// 0 where the value is present, otherwise the number of the [`Reason`](crate::dictionary::Reason).
    pub reasons: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Codes and numbers; NaN where missing.
    Number(Vec<f64>),
    /// Ids, where an analysis clusters by them.
    Text(Vec<Option<String>>),
}

/// A cohort's pattern tables, by the columns that they are over.
#[derive(Default)]
pub struct Tallied {
    margins: Vec<Vec<String>>,
    patterns: Vec<Patterns>,
}

impl Tallied {
    /// `patterns` has one entry for each of `margins`.
    pub fn new(margins: Vec<Vec<String>>, patterns: Vec<Patterns>) -> Tallied {
        Tallied { margins, patterns }
    }

    /// The patterns over some columns, which have been counted.
    pub fn of(&self, columns: &[String]) -> &Patterns {
        match self.margins.iter().position(|margin| margin == columns) {
            Some(position) => &self.patterns[position],
            None => unreachable!("every margin that an analysis reads has been counted"),
        }
    }
}

impl Patterns {
    pub fn len(&self) -> usize {
        self.frequency.len()
    }

    pub fn is_empty(&self) -> bool {
        self.frequency.is_empty()
    }

    /// Rows counted.
    pub fn total(&self) -> u64 {
        self.frequency.iter().sum()
    }

    pub fn column(&self, name: &str) -> Option<&PatternColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The numbers of a column; `None` where there is no such column or it holds text.
    pub fn numbers(&self, name: &str) -> Option<&[f64]> {
        match &self.column(name)?.values {
            Values::Number(numbers) => Some(numbers),
            Values::Text(_) => None,
        }
    }
}

const FREQUENCY: &str = "(frequency)";

/// Counts the distinct combinations of `columns` in one bucket.
///
/// # Errors
/// Where the frame does not have a column.
pub fn count(bucket: &DataFrame, columns: &[String]) -> PolarsResult<DataFrame> {
    let keys = keys(bucket, columns);
    let select: Vec<Expr> = keys.iter().map(|name| col(name.as_str())).collect();
    if select.is_empty() {
        let total = Column::new(FREQUENCY.into(), [bucket.height() as u64]);
        return DataFrame::new(1, vec![total]);
    }
    bucket.clone().lazy().group_by(select).agg([len().cast(DataType::UInt64).alias(FREQUENCY)]).collect()
}

/// Adds up the counts of buckets.
///
/// # Errors
/// Where the buckets were counted over different columns.
pub fn add(counts: &[DataFrame], columns: &[String]) -> PolarsResult<Patterns> {
    let Some((first, rest)) = counts.split_first() else {
        return Ok(Patterns { columns: Vec::new(), frequency: Vec::new() });
    };
    let mut all = first.clone();
    for count in rest {
        all.vstack_mut(count)?;
    }
    let keys = keys(&all, columns);
    let mut sorted = all;
    if !keys.is_empty() {
        let select: Vec<Expr> = keys.iter().map(|name| col(name.as_str())).collect();
        if counts.len() > 1 {
            sorted = sorted.lazy().group_by(select).agg([col(FREQUENCY).sum()]).collect()?;
        }
        sorted = sorted.sort(keys.iter().map(String::as_str), SortMultipleOptions::default())?;
    }
    let frequency: Vec<u64> = sorted.column(FREQUENCY)?.u64()?.into_no_null_iter().collect();
    let columns = columns
        .iter()
        .map(|name| {
            let values = sorted.column(name)?;
            let values = match values.dtype() {
                DataType::String => {
                    Values::Text(values.str()?.iter().map(|text| text.map(str::to_owned)).collect())
                }
                _ => Values::Number(values.f64()?.iter().map(|number| number.unwrap_or(f64::NAN)).collect()),
            };
            let reasons = match sorted.column(&reason_of(name)) {
                Ok(reasons) => reasons.u8()?.iter().map(Option::unwrap_or_default).collect(),
                Err(_) => vec![0; frequency.len()],
            };
            Ok(PatternColumn { name: name.clone(), values, reasons })
        })
        .collect::<PolarsResult<Vec<_>>>()?;
    Ok(Patterns { columns, frequency })
}

/// The columns with their reason columns, as far as the frame has them; each once, also where a variable is its own group.
fn keys(frame: &DataFrame, columns: &[String]) -> Vec<String> {
    let distinct = columns.iter().enumerate().filter(|(at, name)| !columns[..*at].contains(name));
    distinct
        .map(|(_, name)| name)
        .flat_map(|name| [name.clone(), reason_of(name)])
        .filter(|name| frame.column(name).is_ok() || columns.contains(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(codes: &[Option<f64>], reasons: &[u8]) -> DataFrame {
        DataFrame::new(
            codes.len(),
            vec![
                Column::new("x".into(), codes.to_vec()),
                Column::new(reason_of("x").into(), reasons.to_vec()),
            ],
        )
        .unwrap()
    }

    #[test]
    fn buckets_add_up_to_the_whole() {
        let columns = ["x".to_owned()];
        let whole = bucket(&[Some(2.0), None, Some(1.0), None, Some(2.0)], &[0, 1, 0, 2, 0]);
        let parts = [whole.slice(0, 2), whole.slice(2, 3)];
        let of_whole = add(&[count(&whole, &columns).unwrap()], &columns).unwrap();
        let counts: Vec<DataFrame> = parts.iter().map(|part| count(part, &columns).unwrap()).collect();
        let of_parts = add(&counts, &columns).unwrap();
        assert_eq!(of_parts.frequency, [1, 1, 1, 2]);
        assert_eq!(of_whole.frequency, of_parts.frequency);
        assert_eq!(of_parts.columns[0].reasons, [1, 2, 0, 0]);
        let numbers = of_parts.numbers("x").unwrap();
        assert!(numbers[0].is_nan() && numbers[1].is_nan());
        assert_eq!(numbers[2..], [1.0, 2.0]);
    }

    #[test]
    fn a_column_may_be_named_twice() {
        let rows = bucket(&[Some(2.0), None, Some(2.0)], &[0, 1, 0]);
        let columns = ["x", "x"].map(str::to_owned);
        let patterns = add(&[count(&rows, &columns).unwrap()], &columns).unwrap();
        assert_eq!((patterns.frequency.as_slice(), patterns.columns.len()), (&[1, 2][..], 2));
        assert_eq!(patterns.columns[1].reasons, [1, 0]);
    }

    #[test]
    fn no_columns_count_the_rows() {
        let rows = bucket(&[Some(1.0), None], &[0, 1]);
        let patterns = add(&[count(&rows, &[]).unwrap()], &[]).unwrap();
        assert_eq!(patterns.frequency, [2]);
    }
}
