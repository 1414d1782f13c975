//! What comes before the records of delimited text: Excel's `sep=` line, lines to skip, and the heading.

use super::super::{Fault, Options};
use super::chunk::Chunks;

/// Characters that separate fields in practice.
const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// The character that separates fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Delimiter {
    pub(super) byte: u8,
    /// Whether the file's `sep=` line names it.
    pub(super) by_file: bool,
}

impl Delimiter {
    /// What was declared, or what the file's first line says.
    ///
    /// # Errors
    /// A [`Fault`] where the declared delimiter cannot be one, or the `sep=` line names none.
    pub(super) fn of(chunks: &mut Chunks, options: &Options) -> Result<Delimiter, Fault> {
        let declared =
            u8::try_from(options.delimiter).ok().filter(|byte| separates(*byte)).ok_or_else(|| {
                let found = format!("the delimiter {:?} in the pipeline", options.delimiter);
                Fault::new(found, "a single ASCII character, such as ; or ,")
            })?;
        let line = chunks.peek_line()?;
        let Some(named) = line.get(..4).filter(|start| start.eq_ignore_ascii_case(b"sep=")) else {
            return Ok(Delimiter { byte: declared, by_file: false });
        };
        match line[named.len()..] {
            [byte] if separates(byte) => {
                chunks.pass_to(2)?;
                Ok(Delimiter { byte, by_file: true })
            }
            // A heading may start so too.
            ref rest if rest.iter().filter(|byte| **byte == declared).count() > 1 => {
                Ok(Delimiter { byte: declared, by_file: false })
            }
            _ => Err(Fault::new("Excel's `sep=` line", "a heading").at("line 1").help(
                "delete that line, and declare the character that it names: format = { delimiter = \"…\" }",
            )),
        }
    }

    fn letter(self) -> char {
        char::from(self.byte)
    }

    fn expected(self) -> String {
        let says = if self.by_file { "the file's `sep=` line says" } else { "the pipeline declares" };
        format!("columns separated by {:?}, as {says}", self.letter())
    }

    /// What the reader decided, where it did.
    pub(super) fn remark(self, declared: char) -> Option<String> {
        let instead = match self.letter() == declared {
            true => String::new(),
            false => format!(", not {declared:?} as declared"),
        };
        self.by_file.then(|| {
            format!(
                "the file's first line, Excel's `sep=`, names the delimiter: {:?}{instead}",
                self.letter()
            )
        })
    }
}

fn separates(byte: u8) -> bool {
    byte.is_ascii() && !b"\"\r\n".contains(&byte)
}

/// The names of the columns from the rows of the heading. One row is taken as it is written; of several, what is
/// written in a column is joined by spaces.
///
/// # Errors
/// A [`Fault`] where the heading shows that the file has another delimiter than declared. `line` is the heading's.
pub(super) fn names(rows: &[Vec<String>], delimiter: Delimiter, line: u64) -> Result<Vec<String>, Fault> {
    let names: Vec<String> = match rows {
        [row] => row.clone(),
        rows => {
            let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
            let name = |column: usize| {
                let parts = rows.iter().filter_map(|row| row.get(column)).map(|part| part.trim());
                parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
            };
            (0..columns).map(name).collect()
        }
    };
    let [only] = names.as_slice() else { return Ok(names) };
    let other = DELIMITERS
        .into_iter()
        .filter(|other| *other != delimiter.letter())
        .map(|other| (only.matches(other).count(), other))
        .max_by_key(|(count, _)| *count);
    match other {
        Some((count, other)) if count > 0 => {
            let found = format!("one column only, whose heading holds {other:?} {count} times");
            Err(Fault::new(found, delimiter.expected())
                .at(format!("line {line}"))
                .help(format!("write format = {{ delimiter = {other:?} }}")))
        }
        _ => Ok(names),
    }
}
