"""Stata files: written by pandas and pyreadstat, and changed byte by byte where no program at hand writes the kind."""

import warnings

import numpy
import pandas
import pyreadstat

from values import BORN, FREQUENCY, ID, LABELS, NORWEGIAN, NOTE, Q1, Q2, SAMI, SCORE, SEX_CODES, STATA_ZERO, made, seconds

warnings.filterwarnings("ignore")


def make(folder):
    _pyreadstat(folder)
    _pandas(folder)
    _patched(folder)


def _pyreadstat(folder):
    codes = {98: "a", 99: "z"}
    values = {**{code: text for code, text in FREQUENCY.items() if code < 90}, "a": "Vil ikke svare", "z": "Ubesvart"}
    for version in [8, 10, 12, 13, 14, 15]:
        old = version < 14
        # Labels of the files before Stata 14 are bytes without a declared encoding; this writer puts UTF-8 there, which
        # no Stata of that age reads, so they are left without letters outside ASCII.
        ascii_ = lambda text: text.encode("ascii", "ignore").decode() if old else text
        note = NOTE if version >= 14 else [text[:240] for text in NOTE]
        table = pandas.DataFrame({
            "id": pandas.Series(ID, dtype="int32"),
            "q1": pandas.Series([codes.get(code, None if code is None else float(code)) for code in Q1], dtype=object),
            "q2": pandas.Series([codes.get(code, None if code is None else float(code)) for code in Q2], dtype=object),
            "score": pandas.Series(SCORE, dtype=float),
            "sted": [ascii_(text) for text in SAMI],
            "sex": SEX_CODES,
            "born": pandas.Series(BORN, dtype=object),
            "note": [ascii_(text) for text in note],
        })
        name = f"dta_pyreadstat_v{version}.dta"
        made(name, "pyreadstat", f"for Stata {version}, tags .a and .z" + (", texts in ASCII" if old else ", Sami letters"))
        pyreadstat.write_dta(
            table, f"{folder}/{name}", version=version, file_label="Oppdiktet",
            column_labels={key: ascii_(text) for key, text in LABELS.items() if key in table},
            variable_value_labels={"q1": values, "q2": values}, missing_user_values={"q1": ["a", "z"], "q2": ["a", "z"]},
        )


def _table(sami):
    return pandas.DataFrame({
        "id": numpy.array(ID, dtype="int32"),
        "q1": [numpy.nan if code is None else float(code) for code in Q1],
        "byte": numpy.array([-127, 100, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9], dtype="int8"),
        "int": numpy.array([-32767, 32740, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9], dtype="int16"),
        "float": numpy.array([numpy.nan if value is None else value for value in SCORE], dtype="float32"),
        "score": [numpy.nan if value is None else value for value in SCORE],
        "sted": SAMI if sami else NORWEGIAN,
        "born": [pandas.NaT if day is None else pandas.Timestamp(day) for day in BORN],
    })


def _write(folder, name, special, table, version, remark="", **more):
    made(name, "pandas", special, remark=remark)
    table.to_stata(f"{folder}/{name}", version=version, write_index=False, time_stamp=pandas.Timestamp("2026-11-30"), data_label="Oppdiktet", **more)


def _pandas(folder):
    labels = {key: text for key, text in LABELS.items() if key in ["id", "q1", "score", "born"]}
    common = {"variable_labels": labels, "value_labels": {"q1": FREQUENCY}, "convert_dates": {"born": "td"}}
    latin = lambda table: table.assign(sted=[text.replace("€", "E").replace("Š", "S").replace("–", "-") for text in table["sted"]])
    old = {**common, "variable_labels": {key: text for key, text in labels.items()}}
    for version, sami in [(114, False), (117, False), (118, True), (119, True)]:
        table = _table(sami)
        if not sami:
            table = latin(table)
        for order in ["little", "big"]:
            name = f"dta_pandas_{version}{'_big' if order == 'big' else ''}.dta"
            _write(folder, name, f"release {version}, {'most' if order == 'big' else 'least'} significant byte first", table, version, byteorder=order, **old)
    strl = _table(True)[["id", "sted"]].assign(note=NOTE, long=["č" * 700 if i % 4 == 0 else f"tekst {i % 3}" for i in range(12)])
    for version in [118, 119]:
        _write(folder, f"dta_pandas_{version}_strl.dta", f"release {version}, long texts (strL), Sami letters", strl, version, convert_strl=["note", "long"])
    _write(folder, "dta_pandas_117_strl.dta", "release 117, long texts (strL)", strl.assign(sted="x", note=[text.encode("ascii", "ignore").decode() for text in NOTE], long=["c" * 700 if i % 4 == 0 else f"tekst {i % 3}" for i in range(12)]), 117, convert_strl=["note", "long"])
    when = pandas.Series([pandas.NaT if day is None else pandas.Timestamp(day) for day in BORN])
    units = ["tc", "td", "tw", "tm", "tq", "th", "ty"]
    dates = pandas.DataFrame({unit: when for unit in units}).assign(tc=when + pandas.Timedelta(seconds=45296))
    _write(folder, "dta_pandas_118_dates.dta", "release 118, every unit of time: %tc, %td, %tw, %tm, %tq, %th, %ty", dates, 118, convert_dates={unit: unit for unit in units})


def _patched(folder):
    read = lambda name: open(f"{folder}/{name}", "rb").read()

    def write(name, special, data, **more):
        made(name, "pandas, bytes changed", special, **more)
        open(f"{folder}/{name}", "wb").write(data)

    swap = {"E": b"\x80", "S": b"\x8a", "-": b"\x96"}
    for version in [114]:
        data = read(f"dta_pandas_{version}.dta")
        for plain, odd in [("50 E", b"50 \x80"), ("Silju", b"\x8ailju"), ("Troms\u00f8 -", b"Troms\xf8 \x96")]:
            assert data.count(plain.encode("latin-1")) == 1, plain
            data = data.replace(plain.encode("latin-1"), odd)
        write(f"dta_{version}_cp1252.dta", "release 114 with letters that only Windows-1252 has (€, Š, –)", data)
    data = read("dta_pandas_118.dta")
    from values import FILES
    _write(folder, "dta_tmp.dta", "", latin118(), 118, variable_labels={"q1": "Hvor ofte foler du deg ensom?"}, convert_dates={"born": "td"})
    FILES.pop()
    data = read("dta_tmp.dta").replace(b"B!rum", b"B\xe6rum").replace(b"!lesund", b"\xc5lesund").replace(b"R!st", b"R\xf8st")
    write("dta_118_cp1252.dta", "release 118 (declared UTF-8) with bytes of Windows-1252, as old data carried along", data)
    import os
    os.remove(f"{folder}/dta_tmp.dta")


def latin118():
    table = _table(False)[["id", "q1", "sted", "born"]]
    return table.assign(sted=["B!rum", "!lesund", "R!st"] + [text.encode("ascii", "ignore").decode() for text in table["sted"][3:]])
