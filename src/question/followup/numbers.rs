//! Who was eligible, seen, lost or elsewhere at each wave.

use super::Followup;
use crate::cohort;
use crate::describe;
use crate::estimate::Estimate;
use crate::plan::Cohort;
use crate::question::answer::{Ground, OfPatterns, Unanswered};
use crate::question::patterns::{PatternTable, Sheet, value};

impl OfPatterns for Followup {
    fn margins(&self, _id: &str, cohort: &Cohort) -> Vec<Vec<String>> {
        vec![cohort::status_columns(cohort)]
    }

    fn numbers(&self, ground: &Ground<'_>) -> Result<Vec<Estimate>, Unanswered> {
        let patterns = ground.tallied.of(&cohort::status_columns(ground.cohort));
        Ok(describe::followup(ground.id, ground.cohort, ground.waves, patterns))
    }

    fn tables(&self, ground: &Ground<'_>) -> Result<Vec<PatternTable>, Unanswered> {
        let columns = cohort::status_columns(ground.cohort);
        let patterns = ground.tallied.of(&columns);
        let mut sheet = Sheet::new(columns.iter().map(|name| name.trim_matches(['(', ')']).to_owned()));
        for row in 0..patterns.len() {
            let cells = patterns.columns.iter().map(|column| value(column, row)).collect();
            sheet.push(cells, patterns.frequency[row]);
        }
        Ok(vec![sheet.table(ground.id, "")?])
    }
}
