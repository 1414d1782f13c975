//! A family of tests: its numbers are made of the numbers of other analyses, after them.

use std::collections::HashMap;

use super::{Asked, Ground};
use crate::change::adjust;
use crate::dictionary::ItemType;
use crate::estimate::{Estimate, Group, Kind, Statistic, Subject, Value, Variable};
use crate::plan::{Column, Family, Test};
use crate::run::RunError;

impl Asked for Family {
    fn shown(&self) -> Vec<&Column> {
        self.tests.iter().flat_map(|test| std::iter::once(&test.before).chain(&test.of_group)).collect()
    }

    fn made_of(&self) -> &[String] {
        &self.of
    }

    fn numbers(&self, ground: &Ground<'_>) -> Result<Vec<Estimate>, RunError> {
        adjusted(ground.id, self, ground.estimates)
    }

    fn about(&self) -> String {
        format!("{} tests of {} adjusted for multiple tests", self.tests.len(), self.of.join(", "))
    }
}

fn declared(test: &Test) -> &'static Statistic {
    adjust::declared(test.before.item.kind == ItemType::Binary)
}

/// The numbers of a family from those of the analyses that its tests are of.
///
/// # Errors
/// [`RunError::Internal`] where an analysis has not given the test that was declared of it.
fn adjusted(id: &str, family: &Family, members: &[&Estimate]) -> Result<Vec<Estimate>, RunError> {
    type Key<'a> = (&'a str, &'a Group, &'a Variable, &'static Statistic);
    let known: HashMap<Key<'_>, &Estimate> = members
        .iter()
        .filter(|estimate| estimate.term.is_empty())
        .map(|one| ((&*one.analysis, &one.group, &one.variable, one.statistic), *one))
        .collect();
    let p_of = |test: &Test| -> Result<Option<f64>, RunError> {
        let key: Key<'_> = (&test.analysis, &test.group, &test.variable, declared(test));
        let found = known.get(&key);
        found.map(|found| found.value).ok_or_else(|| {
            RunError::Internal(format!("{id}: there is no {} of {} {}", key.3.name, key.0, key.2))
        })
    };
    let p = family.tests.iter().map(p_of).collect::<Result<Vec<_>, _>>()?;
    let terms: Vec<(String, Option<f64>)> =
        p.iter().enumerate().map(|(place, p)| (place.to_string(), *p)).collect();
    let values = adjust::family(&terms);
    let subject = |test: Option<&Test>| Subject {
        analysis: id.to_owned(),
        kind: Kind::Family,
        group: test.map_or_else(Group::default, |test| test.group.clone()),
        variable: test.map_or_else(Variable::default, |test| test.variable.clone()),
    };
    let of_term = |term: &str| -> Vec<Value> {
        values.iter().filter(|value| value.term == term).map(|value| value.clone().term("")).collect()
    };
    let mut estimates = subject(None).estimates(of_term(""));
    for (test, (term, p)) in family.tests.iter().zip(&terms) {
        let own = std::iter::once(adjust::unadjusted(declared(test), *p));
        estimates.extend(subject(Some(test)).estimates(own.chain(of_term(term)).collect()));
    }
    Ok(estimates)
}
