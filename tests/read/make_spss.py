"""Writes the SPSS files under tests/read/spss/ and, beside each, what another reader reads from it.

All values are made up. Written with pyreadstat 1.3.7, haven 2.5.1 (R 4.2.2) and PSPP 1.6.2; read back with
pyreadstat 1.3.7, with the codes that a file declares missing kept and dates kept as numbers. Files whose name begins with
`patched` are one of the others with some bytes changed, as the script says; what they hold is known from the file that
they were made of.

Run in this folder: python3 make_spss.py
"""

import datetime as dt
import math
import re
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

HERE = Path(__file__).parent / "spss"
EPOCH = dt.datetime(1582, 10, 14)
DATES = ("DATE", "ADATE", "JDATE", "EDATE", "SDATE", "MOYR", "QYR", "WKYR")
MOMENTS = ("DATETIME", "YMDHMS")
TIMES = ("TIME", "DTIME", "MTIME")
MEASURES = {"nominal": "Nominal", "ordinal": "Ordinal", "scale": "Scale"}


# What another reader reads ------------------------------------------------------------------------------------------


def number(value):
    if value <= -1.79e308:
        return "-inf"
    if value >= 1.79e308:
        return "inf"
    return str(int(value)) if value == int(value) else repr(float(value))


def value(code):
    return f'"{code.rstrip()}"' if isinstance(code, str) else number(code)


def kind(form):
    name = form.rstrip("0123456789.")
    if name in DATES:
        return "Date"
    if name in MOMENTS:
        return "Moment"
    if name in TIMES:
        return "Time"
    return "Text" if name in ("A", "AHEX") else "Number"


def cell(raw, of_kind, ranges):
    if isinstance(raw, str):
        text = raw.rstrip()
        declared = any(isinstance(r["lo"], str) and r["lo"].rstrip() == text for r in ranges)
        return "." if not text else ("!" if declared else "") + f'"{text}"'
    if raw is None or math.isnan(raw):
        return "."
    if any(r["lo"] <= raw <= r["hi"] for r in ranges):
        return "!" + number(raw)
    if of_kind in ("Date", "Moment"):
        if raw < 86400:
            return "#NoSuchDay"
        moment = EPOCH + dt.timedelta(seconds=math.floor(raw))
        return moment.strftime("%Y-%m-%d" if of_kind == "Date" else "%Y-%m-%d %H:%M:%S")
    return f"{math.floor(raw)} s" if of_kind == "Time" else number(raw)


def expect(path):
    frame, meta = pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True)
    lines = []
    kinds = [kind(meta.original_variable_types[name]) for name in meta.column_names]
    for name, label, of_kind in zip(meta.column_names, meta.column_labels, kinds):
        measure = MEASURES.get(meta.variable_measure.get(name), "-")
        lines.append("\t".join(["column", name, of_kind, label or "-", measure]))
        for code, text in sorted(meta.variable_value_labels.get(name, {}).items()):
            lines.append("\t".join(["code", value(code), text]))
        for rule in meta.missing_ranges.get(name, []):
            low, high = value(rule["lo"]), value(rule["hi"])
            lines.append("\t".join(["missing", low] if low == high else ["range", low, high]))
    ranges = [meta.missing_ranges.get(name, []) for name in meta.column_names]
    for row, raw in enumerate(frame.itertuples(index=False), 1):
        cells = [cell(raw_cell, of_kind, rules) for raw_cell, of_kind, rules in zip(raw, kinds, ranges)]
        lines.append("\t".join(["row", str(row), *cells]))
    return "\n".join(lines) + "\n"


def keep(name, *others):
    """Keeps what is read from a file; the others, packed otherwise, must be read alike."""
    text = expect(HERE / name)
    (HERE / f"{name}.txt").write_text(text, encoding="utf-8")
    for other in others:
        assert expect(HERE / other) == text, other


# pyreadstat ---------------------------------------------------------------------------------------------------------


def spss(*when):
    return (dt.datetime(*when) - EPOCH).total_seconds()


