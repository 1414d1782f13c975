"""SPSS and Stata files as pyreadstat, haven, pandas and PSPP read them."""

import csv
import datetime as dt
import json
import math
import subprocess
import tempfile

import pandas
import pyreadstat
from pandas.io.stata import StataMissingValue, StataReader

import canonical
from canonical import Column, Table
from values import SPSS_ZERO, STATA_ZERO

OPEN = 1.797693134862315e308
DAYS = ("DATE", "ADATE", "EDATE", "SDATE", "JDATE", "QYR", "MOYR", "WKYR")
MOMENTS = ("DATETIME", "YMDHMS")
TIMES = ("TIME", "DTIME", "MTIME")
TO_1970 = 12219379200
"""Seconds from SPSS's zero to 1970."""
MONTHS = {"tm": 1, "tq": 3, "th": 6}


def _end(value):
    if isinstance(value, str):
        return json.dumps(value.rstrip(" "), ensure_ascii=False)
    return canonical.number(math.copysign(math.inf, value) if abs(value) >= OPEN else value)


def spss_cell(value, form):
    """A raw value of SPSS's by its print format."""
    kind = form.rstrip("0123456789.")
    when = canonical.since(SPSS_ZERO, value)
    if kind in DAYS and when:
        return canonical.day(when)
    if kind in MOMENTS and when:
        return canonical.moment(when)
    if kind in TIMES:
        return canonical.clock(value)
    return canonical.number(value)


def _missing(ranges):
    values = [_end(one["lo"]) for one in ranges if one["lo"] == one["hi"]]
    return values, [[_end(one["lo"]), _end(one["hi"])] for one in ranges if one["lo"] != one["hi"]]


def _is_missing(value, ranges):
    if isinstance(value, str):
        return any(value.rstrip() == one["lo"].rstrip() for one in ranges if isinstance(one["lo"], str))
    return any(not isinstance(one["lo"], str) and one["lo"] <= value <= one["hi"] for one in ranges)


def pyreadstat_sav(path, encoding=None):
    data, meta = pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True, encoding=encoding)
    columns, cells = [], []
    for name in meta.column_names:
        ranges = meta.missing_ranges.get(name, [])
        values, spans = _missing(ranges)
        labels = [[_code(code), label] for code, label in meta.variable_value_labels.get(name, {}).items()]
        columns.append(Column(name, meta.column_names_to_labels[name] or "", labels, values, spans))
        form = meta.original_variable_types[name]
        out = []
        for value in data[name]:
            if value is None or (not isinstance(value, str) and math.isnan(value)):
                out.append("")
            elif isinstance(value, str):
                cell = canonical.text(value.rstrip(" "))
                out.append("X:" + cell if cell and _is_missing(value, ranges) else cell)
            elif _is_missing(value, ranges):
                out.append("X:" + canonical.number(value))
            else:
                out.append(spss_cell(value, form))
        cells.append(out)
    return Table(columns, [list(row) for row in zip(*cells)])


def _code(code):
    if isinstance(code, str):
        return json.dumps(code.rstrip(" "), ensure_ascii=False)
    return canonical.number(code)


def _tags(labels):
    """Stata's tags are missing by themselves; those that have a label stand among the missing codes."""
    return [code for code, _ in labels if code.startswith(".")]


def pyreadstat_dta(path, encoding=None):
    data, meta = pyreadstat.read_dta(path, user_missing=True, disable_datetime_conversion=True, encoding=encoding)
    columns, cells = [], []
    for name in meta.column_names:
        numeric = meta.readstat_variable_types[name] != "string"
        labels = meta.variable_value_labels.get(name, {})
        codes = [["." + code if isinstance(code, str) else canonical.number(code), text] for code, text in labels.items()]
        columns.append(Column(name, meta.column_names_to_labels[name] or "", codes, _tags(codes)))
        form = meta.original_variable_types[name]
        out = []
        for value in data[name]:
            if value is None or (not isinstance(value, str) and math.isnan(value)):
                out.append("")
            elif isinstance(value, str):
                out.append("." + value if numeric else canonical.text(value))
            else:
                out.append(stata_cell(value, form))
        cells.append(out)
    return Table(columns, [list(row) for row in zip(*cells)])


