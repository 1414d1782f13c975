//! The code of each analysis: what is asked, as calls of the functions that the notebook begins with.

mod judged;
mod looked_at;
mod names;

use looked_at::looked_at;
use names::{codes, event, weights_of};

use super::{Dialect, FOLLOWED, WEIGHTED, pattern_table, score_items};
use crate::convention::Convention;
use crate::dictionary::{Better, ItemType};
use crate::estimate::{Group, Variable};
use crate::plan::{
    Analysis, Attrition, Change, Cohort, Column, Comparison, Course, Describe, Family, Model, Plan, Question,
    Term, Trajectory, Weights,
};
use crate::statistic;

pub(super) fn code(plan: &Plan, analysis: &Analysis, dialect: Dialect) -> String {
    let writer = Writer { id: &analysis.id, dialect };
    let numbers = match &analysis.question {
        Question::Followup => writer.followup(&plan.cohorts[analysis.cohort]),
        Question::Attrition(question) => writer.attrition(question),
        Question::Describe(describe) => writer.describe(describe),
        Question::Trajectory(question) => writer.trajectory(question),
        Question::Change(change) => writer.change(change),
        Question::Agreement(question) => writer.agreement(question),
        Question::Goals(question) => writer.goals(question),
        Question::Model(model) => writer.model(model),
        Question::Family(family) => writer.family(family),
    };
    let id = dialect.text(&analysis.id);
    let looked_at = dialect.texts(looked_at(&analysis.question).iter().map(|statistic| statistic.name));
    let compare = dialect.call("compare", std::slice::from_ref(&id));
    format!("{numbers}{compare}\n{}", dialect.call("look", &[id, looked_at]))
}

struct Writer<'a> {
    id: &'a str,
    dialect: Dialect,
}

