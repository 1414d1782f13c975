"""Workbooks as openpyxl, xlrd, odfpy and readxl read them, and delimited text as Python and pandas do."""

import csv
import datetime as dt
import gzip
import io
import json
import math
import re
import zipfile

import openpyxl
import pandas
import xlrd
import zstandard
from openpyxl.utils.datetime import from_excel

import canonical
from canonical import Column, Table

EMPTY, ERROR, FORMULA, NO_DAY = "", "E:error", "E:formula", "E:day"


def options_of(file):
    return dict(option.split("=", 1) for option in file.options)


def table(grid, options, merged=()):
    """A grid of cells → a table, by the heading that the options name; rows without a cell are passed over."""
    width = max((len(row) for row in grid), default=0)
    grid = [list(row) + [EMPTY] * (width - len(row)) for row in grid]
    for top, left, bottom, right in merged:
        for i in range(top, bottom + 1):
            for j in range(left, right + 1):
                if i < len(grid) and j < width and (int(options.get("heading_rows", 1)) > i):
                    grid[i][j] = grid[top][left]
    first = int(options["heading"]) - 1 if "heading" in options else next(i for i, row in enumerate(grid) if any(row))
    count = int(options.get("heading_rows", 1))
    plain = lambda cell: json.loads(cell) if cell.startswith('"') else cell
    heads = [" ".join(filter(None, (plain(row[j]).strip() if count > 1 else plain(row[j]) for row in grid[first:first + count]))) for j in range(width)]
    rows = [row for row in grid[first + count:] if any(row)][int(options.get("skip", 0)):]
    keep = [j for j in range(width) if heads[j] or any(row[j] for row in rows)]
    return Table([Column(heads[j]) for j in keep], [[row[j] for j in keep] for row in rows])


def kind_of(form):
    """What a number format shows: a day, a moment, a time, or a number (None)."""
    first = form.split(";")[0] if not form.startswith("[$") else form.split(";")[0]
    plain = re.sub(r'"[^"]*"|\\.|_.|\*.', "", first)
    if re.search(r"\[(h+|m+|s+)\]", plain, re.I):
        return "time"
    plain = re.sub(r"\[[^\]]*\]", "", plain)
    if plain.lower() in ("general", "@", "standard"):
        return None
    letters = set(plain.lower()) & set("ymdhs")
    if not letters:
        return None
    if letters & set("yd") or letters == {"m"}:
        return "moment" if letters & set("hs") else "day"
    return "time"


def dated(value, kind):
    if isinstance(value, (dt.time, dt.timedelta)):
        if isinstance(value, dt.time) and kind == "moment":
            raise ValueError("a moment without a day")
        return canonical.span(value)
    if kind == "day":
        return canonical.day(value)
    if value.microsecond:
        value = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    return canonical.moment(value)


def _whole(path):
    """The file, less the drawings that openxlsx names and does not write: openpyxl gives up at them."""
    data = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(data, "w") as target:
        names = source.namelist()
        for name in names:
            content = source.read(name)
            if name.startswith("xl/worksheets/_rels/") and not any(one.startswith("xl/drawings/") for one in names):
                content = re.sub(rb"<Relationship [^>]*drawing[^>]*/>", b"", content)
            target.writestr(name, content)
    return data


def openpyxl_grid(path, options):
    shown, written = (openpyxl.load_workbook(_whole(path), data_only=only, rich_text=False) for only in (True, False))
    name = options.get("sheet") or next(sheet.title for sheet in shown.worksheets if any(cell.value is not None for row in sheet.iter_rows() for cell in row))
    grid = []
    for left, right in zip(shown[name].iter_rows(), written[name].iter_rows()):
        row = []
        for cell, source in zip(left, right):
            value = cell.value
            if value is None:
                row.append(FORMULA if source.data_type == "f" else EMPTY)
            elif cell.data_type == "e":
                row.append(ERROR)
            elif isinstance(value, bool):
                row.append(str(int(value)))
            elif isinstance(value, (dt.datetime, dt.date, dt.time, dt.timedelta)):
                row.append(dated(value, kind_of(cell.number_format)))
            elif isinstance(value, str):
                row.append(canonical.text(value))
            else:
                row.append(canonical.number(value))
        grid.append(row)
    merged = [(one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1) for one in shown[name].merged_cells.ranges]
    return grid, merged


def xlrd_grid(path, options):
    book = xlrd.open_workbook(path, formatting_info=True)
    sheets = [book.sheet_by_name(options["sheet"])] if "sheet" in options else [sheet for sheet in book.sheets() if sheet.nrows]
    sheet, grid = sheets[0], []
    for i in range(sheet.nrows):
        row = []
        for cell in sheet.row(i):
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                row.append(EMPTY)
            elif cell.ctype == xlrd.XL_CELL_ERROR:
                row.append(ERROR)
            elif cell.ctype == xlrd.XL_CELL_TEXT:
                row.append(canonical.text(cell.value))
            elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                row.append(str(int(cell.value)))
            else:
                form = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
                kind = kind_of(form)
                if kind is None:
                    row.append(canonical.number(cell.value))
                elif kind == "time":
                    row.append(canonical.clock(round(cell.value * 86400)))
                else:
                    seconds = round(cell.value % 1 * 86400)
                    when = xlrd.xldate_as_datetime(math.floor(cell.value), book.datemode) + dt.timedelta(seconds=seconds)
                    row.append(canonical.day(when) if kind == "day" else canonical.moment(when))
        grid.append(row)
    return grid, [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]


