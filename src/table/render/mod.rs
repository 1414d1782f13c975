//! The formats of a table: one file each, all from the same [`Table`](super::Table).

mod csv;
mod html;
mod markdown;

pub use self::csv::csv;
pub use html::{escape, html, prose, td};
pub use markdown::markdown;
