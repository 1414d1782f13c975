"""Parquet files: written by pandas, pyarrow, fastparquet, polars and DuckDB, with every compression."""

import datetime as dt
import decimal

import duckdb
import fastparquet
import pandas
import polars
import pyarrow
import pyarrow.parquet

from values import BORN, CLOCK, FILLED, FREQUENCY, ID, NOTE, Q1, SAMI, SCORE, made


def make(folder):
    _pandas(folder)
    _arrow(folder)
    _others(folder)


def _pandas(folder):
    table = pandas.DataFrame({
        "id": ID, "q1": pandas.array(Q1, dtype="Int64"), "score": SCORE, "sted": SAMI, "born": BORN,
        "filled": [pandas.NaT if moment is None else pandas.Timestamp(moment) for moment in FILLED], "note": NOTE,
    })
    for codec in ["snappy", "gzip", "lz4", "brotli", "zstd", None]:
        name = f"parquet_pandas_{codec or 'plain'}.parquet"
        made(name, "pandas", f"compression {codec or 'none'}")
        table.to_parquet(f"{folder}/{name}", compression=codec, index=False)
    made("parquet_pandas_category.parquet", "pandas", "categories, truth values, an index as a column of its own")
    odd = table[["id", "q1"]].assign(svar=pandas.Categorical([FREQUENCY.get(code) for code in Q1], list(FREQUENCY.values()), ordered=True), ja=[code is not None and code > 2 for code in Q1])
    odd.set_index("id").to_parquet(f"{folder}/parquet_pandas_category.parquet")
    made("parquet_fastparquet.parquet", "fastparquet", "another writer, moments as 64-bit integers")
    fastparquet.write(f"{folder}/parquet_fastparquet.parquet", table.drop(columns=["born"]).assign(q1=[float("nan") if code is None else code for code in Q1], sted=SAMI, score=[float("nan") if value is None else value for value in SCORE]))
    made("parquet_fastparquet_int96.parquet", "fastparquet", "moments of 96 bits, as Spark and Impala")
    fastparquet.write(f"{folder}/parquet_fastparquet_int96.parquet", table[["id", "filled"]], times="int96")


def _arrow(folder):
    write = lambda table, name, **how: pyarrow.parquet.write_table(table, f"{folder}/{name}", **how)
    whole = list(range(12))
    made("parquet_pyarrow_types.parquet", "pyarrow", "integers of all sizes, floats of two, decimals, large texts, dictionaries, truth values, an all-null column")
    types = {f"{kind}": pyarrow.array([None] + whole[1:], getattr(pyarrow, kind)()) for kind in ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]}
    types |= {
        "f32": pyarrow.array(SCORE, pyarrow.float32()), "f64": pyarrow.array(SCORE, pyarrow.float64()),
        "decimal": pyarrow.array([None if i == 3 else decimal.Decimal(i * 125 - 400) / 100 for i in whole], pyarrow.decimal128(9, 2)),
        "bool": pyarrow.array([None, True, False] * 4), "large": pyarrow.array(SAMI, pyarrow.large_string()),
        "dictionary": pyarrow.array(["m", "k", None] * 4).dictionary_encode(), "null": pyarrow.nulls(12),
    }
    write(pyarrow.table(types), "parquet_pyarrow_types.parquet")
    made("parquet_pyarrow_dates.parquet", "pyarrow", "days of 32 and 64 bits, moments in s, ms, µs and ns, with and without a time zone, times", remark="a moment with a time zone is given in UTC, as all readers store it")
    noon = [day and dt.datetime(day.year, day.month, day.day, 12) for day in BORN]
    dates = {"d32": pyarrow.array(BORN, pyarrow.date32()), "d64": pyarrow.array(BORN, pyarrow.date64())}
    dates |= {unit: pyarrow.array(FILLED, pyarrow.timestamp(unit)) for unit in ["s", "ms", "us", "ns"]}
    dates |= {"utc": pyarrow.array(noon, pyarrow.timestamp("us", "UTC")), "oslo": pyarrow.array(noon, pyarrow.timestamp("ms", "Europe/Oslo")),
              "t32": pyarrow.array(CLOCK, pyarrow.time32("ms")), "t64": pyarrow.array(CLOCK, pyarrow.time64("us"))}
    write(pyarrow.table(dates), "parquet_pyarrow_dates.parquet")
    old = [dt.datetime(1600, 1, 1), dt.datetime(9999, 12, 31), dt.datetime(1931, 5, 17, 4, 15), None]
    made("parquet_pyarrow_int96.parquet", "pyarrow", "moments of 96 bits, years 1600 and 9999")
    write(pyarrow.table({"id": [1, 2, 3, 4], "filled": pyarrow.array(old, pyarrow.timestamp("us"))}), "parquet_pyarrow_int96.parquet", use_deprecated_int96_timestamps=True)
    plain = pyarrow.table({"id": ID, "q1": Q1, "sted": SAMI, "note": NOTE, "born": BORN})
    made("parquet_pyarrow_v1.parquet", "pyarrow", "format 1.0, no dictionaries, no statistics")
    write(plain, "parquet_pyarrow_v1.parquet", version="1.0", use_dictionary=False, write_statistics=False)
    made("parquet_pyarrow_v2.parquet", "pyarrow", "data pages of version 2, delta and byte-stream encodings, groups of five rows")
    write(plain, "parquet_pyarrow_v2.parquet", version="2.6", data_page_version="2.0", row_group_size=5, use_dictionary=False, column_encoding={"id": "DELTA_BINARY_PACKED", "note": "DELTA_BYTE_ARRAY", "sted": "DELTA_LENGTH_BYTE_ARRAY"})
    made("parquet_pyarrow_empty.parquet", "pyarrow", "no record")
    write(plain.slice(0, 0), "parquet_pyarrow_empty.parquet")


def _others(folder):
    frame = polars.DataFrame({"id": ID, "q1": Q1, "score": SCORE, "sted": SAMI, "born": BORN, "filled": FILLED, "clock": CLOCK, "note": NOTE}).with_columns(
        svar=polars.Series([FREQUENCY.get(code) for code in Q1], dtype=polars.Enum(list(FREQUENCY.values()))), kategori=polars.Series(["a", "b", None] * 4, dtype=polars.Categorical)
    )
    for codec in ["zstd", "snappy"]:
        made(f"parquet_polars_{codec}.parquet", "polars", f"compression {codec}, enumeration, category, time")
        frame.write_parquet(f"{folder}/parquet_polars_{codec}.parquet", compression=codec)
    with duckdb.connect() as base:
        base.register("svar", frame.drop("svar", "kategori").to_arrow())
        for name, special, how in [
            ("parquet_duckdb.parquet", "enumeration, small integers, 128-bit integer, decimal, time", "COMPRESSION snappy"),
            ("parquet_duckdb_v2.parquet", "format version 2, Zstandard", "COMPRESSION zstd, PARQUET_VERSION v2"),
        ]:
            made(name, "DuckDB", special)
            base.execute(f"""COPY (SELECT *, q1::TINYINT AS liten, q1::HUGEINT AS stor, (q1 / 4)::DECIMAL(9, 3) AS tall, q1 > 2 AS ja,
                (CASE WHEN q1 < 3 THEN 'Lav' WHEN q1 < 90 THEN 'Høy' END)::ENUM('Lav', 'Høy') AS nivå
                FROM svar ORDER BY id) TO '{folder}/{name}' (FORMAT parquet, {how})""")
