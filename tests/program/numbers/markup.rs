//! The texts of a page or a drawing, each with the elements that it stands in.

use std::collections::BTreeMap;

/// An element with its attributes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tag {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
}

impl Tag {
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub fn is(&self, class: &str) -> bool {
        self.attribute("class").split(' ').any(|known| known == class)
    }
}

/// A text with the elements around it, the outermost first.
#[derive(Debug, Clone)]
pub struct Said {
    pub within: Vec<Tag>,
    pub text: String,
}

impl Said {
    /// The innermost element of a name.
    pub fn element(&self, name: &str) -> Option<&Tag> {
        self.within.iter().rev().find(|tag| tag.name == name)
    }

    /// Whether it stands in an element of a name with a class.
    pub fn has(&self, name: &str, class: &str) -> bool {
        self.within.iter().any(|tag| tag.name == name && tag.is(class))
    }

    /// The id of the section that it stands in.
    pub fn section(&self) -> &str {
        self.element("section").map_or("", |tag| tag.attribute("id"))
    }

    /// The estimates of which it says that it shows them.
    pub fn of(&self) -> Option<Vec<&str>> {
        let of = self.within.iter().rev().find_map(|tag| {
            let value = if tag.name == "data" { "value" } else { "data-of" };
            tag.attributes.get(value)
        });
        of.map(|ids| ids.split(" | ").collect())
    }

    /// What it says that it is, where it shows no estimate.
    pub fn is(&self) -> Option<&str> {
        self.within.iter().rev().find_map(|tag| tag.attributes.get("data-is")).map(String::as_str)
    }

    /// For those who see the page, or hear it: where it stands, for a message.
    pub fn place(&self) -> String {
        let name = |tag: &Tag| match tag.attribute("class") {
            "" => tag.name.clone(),
            class => format!("{}.{class}", tag.name),
        };
        let place: Vec<String> = self.within.iter().rev().take(4).map(name).collect();
        format!("{} in {} of #{}", self.text.trim(), place.join(" < "), self.section())
    }
}

/// Elements of HTML without an end.
const VOID: [&str; 6] = ["meta", "link", "br", "hr", "input", "img"];
/// Elements whose texts are no words.
const CODE: [&str; 4] = ["script", "style", "pre", "code"];

/// The texts of a document, in order; those of scripts, styles and code are left out.
pub fn texts(document: &str) -> Vec<Said> {
    let (mut found, mut within) = (Vec::new(), Vec::<Tag>::new());
    let mut rest = document;
    while let Some((text, after)) = rest.split_once('<') {
        let is_code = within.iter().any(|tag| CODE.contains(&tag.name.as_str()));
        if !text.trim().is_empty() && !is_code {
            found.push(Said { within: within.clone(), text: decoded(text) });
        }
        if let Some(name) =
            within.last().map(|tag| tag.name.clone()).filter(|name| name == "script" || name == "style")
            && !after.starts_with(&format!("/{name}"))
        {
            rest = after;
            continue;
        }
        let Some((tag, after)) = after.split_once('>') else { break };
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if let Some(place) = within.iter().rposition(|known| known.name == name) {
                within.truncate(place);
            }
        } else if !tag.starts_with(['!', '?']) {
            let read = read(tag.trim_end_matches('/'));
            if !tag.ends_with('/') && !VOID.contains(&read.name.as_str()) {
                within.push(read);
            }
        }
    }
    found
}

fn read(tag: &str) -> Tag {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(end);
        match after.strip_prefix("=\"").and_then(|after| after.split_once('"')) {
            Some((value, after)) => {
                attributes.insert(attribute.to_owned(), decoded(value));
                rest = after;
            }
            None => {
                attributes.insert(attribute.to_owned(), String::new());
                rest = after;
            }
        }
    }
    Tag { name: name.to_owned(), attributes }
}

/// Text as it is read.
pub fn decoded(text: &str) -> String {
    let letters = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&apos;", "'"),
        ("&#x2f;", "/"),
        ("&emsp;", ""),
        ("&amp;", "&"),
    ];
    letters.iter().fold(text.to_owned(), |text, (escape, letter)| text.replace(escape, letter))
}

/// A text with single plain spaces.
pub fn spaced(text: &str) -> String {
    text.split(|letter: char| letter.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