def by_pyreadstat():
    nan = np.nan
    frame = pd.DataFrame(
        {
            "id": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
            "svar": [1.0, 2.0, 9.0, nan, 1.5, -4.0],
            "inntekt": [251.0, -251.0, 1e9, 998.0, nan, -2.0],
            "alder": [17.0, 200.0, 18.0, 99.0, 151.0, nan],
            "kjønn": ["k", "m", "x", "", "k", "æ"],
            "kommune": ["Tromsø", "Ålesund kommune", "", "Bærum", "ukjent", "Ås"],
            "fritekst": ["å" * 130, "", "ab" * 300, "kort", "x" * 255, "y" * 256 + " z"],
            "fødsel": [spss(1950, 6, 15), spss(1950, 6, 15, 12), spss(1969, 12, 31, 23, 59, 59), 99.0, nan,
                       spss(2024, 2, 29)],
            "time": [spss(1965, 1, 2, 3, 4, 5), spss(2020, 7, 1), 3600.0, nan, spss(1582, 10, 15),
                     spss(9999, 12, 31, 23, 59, 59)],
            "varighet": [0.0, 45296.5, 90000.0, nan, -60.0, 1.0],
            "uten_merke": [0.1, 1 / 3, -0.0, 1e-300, 152.0, -99.0],
        }
    )
    missing = {
        "svar": [9.0, {"lo": -1.7976931348623155e308, "hi": -1.0}],
        "inntekt": [{"lo": 998.0, "hi": 1.7976931348623157e308}],
        "alder": [99.0, {"lo": 150.0, "hi": 160.0}],
        "kjønn": ["x"],
        "kommune": ["ukjent", "Å", "sperret!"],
        "fødsel": [99.0],
    }
    options = dict(
        column_labels={"svar": "Hvordan går det?", "kommune": "Kommune der du bor"},
        variable_value_labels={
            "svar": {1.0: "Dårlig", 2.0: "Godt", 9.0: "Vil ikke svare"},
            "alder": {1.0: "Dårlig", 2.0: "Godt", 99.0: "Ukjent"},
            "kjønn": {"k": "Kvinne", "m": "Mann", "x": "Ikke oppgitt"},
            "fødsel": {99.0: "Ikke oppgitt"},
        },
        missing_ranges=missing,
        variable_measure={"svar": "ordinal", "alder": "scale", "kjønn": "nominal"},
        variable_format={"fødsel": "EDATE10", "time": "DATETIME20", "varighet": "TIME8", "alder": "F3.0"},
        note="Made up.",
    )
    pyreadstat.write_sav(frame, HERE / "plain.sav", **options)
    pyreadstat.write_sav(frame, HERE / "bytes.sav", row_compress=True, **options)
    pyreadstat.write_sav(frame, HERE / "blocks.zsav", compress=True, **options)
    keep("plain.sav", "bytes.sav", "blocks.zsav")


# haven --------------------------------------------------------------------------------------------------------------

HAVEN = """
library(haven)
d <- data.frame(id = 1:4)
d$svar <- labelled_spss(c(1, 8, 9, NA), c(Ja = 1, "Vet ikke" = 8, "Vil ikke svare" = 9), na_values = c(8, 9),
                        label = "Spørsmål én")
d$mengde <- labelled_spss(c(-1, 0, 3, 1000), c(Ingen = 0), na_range = c(900, Inf))
d$yrke <- labelled_spss(c("snekker", "ukjent", "lærer", ""), c(Ukjent = "ukjent"), na_values = "ukjent")
d$sted <- labelled(c("Longyearbyen", "Ny-Ålesund", "Sveagruva", ""), c("I nord" = "Ny-Ålesund", "Stengt" = "Sveagruva"))
d$dato <- as.Date(c("1950-06-15", "1969-12-31", NA, "2024-02-29"))
d$tid <- as.POSIXct(c("1960-01-01 12:34:56", NA, "2024-02-29 00:00:01", "1970-01-01 00:00:00"), tz = "UTC")
d$klokke <- hms::hms(c(1, 86399, NA, 3600))
d$lang <- strrep(c("a", "bø", "", "c"), c(10, 200, 1, 700))
write_sav(d, "haven.sav", compress = "byte")
write_sav(d, "haven.zsav", compress = "zsav")
"""


def by_haven():
    subprocess.run(["Rscript", "-e", HAVEN], cwd=HERE, check=True)
    keep("haven.sav", "haven.zsav")


