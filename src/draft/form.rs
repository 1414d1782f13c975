//! One questionnaire: its files, who it is about, its waves and its items.

use std::collections::{BTreeSet, HashSet};

use super::double::{Doubles, doubles};
use super::item::{Drafted, Seen, drafted};
use super::link::ignored;
use super::look::{Looked, Open};
use super::meta::{Meta, meta};
use super::names::About;
use super::persons::{Facts, Group, Seen as Persons, facts};
use super::probe;
use super::profile::{Profile, Value};
use super::scale::{Scale, scales};
use super::services::{Capture, capture};
use super::shape::{Rows, Shape, shape};
use super::token::token;
use super::trouble::Trouble;
use super::waves::{Told, Waves, parts, waves};
use super::wide::wide;
use super::{DraftError, Request};
use crate::dictionary::exchange::kept::in_language;
use crate::dictionary::exchange::name;
use crate::dictionary::{Asked, Code as ItemCode, Item, ItemType, Language};
use crate::plan::Ignore;
use crate::read::{Code, Column};

/// One questionnaire.
#[derive(Debug)]
pub struct Form<'l> {
    pub id: String,
    pub files: Vec<&'l Looked>,
    pub shape: Shape,
    pub waves: Waves,
    pub items: Vec<Drafted>,
    pub facts: Vec<Facts>,
    pub scales: Vec<Scale>,
    /// Columns that no item holds, and why.
    pub left_out: Vec<String>,
    /// Of these, what another heading would have.
    pub unnamed: Vec<String>,
    /// Ids that come several times where nothing tells why.
    pub doubles: Doubles,
    pub service: Option<Capture>,
    /// What does not tell ids apart.
    pub ignore: Vec<Ignore>,
    /// Of the respondents at a later wave, the share without a form at the first.
    pub unlinked: f64,
    /// Whether somebody has several records at a wave.
    pub repeated: bool,
    /// Whether a file lacks the column of an item that is asked at its wave.
    pub absent: bool,
}

/// Files that have most of their columns in common are of one form.
pub fn groups(looked: &[Looked]) -> Vec<Vec<&Looked>> {
    let names = |looked: &Looked| looked.named().map(|column| column.name.clone()).collect::<HashSet<_>>();
    let mut groups: Vec<(HashSet<String>, Vec<&Looked>)> = Vec::new();
    for file in looked {
        let own = names(file);
        let akin = groups.iter_mut().find(|(known, _)| {
            let shared = known.intersection(&own).count();
            2 * shared > known.len().min(own.len())
        });
        match akin {
            Some((known, files)) => {
                known.extend(own);
                files.push(file);
            }
            None => groups.push((own, vec![file])),
        }
    }
    groups.into_iter().map(|(_, files)| files).collect()
}

/// What a form is called: what the names of its files share, without words of time.
pub fn id(files: &[&Looked], others: &[Form<'_>]) -> String {
    let all: Vec<Vec<String>> = files.iter().map(|looked| parts(&looked.path)).collect();
    let shared = all.first().into_iter().flatten().filter(|part| {
        all.iter().all(|parts| parts.contains(part))
            && token(part).is_none()
            && part.starts_with(char::is_alphabetic)
    });
    let words: Vec<String> = shared.map(|part| part.to_lowercase()).collect();
    let made = match words.join("_").as_str() {
        "" | "data" | "wave" | "respondent" => "form".to_owned(),
        // `(v2).xlsx` leaves a sign at the end.
        words => name::item(words.trim_matches(|letter: char| !letter.is_alphanumeric())),
    };
    let mut taken: BTreeSet<String> = others.iter().map(|form| form.id.clone()).collect();
    name::unique(made, &mut taken)
}

/// Decides what a form is.
///
/// # Errors
/// A [`DraftError`] where a file cannot be read once more, or nothing tells its respondents.
pub fn form<'l>(
    id: String,
    files: Vec<&'l Looked>,
    request: &Request,
    open: Open<'_>,
) -> Result<Form<'l>, DraftError> {
    let unsuited = |why| DraftError::Unsuited {
        paths: files.iter().map(|looked| looked.path.clone()).collect(),
        why,
        hint: None,
    };
    // Which of the files is not known here; its place says so in words.
    let failed = |fault| DraftError::Read {
        path: files.first().map(|looked| looked.path.clone()).unwrap_or_default(),
        fault,
    };
    if files.iter().all(|looked| looked.rows == 0) {
        return Err(unsuited(Trouble::NoRecords));
    }
    for asked in [&request.said.respondent, &request.said.wave].into_iter().flatten() {
        if files.iter().any(|looked| looked.place(asked).is_none()) {
            return Err(unsuited(Trouble::NoColumn(asked.clone())));
        }
    }
    let shape =
        shape(&files, &request.said, open).map_err(failed)?.ok_or_else(|| unsuited(Trouble::NoRespondent))?;
    let doubles = match shape.rows {
        Rows::Repeated => doubles(&files, &shape.respondent, open).map_err(failed)?,
        _ => Doubles::default(),
    };
    if shape.is_unclear() && request.said.respondent.is_none() {
        return Err(unsuited(Trouble::Repeated(shape.respondent, doubles)));
    }
    let mut columns: Vec<String> = Vec::new();
    for column in files.iter().flat_map(|looked| looked.named()) {
        if !columns.contains(&column.name) && column.name != shape.respondent {
            columns.push(column.name.clone());
        }
    }
    let names: Vec<&str> = columns.iter().map(String::as_str).collect();
    // Or few stand in a file twice.
    let once =
        shape.rows == Rows::Once || shape.rows == Rows::Repeated && !shape.is_unclear() && files.len() == 1;
    let by_name = if once { wide(&names) } else { None };
    let waves = waves(&files, &shape, by_name);
    let groups = questions(&columns, &waves);
    if groups.is_empty() {
        return Err(unsuited(Trouble::NoItems));
    }
    let ignore = match waves.waves.len() > 1 {
        true => ignored(&files, &shape.respondent, &waves, open).map_err(failed)?,
        false => Vec::new(),
    };
    let Persons { facts, unlinked, repeated } =
        facts(&files, &shape.respondent, &ignore, &waves, &groups, open).map_err(failed)?;
    let mut unnamed: Vec<String> = Vec::new();
    for looked in &files {
        let told = probe::unnamed(looked, &request.said, open, &shape.respondent);
        unnamed.extend(told.into_iter().filter(|told| !unnamed.contains(told)).collect::<Vec<_>>());
    }
    let mut made = Form {
        id,
        service: capture(&files, &waves),
        files,
        shape,
        waves,
        items: Vec::new(),
        facts: Vec::new(),
        scales: Vec::new(),
        left_out: unnamed.clone(),
        unnamed,
        doubles,
        ignore,
        unlinked,
        repeated,
        absent: false,
    };
    made.take(groups, facts, request.language);
    Ok(made)
}

