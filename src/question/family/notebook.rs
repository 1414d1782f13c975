//! The prose and the code of families of tests in a notebook.

use std::fmt::Write;

use super::Family;
use crate::change::adjust;
use crate::dictionary::ItemType;
use crate::estimate::{Kind, Statistics};
use crate::notebook::{Prose, Remade, Stage, Writer, names, part};
use crate::plan::Cohort;
use crate::statistic::{self, P_BH, P_HOLM, P_VALUE};

/// The functions of the stage.
pub static STAGE: Stage = Stage {
    kind: Kind::Family,
    statistics: || [adjust::TESTED, adjust::STATISTICS].concat(),
    title: "Families of tests",
    about: "The p-values of tests that were declared to belong together, adjusted for multiple tests. Holm keeps the chance of any false \
             finding at the level; Benjamini and Hochberg keep the expected share of false ones among the findings. Where a p-value \
             is confidential, the released adjustments take it as 1 and are marked `bounded`; they are not compared.",
    parts: &[part!("family", "", "")],
    also: &[],
};

impl Remade for Family {
    fn stage(&self) -> &'static Stage {
        &STAGE
    }

    fn looked_at(&self) -> Statistics {
        const { &[&P_VALUE, &P_HOLM, &P_BH] }
    }

    fn prose<'q>(&'q self, _cohort: &Cohort, prose: &mut Prose<'q>) {
        let _ = writeln!(
            prose.text,
            "The p-values of {} tests, one for each comparison of {}, adjusted for multiple tests. Intervals are not adjusted.\n",
            self.tests.len(),
            names(self.of.iter().map(String::as_str))
        );
    }

    fn code(&self, _cohort: &Cohort, writer: &Writer<'_>) -> String {
        let dialect = writer.dialect;
        let tests: Vec<String> = self
            .tests
            .iter()
            .map(|test| {
                let p_value = statistic::declared(test.before.item.kind == ItemType::Binary);
                dialect.texts([&test.analysis, &*test.group, &test.variable, p_value.name])
            })
            .collect();
        let recorded = dialect.call("record_family", &[dialect.text(writer.id), "tests".to_owned()]);
        dialect.assign("tests", &dialect.members(&tests, "")) + &recorded + "\n"
    }
}
