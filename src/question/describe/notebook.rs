//! The prose and the code of descriptions in a notebook.

use super::Describe;
use crate::describe;
use crate::estimate::{Kind, Statistics};
use crate::notebook::{Prose, Remade, Stage, Writer, codes, event, part, score_items};
use crate::plan::Cohort;
use crate::statistic::{COUNT, MEAN, MEDIAN, SD, SHARE, VALID};

/// The functions of the stage.
pub static STAGE: Stage = Stage {
    kind: Kind::Describe,
    statistics: || [describe::STATISTICS, describe::ALPHA_STATISTICS].concat(),
    title: "Description",
    about: "Counts, shares and moments of the answers at one wave.",
    parts: &[part!("describe", "", "")],
    also: &[],
};

impl Remade for Describe {
    fn stage(&self) -> &'static Stage {
        &STAGE
    }

    fn looked_at(&self) -> Statistics {
        const { &[&VALID, &COUNT, &SHARE, &MEAN, &SD, &MEDIAN] }
    }

    fn prose<'q>(&'q self, _cohort: &Cohort, prose: &mut Prose<'q>) {
        prose.text += "How the answers are distributed";
        prose.text += if self.overlap { ", and how many have each two of them.\n\n" } else { ".\n\n" };
        prose.list("Variables", &self.variables);
        prose.list("Groups", &self.by);
    }

    fn code(&self, _cohort: &Cohort, writer: &Writer<'_>) -> String {
        let dialect = writer.dialect;
        let mut lines = Vec::new();
        for variable in &self.variables {
            let name = dialect.text(&variable.name);
            let mut arguments = vec![writer.patterns(&variable.name, true), name.clone()];
            let function = match variable.item.is_coded() {
                true => {
                    arguments.push(dialect.argument("codes", &dialect.numbers(&codes(&variable.item))));
                    "describe_codes"
                }
                false => "describe_number",
            };
            lines.push(writer.record("group", &name, &dialect.call(function, &arguments)));
            for one in self.combined.iter().filter(|one| one.variable == variable.name) {
                let arguments = [
                    writer.patterns(&variable.name, true),
                    name.clone(),
                    dialect.argument("together", &dialect.numbers(&one.codes)),
                    dialect.argument("each", dialect.truth(one.each)),
                ];
                lines.push(writer.record("group", &name, &dialect.call("combined", &arguments)));
            }
        }
        for score in &self.scores {
            let names = score.columns();
            let reversed = names.iter().zip(&score.reversed).filter(|(_, turned)| **turned);
            let arguments = [
                writer.patterns(&score_items(&score.variable), true),
                dialect.texts(names.iter().map(String::as_str)),
                dialect.argument("reverse", &dialect.texts(reversed.map(|(name, _)| name.as_str()))),
            ];
            let values = dialect.call("cronbach_alpha", &arguments);
            lines.push(writer.record("group", &dialect.text(&score.variable), &values));
        }
        if self.overlap {
            for (place, first) in self.variables.iter().enumerate() {
                for second in &self.variables[place + 1..] {
                    let name = dialect.text(&first.name);
                    let events = dialect.numbers(&[event(&first.item), event(&second.item)]);
                    let arguments = [
                        writer.patterns(&format!("{}+{}", first.name, second.name), true),
                        name.clone(),
                        dialect.text(&second.name),
                        dialect.argument("events", &events),
                    ];
                    lines.push(writer.record("group", &name, &dialect.call("both", &arguments)));
                }
            }
        }
        writer.groups(&self.by) + &dialect.each("group", "groups", &lines)
    }
}
