//! Contrasts of made-up changes: every pair of groups of a variable in the order in which they stand.

use utfall::change::contrast::{OF_CHANGES, OF_SUPERIORITY, values};
use utfall::disclosure::{Cleared, Inputs, Made, Maker, Policy, Release, Seen, clear_with, make};
use utfall::estimate::{Condition, Estimate, Group, Kind, Statistic, Subject, Term, Variable, WHOLE};
use utfall::statistic::{
    MEAN_CHANGE, MEAN_CHANGE_HIGH, MEAN_CHANGE_LOW, N11, PROBABILITY_OF_SUPERIORITY,
    PROBABILITY_OF_SUPERIORITY_HIGH, PROBABILITY_OF_SUPERIORITY_LOW, RISK_DIFFERENCE, TANGO_HIGH, TANGO_LOW,
};

/// What the differences of a variable are worked out of.
type Sources = Vec<([&'static Statistic; 3], [&'static Statistic; 3])>;

/// Analysis, variable, the variable of the groups and two of its codes.
struct Pair {
    analysis: String,
    variable: Variable,
    by: String,
    codes: [String; 2],
    sources: Sources,
}

fn pairs(estimates: &[Estimate]) -> Vec<Pair> {
    let mut groups: Vec<(&str, &Variable, &Group)> = Vec::new();
    let of_groups = |one: &&Estimate| one.kind == Kind::Change && one.group.first().is_some();
    for one in estimates.iter().filter(of_groups) {
        let key = (one.analysis.as_str(), &one.variable, &one.group);
        if !groups.contains(&key) {
            groups.push(key);
        }
    }
    let mut pairs = Vec::new();
    for (place, (analysis, variable, first)) in groups.iter().enumerate() {
        for (_, _, second) in groups[place + 1..].iter().filter(|(a, v, _)| a == analysis && v == variable) {
            let ((by, one), (other_by, other)) = (first.first().unwrap(), second.first().unwrap());
            let of_two =
                |statistic| estimates.iter().any(|e| e.statistic == statistic && &e.variable == *variable);
            let sources: Sources = match of_two(&N11) {
                true => vec![(OF_CHANGES, [&RISK_DIFFERENCE, &TANGO_LOW, &TANGO_HIGH])],
                false => vec![
                    (OF_CHANGES, [&MEAN_CHANGE, &MEAN_CHANGE_LOW, &MEAN_CHANGE_HIGH]),
                    (
                        OF_SUPERIORITY,
                        [
                            &PROBABILITY_OF_SUPERIORITY,
                            &PROBABILITY_OF_SUPERIORITY_LOW,
                            &PROBABILITY_OF_SUPERIORITY_HIGH,
                        ],
                    ),
                ],
            };
            if by == other_by {
                pairs.push(Pair {
                    analysis: (*analysis).to_owned(),
                    variable: (*variable).clone(),
                    by: by.to_owned(),
                    codes: [one.to_owned(), other.to_owned()],
                    sources,
                });
            }
        }
    }
    pairs
}

fn made(pair: &Pair, seen: &Seen<'_>) -> (Subject, Vec<Made>) {
    let term = Term::beside(&pair.by, &pair.codes[0], &pair.codes[1]);
    let of = |(of, from): &([&'static Statistic; 3], [&'static Statistic; 3])| -> Vec<Made> {
        let found = pair.codes.each_ref().map(|code| {
            let group = Group::level(&pair.by, code);
            from.map(|statistic| seen.find(&pair.analysis, (&group, &pair.variable, WHOLE), statistic))
        });
        let widened = |one: &&Cleared| one.conditions().iter().any(|condition| condition.code == "widened");
        let widened = found.iter().flatten().flatten().any(widened).then(|| Condition::new("widened", ""));
        let groups = match found.map(Inputs::of) {
            [Inputs::Hidden, _] | [_, Inputs::Hidden] => {
                return of.map(|statistic| Made::hidden(statistic).term(&term)).into();
            }
            [Inputs::Numbers(first), Inputs::Numbers(second)] => Some([first, second]),
            _ => None,
        };
        let values = values(*of, groups).into_iter();
        values.map(|value| Made::from(value.term(&term).conditions(widened.clone()))).collect()
    };
    let subject = Subject {
        analysis: pair.analysis.replace("change.", "contrast."),
        kind: Kind::new("contrast"),
        group: Group::default(),
        variable: pair.variable.clone(),
    };
    (subject, pair.sources.iter().flat_map(of).collect())
}

/// The estimates with the contrasts of their changes, cleared together.
pub fn clear_with_contrasts(estimates: &[Estimate], policy: Policy) -> Release {
    let pairs = pairs(estimates);
    let maker = |seen: &Seen<'_>| pairs.iter().map(|pair| made(pair, seen)).collect::<Vec<_>>();
    let all = [estimates, &make(estimates, &maker)].concat();
    let maker: Box<Maker<'_>> = Box::new(maker);
    clear_with(&all, policy, &[maker])
}
