//! Extension records (kind 7): what later versions of SPSS added to the dictionary. Unknown subtypes are passed over.

use super::source::Fields;

const INTEGERS: i32 = 3;
const FLOATS: i32 = 4;
const DISPLAY: i32 = 11;
const LONG_NAMES: i32 = 13;
const VERY_LONG: i32 = 14;
const CASES: i32 = 16;
const ENCODING: i32 = 20;
const LONG_LABELS: i32 = 21;
const LONG_MISSING: i32 = 22;

/// Value labels of a text of more than eight bytes.
#[derive(Debug)]
pub(super) struct LongLabels {
    pub(super) variable: Vec<u8>,
    pub(super) labels: Vec<(Vec<u8>, Vec<u8>)>,
}

/// Missing values of a text of more than eight bytes.
#[derive(Debug)]
pub(super) struct LongMissing {
    pub(super) variable: Vec<u8>,
    pub(super) values: Vec<Vec<u8>>,
}

#[derive(Debug, Default)]
pub(super) struct Extensions {
    /// The code page.
    pub(super) code: Option<i32>,
    /// System-missing, the highest and the lowest number.
    pub(super) floats: Option<[f64; 3]>,
    /// Measure, alignment and perhaps width, variable after variable.
    pub(super) display: Vec<i32>,
    /// Short name, long name.
    pub(super) long_names: Vec<(Vec<u8>, Vec<u8>)>,
    /// Short name, bytes.
    pub(super) very_long: Vec<(Vec<u8>, usize)>,
    pub(super) cases: Option<u64>,
    pub(super) encoding: Option<Vec<u8>>,
    pub(super) long_labels: Vec<LongLabels>,
    pub(super) long_missing: Vec<LongMissing>,
}

impl Extensions {
    pub(super) fn knows(subtype: i32) -> bool {
        matches!(
            subtype,
            INTEGERS
                | FLOATS
                | DISPLAY
                | LONG_NAMES
                | VERY_LONG
                | CASES
                | ENCODING
                | LONG_LABELS
                | LONG_MISSING
        )
    }

    /// `None` where the record is too short for what it says.
    pub(super) fn read(&mut self, subtype: i32, mut fields: Fields<'_>) -> Option<()> {
        match subtype {
            INTEGERS => {
                fields.take(28)?;
                self.code = Some(fields.i32()?);
            }
            FLOATS => self.floats = Some([fields.f64()?, fields.f64()?, fields.f64()?]),
            DISPLAY => {
                self.display = Vec::with_capacity(fields.rest.len() / 4);
                while !fields.rest.is_empty() {
                    self.display.push(fields.i32()?);
                }
            }
            LONG_NAMES => {
                for (short, long) in pairs(fields.rest) {
                    self.long_names.push((short.to_vec(), trimmed(long).to_vec()));
                }
            }
            VERY_LONG => {
                for (short, width) in pairs(fields.rest) {
                    let width = std::str::from_utf8(trimmed(width)).ok()?.trim().parse().ok()?;
                    self.very_long.push((short.to_vec(), width));
                }
            }
            CASES => {
                let _one = fields.i64()?;
                self.cases = u64::try_from(fields.i64()?).ok();
            }
            ENCODING => self.encoding = Some(trimmed(fields.rest).to_vec()),
            LONG_LABELS => self.long_labels(&mut fields)?,
            LONG_MISSING => self.long_missing(&mut fields)?,
            _ => {}
        }
        Some(())
    }

    fn long_labels(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        while !fields.rest.is_empty() {
            let variable = fields.counted()?.to_vec();
            let _width = fields.i32()?;
            let count = fields.i32()?;
            let mut labels = Vec::new();
            for _ in 0..count {
                let value = fields.counted()?;
                let label = fields.counted()?;
                labels.push((trimmed(value).to_vec(), label.to_vec()));
            }
            self.long_labels.push(LongLabels { variable, labels });
        }
        Some(())
    }

    fn long_missing(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        while !fields.rest.is_empty() {
            let variable = fields.counted()?.to_vec();
            let &[count] = fields.take(1)? else { return None };
            let length = usize::try_from(fields.i32()?).ok()?;
            let mut values = Vec::new();
            for value in 0..count {
                // Old versions of PSPP wrote the length before each value; no value begins with these bytes.
                let again = fields.rest.first_chunk().map(|bytes| fields.order.i32(*bytes));
                if value > 0 && again.map(usize::try_from) == Some(Ok(length)) {
                    fields.take(4)?;
                }
                values.push(trimmed(fields.take(length)?).to_vec());
            }
            self.long_missing.push(LongMissing { variable, values });
        }
        Some(())
    }
}

/// `NAME=what` separated by tabs; a zero byte may stand before the tab.
fn pairs(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    bytes.split(|byte| *byte == b'\t').filter_map(|pair| {
        let at = pair.iter().position(|byte| *byte == b'=')?;
        Some((&pair[..at], &pair[at + 1..]))
    })
}

/// Without the blanks and zero bytes that fill it up.
pub(super) fn trimmed(bytes: &[u8]) -> &[u8] {
    let length = bytes.iter().rposition(|byte| !matches!(byte, b' ' | 0)).map_or(0, |last| last + 1);
    &bytes[..length]
}
