//! The design matrix: an intercept, numeric covariates as they are, factors by treatment contrasts.

use crate::estimate::{self, Condition, INTERCEPT};

use super::data::{CovariateValues, ModelData};
use super::patterns::Patterns;

/// A coefficient's name and its place in the design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// `(intercept)`, `variable` or `variable=code`.
    pub name: estimate::Term,
    /// Index of the covariate; `None` for the intercept.
    pub covariate: Option<usize>,
    /// Column of the design; `None` for a level that no case shows.
    pub column: Option<usize>,
}

/// The design matrix on the distinct covariate patterns, and which column is which term.
#[derive(Debug, Clone)]
pub struct Design {
    /// Terms in the order of the covariates and their levels; the intercept first.
    pub terms: Vec<Term>,
    /// For each covariate the term that its reference level would have; `None` for a numeric one.
    pub references: Vec<Option<estimate::Term>>,
    /// Columns of the design, each with one entry a pattern.
    pub columns: Vec<Vec<f64>>,
    /// `level_without_cases:variable=code` for each level that no case shows; `reference_without_cases:variable=code` for a declared
    /// reference that had to be replaced by the first level that has cases.
    pub conditions: Vec<Condition>,
}

impl Design {
    /// The design of `data` on its `patterns`.
    pub fn of(data: &ModelData, patterns: &Patterns) -> Design {
        let intercept = Term { name: INTERCEPT.clone(), covariate: None, column: Some(0) };
        let mut design = Design {
            terms: vec![intercept],
            references: Vec::new(),
            columns: vec![vec![1.0; patterns.len()]],
            conditions: Vec::new(),
        };
        for (index, covariate) in data.covariates().iter().enumerate() {
            match &covariate.values {
                CovariateValues::Numeric(values) => {
                    let column = patterns.rows.iter().map(|&row| values[row]).collect();
                    design.references.push(None);
                    design.push((&covariate.name).into(), index, column);
                }
                CovariateValues::Factor { codes, levels, reference } => {
                    let codes: Vec<u32> = patterns.rows.iter().map(|&row| codes[row]).collect();
                    design.push_factor(&covariate.name, index, &codes, levels, *reference);
                }
            }
        }
        design
    }

    /// Columns of one covariate.
    pub fn columns_of(&self, covariate: usize) -> Vec<usize> {
        self.terms
            .iter()
            .filter(|term| term.covariate == Some(covariate))
            .filter_map(|term| term.column)
            .collect()
    }

    fn push(&mut self, name: estimate::Term, covariate: usize, column: Vec<f64>) {
        self.terms.push(Term { name, covariate: Some(covariate), column: Some(self.columns.len()) });
        self.columns.push(column);
    }

    fn push_factor(
        &mut self,
        variable: &str,
        covariate: usize,
        codes: &[u32],
        levels: &[String],
        declared: u32,
    ) {
        let mut shown = vec![false; levels.len()];
        codes.iter().for_each(|&code| shown[code as usize] = true);
        let declared = declared as usize;
        let reference = match shown[declared] {
            true => declared,
            false => shown.iter().position(|&shown| shown).unwrap_or(declared),
        };
        self.references.push(levels.get(reference).map(|code| estimate::Term::level(variable, code)));
        if reference != declared {
            let detail = estimate::Term::level(variable, &levels[declared]);
            self.conditions.push(Condition::new("reference_without_cases", detail));
        }
        for (level, code) in
            levels.iter().enumerate().filter(|&(level, _)| level != reference && level != declared)
        {
            let name = estimate::Term::level(variable, code);
            if shown[level] {
                let column = codes.iter().map(|&code| f64::from(u8::from(code as usize == level))).collect();
                self.push(name, covariate, column);
            } else {
                self.conditions.push(Condition::new("level_without_cases", name.clone()));
                self.terms.push(Term { name, covariate: Some(covariate), column: None });
            }
        }
    }
}
