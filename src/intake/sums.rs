//! Finds a last row that holds the sums or means of the rows above, even if no word says so.

use super::answer::number_of;
use crate::plan::Format;
use crate::read::{Cell, Fault, Table};

/// Longer tables are not made by hand.
pub(super) const BY_HAND: std::ops::RangeInclusive<u64> = 4..=20_000;

/// So many columns have to add up: one can by accident.
const COLUMNS: usize = 2;

/// Sums and means are as exact as the program that wrote them.
const TOLERANCE: f64 = 1e-9;

/// What stands above the last row in a column.
#[derive(Debug, Clone, Copy, Default)]
struct Above {
    numbers: u64,
    sum: f64,
    greatest: f64,
}

impl Above {
    fn add(&mut self, number: f64) {
        self.greatest = if self.numbers == 0 { number } else { self.greatest.max(number) };
        self.numbers += 1;
        self.sum += number;
    }

    /// Greater than each of them: where all but one are 0, the last person's 1 is no sum.
    fn is_sum(&self, last: f64) -> bool {
        self.numbers > 2 && near(last, self.sum) && last > self.greatest
    }

    /// No whole number, which persons have as well.
    fn is_mean(&self, last: f64) -> bool {
        self.numbers > 2 && near(last, self.sum / self.numbers as f64) && last.fract() != 0.0
    }
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= TOLERANCE * other.abs().max(1.0)
}

/// The number of the last row that has any number, and in how many columns it adds up those above or is their mean; `columns` are
/// the places of the answers.
///
/// # Errors
/// Where the table, which has been read once, cannot be read again.
pub(super) fn adds_up(
    table: &mut dyn Table,
    columns: &[usize],
    format: &Format,
) -> Result<Option<(u64, usize)>, Fault> {
    let mut above = vec![Above::default(); columns.len()];
    let mut last: Option<(u64, Vec<Option<f64>>)> = None;
    while let Some(block) = table.next_block()? {
        let batch = block.decode()?;
        for record in 0..batch.len() {
            let number = |column: &usize| match batch.cell(record, *column) {
                Cell::Number(number) => Some(number).filter(|number| number.is_finite()),
                Cell::Text(text) => number_of(text.trim(), format),
                _ => None,
            };
            let numbers: Vec<Option<f64>> = columns.iter().map(number).collect();
            if numbers.iter().all(Option::is_none) {
                continue;
            }
            for (above, number) in above.iter_mut().zip(last.iter().flat_map(|(_, numbers)| numbers)) {
                number.iter().for_each(|number| above.add(*number));
            }
            last = Some((batch.row(record), numbers));
        }
    }
    let Some((row, numbers)) = last else { return Ok(None) };
    let of = |holds: fn(&Above, f64) -> bool| {
        let both = above.iter().zip(&numbers);
        both.filter(|(above, number)| number.is_some_and(|number| holds(above, number))).count()
    };
    let most = of(Above::is_sum).max(of(Above::is_mean));
    Ok((most >= COLUMNS).then_some((row, most)))
}
