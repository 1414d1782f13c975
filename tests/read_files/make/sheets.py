"""Workbooks: written by openpyxl, XlsxWriter, xlwt, odfpy, pandas and polars; LibreOffice and Gnumeric convert some."""

import datetime as dt
import os
import subprocess
import warnings

import openpyxl
import pandas
import polars
import xlsxwriter
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from values import BORN, CLOCK, FILLED, ID, LABELS, NORWEGIAN, NOTE, Q1, SAMI, SCORE, made

warnings.filterwarnings("ignore")
HEADING = ["id", "q1", "score", "sted", "born", "filled", "clock", "note"]
STAMP = dt.datetime(2026, 11, 30)


def rows(places=SAMI):
    return [list(row) for row in zip(ID, Q1, SCORE, places, BORN, FILLED, CLOCK, NOTE)]


def how_1904(book):
    """Whether a book of XlsxWriter's counts days from 1904; such a book has none before."""
    return book.date_1904


def make(folder):
    _xlsxwriter(folder)
    _openpyxl(folder)
    _old(folder)
    _frames(folder)
    _converted(folder)


def _xlsxwriter(folder):
    def write(name, special, fill, *options, **how):
        made(name, "XlsxWriter", special, *options)
        book = xlsxwriter.Workbook(f"{folder}/{name}", how)
        book.set_properties({"created": STAMP})
        fill(book)
        book.close()

    def plain(book):
        sheet = book.add_worksheet("Svar")
        day, moment, clock = (book.add_format({"num_format": code}) for code in ["dd.mm.yyyy", "dd.mm.yyyy hh:mm:ss", "hh:mm:ss"])
        sheet.write_row(0, 0, HEADING)
        for i, row in enumerate(rows(), 1):
            for j, value in enumerate(row):
                if value is None or value == "":
                    continue
                if how_1904(book) and j in (4, 5) and value.year < 1904:
                    continue
                if isinstance(value, str):
                    sheet.write_string(i, j, value)
                elif j >= 4:
                    sheet.write_datetime(i, j, value, {4: day, 5: moment, 6: clock}[j])
                else:
                    sheet.write_number(i, j, value)

    write("xlsx_xlsxwriter.xlsx", "days, moments and times by number format", plain)
    write("xlsx_xlsxwriter_1904.xlsx", "dates counted from 1904", plain, date_1904=True)
    write("xlsx_xlsxwriter_constant.xlsx", "written in constant memory: texts within the cells", plain, constant_memory=True)

    def odd(book):
        sheet = book.add_worksheet("Data")
        code = lambda form: book.add_format({"num_format": form})
        sheet.write_row(0, 0, ["id", "tall_som_tekst", "feil", "formel", "prosent", "sann", "varighet", "blank"])
        errors = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"]
        for i in range(8):
            sheet.write_number(i + 1, 0, i + 1)
            sheet.write_string(i + 1, 1, ["0012", "3,5", "4.5", "1e3", " 7 ", "99", "-1", "½"][i])
            if i < 7:
                sheet.write_formula(i + 1, 2, "=NA()" if i == 1 else "=1/0", None, errors[i])
            if i % 2:
                sheet.write_formula(i + 1, 3, f"=A{i + 2}*2", code("0.00"), (i + 1) * 2)
            else:
                sheet.write_formula(i + 1, 3, f'="t"&A{i + 2}', None, f"t{i + 1}")
            sheet.write_number(i + 1, 4, i / 8, code("0.0%"))
            sheet.write_boolean(i + 1, 5, i % 2 == 0)
            sheet.write_number(i + 1, 6, i * 0.75, code("[h]:mm:ss"))
            sheet.write_blank(i + 1, 7, None, code("@"))
        sheet.set_row(3, None, None, {"hidden": True})

    write("xlsx_xlsxwriter_odd.xlsx", "numbers as text, all error cells, formulas with their results, per cent, truth values, spans of time, a hidden row", odd)

    def formats(book):
        sheet = book.add_worksheet("Formater")
        codes = ["dd.mm.yyyy", "[$-414]d. mmmm yyyy;@", "yyyy\\-mm\\-dd", "d/m/yy", "mmm yy", 'dddd d. "dag"', "dd.mm.yyyy hh:mm", "hh:mm", "[h]:mm:ss", "mm:ss",
                 '0 "dager"', '"kr" #,##0.00', '#,##0 "h"', "0.00E+00", "[Red]0.0;[Blue]-0.0", "@", "General", '0" m/s"', "# ?/?", "0%"]
        sheet.write_row(0, 0, [f"f{i:02}" for i in range(len(codes))])
        for i, form in enumerate(codes):
            for row, value in enumerate([45382, 20000.25, 25569.524259259259]):
                if i < 6:
                    value = int(value)
                if 7 <= i <= 9:
                    value = [0.524259259259259, 0.25, 0.999988425925926][row]
                sheet.write_number(row + 1, i, value, book.add_format({"num_format": form}))

    write("xlsx_xlsxwriter_formats.xlsx", "20 number formats, of dates and of numbers with date letters in quotes", formats)

    def merged(book):
        sheet = book.add_worksheet("Bølger")
        bold = book.add_format({"bold": True})
        sheet.write(0, 0, "id")
        sheet.merge_range(0, 1, 0, 2, "Før", bold)
        sheet.merge_range(0, 3, 0, 4, "Etter", bold)
        sheet.write_row(1, 1, ["q1", "q2", "q1", "q2"])
        for i in range(6):
            sheet.write_row(i + 2, 0, [ID[i], Q1[i], Q1[i + 1], Q1[i + 2], Q1[11 - i]])

    write("xlsx_xlsxwriter_merged.xlsx", "two rows of headings, the upper one merged", merged, "heading_rows=2")

    def several(book):
        book.add_worksheet("Tom")
        hidden = book.add_worksheet("Skjult")
        hidden.write_row(0, 0, ["hemmelig"])
        hidden.write_row(1, 0, [1])
        hidden.hide()
        sheet = book.add_worksheet("Data æøå")
        sheet.write_row(0, 0, ["id", "q1"])
        for i in range(5):
            sheet.write_row(i + 1, 0, [ID[i], Q1[i]])
        sheet.activate()
        sheet.set_first_sheet()

    write("xlsx_xlsxwriter_sheets.xlsx", "an empty sheet, a hidden one and the one asked for, with æøå in its name", several, "sheet=Data æøå")
    write("xlsx_xlsxwriter_hidden.xlsx", "a hidden sheet, asked for by its name", several, "sheet=Skjult")


