//! Where the forms of each person are in a bucket. The store sorts a bucket by respondent, so a person's forms follow one another. Waves are
//! put side by side by position; no id is looked up.

use polars::prelude::*;

use crate::plan::Wave;

/// The persons of a bucket, in the order of the store.
pub(super) struct Persons<'a> {
    waves: Vec<&'a str>,
    /// For each row of the bucket, its person.
    of_row: Vec<usize>,
    /// For each row, the place of its wave; `None` where the evaluation has no such wave.
    wave_of_row: Vec<Option<usize>>,
    /// For each wave, the row of each person's form.
    rows: Vec<Vec<Option<IdxSize>>>,
}

impl<'a> Persons<'a> {
    /// Of a bucket's forms, with the columns `respondent` and `wave`.
    ///
    /// # Errors
    /// Where the forms lack one of the two, or are not sorted by respondent.
    pub(super) fn of(forms: &DataFrame, waves: &'a [Wave]) -> PolarsResult<Persons<'a>> {
        let waves: Vec<&str> = waves.iter().map(|wave| wave.id.as_str()).collect();
        let ids = forms.column("respondent")?.str()?;
        let of_waves = forms.column("wave")?.str()?;
        let mut rows: Vec<Vec<Option<IdxSize>>> = vec![Vec::new(); waves.len()];
        let mut of_row = Vec::with_capacity(forms.height());
        let mut wave_of_row = Vec::with_capacity(forms.height());
        let (mut previous, mut persons) = (None, 0);
        for (row, (id, wave)) in (0..).zip(ids.iter().zip(of_waves.iter())) {
            if previous > Some(id) {
                return Err(PolarsError::ComputeError("its forms are not sorted by respondent".into()));
            }
            if previous != Some(id) {
                persons += 1;
                rows.iter_mut().for_each(|of_wave| of_wave.push(None));
                previous = Some(id);
            }
            let place = waves.iter().position(|known| Some(*known) == wave);
            if let Some(place) = place {
                rows[place][persons - 1] = Some(row);
            }
            of_row.push(persons - 1);
            wave_of_row.push(place);
        }
        Ok(Persons { waves, of_row, wave_of_row, rows })
    }

    /// The persons with a form at a wave, and its rows.
    pub(super) fn seen_at(&self, wave: &str) -> Rows {
        let rows = self.rows_at(wave).iter().enumerate();
        rows.filter_map(|(person, row)| Some((person, (*row)?))).collect()
    }

    /// The forms of any of these waves, in the order of the store, with their persons.
    pub(super) fn forms_at(&self, waves: &[String]) -> Rows {
        let is_asked = |place: &usize| waves.iter().any(|wave| wave == self.waves[*place]);
        let rows = (0..).zip(self.of_row.iter().zip(&self.wave_of_row));
        rows.filter(|(_, (_, wave))| wave.as_ref().is_some_and(is_asked))
            .map(|(row, (person, _))| (*person, row))
            .collect()
    }

    /// How many persons have a form at `wave` and none at `first`.
    pub(super) fn seen_without(&self, wave: &str, first: &str) -> u64 {
        let both = self.rows_at(wave).iter().zip(self.rows_at(first));
        both.filter(|(at, first)| at.is_some() && first.is_none()).count() as u64
    }

    /// For each of these persons, the row of their form at a wave.
    pub(super) fn beside(&self, persons: &[usize], wave: &str) -> Beside {
        let rows = self.rows_at(wave);
        persons.iter().map(|person| rows.get(*person).copied().flatten()).collect()
    }

    fn rows_at(&self, wave: &str) -> &[Option<IdxSize>] {
        let place = self.waves.iter().position(|known| *known == wave);
        place.map_or(&[], |place| &self.rows[place])
    }
}

/// Rows of forms with their persons.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) persons: Vec<usize>,
    rows: Vec<IdxSize>,
}

impl FromIterator<(usize, IdxSize)> for Rows {
    fn from_iter<I: IntoIterator<Item = (usize, IdxSize)>>(rows: I) -> Rows {
        let (persons, rows) = rows.into_iter().unzip();
        Rows { persons, rows }
    }
}

impl Rows {
    /// These rows of a column.
    ///
    /// # Errors
    /// Where the column is shorter than the bucket.
    pub(super) fn of(&self, column: &Column) -> PolarsResult<Column> {
        column.take_slice(&self.rows)
    }
}

/// The rows of persons' forms at another wave, where they have one.
pub(super) struct Beside {
    pub(super) rows: Vec<Option<IdxSize>>,
    index: IdxCa,
}

impl FromIterator<Option<IdxSize>> for Beside {
    fn from_iter<I: IntoIterator<Item = Option<IdxSize>>>(rows: I) -> Beside {
        let rows: Vec<Option<IdxSize>> = rows.into_iter().collect();
        let index = rows.iter().copied().collect();
        Beside { rows, index }
    }
}

impl Beside {
    /// These rows of a column; missing where there is none.
    ///
    /// # Errors
    /// Where the column is shorter than the bucket.
    pub(super) fn of(&self, column: &Column) -> PolarsResult<Column> {
        column.take(&self.index)
    }

    /// These rows of a column of reasons, with another reason where there is none.
    ///
    /// # Errors
    /// Where the column is none of reasons.
    pub(super) fn reasons(&self, column: &Column, unseen: u8) -> PolarsResult<Column> {
        let known = column.u8()?.rechunk();
        let known = known.cont_slice()?;
        let at = |row: &Option<IdxSize>| row.and_then(|row| known.get(row as usize).copied());
        let reasons: Vec<u8> = self.rows.iter().map(|row| at(row).unwrap_or(unseen)).collect();
        Ok(Column::new(column.name().clone(), reasons))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Text;

    fn wave(id: &str, month: f64) -> Wave {
        Wave { id: id.to_owned(), label: Text::same(id), month, number: month as i64, window: None }
    }

    fn forms(ids: &[&str], waves: &[&str]) -> DataFrame {
        let columns =
            vec![Column::new("respondent".into(), ids.to_vec()), Column::new("wave".into(), waves.to_vec())];
        DataFrame::new(ids.len(), columns).unwrap()
    }

    #[test]
    fn forms_stand_beside_each_other_by_person() {
        let waves = [wave("t0", 0.0), wave("t6", 6.0)];
        let forms = forms(&["a", "a", "b", "c", "c", "d"], &["t0", "t6", "t6", "t0", "later", "t0"]);
        let persons = Persons::of(&forms, &waves).unwrap();
        let members = persons.seen_at("t0");
        assert_eq!((members.persons.as_slice(), members.rows.as_slice()), (&[0, 2, 3][..], &[0, 3, 5][..]));
        assert_eq!(persons.beside(&members.persons, "t6").rows, [Some(1), None, None]);
        assert_eq!(persons.forms_at(&["t6".to_owned()]).rows, [1, 2]);
        assert_eq!(persons.seen_without("t6", "t0"), 1);
        let values = Column::new("x".into(), [10.0, 11.0, 12.0, 13.0, 14.0, 15.0]);
        let beside = persons.beside(&members.persons, "t6").of(&values).unwrap();
        assert_eq!(beside.f64().unwrap().iter().collect::<Vec<_>>(), [Some(11.0), None, None]);
    }

    #[test]
    fn forms_out_of_order_are_no_bucket() {
        let waves = [wave("t0", 0.0)];
        assert!(Persons::of(&forms(&["b", "a"], &["t0", "t0"]), &waves).is_err());
    }
}
