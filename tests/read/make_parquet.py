"""Writes the Parquet files of tests/library/read_parquet.rs, with made-up values. Run here.

Made with pandas 3.1.1, pyarrow 26.0.1, polars 2.1.0, duckdb 2.0.1 and fastparquet 2026.9.0.
"""

import datetime
import decimal

import duckdb
import fastparquet
import numpy
import pandas
import polars
import pyarrow
import pyarrow.parquet

people = pandas.DataFrame(
    {
        "id": ["blåbær", "b2 ", None, ""],
        "item": pandas.array([1, 2, None, -7], dtype="Int8"),
        "score": [0.1, numpy.nan, -2.5, 1e300],
        "small": numpy.array([0.1, 1.5, 2.5, -3.0], dtype="float32"),
        "yes": pandas.array([True, False, None, True], dtype="boolean"),
        "moment": pandas.to_datetime(["1950-06-15 12:00:01", "2024-02-29 23:59:59.5", None, "1970-01-01"], format="mixed"),
        "kind": pandas.Categorical(["low", "high", None, "low"], categories=["low", "high"], ordered=True),
        "number_kind": pandas.Categorical([3, 5, None, 3]),
    }
)
for compression in ("snappy", "gzip", "brotli", "lz4", "zstd", None):
    people.to_parquet(f"parquet/pandas_{compression or 'plain'}.parquet", compression=compression)
people.set_index("id").to_parquet("parquet/pandas_index.parquet")
fastparquet.write("parquet/fastparquet.parquet", people.drop(columns=["number_kind"]), compression="GZIP")
polars.DataFrame(
    {"id": ["blåbær", None], "score": [float("nan"), 1.5], "born": [datetime.date(1950, 6, 15), None],
     "kind": polars.Series(["low", None], dtype=polars.Categorical), "took": [datetime.timedelta(seconds=90), None]}
).write_parquet("parquet/polars.parquet")
duckdb.sql(
    """copy (select * from (values
         ('blåbær', 1::tinyint, 12.34::decimal(5,2), date '1950-06-15', timestamp '2024-02-29 13:45:10',
          time '13:45:10', '00112233-4455-6677-8899-aabbccddeeff'::uuid, 9007199254740993::bigint, true,
          timestamptz '2024-02-29 13:45:10+01'),
         (null, null, null, null, null, null, null, 5::bigint, null, null))
       t(id, item, money, born, seen, hour, code, person, yes, zoned))
       to 'parquet/duckdb.parquet' (format parquet)"""
)

types = pyarrow.table(
    {
        "i8": pyarrow.array([-128, None], pyarrow.int8()),
        "u8": pyarrow.array([255, None], pyarrow.uint8()),
        "i16": pyarrow.array([-32768, None], pyarrow.int16()),
        "u16": pyarrow.array([65535, None], pyarrow.uint16()),
        "i32": pyarrow.array([-(2**31), None], pyarrow.int32()),
        "u32": pyarrow.array([2**32 - 1, None], pyarrow.uint32()),
        "i64": pyarrow.array([2**53, None], pyarrow.int64()),
        "u64": pyarrow.array([2**64 - 1, None], pyarrow.uint64()),
        "f16": pyarrow.array([numpy.float16(1.5), None], pyarrow.float16()),
        "money": pyarrow.array([decimal.Decimal("-123456789012345678.99"), None], pyarrow.decimal128(20, 2)),
        "huge": pyarrow.array([decimal.Decimal("12345678901234567890"), None], pyarrow.decimal128(20, 0)),
        "wide": pyarrow.array([decimal.Decimal("1.25"), None], pyarrow.decimal256(60, 2)),
        "large": pyarrow.array(["lang ", None], pyarrow.large_string()),
        "view": pyarrow.array(["a text longer than twelve bytes", None], pyarrow.string_view()),
        "bytes": pyarrow.array([b"\xe5", None], pyarrow.binary()),
        "fixed": pyarrow.array([b"ab  ", None], pyarrow.binary(4)),
        "d32": pyarrow.array([datetime.date(1, 1, 1), None], pyarrow.date32()),
        "d64": pyarrow.array([datetime.date(9999, 12, 31), None], pyarrow.date64()),
        "never": pyarrow.array([2**31 - 1, None], pyarrow.date32()),
        "t32": pyarrow.array([datetime.time(13, 45, 10), None], pyarrow.time32("ms")),
        "t64": pyarrow.array([datetime.time(13, 45, 10, 999), None], pyarrow.time64("us")),
        "ts_s": pyarrow.array([-1, None], pyarrow.timestamp("s")),
        "ts_ms": pyarrow.array([-1, None], pyarrow.timestamp("ms")),
        "ts_ns": pyarrow.array([-1, None], pyarrow.timestamp("ns")),
        "oslo": pyarrow.array([1709210710000, None], pyarrow.timestamp("ms", "Europe/Oslo")),
        "span": pyarrow.array([90500, None], pyarrow.duration("ms")),
        "nothing": pyarrow.array([None, None], pyarrow.null()),
        "word": pyarrow.array(["x", None]).dictionary_encode(),
        "list": pyarrow.array([[1, 2], None], pyarrow.list_(pyarrow.int8())),
        "record": pyarrow.array([{"a": 1}, None], pyarrow.struct([("a", pyarrow.int8())])),
    }
)
pyarrow.parquet.write_table(types, "parquet/types.parquet")

old = pyarrow.table(
    {"moment": pyarrow.array(
        [datetime.datetime(1600, 1, 1), datetime.datetime(9999, 12, 31, 23, 59, 59), None,
         datetime.datetime(1969, 12, 31, 23, 59, 59)], pyarrow.timestamp("us"))}
)
for store in (True, False):
    pyarrow.parquet.write_table(
        old, f"parquet/int96_{'schema' if store else 'bare'}.parquet", use_deprecated_int96_timestamps=True,
        store_schema=store, version="1.0",
    )

# Several row groups and pages, and as many records as need two batches.
many = pyarrow.table({"n": pyarrow.array(range(20_000), pyarrow.int32()), "even": [n % 2 == 0 for n in range(20_000)]})
pyarrow.parquet.write_table(many, "parquet/many.parquet", row_group_size=3_000, compression="zstd", use_dictionary=False)
pyarrow.parquet.write_table(types.select(["list", "record"]), "parquet/nested_only.parquet")
pyarrow.parquet.write_table(many.slice(0, 0), "parquet/empty.parquet")

# One long text in many records: small in the file, large as records.
once = pyarrow.array(["x" * 20_000])
often = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 4_000, pyarrow.int32()), once)
pyarrow.parquet.write_table(pyarrow.table({"text": often}), "parquet/long_text.parquet", compression="zstd")
