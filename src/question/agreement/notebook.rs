//! The prose and the code of agreement in a notebook.

use std::fmt::Write;

use super::Agreement;
use crate::change::agreement;
use crate::dictionary::Better;
use crate::estimate::{Kind, Statistics};
use crate::notebook::{Prose, Remade, Stage, Writer, described, part};
use crate::plan::Cohort;
use crate::statistic::{AGREED_SHARE, KAPPA, KAPPA_LINEAR, KAPPA_QUADRATIC, N_RATED};

/// The functions of the stage.
pub static STAGE: Stage = Stage {
    kind: Kind::Agreement,
    statistics: || [agreement::COUNTS, agreement::STATISTICS, agreement::AROUND].concat(),
    title: "Agreement of rated with differenced change",
    about: "What was said to have changed, against what the answers at two waves differ by: both at the levels worse (−1), \
             unchanged (0) and better (1), and only where there are both. Kappa is agreement beyond what the two margins give by \
             chance; weighted kappa counts a near miss as part agreement.",
    parts: &[part!("agreement", "", "", "kappa")],
    also: &[],
};

impl Remade for Agreement {
    fn stage(&self) -> &'static Stage {
        &STAGE
    }

    fn looked_at(&self) -> Statistics {
        const { &[&N_RATED, &AGREED_SHARE, &KAPPA, &KAPPA_LINEAR, &KAPPA_QUADRATIC] }
    }

    fn prose<'q>(&'q self, _cohort: &Cohort, prose: &mut Prose<'q>) {
        let Agreement { comparison, rated, levels, level } = self;
        let better = match comparison.before.item.better {
            Some(Better::Lower) => "lower",
            Some(Better::Higher) | None => "higher",
        };
        let _ = writeln!(
            prose.text,
            "Whether change as it was rated agrees with change as the answers differ; intervals at level {level}.\n\n\
             - Answers, `{}`: {}; {better} is better.\n- Rating, `{}`: {}.\n",
            comparison.variable,
            described(&comparison.before.item),
            rated.name,
            described(&rated.item)
        );
        let says = |wanted: i8| {
            let codes = levels.iter().filter(|(_, level)| *level == wanted).map(|(code, _)| code.to_string());
            match codes.collect::<Vec<_>>().join(", ") {
                none if none.is_empty() => "none".to_owned(),
                codes => codes,
            }
        };
        let _ = writeln!(
            prose.text,
            "Codes of the rating that say better: {}; unchanged: {}; worse: {}.\n",
            says(1),
            says(0),
            says(-1)
        );
        prose.columns.extend([&comparison.before, rated]);
    }

    fn code(&self, _cohort: &Cohort, writer: &Writer<'_>) -> String {
        let dialect = writer.dialect;
        let Agreement { comparison, rated, levels, level } = self;
        let told: Vec<String> = levels.iter().map(|(_, level)| level.to_string()).collect();
        let better = match comparison.before.item.better {
            Some(Better::Lower) => "lower",
            Some(Better::Higher) | None => "higher",
        };
        let arguments = [
            writer.patterns("", false),
            dialect.text(&comparison.before.name),
            dialect.text(&comparison.after.name),
            dialect.argument("better", &dialect.text(better)),
            dialect.argument("rated", &dialect.text(&rated.name)),
            dialect.argument(
                "codes",
                &dialect.numbers(&levels.iter().map(|(code, _)| *code).collect::<Vec<_>>()),
            ),
            dialect.argument("says", &dialect.list(&told)),
            dialect.argument("level", &level.to_string()),
        ];
        let values = dialect.call("agreement", &arguments);
        writer.record(&dialect.text(""), &dialect.text(&comparison.variable), &values) + "\n"
    }
}
