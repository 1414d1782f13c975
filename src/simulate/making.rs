//! Makes a population block by block, on all threads, and writes the blocks in order.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::column::Cell;
use super::deal::Room;
use super::file::{File, Layout, Rows};
use super::population::{Attachable, Block, Debts, Population, Unmade};
use super::turn::Turn;
use super::{BLOCK, SimulateError, Uneven};

/// Makes a population and writes its files, which are whole but do not have their names yet.
///
/// Each thread makes a block of its own. What a block owes the next (how far a quota or a mean is behind) is handed on draw by
/// draw, so that a block follows the one before it at a distance of one draw; rows are written when those before them are. So
/// the bytes are the same on any number of threads, and memory holds one block a thread.
pub fn make(
    population: &Population,
    seed: u64,
    attachable: &mut Attachable,
    out: &Path,
) -> Result<(Vec<File>, Vec<Uneven>), SimulateError> {
    let sources = &population.sources;
    let files = sources.iter().map(|source| File::create(out, source, population));
    let making = Making {
        population,
        out,
        seed,
        layouts: sources.iter().map(|source| Layout::new(source, population)).collect(),
        attachable,
        debts: population.debts(),
        files: Turn::new(files.collect::<Result<Vec<File>, SimulateError>>()?),
        begun: AtomicU64::new(0),
        error: Mutex::new(None),
    };
    let blocks = population.size.div_ceil(BLOCK);
    let threads = blocks.min(rayon::current_num_threads() as u64);
    // The attached fit in one block: resolving has checked it.
    let mut last = Vec::new();
    thread::scope(|scope| {
        (1..threads).for_each(|_| drop(scope.spawn(|| making.work(blocks))));
        last = making.work(blocks);
    });
    let Making { files, error, debts, .. } = making;
    if let Some(error) = error.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        return Err(error);
    }
    if population.attached {
        attachable.insert(population.id.clone(), last);
    }
    Ok((files.into_inner(), debts.uneven()))
}

/// What the threads have in common.
struct Making<'a> {
    population: &'a Population,
    out: &'a Path,
    seed: u64,
    layouts: Vec<Layout<'a>>,
    attachable: &'a Attachable,
    debts: Debts,
    files: Turn<Vec<File>>,
    /// How many blocks a thread has taken upon itself.
    begun: AtomicU64,
    error: Mutex<Option<SimulateError>>,
}

impl Making<'_> {
    /// Makes and writes blocks as long as there are some, and leaves the columns of the last.
    fn work(&self, blocks: u64) -> Vec<Vec<Cell>> {
        let _stopping = Stopping(self);
        let (mut cells, mut room) = (Vec::new(), Room::default());
        let mut rows: Vec<Rows> = self.layouts.iter().map(|_| Rows::default()).collect();
        loop {
            let number = self.begun.fetch_add(1, Ordering::Relaxed);
            if number >= blocks {
                return cells;
            }
            match self.block(number, &mut cells, &mut room, &mut rows) {
                Ok(()) => {}
                Err(Unmade::Stopped) => return cells,
                Err(Unmade::Failed(error)) => {
                    let mut first = self.error.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    first.get_or_insert(error);
                    self.stop();
                    return cells;
                }
            }
        }
    }

    fn block(
        &self,
        number: u64,
        cells: &mut Vec<Vec<Cell>>,
        room: &mut Room,
        rows: &mut [Rows],
    ) -> Result<(), Unmade> {
        let first = number * BLOCK;
        let count = BLOCK.min(self.population.size - first) as usize;
        let block = Block { seed: self.seed, number, rows: count };
        self.population.make(&block, self.attachable, &self.debts, (cells, room))?;
        for (layout, rows) in self.layouts.iter().zip(rows.iter_mut()) {
            layout.render(cells, first, count, rows);
        }
        if number == 0 {
            self.room(rows).map_err(Unmade::Failed)?;
        }
        let written = self.files.take(number, |files| {
            files.iter_mut().zip(rows).try_for_each(|(file, rows)| file.append(rows))
        })?;
        written.map_err(Unmade::Failed)
    }

    /// That the disk has room for all, if the first block's rows tell: better known now than after hours.
    fn room(&self, rows: &[Rows]) -> Result<(), SimulateError> {
        let made = BLOCK.min(self.population.size).max(1);
        let bytes: usize = rows.iter().map(|rows| rows.bytes.len()).sum();
        let needed = bytes as u128 * u128::from(self.population.size) / u128::from(made);
        // Where the system does not say how much is free, writing shows it.
        match fs4::available_space(self.out) {
            Ok(free) if u128::from(free) < needed => {
                let [needed, free] = [needed, u128::from(free)].map(amount);
                let cause = format!(
                    "{} respondents take about {needed}, and {free} are free; ask for fewer, or write elsewhere",
                    self.population.size
                );
                Err(SimulateError::Unwritable { path: self.out.to_owned(), cause })
            }
            _ => Ok(()),
        }
    }

    fn stop(&self) {
        self.debts.stop();
        self.files.stop();
    }
}

/// Where a thread panics, the others must not wait for it.
struct Stopping<'a>(&'a Making<'a>);

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}

/// An amount of bytes as people say it.
fn amount(bytes: u128) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    match units.into_iter().find(|(unit, _)| bytes >= 10 * unit) {
        Some((unit, name)) => format!("{} {name}", bytes / unit),
        None => format!("{bytes} bytes"),
    }
}