def odf_grid(path, options):
    from odf import opendocument
    from odf.namespaces import OFFICENS, TABLENS

    document = opendocument.load(path)
    sheets = list(_elements(document.body, (TABLENS, "table")))
    grids, merges = [], []
    for sheet in sheets:
        grid, merged = [], []
        for row in _elements(sheet, (TABLENS, "table-row")):
            cells = []
            for node in row.childNodes:
                if node.nodeType != node.ELEMENT_NODE or node.qname not in ((TABLENS, "table-cell"), (TABLENS, "covered-table-cell")):
                    continue
                value = _odf_cell(node, OFFICENS, TABLENS)
                wide, high = (int(node.attributes.get((TABLENS, f"number-{kind}-spanned"), 1)) for kind in ("columns", "rows"))
                if wide * high > 1:
                    merged.append((len(grid), len(cells), len(grid) + high - 1, len(cells) + wide - 1))
                cells += [value] * min(int(node.attributes.get((TABLENS, "number-columns-repeated"), 1)), 2000)
            while cells and not cells[-1]:
                cells.pop()
            grid += [list(cells) for _ in range(min(int(row.attributes.get((TABLENS, "number-rows-repeated"), 1)), 2000))]
        while grid and not grid[-1]:
            grid.pop()
        grids.append((sheet.attributes[(TABLENS, "name")], grid, merged))
    name, grid, merged = next(one for one in grids if one[0] == options.get("sheet", one[0]) and one[1])
    return grid, merged


def _elements(node, name):
    """Elements of a name, not within one another; odfpy's own search stops at blanks between elements."""
    for child in node.childNodes:
        if child.nodeType != child.ELEMENT_NODE:
            continue
        if child.qname == name:
            yield child
        else:
            yield from _elements(child, name)


def _odf_cell(node, office, table_):
    kind = node.attributes.get((office, "value-type"))
    get = lambda name: node.attributes[(office, name)]
    shown = "\n".join(_odf_text(child) for child in node.childNodes if child.nodeType == child.ELEMENT_NODE and child.qname[1] == "p")
    if kind is None:
        return EMPTY
    if kind == "string" and shown.startswith("#") and (table_, "formula") in node.attributes:
        return ERROR
    if kind in ("float", "percentage", "currency"):
        return canonical.number(get("value"))
    if kind == "boolean":
        return "1" if get("boolean-value") == "true" else "0"
    if kind == "date":
        when = get("date-value")
        return f"M:{when[:19]}" if "T" in when else f"D:{when}"
    if kind == "time":
        hours, minutes, seconds = re.fullmatch(r"PT(\d+)H(\d+)M([\d.,]+)S", get("time-value")).groups()
        return canonical.clock(round(int(hours) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))))
    return canonical.text(shown)


def _odf_text(node):
    if node.nodeType == node.TEXT_NODE:
        return str(node)
    if node.qname[1] == "s":
        return " " * int(next((value for (_, name), value in node.attributes.items() if name == "c"), 1))
    if node.qname[1] == "tab":
        return "\t"
    if node.qname[1] == "line-break":
        return "\n"
    return "".join(_odf_text(child) for child in node.childNodes)


def readxl_grid(path, options):
    """What read.R has laid down. readxl has no errors (nothing), and a time is a moment on the last day of 1899."""
    with open(path, encoding="utf-8") as file:
        given = json.load(file)
    if "error" in given:
        raise ValueError(given["error"])
    sheets = given["sheets"]
    columns = sheets[options["sheet"]] if "sheet" in options else next(sheet for sheet in sheets.values() if sheet)
    return [[_readxl(cell) for cell in row] for row in zip(*columns)]


def _readxl(cell):
    kind, value = cell[:2], cell[2:]
    if not cell:
        return EMPTY
    if kind == "s:":
        return canonical.text(value)
    if kind == "n:":
        return canonical.number(value)
    return canonical.moment(canonical.since(dt.datetime(1970, 1, 1), round(float(value))))


def text_of(path, options):
    data = open(path, "rb").read()
    if path.endswith(".gz"):
        data = gzip.decompress(data)
    if path.endswith(".zst"):
        data = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True).read()
    letters = options.get("encoding") or ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    found = data.decode(letters)
    return found.split("\n", 1)[1] if found.startswith("sep=") else found


def csv_grid(path, options):
    separator = {"tab": "\t"}.get(options.get("delimiter"), options.get("delimiter", ","))
    reader = csv.reader(io.StringIO(text_of(path, options), newline=""), delimiter=separator)
    return [[canonical.text(cell) for cell in row] for row in reader]


def pandas_csv(path, options):
    separator = {"tab": "\t"}.get(options.get("delimiter"), options.get("delimiter", ","))
    frame = pandas.read_csv(io.StringIO(text_of(path, options)), sep=separator, dtype=str, keep_default_na=False, header=None, skip_blank_lines=False, skiprows=int(options.get("heading", 1)) - 1)
    grid = [[canonical.text(cell) if isinstance(cell, str) else "" for cell in row] for row in frame.itertuples(index=False)]
    return [[] for _ in range(int(options.get("heading", 1)) - 1)] + grid