/// The columns as questions: what the names of several say is one item at several waves.
fn questions(columns: &[String], waves: &Waves) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let wide = match &waves.told {
        Told::Names(wide) => Some(wide),
        _ => None,
    };
    let skipped = match &waves.told {
        Told::Column(column) => Some(column),
        _ => None,
    };
    for column in columns.iter().filter(|column| Some(*column) != skipped) {
        let item = wide.and_then(|wide| {
            wide.items.iter().find(|(_, columns)| columns.iter().flatten().any(|known| known == column))
        });
        match item {
            Some((item, _)) if groups.iter().any(|group| group.column == *item) => {}
            Some((item, columns)) => {
                let columns = columns.iter().enumerate();
                let columns = columns.filter_map(|(wave, column)| Some((Some(wave), column.clone()?)));
                groups.push(Group { column: item.clone(), columns: columns.collect() });
            }
            None => groups.push(Group { column: column.clone(), columns: vec![(None, column.clone())] }),
        }
    }
    groups
}

impl Form<'_> {
    fn take(&mut self, groups: Vec<Group>, facts: Vec<Facts>, language: Language) {
        let mut names = BTreeSet::new();
        let several = self.waves.waves.len() > 1;
        if let Some(service) = &self.service {
            let name = name::unique("service".to_owned(), &mut names);
            self.items.push(services(&name, service, language));
            self.facts.push(Facts::default());
        }
        for (group, facts) in groups.into_iter().zip(facts) {
            let Some((told, profile, meta)) = seen(&self.files, &group, language) else { continue };
            let name = name::unique(name::item(&group.column), &mut names);
            let seen =
                Seen { name, column: group.column.clone(), told, meta, profile: &profile, facts: &facts };
            let Some(mut made) = drafted(&seen, language) else {
                names.remove(&seen.name);
                self.left_out
                    .push(format!("{} (a time of the day, for which there is no type)", group.column));
                continue;
            };
            let plain = matches!(self.waves.told, Told::Names(_))
                && group.columns.iter().all(|(wave, _)| wave.is_none());
            let counted = facts.answers.iter().sum::<u64>() > 0;
            let first_only =
                counted && facts.at(0) > 0 && facts.answers.iter().skip(1).all(|count| *count == 0);
            if several && (plain || facts.constant() || first_only) {
                made.item.constant = true;
                if !plain {
                    made.guesses.push(match first_only {
                        true => "answered at the first wave only".to_owned(),
                        false => "the same whenever a respondent answers".to_owned(),
                    });
                }
            } else if several && counted && facts.at(0) == 0 {
                made.item.asked = Asked::Later;
                made.guesses.push("not answered at the first wave".to_owned());
            }
            if several && !made.item.constant && made.about == Some(About::Age) && made.is_about_the_person()
            {
                made.notes.push("an age grows by itself and is no question: where a form with nothing but it is to be no form, write constant = true; a difference of up to two years is then nothing amiss".to_owned());
            }
            self.asked(&group, &mut made.item);
            made.directed &= !made.item.constant;
            self.items.push(made);
            self.facts.push(facts);
        }
        self.scales = scales(&mut self.items, language);
    }

    /// At which waves a question is put, by the columns that the files have.
    fn asked(&mut self, group: &Group, item: &mut Item) {
        let waves = self.waves.waves.len();
        let has = |looked: &&Looked| group.columns.iter().any(|(_, column)| looked.place(column).is_some());
        let at: Vec<bool> = match &self.waves.told {
            Told::File(places) => (0..waves)
                .map(|wave| {
                    self.files.iter().zip(places).any(|(looked, place)| *place == wave && has(looked))
                })
                .collect(),
            Told::Names(_) if group.columns.iter().any(|(wave, _)| wave.is_some()) => {
                (0..waves).map(|wave| group.columns.iter().any(|(own, _)| *own == Some(wave))).collect()
            }
            _ => vec![true; waves],
        };
        self.absent |= self.files.iter().enumerate().any(|(file, looked)| match &self.waves.told {
            Told::File(places) => at[places[file]] && !has(looked),
            _ => !has(looked),
        });
        if at.iter().all(|asked| *asked) {
            return;
        }
        item.asked = match at.split_first() {
            Some((true, later)) if later.iter().all(|asked| !asked) => Asked::First,
            Some((false, later)) if later.iter().all(|asked| *asked) => Asked::Later,
            _ => {
                let ids = self.waves.waves.iter().zip(&at).filter(|(_, asked)| **asked);
                Asked::At(ids.map(|(wave, _)| wave.id.clone()).collect())
            }
        };
    }

    /// The form's dictionary file.
    pub fn dictionary(&self, language: Language) -> String {
        let mut about = vec![
            "A draft. What the files do not say is a guess and marked as one: hold it against the questionnaire.".to_owned(),
        ];
        about.extend(self.left_out.iter().map(|column| format!("Left out: {column}.")));
        super::dictionary::dictionary(&super::dictionary::Sheet {
            id: &self.id,
            title: in_language(language, &title(&self.id)),
            items: &self.items,
            scales: &self.scales,
            about,
        })
    }

    /// What was found, in a line.
    pub fn told(&self) -> String {
        let records: u64 = self.files.iter().map(|looked| looked.rows).sum();
        let waves: Vec<&str> = self.waves.waves.iter().map(|wave| wave.id.as_str()).collect();
        let by = match &self.waves.told {
            Told::Nothing => String::new(),
            Told::File(_) => " by file".to_owned(),
            Told::Column(column) => format!(" by the column `{column}`"),
            Told::Days(column) | Told::Dates(column) => format!(" by `{column}` and windows"),
            Told::Names(wide) => format!(" by the columns' names, `{}`", wide.pattern),
        };
        format!(
            "{}: {} {}, {}; respondent `{}`; {} {}{by}; {}",
            self.id,
            self.files.len(),
            if self.files.len() == 1 { "file" } else { "files" },
            counted(records, "record"),
            self.shape.respondent,
            if waves.len() == 1 { "wave" } else { "waves" },
            waves.join(", "),
            counted(self.items.len() as u64, "item")
        )
    }
}

