//! Writes files in the format that a pipeline's source declares.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::column::Cell;
use super::population::Population;
use super::render::{self, Renderer};
use super::{SimulateError, Written};
use crate::plan::{Source, WaveOf};

/// A file that is being written.
///
/// It has another name until it is finished: a file under its own name is whole.
pub struct File {
    path: PathBuf,
    unfinished: Unfinished,
    file: fs::File,
    rows: u64,
}

/// The rows of one block as a file has them.
#[derive(Default)]
pub struct Rows {
    pub bytes: Vec<u8>,
    pub rows: u64,
}

impl File {
    pub fn create(out: &Path, source: &Source, population: &Population) -> Result<File, SimulateError> {
        let path = out.join(source.file());
        let folder = path.parent().unwrap_or(out);
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let mut unfinished = path.clone().into_os_string();
        unfinished.push(".unfinished");
        let unfinished = Unfinished(unfinished.into());
        let file = fs::File::create(&unfinished.0).map_err(|error| unwritable(&unfinished.0, &error))?;
        let mut file = File { path, unfinished, file, rows: 0 };
        let mut heading = vec![source.respondent.column.as_str()];
        if let WaveOf::Column { column, .. } = &source.wave {
            heading.push(column);
        }
        heading.extend(population.items.iter().map(|output| output.item.column.as_str()));
        let bytes = render::record(&heading, &source.format);
        file.append(&Rows { bytes, rows: 0 })?;
        Ok(file)
    }

    /// Writes the rows of the next block.
    pub fn append(&mut self, rows: &Rows) -> Result<(), SimulateError> {
        self.file.write_all(&rows.bytes).map_err(|error| unwritable(&self.unfinished.0, &error))?;
        self.rows += rows.rows;
        Ok(())
    }

    /// Gives the file its name.
    pub fn finish(self) -> Result<Written, SimulateError> {
        let File { path, unfinished, file, rows, .. } = self;
        drop(file);
        fs::rename(&unfinished.0, &path).map_err(|error| unwritable(&path, &error))?;
        Ok(Written { path, rows })
    }
}

/// The name of a file that is not whole yet; nothing is left under it, whatever happens.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Finished files have another name by now, and where removing fails nothing more can be done.
        let _ = fs::remove_file(&self.0);
    }
}

/// How the rows of a source come about: the renderer of each wave in it, and the text that names the wave.
pub struct Layout<'a> {
    population: &'a Population,
    waves: Vec<(&'a str, Renderer)>,
}

impl<'a> Layout<'a> {
    pub fn new(source: &'a Source, population: &'a Population) -> Layout<'a> {
        let renderer = |wave: &str, text: Option<&str>| Renderer::new(source, population, wave, text);
        let waves = match &source.wave {
            WaveOf::File(wave) => vec![(wave.as_str(), renderer(wave, None))],
            WaveOf::Column { values, .. } => {
                values.iter().map(|(text, wave)| (wave.as_str(), renderer(wave, Some(text)))).collect()
            }
            // No such source is made here.
            WaveOf::Start { .. } => Vec::new(),
        };
        Layout { population, waves }
    }

    /// The rows of a block, whose first respondent has the number `first` (from 0), in `rows`.
    pub fn render(&self, cells: &[Vec<Cell>], first: u64, count: usize, rows: &mut Rows) {
        rows.bytes.clear();
        rows.rows = 0;
        let seen: Vec<_> = self.waves.iter().map(|(wave, _)| self.population.seen(wave, cells)).collect();
        let mut open: Vec<_> = self.waves.iter().map(|(_, renderer)| renderer.of(cells)).collect();
        for row in 0..count {
            for (seen, of) in seen.iter().zip(&mut open) {
                if seen(row) {
                    of.append(first + row as u64 + 1, row, &mut rows.bytes);
                    rows.rows += 1;
                }
            }
        }
    }
}

fn unwritable(path: &Path, error: &dyn std::error::Error) -> SimulateError {
    SimulateError::Unwritable { path: path.to_owned(), cause: error.to_string() }
}
