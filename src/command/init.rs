//! `utfall init`: an evaluation to start from, drafted from files or the small one that comes with the program.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::print;
use crate::cli::InitArgs;
use crate::draft::{self, Request, Said};
use crate::embedded;
use crate::read;
use crate::run::{OutputError, RunError};

/// `utfall init`.
///
/// # Errors
/// [`RunError`] where the folder is not empty or cannot be written, or no evaluation can be drafted from the files.
pub fn init(args: &InitArgs) -> Result<(), RunError> {
    if args.files.is_empty() {
        return small(&args.folder);
    }
    let folder = &args.folder;
    let taken =
        folder.exists() && std::fs::read_dir(folder).map_err(|error| failed(folder, error))?.next().is_some();
    if taken {
        return Err(not_empty(folder));
    }
    let request = Request {
        id: name(folder),
        files: args.files.clone(),
        language: args.lang,
        said: Said {
            respondent: args.respondent.clone(),
            wave: args.wave_column.clone(),
            sheet: args.sheet.clone(),
            heading: args.heading,
            heading_rows: args.heading_rows,
        },
    };
    let here = std::env::current_dir().map_err(RunError::internal)?;
    let place = |file: &Path| match args.copy {
        true => format!(
            "data/{}",
            file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
        ),
        false => from(&here.join(folder), &here.join(file)),
    };
    if args.copy {
        distinct(&args.files)?;
    }
    let draft =
        draft::draft(&request, &place, &read::open).map_err(|error| RunError::Data(error.to_string()))?;
    for (file, text) in draft.dictionaries.iter().map(|(file, text)| (file.as_str(), text)) {
        write_new(&folder.join(file), text)?;
    }
    write_new(&folder.join("pipeline.toml"), &draft.pipeline)?;
    if args.copy {
        let data = folder.join("data");
        std::fs::create_dir_all(&data).map_err(|error| failed(&data, error))?;
        for file in &args.files {
            let to = data.join(file.file_name().unwrap_or_default());
            std::fs::copy(file, &to).map_err(|error| failed(&to, error))?;
        }
    }
    let mut said: String = draft.found.iter().map(|line| format!("{line}\n")).collect();
    if !draft.open.is_empty() {
        said += "\nOnly you know, so fill in:\n";
    }
    for (file, line, what) in draft.open.iter().take(6) {
        said += &format!("  {}:{line}: {what}\n", folder.join(file).display());
    }
    let guesses = if draft.guesses == 1 { "guess" } else { "guesses" };
    said += &format!(
        "\n{} {guesses} to look at: grep 'guess:' {}/*.toml\nThen: utfall check {}\n",
        draft.guesses,
        folder.display(),
        folder.display()
    );
    print(&said)
}

/// The small evaluation that comes with the program.
fn small(folder: &Path) -> Result<(), RunError> {
    embedded::init(folder).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => not_empty(folder),
        _ => failed(folder, error),
    })?;
    let folder = folder.display();
    print(&format!(
        "{folder}/dictionary.toml   what the answers mean\n{folder}/pipeline.toml     what is asked of them\n{folder}/data/             simulated answers, to be replaced by yours\n\nRun it: utfall run {folder}\nFrom your own files: utfall init FOLDER FILES\n"
    ))
}

fn not_empty(folder: &Path) -> RunError {
    RunError::Asked(format!("{} is not empty; name a folder that does not exist yet", folder.display()))
}

fn failed(path: &Path, error: io::Error) -> RunError {
    RunError::Output(OutputError::Write { path: path.to_owned(), error })
}

/// The evaluation's id: the folder's name, in letters that an id may have.
fn name(folder: &Path) -> String {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let letter = |letter: char| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' };
    let name: String = name.chars().map(letter).collect();
    match name.trim_matches('-') {
        "" => "evaluation".to_owned(),
        name => name.to_owned(),
    }
}

/// Copies go into one folder, where each needs a name of its own.
fn distinct(files: &[PathBuf]) -> Result<(), RunError> {
    let mut names = std::collections::BTreeSet::new();
    for file in files {
        if !names.insert(file.file_name()) {
            return Err(RunError::Asked(format!(
                "{}: another of the files has this name as well, and copies go into one folder; leave out --copy, or rename it",
                file.display()
            )));
        }
    }
    Ok(())
}

/// A file's path as seen from a folder where both lie beneath the folder's parent; else in full. With `/`.
fn from(folder: &Path, file: &Path) -> String {
    let (folder, file) = (plain(folder), plain(file));
    let shown = |path: &Path| path.to_string_lossy().replace('\\', "/");
    if let Ok(inside) = file.strip_prefix(&folder) {
        return shown(inside);
    }
    match folder.parent().and_then(|parent| file.strip_prefix(parent).ok()) {
        Some(beside) => format!("../{}", shown(beside)),
        None => shown(&file),
    }
}

/// Without `.` and, where they undo a folder's name, `..`.
fn plain(path: &Path) -> PathBuf {
    let mut made = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if made.file_name().is_some() => {
                made.pop();
            }
            other => made.push(other),
        }
    }
    made
}

fn write_new(path: &Path, text: &str) -> Result<(), RunError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    }
    let mut file =
        OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| failed(path, error))?;
    file.write_all(text.as_bytes()).map_err(|error| failed(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_folder() {
        for (folder, file, found) in [
            ("/a/my", "/a/data/x.csv", "../data/x.csv"),
            ("/a/my", "/a/./b/../x.csv", "../x.csv"),
            ("/a/my", "/a/my/x.csv", "x.csv"),
            ("/a/b/my", "/c/x.csv", "/c/x.csv"),
        ] {
            assert_eq!(from(Path::new(folder), Path::new(file)), found);
        }
        assert_eq!(name(Path::new("/a/min evaluering")), "min-evaluering");
    }
}
