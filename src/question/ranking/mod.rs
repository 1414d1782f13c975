//! How far the largest of several numbers is above the smallest: what the sentences above tables rank.
//!
//! No question of a pipeline, but numbers with a name of their own, which are worked out of what may be seen when all analyses are
//! answered. Notebooks make them again after all analyses.

use std::fmt::Write;

use super::Plan;
use crate::change::range;
use crate::estimate::Kind;
use crate::notebook::{Dialect, Section, Stage, part};
use crate::report;

/// Their functions.
pub static STAGE: Stage = Stage {
    kind: Kind::new("ranking"),
    statistics: || range::STATISTICS.to_vec(),
    title: "Largest and smallest",
    about: "The largest of several numbers less the smallest, with an interval that allows for their being picked out: of each of the \
            two Wilson’s interval for a share and Student’s for a mean, at Bonferroni’s level for all pairs of the numbers, and of \
            their difference the interval that follows from both (MOVER: Zou and Donner 2008).",
    parts: &[part!("ranking", "", "")],
    also: &[],
};

/// What the ranges of a table are filed under, in the place of an analysis.
pub fn id(table: &str) -> String {
    format!("{}.{table}", STAGE.kind.as_str())
}

/// The section of a notebook that makes them again.
pub fn section(plan: &Plan, dialect: Dialect) -> Section {
    let mut prose = String::from(
        "The text of these tables names the largest and the smallest of several numbers where chance alone would not have put them so \
         far apart. A set of numbers is found by the keys of its range. `group` holds the names of the variables whose groups are \
         compared, `variable` the variable; where they are empty, all variables of the table’s analyses are compared, of everyone. \
         `term` holds the statistic and its term: `share=5` is the share of code 5, `share=second` that of each variable’s second \
         code, `flow_share=a>a` the share who stayed, for each code.\n\n",
    );
    let mut code = String::new();
    for table in plan.tables.iter().filter(|table| report::ranks(table.layout.name)) {
        // Writing to a string cannot fail.
        let _ = writeln!(prose, "- `{}`: table {}.", id(&table.id), table.number);
        let ranking = dialect.text(&id(&table.id));
        let of = dialect.texts(table.from.iter().map(String::as_str));
        let _ = writeln!(code, "{}", dialect.call("record_rankings", &[ranking.clone(), of]));
        let _ = writeln!(code, "{}", dialect.call("compare", &[ranking]));
    }
    Section { stage: &STAGE, prose, code: code.trim_end().to_owned() }
}