def _openpyxl(folder):
    def write(name, special, fill, *options, remark="", iso=False):
        made(name, "openpyxl", special, *options, remark=remark)
        book = openpyxl.Workbook()
        book.properties.created = STAMP
        book.iso_dates = iso
        fill(book.active, book)
        book.save(f"{folder}/{name}")

    def plain(sheet, _book):
        sheet.append(HEADING)
        for row in rows():
            sheet.append([None if value == "" else value for value in row])

    write("xlsx_openpyxl.xlsx", "days, moments and times by number format", plain)
    write("xlsx_openpyxl_iso.xlsx", "dates as ISO 8601 texts (type d)", plain, iso=True)

    def question(sheet, _book):
        sheet.append(["Undersøkelse av ensomhet"])
        sheet.append([])
        sheet.append(["id", "q1", "sted"])
        sheet.append(["Løpenummer", LABELS["q1"], LABELS["sted"]])
        for i in range(6):
            sheet.append([ID[i], Q1[i], NORWEGIAN[i]])

    write("xlsx_openpyxl_question.xlsx", "a title above the heading, question texts below it", question, "heading=3", "skip=1")

    def rich(sheet, book):
        sheet.append(["id", "rik", "linjer", "mellomrom"])
        sheet["B2"] = CellRichText("vanlig ", TextBlock(InlineFont(b=True), "fet"), " æøå")
        sheet["A2"], sheet["C2"], sheet["D2"] = 1, "to\nlinjer", "  innrykk"
        sheet["A3"], sheet["C3"], sheet["D3"] = 2, "tabu\tlator", "slutt  "
        sheet["A4"], sheet["B4"], sheet["C4"], sheet["D4"] = 3, "&<>\"'", "đ ŋ ŧ 😀", "\u00a0"
        sheet.auto_filter.ref = "A1:D4"
        book.create_sheet("Ark2")

    write("xlsx_openpyxl_rich.xlsx", "rich text, line breaks, blanks before and after, signs of XML, a filter", rich)

    def formula(sheet, _book):
        sheet.append(["id", "sum"])
        for i in range(2, 5):
            sheet.append([i, f"=A{i}+1"])

    write("xlsx_openpyxl_formula.xlsx", "formulas that were never calculated", formula, remark="openpyxl reads nothing with `data_only`; that a formula stands there, it tells without it")

    def leap(sheet, _book):
        sheet.append(["id", "dag"])
        for i, serial in enumerate([61, 60, 59, 1, 36526], 1):
            sheet.cell(i + 1, 1, i)
            sheet.cell(i + 1, 2, serial).number_format = "dd.mm.yyyy"

    write("xlsx_openpyxl_leap.xlsx", "29 February 1900, a day that never was, and days about it", leap,
          remark="openpyxl gives 1900-02-28 for serial 60, readxl nothing; Excel shows 29.02.1900, which never was, so it is a fault")

    def far(sheet, _book):
        sheet.append(["id", "q1"])
        sheet.append([1, 2])
        sheet.append([2, 3])
        sheet["F5"] = None
        sheet["F5"].number_format = "0.00"

    write("xlsx_openpyxl_format_only.xlsx", "a formatted cell without a value, away from the table", far)
    made("xlsx_openpyxl_stream.xlsx", "openpyxl", "written as a stream (write only)")
    book = openpyxl.Workbook(write_only=True)
    book.properties.created = STAMP
    plain(book.create_sheet("Svar"), book)
    book.save(f"{folder}/xlsx_openpyxl_stream.xlsx")


