//! The folder of an evaluation: built beside, moved into place whole.
//!
//! A run writes into `.<id>.building` and renames it to `<id>` at the end. Whatever stops it before that leaves the
//! earlier output as it was. Between the two renames of the exchange the earlier output stands as `.<id>.earlier`; the
//! next run puts it back.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// An evaluation's folder, locked against a second run.
#[derive(Debug)]
pub struct Output {
    /// `out/<id>`.
    pub place: PathBuf,
    building: PathBuf,
    earlier: PathBuf,
    _lock: File,
}

/// Why an output cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    #[error("{}: {error}\n  the output cannot be written; check that the folder exists, that you may write there, and that the disk is not full; what was there before is untouched", path.display())]
    Write { path: PathBuf, error: io::Error },
    #[error("{}: found {found}; expected the output of an earlier run, or nothing\n  it would be replaced by this run's output; move it away, or choose another folder with --out", path.display())]
    Foreign { path: PathBuf, found: String },
    #[error("{}: found a file; expected none\n  made-up answers would replace it; write elsewhere with --out, or replace it with --force", .0.display())]
    InTheWay(PathBuf),
    #[error("another run is writing {}\n  wait for it to end, or choose another folder with --out", .0.display())]
    Busy(PathBuf),
}

pub fn failed(path: &Path) -> impl FnOnce(io::Error) -> OutputError + '_ {
    move |error| OutputError::Write { path: path.to_owned(), error }
}

/// Writes a file of the output under construction, with the folders that it stands in.
///
/// # Errors
/// [`OutputError`] where it cannot be written.
pub fn write(building: &Path, file: &str, bytes: impl AsRef<[u8]>) -> Result<(), OutputError> {
    let path = building.join(file);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    fs::write(&path, bytes).map_err(failed(&path))
}

impl Output {
    /// Locks `<out>/<id>` and makes an empty folder beside it.
    ///
    /// # Errors
    /// [`OutputError`] where another run holds it, it cannot be written, or something else than a run's output stands there.
    pub fn open(out: &Path, id: &str) -> Result<Output, OutputError> {
        fs::create_dir_all(out).map_err(failed(out))?;
        let lock_path = out.join(format!(".{id}.lock"));
        let lock = File::create(&lock_path).map_err(failed(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OutputError::Busy(out.join(id))),
            Err(TryLockError::Error(error)) => return Err(failed(&lock_path)(error)),
        }
        let output = Output {
            place: out.join(id),
            building: out.join(format!(".{id}.building")),
            earlier: out.join(format!(".{id}.earlier")),
            _lock: lock,
        };
        if let Some(found) = foreign(&output.place) {
            return Err(OutputError::Foreign { path: output.place.clone(), found });
        }
        if output.earlier.exists() {
            match output.place.exists() {
                true => fs::remove_dir_all(&output.earlier).map_err(failed(&output.earlier))?,
                false => fs::rename(&output.earlier, &output.place).map_err(failed(&output.place))?,
            }
        }
        if output.building.exists() {
            fs::remove_dir_all(&output.building).map_err(failed(&output.building))?;
        }
        Ok(output)
    }

    /// The folder under construction.
    ///
    /// # Errors
    /// [`OutputError`] where it cannot be made.
    pub fn build(&self) -> Result<&Path, OutputError> {
        for folder in ["release", "restricted"] {
            let path = self.building.join(folder);
            fs::create_dir_all(&path).map_err(failed(&path))?;
        }
        restrict(&self.building.join("restricted")).map_err(failed(&self.building))?;
        Ok(&self.building)
    }

    /// Puts what was built in place of what was there.
    ///
    /// # Errors
    /// [`OutputError`] where a rename fails; what was there before is put back.
    pub fn publish(self) -> Result<PathBuf, OutputError> {
        let had_earlier = self.place.exists();
        if had_earlier {
            fs::rename(&self.place, &self.earlier).map_err(failed(&self.place))?;
        }
        if let Err(error) = fs::rename(&self.building, &self.place) {
            if had_earlier {
                fs::rename(&self.earlier, &self.place).map_err(failed(&self.place))?;
            }
            return Err(failed(&self.place)(error));
        }
        if had_earlier {
            fs::remove_dir_all(&self.earlier).map_err(failed(&self.earlier))?;
        }
        Ok(self.place.clone())
    }

