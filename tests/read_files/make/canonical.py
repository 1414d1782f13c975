"""The one form in which every reader's cells and columns are written down, and how two of them are compared."""

import datetime as dt
import json
import math
from dataclasses import dataclass, field


def number(value):
    """Shortest decimal that gives the same number; nothing for NaN."""
    value = float(value)
    if math.isnan(value):
        return ""
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def text(value):
    """Blank text is an empty cell."""
    return json.dumps(value, ensure_ascii=False) if value.strip() else ""


def day(value):
    return f"D:{value:%Y-%m-%d}" if value.year > 999 else f"D:{value.year:04}-{value:%m-%d}"


def moment(value):
    """Seconds are rounded down; a time zone is left out after turning to UTC."""
    if value.tzinfo:
        value = value.astimezone(dt.timezone.utc)
    return f"M:{value.year:04}-{value:%m-%dT%H:%M:%S}"


def clock(seconds):
    return f"T:{math.floor(seconds)}"


def span(value):
    """A time of day or a span of time, in seconds."""
    if isinstance(value, dt.timedelta):
        return clock(round(value.total_seconds()))
    return clock(round(value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6))


def since(zero, seconds):
    """The moment so many seconds after a zero; None beyond the years 1 to 9999."""
    try:
        return zero + dt.timedelta(seconds=math.floor(seconds))
    except OverflowError:
        return None


@dataclass
class Column:
    name: str
    label: str = ""
    labels: list = field(default_factory=list)
    """[code, text], codes as cells are written."""
    missing: list = field(default_factory=list)
    ranges: list = field(default_factory=list)
    """[lowest, highest] as numbers are written; -inf and inf for open ends."""

    def tidy(self):
        """Order of labels and missing codes does not matter, nor whether one value is written as a range."""
        self.missing = sorted(set(self.missing) | {low for low, high in self.ranges if low == high})
        self.ranges = sorted(pair for pair in self.ranges if pair[0] != pair[1])
        self.labels = sorted(self.labels)
        return self


@dataclass
class Table:
    columns: list
    rows: list
    """Of cells as text."""

    def declare(self):
        """Marks cells that a column declares missing."""
        for at, column in enumerate(self.columns):
            codes = set(column.missing)
            ranges = [(float(low), float(high)) for low, high in column.ranges]
            for row in self.rows:
                cell = row[at]
                if not cell or cell[0] in "DMTEX.":
                    continue
                if cell in codes or (cell[0] != '"' and any(low <= float(cell) <= high for low, high in ranges)):
                    row[at] = "X:" + cell
        return self


def lines(table):
    """A heading of names, then a line a record; cells are separated by commas, texts are in quotes with backslashes."""
    yield ",".join(json.dumps(column.name, ensure_ascii=False) for column in table.columns)
    for row in table.rows:
        yield ",".join(row)


def described(table):
    """What the file says of its columns, as JSON, a column a line."""
    columns = [column.tidy() for column in table.columns]
    made = [{"name": c.name, "label": c.label, "labels": c.labels, "missing": c.missing, "ranges": c.ranges} for c in columns]
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in made) + "\n]"


def differences(first, second, cells_only=False):
    """Where two readings differ, in words."""
    names = [[column.name for column in table.columns] for table in (first, second)]
    if names[0] != names[1]:
        return [f"names {names[0]} / {names[1]}"]
    found = []
    if len(first.rows) != len(second.rows):
        found.append(f"{len(first.rows)} / {len(second.rows)} records")
    for i, (left, right) in enumerate(zip(first.rows, second.rows), 1):
        for name, a, b in zip(names[0], left, right):
            if a != b:
                found.append(f"record {i}, {name}: {a[:60]} / {b[:60]}")
    for a, b in zip(first.columns, second.columns):
        if not cells_only and a.tidy() != b.tidy():
            found.append(f"column {a.name}: {a} / {b}")
    return found
