//! The part before the records: version, number of records, and the variables.

use super::super::Fault;
use super::bytes::{Source, damaged, up_to_zero};
use super::format::{Unit, is_calendar};
use super::letters::Letters;

#[derive(Debug)]
pub(super) struct Header {
    /// 102 to 119.
    pub release: u8,
    pub big_endian: bool,
    pub records: u64,
    pub variables: Vec<Variable>,
    /// Bytes of a record; at least 1.
    pub width: u64,
}

#[derive(Debug)]
pub(super) struct Variable {
    pub name: String,
    /// Empty if it has none.
    pub label: String,
    /// The name of its set of value labels; empty if it has none.
    pub labels: String,
    pub kind: Kind,
    /// What a date or time counts; `None` for numbers and texts.
    pub unit: Option<Unit>,
    /// Whether it counts days of a business calendar, which another file lists.
    pub calendar: bool,
}

/// How a cell is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Byte,
    Int,
    Long32,
    Float,
    Double,
    /// So many bytes.
    Text(u16),
    /// A reference to a long text (strL).
    Long,
}

impl Kind {
    /// In bytes.
    pub(super) fn width(self) -> u16 {
        match self {
            Kind::Byte => 1,
            Kind::Int => 2,
            Kind::Long32 | Kind::Float => 4,
            Kind::Double | Kind::Long => 8,
            Kind::Text(width) => width,
        }
    }
}

/// Lengths in bytes, which grew with the versions.
struct Lengths {
    /// Of a variable's name and of its value labels' name.
    name: u64,
    format: u64,
    label: u64,
}

impl Lengths {
    fn of(release: u8) -> Lengths {
        let name = match release {
            ..110 => 9,
            110..118 => 33,
            _ => 129,
        };
        let format = match release {
            ..105 => 7,
            105..114 => 12,
            114..118 => 49,
            _ => 57,
        };
        let label = match release {
            ..108 => 32,
            108..118 => 81,
            _ => 321,
        };
        Lengths { name, format, label }
    }
}

/// Of a value labels' name, which has the length of a variable's.
pub(super) fn name_length(release: u8) -> u64 {
    Lengths::of(release).name
}

/// Reads up to the first record.
pub(super) fn read(source: &mut Source, letters: &mut Letters) -> Result<Header, Fault> {
    let (release, number, records) = match source.u8("a Stata file")? {
        b'<' => tagged_start(source)?,
        release => plain_start(source, release)?,
    };
    let variables = variables(source, letters, release, u64::from(number))?;
    characteristics(source, release)?;
    let width = variables.iter().map(|variable| u64::from(variable.kind.width())).sum();
    if width == 0 {
        return Err(Fault::new("a Stata file without variables", "a table"));
    }
    Ok(Header { release, big_endian: source.big_endian, records, variables, width })
}

/// Versions to 116: version, number of variables and of records.
fn plain_start(source: &mut Source, release: u8) -> Result<(u8, u32, u64), Fault> {
    if !(102..=116).contains(&release) {
        return Err(unknown(&release.to_string()));
    }
    let order = source.u8("the order of the bytes")?;
    source.big_endian = match (order, release) {
        (1, _) => true,
        (2, _) | (0, 102) => false,
        _ => return Err(damaged(1, "the order of the bytes")),
    };
    source.skip(2, "the file's kind")?;
    let number = source.u16("the number of variables")?;
    let records = match release {
        102 => u64::from(source.u16("the number of records")?),
        _ => u64::from(source.u32("the number of records")?),
    };
    let label = if release < 108 { 32 } else { 81 };
    let time = if release < 105 { 0 } else { 18 };
    source.skip(label + time, "the label of the data")?;
    Ok((release, u32::from(number), records))
}

/// From version 117 on every part stands between tags.
fn tagged_start(source: &mut Source) -> Result<(u8, u32, u64), Fault> {
    source.expect(b"stata_dta><header><release>", "a Stata file")?;
    let digits = source.take(3, "the version")?;
    let version = std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse().ok());
    let release = match version {
        Some(release @ 117..=119) => release,
        _ => return Err(unknown(&String::from_utf8_lossy(&digits))),
    };
    source.expect(b"</release><byteorder>", "the order of the bytes")?;
    let at = source.position();
    source.big_endian = match source.take(3, "the order of the bytes")?.as_slice() {
        b"MSF" => true,
        b"LSF" => false,
        _ => return Err(damaged(at, "the order of the bytes")),
    };
    source.expect(b"</byteorder><K>", "the number of variables")?;
    let number = match release {
        119 => source.u32("the number of variables")?,
        _ => u32::from(source.u16("the number of variables")?),
    };
    source.expect(b"</K><N>", "the number of records")?;
    let records = match release {
        117 => u64::from(source.u32("the number of records")?),
        _ => source.u64("the number of records")?,
    };
    source.expect(b"</N><label>", "the label of the data")?;
    let label = match release {
        117 => u64::from(source.u8("the label of the data")?),
        _ => u64::from(source.u16("the label of the data")?),
    };
    source.skip(label, "the label of the data")?;
    source.expect(b"</label><timestamp>", "the time of writing")?;
    let time = u64::from(source.u8("the time of writing")?);
    source.skip(time, "the time of writing")?;
    source.expect(b"</timestamp></header><map>", "the table of places")?;
    source.skip(14 * 8, "the table of places")?;
    source.expect(b"</map>", "the table of places")?;
    Ok((release, number, records))
}

