#!/usr/bin/env python3
"""Makes the spreadsheets in tests/read/sheet/, all with made-up values, by programs other than utfall.

Made with Python 3.11, openpyxl 3.1.5, XlsxWriter 3.3.1, pandas 3.1.1, xlwt 1.3.0, odfpy 1.4.1, R 4.2.2 with openxlsx
4.2.5.2, and LibreOffice 7.4.7. What is in them was read back with readxl 1.4.2 (.xlsx, .xls) and pandas (.ods), which
`--check` prints; the values in tests/library/read_sheet.rs are those, but for these: readxl does not take LibreOffice's
date1904="true" for 1904 (openpyxl does), and pandas cannot read spans of more than a day in .ods.

Usage: make_sheet.py FOLDER, or make_sheet.py --check FOLDER
"""

import datetime as dt
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
import pandas as pd
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import LineBreak, P, S
from odf.office import Annotation
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

MOMENT = dt.datetime(2023, 11, 5, 12, 34, 51)
BORN = dt.date(1950, 6, 15)
CLOCK = dt.time(12, 34, 51)


def xlsxwriter_kinds(path, date_1904):
    """Every kind of cell, dates counted from 1900 or from 1904."""
    book = xlsxwriter.Workbook(path, {"date_1904": date_1904})
    sheet = book.add_worksheet("Data")
    form = lambda code: book.add_format({"num_format": code})
    for column, name in enumerate(
        ["id", "født", "målt", "klokke", "varighet", "andel", "kode", "feil", "formel", "sann", "dager", "tekst"]
    ):
        sheet.write_string(0, column, name)
    for row, (born, word) in enumerate([(BORN, "blåbær"), (dt.date(2001, 2, 28), "rødgrøt")], start=1):
        sheet.write_number(row, 0, row)
        sheet.write_datetime(row, 1, born, form("dd.mm.yyyy"))
        sheet.write_datetime(row, 2, MOMENT, form("yyyy-mm-dd hh:mm:ss"))
        sheet.write_datetime(row, 3, CLOCK, form("hh:mm:ss"))
        sheet.write_number(row, 4, 1.5, form("[h]:mm:ss"))
        sheet.write_number(row, 5, 0.125, form("0.0%"))
        sheet.write_string(row, 6, "007")
        sheet.write_formula(row, 7, "=1/0", None, "#DIV/0!")
        sheet.write_formula(row, 8, "=A2*2", None, 2 * row)
        sheet.write_boolean(row, 9, row == 1)
        sheet.write_number(row, 10, 14, form('0 "dager"'))
        sheet.write_string(row, 11, word)
    book.close()


def xlsxwriter_far(path):
    """A stray cell in the last corner of the sheet."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["a", "b"])
    sheet.write_row(1, 0, [1, 2])
    sheet.write_number(1_048_575, 16_383, 3)
    book.close()


def openpyxl_formulas(path):
    """Formulas that were never calculated, beside empty cells with a format."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["a", "b", "sum"])
    sheet.append([1, 2, "=A2+B2"])
    sheet.append([3, None, "=A3+B3"])
    sheet["B3"].number_format = "0.00"
    sheet.append([5, 6, 11])
    book.save(path)


def openpyxl_leap(path):
    """Days about the 29 February 1900 that Excel has and the calendar has not."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["serial", "day"])
    for serial in [1, 59, 60, 61, 45_000]:
        sheet.append([serial, serial])
        sheet.cell(sheet.max_row, 2).number_format = "dd.mm.yyyy"
    book.save(path)


def openpyxl_iso(path):
    """Dates written as ISO 8601."""
    book = openpyxl.Workbook()
    book.iso_dates = True
    sheet = book.active
    sheet.append(["day", "moment", "clock"])
    sheet.append([BORN, MOMENT, CLOCK])
    book.save(path)


def openpyxl_offset(path):
    """A table that begins at C5, with a blank row in it, a column without a name, and a hidden sheet before it."""
    book = openpyxl.Workbook()
    book.active.title = "Skjult"
    book.active["A1"] = "x"
    book.active.sheet_state = "hidden"
    book.create_sheet("Tom")
    sheet = book.create_sheet("Måling")
    for column, name in enumerate([" id ", None, "svar"], start=3):
        sheet.cell(5, column, name)
    for row, values in [(6, [1, "a", "ja"]), (8, [2, None, "nei"]), (9, [3, "c", "   "])]:
        for column, value in enumerate(values, start=3):
            sheet.cell(row, column, value)
    book.create_sheet("Koder")["B2"] = "ja = 1"
    book.save(path)


def openpyxl_merged(path):
    """Two rows of heading with merged cells, a title above, and a row of question texts below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "Spørreskjema 2023"
    for place, text in {"A2": "Id", "B2": "Helse", "D2": "Arbeid", "B3": "Før", "C3": "Etter", "D3": "Før", "E3": "Etter"}.items():
        sheet[place] = text
    for region in ["A2:A3", "B2:C2", "D2:E2"]:
        sheet.merge_cells(region)
    sheet.append(["hvem", "helse før", "helse etter", "arbeid før", "arbeid etter"])
    sheet.append([1, 2, 3, 4, 5])
    book.save(path)


