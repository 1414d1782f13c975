"""The list of the files that make.R writes."""

import subprocess

from values import made


def make(folder):
    subprocess.run(["Rscript", "make.R", folder], check=True)
    made("sav_haven.sav", "haven", "all kinds of columns, byte-compressed, user-missing values and range, Sami letters")
    made("sav_haven_none.sav", "haven", "not compressed")
    made("sav_haven.zsav", "haven", "zlib-compressed")
    made("sav_haven_empty.sav", "haven", "no record")
    made("sav_haven_long.sav", "haven", "long texts, labels of long texts, a factor")
    for version in [8, 10, 12, 13, 14, 15]:
        made(f"dta_haven_v{version}.dta", "haven", f"for Stata {version}, tags .a and .z" + (", Sami letters" if version > 13 else ""))
    made("dta_haven_v14_strl.dta", "haven", "long texts (strL)")
    made("dta_haven_v15_strl.dta", "haven", "long texts (strL) with references as no other program writes them")
    made("dta_haven_empty.dta", "haven", "no record")
    made("dta_haven_date_tag.dta", "haven", "a tag in a date")
    for version in [6, 7, 8, 10, 12]:
        made(f"dta_foreign_v{version}.dta", "foreign", f"for Stata {version}")
    made("xlsx_openxlsx.xlsx", "openxlsx", "days, truth values, Sami letters")
    made("xlsx_openxlsx_table.xlsx", "openxlsx", "a table of Excel's, another sheet with labels")
    made("xlsx_openxlsx_offset.xlsx", "openxlsx", "a title, and a table that begins in B4", "heading=4")
    made("csv_r.csv", "R", "write.csv: texts in quotes, comma")
    made("csv_r_csv2.csv", "R", "write.csv2: semicolon, decimal comma, NA", "delimiter=;")
    made("csv_r_1252.csv", "R", "write.csv2 in Windows-1252", "delimiter=;", "encoding=windows-1252")
    made("csv_r_tab.tsv", "R", "write.table: tab, CRLF", "delimiter=tab")
    made("csv_readr_excel.csv", "readr", "write_excel_csv2: byte order mark, semicolon, decimal comma", "delimiter=;")
    made("csv_readr.csv.gz", "readr", "gzip, NA")
