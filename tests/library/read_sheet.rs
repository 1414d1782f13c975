//! Spreadsheets are read as the programs that wrote them, and readxl, openpyxl and pandas, say that they are.
//!
//! `tests/read/make_sheet.py` makes the files.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use utfall::read::{self, Batch, Cell, CellFault, ColumnKind, Fault, Options};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read/sheet").join(name)
}

/// A table, read to its end.
struct Whole {
    names: Vec<String>,
    batches: Vec<Box<dyn Batch>>,
    remarks: Vec<String>,
}

impl Whole {
    fn read(path: &Path, options: &Options) -> Result<Whole, Fault> {
        let mut table = read::open(path, options)?;
        assert!(table.columns().iter().all(|column| column.kind == ColumnKind::Mixed));
        let names = table.columns().iter().map(|column| column.name.clone()).collect();
        let mut batches = Vec::new();
        while let Some(block) = table.next_block()? {
            batches.push(block.decode()?);
        }
        Ok(Whole { names, batches, remarks: table.remarks() })
    }

    fn of(name: &str, options: &Options) -> Whole {
        Whole::read(&path(name), options).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    fn rows(&self) -> Vec<u64> {
        self.batches.iter().flat_map(|batch| (0..batch.len()).map(|record| batch.row(record))).collect()
    }

    /// The cells of a record, counted from 0.
    fn record(&self, record: usize) -> Vec<Cell<'_>> {
        let mut left = record;
        for batch in &self.batches {
            if left < batch.len() {
                return (0..self.names.len()).map(|column| batch.cell(left, column)).collect();
            }
            left -= batch.len();
        }
        panic!("no record {record}")
    }
}

fn two_rows(heading: u32) -> Options {
    Options { heading: Some(heading), heading_rows: 2, ..Options::default() }
}

fn fault(name: &str, options: &Options) -> String {
    match Whole::read(&path(name), options) {
        Ok(_) => panic!("{name} was read"),
        Err(fault) => fault.to_string(),
    }
}

/// 2023-11-05 12:34:51, as readxl gives it.
const MOMENT: i64 = 1_699_187_691;
/// 12:34:51.
const CLOCK: i64 = 45_291;
/// readxl's seconds of 1950-06-15, in days.
const BORN: i32 = -7_140;
const _: () = assert!(BORN as i64 * 86_400 == -616_896_000);

#[test]
fn every_kind_of_cell_in_both_calendars_and_all_formats() {
    for base in ["1900", "1904"] {
        for name in ["kinds_{}.xlsx", "lo_kinds_{}.xlsx", "lo_kinds_{}.xls", "lo_kinds_{}.ods"] {
            let name = name.replace("{}", base);
            let table = Whole::of(&name, &Options::default());
            let names = [
                "id", "født", "målt", "klokke", "varighet", "andel", "kode", "feil", "formel", "sann",
                "dager", "tekst",
            ];
            assert_eq!(table.names, names, "{name}");
            let record = |id: f64, born, doubled, truth, text| {
                vec![
                    Cell::Number(id),
                    Cell::Date(born),
                    Cell::Moment(MOMENT),
                    Cell::Time(CLOCK),
                    Cell::Time(36 * 3600),
                    Cell::Number(0.125),
                    Cell::Text("007"),
                    Cell::Fault(CellFault::Error),
                    Cell::Number(doubled),
                    Cell::Number(truth),
                    Cell::Number(14.0),
                    Cell::Text(text),
                ]
            };
            assert_eq!(table.record(0), record(1.0, BORN, 2.0, 1.0, "blåbær"), "{name}");
            // 983318400 seconds.
            assert_eq!(table.record(1), record(2.0, 11_381, 4.0, 0.0, "rødgrøt"), "{name}");
            assert_eq!(table.rows(), [2, 3], "{name}");
            assert!(table.remarks.is_empty(), "{name}");
        }
    }
}

#[test]
fn a_day_that_never_was_is_a_fault_and_earlier_dates_are_remarked() {
    for name in ["leap.xlsx", "lo_leap.xls"] {
        let table = Whole::of(name, &Options::default());
        let days: Vec<_> = (0..5).map(|record| table.record(record)[1]).collect();
        // readxl: -2208988800 and -2203977600 seconds, then none, with a warning.
        let expected = [
            Cell::Date(-25_567),
            Cell::Date(-25_509),
            Cell::Fault(CellFault::NoSuchDay),
            Cell::Date(-25_508),
            Cell::Date(19_431),
        ];
        assert_eq!(days, expected, "{name}");
        assert!(
            table.remarks.len() == 1 && table.remarks[0].contains("2 dates before 1 March 1900"),
            "{name}"
        );
    }
}

