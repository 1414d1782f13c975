//! The words of what people read in three languages: for each room that speaks a file a language, the same keys in each.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use super::{Cell, Content, Table, mark};
use crate::dictionary::{Language, Text};

type Catalogue = BTreeMap<String, String>;

/// The files of each room, in the order of [`catalogue`]'s languages. A new room is one new line.
macro_rules! rooms {
    ($($room:literal),+ $(,)?) => {
        [
            [$(include_str!(concat!($room, ".nb.toml"))),+],
            [$(include_str!(concat!($room, ".nn.toml"))),+],
            [$(include_str!(concat!($room, ".en.toml"))),+],
        ]
    };
}

static CATALOGUES: LazyLock<[Catalogue; 3]> = LazyLock::new(|| {
    let [nb, nn, en] = rooms! {
        "table",
        "change",
        "report",
        "reading",
        "definition",
        "conventions",
        "collection",
        "spss",
        "published",
        "figure",
        "codebook",
        "remark",
    };
    let of = |rooms: &[&'static str], language: &str| {
        rooms.iter().copied().chain(of_kinds(language)).flat_map(read).collect()
    };
    [of(&nb, "nb"), of(&nn, "nn"), of(&en, "en")]
});

/// The words that a kind of question has for itself: `question/<kind>/words.<language>.toml`.
static QUESTIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/question");

fn of_kinds(language: &str) -> impl Iterator<Item = &'static str> {
    let name = format!("words.{language}.toml");
    QUESTIONS.dirs().filter_map(move |kind| kind.get_file(kind.path().join(&name))?.contents_utf8())
}

/// The files are part of the program and a test reads them; a file that is no TOML would leave keys where words should be.
fn read(text: &str) -> Catalogue {
    let sections: BTreeMap<String, Catalogue> = toml::from_str(text).unwrap_or_default();
    let words = sections.into_iter().flat_map(|(section, words)| {
        words.into_iter().map(move |(key, word)| (format!("{section}.{key}"), word))
    });
    words.collect()
}

/// The catalogue of a language: `section.key` → words.
pub fn catalogue(language: Language) -> &'static Catalogue {
    let [nb, nn, en] = &*CATALOGUES;
    match language {
        Language::Nb => nb,
        Language::Nn => nn,
        Language::En => en,
    }
}

/// The words of a key in one language, if there are any.
pub fn find(language: Language, key: &str) -> Option<&'static str> {
    catalogue(language).get(key).map(String::as_str)
}

/// The words of a key in all languages.
pub fn word(key: &str) -> Text {
    each(|language| say(language, key, &[]))
}

/// The words of a key with `{name}` replaced by what stands for it; the key itself where it has no words.
///
/// `{name:one person|# persons}` is the first of the two where what stands for the name is the number one, and the second elsewhere;
/// `#` in either is what stands for it. A name that nothing stands for is left as it is.
pub fn say(language: Language, key: &str, with: &[(&str, String)]) -> String {
    let mut rest = find(language, key).unwrap_or(key);
    let mut said = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let Some((placeholder, behind)) = after.split_once('}') else {
            said.push('{');
            rest = after;
            continue;
        };
        let (name, forms) = match placeholder.split_once(':') {
            Some((name, forms)) => (name, forms.split_once('|')),
            None => (placeholder, None),
        };
        let value = with.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        match (value, forms) {
            (Some(value), Some((one, many))) => {
                let form = if mark::plain(value) == "1" { one } else { many };
                said.push_str(&form.replace('#', value));
            }
            (Some(value), None) => said.push_str(value),
            (None, _) => {
                said.push('{');
                said.push_str(placeholder);
                said.push('}');
            }
        }
        rest = behind;
    }
    said.push_str(rest);
    said
}

/// A text made in each language by itself.
pub fn each(make: impl Fn(Language) -> String) -> Text {
    Text { nb: Some(make(Language::Nb)), nn: Some(make(Language::Nn)), en: Some(make(Language::En)) }
}

/// What a symbol means, as a reader hears it; `None` where the cell is none.
pub fn symbol(cell: &Content, language: Language) -> Option<String> {
    let key = match cell {
        Content::Suppressed | Content::NeverShown => "symbol.suppressed",
        Content::Absent => "symbol.absent",
        Content::Missing => "symbol.missing",
        Content::Zero => "symbol.zero",
        Content::Number { .. }
        | Content::Interval { .. }
        | Content::Text(_)
        | Content::Partly { .. }
        | Content::Empty => {
            return None;
        }
    };
    Some(say(language, key, &[]))
}

/// The explanation of the symbols that stand in a table; empty where there are none.
pub fn symbols(table: &Table, language: Language) -> String {
    let explained = table.symbols().into_iter().filter_map(|cell| {
        let meaning = symbol(&cell, language)?;
        let symbol = cell.symbol().unwrap_or_default().to_owned();
        Some(say(language, "note.symbol", &[("symbol", symbol), ("meaning", meaning)]))
    });
    let explained: Vec<String> = explained.collect();
    if explained.is_empty() {
        return String::new();
    }
    let mut said = vec![say(language, "note.symbols", &[("symbols", explained.join(" · "))])];
    let stands = |of: fn(&Cell) -> bool| table.rows.iter().flat_map(|row| &row.cells).any(of);
    if stands(|cell| matches!(cell.content, Content::Suppressed | Content::Partly { .. })) {
        said.push(say(language, "note.suppressed", &[]));
    }
    if stands(|cell| *cell == Content::NeverShown) {
        said.push(say(language, "note.never_shown", &[]));
    }
    said.join(" ")
}
