"""Reads every file back with software that is not ours, holds the readers against each other, and writes what is right
and the table of the files.

python expected.py LISTED VERSIONS FILES DUMPS EXPECTED TABLE: LISTED is what make.py wrote, VERSIONS has a program and
its version a line, DUMPS is what read.R and LibreOffice made of the files.
"""

import datetime as dt
import json
import sys
import warnings

import back_columnar
import back_grid
import back_survey
import canonical
from canonical import Table, described, differences, lines
from differ import CELLS, HELD, KNOWN, UNREADABLE
from values import File

warnings.filterwarnings("ignore")

# Files whose letters must be told to pyreadstat.
LETTERS = {
    "sav_cp1252_undeclared.sav": "windows-1252", "sav_utf8_undeclared.sav": "utf-8", "sav_cp1252_code.sav": "windows-1252",
    "sav_cp1252_as_utf8.sav": "windows-1252",
    "dta_118_cp1252.dta": "windows-1252", "dta_114_cp1252.dta": "windows-1252",
}
FORMATS = {
    "sav": "SPSS", "zsav": "SPSS, compressed", "dta": "Stata", "xlsx": "Excel", "xls": "Excel 97–2003", "ods": "OpenDocument",
    "parquet": "Parquet", "csv": "text", "tsv": "text",
}


def ending(name):
    return name.removesuffix(".gz").removesuffix(".zst").rsplit(".", 1)[1]


def readers(file, folder, dumps):
    """The name of each reader with what reads the file; the first is the one that is held to."""
    path, options = f"{folder}/{file.name}", back_grid.options_of(file)
    dump, letters = f"{dumps}/{file.name}", LETTERS.get(file.name)
    grid = lambda read, path=path: back_grid.table(*_pair(read(path, options), options))
    kind = ending(file.name)
    if kind in ("sav", "zsav"):
        pyreadstat = lambda: back_survey.pyreadstat_sav(path, letters)
        return {"pyreadstat": pyreadstat, "haven": lambda: back_survey.haven(f"{dump}.haven.json"), "PSPP": lambda: back_survey.pspp(path, pyreadstat())}
    if kind == "dta":
        reading = {"pyreadstat": lambda: back_survey.pyreadstat_dta(path, letters), "haven": lambda: back_survey.haven(f"{dump}.haven.json"), "pandas": lambda: back_survey.pandas_dta(path)}
        return {name: lambda read=read: back_survey.cut(path, read()) for name, read in reading.items()}
    if kind in ("xlsx", "xls"):
        name, first = ("openpyxl", back_grid.openpyxl_grid) if kind == "xlsx" else ("xlrd", back_grid.xlrd_grid)
        # readxl tells nothing of merged cells.
        readxl = lambda: back_grid.table(back_grid.readxl_grid(f"{dump}.readxl.json", options), options, first(path, options)[1])
        return {name: lambda: grid(first), "readxl": readxl}
    if kind == "ods":
        return {"odfpy": lambda: grid(back_grid.odf_grid), "LibreOffice": lambda: grid(back_grid.openpyxl_grid, f"{dump}.xlsx")}
    if kind == "parquet":
        return {"pyarrow": lambda: back_columnar.pyarrow_table(path), "DuckDB": lambda: back_columnar.duckdb_table(path), "polars": lambda: back_columnar.polars_table(path)}
    return {"Python's csv": lambda: back_grid.table(back_grid.csv_grid(path, options), options), "pandas": lambda: back_grid.table(back_grid.pandas_csv(path, options), options)}


def _pair(found, options):
    return found[0], options, found[1]


def alike(first, other, name):
    """Two readings without what the other reader never tells."""
    if name == "PSPP":
        for one, two in zip(first.columns, other.columns):
            two.label, two.labels, two.missing, two.ranges = one.label, one.labels, one.missing, one.ranges
    if name not in ("readxl", "LibreOffice"):
        return first, other

    def plain(cell):
        """Errors are nothing; days are moments; times are moments after the last day of 1899 or the first of 1904."""
        if cell.startswith("E:"):
            return ""
        if cell.startswith("T:"):
            return canonical.moment(dt.datetime(1899, 12, 31) + dt.timedelta(seconds=int(cell[2:])))
        return cell.replace("D:", "M:") + "T00:00:00" if cell.startswith("D:") else cell.replace("M:1904-01-01T", "M:1899-12-31T")

    return [Table(table.columns, [[plain(cell) for cell in row] for row in table.rows]) for table in (first, other)]