#[test]
fn formulas_that_were_never_calculated_are_told_from_empty_cells() {
    let table = Whole::of("formulas.xlsx", &Options::default());
    let never = Cell::Fault(CellFault::NeverCalculated);
    assert_eq!(table.record(0), [Cell::Number(1.0), Cell::Number(2.0), never]);
    assert_eq!(table.record(1), [Cell::Number(3.0), Cell::Empty, never]);
    assert_eq!(table.record(2), [Cell::Number(5.0), Cell::Number(6.0), Cell::Number(11.0)]);
    let old = Whole::of("xlwt.xls", &Options::default());
    assert_eq!(old.record(0)[7], never);
}

#[test]
fn dates_written_as_text_of_iso_8601() {
    let table = Whole::of("iso.xlsx", &Options::default());
    assert_eq!(table.record(0), [Cell::Date(BORN), Cell::Moment(MOMENT), Cell::Time(CLOCK)]);
}

#[test]
fn a_table_that_begins_elsewhere_with_blank_rows_in_it() {
    let table = Whole::of("offset.xlsx", &Options::default());
    assert_eq!(table.names, ["id", "", "svar"]);
    assert_eq!(table.rows(), [6, 8, 9]);
    assert_eq!(table.record(0), [Cell::Number(1.0), Cell::Text("a"), Cell::Text("ja")]);
    assert_eq!(table.record(1), [Cell::Number(2.0), Cell::Empty, Cell::Text("nei")]);
    // Blanks alone are nothing.
    assert_eq!(table.record(2), [Cell::Number(3.0), Cell::Text("c"), Cell::Empty]);
    let remark = "sheet Måling is read; the workbook also holds cells in Skjult (hidden), Koder";
    assert_eq!(table.remarks, [remark]);
}

#[test]
fn a_sheet_by_its_name() {
    let named = |name: &str| Options { sheet: Some(name.to_owned()), ..Options::default() };
    assert_eq!(Whole::of("offset.xlsx", &named("Koder")).names, ["ja = 1"]);
    assert_eq!(Whole::of("offset.xlsx", &named("koder")).names, ["ja = 1"]);
    assert_eq!(Whole::of("xlwt.xls", &named("Skjult")).names, ["x"]);
    assert_eq!(Whole::of("odfpy.ods", &named("Skjult")).names, ["x"]);
    let fault = fault("offset.xlsx", &named("Svar"));
    assert!(
        fault.contains("no sheet Svar") && fault.contains("Skjult (hidden), Tom, Måling, Koder"),
        "{fault}"
    );
}

#[test]
fn headings_of_two_rows() {
    for name in ["merged.xlsx", "lo_merged.xls", "lo_merged.ods"] {
        let table = Whole::of(name, &Options { skip: 1, ..two_rows(2) });
        let names = ["Id", "Helse Før", "Helse Etter", "Arbeid Før", "Arbeid Etter"];
        assert_eq!(table.names, names, "{name}");
        assert_eq!(table.record(0), [1.0, 2.0, 3.0, 4.0, 5.0].map(Cell::Number), "{name}");
        assert_eq!(table.rows(), [5], "{name}");
    }
    let table = Whole::of("two_rows.xlsx", &Options { heading: None, ..two_rows(1) });
    assert_eq!(table.names, ["Id", "Helse Før", "Helse Etter", "Merknad"]);
}

#[test]
fn a_heading_where_there_is_none() {
    let options = Options { heading: Some(3), ..Options::default() };
    let fault = fault("offset.xlsx", &options);
    assert!(fault.starts_with("sheet Måling: found nothing in row 3"), "{fault}");
}

#[test]
fn texts_of_several_looks_line_breaks_and_blanks() {
    let table = Whole::of("rich.xlsx", &Options::default());
    // Numbers and dates name columns too.
    assert_eq!(table.names, ["tekst", "2024", "1950-06-15"]);
    assert_eq!(table.record(0)[0], Cell::Text("blåbær og æøå"));
    assert_eq!(table.record(1)[0], Cell::Text("linje 1\nlinje 2"));
    assert_eq!(table.record(2)[0], Cell::Text(" rundt "));
}

