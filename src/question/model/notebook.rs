//! The prose and the code of regressions in a notebook.

use std::fmt::Write;

use super::Model;
use crate::convention::Convention;
use crate::estimate::{Kind, Statistic, Statistics};
use crate::model::{LEVEL_CASES, LEVEL_EVENTS, N_MISSING, PREDICTION_STATISTICS, PROCEDURES, weighted};
use crate::notebook::{Prose, Remade, Stage, WEIGHTED, Writer, described, english, event, part};
use crate::plan::{Cluster, Cohort, Term};
use crate::question::attrition::{self, said_of_weights, weights_of};
use crate::statistic::{
    AME, CR2_DF, CR2_P_VALUE, ODDS_RATIO, ODDS_RATIO_CR2_HIGH, ODDS_RATIO_CR2_LOW, ODDS_RATIO_HIGH,
    ODDS_RATIO_LOW, P_VALUE,
};

/// The functions of the stage.
pub static STAGE: Stage = Stage {
    kind: Kind::Model,
    statistics: || of_fit(&N_MISSING).chain(weighted::STATISTICS.iter().copied()).collect(),
    title: "Logistic regression",
    about: "The log odds of the outcome as a sum over the terms, fitted by maximum likelihood to the complete cases. A coded term \
             is one indicator for each code but the reference.",
    parts: &[
        part!(
            "logistic",
            "The fit",
            "From the terms of a regression to its design matrix and its maximum-likelihood fit. A column that is a sum of others \
         (aliased) is left out, as R does."
        ),
        part!(
            "logistic_fit",
            "The whole model",
            "How well the model fits as a whole: likelihood, pseudo-R², groups by fitted probability, and how well it tells those with \
         the outcome from those without."
        ),
        part!(
            "logistic_terms",
            "Coefficients",
            "Odds ratios with three tests of each: Wald’s, which takes the likelihood for a parabola, the likelihood ratio of a whole \
         term, and the profile of the likelihood, whose limits need not lie alike on both sides."
        ),
        part!(
            "logistic_firth",
            "Few events: Firth’s likelihood",
            "Maximum likelihood overstates odds ratios where few have the outcome, and has none where some cases are told apart for \
         certain (separation). Half the logarithm of the information’s determinant, added to the log-likelihood, takes most of \
         that away. It is reported where it is needed or was asked for.",
            "firth_"
        ),
        part!(
            "logistic_clusters",
            "Clusters",
            "Users of one service may answer alike, and then there is less to learn from them than from as many strangers. The sandwich \
         CR1 takes that into account where there are many clusters; CR2 with Student’s t also where they are few or unlike in size. \
         R’s packages sandwich and clubSandwich have these errors; they are written out here, since Python has no CR2.",
            "cr1_",
            "cr2_",
            "odds_ratio_cr1_",
            "odds_ratio_cr2_"
        ),
        part!(
            "logistic_without",
            "Without each cluster in turn",
            "How much a result rests on a single cluster, and how well the fit predicts a cluster that it has not seen.",
            "cv3_",
            "odds_ratio_cv3_"
        ),
        part!(
            "logistic_effects",
            "What a term does to the probability",
            "An odds ratio is no ratio of risks. The mean probability if everyone showed a level, all else as it is, can be read as what \
         it says, and so can the difference between two levels. Errors are by the delta method: the gradient g of the mean by the \
         coefficients, and √(g′Vg) for each covariance matrix V. R’s emmeans and marginaleffects do the same.",
            "ame",
            "predicted"
        ),
        part!(
            "logistic_calibration",
            "As many as predicted?",
            "Among those for whom a probability is predicted, as large a share ought to have the outcome. A smooth curve tells, without \
         cutting cases into groups; of clusters that the fit has not seen it is an honest one.",
            "calibrated",
            "loco_calibrated"
        ),
        part!(
            "logistic_diagnostics",
            "Diagnostics",
            "Reasons to look again, not tests to be passed: terms that say nearly the same, a number that bends, patterns that pull, and \
         who would be classified wrongly."
        ),
        part!("regression", "All of it", "Everything about one regression, in one call."),
    ],
    also: &[],
};

/// The functions of the stage.
pub static PREDICTION: Stage = Stage {
    kind: Kind::Prediction,
    statistics: || PREDICTION_STATISTICS.to_vec(),
    title: "Ridge regression for prediction",
    about: "Coefficients are shrunk by a penalty on the squares of the standardised ones, its strength chosen by cross-validation; \
             how well it predicts is judged on cases that neither the fit nor the choice has seen. Never to be read as inference.",
    parts: &[part!("ridge", "", "")],
    also: &[],
};

