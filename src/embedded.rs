//! Evaluations that are part of the program: the shipped one of simulated respondents, and a small one to start from.

use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use tempfile::TempDir;

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/pipelines/sintef-lav");
static DICTIONARIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data-dictionary");
static FIRST: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/pipelines/first");

/// The shipped evaluation, unpacked; it goes when this value does.
#[derive(Debug)]
pub struct Unpacked {
    _folder: TempDir,
    pub pipeline: PathBuf,
}

/// Unpacks the shipped evaluation of simulated respondents.
///
/// # Errors
/// Where the temporary folder cannot be written.
pub fn shipped() -> io::Result<Unpacked> {
    let folder = tempfile::Builder::new().prefix("utfall-").tempdir()?;
    let pipeline = folder.path().join("pipelines/sintef-lav");
    extract(&SHIPPED, &pipeline)?;
    extract(&DICTIONARIES, &folder.path().join("data-dictionary"))?;
    Ok(Unpacked { _folder: folder, pipeline })
}

/// Writes the small evaluation into `folder`, which must not exist or be empty, and calls it by the folder's name.
///
/// # Errors
/// Where the folder holds something, or cannot be written.
pub fn init(folder: &Path) -> io::Result<()> {
    if folder.exists() && std::fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the folder is not empty"));
    }
    extract(&FIRST, folder)?;
    // The evaluation is called as its folder, so that two of them do not share an output.
    let name: String = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' })
        .collect();
    let pipeline = folder.join("pipeline.toml");
    let text = std::fs::read_to_string(&pipeline)?;
    let named = match name.trim_matches('-').is_empty() {
        true => text,
        false => text.replacen("id = \"first\"", &format!("id = \"{}\"", name.trim_matches('-')), 1),
    };
    std::fs::write(pipeline, named)
}

fn extract(from: &Dir<'_>, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    from.extract(to)
}
