"""SPSS files: written by pyreadstat and PSPP, and changed byte by byte where no program at hand writes the kind."""

import struct
import subprocess
import zlib

import pandas
import pyreadstat

from values import BORN, FREQUENCY, ID, LABELS, NORWEGIAN, Q1, SEX, SAMI, frame, made, seconds

MEASURE = {"id": "nominal", "q1": "ordinal", "q2": "ordinal", "sex": "nominal", "score": "scale"}
VALUE_LABELS = {"q1": FREQUENCY, "q2": FREQUENCY, "sex": SEX}
LO, HI = -1.7976931348623155e308, 1.7976931348623157e308


def make(folder):
    _pyreadstat(folder)
    _pspp(folder)
    _patched(folder)


def _save(folder, name, special, data, missing=None, formats=None, labels=LABELS, values=VALUE_LABELS, measure=MEASURE, remark="", **more):
    made(name, "pyreadstat", special, remark=remark)
    names = set(data.columns)
    keep = lambda given: {key: value for key, value in (given or {}).items() if key in names}
    pyreadstat.write_sav(
        data, f"{folder}/{name}", file_label="Oppdiktet æøå", column_labels=keep(labels), variable_value_labels=keep(values),
        missing_ranges=keep(missing), variable_format=keep(formats), variable_measure=keep(measure), **more,
    )


