//! Files as they occur: encodings, headings, packed, broken.

use std::io::Write;

use super::*;

const PLAIN: &[u8] = "id;sted\n1;Bodø\n\n2;\"a;\"\"b\"\"\nc\"\n".as_bytes();

fn windows_1252(text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(text);
    assert!(!unmappable);
    bytes.into_owned()
}

fn encoded(encoding: Encoding) -> Options {
    Options { encoding: Some(encoding), ..delimited_by(';') }
}

fn semicolon() -> Options {
    delimited_by(';')
}

#[test]
fn records_know_their_lines_and_their_text() {
    let mut table = table(PLAIN, &semicolon(), CHUNK, LONGEST_RECORD).unwrap();
    assert_eq!(names(&table), ["id", "sted"]);
    assert_eq!(table.estimated_rows(), Some(2));
    let (seen, fault) = read(&mut table);
    assert_eq!(fault, None);
    assert_eq!(seen[0].raw, "1;Bodø");
    assert_eq!((seen[1].line, seen[1].last_line, seen[1].stray_quote), (4, 5, false));
    assert_eq!(seen[1].fields, ["2", "a;\"b\"\nc"]);
    assert_eq!(seen[1].raw, "2;\"a;\"\"b\"\"\nc\"");
    assert!(table.next_block().unwrap().is_none() && table.remarks().is_empty());
}

#[test]
fn packed_files_are_unpacked_whatever_their_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.csv");
    let gzip = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 1).unwrap();
    let (first, second) = PLAIN.split_at(11);
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(String::from_utf8(PLAIN.to_vec()).unwrap().encode_utf16().flat_map(u16::to_le_bytes));
    let whole = [
        PLAIN.to_vec(),
        gzip(PLAIN),
        [gzip(first), gzip(second)].concat(),
        zstd(PLAIN),
        [zstd(first), zstd(second)].concat(),
        gzip(&utf16),
    ];
    let expected = fields(PLAIN, &semicolon());
    for bytes in &whole {
        std::fs::write(&path, bytes).unwrap();
        let mut table = open(&path, &semicolon()).unwrap();
        assert_eq!(read(&mut *table).0.into_iter().map(|seen| seen.fields).collect::<Vec<_>>(), expected);
    }
    for (bytes, packed) in [(gzip(PLAIN), "gzip"), (zstd(PLAIN), "zstd")] {
        let found = refusal(&bytes[..bytes.len() - 6], &semicolon());
        assert!(found.contains(&format!("a {packed} file that cannot be unpacked to its end")), "{found}");
    }
    let found = refusal(&gzip(b"%PDF-1.4"), &semicolon());
    assert!(found.contains("found a PDF file; expected delimited text (CSV)"), "{found}");
}

#[test]
fn letters_of_one_byte_are_kept() {
    let text = "bruker;sted;navn\n1;Blåbær – Bodø;Å\n";
    let bytes = windows_1252(text);
    let expected = [["1", "Blåbær – Bodø", "Å"]];
    assert_eq!(fields(&bytes, &encoded(Encoding::Windows1252)), expected);
    assert_eq!(fields(text.as_bytes(), &semicolon()), expected);
    let plain: Vec<u8> = bytes.iter().map(|byte| if *byte == 0x96 { b'-' } else { *byte }).collect();
    assert_eq!(fields(&plain, &encoded(Encoding::Latin1)), [["1", "Blåbær - Bodø", "Å"]]);

    assert_eq!(
        refusal(&bytes, &semicolon()),
        "line 2, column 5: found bytes that are not UTF-8; expected UTF-8 text, as the pipeline declares; it looks \
         like Windows-1252: write encoding = \"windows-1252\""
    );
    assert_eq!(
        refusal(&bytes, &encoded(Encoding::Latin1)),
        "line 2, column 10: found a byte that is no character; expected Latin-1 text, as the pipeline declares; it \
         looks like Windows-1252: write encoding = \"windows-1252\""
    );
    let dos = b"bruker;b\x9blge;psykisk\n1;0;\x91\x86\x9d\n";
    let found = refusal(dos, &encoded(Encoding::Windows1252));
    assert!(found.starts_with("line 2, column 7: ") && found.contains("DOS code page"), "{found}");
}

