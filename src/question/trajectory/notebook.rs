//! The prose and the code of trajectories in a notebook.

use std::fmt::Write;

use super::{Course, Trajectory};
use crate::change::trajectory;
use crate::describe;
use crate::dictionary::ItemType;
use crate::estimate::{Kind, Statistics, Variable};
use crate::notebook::{Prose, Remade, Stage, Writer, codes, described, names, part};
use crate::plan::{Cohort, Column};
use crate::question;
use crate::statistic::{SHARE, VALID, WAVE_MEAN, WAVE_MEAN_HIGH, WAVE_MEAN_LOW, WAVE_SHARE};

/// The functions of the stage.
pub static STAGE: Stage = Stage {
    kind: Kind::Trajectory,
    statistics: || [describe::COUNTED, &[&SHARE], trajectory::STATISTICS, trajectory::COUNTED].concat(),
    title: "Trajectories",
    about: "The mean or the share at each wave of all who answered there. The waves have different persons, so a line between them is \
             not change in persons, unless only those with an answer at all of the waves are let in. The flow is from each wave to the \
             next, of those with an answer at both.",
    parts: &[part!("trajectory", "", "")],
    also: &[],
};

impl Remade for Trajectory {
    fn stage(&self) -> &'static Stage {
        &STAGE
    }

    /// A wave of a trajectory is described, and its flow is the table of a change.
    fn stages(&self) -> Vec<&'static Stage> {
        let flow = self.flow.then_some(&question::change::STAGE);
        [Some(&question::describe::STAGE), flow, Some(&STAGE)].into_iter().flatten().collect()
    }

    fn looked_at(&self) -> Statistics {
        const { &[&VALID, &WAVE_MEAN, &WAVE_MEAN_LOW, &WAVE_MEAN_HIGH, &WAVE_SHARE] }
    }

    fn prose<'q>(&'q self, _cohort: &Cohort, prose: &mut Prose<'q>) {
        let who = match self.complete {
            true => "of those with an answer at all of the waves",
            false => "of all who answered at the wave",
        };
        let _ = writeln!(
            prose.text,
            "Where everybody stands at each wave, {who}; intervals at level {}.\n",
            self.level
        );
        for course in &self.courses {
            let waves = course.at.iter().filter_map(|column| column.wave.as_deref());
            let item = course.at.first().map_or(String::new(), |column| described(&column.item));
            let _ = writeln!(prose.text, "- `{}` at {}: {item}.", course.variable, names(waves));
            prose.columns.extend(course.at.first());
        }
        prose.text.push('\n');
        prose.list("Groups", &self.by);
    }

    fn code(&self, _cohort: &Cohort, writer: &Writer<'_>) -> String {
        let dialect = writer.dialect;
        let mut lines = Vec::new();
        let mut steps = String::new();
        for course in &self.courses {
            let waves = || dialect.texts(course.at.iter().map(|column| column.name.as_str()));
            // Only those with an answer at all of the waves, where they are to be the same persons.
            let let_in = |answers: &str| match self.complete {
                true => dialect.call("with_all", &[answers.to_owned(), waves()]),
                false => answers.to_owned(),
            };
            for column in &course.at {
                let name = dialect.text(&column.name);
                lines.push(dialect.assign("answers", &writer.patterns(&column.name, true)));
                let function = match column.item.kind {
                    ItemType::Binary => "share_at_wave",
                    _ => "mean_at_wave",
                };
                let arguments = [
                    let_in("answers"),
                    name.clone(),
                    dialect.argument("level", &self.level.to_string()),
                    dialect.argument("codes", &dialect.numbers(&codes(&column.item))),
                ];
                lines.push(writer.record("group", &name, &dialect.call(function, &arguments)));
                if self.complete {
                    let counted = dialect.call("left_out", &["answers".to_owned(), waves()]);
                    lines.push(writer.record("group", &name, &counted));
                }
            }
            if self.flow {
                steps += &flow(writer, course, &let_in);
            }
        }
        writer.groups(&self.by) + &dialect.each("group", "groups", &lines) + &steps
    }
}

/// From each wave to the next, of everyone; nothing for a number.
fn flow(writer: &Writer<'_>, course: &Course, let_in: &dyn Fn(&str) -> String) -> String {
    let dialect = writer.dialect;
    let coded = course.at.iter().all(|column| column.item.is_coded());
    let step = |pair: &[Column]| {
        let to = pair[1].wave.as_deref().unwrap_or_default();
        let variable = Variable::from(&pair[0].name).to_wave(to);
        let table = writer.patterns(&variable, false);
        let arguments = [let_in(&table), dialect.text(&pair[0].name), dialect.text(&pair[1].name)];
        let levels = dialect.argument("levels", &dialect.numbers(&codes(&pair[0].item)));
        let values = dialect.call("flow", &["pairs".to_owned(), levels]);
        dialect.assign("pairs", &dialect.call("complete_pairs", &arguments))
            + &writer.record(&dialect.text(""), &dialect.text(&variable), &values)
            + "\n"
    };
    course.at.windows(2).filter(|_| coded).map(step).collect()
}
