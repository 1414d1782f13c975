"""Parquet files as pyarrow, DuckDB and polars read them."""

import datetime as dt
import decimal

import duckdb
import polars
import pyarrow.parquet

import canonical
from canonical import Column, Table


def cell(value, day=False):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, dt.datetime):
        return canonical.moment(value)
    if isinstance(value, dt.date):
        return canonical.day(value)
    if isinstance(value, (dt.time, dt.timedelta)):
        return canonical.span(value)
    if isinstance(value, (int, float, decimal.Decimal)):
        return canonical.number(value)
    return canonical.text(value)


def pyarrow_table(path):
    table = pyarrow.parquet.read_table(path, coerce_int96_timestamp_unit="us")
    columns = []
    for field, column in zip(table.schema, table.columns):
        if pyarrow.types.is_timestamp(field.type) and field.type.unit == "ns":
            column = column.cast(pyarrow.timestamp("us", field.type.tz))
        columns.append([cell(value) for value in column.to_pylist()])
    return Table([Column(name) for name in table.column_names], [list(row) for row in zip(*columns)])


def duckdb_table(path):
    with duckdb.connect() as base:
        base.execute("SET TimeZone = 'UTC'")
        found = base.execute(f"SELECT * FROM read_parquet('{path}')")
        names = [one[0] for one in found.description]
        rows = [[cell(value) for value in row] for row in found.fetchall()]
    return Table([Column(name) for name in names], rows)


def polars_table(path):
    frame = polars.read_parquet(path, use_pyarrow=False)
    rows = [[cell(value) for value in row] for row in frame.rows()]
    return Table([Column(name) for name in frame.columns], rows)