#[test]
fn utf_8_declared_to_have_one_byte_a_letter_is_refused_at_the_end() {
    let options = encoded(Encoding::Windows1252);
    let whole = "id;sted\n1;Bodø\n2;Lofoten\n".as_bytes();
    let message =
        "found UTF-8 text; expected Windows-1252 text, as the pipeline declares; write encoding = \"utf-8\"";
    assert_eq!(table(whole, &options, CHUNK, LONGEST_RECORD).err().unwrap().to_string(), message);
    let mut late = table(whole, &options, 10, LONGEST_RECORD).unwrap();
    assert_eq!(read(&mut late).1.unwrap().to_string(), message);
    // A letter that is no UTF-8 anywhere, and the others are a coincidence.
    let mixed = [whole, b"3;\xE5\n"].concat();
    let mut mixed = table(&mixed, &options, 10, LONGEST_RECORD).unwrap();
    let (seen, fault) = read(&mut mixed);
    assert_eq!((seen.len(), fault), (3, None));
    assert_eq!(seen[2].fields, ["3", "å"]);
    let marked = ["\u{FEFF}id;x\n1;2\n".as_bytes()].concat();
    assert_eq!(refusal(&marked, &options), message);
}

#[test]
fn files_that_are_no_text_are_called_by_their_name() {
    for (bytes, what) in [
        (
            &b"PK\x03\x04rest"[..],
            "an Excel workbook (.xlsx); expected delimited text (CSV); export it as CSV",
        ),
        (b"$FL2@(#) SPSS", "an SPSS file (.sav)"),
        (b"<stata_dta><header>", "a Stata file (.dta)"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"b\0r\0u\0k\0e\0r\0", "line 1, column 2: found UTF-16 text without a byte order mark"),
        (b"bruker;x\n1;a\0b\n", "line 2, column 4: found a zero byte, which text does not have"),
        (b"bruker;x\r1;a\0b\r", "line 2, column 4: found a zero byte"),
        (b"", "found an empty file; expected a heading and rows; export the data again"),
        (b"\xEF\xBB\xBF\r\n \n", "an empty file"),
        ("\u{FEFF}\u{FEFF}".as_bytes(), "an empty file"),
        (b"\xFF\xFEa\0;\0b\0\n\0\x00\xD8;\0", "line 2, column 1: found bytes that are not UTF-16"),
    ] {
        let found = refusal(bytes, &semicolon());
        assert!(found.contains(what), "{found}");
    }
}

#[test]
fn another_delimiter_is_suggested() {
    assert_eq!(
        refusal(b"\nid,sex,age\n1,2,3\n", &semicolon()),
        "line 2: found one column only, whose heading holds ',' 2 times; expected columns separated by ';', as the \
         pipeline declares; write format = { delimiter = ',' }"
    );
    // The heading tells more than a quotation mark that its delimiter would have made a field's first letter.
    let found = refusal(b"id,sex\n\"1;2\n", &semicolon());
    assert!(found.contains("one column only"), "{found}");
    let found = refusal(b"a;b\n", &delimited_by('ø'));
    assert!(
        found.contains("the delimiter 'ø' in the pipeline; expected a single ASCII character"),
        "{found}"
    );
}

#[test]
fn excels_line_names_the_delimiter() {
    for bytes in [&b"sep=;\r\na;b\r\n1;2\r\n"[..], b"\xEF\xBB\xBFSEP=;\ra;b\r1;2\r"] {
        for options in [delimited_by(','), Options { heading: Some(2), ..delimited_by(',') }, semicolon()] {
            for size in [1, 3, CHUNK] {
                let mut table = table(bytes, &options, size.max(6), LONGEST_RECORD).unwrap();
                assert_eq!(names(&table), ["a", "b"]);
                assert!(table.remarks()[0].contains("sep=") && table.remarks()[0].contains("';'"));
                let (seen, fault) = read(&mut table);
                assert_eq!((seen[0].line, &seen[0].raw[..], fault), (3, "1;2", None));
            }
        }
    }
    let found = refusal(b"sep=\na;b\n", &semicolon());
    assert!(found.starts_with("line 1: found Excel's `sep=` line; expected a heading"), "{found}");
    let found = refusal(b"sep=;\na,b\n", &semicolon());
    assert!(found.contains("columns separated by ';', as the file's `sep=` line says"), "{found}");
}