def openpyxl_two_rows(path):
    """Two rows of heading without merged cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([None, "Helse", None, "Merknad"])
    sheet.append(["Id", "Før", "Etter", None])
    sheet.append([1, 2, 3, "x"])
    book.save(path)


def openpyxl_rich(path):
    """Text with letters of several looks, line breaks, and blanks before and after."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["tekst", 2024, BORN])
    sheet.append([CellRichText("blå", TextBlock(InlineFont(b=True), "bær "), "og æøå")])
    sheet.append(["linje 1\nlinje 2"])
    sheet.append([" rundt "])
    book.save(path)


def pandas_index(path):
    """pandas writes its index in a column without a name."""
    frame = pd.DataFrame({"navn": ["Åse", None], "dato": pd.to_datetime(["2020-02-29", None])}, index=["r1", "r2"])
    frame.to_excel(path, sheet_name="Ark")


def xlwt_kinds(path):
    """As old programs write them; more than 8 kB of texts, so that they go on in further records."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Data")
    form = lambda code: xlwt.easyxf(num_format_str=code)
    for column, name in enumerate(["id", "født", "målt", "klokke", "desimal", "tekst", "sann", "sum"]):
        sheet.write(0, column, name)
    for row in range(1, 17):
        sheet.write(row, 0, row)
        sheet.write(row, 1, BORN, form("DD.MM.YYYY"))
        sheet.write(row, 2, MOMENT, form("YYYY-MM-DD HH:MM"))
        sheet.write(row, 3, CLOCK, form("HH:MM:SS"))
        sheet.write(row, 4, row / 8 + 0.01)
        letters = "ж" if row % 2 else "ø"
        sheet.write(row, 5, f"{row} " + letters * 400)
        sheet.write(row, 6, row % 2 == 0)
        sheet.write(row, 7, xlwt.Formula(f"A{row + 1}*2"))
    book.add_sheet("Skjult").write(0, 0, "x")
    book.get_sheet(1).visibility = 1
    book.save(path)


def odfpy_kinds(path):
    """Repeated rows and columns, every type of value, a comment, an error, a formula without a value."""
    document = OpenDocumentSpreadsheet()
    hidden = Style(name="hid", family="table")
    hidden.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(hidden)
    secret = Table(name="Skjult", stylename="hid")
    secret.addElement(row := TableRow())
    row.addElement(cell := TableCell(valuetype="string"))
    cell.addElement(P(text="x"))
    document.spreadsheet.addElement(secret)

    table = Table(name="Data")
    document.spreadsheet.addElement(table)
    table.addElement(TableRow(numberrowsrepeated=2))

    def line(cells, **attributes):
        row = TableRow(**attributes)
        row.addElement(TableCell(numbercolumnsrepeated=2))
        for cell in cells:
            row.addElement(cell)
        row.addElement(TableCell(numbercolumnsrepeated=1000))
        table.addElement(row)

    def text(*parts, **attributes):
        cell = TableCell(valuetype="string", **attributes)
        paragraph = P()
        for part in parts:
            paragraph.addText(part) if isinstance(part, str) else paragraph.addElement(part)
        cell.addElement(paragraph)
        return cell

    line([text("tall"), text("andel"), text("dato"), text("målt"), text("tid"), text("sann"), text("tekst"), text("feil"), text("sum")])
    noted = text("blå  ", S(c=2), "bær", LineBreak(), "og & fløte")
    comment = Annotation()
    comment.addElement(P(text="not this"))
    noted.addElement(comment)
    line(
        [
            TableCell(valuetype="float", value="2.5"),
            TableCell(valuetype="percentage", value="0.125"),
            TableCell(valuetype="date", datevalue="1950-06-15"),
            TableCell(valuetype="date", datevalue="2023-11-05T12:34:51"),
            TableCell(valuetype="time", timevalue="PT12H34M51S"),
            TableCell(valuetype="boolean", booleanvalue="true"),
            noted,
            text("#DIV/0!", formula="of:=1/0"),
            TableCell(formula="of:=[.C4]*2"),
        ],
        numberrowsrepeated=3,
    )
    table.addElement(TableRow(numberrowsrepeated=5))
    line([TableCell(valuetype="float", value="7", numbercolumnsrepeated=2), CoveredTableCell(), text("#1")])
    table.addElement(TableRow(numberrowsrepeated=1_000_000))
    document.save(str(path))


def r_openxlsx(folder):
    script = f"""
    library(openxlsx)
    data <- data.frame(navn = c("\\u00c5se", NA), tall = c(1.5, NA), dato = as.Date(c("2020-02-29", NA)),
        tid = as.POSIXct(c("2020-02-29 12:00:00", NA), tz = "UTC"), sann = c(TRUE, NA), stringsAsFactors = FALSE)
    write.xlsx(data, "{folder}/openxlsx.xlsx", sheetName = "Ark")
    """
    subprocess.run(["Rscript", "-e", script], check=True)


def libreoffice(folder, source, ending, name):
    with tempfile.TemporaryDirectory() as place:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{place}/profile", "--convert-to", ending]
        subprocess.run([*command, "--outdir", place, str(folder / source)], check=True, capture_output=True)
        shutil.copy(pathlib.Path(place) / f"{pathlib.Path(source).stem}.{ending}", folder / name)


def make(folder):
    folder.mkdir(exist_ok=True)
    xlsxwriter_kinds(folder / "kinds_1900.xlsx", False)
    xlsxwriter_kinds(folder / "kinds_1904.xlsx", True)
    xlsxwriter_far(folder / "far.xlsx")
    for maker in [openpyxl_formulas, openpyxl_leap, openpyxl_iso, openpyxl_offset, openpyxl_merged, openpyxl_two_rows, openpyxl_rich]:
        maker(folder / f"{maker.__name__.removeprefix('openpyxl_')}.xlsx")
    pandas_index(folder / "pandas.xlsx")
    xlwt_kinds(folder / "xlwt.xls")
    odfpy_kinds(folder / "odfpy.ods")
    r_openxlsx(folder)
    for base in ["1900", "1904"]:
        for ending in ["xlsx", "xls", "ods"]:
            libreoffice(folder, f"kinds_{base}.xlsx", ending, f"lo_kinds_{base}.{ending}")
    for ending in ["xls", "ods"]:
        libreoffice(folder, "merged.xlsx", ending, f"lo_merged.{ending}")
    libreoffice(folder, "leap.xlsx", "xls", "lo_leap.xls")
    with zipfile.ZipFile(folder / "no_workbook.zip", "w") as archive:
        archive.writestr("a.csv", "a,b\n1,2\n")


def check(folder):
    for path in sorted([*folder.glob("*.xlsx"), *folder.glob("*.xls")]):
        if path.name == "far.xlsx":
            continue
        print("==", path.name, flush=True)
        script = f"""suppressMessages(library(readxl)); options(width = 200)
        for (s in excel_sheets("{path}")) {{ cat("--", s, "\\n")
          print(as.data.frame(read_excel("{path}", s, col_names = FALSE, col_types = "list", .name_repair = "minimal")[1:4, ])) }}"""
        subprocess.run(["Rscript", "-e", script], check=False)
    for path in sorted(folder.glob("*.ods")):
        print("==", path.name)
        try:
            print(pd.read_excel(path, header=None, engine="odf").head(8).to_string())
        except ValueError as error:
            print("pandas cannot read it:", error)


if __name__ == "__main__":
    if sys.argv[1] == "--check":
        check(pathlib.Path(sys.argv[2]))
    else:
        make(pathlib.Path(sys.argv[1]))