def _old(folder):
    made("xls_xlwt.xls", "xlwt", "Excel 97–2003, days, moments and times")
    made("xls_xlwt_1904.xls", "xlwt", "Excel 97–2003, dates counted from 1904")
    for name in ["xls_xlwt.xls", "xls_xlwt_1904.xls"]:
        book = xlwt.Workbook(encoding="utf-8")
        book.dates_1904 = name.endswith("1904.xls")
        sheet = book.add_sheet("Svar")
        style = {4: "dd.mm.yyyy", 5: "dd.mm.yyyy hh:mm:ss", 6: "hh:mm:ss"}
        for j, text in enumerate(HEADING):
            sheet.write(0, j, text)
        for i, row in enumerate(rows(), 1):
            for j, value in enumerate(row):
                if value is None or value == "":
                    continue
                if j in style:
                    if book.dates_1904 and j in (4, 5) and value.year < 1904:
                        continue
                    sheet.write(i, j, value, xlwt.easyxf(num_format_str=style[j]))
                else:
                    sheet.write(i, j, value)
        book.save(f"{folder}/{name}")
    made("xls_xlwt_odd.xls", "xlwt", "numbers as text, error cells, truth values, merged heading")
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("Tom")
    sheet = book.add_sheet("Data")
    for j, text in enumerate(["id", "tekst", "feil", "sann"]):
        sheet.write(0, j, text)
    for i in range(4):
        sheet.write(i + 1, 0, i + 1)
        sheet.write(i + 1, 1, ["0012", "3,5", "æøå đ", "99"][i])
        sheet.row(i + 1).set_cell_error(2, ["#DIV/0!", 0x2A, "#VALUE!", "#REF!"][i])
        sheet.write(i + 1, 3, i % 2 == 0)
    book.save(f"{folder}/xls_xlwt_odd.xls")


def _frames(folder):
    table = pandas.DataFrame({
        "id": ID, "q1": Q1, "score": SCORE, "sted": SAMI,
        "born": [pandas.NaT if day is None else pandas.Timestamp(day) for day in BORN],
        "filled": [pandas.NaT if moment is None else pandas.Timestamp(moment) for moment in FILLED], "note": NOTE,
    })
    for engine, name in [("openpyxl", "xlsx_pandas.xlsx"), ("odf", "ods_pandas.ods")]:
        made(name, "pandas", f"data frame by {engine}" + (", dates at midnight as moments" if engine == "openpyxl" else ""))
        table.to_excel(f"{folder}/{name}", index=False, sheet_name="Svar", engine=engine)
    made("xlsx_polars.xlsx", "polars", "data frame as a table of Excel's, with its formats")
    frame = polars.DataFrame({"id": ID, "q1": Q1, "score": SCORE, "sted": SAMI, "born": BORN, "filled": FILLED, "note": NOTE})
    frame.write_excel(f"{folder}/xlsx_polars.xlsx", worksheet="Svar")
    _odfpy(folder)


