//! Services in the names of files: one file for each service and wave.

use std::path::{Path, PathBuf};

use super::look::Looked;
use super::source::by_wave;
use super::waves::Waves;

/// The name that files of several services have in common, with `{service}` where they differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    pub services: Vec<String>,
}

/// What the files' names say of services: a part that is no wave, differs from file to file, and stands in no column.
pub fn capture(files: &[&Looked], waves: &Waves) -> Option<Capture> {
    let groups = by_wave(files, waves);
    let mut services: Option<Vec<String>> = None;
    for (_, group) in &groups {
        let (_, middles) = template(group)?;
        let mut middles = middles;
        middles.sort();
        match &services {
            Some(known) if *known != middles => return None,
            _ => services = Some(middles),
        }
    }
    let services = services?;
    // A column with one value a file tells the service already.
    let told = files.iter().all(|looked| {
        looked.profiles.iter().any(|profile| {
            let texts: Vec<_> = profile.values.keys().collect();
            matches!(texts.as_slice(), [super::profile::Value::Text(text)] if services.iter().any(|service| service.eq_ignore_ascii_case(text)))
        })
    });
    (!told && services.len() > 1).then_some(Capture { services })
}

/// The name with `{service}` in it, and what stands in its place in each file; nothing where other files fit as well.
pub fn template(group: &[&Looked]) -> Option<(PathBuf, Vec<String>)> {
    let folder = group.first()?.path.parent()?.to_owned();
    let names: Vec<String> = group
        .iter()
        .map(|looked| {
            looked.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
        })
        .collect();
    if group.len() < 2 || group.iter().any(|looked| looked.path.parent() != Some(&folder)) {
        return None;
    }
    let first: Vec<char> = names[0].chars().collect();
    let shared = |other: &String, back: bool| {
        let other: Vec<char> = other.chars().collect();
        let alike = |(one, other): &(&char, &char)| one == other;
        match back {
            true => first.iter().rev().zip(other.iter().rev()).take_while(alike).count(),
            false => first.iter().zip(other.iter()).take_while(alike).count(),
        }
    };
    let before = names[1..].iter().map(|name| shared(name, false)).min()?;
    let after = names[1..].iter().map(|name| shared(name, true)).min()?;
    // Up to a mark between words, so that `Bergen` and `Bodø` do not share their B.
    let is_mark = |letter: &char| matches!(letter, '-' | '_' | ' ' | '.');
    let before = first[..before].iter().rposition(is_mark).map_or(0, |at| at + 1);
    let end = first.len() - after;
    let end = first[end..].iter().position(is_mark).map(|at| end + at)?;
    let (start, stop): (String, String) = (first[..before].iter().collect(), first[end..].iter().collect());
    let middle = |name: &str| -> Option<String> {
        let middle = name.strip_prefix(&start)?.strip_suffix(&stop)?;
        (!middle.is_empty()).then(|| middle.to_owned())
    };
    let middles: Option<Vec<String>> = names.iter().map(|name| middle(name)).collect();
    let beside =
        std::fs::read_dir(if folder.as_os_str().is_empty() { Path::new(".") } else { &folder }).ok()?;
    let fitting =
        beside.flatten().filter(|entry| middle(&entry.file_name().to_string_lossy()).is_some()).count();
    let plain = |text: &str| !text.contains(['{', '}', '*', '?', '[', ']']);
    let usable = fitting == names.len() && plain(&start) && plain(&stop);
    usable.then_some(())?;
    Some((folder.join(format!("{start}{{service}}{stop}")), middles?))
}