def _pyreadstat(folder):
    codes = {"q1": [98, 99], "q2": [{"lo": 90, "hi": HI}], "sex": ["x"]}
    _save(folder, "sav_pyreadstat.sav", "all kinds of columns, user-missing values, open range, Sami letters", frame(), codes)
    _save(folder, "sav_pyreadstat_rows.sav", "byte-compressed", frame(), codes, row_compress=True)
    _save(folder, "sav_pyreadstat.zsav", "zlib-compressed", frame(), codes, compress=True)
    _save(folder, "sav_pyreadstat_none.sav", "no labels, nothing missing declared", frame(), labels={}, values={}, measure={})
    few = frame(only=["id", "q1", "q2"])
    ranges = {
        "one": ([99], "one missing value"),
        "three": ([97, 98, 99], "three missing values"),
        "range": ([{"lo": 98, "hi": 99}], "a range of missing values"),
        "range_value": ([{"lo": 98, "hi": 99}, 1], "a range and a value"),
        "lo": ([{"lo": LO, "hi": 1}], "LO THRU 1"),
        "lo_value": ([{"lo": LO, "hi": 1}, 99], "LO THRU 1 and a value"),
        "hi": ([{"lo": 98, "hi": HI}], "98 THRU HI"),
    }
    for name, (missing, special) in ranges.items():
        _save(folder, f"sav_missing_{name}.sav", special, few, {"q1": missing})
    days = pandas.DataFrame({
        "id": [float(value) for value in ID],
        "born": [seconds(day) for day in BORN[:10]] + [99.0, 12673.0 * 365.25 * 86400],
        "noon": [seconds(day) + 43200 if day else None for day in BORN],
    })
    _save(
        folder, "sav_date_missing.sav", "codes 99 and a year 12673 declared missing in a date; dates with a time of day before 1970",
        days, {"born": [99, 12673.0 * 365.25 * 86400]}, {"born": "EDATE10", "noon": "DATE11"}, values={"born": {99: "Vet ikke"}},
    )
    when = frame(only=["born"])["born"].map(seconds).astype(float)
    dates = {name: when for name in ["DATE11", "DATE9", "ADATE10", "EDATE10", "SDATE10", "JDATE7", "QYR8", "MOYR8", "WKYR10"]}
    moments = {name: when + 3723 for name in ["DATETIME20", "YMDHMS19"]}
    times = {"TIME8": when % 70000 // 1, "DTIME12": when % 900000 // 1, "MTIME8": when % 3000 // 1}
    numbers = {"WKDAY9": when * 0 + 3, "MONTH9": when * 0 + 11, "COMMA10.2": when * 0 + 1234.5, "DOT10.2": when * 0 + 1234.5,
               "PCT8.1": when * 0 + 12.5, "DOLLAR10.2": when * 0 + 9.75, "E12.3": when * 0 + 1e-9, "N5": when * 0 + 42, "F8.2": when * 0 - 1.25}
    formats = {**dates, **moments, **times, **numbers}
    table = pandas.DataFrame({f"v{i}_{name.split('.')[0].lower()}": values for i, (name, values) in enumerate(formats.items())})
    _save(folder, "sav_formats.sav", "every date, time and number format", table, formats=dict(zip(table.columns, formats)), labels={})
    long = pandas.DataFrame({
        "id": [1.0, 2.0, 3.0, 4.0],
        "s8": ["åtte", "12345678", "", "x"], "s9": ["niniærni", "a", "", " b"],
        "s255": ["ø" * 127 + "x", "kort", "", "y" * 255], "s256": ["z" * 256, "", "kort", "æ" * 128],
        "s600": ["blåbær " * 75, "kort", "", "æ" * 300], "s1500": ["q" * 1500, "č" * 700, "", "slutt"],
    })
    _save(folder, "sav_strings.sav", "texts of 8, 9, 255, 256, 600 and 1500 bytes", long, {"s8": ["x"], "s9": ["a", " b"]},
          labels={"s1500": "Veldig lang tekst – " + "spørsmål " * 25}, values={"s8": {"x": "Ukjent"}, "s9": {"niniærni": "Lang kode"}}, row_compress=True)
    names = ["navn_som_er_akkurat_sekstifire_tegn_langt_og_slutter_her_1234567", "Spørsmål_1", "q.1", "Q1_A", "ærlig", "id@hjemme", "a$b", "longname_one", "longname_two"]
    names[0] = names[0][:64]
    _save(folder, "sav_names.sav", "long names, names with æøå, points, @ and $", pandas.DataFrame({name: [1.0, 2.0, 3.0] for name in names}), labels={})
    bytes_ = pandas.DataFrame({f"v{i}": [-99.0, -100.0, -98.0, 151.0, 152.0, 0.0, 0.5, None] for i in range(3)} | {"t": ["", "a", "bbbbbbbb", "ccccccccc", "", "", "x", "å"]})
    _save(folder, "sav_bytecodes.sav", "values at the limits of the byte codes", bytes_, labels={}, row_compress=True)
    _save(folder, "sav_empty.sav", "no record", frame().iloc[:0].astype({"sex": str, "sted": str, "note": str, "id": float}).drop(columns=["born", "filled", "clock"]), codes)
    wide = pandas.DataFrame({f"item{i:03}": [float(i % 5 + 1), None, 99.0] for i in range(60)})
    _save(folder, "sav_wide.sav", "60 columns with labels", wide, {name: [99] for name in wide}, labels={name: f"Spørsmål {name}" for name in wide}, values={"item000": FREQUENCY}, measure={}, compress=False, row_compress=True)


PSPP = """
SET DECIMAL=DOT.
DATA LIST LIST ("|") {notable} /id (F8.0) q1 (F2.0) q2 (F2.0) sex (A1) score (F12.4) sted (A40) born (SDATE10) note (A300).
BEGIN DATA
{rows}
END DATA.
VARIABLE LABELS id 'Løpenummer' q1 'Hvor ofte føler du deg ensom?' sted 'Bosted – æøå'.
VALUE LABELS q1 q2 1 'Aldri' 2 'Sjelden' 3 'Av og til' 4 'Ofte' 5 'Alltid' 98 'Vil ikke svare' 99 'Ubesvart, æøå'
  /sex 'm' 'Mann' 'k' 'Kvinne' 'x' 'Kjønn ukjent'.
MISSING VALUES q1 (98, 99) /q2 (90 THRU HI) /sex ('x').
VARIABLE LEVEL q1 q2 (ORDINAL) /sex (NOMINAL) /score (SCALE).
{more}
SAVE OUTFILE='{name}' {how}.
"""


def _run_pspp(folder, name, special, letters, sami=False, how="", more="", notable="NOTABLE"):
    made(name, "PSPP", special)
    places = SAMI if sami else NORWEGIAN
    if letters in ("iso-8859-1", "cp850"):
        places = [place.translate(str.maketrans("–€Š", "-ES")) for place in places]
    rows = []
    for i in range(12):
        show = lambda value: "" if value is None else str(value)
        day = BORN[i].strftime("%Y/%m/%d") if BORN[i] else ""
        note = ["ordinær", "", "lang " * 55 + "slutt"][i % 3]
        sex = ["m", "k", "x"][i % 3]
        rows.append("|".join([str(ID[i]), show(Q1[i]), show(Q1[11 - i]), sex, f"{i / 8:.4f}", f'"{places[i]}"', day, f'"{note}"']))
    text = PSPP.format(rows="\n".join(rows), name=name, how=how, more=more, notable=notable)
    if letters in ("iso-8859-1", "cp850"):
        text = text.replace("–", "-")
    with open(f"{folder}/make.sps", "wb") as file:
        file.write(text.encode(letters))
    locale = {"cp1252": "SET LOCALE='windows-1252'.\n", "iso-8859-1": "SET LOCALE='iso-8859-1'.\n", "cp850": "SET LOCALE='cp850'.\n"}.get(letters, "SET LOCALE='UTF-8'.\n")
    with open(f"{folder}/run.sps", "w") as file:
        file.write(f"{locale}INSERT FILE='make.sps' ENCODING='{letters}'.\n")
    done = subprocess.run(["pspp", "-o", "/dev/null", "run.sps"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"pspp {name}: {done.stdout}{done.stderr}")
    for left in ["make.sps", "run.sps"]:
        subprocess.run(["rm", f"{folder}/{left}"], check=True)


def _pspp(folder):
    _run_pspp(folder, "sav_pspp.sav", "UTF-8, byte-compressed", "utf-8", sami=True)
    _run_pspp(folder, "sav_pspp_plain.sav", "UTF-8, not compressed", "utf-8", sami=True, how="/UNCOMPRESSED")
    _run_pspp(folder, "sav_pspp.zsav", "UTF-8, zlib-compressed", "utf-8", sami=True, how="/ZCOMPRESSED")
    _run_pspp(folder, "sav_pspp_v2.sav", "old version 2: names of 8 letters, texts cut into pieces", "utf-8", sami=True, how="/VERSION=2")
    _run_pspp(folder, "sav_pspp_cp1252.sav", "Windows-1252, declared", "cp1252")
    _run_pspp(folder, "sav_pspp_cp1252.zsav", "Windows-1252, zlib-compressed", "cp1252", how="/ZCOMPRESSED")
    _run_pspp(folder, "sav_pspp_latin1.sav", "ISO-8859-1, declared", "iso-8859-1")
    _run_pspp(folder, "sav_pspp_cp850.sav", "code page 850 of DOS, declared", "cp850")
    _run_pspp(
        folder, "sav_pspp_more.sav", "weight, document, attributes, multiple response sets, file label", "utf-8", sami=True,
        more="COMPUTE w = 0.5.\nCOMPUTE t = TIME.HMS(12,34,56).\nFORMATS t (TIME8).\nWEIGHT BY w.\nFILE LABEL 'Merkelapp æøå'.\nDOCUMENT Dokument.\nVARIABLE ATTRIBUTE VARIABLES=q1 ATTRIBUTE=skala('ensomhet').\nMRSETS /MDGROUP NAME=$sett LABEL='Sett' VARIABLES=q1 q2 VALUE=1.",
    )


# ---- Kinds that no program at hand writes: the bytes of a written file are changed. ----

def _text_pieces(data, order="<"):
    """Where the dictionary and the data of an uncompressed system file stand: (start, kind, fields) one after the other."""
    unpack = lambda code, at: struct.unpack_from(order + code, data, at)[0]
    pieces = [(0, "header")]
    at = 176
    while True:
        kind = unpack("i", at)
        pieces.append((at, kind))
        if kind == 2:
            label, count = unpack("i", at + 8), unpack("i", at + 12)
            at += 32
            if label:
                at += 4 + (unpack("i", at) + 3) // 4 * 4
            at += 8 * abs(count)
        elif kind == 3:
            count = unpack("i", at + 4)
            at += 8
            for _ in range(count):
                at += 8 + (data[at + 8] + 1 + 7) // 8 * 8
        elif kind == 4:
            at += 8 + 4 * unpack("i", at + 4)
        elif kind == 6:
            at += 8 + 80 * unpack("i", at + 4)
        elif kind == 7:
            at += 16 + unpack("i", at + 8) * unpack("i", at + 12)
        elif kind == 999:
            return pieces, at + 8
        else:
            raise ValueError(f"record {kind} at {at}")


def big_endian(data):
    """The same file with every integer and every number turned; all columns but those of text must be numbers."""
    out = bytearray(data)
    turn = lambda at, size: out.__setitem__(slice(at, at + size), data[at:at + size][::-1])
    get = lambda at: struct.unpack_from("<i", data, at)[0]
    pieces, start = _text_pieces(data)
    types, sets = [], None
    for at, kind in pieces:
        if kind == "header":
            for place in range(64, 84, 4):
                turn(place, 4)
            turn(84, 8)
        elif kind == 2:
            types.append(get(at + 4))
            for place in range(at, at + 24, 4):
                turn(place, 4)
            behind = at + 32
            if get(at + 8):
                turn(behind, 4)
                behind += 4 + (get(behind) + 3) // 4 * 4
            if get(at + 4) == 0:
                for i in range(abs(get(at + 12))):
                    turn(behind + 8 * i, 8)
        elif kind == 3:
            sets = []
            place = at + 8
            for _ in range(get(at + 4)):
                sets.append(place)
                place += 8 + (data[place + 8] + 1 + 7) // 8 * 8
            turn(at, 4), turn(at + 4, 4)
        elif kind == 4:
            for place in range(at, at + 8 + 4 * get(at + 4), 4):
                turn(place, 4)
            if types[get(at + 8) - 1] == 0:
                for place in sets:
                    turn(place, 8)
        elif kind == 6:
            turn(at, 4), turn(at + 4, 4)
        elif kind == 7:
            size, count = get(at + 8), get(at + 12)
            for place in range(at, at + 16, 4):
                turn(place, 4)
            if size > 1:
                for i in range(count):
                    turn(at + 16 + size * i, size)
            if get(at + 4) == 3:
                out[at + 16 + 4 * 6:at + 16 + 4 * 7] = struct.pack(">i", 1)
        elif kind == 999:
            turn(at, 4), turn(at + 4, 4)
    at = start
    while at < len(data):
        for kind in types:
            if kind == 0:
                turn(at, 8)
            at += 8
    return bytes(out)


def without(data, *subtypes):
    """The same file without some of its records of extension."""
    pieces, _ = _text_pieces(data)
    ends = [at for at, _ in pieces[1:]] + [None]
    out = b""
    for (at, kind), end in zip(pieces, ends):
        if kind == 7 and struct.unpack_from("<i", data, at + 4)[0] in subtypes:
            continue
        out += data[at:end]
    return out


def code_page(data, number, name):
    """The same file with another declared code page (record 7/3) and encoding (7/20, left out where None)."""
    data = bytearray(data if name is None else data)
    pieces, _ = _text_pieces(data)
    for at, kind in pieces:
        if kind == 7 and struct.unpack_from("<i", data, at + 4)[0] == 3:
            struct.pack_into("<i", data, at + 16 + 28, number)
    data = without(bytes(data), 20)
    if name:
        pieces, _ = _text_pieces(data)
        end = pieces[-1][0]
        record = struct.pack("<iiii", 7, 20, 1, len(name)) + name.encode()
        data = data[:end] + record + data[end:]
    return data


def _patched(folder):
    read = lambda name: open(f"{folder}/{name}", "rb").read()

    def write(name, special, data, *options):
        made(name, "PSPP, bytes changed" if "cp" in name or "utf8" in name else "pyreadstat, bytes changed", special, *options)
        open(f"{folder}/{name}", "wb").write(data)

    write("sav_big_endian.sav", "numbers most significant byte first, as on old AIX and Solaris", big_endian(read("sav_pyreadstat.sav")))
    write("sav_count_unknown.sav", "number of cases −1", read("sav_pyreadstat.sav")[:80] + struct.pack("<i", -1) + read("sav_pyreadstat.sav")[84:])
    lowest = read("sav_missing_lo_value.sav")
    write("sav_no_floats.sav", "LO THRU 1 without the record that tells which numbers LO, HI and system-missing are", without(lowest, 4))
    write("sav_bare.sav", "no record of extension at all, as SPSS of the 1990s", without(lowest, *range(30)))
    _run_pspp(folder, "sav_plain_1252.sav", "", "cp1252", how="/UNCOMPRESSED")
    from values import FILES
    FILES.pop()
    plain = read("sav_plain_1252.sav")
    subprocess.run(["rm", f"{folder}/sav_plain_1252.sav"], check=True)
    write("sav_cp1252_code.sav", "Windows-1252, declared by its number only", code_page(plain, 1252, None))
    write("sav_cp1252_name.sav", "Windows-1252, declared by its name only", code_page(plain, 2, "windows-1252"))
    write("sav_cp1252_undeclared.sav", "Windows-1252 without a declaration (code 2, no name)", code_page(plain, 2, None))
    write("sav_cp1252_as_utf8.sav", "declared UTF-8, with bytes of Windows-1252", code_page(plain, 65001, "UTF-8"), "encoding=windows-1252")
    write("sav_utf8_undeclared.sav", "UTF-8 without a declaration (code 2, no name)", code_page(_unpacked(folder), 2, None))


def _unpacked(folder):
    return open(f"{folder}/sav_pspp_plain.sav", "rb").read()
