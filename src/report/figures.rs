//! Figures on the page: the drawing itself, with number, title and notes in the page's own type.

use minijinja::{Value, context};

use crate::dictionary::Language;
use crate::figure::Figure;

/// What the template needs of a figure.
pub(super) fn entry(figure: &Figure, language: Language) -> Value {
    context! {
        id => format!("figure-{}", figure.id),
        name => figure.name().get(language),
        title => figure.title.get(language),
        // The drawing has escaped every text in it.
        svg => Value::from_safe_string(figure.inline(language)),
        below => figure.below(language),
        files => ["svg", "png"].map(|extension| context! {
            name => extension.to_uppercase(),
            path => format!("figures/{}.{language}.{extension}", figure.id),
        }),
    }
}
