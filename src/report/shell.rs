//! What every page of a release has around its contents: head, style, search, the way to the other languages.

use minijinja::{AutoEscape, Environment, Value, context};

use crate::dictionary::Language;
use crate::table::{mark, render, words};

/// The template that pages extend by the blocks `contents` and `main`; beside what [`around`] gives it takes `title`, `notice`,
/// `search` and `version`.
const SHELL: &str = include_str!("page/shell.html");
/// The style that all pages share.
const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/search.js");

/// The templates of a page, the shell among them; `say("report.contents")` gives the words of its language.
///
/// # Errors
/// Where the shell is no template, which tests rule out.
pub fn environment(language: Language) -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(|out, state, value| match value.as_str() {
        // The numbers of a sentence carry their ids.
        Some(text) if !value.is_safe() && text != mark::plain(text) => {
            Ok(out.write_str(&render::prose(text))?)
        }
        _ => minijinja::escape_formatter(out, state, value),
    });
    environment.add_function("say", move |key: &str| words::say(language, key, &[]));
    environment.add_template("shell", SHELL)?;
    Ok(environment)
}

/// What the shell shows of the page that is called `page` (in each of `languages`, `page.<language>.html`), with the page's own
/// `style` after the common one.
pub fn around(page: &str, language: Language, languages: &[Language], style: &str) -> Value {
    let others = languages.iter().filter(|other| **other != language).map(|other| {
        context! { tag => other.tag(), name => words::say(*other, "report.language_name", &[]) }
    });
    context! {
        page,
        language => language.tag(),
        others => others.collect::<Vec<_>>(),
        style => Value::from_safe_string(format!("{STYLE}{style}")),
        script => Value::from_safe_string(SCRIPT.to_owned()),
    }
}