/// The statistics of a fit, of which a response model has the same.
pub fn of_fit(missing: &'static Statistic) -> impl Iterator<Item = &'static Statistic> {
    let of_procedures = PROCEDURES.iter().flat_map(|procedure| procedure.statistics);
    of_procedures.copied().chain([missing, &LEVEL_CASES, &LEVEL_EVENTS])
}

impl Remade for Model {
    fn stage(&self) -> &'static Stage {
        &STAGE
    }

    fn stages(&self) -> Vec<&'static Stage> {
        let weights = self.weights.as_ref().map(|_| &attrition::STAGE);
        let prediction = self.prediction_folds.map(|_| &PREDICTION);
        [Some(&STAGE), weights, prediction].into_iter().flatten().collect()
    }

    fn looked_at(&self) -> Statistics {
        match self.cluster {
            Some(_) => {
                const { &[&ODDS_RATIO, &ODDS_RATIO_CR2_LOW, &ODDS_RATIO_CR2_HIGH, &CR2_DF, &CR2_P_VALUE, &AME] }
            }
            None => const { &[&ODDS_RATIO, &ODDS_RATIO_LOW, &ODDS_RATIO_HIGH, &P_VALUE, &AME] },
        }
    }

    fn prose<'q>(&'q self, _cohort: &Cohort, prose: &mut Prose<'q>) {
        let event = self.outcome.item.codes.last();
        let _ = writeln!(
            prose.text,
            "Logistic regression of `{}` ({}); the event is {}. Intervals at level {}.\n",
            self.outcome.name,
            english(&self.outcome.item.label),
            event.map_or(String::new(), |code| format!("code {}, {}", code.code, english(&code.label))),
            self.level
        );
        prose.columns.push(&self.outcome);
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
        match &self.cluster {
            None => {}
            Some(Cluster::Respondent) => prose.text += "Cases of one respondent are a cluster.\n\n",
            Some(Cluster::Column(column)) => {
                let _ =
                    writeln!(prose.text, "Clusters: `{}`, {}.\n", column.name, english(&column.item.label));
            }
        }
        if let Some(only) = &self.only {
            let _ = writeln!(prose.text, "Only where `{}`.\n", only.text);
            prose.columns.extend(&only.columns);
        }
        said_of_weights(prose, self.weights.as_ref());
    }

    fn code(&self, _cohort: &Cohort, writer: &Writer<'_>) -> String {
        let dialect = writer.dialect;
        let steps = self.steps();
        let of_term = |term: &Term| match steps.get(&term.column.name) {
            Some(step) => {
                let step = dialect.argument("step", &step.to_string());
                dialect.call("numeric", &[dialect.text(&term.column.name), step])
            }
            None => writer.term(term),
        };
        let terms: Vec<String> = self.terms.iter().map(of_term).collect();
        let outcome = dialect.text(&self.outcome.name);
        let fit = dialect.call(
            "logistic",
            &[
                writer.patterns("", false),
                dialect.argument("outcome", &outcome),
                dialect.argument("event", &event(&self.outcome.item).to_string()),
                dialect.argument("terms", &dialect.members(&terms, "")),
                dialect.argument("clustered", dialect.truth(self.cluster.is_some())),
                dialect.argument("level", &self.level.to_string()),
            ],
        );
        let nothing = dialect.text("");
        let method = dialect.argument("method", &dialect.text(self.method.as_str()));
        let cut = dialect.argument("cut", &self.cut.to_string());
        let convention = dialect.argument("convention", &dialect.text(self.convention.as_str()));
        let values = dialect.call("regression", &["model".to_owned(), convention, method, cut.clone()]);
        let mut code = dialect.assign("model", &fit) + &writer.record(&nothing, &outcome, &values) + "\n";
        if self.compare {
            for program in Convention::ALL.map(|program| dialect.text(program.as_str())) {
                let values =
                    dialect.call("regression_of_program", &["model".to_owned(), program, cut.clone()]);
                code += &(writer.record(&nothing, &outcome, &values) + "\n");
            }
            let apart = writer.apart(&nothing, &outcome);
            code += &(writer.record(&nothing, &outcome, &apart) + "\n");
        }
        if let Some(weights) = &self.weights {
            let arguments = [
                writer.patterns(WEIGHTED, false),
                dialect.argument("outcome", &outcome),
                dialect.argument("event", &event(&self.outcome.item).to_string()),
                dialect.argument("terms", &dialect.members(&terms, "")),
                dialect.argument("clustered", dialect.truth(self.cluster.is_some())),
                dialect.argument("level", &self.level.to_string()),
                dialect.argument("weights", &weights_of(&weights.analysis)),
            ];
            let values = dialect.call("weighted_regression", &arguments);
            code += &(writer.record(&nothing, &outcome, &values) + "\n");
        }
        if let Some(folds) = self.prediction_folds {
            let folds = dialect.argument("folds", &folds.to_string());
            let values = dialect.call("ridge_regression", &["model".to_owned(), folds]);
            code += &(writer.record(&nothing, &outcome, &values) + "\n");
        }
        code + "show(model)\n"
    }
}
