"""The made-up values that every file holds, and the list of the files.

Twelve records: a number, a code of an ordinal item, a code of a nominal one as text, a decimal, a place (one list with
Sami letters, one that Windows-1252 can write), a day, a moment, a time of day and a note. None is a person's.
"""

import datetime as dt
import random
from dataclasses import dataclass, field

FREQUENCY = {1: "Aldri", 2: "Sjelden", 3: "Av og til", 4: "Ofte", 5: "Alltid", 98: "Vil ikke svare", 99: "Ubesvart"}
SEX = {"m": "Mann", "k": "Kvinne", "x": "Ukjent – æøå"}
LABELS = {
    "id": "Løpenummer",
    "q1": "Hvor ofte føler du deg ensom?",
    "q2": "Hvor ofte sover du dårlig?",
    "sex": "Kjønn",
    "score": "Skår (desimaltall)",
    "sted": "Bosted",
    "born": "Født",
    "filled": "Utfylt",
    "clock": "Klokkeslett",
    "note": "Merknad, fritekst",
}
SAMI = ["Kárášjohka", "Čáhcesuolu", "Ŋuorri", "đuođđar", "Šilju", "ruŧŧa", "Žakkarias", "Bærum", "Ålesund", "Røst", "", "Tromsø – Romsa"]
NORWEGIAN = ["Bærum", "Ålesund", "Røst", "ÆØÅ æøå", "café", "«Nord»", "Värmland", "50 €", "Šilju", "naïve", "", "Tromsø – Oslo"]

_random = random.Random(20261130)
ID = list(range(1001, 1013))
Q1 = [1, 2, 3, 4, 5, 99, 98, 1, 5, None, 3, 2]
Q2 = [_random.randint(1, 5) for _ in range(9)] + [98, None, 99]
SEX_CODES = ["m", "k", "x", "m", "k", "k", "", "m", "x", "k", "m", "k"]
SCORE = [0.1, -3.25, 12.5, 1 / 3, 0.0, 1e-7, 123456789.125, 100.0, None, 2.675, -0.5, 1e15]
BORN = [
    dt.date(1931, 5, 17), dt.date(1969, 12, 31), dt.date(1970, 1, 1), dt.date(2000, 2, 29), None, dt.date(1901, 1, 1),
    dt.date(1999, 12, 31), dt.date(2024, 3, 31), dt.date(1940, 4, 9), dt.date(1968, 2, 29), dt.date(2038, 1, 20),
    dt.date(1955, 6, 1),
]
FILLED = [
    dt.datetime(2024, 3, 31, 2, 30), dt.datetime(1955, 12, 31, 23, 59, 59), dt.datetime(1970, 1, 1), None,
    dt.datetime(2026, 11, 30, 12, 34, 56), dt.datetime(1969, 12, 31, 23, 59, 59), dt.datetime(2000, 2, 29, 6, 0, 1),
    dt.datetime(2038, 1, 19, 3, 14, 8), dt.datetime(1940, 4, 9, 4, 15), dt.datetime(2023, 10, 29, 2, 0),
    dt.datetime(2016, 12, 31, 23, 59, 59), dt.datetime(2024, 1, 1),
]
CLOCK = [dt.time(12, 34, 56), dt.time(6, 0), dt.time(23, 59, 59), None, dt.time(0, 0, 1), dt.time(8, 15), dt.time(17, 45, 30),
         dt.time(9, 5, 7), dt.time(22, 22, 22), dt.time(11, 11, 11), dt.time(3, 0), dt.time(13, 37)]
NOTE = ["", "Kort.", " begynner med blankt", "sier \"ja\"; og, «nei»", "blåbær " * 34 + "slutt", "a,b;c|d", "'007", "007", "NA", ".",
        "1,5", "slutt"]

SPSS_ZERO = dt.datetime(1582, 10, 14)
STATA_ZERO = dt.datetime(1960, 1, 1)


def seconds(moment, zero=SPSS_ZERO):
    """Seconds from a program's zero to a day or a moment; None stays."""
    if moment is None:
        return None
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day)
    return (moment - zero).total_seconds()


def frame(sami=True, only=None):
    """The values as a pandas data frame of objects."""
    import pandas

    columns = {
        "id": ID, "q1": Q1, "q2": Q2, "sex": SEX_CODES, "score": SCORE, "sted": SAMI if sami else NORWEGIAN,
        "born": BORN, "filled": FILLED, "clock": CLOCK, "note": NOTE,
    }
    names = only or list(columns)
    made = pandas.DataFrame({name: pandas.Series(columns[name], dtype=object) for name in names})
    for name in {"id", "q1", "q2", "score"} & set(names):
        made[name] = made[name].astype(float)
    return made


@dataclass
class File:
    """A file of the list."""

    name: str
    software: str
    special: str
    options: list = field(default_factory=list)
    remark: str = ""
    """Where independent readers differ: which is right, and why."""


FILES = []


def made(name, software, special, *options, remark=""):
    """Puts a file on the list."""
    FILES.append(File(name, software, special, list(options), remark))
    return name


def json_for_r(folder):
    """What make.R needs of these values."""
    import json

    with open(f"{folder}/values.json", "w", encoding="utf-8") as file:
        json.dump({
            "id": ID, "q1": Q1, "q2": Q2, "sex": SEX_CODES, "score": SCORE, "sami": SAMI, "norwegian": NORWEGIAN, "note": NOTE,
            "born": [day and day.isoformat() for day in BORN], "filled": [moment and moment.isoformat() for moment in FILLED],
            "clock": [clock and clock.isoformat() for clock in CLOCK],
            "frequency_codes": list(FREQUENCY), "frequency_texts": list(FREQUENCY.values()),
        }, file)
