//! The prose and the code of attrition in a notebook.

use std::fmt::Write;

use super::{Attrition, Weights};
use crate::attrition;
use crate::change;
use crate::estimate::{Kind, Statistics};
use crate::model::weighted;
use crate::notebook::{FOLLOWED, Prose, Remade, Stage, Writer, codes, described, part};
use crate::plan::Cohort;
use crate::question::model::{self, of_fit};
use crate::statistic::{ODDS_RATIO, ODDS_RATIO_HIGH, ODDS_RATIO_LOW, P_VALUE, SMD};

/// The functions of the stage.
pub static STAGE: Stage = Stage {
    kind: Kind::Attrition,
    statistics: || {
        let own = [attrition::STATISTICS, attrition::balance::STATISTICS, attrition::WEIGHT_STATISTICS];
        let of_fit = of_fit(&attrition::ATTRITION_N_MISSING);
        own.into_iter().flatten().copied().chain(of_fit).collect()
    },
    title: "Attrition",
    about: "Those followed up and those lost, of all who were due: compared term by term, and by a logistic regression of being \
             followed up. The inverse of its probabilities are weights by which those followed up stand for all who were due; \
             what is weighted takes them as known.",
    parts: &[part!("attrition", "", "", "weighted_", "n_", "missing_", "mean_", "sd_", "count_", "share_")],
    // What is weighted for loss is made by its functions as well.
    also: &[change::weighted::STATISTICS, weighted::STATISTICS],
};

impl Remade for Attrition {
    fn stage(&self) -> &'static Stage {
        &STAGE
    }

    /// A response model is a logistic regression.
    fn stages(&self) -> Vec<&'static Stage> {
        vec![&model::STAGE, &STAGE]
    }

    fn looked_at(&self) -> Statistics {
        const { &[&ODDS_RATIO, &ODDS_RATIO_LOW, &ODDS_RATIO_HIGH, &P_VALUE, &SMD] }
    }

    fn prose<'q>(&'q self, _cohort: &Cohort, prose: &mut Prose<'q>) {
        let [low, high] = self.truncate;
        let _ = writeln!(
            prose.text,
            "Who of those due at {} was followed up and who was lost; intervals at level {}. Weights are cut off at their quantiles {low} \
             and {high}.\n",
            self.wave, self.level
        );
        for term in &self.terms {
            let reference = term.reference.map_or(String::new(), |code| format!("; reference {code}"));
            let _ = writeln!(
                prose.text,
                "- `{}`: {}{reference}.",
                term.column.name,
                described(&term.column.item)
            );
            prose.columns.push(&term.column);
        }
        prose.text.push('\n');
    }

    fn code(&self, _cohort: &Cohort, writer: &Writer<'_>) -> String {
        let dialect = writer.dialect;
        let terms: Vec<String> = self.terms.iter().map(|term| writer.term(term)).collect();
        let [nothing, wave] = ["", &self.wave].map(|text| dialect.text(text));
        let members = || "members".to_owned();
        let mut code = dialect.assign("members", &writer.patterns("", false));
        code += &(writer.record(&nothing, &wave, &dialect.call("followed_and_lost", &[members()])) + "\n");
        for term in &self.terms {
            let name = dialect.text(&term.column.name);
            let values = match term.column.item.is_coded() {
                true => {
                    let codes = dialect.argument("codes", &dialect.numbers(&codes(&term.column.item)));
                    dialect.call("balance_of_codes", &[members(), name.clone(), codes])
                }
                false => dialect.call("balance_of_number", &[members(), name.clone()]),
            };
            code += &(writer.record(&nothing, &name, &values) + "\n");
        }
        let fit = dialect.call(
            "logistic",
            &[
                members(),
                dialect.argument("outcome", &dialect.text(FOLLOWED)),
                dialect.argument("event", "1"),
                dialect.argument("terms", &dialect.members(&terms, "")),
                dialect.argument("clustered", dialect.truth(false)),
                dialect.argument("level", &self.level.to_string()),
            ],
        );
        let truncate = dialect.list(&self.truncate.map(|p| p.to_string()));
        let weights =
            dialect.call("loss_weights", &["model".to_owned(), dialect.argument("truncate", &truncate)]);
        let name = weights_of(writer.id);
        code += &dialect.assign("model", &fit);
        code += &(writer.record(&nothing, &wave, &dialect.call("regression", &["model".to_owned()])) + "\n");
        code += &dialect.assign(&name, &weights);
        code += &(writer.record(&nothing, &wave, &dialect.call("about_weights", &[name])) + "\n");
        code + "show(model)\n"
    }
}

/// What is also weighted, and by which weights.
pub fn said_of_weights(prose: &mut Prose<'_>, weights: Option<&Weights>) {
    if let Some(Weights { analysis, attrition }) = weights {
        let _ = writeln!(
            prose.text,
            "At {} also weighted for loss, with the weights of `{analysis}`.\n",
            attrition.wave
        );
    }
}

/// The name that the weights of an attrition have in the notebook.
pub fn weights_of(analysis: &str) -> String {
    analysis.replacen("attrition.", "weights_", 1)
}
