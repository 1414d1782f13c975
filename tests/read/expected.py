"""Writes what independent programs read from the files that tests/library/read_stata.rs and tests/library/read_parquet.rs read:
pandas from Stata's files, with pyreadstat for labels, and pyarrow from Parquet files. Run here.

A number stands as a number; a text of a fixed width without the blanks at its end; a day, moment and time in ISO 8601; `.a` for a tag;
an empty text for nothing. Made with pandas 3.1.1, pyreadstat 1.3.7 and pyarrow 26.0.1.
"""

import datetime
import decimal
import glob
import json
import math
import os
import uuid
import warnings

import pandas
import pyarrow.parquet
import pyreadstat
from pandas.io.stata import StataMissingValue, StataReader


def shown(cell):
    if isinstance(cell, StataMissingValue):
        return "" if cell.string == "." else cell.string
    if cell is None or cell is pandas.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, decimal.Decimal):
        cell = int(cell) if cell == int(cell) and cell.as_tuple().exponent == 0 else float(cell)
    if isinstance(cell, int) and abs(cell) > 2**53:
        return str(cell)
    if isinstance(cell, (datetime.datetime, pandas.Timestamp)):
        utc = cell if cell.tzinfo is None else cell.astimezone(datetime.timezone.utc)
        return utc.isoformat(" ")[:19]
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, datetime.time):
        return cell.isoformat()[:8]
    if isinstance(cell, datetime.timedelta):
        seconds = int(cell.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(cell, bytes):
        try:
            return cell.decode().rstrip(" ")
        except UnicodeDecodeError:
            return "#Letters"
    if isinstance(cell, uuid.UUID):
        return str(cell)
    if isinstance(cell, str):
        return cell if cell.strip() else ""
    return cell.item() if hasattr(cell, "item") else cell


def letters(text):
    """pandas reads the older versions as Latin-1, haven writes them in UTF-8."""
    try:
        return text.encode("latin-1").decode() if isinstance(text, str) else text
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def stata(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with StataReader(path, convert_categoricals=False, convert_missing=True, convert_dates=False) as reader:
            raw = reader.read()
            labels = reader.variable_labels()
            formats = reader._fmtlist
        with StataReader(path, convert_categoricals=False) as reader:
            dates = reader.read()
    columns = []
    for name, form in zip(raw.columns, formats):
        of_date = form.lstrip("%-").startswith(("td", "d", "tw", "tm", "tq", "th", "ty"))
        of_moment = form.lstrip("%-").startswith("tc")
        cells = []
        for count, date in zip(raw[name], dates[name]):
            tag = isinstance(count, StataMissingValue)
            cell = letters(shown(count if tag or not (of_date or of_moment) else date))
            cell = cell.rstrip(" ") if isinstance(cell, str) else cell
            cells.append(cell[:10] if of_date and isinstance(cell, str) else cell)
        columns.append(cells)
    meta = pyreadstat.read_dta(path, metadataonly=True)[1] if "haven_1" in path or "pandas" in path else None
    sets = {} if meta is None else {
        name: [[code, letters(text)] for code, text in sorted(codes.items(), key=str)]
        for name, codes in meta.variable_value_labels.items()
    }
    return {
        "columns": list(raw.columns),
        "labels": [letters(labels[name]) for name in raw.columns],
        "value_labels": sets,
        "rows": [list(row) for row in zip(*columns)],
    }


def parquet(path):
    table = pyarrow.parquet.read_table(path, coerce_int96_timestamp_unit="us")
    table = table.select([
        field.name for field in table.schema
        if not pyarrow.types.is_nested(field.type) and field.name != "never"
    ])
    columns = [column.to_pylist() for column in table.columns]
    return {"columns": table.column_names, "rows": [[shown(cell) for cell in row] for row in zip(*columns)]}


def write(folder, files, read):
    read_back = {os.path.basename(path): read(path) for path in sorted(files)}
    with open(f"{folder}/expected.json", "w") as out:
        out.write("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}"
                                     for k, v in read_back.items()) + "\n}\n")


# pandas cannot read haven's long texts of version 119.
write("stata", [path for path in glob.glob("stata/*.dta") if "haven_15_long" not in path], stata)
alone = ("many", "nested_only", "long_text")
write("parquet", [path for path in glob.glob("parquet/*.parquet") if not any(word in path for word in alone)], parquet)
