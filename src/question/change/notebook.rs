//! The prose and the code of change in a notebook.

use std::fmt::Write;

use super::Change;
use crate::change;
use crate::convention::Convention;
use crate::dictionary::{Better, ItemType};
use crate::estimate::{Kind, Statistics};
use crate::notebook::{Prose, Remade, Stage, WEIGHTED, Writer, codes, described, event, part, pattern_table};
use crate::plan::{Cohort, Comparison};
use crate::question::attrition::{self, said_of_weights, weights_of};
use crate::question::model;
use crate::statistic::{D_AV, MCNEMAR_P, MEAN_CHANGE, N_PAIRS, RISK_DIFFERENCE, T_P, WILCOXON_P};

/// The functions of the stage.
pub static STAGE: Stage = Stage {
    kind: Kind::Change,
    statistics: || {
        let of_pairs = change::PROCEDURES.iter().flat_map(|procedure| procedure.statistics);
        of_pairs.chain(change::weighted::STATISTICS).copied().collect()
    },
    title: "Paired change",
    about: "Each person is compared with himself or herself: only those with an answer at both waves count. In a pattern table \
             that is a row with its frequency; functions that take persons get each row as often as its frequency says.",
    parts: &[
        part!(
            "change_counts",
            "Pairs",
            "Whose answers can be compared, and how many of them changed which way."
        ),
        part!(
            "change_binary",
            "Answers with two codes",
            "Only those who changed tell of change: n01 went to the answer, n10 from it. The tests ask whether as many went one way as \
         the other; the intervals are of the difference between the shares after and before."
        ),
        part!(
            "change_levels",
            "Answers with ordered codes",
            "The table of before against after, and whether its margins, or its two sides, are alike.",
            "bowker",
            "bhapkar",
            "stuart_maxwell"
        ),
        part!(
            "change_scores",
            "Scores",
            "Answers taken as numbers: means and their change, ranks where means say little, and the change that is larger than what a \
         measure errs by."
        ),
        part!("use_classes", "Classes of use", "Days of use, read by the thresholds that were declared."),
        part!("change", "All of it", "What is computed of which kind of answer."),
    ],
    also: &[],
};

impl Remade for Change {
    fn stage(&self) -> &'static Stage {
        &STAGE
    }

    fn stages(&self) -> Vec<&'static Stage> {
        match self.weights {
            Some(_) => vec![&model::STAGE, &attrition::STAGE, &STAGE],
            None => vec![&STAGE],
        }
    }

    fn looked_at(&self) -> Statistics {
        const { &[&N_PAIRS, &RISK_DIFFERENCE, &MCNEMAR_P, &MEAN_CHANGE, &T_P, &WILCOXON_P, &D_AV] }
    }

    fn prose<'q>(&'q self, _cohort: &Cohort, prose: &mut Prose<'q>) {
        let _ = writeln!(
            prose.text,
            "Change between two waves; intervals at level {}; where programs differ, tests are those of {}.\n",
            self.level,
            self.convention.title()
        );
        for comparison in &self.comparisons {
            let better = match comparison.before.item.better {
                Some(Better::Higher) => "higher is better",
                Some(Better::Lower) => "lower is better",
                None => "no direction is better",
            };
            let item = &comparison.before.item;
            let reliability = item
                .reliability
                .as_ref()
                .map_or(String::new(), |known| format!("; reliability {} ({})", known.r, known.source));
            let thresholds = item.use_thresholds.as_ref().map_or(String::new(), |known| {
                format!(
                    "; {} days fewer of {} are an improvement, {} days more a deterioration ({})",
                    known.improved, known.window, known.deteriorated, known.source
                )
            });
            let _ = writeln!(
                prose.text,
                "- `{}`: {}; {better}{reliability}{thresholds}.",
                comparison.variable,
                described(item)
            );
            prose.columns.push(&comparison.before);
        }
        prose.text.push('\n');
        prose.list("Groups", &self.by);
        said_of_weights(prose, self.weights.as_ref());
    }

    fn code(&self, _cohort: &Cohort, writer: &Writer<'_>) -> String {
        let each = |comparison: &Comparison| {
            let pairs = pairs(writer, comparison);
            let of_convention = |convention: Convention| change_of(writer, comparison, self, convention);
            let values = of_convention(self.convention);
            let variable = writer.dialect.text(&comparison.variable);
            let record = writer.record("group", &variable, &values);
            let weighted = weighted_change(writer, comparison, self);
            let mut code = writer.dialect.each("group", "groups", &[pairs.clone(), record, weighted]);
            if self.compare {
                let nothing = writer.dialect.text("");
                code += &writer.dialect.assign("group", &nothing);
                code += &pairs;
                for program in Convention::ALL {
                    let arguments = [of_convention(program), writer.dialect.text(program.as_str())];
                    let values = writer.dialect.call("of_program", &arguments);
                    code += &(writer.record("group", &variable, &values) + "\n");
                }
                code += &(writer.record("group", &variable, &writer.apart("group", &variable)) + "\n");
            }
            code
        };
        writer.groups(&self.by) + &self.comparisons.iter().map(each).collect::<String>()
    }
}