def stata_cell(value, form):
    """A raw value of Stata's by its display format: weeks, months, quarters, half-years and years by their first day."""
    kind = form.lstrip("%").lstrip("-0")
    unit = kind[:2]
    if kind.startswith("d") or unit == "td":
        return canonical.day(STATA_ZERO + dt.timedelta(days=math.floor(value)))
    if unit == "tc":
        return canonical.moment(STATA_ZERO + dt.timedelta(seconds=math.floor(value / 1000)))
    if unit in MONTHS:
        months = math.floor(value) * MONTHS[unit]
        return canonical.day(dt.date(1960 + months // 12, months % 12 + 1, 1))
    if unit == "tw":
        return canonical.day(dt.date(1960 + int(value) // 52, 1, 1) + dt.timedelta(days=7 * (int(value) % 52)))
    if unit == "ty":
        return canonical.day(dt.date(int(value), 1, 1))
    return canonical.number(value)


def cut(path, table):
    """A Stata file's table without trailing blanks in texts of a fixed width; long texts (strL) keep theirs."""
    with StataReader(path) as reader:
        reader._ensure_open()
        fixed = {name for name, kind in zip(reader._varlist, reader._typlist) if isinstance(kind, int) and kind <= 2045}
    for at, column in enumerate(table.columns):
        if column.name in fixed:
            for row in table.rows:
                if row[at].startswith('"'):
                    row[at] = canonical.text(json.loads(row[at]).rstrip(" "))
    return table


def pandas_dta(path):
    """Days and moments are pandas' own; of the labels it keeps those of numbers."""
    with StataReader(path, convert_categoricals=False, convert_missing=True, convert_dates=False) as reader:
        data = reader.read()
        forms = dict(zip(reader._varlist, reader._fmtlist))
        sets = reader.value_labels()
        uses = dict(zip(reader._varlist, reader._lbllist))
        texts = reader.variable_labels()
    with StataReader(path, convert_categoricals=False, convert_missing=False, convert_dates=True) as reader:
        dates = reader.read()
    columns, cells = [], []
    for name in data.columns:
        labels = []
        for code, label in (sets.get(uses[name]) or {}).items():
            code = int(code)
            labels.append(["." + chr(96 + code - 2147483621) if code > 2147483621 else canonical.number(code), label])
        columns.append(Column(str(name), texts.get(name, ""), labels, _tags(labels)))
        out = []
        for at, value in enumerate(data[name]):
            if isinstance(value, StataMissingValue):
                out.append("" if value.string == "." else value.string)
            elif isinstance(value, str):
                out.append(canonical.text(value))
            elif value is None or math.isnan(value):
                out.append("")
            elif isinstance(dates[name].iloc[at], pandas.Timestamp):
                when = dates[name].iloc[at].to_pydatetime()
                out.append(canonical.moment(when) if "tc" in forms[name] else canonical.day(when))
            else:
                out.append(canonical.number(value))
        cells.append(out)
    return Table(columns, [list(row) for row in zip(*cells)])


def haven(path):
    """What read.R has laid down."""
    with open(path, encoding="utf-8") as file:
        given = json.load(file)
    if "error" in given:
        raise ValueError(given["error"])
    spss = ".sav.haven" in path or ".zsav.haven" in path
    columns, cells = [], []
    for one in given["columns"]:
        column = Column(one["name"], one["label"] or "", [[_haven(code), text] for code, text in one["labels"]])
        column.missing = [_haven(code) for code in one["values"]]
        if one["range"]:
            column.ranges = [[_haven(code) for code in one["range"]]]
        columns.append(column)
        cells.append([_haven(cell) for cell in one["cells"]])
    table = Table(columns, [list(row) for row in zip(*cells)])
    if spss:
        return table.declare()
    for column in table.columns:
        column.missing = _tags(column.labels)
    return table


def _haven(cell):
    kind, value = cell[:2], cell[2:]
    if not cell or cell[0] == ".":
        return cell
    if kind == "s:":
        return canonical.text(value)
    value = float(value)
    if kind == "n:":
        return canonical.number(value)
    if kind == "t:":
        return canonical.clock(value)
    when = canonical.since(dt.datetime(1970, 1, 1), value * (86400 if kind == "d:" else 1))
    return (canonical.day if kind == "d:" else canonical.moment)(when)


def pspp(path, like):
    """The cells as PSPP converts them, written as the like cell of another reading is: PSPP tells no missing codes here."""
    with tempfile.TemporaryDirectory() as folder:
        target = f"{folder}/out.csv"
        subprocess.run(["pspp-convert", "-O", "csv", path, target], capture_output=True, check=True)
        with open(target, encoding="utf-8", newline="") as file:
            names, *rows = list(csv.reader(file))
    return Table([Column(name) for name in names], [[_pspp(*pair) for pair in zip(row, of)] for row, of in zip(rows, like.rows)])


def _pspp(cell, like):
    prefix = "X:" if like.startswith("X:") else ""
    bare = like.removeprefix("X:")
    if not cell.strip():
        return ""
    if bare.startswith('"'):
        return prefix + canonical.text(cell.rstrip(" "))
    if bare[:2] == "D:":
        return canonical.day(dt.datetime.strptime(cell, "%m/%d/%Y"))
    if bare[:2] == "M:":
        return canonical.moment(dt.datetime.strptime(cell, "%m/%d/%Y %H:%M:%S"))
    if bare[:2] == "T:":
        hours, minutes, seconds = cell.split(":")
        return canonical.clock(int(hours) * 3600 + int(minutes) * 60 + float(seconds))
    try:
        return prefix + canonical.number(cell)
    except ValueError:
        # A code that is declared missing in a date, which PSPP shows as one.
        return like if prefix else cell
