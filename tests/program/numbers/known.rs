//! Texts with numbers in them that are no results: labels of dictionary and pipeline, and the program's own words.

use std::collections::BTreeSet;
use std::path::Path;

use crate::common::repository;

/// What an evaluation calls things, and what the program says in one language.
pub struct Known {
    /// Longest first.
    labels: Vec<String>,
    /// Without a letter, such as `2001` or `36–45`.
    bare: BTreeSet<String>,
    words: Vec<String>,
    /// Numbers of tables and figures: `4.23`.
    numbering: Vec<String>,
}

fn has_digit(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_digit())
}

impl Known {
    pub fn of(pipeline: &str, language: &str) -> Known {
        let mut texts = BTreeSet::new();
        let mut numbering = BTreeSet::new();
        for folder in [repository("pipelines").join(pipeline), repository("data-dictionary")] {
            let mut waiting = vec![folder];
            while let Some(folder) = waiting.pop() {
                for entry in std::fs::read_dir(folder).unwrap() {
                    let path = entry.unwrap().path();
                    if path.is_dir() {
                        waiting.push(path);
                    } else if path.extension().is_some_and(|ending| ending == "toml") {
                        collect(&toml_of(&path), "", &mut texts, &mut numbering);
                    }
                }
            }
        }
        let mut words = BTreeSet::new();
        let kinds = std::fs::read_dir(repository("src/question")).unwrap();
        let kinds = kinds.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
        for entry in
            kinds.chain([repository("src/table/words")]).flat_map(|folder| std::fs::read_dir(folder).unwrap())
        {
            let path = entry.unwrap().path();
            if path.to_string_lossy().ends_with(&format!(".{language}.toml")) {
                let mut said = BTreeSet::new();
                collect(&toml_of(&path), "", &mut said, &mut BTreeSet::new());
                // What stands between two placeholders, and each form of a word that has two.
                words.extend(
                    said.iter()
                        .flat_map(|said| said.split(['{', '}', '|', '#']))
                        .map(str::trim)
                        .map(str::to_owned),
                );
            }
        }
        let has_letter = |text: &&String| text.contains(char::is_alphabetic);
        let longest_first = |mut texts: Vec<String>| {
            texts.retain(|text| has_digit(text));
            texts.sort_by_key(|text| std::cmp::Reverse(text.chars().count()));
            texts
        };
        Known {
            labels: longest_first(texts.iter().filter(has_letter).cloned().collect()),
            bare: texts.iter().filter(|text| !has_letter(text)).cloned().collect(),
            words: longest_first(words.iter().filter(has_letter).cloned().collect()),
            numbering: longest_first(numbering.into_iter().collect()),
        }
    }

    /// A text without what is known in it; `met` is told each kind.
    pub fn without(&self, text: &str, met: &mut impl FnMut(&'static str)) -> String {
        let mut rest = super::markup::spaced(text);
        if self.bare.contains(rest.trim_matches(['“', '”', '«', '»', '.', ':'])) {
            met("labels of dictionary and pipeline");
            return String::new();
        }
        let mut take = |known: &[String], kind: &'static str, rest: &mut String| {
            for one in known {
                if !has_digit(rest) {
                    return;
                }
                let one = super::markup::spaced(one);
                if rest.contains(&one) {
                    met(kind);
                    *rest = rest.replace(&one, " ");
                }
            }
        };
        take(&self.labels, "labels of dictionary and pipeline", &mut rest);
        // A level without letters stands after the name of its variable: `Inhabitants: 20 000–49 999`.
        for bare in self.bare.iter().rev() {
            for start in [": ", "; "] {
                let bare = format!("{start}{}", super::markup::spaced(bare));
                for end in ["”", "»", ";", ")", ",", ".", " "] {
                    rest = rest.replace(&format!("{bare}{end}"), end);
                }
                if let Some(before) = rest.strip_suffix(&bare) {
                    rest = before.to_owned();
                }
            }
        }
        let named: Vec<String> = ["Table", "table", "Tabell", "tabell", "Figure", "figure", "Figur", "figur"]
            .iter()
            .flat_map(|name| self.numbering.iter().map(move |number| format!("{name} {number}")))
            .collect();
        take(&named, "numbers of tables and figures", &mut rest);
        take(&self.words, "parameters and explanations in the program's words", &mut rest);
        take(&LEVELS.map(str::to_owned), "the level of an interval", &mut rest);
        rest
    }
}

/// Both evaluations give intervals at the same level, which stands with the name of the interval.
const LEVELS: [&str; 5] =
    ["95 % KI", "95% CI", "95 % konfidensintervall", "95% confidence interval", "95% C.I."];

fn toml_of(path: &Path) -> toml::Table {
    std::fs::read_to_string(path)
        .unwrap()
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn collect(table: &toml::Table, _: &str, texts: &mut BTreeSet<String>, numbering: &mut BTreeSet<String>) {
    for (key, value) in table {
        of_value(key, value, texts, numbering);
    }
}

fn of_value(key: &str, value: &toml::Value, texts: &mut BTreeSet<String>, numbering: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) if key == "number" => {
            numbering.insert(text.clone());
        }
        toml::Value::String(text) => {
            texts.insert(text.trim().to_owned());
        }
        toml::Value::Array(all) => all.iter().for_each(|one| of_value(key, one, texts, numbering)),
        toml::Value::Table(table) => collect(table, key, texts, numbering),
        _ => {}
    }
}
