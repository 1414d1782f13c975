//! The dictionary → columns, and where their cells stand in a record.

use std::collections::HashMap;

use super::dictionary::{Dictionary, LabelSet, Rules, Variable};
use super::extension::trimmed;
use super::letters::Letters;
use super::source::Order;
use crate::read::{Code, Column, ColumnKind, Fault, Measure, Missing};

/// System-missing, where the file does not tell its own.
const SYSTEM: f64 = f64::MIN;
/// What stands for HI.
const HIGHEST: f64 = f64::MAX;
/// What stands for LO: the second lowest number, since the lowest is system-missing.
const LOWEST: f64 = f64::from_bits(0xffef_ffff_ffff_fffe);

/// Value labels times the variables that share them: more than any survey has, and few enough for the memory.
const LABELS: usize = 4_000_000;

/// (first byte, length) of each piece of a text in a record.
type Pieces = Vec<(usize, usize)>;

/// Where the cells of a column stand in a record, and what marks them.
#[derive(Debug, PartialEq)]
pub(super) enum Place {
    /// Eight bytes; a date or time where the column is one.
    Number { at: usize, missing: Missing },
    /// Pieces to be joined.
    Text { pieces: Pieces, missing: Vec<Vec<u8>> },
}

/// What the dictionary says, decoded.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) columns: Vec<Column>,
    pub(super) places: Vec<Place>,
    /// The number that stands for system-missing.
    pub(super) system: f64,
    pub(super) remarks: Vec<String>,
}

/// Decodes the dictionary of a file in a byte order and an encoding; `weight` is the slot of the weight, from 1.
pub(super) fn read(
    dictionary: &Dictionary,
    order: Order,
    letters: Letters,
    weight: Option<usize>,
) -> Result<Columns, Fault> {
    // A damaged record would make ordinary numbers missing.
    let floats = dictionary.extensions.floats.filter(|[system, ..]| *system < -1e300);
    let [system, highest, lowest] = floats.unwrap_or([SYSTEM, HIGHEST, LOWEST]);
    let mut maker = Maker { order, letters, system, highest, lowest, unfit: 0 };
    let (mut columns, mut places) = (Vec::new(), Vec::new());
    let (mut of_slot, mut of_name) = (HashMap::new(), HashMap::new());
    let long_names: HashMap<Vec<u8>, &[u8]> =
        dictionary.extensions.long_names.iter().map(|(short, long)| (folded(short), &**long)).collect();
    for (index, pieces) in pieces(dictionary)? {
        let variable = &dictionary.variables[index];
        let short = folded(&variable.short);
        let name = long_names.get(&short).copied().unwrap_or(trimmed(&variable.short));
        of_slot.insert(variable.slot + 1, columns.len());
        of_name.insert(short, columns.len());
        of_name.insert(folded(name), columns.len());
        let (column, place) = maker.column(variable, name, pieces, measure(dictionary, index));
        columns.push(column);
        places.push(place);
    }
    let mut made = Columns { columns, places, system, remarks: Vec::new() };
    let mut labels = 0;
    for set in &dictionary.label_sets {
        labels += set.labels.len() * set.slots.len();
        if labels > LABELS {
            let found = format!("more than {LABELS} value labels");
            return Err(Fault::new(found, "fewer").help("the file is damaged; get it anew"));
        }
        maker.label(set, &of_slot, &mut made.columns);
    }
    maker.long_texts(dictionary, &of_name, &mut made);
    if let Some(column) = weight.and_then(|slot| of_slot.get(&slot)) {
        let name = &made.columns[*column].name;
        made.remarks.push(format!("the file is weighted by {name}; its records were read without weight"));
    }
    if maker.unfit > 0 {
        let (unfit, name) = (maker.unfit, letters.name());
        made.remarks.push(format!(
            "{unfit} names or labels hold bytes that are no letters in {name}; they were read as Windows-1252"
        ));
    }
    Ok(made)
}

/// Names are compared without regard to case.
fn folded(name: &[u8]) -> Vec<u8> {
    trimmed(name).to_ascii_uppercase()
}

/// The variables that are columns, each with the pieces of its text. A text of more than 255 bytes is kept as several
/// variables, of which the first stands for all.
fn pieces(dictionary: &Dictionary) -> Result<Vec<(usize, Pieces)>, Fault> {
    let variables = &dictionary.variables;
    let damaged = |found: String, expected: String| {
        Fault::new(found, expected)
            .at("the dictionary")
            .help("the file is damaged; get it anew, or open it in SPSS or PSPP and save it again")
    };
    let slots = |variable: &Variable| variable.width.div_ceil(8).max(1);
    for (index, variable) in variables.iter().enumerate() {
        let next = variables.get(index + 1).map_or(dictionary.slots, |next| next.slot);
        let (found, expected) = (next - variable.slot, slots(variable));
        if found < expected {
            return Err(damaged(
                format!("{found} slots for variable {} of the file", index + 1),
                format!("{expected}, as its width asks"),
            ));
        }
    }
    let widths: HashMap<Vec<u8>, usize> =
        dictionary.extensions.very_long.iter().map(|(short, width)| (folded(short), *width)).collect();
    let mut found = Vec::with_capacity(variables.len());
    let mut index = 0;
    while let Some(variable) = variables.get(index) {
        let start = variable.slot * 8;
        let width = widths.get(&folded(&variable.short)).copied().unwrap_or(0);
        if width <= 255 || variable.width == 0 {
            found.push((index, vec![(start, variable.width)]));
            index += 1;
            continue;
        }
        let segments = width.div_ceil(252);
        let parts = variables.get(index..).and_then(|rest| rest.get(..segments)).unwrap_or_default();
        let mut left = width;
        let mut pieces = Vec::with_capacity(parts.len());
        for part in parts {
            let length = left.min(255);
            if length > slots(part) * 8 {
                break;
            }
            left -= length;
            pieces.push((part.slot * 8, length));
        }
        if pieces.len() < segments || left > 0 {
            return Err(damaged(
                format!("{} parts of the long text variable {} of the file", pieces.len(), index + 1),
                format!("{segments}, as its width asks"),
            ));
        }
        found.push((index, pieces));
        index += segments;
    }
    Ok(found)
}

