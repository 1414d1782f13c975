//! SPSS system files that other software wrote, held against what another reader reads from them; and files that were
//! patched, cut or damaged. `tests/read/make_spss.py` writes the files and what is expected.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use utfall::read::{self, Cell, CellFault, Code, Encoding, Fault, Options, Table};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read/spss").join(name)
}

fn open(name: &str) -> Box<dyn Table> {
    read::open(&path(name), &Options::default()).unwrap()
}

/// Opens a file with these bytes.
fn of_bytes(bytes: &[u8]) -> Result<Box<dyn Table>, Fault> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    read::open(file.path(), &Options::default())
}

fn number(number: f64) -> String {
    match number {
        f64::INFINITY => "inf".to_owned(),
        f64::NEG_INFINITY => "-inf".to_owned(),
        number if number == number.trunc() && number.abs() < 1e15 => format!("{}", number as i64),
        number if number.abs() < 1e-4 => format!("{number:e}").replace("e-", "e-0").replace("e-03", "e-3"),
        number => format!("{number}"),
    }
}

fn code(code: &Code) -> String {
    match code {
        Code::Number(value) => number(*value),
        Code::Text(text) => format!("\"{text}\""),
        Code::Tag(letter) => format!(".{letter}"),
    }
}

fn cell(cell: Cell<'_>) -> String {
    let time = |seconds: i64| chrono::DateTime::from_timestamp(seconds, 0).unwrap();
    match cell {
        Cell::Empty => ".".to_owned(),
        Cell::Text(text) => format!("\"{text}\""),
        Cell::DeclaredText(text) => format!("!\"{text}\""),
        Cell::Number(value) => number(value),
        Cell::Declared(value) => format!("!{}", number(value)),
        Cell::Date(days) => time(i64::from(days) * 86_400).format("%Y-%m-%d").to_string(),
        Cell::Moment(seconds) => time(seconds).format("%Y-%m-%d %H:%M:%S").to_string(),
        Cell::Time(seconds) => format!("{seconds} s"),
        Cell::Tag(letter) => format!(".{letter}"),
        Cell::Fault(fault) => format!("#{fault:?}"),
    }
}

/// All of a table, as the files of expected contents have it.
fn shown(mut table: Box<dyn Table>) -> Result<String, Fault> {
    let mut text = String::new();
    for column in table.columns() {
        let label = column.label.as_deref().unwrap_or("-");
        let measure = column.measure.map_or("-".to_owned(), |measure| format!("{measure:?}"));
        writeln!(text, "column\t{}\t{:?}\t{label}\t{measure}", column.name, column.kind).unwrap();
        let mut labels: Vec<_> = column.labels.iter().collect();
        labels.sort_by(|(one, _), (other, _)| match (one, other) {
            (Code::Number(one), Code::Number(other)) => one.total_cmp(other),
            (one, other) => code(one).cmp(&code(other)),
        });
        for (value, label) in labels {
            writeln!(text, "code\t{}\t{label}", code(value)).unwrap();
        }
        for (from, to) in &column.missing.ranges {
            writeln!(text, "range\t{}\t{}", number(*from), number(*to)).unwrap();
        }
        for value in &column.missing.values {
            writeln!(text, "missing\t{}", code(value)).unwrap();
        }
    }
    let columns = table.columns().len();
    while let Some(block) = table.next_block()? {
        let batch = block.decode()?;
        for record in 0..batch.len() {
            write!(text, "row\t{}", batch.row(record)).unwrap();
            for column in 0..columns {
                write!(text, "\t{}", cell(batch.cell(record, column))).unwrap();
            }
            text.push('\n');
        }
    }
    Ok(text)
}

fn expected(name: &str) -> String {
    fs::read_to_string(path(&format!("{name}.txt"))).unwrap()
}

/// Held line by line against what another reader reads from a file, so that a difference is found.
fn agrees(name: &str, with: &str) {
    let expected = expected(with);
    let found = shown(open(name)).unwrap();
    for (line, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "{name}, line {}", line + 1);
    }
    assert_eq!(found.lines().count(), expected.lines().count(), "{name}");
}

#[test]
fn files_of_pyreadstat_are_read_as_it_reads_them() {
    agrees("plain.sav", "plain.sav");
    agrees("bytes.sav", "plain.sav");
    agrees("blocks.zsav", "plain.sav");
}

#[test]
fn files_of_haven_are_read_as_pyreadstat_reads_them() {
    agrees("haven.sav", "haven.sav");
    agrees("haven.zsav", "haven.sav");
}

