"""Delimited text: written by pandas, polars, DuckDB, LibreOffice, Gnumeric and PSPP, and in the shapes of survey platforms."""

import codecs
import gzip
import os
import subprocess

import duckdb
import pandas
import polars
import zstandard

from values import BORN, FILLED, ID, LABELS, NORWEGIAN, NOTE, Q1, Q2, SAMI, SCORE, made

SEMICOLON = "delimiter=;"
WINDOWS = "encoding=windows-1252"


def make(folder):
    _pandas(folder)
    _others(folder)
    _office(folder)
    _platforms(folder)
    _changed(folder)


def _table(places=SAMI):
    return pandas.DataFrame({
        "id": ID, "q1": pandas.array(Q1, dtype="Int64"), "score": SCORE, "sted": places, "born": BORN,
        "filled": [moment and moment.strftime("%d.%m.%Y %H:%M") for moment in FILLED], "note": NOTE,
    })


def _pandas(folder):
    def write(name, special, places, *options, **how):
        made(name, "pandas", special, *options)
        _table(places).to_csv(f"{folder}/{name}", index=False, **how)

    plain = {"lineterminator": "\n"}
    comma = {"sep": ";", "decimal": ",", "lineterminator": "\r\n"}
    write("csv_pandas.csv", "UTF-8, comma", SAMI, **plain)
    write("csv_pandas_bom.csv", "UTF-8 with byte order mark, semicolon, decimal comma, CRLF", SAMI, SEMICOLON, encoding="utf-8-sig", **comma)
    write("csv_pandas_1252.csv", "Windows-1252, semicolon, decimal comma, CRLF", NORWEGIAN, SEMICOLON, WINDOWS, encoding="cp1252", **comma)
    latin = [text.replace("€", "E").replace("Š", "S").replace("–", "-") for text in NORWEGIAN]
    write("csv_pandas_latin1.csv", "ISO-8859-1", latin, SEMICOLON, "encoding=iso-8859-1", encoding="latin-1", **comma)
    write("csv_pandas_utf16.csv", "UTF-16, least significant byte first, with byte order mark, tab", SAMI, "delimiter=tab", encoding="utf-16", sep="\t", lineterminator="\r\n")
    write("csv_pandas_cr.csv", "lines ended by CR alone, as on old Mac computers", SAMI, sep=",", lineterminator="\r")
    write("csv_pandas_quoted.csv", "every cell in quotes", SAMI, SEMICOLON, quoting=1, sep=";", lineterminator="\r\n")
    write("csv_pandas.csv.gz", "gzip", SAMI, compression={"method": "gzip", "mtime": 1}, **plain)
    write("csv_pandas.csv.zst", "Zstandard", SAMI, SEMICOLON, compression="zstd", **comma)
    write("csv_pandas_pipe.csv", "separated by |", SAMI, "delimiter=|", sep="|", **plain)


def _others(folder):
    frame = polars.DataFrame({"id": ID, "q1": Q1, "score": SCORE, "sted": SAMI, "born": BORN, "filled": FILLED, "note": NOTE})
    made("csv_polars.csv", "polars", "UTF-8, comma, ISO dates")
    frame.write_csv(f"{folder}/csv_polars.csv")
    made("csv_polars_bom.csv", "polars", "UTF-8 with byte order mark, semicolon, CRLF", SEMICOLON)
    frame.write_csv(f"{folder}/csv_polars_bom.csv", include_bom=True, separator=";", line_terminator="\r\n", decimal_comma=True)
    with duckdb.connect() as base:
        base.register("svar", frame.to_arrow())
        for name, special, options, how in [
            ("csv_duckdb.csv", "UTF-8, comma", [], "FORMAT csv, HEADER"),
            ("csv_duckdb_quoted.csv", "every text in quotes, semicolon", [SEMICOLON], "FORMAT csv, HEADER, DELIMITER ';', FORCE_QUOTE (sted, note)"),
            ("csv_duckdb.csv.gz", "gzip, written in parallel", [], "FORMAT csv, HEADER, COMPRESSION gzip"),
            ("csv_duckdb.csv.zst", "Zstandard", [], "FORMAT csv, HEADER, COMPRESSION zstd"),
        ]:
            made(name, "DuckDB", special, *options)
            base.execute(f"COPY (SELECT * FROM svar ORDER BY id) TO '{folder}/{name}' ({how})")