#[test]
fn the_heading_stands_where_it_is_declared() {
    let bytes = b"Export \"2009\r\n\"never closed\r\n\r\nHealth;;x\r\nBefore;After; y\r\nq;q;q\r\n1;2;3\r\n";
    let options = Options { heading: Some(4), heading_rows: 2, skip: 1, ..semicolon() };
    for size in [1, 2, 7, CHUNK] {
        let mut table = table(bytes, &options, size, LONGEST_RECORD).unwrap();
        assert_eq!(names(&table), ["Health Before", "After", "x y"]);
        let (seen, fault) = read(&mut table);
        assert_eq!((seen.len(), seen[0].line, fault), (1, 7, None));
    }
    for line in [3, 8, 9, 2000] {
        let found = refusal(bytes, &Options { heading: Some(line), ..semicolon() });
        assert!(found.starts_with(&format!("line {line}: found no text on that line")), "{found}");
    }
    assert_eq!(
        fields(bytes, &Options { heading: Some(6), skip: 5, ..semicolon() }),
        Vec::<Vec<String>>::new()
    );
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_told_with_its_line() {
    let text = "a;b\n1;2\r3;\"x\n\"\"\r\n4;5\n";
    assert_eq!(
        refusal(text.as_bytes(), &semicolon()),
        "line 3: found a quotation mark that is never closed; expected quotation marks in pairs; add the \
         closing quotation mark; if the mark is part of a text, write it twice (\"\")"
    );
    for (letters, longest) in [("ø\n", 101), ("ø", 101), ("ø", 102), ("😀", 101), ("😀", 102), ("😀", 103)]
    {
        let long = format!("a;b\n1;2\n3;\"{}", letters.repeat(1000));
        let mut given_up = table(long.as_bytes(), &semicolon(), 16, longest).unwrap();
        let (seen, fault) = read(&mut given_up);
        let fault = fault.unwrap();
        assert_eq!((seen.len(), fault.place.as_deref()), (1, Some("line 3")));
        assert_eq!(fault.found, format!("a quotation mark that is not closed within {longest} bytes"));
        assert!(given_up.next_block().unwrap().is_none());
    }
}

#[test]
fn fields_and_rows_have_a_length() {
    let long = format!("a;b\n1;2\n3;{}\n", "x".repeat(10 << 20));
    let found = refusal(long.as_bytes(), &semicolon());
    assert_eq!(
        found,
        "line 3: found a field of over 1048576 bytes (field 2 of the row); expected answers to a questionnaire; look \
         for a quotation mark that is never closed, or a delimiter that is another"
    );
    let just = format!("a;b\n1;\"\"\"{}\"\n", "x".repeat((1 << 20) - 1));
    assert_eq!(fields(just.as_bytes(), &semicolon())[0][1].len(), 1 << 20);
    let many = format!("a;b\n1;2\n{}\n", "1;".repeat(5 << 20));
    assert_eq!(fields(many.as_bytes(), &semicolon())[1].len(), (5 << 20) + 1);
    let mut row = table(format!("a;b\n{}\n", "1;".repeat(500)).as_bytes(), &semicolon(), 16, 101).unwrap();
    assert_eq!(
        read(&mut row).1.unwrap().to_string(),
        found.replace(
            "line 3: found a field of over 1048576 bytes (field 2 of the row)",
            "line 2: found a row of over 101 bytes"
        )
    );
}

#[test]
fn rows_are_estimated_from_the_first_chunk() {
    let text = format!("a;b\n{}", "11;22\n".repeat(1000));
    let table = |bytes: &[u8]| table(bytes, &semicolon(), 100, LONGEST_RECORD).unwrap().estimated_rows();
    assert_eq!(table(text.as_bytes()), Some(1001));
    assert_eq!(table(&zstd::encode_all(text.as_bytes(), 1).unwrap()), None);
    assert_eq!(table(b"a;b\n"), Some(0));
}
