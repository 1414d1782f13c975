//! The prose and the code of goal attainment in a notebook.

use std::fmt::Write;

use super::Goals;
use crate::change::attainment::{self, GOAL_LEVEL};
use crate::estimate::{Kind, Statistics};
use crate::notebook::{Prose, Remade, Stage, Writer, described, part};
use crate::plan::Cohort;
use crate::statistic::{ATTAINED_SHARE, GOAL_T_MEAN, WITH_GOAL};

/// The functions of the stage.
pub static STAGE: Stage = Stage {
    kind: Kind::Goals,
    statistics: || [attainment::STATISTICS, &[&GOAL_LEVEL]].concat(),
    title: "Goal attainment",
    about: "How far those who have a goal came with it, from −2 (much less than expected) over 0 (as expected) to 2. A person’s goals \
             are summed up as T = 50 + 10·Σwx/√((1 − ρ)Σw² + ρ(Σw)²).",
    parts: &[part!("goals", "", "")],
    also: &[],
};

impl Remade for Goals {
    fn stage(&self) -> &'static Stage {
        &STAGE
    }

    fn looked_at(&self) -> Statistics {
        const { &[&WITH_GOAL, &ATTAINED_SHARE, &GOAL_T_MEAN] }
    }

    fn prose<'q>(&'q self, _cohort: &Cohort, prose: &mut Prose<'q>) {
        let read: Vec<String> =
            self.levels.iter().map(|(code, level)| format!("{code} as {level}")).collect();
        let _ = writeln!(
            prose.text,
            "How far those who have a goal came with it; ρ is {}; intervals at level {}. The codes are read so: {}.\n",
            self.rho,
            self.level,
            read.join(", ")
        );
        for goal in &self.goals {
            let _ = writeln!(
                prose.text,
                "- `{}`: {}; weight {}.",
                goal.rating.name,
                described(&goal.rating.item),
                goal.weight
            );
            prose.columns.push(&goal.rating);
        }
        prose.text.push('\n');
    }

    fn code(&self, _cohort: &Cohort, writer: &Writer<'_>) -> String {
        let dialect = writer.dialect;
        let Goals { goals, levels, rho, level } = self;
        let names = dialect.texts(goals.iter().map(|goal| goal.rating.name.as_str()));
        let told: Vec<String> = levels.iter().map(|(_, level)| level.to_string()).collect();
        let weights: Vec<String> = goals.iter().map(|goal| goal.weight.to_string()).collect();
        let read = [
            dialect.argument(
                "codes",
                &dialect.numbers(&levels.iter().map(|(code, _)| *code).collect::<Vec<_>>()),
            ),
            dialect.argument("says", &dialect.list(&told)),
        ];
        let [ratings, goal] = ["ratings", "goal"].map(str::to_owned);
        let one = [&[ratings.clone(), goal.clone()], &read[..]].concat();
        let all = [
            ratings,
            dialect.argument("goals", &names),
            dialect.argument("weights", &dialect.list(&weights)),
            dialect.argument("rho", &rho.to_string()),
            dialect.argument("level", &level.to_string()),
        ];
        let all = [&all[..], &read[..]].concat();
        let nothing = dialect.text("");
        [
            dialect.assign("ratings", &writer.patterns("", false)),
            dialect.each(
                "goal",
                &names,
                &[writer.record(&nothing, "goal", &dialect.call("goal_levels", &one))],
            ),
            writer.record(&nothing, &nothing, &dialect.call("goal_scores", &all)) + "\n",
        ]
        .concat()
    }
}
