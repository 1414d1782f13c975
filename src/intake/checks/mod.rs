//! Checks: the rules that a file of answers must follow, one file each. A check holds its description and its rule.
//!
//! To add a check, add a file here and a line in [`CHECKS`].

use super::answer::Answer;
use super::header::Header;
use super::people::{Clash, People};
use crate::dictionary::Item;
use crate::plan::{Action, Format, OnFinding, Source};
use crate::read::Cell;
use crate::registry::registry;

registry! {
    /// Every check, in the order in which they look. Rules of a kind run in this order.
    CHECKS: Check = CHECK in
        mojibake,
        column_absent,
        column_twice,
        file_labels,
        no_rows,
        second_heading,
        ragged_row,
        stray_quote,
        respondent_missing,
        left_out_id,
        trial_id,
        totals_row,
        sums_row,
        unknown_wave,
        r#type,
        unlisted_code,
        range,
        undeclared_missing,
        required,
        thousands,
        blank_form,
        unread,
        between_waves,
        replaced_row,
        nothing_corrected,
        empty_in_correction,
        emptied_answer,
        identical_row,
        superseded_row,
        duplicate_respondent,
        constant_changes,
        date_order,
        outside_window,
        carried_along,
        sparse_forms,
        other_people,
        unlinked,
        alike_ids,
        twin_ids,
}

pub(crate) use totals_row::is_word_for_total;

pub(super) const BLANK_FORM: &Check = &blank_form::CHECK;
pub(super) const SECOND_HEADING: &Check = &second_heading::CHECK;
pub(super) const SUMS_ROW: &Check = &sums_row::CHECK;
pub(super) const UNKNOWN_WAVE: &Check = &unknown_wave::CHECK;
pub(super) const RESPONDENT_MISSING: &Check = &respondent_missing::CHECK;
pub(super) const FILE_LABELS: &Check = &file_labels::CHECK;
pub(super) const OTHER_PEOPLE: &Check = &other_people::CHECK;
pub(super) const SPARSE_FORMS: &Check = &sparse_forms::CHECK;
pub(super) const THOUSANDS: &Check = &thousands::CHECK;
pub(super) const UNREAD: &Check = &unread::CHECK;
pub(super) const BETWEEN_WAVES: &Check = &between_waves::CHECK;
pub(super) const REPLACED_ROW: &Check = &replaced_row::CHECK;
pub(super) const NOTHING_CORRECTED: &Check = &nothing_corrected::CHECK;
pub(super) const IDENTICAL_ROW: &Check = &identical_row::CHECK;
pub(super) const SUPERSEDED_ROW: &Check = &superseded_row::CHECK;
pub(super) const DUPLICATE: &Check = &duplicate_respondent::CHECK;
pub(super) const CARRIED_ALONG: &Check = &carried_along::CHECK;
pub(super) const UNLINKED: &Check = &unlinked::CHECK;
pub(super) const TRIAL_ID: &Check = &trial_id::CHECK;
pub(super) const EMPTY_IN_CORRECTION: &Check = &empty_in_correction::CHECK;
pub(super) const EMPTIED_ANSWER: &Check = &emptied_answer::CHECK;
pub(super) const TWIN_IDS: &Check = &twin_ids::CHECK;
pub(super) const ALIKE_IDS: &Check = &alike_ids::CHECK;

pub(super) use mojibake::repaired;

/// The check of that id.
pub fn check(id: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.id == id)
}

/// Something that data must fulfil, what to do where they do not, and how to find out.
#[derive(Debug)]
pub struct Check {
    /// The name in pipelines (`[intake]`), findings and `rejected.csv`.
    pub id: &'static str,
    /// What it finds, in one sentence.
    pub about: &'static str,
    /// What follows if the pipeline says nothing.
    pub default_action: Action,
    /// What a pipeline may ask for instead.
    pub allowed_actions: &'static [Action],
    pub(crate) rules: &'static [Rule],
}

impl Check {
    /// What follows a finding. An action that this check does not allow, which resolving a pipeline reports as a
    /// mistake, is not followed.
    pub fn action(&self, on_finding: &OnFinding) -> Action {
        let declared = on_finding.actions.iter().find(|(id, _)| id == self.id);
        declared
            .map(|(_, action)| *action)
            .filter(|action| self.allowed_actions.contains(action))
            .unwrap_or(self.default_action)
    }
}

/// Where a rule looks. Each returns what was found and what was expected, in words without any respondent's value.
#[derive(Debug)]
pub(crate) enum Rule {
    /// At the heading, before any row.
    Header(fn(&Header) -> Vec<HeaderBreach>),
    /// At one record as a whole. After the first breach the record is looked at no further.
    Row(fn(&Row) -> Option<String>),
    /// At one item's field of a record that passed the row rules.
    Field(fn(&Field) -> Option<String>),
    /// At the file when all is read: the number of its rows.
    File(fn(u64) -> Option<String>),
    /// At the rows of all files of an instrument together, respondent by respondent.
    People(fn(&People) -> Vec<Clash>),
}

/// What is wrong with a heading.
pub(crate) struct HeaderBreach {
    pub(crate) item: Option<String>,
    pub(crate) message: String,
    /// What follows whatever the pipeline declares: [`Action::Stop`] where no row can be taken in without the column.
    pub(crate) action: Option<Action>,
}

/// One record.
pub(crate) struct Row<'a> {
    /// The line or row of the file on which it starts.
    pub(crate) row: u64,
    /// The one on which it ends.
    pub(crate) last_row: u64,
    /// The number of its fields, where that can differ from the heading's columns.
    pub(crate) fields: Option<usize>,
    /// Whether a quoted field goes on after its closing mark.
    pub(crate) stray_quote: bool,
    /// The number of columns in the heading.
    pub(crate) columns: usize,
    pub(crate) respondent: &'a str,
    /// Whether the row belongs to a wave of the evaluation, or its time will tell.
    pub(crate) wave: bool,
    pub(crate) source: &'a Source,
}

/// One item's cell in a record.
pub(crate) struct Field<'a> {
    pub(crate) item: &'a Item,
    pub(crate) cell: Cell<'a>,
    pub(crate) answer: &'a Answer<'a>,
    pub(crate) format: &'a Format,
}
