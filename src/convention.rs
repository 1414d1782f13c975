//! Conventions: which variant of a statistic a program computes, so that a number published from R, SPSS or Stata can be computed again.
//!
//! A statistic that differs between the programs names the variant that it follows in `method`. The stages list what differs:
//! [`change::DIFFERENCES`](crate::change::DIFFERENCES), [`model::DIFFERENCES`](crate::model::DIFFERENCES).

use serde::Serialize;

use crate::estimate::{Statistic, Statistics, Term, Value};

/// The term under which stands how far apart the programs are: a statistic's largest variant less its smallest.
pub const APART: &Term = const { &Term::aside("(apart)") };

/// A statistical program whose variant is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Convention {
    #[default]
    R,
    Spss,
    Stata,
}

impl Convention {
    pub const ALL: [Convention; 3] = [Convention::R, Convention::Spss, Convention::Stata];

    /// The word for it in a pipeline.
    pub fn as_str(self) -> &'static str {
        match self {
            Convention::R => "r",
            Convention::Spss => "spss",
            Convention::Stata => "stata",
        }
    }

    /// What the program is called.
    pub fn title(self) -> &'static str {
        match self {
            Convention::R => "R",
            Convention::Spss => "SPSS",
            Convention::Stata => "Stata",
        }
    }

    /// The term under which its variant stands beside the others'. No item's name has parentheses.
    pub fn term(self) -> &'static Term {
        match self {
            Convention::R => const { &Term::aside("(r)") },
            Convention::Spss => const { &Term::aside("(spss)") },
            Convention::Stata => const { &Term::aside("(stata)") },
        }
    }

    pub fn parse(text: &str) -> Option<Convention> {
        Convention::ALL.into_iter().find(|convention| convention.as_str() == text)
    }
}

/// What the three programs do where they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The statistics that it concerns.
    pub statistics: Statistics,
    pub r: &'static str,
    pub spss: &'static str,
    pub stata: &'static str,
}

/// How far apart the programs are in each of `statistics`: the largest of their variants in `values` less the smallest, under
/// [`APART`]. Of one that a program does not give there is no difference, for the same reason.
pub fn apart<'s>(
    values: &[Value],
    statistics: impl IntoIterator<Item = &'s &'static Statistic>,
) -> Vec<Value> {
    let of = |&statistic: &&'static Statistic| {
        let is_program = |value: &&Value| Convention::ALL.iter().any(|one| *one.term() == value.term);
        let variants: Vec<&Value> =
            values.iter().filter(|value| value.statistic == statistic).filter(is_program).collect();
        let numbers: Option<Vec<f64>> = variants.iter().map(|value| value.value).collect();
        let numbers = numbers.filter(|numbers| !numbers.is_empty());
        let apart = numbers.map(|numbers| {
            let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
            numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max) - least
        });
        let mut conditions: Vec<_> = variants.iter().flat_map(|value| value.conditions.clone()).collect();
        conditions.sort();
        conditions.dedup();
        let first = variants.first()?;
        Some(Value { term: APART.clone(), value: apart, conditions, method: "", ..(*first).clone() })
    };
    statistics.into_iter().filter_map(of).collect()
}

/// Whether a statistic is among those that differ.
pub fn differs(differences: &[Difference], statistic: &Statistic) -> bool {
    differences.iter().any(|difference| difference.statistics.contains(&statistic))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::{Condition, RestsOn, Reveals};

    const fn statistic(name: &'static str) -> Statistic {
        Statistic { name, reveals: Reveals::Inference, rests_on: RestsOn::Nobody, about: "", source: "" }
    }
    static ONE: Statistic = statistic("one");
    static OTHER: Statistic = statistic("other");

    fn variant(statistic: &'static Statistic, program: Convention, value: f64) -> Value {
        Value::new(statistic, value).term(program.term()).n(318)
    }

    #[test]
    fn programs_are_apart_by_the_largest_variant_less_the_smallest() {
        let mut values = vec![
            variant(&OTHER, Convention::R, 0.031),
            variant(&OTHER, Convention::Spss, 0.0305).conditions([Condition::new("few_events", "")]),
            variant(&OTHER, Convention::Stata, 0.03),
            // The one without a program is not a variant.
            Value::new(&OTHER, 0.9),
        ];
        let [one] = &apart(&values, [&&ONE, &&OTHER])[..] else { panic!("one statistic differs") };
        assert!((one.value.unwrap() - 0.001).abs() < 1e-12, "{:?}", one.value);
        assert_eq!((one.term.as_str(), one.n, one.statistic), ("(apart)", Some(318), &OTHER));
        assert_eq!(one.conditions, [Condition::new("few_events", "")]);
        values[2] = Value::absent(&OTHER, Condition::new("no_pairs", "")).term(Convention::Stata.term());
        let none = apart(&values, [&&OTHER]);
        assert_eq!(none[0].value, None);
        assert!(none[0].conditions.contains(&Condition::new("no_pairs", "")));
    }
}