/// The weighted change of a comparison, where it has weights.
fn weighted_change(writer: &Writer<'_>, comparison: &Comparison, change: &Change) -> String {
    let dialect = writer.dialect;
    let Some(weights) = change.weights_of(comparison) else { return String::new() };
    let mut arguments = vec![
        writer.patterns(&format!("{}.{WEIGHTED}", comparison.variable), true),
        dialect.text(&comparison.before.name),
        dialect.text(&comparison.after.name),
        weights_of(&weights.analysis),
        dialect.argument("level", &change.level.to_string()),
    ];
    if comparison.before.item.kind == ItemType::Binary {
        arguments.push(dialect.argument("event", &event(&comparison.before.item).to_string()));
    }
    let values = dialect.call("weighted_change", &arguments);
    writer.record("group", &dialect.text(&comparison.variable), &values)
}

fn pairs(writer: &Writer<'_>, comparison: &Comparison) -> String {
    writer.dialect.assign("pairs", &complete(writer, comparison, "group".to_owned()))
}

/// The pairs of a group, `""` for everyone.
fn complete(writer: &Writer<'_>, comparison: &Comparison, group: String) -> String {
    let dialect = writer.dialect;
    let table = [dialect.text(&pattern_table(writer.id, &comparison.variable)), group];
    let arguments = [
        dialect.call("patterns", &table),
        dialect.text(&comparison.before.name),
        dialect.text(&comparison.after.name),
    ];
    dialect.call("complete_pairs", &arguments)
}

fn change_of(
    writer: &Writer<'_>,
    comparison: &Comparison,
    change: &Change,
    convention: Convention,
) -> String {
    let (dialect, item) = (writer.dialect, &comparison.before.item);
    let levels = || dialect.argument("levels", &dialect.numbers(&codes(item)));
    let mut arguments = vec!["pairs".to_owned()];
    let function = match item.kind {
        ItemType::Binary => {
            arguments.push(levels());
            "change_of_binary"
        }
        ItemType::Ordinal => {
            arguments.push(levels());
            "change_of_levels"
        }
        _ => "change_of_scores",
    };
    let better = match item.better {
        Some(Better::Higher) => "higher",
        Some(Better::Lower) => "lower",
        None => "none",
    };
    arguments.push(dialect.argument("better", &dialect.text(better)));
    arguments.push(dialect.argument("level", &change.level.to_string()));
    arguments.push(dialect.argument("convention", &dialect.text(convention.as_str())));
    if let (Some(known), false) = (&item.reliability, item.kind == ItemType::Binary) {
        let mut parts = vec![dialect.argument("r", &known.r.to_string())];
        let sd = match known.sd {
            Some(sd) => sd.to_string(),
            None => dialect.call("sd_before", &[complete(writer, comparison, dialect.text(""))]),
        };
        parts.push(dialect.argument("sd", &sd));
        parts.extend(known.cut_off.map(|cut_off| dialect.argument("cut_off", &cut_off.to_string())));
        arguments.push(dialect.argument("reliability", &dialect.call("reliability", &parts)));
    }
    if let (Some(known), "change_of_scores") = (&item.use_thresholds, function) {
        let parts =
            [("window", known.window), ("improved", known.improved), ("deteriorated", known.deteriorated)]
                .map(|(name, days)| dialect.argument(name, &days.to_string()));
        arguments.push(dialect.argument("use", &dialect.call("use_thresholds", &parts)));
    }
    dialect.call(function, &arguments)
}
