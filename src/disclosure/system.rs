//! Counts as integer cells, and what a reader can add up as linear equations over them.

use std::collections::BTreeMap;

use crate::estimate::Role;

/// Why a cell is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Its count is small.
    Small,
    /// It is everyone in its group: 100 %.
    Everyone,
    /// Others could be computed from it.
    Secondary,
}

#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub value: u64,
    pub role: Role,
    /// Whether the cell is of a group; the whole is hidden later than its groups.
    pub grouped: bool,
    /// Whether a small count says something about persons. An empty field on a form does not.
    pub sensitive: bool,
    pub hidden: Option<Why>,
}

/// `Σ coefficient · cell = constant`, over at least two cells.
#[derive(Debug, Clone)]
pub(super) struct Equation {
    pub terms: Vec<(usize, i64)>,
    pub constant: i64,
}

/// All cells of a release with all equations between them.
#[derive(Debug, Default)]
pub(super) struct System {
    pub cells: Vec<Cell>,
    pub equations: Vec<Equation>,
    /// For each cell, the equations that it stands in.
    pub touching: Vec<Vec<usize>>,
}

impl System {
    /// A new cell.
    pub fn add(&mut self, value: u64, role: Role, grouped: bool, sensitive: bool) -> usize {
        self.cells.push(Cell { value, role, grouped, sensitive, hidden: None });
        self.touching.push(Vec::new());
        self.cells.len() - 1
    }

    /// Adds `whole = Σ parts`, if it is true of the counts; says whether it is.
    ///
    /// Other stages make the counts; an identity that does not hold on them would make the reader seem to know what is false.
    pub fn sum(&mut self, whole: usize, parts: &[usize]) -> bool {
        let total: u64 = parts.iter().map(|&part| self.cells[part].value).sum();
        let holds = !parts.is_empty() && total == self.cells[whole].value;
        if holds {
            self.equation(whole, parts, 0);
        }
        holds
    }

    /// Adds `whole = Σ parts + rest`, where the reader is taken to know the rest; nothing where the parts exceed the whole.
    pub fn sum_with_rest(&mut self, whole: usize, parts: &[usize]) {
        let total: u64 = parts.iter().map(|&part| self.cells[part].value).sum();
        if let (Some(rest), false) = (self.cells[whole].value.checked_sub(total), parts.is_empty()) {
            self.equation(whole, parts, rest as i64);
        }
    }

    /// Adds `one = Σ others + difference`, where the reader is taken to know by how many persons the two differ.
    pub fn apart(&mut self, one: usize, others: &[usize]) {
        let total: u64 = others.iter().map(|&other| self.cells[other].value).sum();
        if !others.is_empty() {
            self.equation(one, others, self.cells[one].value as i64 - total as i64);
        }
    }

    /// A cell `whole − part` that is not published but that any reader can compute; `None` where it would be negative.
    pub fn difference(&mut self, whole: usize, part: usize, role: Role, sensitive: bool) -> Option<usize> {
        self.rest(whole, &[part], role, sensitive)
    }

    /// [`System::difference`] of several parts.
    pub fn rest(&mut self, whole: usize, parts: &[usize], role: Role, sensitive: bool) -> Option<usize> {
        let total: u64 = parts.iter().map(|&part| self.cells[part].value).sum();
        let value = self.cells[whole].value.checked_sub(total)?;
        let rest = self.add(value, role, self.cells[whole].grouped, sensitive);
        self.equation(whole, &[parts, &[rest]].concat(), 0);
        Some(rest)
    }

    /// [`System::sum`] of answers: where one of them is all of the whole, it says something of everyone.
    pub fn answers(&mut self, whole: usize, parts: &[usize]) {
        if self.sum(whole, parts) {
            self.everyone(whole, parts);
        }
    }

    /// Marks a part that is all of its whole: then something is known of everyone in the group.
    pub fn everyone(&mut self, whole: usize, parts: &[usize]) {
        let all = self.cells[whole].value;
        for &part in parts {
            if all > 0 && self.cells[part].value == all && self.cells[part].hidden.is_none() {
                self.cells[part].hidden = Some(Why::Everyone);
            }
        }
    }

    fn equation(&mut self, whole: usize, parts: &[usize], constant: i64) {
        let mut terms: BTreeMap<usize, i64> = BTreeMap::from([(whole, 1)]);
        for &part in parts {
            *terms.entry(part).or_default() -= 1;
        }
        terms.retain(|_, coefficient| *coefficient != 0);
        if terms.len() < 2 {
            return; // A cell that equals itself, or one merged with its only part.
        }
        for &cell in terms.keys() {
            self.touching[cell].push(self.equations.len());
        }
        self.equations.push(Equation { terms: terms.into_iter().collect(), constant });
    }

    /// The cells of an equation that are hidden.
    pub fn unknowns(&self, equation: usize) -> impl Iterator<Item = usize> {
        let terms = &self.equations[equation].terms;
        terms.iter().map(|&(cell, _)| cell).filter(|&cell| self.cells[cell].hidden.is_some())
    }

    /// The hidden cells that hang together with a hidden cell by equations, and those equations; both sorted.
    pub fn component(&self, cell: usize) -> (Vec<usize>, Vec<usize>) {
        let mut cells = std::collections::BTreeSet::from([cell]);
        let mut equations = std::collections::BTreeSet::new();
        let mut waiting = vec![cell];
        while let Some(next) = waiting.pop() {
            for &equation in &self.touching[next] {
                if equations.insert(equation) {
                    waiting.extend(self.unknowns(equation).filter(|&unknown| cells.insert(unknown)));
                }
            }
        }
        (cells.into_iter().collect(), equations.into_iter().collect())
    }

    /// `constant − Σ coefficient · known cell`: what the hidden cells of an equation add up to.
    pub fn remainder(&self, equation: usize) -> i64 {
        let Equation { terms, constant } = &self.equations[equation];
        let known = terms.iter().filter(|(cell, _)| self.cells[*cell].hidden.is_none());
        constant - known.map(|&(cell, coefficient)| coefficient * self.cells[cell].value as i64).sum::<i64>()
    }
}
