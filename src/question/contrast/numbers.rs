//! The numbers of contrasts: worked out of the numbers of a change, raw or as far as they may be seen.

use super::{Contrast, Pair, STAGE, sources};
use crate::change::contrast::values;
use crate::disclosure::{Cleared, Inputs, Made, Seen, make};
use crate::estimate::{Condition, Estimate, Group, Statistic, Subject, Variable, WHOLE};
use crate::question::answer::{OfEstimates, Unanswered};

impl OfEstimates for Contrast {
    fn numbers(&self, id: &str, estimates: &[&Estimate]) -> Result<Vec<Estimate>, Unanswered> {
        let of = estimates.iter().filter(|one| self.of.contains(&one.analysis));
        let of: Vec<Estimate> = of.map(|one| (*one).clone()).collect();
        Ok(make(&of, &|seen| self.made(id, seen)))
    }
}

impl Contrast {
    /// For each comparison, the differences of all pairs of groups.
    pub fn made(&self, id: &str, seen: &Seen<'_>) -> Vec<(Subject, Vec<Made>)> {
        let pairs = self.pairs();
        let of = |comparison: &crate::plan::Comparison| {
            let variable = &comparison.variable;
            let sources = sources(comparison);
            let made = pairs.iter().flat_map(|pair| {
                sources.iter().flat_map(|(of, from)| self.differences(seen, variable, pair, *of, *from))
            });
            let subject = Subject {
                analysis: id.to_owned(),
                kind: STAGE.kind,
                group: Group::default(),
                variable: variable.clone(),
            };
            (subject, made.collect())
        };
        self.comparisons.iter().map(of).collect()
    }

    /// The three numbers of a pair of groups.
    fn differences(
        &self,
        seen: &Seen<'_>,
        variable: &Variable,
        pair: &Pair,
        of: [&'static Statistic; 3],
        from: [&'static Statistic; 3],
    ) -> Vec<Made> {
        let [analysis] = &self.of;
        let found = pair
            .groups
            .each_ref()
            .map(|group| from.map(|statistic| seen.find(analysis, (group, variable, WHOLE), statistic)));
        let is_widened = found.iter().flatten().flatten().any(|one| is_widened(one));
        let groups = match found.map(Inputs::of) {
            [Inputs::Hidden, _] | [_, Inputs::Hidden] => {
                return of.map(|statistic| Made::hidden(statistic).term(&pair.term)).into();
            }
            [Inputs::Numbers(first), Inputs::Numbers(second)] => Some([first, second]),
            _ => None,
        };
        let widened = is_widened.then(|| Condition::new("widened", ""));
        let values = values(of, groups).into_iter();
        values.map(|value| Made::from(value.term(&pair.term).conditions(widened.clone()))).collect()
    }
}

/// Whether disclosure control made an interval wider than computed.
fn is_widened(cleared: &Cleared) -> bool {
    cleared.conditions().iter().any(|condition| condition.code == "widened")
}
