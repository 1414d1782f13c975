"""Where independent readers differ from the one that is held to, and why that one is right.

A difference that is not here stops the making of the files, and so does one that is here and is gone.
"""

_SAME_DAYS = "it leaves this print format a number; PSPP reads the same days and times"
_STATA_UNITS = "it leaves weeks, months, quarters, half-years and years numbers; pandas reads the same days"

KNOWN = {
    "sav_date_missing.sav": {"haven": "2.5.1 turns the declared codes to days before it holds them against the cells; raw numbers are right, as PSPP has them"},
    "sav_formats.sav": {"haven": _SAME_DAYS},
    "sav_pspp_v2.sav": {"PSPP": "it makes the names small letters, which stand in the file as capitals"},
    "sav_bare.sav": {"PSPP": "it makes the names small letters, which stand in the file as capitals"},
    "sav_count_unknown.sav": {"haven": "2.5.1 reads no record where their number is not told"},
    "sav_cp1252_as_utf8.sav": {"PSPP": "it puts ? for each letter that is not UTF-8; pyreadstat was told the encoding"},
    "sav_cp1252_undeclared.sav": {"PSPP": "it puts ? for each letter that nothing declares"},
    "sav_utf8_undeclared.sav": {"haven": "it takes undeclared letters for Windows-1252; they are valid UTF-8"},
    "dta_foreign_v6.dta": {"haven": "it passes over the value labels of release 108; pandas reads them"},
    "dta_pandas_119_strl.dta": {"haven": "2.5.1 takes the references to long texts for 2 + 6 bytes; they are 3 + 5, and pandas reads them"},
    "dta_haven_v15_strl.dta": {"pyreadstat": "haven 2.5.1 writes references to long texts of 2 + 6 bytes, not 3 + 5, and only itself reads them"},
    "dta_pandas_118_dates.dta": {"haven": _STATA_UNITS},
    "dta_114_cp1252.dta": {"pandas": "it takes Windows-1252 for ISO-8859-1"},
    "xlsx_openpyxl_iso.xlsx": {"readxl": "it leaves dates that are written as ISO 8601 texts"},
    "xlsx_openpyxl_leap.xlsx": {"readxl": "it reads nothing for 29.02.1900, as Excel shows serial 60, and openpyxl the day before; that day never was, so the cell is a fault"},
    "xlsx_gnumeric.xlsx": {"readxl": "it passes over number formats with numbers below 164, as Gnumeric gives them; a blank before a text is cut, though both keep it, since nothing in the file tells to keep it, as Excel does"},
    "ods_gnumeric.ods": {"LibreOffice": "it keeps 15 digits where it converts"},
    "ods_pandas.ods": {"LibreOffice": "it shows as numbers the dates that have no style"},
    "parquet_pyarrow_dates.parquet": {"polars": "it makes days of 64 bits moments; in the file they are days"},
}

# What no reader says: (record, column) → cell.
CELLS = {
    # Gnumeric does not mark the blank before the text as one to be kept (xml:space), and Excel cuts such blanks.
    "xlsx_gnumeric.xlsx": {(3, "note"): '"begynner med blankt"'},
    "xlsx_openpyxl_leap.xlsx": {(2, "dag"): "E:day"},
}

# Files of which another reader than the usual one is held to.
HELD = {"dta_haven_v15_strl.dta": "haven"}

# Files that a reader cannot read.
UNREADABLE = {
    "sav_cp1252_as_utf8.sav": {"haven": "letters that are not UTF-8"},
    "dta_haven_v15_strl.dta": {"pandas": "the references to long texts, as pyreadstat"},
    "dta_118_cp1252.dta": {"haven": "letters that are not UTF-8"},
    "parquet_fastparquet_int96.parquet": {"polars": "an error of its own"},
    "sav_pspp_latin1.sav": {"haven": "code page 819 is unknown to it"},
}