#[test]
fn as_pandas_and_r_write_them() {
    let table = Whole::of("pandas.xlsx", &Options::default());
    assert_eq!(table.names, ["", "navn", "dato"]);
    assert_eq!(table.record(0), [Cell::Text("r1"), Cell::Text("Åse"), Cell::Moment(1_582_934_400)]);
    assert_eq!(table.record(1), [Cell::Text("r2"), Cell::Empty, Cell::Empty]);
    let table = Whole::of("openxlsx.xlsx", &Options::default());
    assert_eq!(table.names, ["navn", "tall", "dato", "tid", "sann"]);
    let record = table.record(0);
    assert_eq!(record[..2], [Cell::Text("Åse"), Cell::Number(1.5)]);
    // This version gives both formats one number, so that the day looks like a moment.
    assert_eq!(record[2], Cell::Moment(1_582_934_400));
    assert_eq!(record[3..], [Cell::Moment(1_582_977_600), Cell::Number(1.0)]);
    assert_eq!(table.rows(), [2]);
}

#[test]
fn as_old_programs_write_xls() {
    let table = Whole::of("xlwt.xls", &Options::default());
    assert_eq!(table.names, ["id", "født", "målt", "klokke", "desimal", "tekst", "sann", "sum"]);
    for row in 1..=16_u32 {
        let record = table.record(row as usize - 1);
        let text = format!("{row} {}", if row % 2 == 1 { "ж" } else { "ø" }.repeat(400));
        let expected = [
            Cell::Number(f64::from(row)),
            Cell::Date(BORN),
            Cell::Moment(MOMENT),
            Cell::Time(CLOCK),
            Cell::Number(f64::from(row) / 8.0 + 0.01),
            Cell::Text(&text),
            Cell::Number(f64::from(u8::from(row % 2 == 0))),
        ];
        assert_eq!(record[..7], expected, "row {row}");
    }
    assert_eq!(table.remarks, ["sheet Data is read; the workbook also holds cells in Skjult (hidden)"]);
}

#[test]
fn repeated_rows_and_cells_of_an_ods_workbook() {
    let table = Whole::of("odfpy.ods", &Options::default());
    assert_eq!(table.names, ["tall", "andel", "dato", "målt", "tid", "sann", "tekst", "feil", "sum"]);
    assert_eq!(table.rows(), [4, 5, 6, 12]);
    for record in 0..3 {
        let expected = [
            Cell::Number(2.5),
            Cell::Number(0.125),
            Cell::Date(BORN),
            Cell::Moment(MOMENT),
            Cell::Time(CLOCK),
            Cell::Number(1.0),
            Cell::Text("blå    bær\nog & fløte"),
            Cell::Fault(CellFault::Error),
            Cell::Fault(CellFault::NeverCalculated),
        ];
        assert_eq!(table.record(record), expected);
    }
    // A text that begins so without a formula is a text.
    assert_eq!(table.record(3)[..4], [Cell::Number(7.0), Cell::Number(7.0), Cell::Empty, Cell::Text("#1")]);
    assert_eq!(table.remarks, ["sheet Data is read; the workbook also holds cells in Skjult (hidden)"]);
}

#[test]
fn a_stray_cell_in_the_last_corner_is_one_wide_record() {
    let table = Whole::of("far.xlsx", &Options::default());
    assert_eq!(table.names, ["a", "b"]);
    assert_eq!(table.rows(), [2, 1_048_576]);
    let batch = &table.batches[0];
    assert_eq!((batch.fields(0), batch.fields(1)), (None, Some(16_384)));
    assert_eq!(batch.cell(1, 16_383), Cell::Number(3.0));
    assert_eq!(batch.cell(1, 16_384), Cell::Empty);
}

#[test]
fn a_zip_archive_that_is_no_workbook() {
    let fault = fault("no_workbook.zip", &Options::default());
    assert!(fault.contains("a zip archive that is no workbook"), "{fault}");
}

