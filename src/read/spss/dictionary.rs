//! The records before the data: variables, value labels, documents, extensions. Texts stay bytes here, because one of the last of these records
//! gives the encoding.

use std::io::{Read, Seek};

use super::extension::Extensions;
use super::source::{Fields, Source};
use crate::read::Fault;

/// A variable as its own record describes it; a text of more than 255 bytes has several.
#[derive(Debug)]
pub(super) struct Variable {
    /// Its first slot of eight bytes in a record, from 0.
    pub(super) slot: usize,
    pub(super) short: Vec<u8>,
    /// Bytes of a text; 0 for a number.
    pub(super) width: usize,
    pub(super) label: Option<Vec<u8>>,
    pub(super) missing: Rules,
    /// The number of its print format's type.
    pub(super) format: u8,
}

/// The missing rules of a variable, each value as its eight bytes.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub(super) range: Option<([u8; 8], [u8; 8])>,
    pub(super) values: Vec<[u8; 8]>,
}

/// Value labels with the variables that share them.
#[derive(Debug)]
pub(super) struct LabelSet {
    pub(super) labels: Vec<([u8; 8], Vec<u8>)>,
    /// Their first slots, from 1.
    pub(super) slots: Vec<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Dictionary {
    pub(super) variables: Vec<Variable>,
    /// Slots of eight bytes in a record.
    pub(super) slots: usize,
    pub(super) label_sets: Vec<LabelSet>,
    pub(super) extensions: Extensions,
}

/// Reads all records up to the one that ends the dictionary.
pub(super) fn read<R: Read + Seek>(source: &mut Source<R>) -> Result<Dictionary, Fault> {
    let mut dictionary = Dictionary::default();
    loop {
        match source.i32("the kind of a record")? {
            2 => variable(source, &mut dictionary)?,
            3 => {
                let set = label_set(source)?;
                dictionary.label_sets.push(set);
            }
            6 => {
                let lines = source.i32("the number of lines of a document")?;
                let lines = source.count(lines, 80, "lines of a document")?;
                source.skip(lines as u64 * 80, "a document")?;
            }
            7 => extension(source, &mut dictionary.extensions)?,
            999 => {
                source.skip(4, "the end of the dictionary")?;
                return Ok(dictionary);
            }
            kind => return Err(source.fault(format!("a record of kind {kind}"), "2, 3, 6, 7 or 999")),
        }
    }
}

fn variable<R: Read + Seek>(source: &mut Source<R>, dictionary: &mut Dictionary) -> Result<(), Fault> {
    let what = "a variable";
    let kind = source.i32(what)?;
    let labelled = source.i32(what)?;
    let missing = source.i32(what)?;
    let print = source.i32(what)?;
    let _write = source.i32(what)?;
    let short: [u8; 8] = source.array(what)?;
    let label = match labelled {
        0 => None,
        _ => {
            let length = source.i32("the length of a label")?;
            let length = source.count(length, 1, "bytes of a label")?;
            let label = source.bytes(length, "a label")?;
            source.skip((length.next_multiple_of(4) - length) as u64, "a label")?;
            Some(label)
        }
    };
    let mut rules = Rules::default();
    if !(-3..=3).contains(&missing) || missing == -1 {
        return Err(source.fault(format!("{missing} missing values"), "0 to 3, or a range (-2, -3)"));
    }
    if missing < 0 {
        rules.range = Some((source.array("missing values")?, source.array("missing values")?));
    }
    let singles = if missing < 0 { -missing - 2 } else { missing };
    for _ in 0..singles {
        rules.values.push(source.array("missing values")?);
    }
    let slot = dictionary.slots;
    dictionary.slots += 1;
    let width = match kind {
        // The further slots of a text: some writers give them a label, which says nothing.
        -1 => return Ok(()),
        0..=255 => kind as usize,
        _ => return Err(source.fault(format!("a variable of type {kind}"), "-1 to 255")),
    };
    let format = (print >> 16 & 0xff) as u8;
    let short = short.to_vec();
    dictionary.variables.push(Variable { slot, short, width, label, missing: rules, format });
    Ok(())
}

fn label_set<R: Read + Seek>(source: &mut Source<R>) -> Result<LabelSet, Fault> {
    let what = "value labels";
    let count = source.i32(what)?;
    let count = source.count(count, 16, what)?;
    let mut labels = Vec::with_capacity(count);
    for _ in 0..count {
        let value: [u8; 8] = source.array(what)?;
        let [length] = source.array(what)?;
        let length = usize::from(length);
        let label = source.bytes(length, what)?;
        source.skip(((length + 1).next_multiple_of(8) - length - 1) as u64, what)?;
        labels.push((value, label));
    }
    let kind = source.i32("the variables of value labels")?;
    if kind != 4 {
        return Err(
            source.fault(format!("a record of kind {kind} after value labels"), "their variables (4)")
        );
    }
    let count = source.i32("the variables of value labels")?;
    let count = source.count(count, 4, "variables of value labels")?;
    let mut slots = Vec::with_capacity(count);
    for _ in 0..count {
        let slot = source.i32("the variables of value labels")?;
        slots.push(usize::try_from(slot).unwrap_or(0));
    }
    Ok(LabelSet { labels, slots })
}

fn extension<R: Read + Seek>(source: &mut Source<R>, extensions: &mut Extensions) -> Result<(), Fault> {
    let what = "an extension record";
    let subtype = source.i32(what)?;
    let size = source.i32(what)?;
    let size = source.count(size, 1, "bytes of an item of an extension record")?;
    let count = source.i32(what)?;
    let count = source.count(count, size as u64, "items of an extension record")?;
    // Held against the file's size by `count`.
    let length = size * count;
    if !Extensions::knows(subtype) {
        return source.skip(length as u64, what);
    }
    let bytes = source.bytes(length, what)?;
    let fields = Fields { rest: &bytes, order: source.order };
    extensions.read(subtype, fields).ok_or_else(|| {
        source
            .fault(format!("an extension record (subtype {subtype}) that is too short"), "all of its fields")
    })
}