# PSPP ---------------------------------------------------------------------------------------------------------------

DATA = """\
Blåbærøy,ja,15-JUN-1950,12/31/1969,1960001,2024/02/29,JUN 1950,1 Q 1950,2 WK 1950,MON,JAN,15-JUN-1950 12:00:00,1 02:03:04,12.5,-7,é
Ærlig,xx,01-JAN-1970,01/01/1970,1970001,1970/01/01,JAN 1970,4 Q 2024,53 WK 2024,SUN,DEC,01-JAN-1970 00:00:00,0 00:00:00,-3,3,
Sperret navn,n,,,,,,,,,,,,100,9,uten
"""

PSPP = """
SET LOCALE="windows-1252".
DATA LIST LIST (",") FILE="{data}" ENCODING="windows-1252" NOTABLE
  /navn (A12) kode (A2) d1 (DATE11) d2 (ADATE10) d3 (JDATE7) d4 (SDATE10) maaned (MOYR8)
  kvartal (QYR6) uke (WKYR8) ukedag (WKDAY9) mnd (MONTH9) t1 (DATETIME20) t2 (DTIME12) tall (F8.2) skala (F2.0)
  merknad (A600).
VARIABLE LABELS navn "Navn på bær" tall "Beløp i kroner".
VALUE LABELS skala 1 "Svært dårlig" 9 "Ikke besvart" -7 "Sperret" /navn "Sperret navn" "Ærlig svar" /kode "xx" "Ukjent".
MISSING VALUES skala (LO THRU -1, 9) /tall (100 THRU HI) /navn ("Ærlig") /kode ("xx", "yy") /d1 (99).
COMPUTE merknad = CONCAT(RTRIM(merknad), RPAD("ø", 400, "ø"), "slutt").
COMPUTE vekt = 1.
VARIABLE LEVEL skala (ORDINAL) navn (NOMINAL) tall (SCALE).
WEIGHT BY vekt.
SAVE OUTFILE="{plain}" /UNCOMPRESSED.
SAVE OUTFILE="{bytes}" /COMPRESSED.
SAVE OUTFILE="{blocks}" /ZCOMPRESSED.
EXPORT OUTFILE="pspp.por" /KEEP=skala.
"""