fn measure(dictionary: &Dictionary, index: usize) -> Option<Measure> {
    let display = &dictionary.extensions.display;
    let each = match (display.len(), dictionary.variables.len()) {
        (length, variables) if length == variables * 3 => 3,
        (length, variables) if length == variables * 2 => 2,
        _ => return None,
    };
    match display.get(index * each)? {
        1 => Some(Measure::Nominal),
        2 => Some(Measure::Ordinal),
        3 => Some(Measure::Scale),
        _ => None,
    }
}

/// What a number is, by the type of its print format. WKDAY and MONTH are plain numbers.
fn kind(format: u8) -> ColumnKind {
    match format {
        // DATE, ADATE, JDATE, MOYR, QYR, WKYR, EDATE, SDATE
        20 | 23 | 24 | 28 | 29 | 30 | 38 | 39 => ColumnKind::Date,
        // DATETIME, YMDHMS
        22 | 41 | 86 => ColumnKind::Moment,
        // TIME, DTIME, MTIME
        21 | 25 | 40 | 85 => ColumnKind::Time,
        _ => ColumnKind::Number,
    }
}

struct Maker {
    order: Order,
    letters: Letters,
    system: f64,
    highest: f64,
    lowest: f64,
    /// Names and labels that the encoding does not fit.
    unfit: usize,
}

impl Maker {
    fn text(&mut self, bytes: &[u8]) -> String {
        let (text, fits) = self.letters.forced(trimmed(bytes));
        self.unfit += usize::from(!fits);
        text
    }

    fn column(
        &mut self,
        variable: &Variable,
        name: &[u8],
        pieces: Pieces,
        measure: Option<Measure>,
    ) -> (Column, Place) {
        let rules = &variable.missing;
        let (kind, missing, place) = if variable.width == 0 {
            let missing = self.missing(rules);
            let place = Place::Number { at: variable.slot * 8, missing: missing.clone() };
            (kind(variable.format), missing, place)
        } else {
            let bytes: Vec<Vec<u8>> = rules.values.iter().map(|value| trimmed(value).to_vec()).collect();
            let values = bytes.iter().map(|value| Code::Text(self.text(value))).collect();
            let missing = Missing { values, ranges: Vec::new() };
            (ColumnKind::Text, missing, Place::Text { pieces, missing: bytes })
        };
        let label = variable.label.as_ref().map(|label| self.text(label)).filter(|label| !label.is_empty());
        (Column { label, missing, measure, ..Column::named(self.text(name), kind) }, place)
    }

    fn missing(&self, rules: &Rules) -> Missing {
        let numbers = rules.values.iter().map(|value| self.order.f64(*value));
        let values = numbers.filter(|value| self.counts(*value)).map(Code::Number).collect();
        let ends = rules.range.map(|(from, to)| (self.order.f64(from), self.order.f64(to)));
        let open = ends.map(|(from, to)| {
            let from = if from <= LOWEST || from == self.lowest { f64::NEG_INFINITY } else { from };
            let to = if to >= HIGHEST || to == self.highest { f64::INFINITY } else { to };
            (from, to)
        });
        Missing { values, ranges: open.filter(|(from, to)| from <= to).into_iter().collect() }
    }

    /// Whether a number is a value, not system-missing.
    fn counts(&self, number: f64) -> bool {
        !number.is_nan() && number != self.system
    }

    fn label(&mut self, set: &LabelSet, of_slot: &HashMap<usize, usize>, columns: &mut [Column]) {
        for column in set.slots.iter().filter_map(|slot| of_slot.get(slot)) {
            let column = &mut columns[*column];
            for (value, label) in &set.labels {
                let code = if column.kind == ColumnKind::Text {
                    Code::Text(self.text(value))
                } else {
                    Code::Number(self.order.f64(*value))
                };
                if !matches!(code, Code::Number(number) if !self.counts(number)) {
                    column.labels.push((code, self.text(label)));
                }
            }
        }
    }

    /// Value labels and missing values of texts of more than eight bytes, which stand by the variable's name.
    fn long_texts(&mut self, dictionary: &Dictionary, of_name: &HashMap<Vec<u8>, usize>, made: &mut Columns) {
        for set in &dictionary.extensions.long_labels {
            let Some(column) = of_name.get(&folded(&set.variable)) else { continue };
            for (value, label) in &set.labels {
                let pair = (Code::Text(self.text(value)), self.text(label));
                made.columns[*column].labels.push(pair);
            }
        }
        for rule in &dictionary.extensions.long_missing {
            let Some(column) = of_name.get(&folded(&rule.variable)) else { continue };
            let Place::Text { missing, .. } = &mut made.places[*column] else { continue };
            missing.extend(rule.values.iter().cloned());
            for value in &rule.values {
                let code = Code::Text(self.text(value));
                made.columns[*column].missing.values.push(code);
            }
        }
    }
}