    /// Takes files over from the earlier output, without copying them where the file system allows.
    ///
    /// # Errors
    /// [`OutputError`] where a file cannot be read or linked.
    pub fn keep(&self, relative: &str) -> Result<(), OutputError> {
        let (from, to) = (self.place.join(relative), self.building.join(relative));
        link_all(&from, &to).map_err(failed(&from))
    }
}

impl Drop for Output {
    /// What a failed run built is of no use to anyone.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.building);
    }
}

/// What stands in an output's place and is none, such as the pipeline's own folder where `--out` is the one above it: to
/// publish would be to delete it.
fn foreign(place: &Path) -> Option<String> {
    if !place.exists() {
        return None;
    }
    let Ok(entries) = fs::read_dir(place) else {
        return Some("what is not a folder that can be read".to_owned());
    };
    let own = ["release", "restricted", "run.json"];
    let mut others: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| !own.contains(&name.as_str()) && !name.starts_with('.'))
        .collect();
    others.sort();
    others.first().map(|name| format!("`{name}` in it, which no run has written"))
}

fn link_all(from: &Path, to: &Path) -> io::Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            link_all(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
}

/// Readable by its owner only, where the system knows modes.
fn restrict(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(output: &Output, text: &str) {
        fs::write(output.build().unwrap().join("release/a.txt"), text).unwrap();
    }

    #[test]
    fn an_output_is_replaced_whole_or_not_at_all() {
        let out = tempfile::tempdir().unwrap();
        let first = Output::open(out.path(), "x").unwrap();
        write(&first, "first");
        first.publish().unwrap();
        let abandoned = Output::open(out.path(), "x").unwrap();
        write(&abandoned, "half");
        drop(abandoned);
        let text = || fs::read_to_string(out.path().join("x/release/a.txt")).unwrap();
        assert_eq!(text(), "first");
        assert!(!out.path().join(".x.building").exists());
        let second = Output::open(out.path(), "x").unwrap();
        second.build().unwrap();
        second.keep("release/a.txt").unwrap();
        second.publish().unwrap();
        assert_eq!(text(), "first");
        assert!(!out.path().join(".x.earlier").exists());
    }

    #[test]
    fn a_run_that_died_between_the_renames_is_healed() {
        let out = tempfile::tempdir().unwrap();
        fs::create_dir_all(out.path().join(".x.earlier/release")).unwrap();
        let output = Output::open(out.path(), "x").unwrap();
        assert!(output.place.join("release").exists());
    }

    #[test]
    fn two_runs_do_not_write_one_output() {
        let out = tempfile::tempdir().unwrap();
        let _first = Output::open(out.path(), "x").unwrap();
        assert!(matches!(Output::open(out.path(), "x"), Err(OutputError::Busy(_))));
    }

    #[test]
    fn what_is_no_output_is_not_replaced() {
        let out = tempfile::tempdir().unwrap();
        fs::create_dir(out.path().join("x")).unwrap();
        fs::write(out.path().join("x/pipeline.toml"), "").unwrap();
        fs::write(out.path().join("y"), "").unwrap();
        for id in ["x", "y"] {
            assert!(matches!(Output::open(out.path(), id), Err(OutputError::Foreign { .. })));
        }
        fs::rename(out.path().join("x/pipeline.toml"), out.path().join("x/.hidden")).unwrap();
        assert!(Output::open(out.path(), "x").is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn restricted_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let out = tempfile::tempdir().unwrap();
        let output = Output::open(out.path(), "x").unwrap();
        let mode = fs::metadata(output.build().unwrap().join("restricted")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
