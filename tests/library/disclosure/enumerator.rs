//! The attacker that tries tables: which tables of whole persons give all that a release shows of one change?
//!
//! It knows how every statistic is computed, so it computes all of them for each table that it tries and keeps the tables
//! that agree with every shown number. It does not share the cells and equations of `utfall::disclosure`.

use utfall::change::{self, Direction, Options, Pairs, Reliability, Scale, Spread};
use utfall::disclosure::{Cleared, Shown};
use utfall::estimate::{EVERYONE, Estimate, Kind, Subject};

/// Persons by answer before (row) and after (column), row by row.
pub type Table = Vec<u64>;

/// All that is computed of a change between two waves with this table.
pub fn estimates(table: &Table, levels: usize, reliable: bool) -> Vec<Estimate> {
    let codes: Vec<f64> = (0..levels).map(|level| level as f64).collect();
    let before: Vec<f64> = (0..table.len()).map(|cell| codes[cell / levels]).collect();
    let after: Vec<f64> = (0..table.len()).map(|cell| codes[cell % levels]).collect();
    let pairs = Pairs::new(&before, &after, table, Scale::Ordinal, Direction::Lower, &codes).unwrap();
    let reliability = reliable.then(|| Reliability::new(0.9, Spread::Declared(1.5), None).unwrap());
    let options = Options { reliability, ..Options::default() };
    let subject = Subject {
        analysis: "change.x".into(),
        kind: Kind::Change,
        group: EVERYONE.clone(),
        variable: "x@w1>w2".into(),
    };
    subject.estimates(change::analyse(&pairs, &options))
}

/// Which cells of a table a count adds up; `None` for one that this attacker leaves to [`fits`].
pub fn cells_of(statistic: &str, term: &str, levels: usize) -> Option<Vec<usize>> {
    let pick = |keep: &dyn Fn(usize, usize) -> bool| {
        Some((0..levels * levels).filter(|cell| keep(cell / levels, cell % levels)).collect())
    };
    let code = |text: &str| text.parse::<usize>().unwrap();
    match statistic {
        "n_pairs" => pick(&|_, _| true),
        "increased" | "worse" => pick(&|a, b| b > a),
        "decreased" | "improved" => pick(&|a, b| b < a),
        "unchanged" => pick(&|a, b| a == b),
        // A reliability of 0.9 and a standard deviation of 1.5 ask for more than 1.3: two steps.
        "reliable_improved" => pick(&|a, b| a >= b + 2),
        "reliable_worse" => pick(&|a, b| b >= a + 2),
        "reliable_unchanged" => pick(&|a, b| a.abs_diff(b) < 2),
        "before_count" => pick(&|a, _| a == code(term)),
        "after_count" => pick(&|_, b| b == code(term)),
        "transition" => {
            let (from, to) = term.split_once('>').unwrap();
            pick(&|a, b| a == code(from) && b == code(to))
        }
        _ => None,
    }
}

/// Whether a table gives every number that is shown; of a widened interval, whether it lies within.
pub fn fits(table: &Table, levels: usize, reliable: bool, cleared: &[Cleared]) -> bool {
    let own = estimates(table, levels, reliable);
    own.iter().zip(cleared).all(|(own, shown)| {
        let widened = shown.conditions().iter().any(|condition| condition.code == "widened");
        match (shown.shown(), own.value) {
            (Shown::Suppressed, _) => true,
            (Shown::Value(end), Some(own)) if widened => match shown.statistic().name {
                "mean_change_low" | "d_av_low" => end <= own,
                _ => end >= own,
            },
            (Shown::Value(_), None) => widened,
            (Shown::Value(value), Some(own)) => (value - own).abs() <= 1e-9 * value.abs().max(1e-3),
            (Shown::Absent, own) => own.is_none(),
        }
    })
}

/// A table that fits all that is shown but has another number in a hidden count, if the search finds one.
///
/// Tables within one person of the truth in each cell are tried first, then further ones.
pub fn another(
    truth: &Table,
    levels: usize,
    reliable: bool,
    cleared: &[Cleared],
    hidden: &[usize],
) -> Option<Table> {
    let mut fixed = vec![false; truth.len()];
    let mut sums: Vec<Vec<usize>> = Vec::new();
    for shown in cleared.iter().filter(|one| matches!(one.shown(), Shown::Value(_))) {
        if let Some(cells) = cells_of(shown.statistic().name, shown.term(), levels) {
            match cells[..] {
                [cell] => fixed[cell] = true,
                _ => sums.push(cells),
            }
        }
    }
    let mut order: Vec<usize> = hidden.iter().copied().filter(|&cell| !fixed[cell]).collect();
    let first = order.len();
    order.extend((0..truth.len()).filter(|cell| !fixed[*cell] && !hidden.contains(cell)));
    [1, 2, 8].into_iter().find_map(|reach| {
        let of = |cell: &usize| (0..sums.len()).filter(|&sum| sums[sum].contains(cell)).collect();
        let open = sums.iter().map(|cells| cells.iter().filter(|cell| order.contains(cell)).count() as i64);
        let mut search = Search {
            reach,
            first,
            sums_of: order.iter().map(of).collect(),
            order: order.clone(),
            moved: vec![0; sums.len()],
            open: open.collect(),
            table: truth.iter().map(|&count| count as i64).collect(),
            tried: 0,
        };
        let whole = |table: &[i64]| -> Table { table.iter().map(|&count| count as u64).collect() };
        let found = search.from(0, 0, &mut |table| fits(&whole(table), levels, reliable, cleared));
        found.then(|| whole(&search.table))
    })
}

struct Search {
    /// By how many persons a cell may differ from the truth.
    reach: i64,
    /// Cells in the order in which they are chosen; the first of them are those of the hidden count.
    order: Vec<usize>,
    first: usize,
    /// The shown sums that each of them stands in; by how much they are off so far, and over how many cells not yet chosen.
    sums_of: Vec<Vec<usize>>,
    moved: Vec<i64>,
    open: Vec<i64>,
    table: Vec<i64>,
    tried: usize,
}

impl Search {
    fn from(&mut self, depth: usize, hidden: i64, fits: &mut dyn FnMut(&[i64]) -> bool) -> bool {
        self.tried += 1;
        if depth == self.first && hidden == 0 || self.tried > 6_000_000 {
            return false;
        }
        let Some(&cell) = self.order.get(depth) else {
            return fits(&self.table);
        };
        let truth = self.table[cell];
        let sums = self.sums_of[depth].clone();
        sums.iter().for_each(|&sum| self.open[sum] -= 1);
        for step in (-self.reach.min(truth)..=self.reach).rev() {
            sums.iter().for_each(|&sum| self.moved[sum] += step);
            self.table[cell] = truth + step;
            let possible = sums.iter().all(|&sum| self.moved[sum].abs() <= self.reach * self.open[sum]);
            let hidden = if depth < self.first { hidden + step } else { hidden };
            if possible && self.from(depth + 1, hidden, fits) {
                return true;
            }
            sums.iter().for_each(|&sum| self.moved[sum] -= step);
        }
        self.table[cell] = truth;
        sums.iter().for_each(|&sum| self.open[sum] += 1);
        false
    }
}