def _odfpy(folder):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow, TableColumn
    from odf.text import P, S

    made("ods_odfpy.ods", "odfpy", "every type of value, repeated cells and rows, two paragraphs in a cell")
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Svar")
    sheet.addElement(TableColumn(numbercolumnsrepeated=8))

    def cell(text=None, **how):
        made_ = TableCell(**how)
        for line in [] if text is None else text.split("\n"):
            made_.addElement(P(text=line))
        return made_

    def row(*cells, **how):
        made_ = TableRow(**how)
        for one in cells:
            made_.addElement(one)
        sheet.addElement(made_)

    row(*[cell(name, valuetype="string") for name in ["id", "tall", "sann", "prosent", "kroner", "dag", "tid", "tekst"]])
    row(cell("1", valuetype="float", value="1"), cell("1,5", valuetype="float", value="1.5"), cell("SANN", valuetype="boolean", booleanvalue="true"),
        cell("12,5 %", valuetype="percentage", value="0.125"), cell("kr 9,75", valuetype="currency", value="9.75", currency="NOK"),
        cell("17.05.31", valuetype="date", datevalue="1931-05-17"), cell("12:34:56", valuetype="time", timevalue="PT12H34M56S"), cell("to\nlinjer", valuetype="string"))
    row(cell("2", valuetype="float", value="2"), cell("0", valuetype="float", value="0", numbercolumnsrepeated=3), cell(),
        cell("x", valuetype="date", datevalue="2024-03-31T02:30:00"), cell("y", valuetype="time", timevalue="PT30H00M00S"), cell("Kárášjohka æøå", valuetype="string"))
    row(cell("3", valuetype="float", value="3"), cell("7", valuetype="float", value="7"), cell("USANN", valuetype="boolean", booleanvalue="false"), numberrowsrepeated=3)
    row(cell(numbercolumnsrepeated=1024), numberrowsrepeated=1048000)
    document.spreadsheet.addElement(sheet)
    document.save(f"{folder}/ods_odfpy.ods")


def _office(folder, source, target, form, special, *options, remark=""):
    made(target, "LibreOffice", special, *options, remark=remark)
    away = f"{folder}/away"
    subprocess.run(["soffice", "--headless", "--convert-to", form, "--outdir", away, f"{folder}/{source}"], check=True, capture_output=True)
    ending = form.split(":")[0]
    os.replace(f"{away}/{os.path.splitext(source)[0]}.{ending}", f"{folder}/{target}")


def _gnumeric(folder, source, target, exporter, special, *options, remark=""):
    made(target, "Gnumeric", special, *options, remark=remark)
    subprocess.run(["ssconvert", f"--export-type={exporter}", f"{folder}/{source}", f"{folder}/{target}"], check=True, capture_output=True)


def _converted(folder):
    plain = "xlsx_xlsxwriter.xlsx"
    _office(folder, plain, "ods_libreoffice.ods", "ods", "days, moments, times and texts")
    _office(folder, plain, "xls_libreoffice.xls", "xls", "Excel 97–2003")
    _office(folder, plain, "xlsx_libreoffice.xlsx", "xlsx:Calc MS Excel 2007 XML", "Excel 2007–365")
    _office(folder, "xlsx_xlsxwriter_1904.xlsx", "xls_libreoffice_1904.xls", "xls", "Excel 97–2003, dates counted from 1904")
    _office(folder, "xlsx_xlsxwriter_odd.xlsx", "ods_libreoffice_odd.ods", "ods", "error cells, formulas, truth values, spans of time",
            remark="in a file of LibreOffice's an error cell is a text with a formula; it is told as a fault")
    _office(folder, "xlsx_xlsxwriter_odd.xlsx", "xls_libreoffice_odd.xls", "xls", "error cells, formulas, truth values, spans of time")
    _office(folder, "xlsx_xlsxwriter_merged.xlsx", "ods_libreoffice_merged.ods", "ods", "two rows of headings, the upper one merged", "heading_rows=2")
    _office(folder, "xlsx_xlsxwriter_merged.xlsx", "xls_libreoffice_merged.xls", "xls", "two rows of headings, the upper one merged", "heading_rows=2")
    _gnumeric(folder, plain, "xlsx_gnumeric.xlsx", "Gnumeric_Excel:xlsx2", "days, moments and times")
    _gnumeric(folder, plain, "xls_gnumeric.xls", "Gnumeric_Excel:excel_biff8", "Excel 97–2003")
    _gnumeric(folder, plain, "ods_gnumeric.ods", "Gnumeric_OpenCalc:odf", "days, moments and times")
