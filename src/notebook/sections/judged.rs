//! The calls for change that was judged: rated change and goals.

use super::Writer;
use crate::dictionary::Better;
use crate::plan::{Agreement, Goals};

impl Writer<'_> {
    pub(super) fn agreement(&self, question: &Agreement) -> String {
        let dialect = self.dialect;
        let Agreement { comparison, rated, levels, level } = question;
        let told: Vec<String> = levels.iter().map(|(_, level)| level.to_string()).collect();
        let better = match comparison.before.item.better {
            Some(Better::Lower) => "lower",
            Some(Better::Higher) | None => "higher",
        };
        let arguments = [
            self.patterns("", false),
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
        self.record(&dialect.text(""), &dialect.text(&comparison.variable), &values) + "\n"
    }

    pub(super) fn goals(&self, question: &Goals) -> String {
        let dialect = self.dialect;
        let Goals { goals, levels, rho, level } = question;
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
            dialect.assign("ratings", &self.patterns("", false)),
            dialect.each(
                "goal",
                &names,
                &[self.record(&nothing, "goal", &dialect.call("goal_levels", &one))],
            ),
            self.record(&nothing, &nothing, &dialect.call("goal_scores", &all)) + "\n",
        ]
        .concat()
    }
}