const WEIGHTED: &str = "the file is weighted by vekt; its records were read without weight";

#[test]
fn files_of_pspp_in_windows_1252_are_read_as_pyreadstat_reads_them() {
    agrees("pspp_cp1252.sav", "pspp_cp1252.sav");
    agrees("pspp_cp1252_bytes.sav", "pspp_cp1252.sav");
    agrees("pspp_cp1252.zsav", "pspp_cp1252.sav");
    assert_eq!(open("pspp_cp1252.sav").remarks(), [WEIGHTED]);
    assert!(open("plain.sav").remarks().is_empty());
}

#[test]
fn numbers_are_read_in_the_other_byte_order() {
    agrees("patched_big_endian.sav", "plain.sav");
}

#[test]
fn records_are_read_to_the_end_where_the_file_does_not_say_how_many_they_are() {
    assert_eq!(open("bytes.sav").rows_declared(), Some(6));
    assert_eq!(open("patched_no_count.sav").rows_declared(), None);
    agrees("patched_no_count.sav", "plain.sav");
}

#[test]
fn a_code_page_is_taken_where_no_encoding_is_named() {
    agrees("patched_code_only.sav", "pspp_cp1252.sav");
    assert_eq!(open("patched_code_only.sav").remarks(), [WEIGHTED]);
}

#[test]
fn norwegian_letters_of_dos_are_read() {
    agrees("patched_cp850.sav", "pspp_cp1252.sav");
}

#[test]
fn an_encoding_that_is_not_declared_is_guessed_and_the_guess_told() {
    agrees("patched_undeclared.sav", "pspp_cp1252.sav");
    let remarks = open("patched_undeclared.sav").remarks();
    assert!(
        remarks[0].contains("declares no encoding") && remarks[0].contains("Windows-1252"),
        "{remarks:?}"
    );
}

#[test]
fn letters_that_the_declared_encoding_does_not_have_are_told_and_never_replaced() {
    let mut table = open("patched_not_utf8.sav");
    assert!(!table.remarks().is_empty());
    assert_eq!(table.columns()[0].label.as_deref(), Some("Navn på bær"), "a label is read as Windows-1252");
    let batch = table.next_block().unwrap().unwrap().decode().unwrap();
    let names: Vec<Cell<'_>> = (0..3).map(|record| batch.cell(record, 0)).collect();
    let letters = Cell::Fault(CellFault::Letters);
    assert_eq!(names, [letters, letters, Cell::Text("Sperret navn")]);

    let options = Options { encoding: Some(Encoding::Windows1252), ..Options::default() };
    let table = read::open(&path("patched_not_utf8.sav"), &options).unwrap();
    let expected = expected("pspp_cp1252.sav");
    assert!(shown(table).unwrap() == expected, "the encoding that is given wins over the declared one");
}

#[test]
fn files_that_spss_has_but_that_cannot_be_read_are_named() {
    let portable = read::open(&path("pspp.por"), &Options::default()).err().unwrap();
    assert!(portable.to_string().contains("portable") && portable.to_string().contains(".sav"), "{portable}");
    // As IBM writes them: a word of eight bytes, then the signature.
    let mut bytes = b"\x1c\0\0\0\0\0\0\0ENCRYPTEDSAV\x15\0\0\0".to_vec();
    bytes.extend([7; 400]);
    let encrypted = of_bytes(&bytes).err().unwrap();
    assert!(encrypted.to_string().contains("encrypted"), "{encrypted}");
}

/// The number at a byte of the header, changed.
fn with_cases(name: &str, cases: i32) -> Vec<u8> {
    let mut bytes = fs::read(path(name)).unwrap();
    bytes[80..84].copy_from_slice(&cases.to_le_bytes());
    bytes
}

#[test]
fn a_file_with_fewer_or_more_records_than_it_declares_is_refused() {
    for name in ["plain.sav", "bytes.sav", "blocks.zsav"] {
        let fewer = of_bytes(&with_cases(name, 7)).and_then(shown).unwrap_err().to_string();
        assert!(fewer.contains("after record 6") && fewer.contains("7 records"), "{name}: {fewer}");
        let many = of_bytes(&with_cases(name, i32::MAX)).err().map(|fault| fault.to_string());
        assert!(
            many.is_some_and(|fault| fault.contains("2147483647 records")),
            "{name}: told when it is opened"
        );
        let more = of_bytes(&with_cases(name, 5)).and_then(shown).unwrap_err().to_string();
        assert!(more.contains("more records than the 5"), "{name}: {more}");
    }
}

