//! Simulation: made-up respondents from a dictionary and published margins.
//!
//! A [description](written) says which figures are published and what depends on what. [`simulate`] makes the files that a pipeline's
//! sources name. The figures are quotas, not probabilities: chance decides *which* people, never *how many*, so that the published figures come
//! out right with every seed. Each person that a quota is for gets a score: what it depends on, plus noise. People are ranked by the score, and
//! the answers are dealt down the ranking.
//!
//! A score can hold what makes the people plausible:
//!
//! - **dependence** on traits that no file shows (how heavy a user's problems are) and on earlier answers, so that domains are correlated and
//!   the second wave resembles the first (`self@w1`);
//! - **a service effect**, from traits of the services that the users are attached to;
//! - **drop-out**, from a hidden variable that decides who has a second form and is dealt like an answer;
//! - **states** at the second wave, some of which make everything else not applicable;
//! - **missing answers with their reasons**, dealt at random in their published or chosen number.
//!
//! A figure that is a share of some people (of those who answered, of receivers) is dealt among those with
//! [`where`](written::DrawWritten). A mean is met by moving numbers within the bands that they were dealt in, a median by a band of its
//! own width. Where the publication gives no number, a comment in the description says that the number is chosen.
//!
//! The same description, size and seed give the same bytes on any machine and any number of threads. Only integers are used, the generators'
//! streams are fixed, and every draw has a stream of its own in every block, so that a new draw leaves the others unchanged. A population is made
//! in blocks of [`BLOCK`] respondents, each on a thread, and written in order, so memory does not grow with it. Files get their names when all
//! of them are complete.

mod answers;
mod column;
mod deal;
mod file;
mod making;
mod mean;
mod population;
mod quota;
mod random;
mod rank;
mod render;
mod resolve;
mod score;
mod steps;
mod turn;
pub mod written;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::written::Mistake;

/// Respondents that are made at a time.
pub const BLOCK: u64 = 1 << 12;

/// What a simulation made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub seed: u64,
    pub files: Vec<Written>,
    /// Columns (`item@wave`) that no draw fills: they stand empty in the files.
    pub empty: Vec<String>,
    /// Draws whose counts do not add up to the persons meant, and were dealt in proportion.
    pub uneven: Vec<Uneven>,
}

/// A draw that gives counts, and other persons to give them to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uneven {
    /// The column (`item@wave`) that it fills, and the line where it stands.
    pub column: String,
    pub line: usize,
    pub counts: u64,
    pub persons: u64,
}

/// What is asked of a description beyond what it says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// How many respondents the population that the description names in `sized` has; its figures keep their shares.
    pub size: Option<u64>,
    /// A seed in place of the description's.
    pub seed: Option<u64>,
    /// Whether files that are there may be replaced.
    pub replace: bool,
}

/// One file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub path: PathBuf,
    pub rows: u64,
}

/// Why nothing, or not everything, could be made.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// The description, the pipeline or a dictionary has a mistake.
    #[error(transparent)]
    Mistake(#[from] Mistake),
    /// A file cannot be written.
    #[error("{path}: the file cannot be written: {cause}; check the folder, and that you may write there")]
    Unwritable { path: PathBuf, cause: String },
    /// A file is there that may hold answers of people.
    #[error(
        "{path}: it is there already, and made-up answers would replace it; write elsewhere, or say that it is to be replaced"
    )]
    InTheWay { path: PathBuf },
}

/// Makes the files of the description at `description` (a `simulation.toml`, or the folder that holds one) under the
/// folder `out`: each at the path that the pipeline's source has, relative to the pipeline.
///
/// # Errors
/// [`SimulateError::Mistake`] where the description breaks a rule or asks what cannot be; [`SimulateError::InTheWay`] where a file is
/// there that may not be replaced; [`SimulateError::Unwritable`] where a file cannot be written. Then no file is there that was not
/// before, and what was there is as it was.
pub fn simulate(description: &Path, out: &Path, options: Options) -> Result<Report, SimulateError> {
    let description = resolve::load(description, options.size)?;
    let seed = options.seed.unwrap_or(description.seed);
    if !options.replace {
        let files = description.populations.iter().flat_map(|population| &population.sources);
        let mut paths = files.map(|source| out.join(source.file()));
        if let Some(path) = paths.find(|path| path.exists()) {
            return Err(SimulateError::InTheWay { path });
        }
    }
    let mut report = Report { seed, files: Vec::new(), empty: Vec::new(), uneven: Vec::new() };
    let mut attachable = HashMap::new();
    let mut files = Vec::new();
    for population in &description.populations {
        let (made, uneven) = making::make(population, seed, &mut attachable, out)?;
        files.extend(made);
        report.uneven.extend(uneven);
        report.empty.extend(population.empty());
    }
    for file in files {
        report.files.push(file.finish()?);
    }
    Ok(report)
}