impl Writer<'_> {
    /// `patterns("change.health.mental_health@w1-w2", group)`
    fn patterns(&self, what: &str, grouped: bool) -> String {
        let mut arguments = vec![self.dialect.text(&pattern_table(self.id, what))];
        arguments.extend(grouped.then(|| "group".to_owned()));
        self.dialect.call("patterns", &arguments)
    }

    fn record(&self, group: &str, variable: &str, values: &str) -> String {
        let arguments =
            [self.dialect.text(self.id), group.to_owned(), variable.to_owned(), values.to_owned()];
        self.dialect.call("record", &arguments)
    }

    fn groups(&self, by: &[Column]) -> String {
        let of_column = |column: &Column| -> Vec<Group> {
            column.item.codes.iter().map(|code| Group::level(&column.name, code.code)).collect()
        };
        let keys: Vec<Group> =
            std::iter::once(Group::default()).chain(by.iter().flat_map(of_column)).collect();
        self.dialect.assign("groups", &self.dialect.texts(keys.iter().map(Group::as_str)))
    }

    fn followup(&self, cohort: &Cohort) -> String {
        let dialect = self.dialect;
        let states: Vec<String> = cohort
            .states
            .iter()
            .map(|state| {
                let truth = |name: &str, holds: bool| dialect.argument(name, dialect.truth(holds));
                let wave = dialect.argument("wave", &dialect.text(&state.wave));
                let arguments = [
                    dialect.text(&state.id),
                    wave,
                    truth("seen", state.seen),
                    truth("eligible", state.eligible),
                ];
                dialect.call("state", &arguments)
            })
            .collect();
        let waves = dialect.texts(cohort.waves.iter().map(String::as_str));
        let nothing = dialect.text("");
        let at_wave = dialect.call("followup_at", &["members", "wave", "states"].map(str::to_owned));
        let whole = dialect.call("followup_whole", &["members", "waves"].map(str::to_owned));
        [
            dialect.assign("members", &self.patterns("", false)),
            dialect.assign("waves", &waves),
            dialect.assign("states", &dialect.members(&states, "")),
            self.record(&nothing, &nothing, &whole) + "\n",
            dialect.each("wave", "waves", &[self.record(&nothing, "wave", &at_wave)]),
        ]
        .concat()
    }

    fn describe(&self, describe: &Describe) -> String {
        let dialect = self.dialect;
        let mut lines = Vec::new();
        for variable in &describe.variables {
            let name = dialect.text(&variable.name);
            let mut arguments = vec![self.patterns(&variable.name, true), name.clone()];
            let function = match variable.item.is_coded() {
                true => {
                    arguments.push(dialect.argument("codes", &dialect.numbers(&codes(&variable.item))));
                    "describe_codes"
                }
                false => "describe_number",
            };
            lines.push(self.record("group", &name, &dialect.call(function, &arguments)));
            for one in describe.combined.iter().filter(|one| one.variable == variable.name) {
                let arguments = [
                    self.patterns(&variable.name, true),
                    name.clone(),
                    dialect.argument("together", &dialect.numbers(&one.codes)),
                    dialect.argument("each", dialect.truth(one.each)),
                ];
                lines.push(self.record("group", &name, &dialect.call("combined", &arguments)));
            }
        }
        for score in &describe.scores {
            let names = score.columns();
            let reversed = names.iter().zip(&score.reversed).filter(|(_, turned)| **turned);
            let arguments = [
                self.patterns(&score_items(&score.variable), true),
                dialect.texts(names.iter().map(String::as_str)),
                dialect.argument("reverse", &dialect.texts(reversed.map(|(name, _)| name.as_str()))),
            ];
            let values = dialect.call("cronbach_alpha", &arguments);
            lines.push(self.record("group", &dialect.text(&score.variable), &values));
        }
        if describe.overlap {
            for (place, first) in describe.variables.iter().enumerate() {
                for second in &describe.variables[place + 1..] {
                    let name = dialect.text(&first.name);
                    let events = dialect.numbers(&[event(&first.item), event(&second.item)]);
                    let arguments = [
                        self.patterns(&format!("{}+{}", first.name, second.name), true),
                        name.clone(),
                        dialect.text(&second.name),
                        dialect.argument("events", &events),
                    ];
                    lines.push(self.record("group", &name, &dialect.call("both", &arguments)));
                }
            }
        }
        self.groups(&describe.by) + &dialect.each("group", "groups", &lines)
    }

    fn trajectory(&self, question: &Trajectory) -> String {
        let dialect = self.dialect;
        let mut lines = Vec::new();
        let mut steps = String::new();
        for course in &question.courses {
            let waves = || dialect.texts(course.at.iter().map(|column| column.name.as_str()));
            // Only those with an answer at all of the waves, where they are to be the same persons.
            let let_in = |answers: &str| match question.complete {
                true => dialect.call("with_all", &[answers.to_owned(), waves()]),
                false => answers.to_owned(),
            };
            for column in &course.at {
                let name = dialect.text(&column.name);
                lines.push(dialect.assign("answers", &self.patterns(&column.name, true)));
                let function = match column.item.kind {
                    ItemType::Binary => "share_at_wave",
                    _ => "mean_at_wave",
                };
                let arguments = [
                    let_in("answers"),
                    name.clone(),
                    dialect.argument("level", &question.level.to_string()),
                    dialect.argument("codes", &dialect.numbers(&codes(&column.item))),
                ];
                lines.push(self.record("group", &name, &dialect.call(function, &arguments)));
                if question.complete {
                    let counted = dialect.call("left_out", &["answers".to_owned(), waves()]);
                    lines.push(self.record("group", &name, &counted));
                }
            }
            if question.flow {
                steps += &self.flow(course, &let_in);
            }
        }
        self.groups(&question.by) + &dialect.each("group", "groups", &lines) + &steps
    }

    /// From each wave to the next, of everyone; nothing for a number.
    fn flow(&self, course: &Course, let_in: &dyn Fn(&str) -> String) -> String {
        let dialect = self.dialect;
        let coded = course.at.iter().all(|column| column.item.is_coded());
        let step = |pair: &[Column]| {
            let to = pair[1].wave.as_deref().unwrap_or_default();
            let variable = Variable::from(&pair[0].name).to_wave(to);
            let table = self.patterns(&variable, false);
            let arguments = [let_in(&table), dialect.text(&pair[0].name), dialect.text(&pair[1].name)];
            let levels = dialect.argument("levels", &dialect.numbers(&codes(&pair[0].item)));
            let values = dialect.call("flow", &["pairs".to_owned(), levels]);
            dialect.assign("pairs", &dialect.call("complete_pairs", &arguments))
                + &self.record(&dialect.text(""), &dialect.text(&variable), &values)
                + "\n"
        };
        course.at.windows(2).filter(|_| coded).map(step).collect()
    }

    fn family(&self, family: &Family) -> String {
        let dialect = self.dialect;
        let tests: Vec<String> = family
            .tests
            .iter()
            .map(|test| {
                let p_value = statistic::declared(test.before.item.kind == ItemType::Binary);
                dialect.texts([&test.analysis, &*test.group, &test.variable, p_value.name])
            })
            .collect();
        let recorded = dialect.call("record_family", &[dialect.text(self.id), "tests".to_owned()]);
        dialect.assign("tests", &dialect.members(&tests, "")) + &recorded + "\n"
    }

    fn change(&self, change: &Change) -> String {
        let each = |comparison: &Comparison| {
            let pairs = self.pairs(comparison);
            let of_convention = |convention: &str| self.change_of(comparison, change, convention);
            let values = of_convention(&change.convention);
            let variable = self.dialect.text(&comparison.variable);
            let record = self.record("group", &variable, &values);
            let weighted = self.weighted_change(comparison, change);
            let mut code = self.dialect.each("group", "groups", &[pairs.clone(), record, weighted]);
            if change.compare {
                let nothing = self.dialect.text("");
                code += &self.dialect.assign("group", &nothing);
                code += &pairs;
                for program in Convention::ALL.map(Convention::as_str) {
                    let arguments = [of_convention(program), self.dialect.text(program)];
                    let values = self.dialect.call("of_program", &arguments);
                    code += &(self.record("group", &variable, &values) + "\n");
                }
            }
            code
        };
        self.groups(&change.by) + &change.comparisons.iter().map(each).collect::<String>()
    }

    fn attrition(&self, question: &Attrition) -> String {
        let dialect = self.dialect;
        let terms: Vec<String> = question.terms.iter().map(|term| self.term(term)).collect();
        let [nothing, wave] = ["", &question.wave].map(|text| dialect.text(text));
        let members = || "members".to_owned();
        let mut code = dialect.assign("members", &self.patterns("", false));
        code += &(self.record(&nothing, &wave, &dialect.call("followed_and_lost", &[members()])) + "\n");
        for term in &question.terms {
            let name = dialect.text(&term.column.name);
            let values = match term.column.item.is_coded() {
                true => {
                    let codes = dialect.argument("codes", &dialect.numbers(&codes(&term.column.item)));
                    dialect.call("balance_of_codes", &[members(), name.clone(), codes])
                }
                false => dialect.call("balance_of_number", &[members(), name.clone()]),
            };
            code += &(self.record(&nothing, &name, &values) + "\n");
        }
        let fit = dialect.call(
            "logistic",
            &[
                members(),
                dialect.argument("outcome", &dialect.text(FOLLOWED)),
                dialect.argument("event", "1"),
                dialect.argument("terms", &dialect.members(&terms, "")),
                dialect.argument("clustered", dialect.truth(false)),
                dialect.argument("level", &question.level.to_string()),
            ],
        );
        let truncate = dialect.list(&question.truncate.map(|p| p.to_string()));
        let weights =
            dialect.call("loss_weights", &["model".to_owned(), dialect.argument("truncate", &truncate)]);
        let name = weights_of(self.id);
        code += &dialect.assign("model", &fit);
        code += &(self.record(&nothing, &wave, &dialect.call("regression", &["model".to_owned()])) + "\n");
        code += &dialect.assign(&name, &weights);
        code += &(self.record(&nothing, &wave, &dialect.call("about_weights", &[name])) + "\n");
        code + "show(model)\n"
    }

    /// The weighted change of a comparison, where it has weights.
    fn weighted_change(&self, comparison: &Comparison, change: &Change) -> String {
        let dialect = self.dialect;
        let concerned = |weights: &&Weights| comparison.after.wave.as_ref() == Some(&weights.attrition.wave);
        let Some(weights) = change.weights.as_ref().filter(concerned) else { return String::new() };
        let mut arguments = vec![
            self.patterns(&format!("{}.{WEIGHTED}", comparison.variable), true),
            dialect.text(&comparison.before.name),
            dialect.text(&comparison.after.name),
            weights_of(&weights.analysis),
            dialect.argument("level", &change.level.to_string()),
        ];
        if comparison.before.item.kind == ItemType::Binary {
            arguments.push(dialect.argument("event", &event(&comparison.before.item).to_string()));
        }
        let values = dialect.call("weighted_change", &arguments);
        self.record("group", &dialect.text(&comparison.variable), &values)
    }

    fn pairs(&self, comparison: &Comparison) -> String {
        self.dialect.assign("pairs", &self.complete(comparison, "group".to_owned()))
    }

    /// The pairs of a group, `""` for everyone.
    fn complete(&self, comparison: &Comparison, group: String) -> String {
        let dialect = self.dialect;
        let table = [dialect.text(&pattern_table(self.id, &comparison.variable)), group];
        let arguments = [
            dialect.call("patterns", &table),
            dialect.text(&comparison.before.name),
            dialect.text(&comparison.after.name),
        ];
        dialect.call("complete_pairs", &arguments)
    }

    fn change_of(&self, comparison: &Comparison, change: &Change, convention: &str) -> String {
        let (dialect, item) = (self.dialect, &comparison.before.item);
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
        arguments.push(dialect.argument("convention", &dialect.text(convention)));
        if let (Some(known), false) = (&item.reliability, item.kind == ItemType::Binary) {
            let mut parts = vec![dialect.argument("r", &known.r.to_string())];
            let sd = match known.sd {
                Some(sd) => sd.to_string(),
                None => dialect.call("sd_before", &[self.complete(comparison, dialect.text(""))]),
            };
            parts.push(dialect.argument("sd", &sd));
            parts.extend(known.cut_off.map(|cut_off| dialect.argument("cut_off", &cut_off.to_string())));
            arguments.push(dialect.argument("reliability", &dialect.call("reliability", &parts)));
        }
        if let (Some(known), "change_of_scores") = (&item.use_thresholds, function) {
            let parts = [
                ("window", known.window),
                ("improved", known.improved),
                ("deteriorated", known.deteriorated),
            ]
            .map(|(name, days)| dialect.argument(name, &days.to_string()));
            arguments.push(dialect.argument("use", &dialect.call("use_thresholds", &parts)));
        }
        dialect.call(function, &arguments)
    }

    fn model(&self, model: &Model) -> String {
        let dialect = self.dialect;
        let terms: Vec<String> = model.terms.iter().map(|term| self.term(term)).collect();
        let outcome = dialect.text(&model.outcome.name);
        let fit = dialect.call(
            "logistic",
            &[
                self.patterns("", false),
                dialect.argument("outcome", &outcome),
                dialect.argument("event", &event(&model.outcome.item).to_string()),
                dialect.argument("terms", &dialect.members(&terms, "")),
                dialect.argument("clustered", dialect.truth(model.cluster.is_some())),
                dialect.argument("level", &model.level.to_string()),
            ],
        );
        let nothing = dialect.text("");
        let method = dialect.argument("method", &dialect.text(&model.method));
        let cut = dialect.argument("cut", &model.cut.to_string());
        let convention = dialect.argument("convention", &dialect.text(&model.convention));
        let values = dialect.call("regression", &["model".to_owned(), convention, method, cut.clone()]);
        let mut code = dialect.assign("model", &fit) + &self.record(&nothing, &outcome, &values) + "\n";
        if model.compare {
            for program in Convention::ALL.map(|program| dialect.text(program.as_str())) {
                let values =
                    dialect.call("regression_of_program", &["model".to_owned(), program, cut.clone()]);
                code += &(self.record(&nothing, &outcome, &values) + "\n");
            }
        }
        if let Some(weights) = &model.weights {
            let arguments = [
                self.patterns(WEIGHTED, false),
                dialect.argument("outcome", &outcome),
                dialect.argument("event", &event(&model.outcome.item).to_string()),
                dialect.argument("terms", &dialect.members(&terms, "")),
                dialect.argument("clustered", dialect.truth(model.cluster.is_some())),
                dialect.argument("level", &model.level.to_string()),
                dialect.argument("weights", &weights_of(&weights.analysis)),
            ];
            let values = dialect.call("weighted_regression", &arguments);
            code += &(self.record(&nothing, &outcome, &values) + "\n");
        }
        if let Some(folds) = model.prediction_folds {
            let folds = dialect.argument("folds", &folds.to_string());
            let values = dialect.call("ridge_regression", &["model".to_owned(), folds]);
            code += &(self.record(&nothing, &outcome, &values) + "\n");
        }
        code + "show(model)\n"
    }

    fn term(&self, term: &Term) -> String {
        let dialect = self.dialect;
        let name = dialect.text(&term.column.name);
        let codes = codes(&term.column.item);
        match (term.column.item.is_coded(), term.reference.or_else(|| codes.first().copied())) {
            (true, Some(reference)) => {
                let levels = dialect.argument("levels", &dialect.numbers(&codes));
                let reference = dialect.argument("reference", &reference.to_string());
                dialect.call("coded", &[name, levels, reference])
            }
            _ => dialect.call("numeric", &[name]),
        }
    }
}
