"""Writes the Stata files of tests/library/read_stata.rs that Python makes, with made-up values. Run here.

Made with pandas 3.1.1 and pyreadstat 1.3.7. The files whose name has `cp1252` are pandas' with the bytes of their
letters changed, since no program here writes such a file.
"""

import datetime

import numpy
import pandas
import pyreadstat

people = pandas.DataFrame(
    {
        "id": ["a1", "b2 ", "c3", ""],
        "item": pandas.array([1, 2, None, 100], dtype="Int8"),
        "wide": pandas.array([32740, -32767, None, 5], dtype="Int32"),
        "small": numpy.array([0.1, -2.5, numpy.nan, 3.0], dtype="float32"),
        "large": [0.1, 1e300, numpy.nan, -7.0],
        "day": pandas.to_datetime(["1950-06-15", "2024-02-29", None, "1960-01-01"]),
        "moment": pandas.to_datetime(["1950-06-15 12:00:01", "2024-02-29 23:59:59", None, "1960-01-01 00:00:00"]),
        "month": pandas.to_datetime(["2024-02-01", "1959-12-01", None, "1960-01-01"]),
        "quarter": pandas.to_datetime(["2024-04-01", "1959-10-01", None, "1960-01-01"]),
        "half": pandas.to_datetime(["2024-07-01", "1959-07-01", None, "1960-01-01"]),
        "year": pandas.to_datetime(["2024-01-01", "1959-01-01", None, "1960-01-01"]),
        "week": pandas.to_datetime(["2024-01-08", "1959-12-24", None, "1960-01-01"]),
    }
)
dates = {"day": "td", "moment": "tc", "month": "tm", "quarter": "tq", "half": "th", "year": "ty", "week": "tw"}
common = {
    "convert_dates": dates,
    "write_index": False,
    "variable_labels": {"item": "How often?", "day": "Born"},
    "value_labels": {"item": {1: "Never", 2: "Daily"}},
    "data_label": "Made up",
    "time_stamp": datetime.datetime(2026, 1, 2, 3, 4),
}

for version in (114, 117, 118, 119):
    for order, name in ((None, ""), (">", "_big")):
        path = f"stata/pandas_{version}{name}.dta"
        people.to_stata(path, version=version, byteorder=order, **common)

# Letters: in the code page in 114 and 117, in UTF-8 in 118.
letters = pandas.DataFrame({"navn": ["blåbær", "Ærlig", "øl"], "n": numpy.array([1, 2, 3], dtype="int8")})
said = {"write_index": False, "variable_labels": {"n": "Spørsmål"}, "value_labels": {"n": {1: "Høy", 2: "Lav"}}}
for version in (114, 117, 118):
    letters.to_stata(f"stata/letters_{version}.dta", version=version, time_stamp=common["time_stamp"], **said)
utf8 = open("stata/letters_118.dta", "rb").read()
for text in ("blåbær", "Ærlig", "øl", "Spørsmål", "Høy"):
    latin = text.encode("cp1252")
    # Of the same length, so that every place in the file stays right.
    utf8 = utf8.replace(text.encode(), latin + b"\0" * (len(text.encode()) - len(latin)))
open("stata/letters_118_cp1252.dta", "wb").write(utf8)

# Long texts, one of them used twice.
long = pandas.DataFrame({"n": numpy.array([1, 2, 3, 4], dtype="int8"), "story": ["kort", "å" * 1500, "", "kort"]})
for version in (117, 118, 119):
    for order, name in ((None, ""), (">", "_big")):
        path = f"stata/long_{version}{name}.dta"
        long.to_stata(
            path, version=version, byteorder=order, convert_strl=["story"], write_index=False,
            time_stamp=common["time_stamp"],
        )

# Tags, in numbers and in a date.
pyreadstat.write_dta(
    pandas.DataFrame({"number": [1, "a", "z", None], "day": [23435, "b", None, -1]}, dtype=object),
    "stata/tags_15.dta",
    version=15,
    missing_user_values={"number": ["a", "z"], "day": ["b"]},
    variable_value_labels={"number": {1: "Yes", "a": "Refused", "z": "Not asked"}},
    variable_format={"day": "%td"},
)
