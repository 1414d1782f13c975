//! A ledger of published figures as people write it (TOML). [`super::load`] resolves it to a [`Ledger`](super::Ledger).

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::claim::Operator;
use super::ledger::{Denominator, Unit};
use crate::dictionary::Text;

/// Published figures, in their exact words, and what each is compared with.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedFile {
    /// The version of this file format; always 1.
    #[schemars(with = "u32")]
    pub format: Spanned<u32>,
    /// What a reader has to know of all the verdicts.
    pub note: Option<Text>,
    /// The publications that figures are from.
    #[schemars(with = "IndexMap<String, DocumentWritten>")]
    pub document: IndexMap<Spanned<String>, DocumentWritten>,
    /// Who figures are about, in the reader's language.
    pub population: IndexMap<String, Text>,
    /// Why figures cannot be tested.
    #[serde(default)]
    pub reason: IndexMap<String, Text>,
    pub figure: Vec<FigureWritten>,
    /// Parts that a publication says make up a whole.
    #[serde(default)]
    pub whole: Vec<WholeWritten>,
    /// Figures that say the same quantity in several places.
    #[serde(default)]
    pub same: Vec<SameWritten>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentWritten {
    /// As it is cited.
    pub title: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureWritten {
    /// A name of one's own choice.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// A `[document.…]`; may be left out where there is one.
    #[schemars(with = "Option<String>")]
    pub document: Option<Spanned<String>>,
    /// The page as printed, or another place such as `abstract`.
    pub page: String,
    /// The exact words of the publication: a short quotation.
    #[schemars(with = "String")]
    pub words: Spanned<String>,
    /// A `[population]`: whom the figure is about.
    #[schemars(with = "String")]
    pub population: Spanned<String>,
    /// Whom of them it counts among; all if left out.
    #[serde(default)]
    pub denominator: Denominator,
    /// The word before the number; `=` if left out.
    #[schemars(with = "Option<Operator>")]
    pub operator: Option<Spanned<Operator>>,
    #[schemars(with = "f64")]
    pub value: Spanned<f64>,
    /// The upper end where the operator is `between`.
    #[schemars(with = "Option<f64>")]
    pub to: Option<Spanned<f64>>,
    /// What the number is a number of; persons or things counted if left out.
    #[serde(default)]
    pub unit: Unit,
    /// One unit of the number's last digit that means something; as the digits of `value` are written, if left out.
    #[schemars(with = "Option<f64>")]
    pub rounding: Option<Spanned<f64>>,
    /// How many the publication says that the figure rests on.
    #[schemars(with = "Option<u64>")]
    pub of: Option<Spanned<u64>>,
    /// Whether it is the mean of whole numbers, such as ages in years.
    #[serde(default)]
    pub of_whole_numbers: bool,
    /// The figure in which the publication gives the same percentage as a count.
    #[schemars(with = "Option<String>")]
    pub count: Option<Spanned<String>>,
    /// The computed number: an id (`analysis/group/variable/term/statistic`), or a small arithmetic of ids …
    #[schemars(with = "Option<ExpressionWritten>")]
    pub compare: Option<Spanned<toml::Value>>,
    /// … or why there is none: a `[reason]`.
    #[schemars(with = "Option<String>")]
    pub untestable: Option<Spanned<String>>,
    /// Whether the publication does not say how the figure is defined: a computed number that differs then says nothing
    /// against it, and the figure is not testable.
    #[serde(default)]
    pub definition_unknown: bool,
    /// The definition used, or what was tried and what differs.
    pub note: Option<Text>,
}

/// A computed number, or a small arithmetic of several.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum ExpressionWritten {
    /// `analysis/group/variable/term/statistic`
    Estimate(String),
    Sum {
        sum: Vec<ExpressionWritten>,
    },
    /// The first less the second.
    Difference {
        difference: Box<[ExpressionWritten; 2]>,
    },
    /// The first over the second.
    Ratio {
        ratio: Box<[ExpressionWritten; 2]>,
    },
    /// One less a share.
    Complement {
        complement: Box<ExpressionWritten>,
    },
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WholeWritten {
    /// Figures of which nobody is in two.
    #[schemars(with = "Vec<String>")]
    pub parts: Vec<Spanned<String>>,
    /// The figure that they make up, or its number: 100 for everyone in per cent.
    #[schemars(with = "WholeOfWritten")]
    pub whole: Spanned<toml::Value>,
}

/// A figure by its id, or a number.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum WholeOfWritten {
    Figure(String),
    Number(f64),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SameWritten {
    #[schemars(with = "Vec<String>")]
    pub figures: Vec<Spanned<String>>,
}
