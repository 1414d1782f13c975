//! Files that are not delimited text, recognised by their first bytes.

/// Where the bytes stand, the bytes, and what a file with them is.
const SIGNATURES: [(usize, &[u8], &str); 26] = [
    (0, b"PK\x03\x04", "a zip archive, such as an Excel workbook (.xlsx)"),
    (0, b"\xD0\xCF\x11\xE0", "an old Office file, such as an Excel workbook (.xls)"),
    (0, b"$FL2", "an SPSS file (.sav)"),
    (0, b"$FL3", "a compressed SPSS file (.zsav)"),
    (0, b"ENCRYPTEDSAV", "an encrypted SPSS file (.sav)"),
    (0, b"ASCII SPSS PORT FILE", "an SPSS portable file (.por)"),
    (40, b"ASCII SPSS PORT FILE", "an SPSS portable file (.por)"),
    (0, b"<stata_dta>", "a Stata file (.dta)"),
    (0, b"PAR1", "a Parquet file"),
    (0, b"\x1F\x8B", "a gzip archive"),
    (0, b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (4, b"1AY&SY", "a bzip2 archive"),
    (0, b"\xFD7zXZ\0", "an xz archive"),
    (0, b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"%PDF", "a PDF file"),
    (0, b"SQLite format 3", "an SQLite database"),
    (0, b"RDX2\n", "an R file (.RData)"),
    (0, b"RDX3\n", "an R file (.RData)"),
    (0, b"X\n\0\0\0", "an R file (.rds)"),
    (12, b"\xC2\xEA\x81\x60", "a SAS file (.sas7bdat)"),
    (0, b"HEADER RECORD*******LIB", "a SAS transport file (.xpt)"),
    (0, b"<?xml", "an XML file"),
    (0, b"<!DOCTYPE", "a web page (HTML)"),
    (0, b"<!doctype", "a web page (HTML)"),
    (0, b"<html", "a web page (HTML)"),
];

/// What a file that begins so is, if it is not text with delimiters.
pub(super) fn of(head: &[u8]) -> Option<&'static str> {
    let begins =
        |(at, bytes, _): &&(usize, &[u8], _)| head.get(*at..).is_some_and(|head| head.starts_with(bytes));
    SIGNATURES.iter().find(begins).map(|(.., what)| *what)
}