fn unknown(release: &str) -> Fault {
    Fault::new(format!("a Stata file of version {release}"), "a version from 102 to 119")
        .help("save it from Stata with `saveold`")
}

fn variables(
    source: &mut Source,
    letters: &mut Letters,
    release: u8,
    number: u64,
) -> Result<Vec<Variable>, Fault> {
    let lengths = Lengths::of(release);
    let tagged = release >= 117;
    let types = part(source, "variable_types", tagged, number, if tagged { 2 } else { 1 })?;
    let names = part(source, "varnames", tagged, number, lengths.name)?;
    // The order by which the file is sorted, with a zero at its end.
    part(source, "sortlist", tagged, number + 1, if release >= 119 { 4 } else { 2 })?;
    let formats = part(source, "formats", tagged, number, lengths.format)?;
    let sets = part(source, "value_label_names", tagged, number, lengths.name)?;
    let labels = part(source, "variable_labels", tagged, number, lengths.label)?;

    let mut variables = Vec::with_capacity(types.len());
    for (index, code) in types.into_iter().enumerate() {
        let code = match code.as_slice() {
            [high, low] if source.big_endian => u16::from_be_bytes([*high, *low]),
            [low, high] => u16::from_le_bytes([*low, *high]),
            // One byte, as asked for above.
            bytes => u16::from(bytes[0]),
        };
        let name = letters.name(up_to_zero(&names[index]));
        let kind = kind(code, release).ok_or_else(|| {
            Fault::new(format!("type {code}"), format!("a type that version {release} has"))
                .at(format!("variable {}", index + 1))
                .help("the file is damaged: copy it again, or save it again from Stata")
        })?;
        let format = String::from_utf8_lossy(up_to_zero(&formats[index])).into_owned();
        let numeric = !matches!(kind, Kind::Text(_) | Kind::Long);
        variables.push(Variable {
            name,
            label: letters.name(up_to_zero(&labels[index])),
            labels: letters.name(up_to_zero(&sets[index])),
            kind,
            unit: Unit::of(&format).filter(|_| numeric),
            calendar: numeric && is_calendar(&format),
        });
    }
    Ok(variables)
}

/// A part of the header: so many entries of so many bytes, between tags from version 117 on.
fn part(
    source: &mut Source,
    tag: &str,
    tagged: bool,
    number: u64,
    length: u64,
) -> Result<Vec<Vec<u8>>, Fault> {
    if tagged {
        source.expect(format!("<{tag}>").as_bytes(), tag)?;
    }
    // Both factors come from 32-bit numbers and small lengths.
    let bytes = source.take(number * length, tag)?;
    if tagged {
        source.expect(format!("</{tag}>").as_bytes(), tag)?;
    }
    let length = usize::try_from(length).unwrap_or(1);
    Ok(bytes.chunks_exact(length).map(<[u8]>::to_vec).collect())
}

fn kind(code: u16, release: u8) -> Option<Kind> {
    Some(match (release, code) {
        (117.., 65_530) | (111..117, 251) | (103..111, 98) => Kind::Byte,
        (117.., 65_529) | (111..117, 252) | (..111, 105) => Kind::Int,
        (117.., 65_528) | (111..117, 253) | (..111, 108) => Kind::Long32,
        (117.., 65_527) | (111..117, 254) | (..111, 102) => Kind::Float,
        (117.., 65_526) | (111..117, 255) | (..111, 100) => Kind::Double,
        (117.., 32_768) => Kind::Long,
        (117.., 1..=2045) | (111..117, 1..=244) => Kind::Text(code),
        (..111, 128..=207) => Kind::Text(code - 127),
        _ => return None,
    })
}

/// Notes and other properties, which are passed over.
fn characteristics(source: &mut Source, release: u8) -> Result<(), Fault> {
    const WHAT: &str = "the characteristics";
    if release < 105 {
        return Ok(());
    }
    if release < 117 {
        loop {
            let kind = source.u8(WHAT)?;
            let length = match release {
                105..110 => u64::from(source.u16(WHAT)?),
                _ => u64::from(source.u32(WHAT)?),
            };
            if kind == 0 && length == 0 {
                return Ok(());
            }
            source.skip(length, WHAT)?;
        }
    }
    source.expect(b"<characteristics>", WHAT)?;
    loop {
        let at = source.position();
        match source.take(4, WHAT)?.as_slice() {
            b"<ch>" => {
                let length = u64::from(source.u32(WHAT)?);
                source.skip(length, WHAT)?;
                source.expect(b"</ch>", WHAT)?;
            }
            b"</ch" => {
                source.expect(b"aracteristics>", WHAT)?;
                source.expect(b"<data>", "the records")?;
                return Ok(());
            }
            _ => return Err(damaged(at, WHAT)),
        }
    }
}