/// `1 record`, `2 records`.
fn counted(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

pub fn title(id: &str) -> String {
    let words = id.replace('_', " ");
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A question over all files and waves: the metadata of the file that says most, everything that was seen, and the codes.
pub fn seen<'l>(
    files: &[&'l Looked],
    group: &Group,
    language: Language,
) -> Option<(&'l Column, Profile, Meta)> {
    let mut told: Option<&Column> = None;
    let mut profile = Profile::default();
    for looked in files {
        for (_, column) in &group.columns {
            let Some(at) = looked.place(column) else { continue };
            profile.merge(&looked.profiles[at]);
            let column = &looked.columns[at];
            let says =
                |column: &Column| (column.labels.len(), !column.missing.is_empty(), column.label.is_some());
            if told.is_none_or(|known| says(column) > says(known)) {
                told = Some(column);
            }
        }
    }
    let told = told?;
    let declared = profile.declared.keys().map(|value| match value {
        Value::Whole(number) => Code::Number(*number as f64),
        Value::Text(text) => Code::Text(text.to_string()),
    });
    let declared: Vec<Code> = declared.chain(profile.tags.keys().map(|tag| Code::Tag(*tag))).collect();
    let meta = meta(told, &declared, language);
    Some((told, profile, meta))
}

/// The service that a file's name tells.
fn services(name: &str, service: &Capture, language: Language) -> Drafted {
    let codes = (1..).zip(&service.services).map(|(code, text)| ItemCode {
        code,
        label: in_language(language, text),
        written: vec![text.clone()],
    });
    let codes: Vec<ItemCode> = codes.collect();
    let kind = if codes.len() == 2 { ItemType::Binary } else { ItemType::Nominal };
    let mut item = Item::bare(name, name, in_language(language, "Service"), kind);
    item.codes = codes;
    Drafted {
        item,
        guesses: vec!["the files' names tell the service".to_owned()],
        notes: Vec::new(),
        scale: None,
        shared: None,
        directed: false,
        about: None,
    }
}