/// A workbook as zipped parts, some of them changed.
fn repacked(archive: &[u8], change: &mut dyn FnMut(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut parts = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..parts.len() {
        let mut part = parts.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        packed.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        packed.write_all(&change(&name, bytes)).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

fn read_bytes(bytes: &[u8]) -> Result<Whole, Fault> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file.flush().unwrap();
    Whole::read(file.path(), &Options::default())
}

fn refused(bytes: &[u8]) -> String {
    read_bytes(bytes).err().expect("a fault").to_string()
}

/// In place of a part's text, another.
fn replaced(name: &str, part: &str, from: &str, to: &str) -> Vec<u8> {
    repacked(&fs::read(path(name)).unwrap(), &mut |this, bytes| {
        if this != part {
            return bytes;
        }
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains(from), "{part} has {from}");
        text.replacen(from, to, 1).into_bytes()
    })
}

#[test]
fn counts_and_repeats_that_would_fill_the_machine() {
    // The library makes room for so many texts before it reads any.
    let bytes = replaced(
        "kinds_1900.xlsx",
        "xl/sharedStrings.xml",
        "uniqueCount=\"15\"",
        "uniqueCount=\"4000000000\"",
    );
    assert!(refused(&bytes).contains("more texts than the file has room for"));
    // 16,384 cells in each of a million rows.
    let one = "table:number-columns-repeated=\"2\" office:value-type=\"float\"";
    let text = String::from_utf8_lossy(&content("odfpy.ods")).into_owned();
    let wide = text.replace(one, "table:number-columns-repeated=\"9000\" office:value-type=\"float\"");
    let wide = match wide == text {
        true => text.replace(
            "office:value-type=\"float\" office:value=\"7\" table:number-columns-repeated=\"2\"",
            "office:value-type=\"float\" office:value=\"7\" table:number-columns-repeated=\"9000\"",
        ),
        false => wide,
    };
    assert_ne!(wide, text, "the repeated cells were found");
    let many = wide.replace(
        "table:number-rows-repeated=\"5\"/><table:table-row",
        "table:number-rows-repeated=\"5\"/><table:table-row table:number-rows-repeated=\"900000\"",
    );
    assert_ne!(many, wide, "the row was found");
    let archive = fs::read(path("odfpy.ods")).unwrap();
    let bytes = repacked(&archive, &mut |name, bytes| {
        if name == "content.xml" { many.clone().into_bytes() } else { bytes }
    });
    assert!(refused(&bytes).contains("filled with repeated cells"));
    // A thousand bytes that unpack to 300 MB.
    let bomb = repacked(&fs::read(path("kinds_1900.xlsx")).unwrap(), &mut |name, bytes| {
        if name == "xl/sharedStrings.xml" { vec![b' '; 300 << 20] } else { bytes }
    });
    assert!(refused(&bomb).contains("a part of 300 MB or more when unpacked"));
}

fn content(name: &str) -> Vec<u8> {
    let mut parts = ZipArchive::new(Cursor::new(fs::read(path(name)).unwrap())).unwrap();
    let mut bytes = Vec::new();
    parts.by_name("content.xml").unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn an_ods_workbook_that_is_cut_ends() {
    let archive = fs::read(path("odfpy.ods")).unwrap();
    let whole = content("odfpy.ods").len();
    for cut in (0..whole).step_by(whole / 40) {
        let bytes = repacked(&archive, &mut |name, mut bytes| {
            if name == "content.xml" {
                bytes.truncate(cut);
            }
            bytes
        });
        refused(&bytes);
    }
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }

    fn damage(&mut self, bytes: &mut Vec<u8>) {
        match self.below(4) {
            0 => bytes.truncate(self.below(bytes.len())),
            _ => {
                for _ in 0..=self.below(6) {
                    let at = self.below(bytes.len());
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = self.below(256) as u8;
                    }
                }
            }
        }
    }
}

#[test]
fn damaged_files_are_read_or_refused() {
    let mut dice = Dice(20_231_105);
    let (mut read, mut refused) = (0, 0);
    let names =
        ["kinds_1900.xlsx", "formulas.xlsx", "lo_kinds_1904.xls", "xlwt.xls", "lo_merged.ods", "odfpy.ods"];
    for round in 0..90 {
        for name in names {
            let mut bytes = fs::read(path(name)).unwrap();
            if name.ends_with(".xls") || round % 3 == 0 {
                dice.damage(&mut bytes);
            } else {
                // Within the parts, where no checksum tells.
                let spared = dice.below(3);
                let mut index = 0;
                bytes = repacked(&bytes, &mut |_, mut part| {
                    index += 1;
                    if index % 3 == spared {
                        dice.damage(&mut part);
                    }
                    part
                });
            }
            match read_bytes(&bytes) {
                Ok(_) => read += 1,
                Err(fault) => {
                    refused += 1;
                    assert!(!fault.to_string().contains("bær"), "a value in a fault");
                    // A reader that has panicked.
                    assert!(!fault.found.contains("its reader does not know"), "round {round} of {name}");
                }
            }
        }
    }
    assert!(read > 50 && refused > 50, "{read} read, {refused} refused");
}