#[test]
fn a_file_that_is_cut_anywhere_is_never_read_as_if_it_were_whole() {
    for (name, with) in [
        ("plain.sav", "plain.sav"),
        ("bytes.sav", "plain.sav"),
        ("blocks.zsav", "plain.sav"),
        ("pspp_cp1252_bytes.sav", "pspp_cp1252.sav"),
        ("pspp_cp1252.zsav", "pspp_cp1252.sav"),
    ] {
        let bytes = fs::read(path(name)).unwrap();
        let whole = expected(with);
        // Every length near the end, where the records are, and some of the others.
        let near = bytes.len() - 100;
        let lengths: Vec<usize> = (4..near).step_by(61).chain(near..bytes.len()).collect();
        let mut refused = 0;
        for &length in &lengths {
            match of_bytes(&bytes[..length]).and_then(shown) {
                Err(_) => refused += 1,
                Ok(found) => assert!(found == whole, "{name}, cut to {length} bytes"),
            }
        }
        // What may be missing is the codes that fill up the last group of eight.
        assert!(lengths.len() - refused <= 8, "{name}: refused {refused} of {}", lengths.len());
    }
}

#[test]
fn an_unknown_number_of_records_ends_with_a_whole_record_or_not_at_all() {
    let bytes = fs::read(path("patched_no_count.sav")).unwrap();
    let whole = expected("plain.sav");
    let (mut refused, mut read) = (0, 0);
    for length in bytes.len() - 750..bytes.len() {
        match of_bytes(&bytes[..length]).and_then(shown) {
            Err(fault) => {
                refused += 1;
                assert!(fault.to_string().contains("after record"), "{fault}");
            }
            Ok(found) => {
                read += 1;
                assert!(whole.starts_with(&found), "cut to {length} bytes");
            }
        }
    }
    assert!(refused > 650 && read > 0, "{refused} refused, {read} read");
}

/// Numbers that are always the same, and look as if by chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

#[test]
fn damaged_files_are_read_or_refused_within_bounds() {
    let names =
        ["plain.sav", "bytes.sav", "blocks.zsav", "haven.zsav", "pspp_cp1252.sav", "patched_big_endian.sav"];
    let mut chance = Chance(20_260_701);
    let (mut refused, mut records) = (0, 0);
    for round in 0..600 {
        let mut bytes = fs::read(path(names[round % names.len()])).unwrap();
        for _ in 0..=chance.below(4) {
            let at = 4 + chance.below(bytes.len() - 8);
            match chance.below(3) {
                0 => bytes[at] ^= 1 << chance.below(8),
                1 => bytes[at] = chance.below(256) as u8,
                // A length or a count of another size.
                _ => {
                    let extreme = [i32::MAX, i32::MIN, -1, 0, 65_536][chance.below(5)];
                    let at = at / 4 * 4;
                    bytes[at..at + 4].copy_from_slice(&extreme.to_le_bytes());
                }
            }
        }
        if chance.below(4) == 0 {
            bytes.truncate(4 + chance.below(bytes.len() - 4));
        }
        match of_bytes(&bytes).and_then(shown) {
            Err(_) => refused += 1,
            Ok(text) => records = records.max(text.lines().filter(|line| line.starts_with("row")).count()),
        }
    }
    assert!((100..580).contains(&refused), "{refused} refused");
    assert!(records < 1_000, "{records} records of a file of a few kilobytes");
}

#[test]
fn many_records_come_in_blocks_with_their_numbers() {
    // The six records of the plain file again and again, behind the record (999) that ends its dictionary.
    let bytes = with_cases("plain.sav", 60_000);
    let end = bytes.windows(8).position(|eight| eight == [0xe7, 3, 0, 0, 0, 0, 0, 0]).unwrap() + 8;
    let (head, six) = bytes.split_at(end);
    let mut table = of_bytes(&[head, &six.repeat(10_000)].concat()).unwrap();
    let (mut next, mut blocks) = (1, 0);
    while let Some(block) = table.next_block().unwrap() {
        let batch = block.decode().unwrap();
        assert!(batch.len() <= 8_192);
        blocks += 1;
        for at in 0..batch.len() {
            assert_eq!(batch.row(at), next);
            assert_eq!(batch.cell(at, 0), Cell::Number(((next - 1) % 6 + 1) as f64), "id of record {next}");
            next += 1;
        }
    }
    assert_eq!(next, 60_001);
    assert!(blocks >= 8, "{blocks}");
}