def _office(folder):
    away = f"{folder}/away"
    for name, special, options, token in [
        ("csv_libreoffice.csv", "UTF-8, comma, as shown in the cells", [], "44,34,76,1"),
        ("csv_libreoffice_1252.csv", "Windows-1252, semicolon, a title and a blank line above the heading", [SEMICOLON, WINDOWS, "heading=3", "skip=1"], "59,34,1,1"),
        ("csv_libreoffice_utf16.csv", "UTF-16 with byte order mark, tab", ["delimiter=tab"], "9,34,65535,1"),
    ]:
        made(name, "LibreOffice", special, *options)
        source = "xlsx_xlsxwriter" if "1252" not in name else "xlsx_openpyxl_question"
        subprocess.run(["soffice", "--headless", "--convert-to", f"csv:Text - txt - csv (StarCalc):{token}", "--outdir", away, f"{folder}/{source}.xlsx"], check=True, capture_output=True)
        os.replace(f"{away}/{source}.csv", f"{folder}/{name}")
    made("csv_gnumeric.csv", "Gnumeric", "UTF-8, comma")
    subprocess.run(["ssconvert", "--export-type=Gnumeric_stf:stf_csv", f"{folder}/xlsx_xlsxwriter.xlsx", f"{folder}/csv_gnumeric.csv"], check=True, capture_output=True)
    made("csv_pspp.csv", "PSPP", "SAVE TRANSLATE: comma, names, values")
    with open(f"{folder}/run.sps", "w") as file:
        file.write("GET FILE='sav_pspp.sav'.\nSAVE TRANSLATE /OUTFILE='csv_pspp.csv' /TYPE=CSV /FIELDNAMES /REPLACE.\n")
    subprocess.run(["pspp", "-o", "/dev/null", "run.sps"], cwd=folder, check=True, capture_output=True)
    os.remove(f"{folder}/run.sps")