def read_back(file, folder, dumps, faults):
    """What is right, and who says so."""
    read = {}
    for name, reader in readers(file, folder, dumps).items():
        try:
            read[name] = reader()
            if name in UNREADABLE.get(file.name, {}):
                faults.append(f"{file.name}: {name} can read it, against what is written of it")
        except Exception as error:
            read[name] = None
            if name not in UNREADABLE.get(file.name, {}):
                faults.append(f"{file.name}: {name} cannot read it: {type(error).__name__} {str(error)[:150]}")
    held = HELD.get(file.name, next(iter(read)))
    if read[held] is None:
        return None, []
    agree = [held]
    for name, table in read.items():
        if name == held or table is None:
            continue
        found = differences(*alike(read[held], table, name))
        known = name in KNOWN.get(file.name, {})
        if not found:
            agree.append(name)
        if bool(found) != known:
            faults.append("\n    ".join([f"{file.name}: {held} / {name}: {len(found)} differences" + ", known" * known, *found[:6]]))
    table = read[held]
    for (record, column), cell in CELLS.get(file.name, {}).items():
        at = next(i for i, one in enumerate(table.columns) if one.name == column)
        table.rows[record - 1][at] = cell
    return table, agree


def main(listed, versions, folder, dumps, target, table_file):
    files = [File(**one) for one in json.load(open(listed, encoding="utf-8"))]
    versions = dict(line.rstrip("\n").split("\t") for line in open(versions, encoding="utf-8"))
    files.sort(key=lambda file: (list(FORMATS).index(ending(file.name)), file.name))
    faults, rows = [], []
    for file in files:
        table, agree = read_back(file, folder, dumps, faults)
        if table is None:
            continue
        with open(f"{target}/{file.name}.csv", "w", encoding="utf-8", newline="\n") as out:
            out.writelines(line + "\n" for line in lines(table))
        if ending(file.name) in ("sav", "zsav", "dta"):
            with open(f"{target}/{file.name}.columns.json", "w", encoding="utf-8", newline="\n") as out:
                out.write(described(table) + "\n")
        software = file.software.split(",")[0]
        software = file.software.replace(software, f"{software} {versions[software]}".strip(), 1) if software in versions else file.software
        remarks = [file.remark] if file.remark else []
        remarks += [f"{name}: {why}" for name, why in {**KNOWN.get(file.name, {}), **UNREADABLE.get(file.name, {})}.items()]
        options = " ".join("`" + option.replace("|", "\\|") + "`" for option in file.options)
        rows.append([file.name, FORMATS[ending(file.name)], software, file.special, options, ", ".join(agree), "; ".join(remarks)])
    with open(table_file, "w", encoding="utf-8", newline="\n") as out:
        out.write(HEAD.format(count=len(rows), readers="\n".join(f"- {name} {version}" for name, version in versions.items() if name in READERS)))
        for row in rows:
            out.write("| " + " | ".join(cell.replace("|", "\\|") if i != 4 else cell for i, cell in enumerate(row)) + " |\n")
    if faults:
        raise SystemExit("\n".join(faults))


READERS = ["pyreadstat", "haven", "PSPP", "pandas", "openpyxl", "readxl", "xlrd", "odfpy", "LibreOffice", "pyarrow", "DuckDB", "polars", "Python's csv"]
HEAD = """# Files written by other software

`make.sh` writes these {count} files, this table, and in `expected/` what independent readers read from each: the cells
in one form (`<file>.csv`), and for SPSS and Stata the labels, value labels and missing codes (`<file>.columns.json`).
`tests/library/read_files.rs` holds our reading to them. All values are made up.

A file stands here only if every reader named as reading it alike does so, cell by cell; the first named is the one that
is written down. The last column tells which other readers read it otherwise, and why they are not followed. What a
reader never tells is not asked of it: readxl and LibreOffice know no error cells, and give days as moments; PSPP
converts cells, not what is declared of them.

Readers:

{readers}

| File | Format | Written by | What is special | Options | Read alike by | Readers that differ |
| --- | --- | --- | --- | --- | --- | --- |
"""

if __name__ == "__main__":
    main(*sys.argv[1:])
