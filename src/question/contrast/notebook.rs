//! The prose and the code of contrasts in a notebook.

use std::fmt::Write;

use super::{Contrast, sources};
use crate::change::contrast;
use crate::estimate::{Kind, Statistics};
use crate::notebook::{Prose, Remade, Stage, Writer, names, part};
use crate::plan::Cohort;
use crate::statistic::{DIFFERENCE, DIFFERENCE_HIGH, DIFFERENCE_LOW};

/// The functions of the stage.
pub static STAGE: Stage = Stage {
    kind: Kind::new("contrast"),
    statistics: || contrast::STATISTICS.to_vec(),
    title: "Contrasts",
    about: "The change of one group less that of another. The groups share no person, so the interval follows from those of the two \
            changes (MOVER: Zou and Donner 2008). It is not adjusted for how many pairs of groups there are.",
    parts: &[part!("contrast", "", "", "difference", "superiority_difference")],
    also: &[],
};

impl Remade for Contrast {
    fn stage(&self) -> &'static Stage {
        &STAGE
    }

    fn looked_at(&self) -> Statistics {
        const { &[&DIFFERENCE, &DIFFERENCE_LOW, &DIFFERENCE_HIGH] }
    }

    fn prose<'q>(&'q self, _cohort: &Cohort, prose: &mut Prose<'q>) {
        let _ = writeln!(
            prose.text,
            "Each pair of groups in {}: the change of the first less that of the second.\n",
            names(self.of.iter().map(String::as_str))
        );
    }

    fn code(&self, _cohort: &Cohort, writer: &Writer<'_>) -> String {
        let dialect = writer.dialect;
        let [of] = &self.of;
        let pairs = self.pairs();
        let pairs: Vec<String> = pairs
            .iter()
            .map(|pair| dialect.texts([&*pair.term, &*pair.groups[0], &*pair.groups[1]]))
            .collect();
        let mut code = dialect.assign("pairs", &dialect.members(&pairs, ""));
        for comparison in &self.comparisons {
            for (made, from) in sources(comparison) {
                let arguments = [
                    dialect.text(writer.id),
                    dialect.text(of),
                    dialect.text(&comparison.variable),
                    "pairs".to_owned(),
                    dialect.texts(made.map(|statistic| statistic.name)),
                    dialect.texts(from.map(|statistic| statistic.name)),
                ];
                code += &dialect.call("record_contrasts", &arguments);
                code.push('\n');
            }
        }
        code
    }
}