def _platforms(folder):
    """In the shape of a platform's export: its separator, headings, marks and letters, as its documentation gives them."""
    def write(name, special, text, letters, *options, remark=""):
        made(name, "shape of " + {"redcap": "REDCap", "nettskjema": "Nettskjema", "surveyxact": "SurveyXact", "qualtrics": "Qualtrics", "sosci": "SoSci Survey", "limesurvey": "LimeSurvey"}[name.split("_")[1].split(".")[0]], special, *options, remark=remark)
        with open(f"{folder}/{name}", "wb") as file:
            file.write(text.encode(letters))

    show = lambda value: "" if value is None else str(value)
    quoted = lambda cells, by: by.join('"' + show(cell).replace('"', '""') + '"' for cell in cells)
    lines = ["record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,redcap_survey_identifier,q1,hjelp___1,hjelp___2,hjelp____98,tekst,skjema_complete"]
    for i in range(12):
        lines.append(f'{ID[i]},baseline_arm_1,,,,{show(Q1[i])},{i % 2},{i % 3 // 2},0,"{NOTE[i].replace(chr(34), chr(34) * 2)}",2')
        lines.append(f'{ID[i]},oppfolging_arm_1,,,,,0,0,0,,0')
    write("csv_redcap.csv", "raw: events, unticked boxes 0, forms never opened", "\n".join(lines) + "\n", "utf-8")
    lines = ['"Record ID","Event Name","Hvor ofte føler du deg ensom?","Hva slags hjelp? (choice=Råd, veiledning)","Complete?"']
    for i in range(6):
        lines.append(quoted([ID[i], "Baseline", ["Aldri", "Sjelden", "Av og til", "", "Ofte", "Alltid"][i], ["Checked", "Unchecked"][i % 2], "Complete"], ","))
    write("csv_redcap_labels.csv", "labels, question texts as headings with commas and quotes", "\n".join(lines) + "\n", "utf-8-sig")
    heading = ["$submission_id", "$created", "Hvor ofte føler du deg ensom?", "Hva er viktig for deg?", "Kommune", "$answer_time_ms"]
    lines = [quoted(heading, ";")] + [quoted([3000000 + i, FILLED[i].strftime("%d.%m.%Y %H:%M:%S") if FILLED[i] else "", Q1[i], NOTE[i], SAMI[i], 40000 + i], ";") for i in range(12)]
    write("csv_nettskjema.csv", "semicolon, byte order mark, every cell in quotes", "\r\n".join(lines) + "\r\n", "utf-8-sig", SEMICOLON)
    lines = [";".join(["respondentid", "organisationid", "s_1", "s_2", "statoverall_4", "sted"])]
    lines.append(";".join(['"Respondent"', '"Organisasjon"', '"Hvor ofte føler du deg ensom?"', '"Hvor ofte sover du dårlig?"', '"Gjennomført"', '"Bosted"']))
    lines += [";".join([str(88000 + i), "17", show(Q1[i]), show(Q2[i]), str(i % 2), f'"{NORWEGIAN[i]}"']) for i in range(12)]
    write("csv_surveyxact.csv", "Windows-1252, semicolon, question texts below the heading", "\r\n".join(lines) + "\r\n", "cp1252", SEMICOLON, WINDOWS, "skip=1")
    lines = [";".join(["respondentid", "s_1", "sted"])] + [";".join([str(88000 + i), show(Q1[i]), f'"{SAMI[i]}"']) for i in range(12)]
    write("csv_surveyxact_utf16.csv", "UTF-16 with byte order mark, semicolon", "\r\n".join(lines) + "\r\n", "utf-16", SEMICOLON)
    lines = ["StartDate,EndDate,Status,Progress,ResponseId,Q1,Q2_TEXT", '"Start Date","End Date","Response Type","Progress","Response ID","Hvor ofte føler du deg\n""ensom""?","Utdyp, gjerne kort"']
    lines.append(",".join('"{""ImportId"":""' + name + '""}"' for name in ["startDate", "endDate", "status", "progress", "_recordId", "QID1", "QID2_TEXT"]))
    for i in range(12):
        moment = FILLED[i].strftime("%Y-%m-%d %H:%M:%S") if FILLED[i] else ""
        lines.append(f'{moment},{moment},0,100,R_{ID[i]}aB{i},{show(Q1[i])},"{NOTE[i].replace(chr(34), chr(34) * 2)}"')
    write("csv_qualtrics.csv", "question texts (with a line break) and ImportId below the heading", "\n".join(lines) + "\n", "utf-8-sig", "skip=2")
    lines = [quoted(["CASE", "SERIAL", "REF", "QUESTNNR", "MODE", "STARTED", "EN01", "EN01_TX"], "\t"), quoted(["Interview-Nummer (fortlaufend)", "Personenkennung", "Referenz", "Fragebogen", "Interview-Modus", "Zeitpunkt zu dem das Interview begonnen hat", "Einsamkeit", "Freitext: æøå"], "\t")]
    lines += ["\t".join([str(i + 1), '""', '""', '"base"', '"interview"', FILLED[i].strftime("%Y-%m-%d %H:%M:%S") if FILLED[i] else "", show(-9 if Q1[i] == 99 else Q1[i]), f'"{NORWEGIAN[i]}"']) for i in range(12)]
    write("csv_sosci.csv", "UTF-16, tab, labels below the heading, −9 for not answered", "\r\n".join(lines) + "\r\n", "utf-16", "delimiter=tab", "skip=1")
    lines = [quoted(["id", "submitdate", "lastpage", "startlanguage", "q1[SQ001]", "q1[SQ002]", "q2[other]"], ",")]
    lines += [quoted([i + 1, "1980-01-01 00:00:00" if i % 3 else "", 4, "nb", "A" + show(Q1[i]) if Q1[i] else "", "Y" if i % 2 else "N", NOTE[i]], ",") for i in range(12)]
    write("csv_limesurvey.csv", "answer codes, headings with brackets", "\r\n".join(lines) + "\r\n", "utf-8-sig")


def _changed(folder):
    read = lambda name: open(f"{folder}/{name}", "rb").read()

    def write(name, software, special, data, *options):
        made(name, software, special, *options)
        open(f"{folder}/{name}", "wb").write(data)

    write("csv_sep.csv", "pandas, a line put before it", "a first line sep=; as Excel asks for", b"sep=;\r\n" + read("csv_pandas_quoted.csv"), SEMICOLON)
    write("csv_bom_sep.csv", "pandas, a line put before it", "byte order mark, then sep=;", codecs.BOM_UTF8 + b"sep=;\r\n" + read("csv_pandas_quoted.csv"), SEMICOLON)
    text = read("csv_pandas_utf16.csv").decode("utf-16")
    write("csv_utf16be.csv", "pandas, bytes changed", "UTF-16, most significant byte first, with byte order mark, tab", codecs.BOM_UTF16_BE + text.encode("utf-16-be"), "delimiter=tab")
    plain = read("csv_pandas.csv")
    cut = len(plain) // 2
    write("csv_members.csv.gz", "pandas, compressed in two parts", "gzip of two members, as by bgzip or cat", gzip.compress(plain[:cut], mtime=1) + gzip.compress(plain[cut:], mtime=1))
    write("csv_frames.csv.zst", "pandas, compressed in two parts", "Zstandard of two frames", zstandard.compress(plain[:cut]) + zstandard.compress(plain[cut:]))
    write("csv_no_end.csv", "pandas, last line break cut", "no line break at the end", plain.rstrip(b"\n"))