def by_pspp():
    names = {"plain": "pspp_cp1252.sav", "bytes": "pspp_cp1252_bytes.sav", "blocks": "pspp_cp1252.zsav"}
    with tempfile.TemporaryDirectory() as folder:
        data, syntax = Path(folder, "data"), Path(folder, "syntax")
        data.write_bytes(DATA.encode("cp1252"))
        syntax.write_bytes(PSPP.format(data=data, **names).encode("cp1252"))
        command = ["pspp", "--syntax-encoding=windows-1252", syntax]
        subprocess.run(command, cwd=HERE, check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    keep(*names.values())


# Patched ------------------------------------------------------------------------------------------------------------


def records(data):
    """(kind, first byte, end, fields of four bytes, of eight bytes) of each record of the dictionary, after the header."""
    at = 176
    while True:
        kind = struct.unpack_from("<i", data, at)[0]
        start, fours, eights = at, [at], []
        if kind == 2:
            width, labelled, missing = struct.unpack_from("<3i", data, at + 4)
            fours += range(at + 4, at + 24, 4)
            at += 32
            if labelled:
                fours.append(at)
                at += 4 + -(-struct.unpack_from("<i", data, at)[0] // 4) * 4
            eights += [] if width > 0 else range(at, at + 8 * abs(missing), 8)
            at += 8 * abs(missing)
        elif kind == 3:
            fours.append(at + 4)
            count = struct.unpack_from("<i", data, at + 4)[0]
            at += 8
            values = []
            for _ in range(count):
                values.append(at)
                at += 8 + -(-(data[at + 8] + 1) // 8) * 8
            slots = struct.unpack_from("<i", data, at + 4)[0]
            # Labels of a text: the value is letters, filled up with blanks.
            if not any(data[value + 7] in b" abcdefghijklmnopqrstuvwxyz" and data[value] for value in values):
                eights += values
            fours += range(at, at + 8 + 4 * slots, 4)
            at += 8 + 4 * slots
        elif kind == 6:
            fours.append(at + 4)
            at += 8 + 80 * struct.unpack_from("<i", data, at + 4)[0]
        elif kind == 7:
            subtype, size, count = struct.unpack_from("<3i", data, at + 4)
            fours += range(at + 4, at + 16, 4)
            begin, at = at + 16, at + 16 + size * count
            if size == 4:
                fours += range(begin, at, 4)
            elif size == 8:
                eights += range(begin, at, 8)
            elif subtype in (21, 22):
                fours += long_texts(data, subtype, begin, at)
        elif kind == 999:
            yield kind, start, at + 8, [at, at + 4], []
            return
        yield kind, start, at, fours, eights


def long_texts(data, subtype, at, end):
    """The fields of four bytes in the records of long texts' labels and missing values."""
    def length(at):
        return struct.unpack_from("<i", data, at)[0]

    while at < end:
        yield at
        at += 4 + length(at)
        if subtype == 22:
            yield at + 1
            at += 5 + data[at] * length(at + 1)
            continue
        yield from (at, at + 4)
        count, at = length(at + 4), at + 8
        for _ in range(2 * count):
            yield at
            at += 4 + length(at)


def swapped(data):
    """The other byte order, for a file that is not compressed."""
    out = bytearray(data)

    def swap(at, length):
        out[at : at + length] = out[at : at + length][::-1]

    for at in range(64, 84, 4):
        swap(at, 4)
    swap(84, 8)
    end = 176
    slots = []
    for kind, start, end, fours, eights in records(data):
        if kind == 2:
            slots.append(struct.unpack_from("<i", data, start + 4)[0] == 0)
        for at in fours:
            swap(at, 4)
        for at in eights:
            swap(at, 8)
    for number, at in enumerate(range(end, len(data), 8)):
        if slots[number % len(slots)]:
            swap(at, 8)
    return bytes(out)


def extension(subtype, payload):
    return struct.pack("<4i", 7, subtype, 1, len(payload)) + payload


def redeclared(data, name, code):
    """Another encoding name (none if None) and code page."""
    out = b""
    last = 0
    for kind, start, end, _, _ in records(data):
        subtype = struct.unpack_from("<i", data, start + 4)[0]
        if kind == 7 and subtype == 20:
            out += data[last:start] + (extension(20, name) if name else b"")
            last = end
        elif kind == 7 and subtype == 3:
            out += data[last : end - 4] + struct.pack("<i", code)
            last = end
    return out + data[last:]


def without(data, subtype):
    for kind, start, end, _, _ in records(data):
        if kind == 7 and struct.unpack_from("<i", data, start + 4)[0] == subtype:
            return data[:start] + data[end:]
    sys.exit(f"no subtype {subtype}")


def patched():
    plain = (HERE / "plain.sav").read_bytes()
    (HERE / "patched_big_endian.sav").write_bytes(swapped(plain))

    packed = without((HERE / "bytes.sav").read_bytes(), 16)
    (HERE / "patched_no_count.sav").write_bytes(packed[:80] + struct.pack("<i", -1) + packed[84:])

    cp1252 = (HERE / "pspp_cp1252.sav").read_bytes()
    (HERE / "patched_code_only.sav").write_bytes(redeclared(cp1252, None, 1252))
    (HERE / "patched_undeclared.sav").write_bytes(redeclared(cp1252, None, 2))
    (HERE / "patched_not_utf8.sav").write_bytes(redeclared(cp1252, b"UTF-8", 65001))

    # One byte a letter in both, so that every length stays; only where texts stand, since numbers have such bytes too.
    cp850 = redeclared(cp1252, b"cp850", 850)
    for text in sorted(set(re.findall("[a-zæøåé ]*[æøåé][a-zæøåé ]*", PSPP + DATA, re.IGNORECASE)), key=len, reverse=True):
        cp850 = cp850.replace(text.encode("cp1252"), text.encode("cp850"))
    cp850 = cp850.replace("ø".encode("cp1252") * 4, "ø".encode("cp850") * 4)
    (HERE / "patched_cp850.sav").write_bytes(cp850)


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    by_pyreadstat()
    by_haven()
    by_pspp()
    patched()
