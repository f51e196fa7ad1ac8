#!/bin/sh
# A lake of costs to which each day is appended. The first day's costs happen to be whole dollars, so its table has a column of
# integers, as pandas, Polars and pyarrow infer; the next day has $1.50. One would expect a table format, which is there to guard
# the schema, to refuse the other type, or to widen its column.
#   - delta-rs 1.6.6 cuts to whole dollars, without an error or a warning: write_deltalake(mode="append"), also with
#     schema_mode="merge", merge(…).when_not_matched_insert_all(), and Polars 2.1.0 with write_delta, which uses it. Decimals are
#     cut as well. Into a column of DECIMAL(12, 2), floats are rounded to cents: what cost $0.004 is free.
#   - It does refuse decimals of another scale, as it could here: "Cannot cast field usd from Decimal128(19, 9)".
#   - Lance 14.0.2 and PyIceberg 0.12.0 refuse the append.
# Create the table with the type that costs need, DECIMAL(19, 9), before the first day arrives.
# Seen: "$1.50 after whole dollars: append 1, schema_mode merge 1, decimal 1, merge 1, Polars 1; $0.004 into cents 0.00; Lance
# OSError, PyIceberg ValueError".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  deltalake==1.6.6 polars==2.1.0 pyarrow==26.0.1 pylance==14.0.2 "pyiceberg[sql-sqlite]==0.12.0"
cd "$folder"
venv/bin/python - 2>log <<'PYTHON' || { tail -5 log; exit 1; }
import contextlib
import decimal
import itertools
import os

import deltalake
import lance
import polars
import pyarrow
from pyiceberg.catalog.sql import SqlCatalog

numbers = itertools.count()
first = pyarrow.table({"day": ["1"], "usd": pyarrow.array([3])})
second = pyarrow.table({"day": ["2"], "usd": pyarrow.array([1.5])})
exact = pyarrow.table({"day": ["2"], "usd": pyarrow.array([decimal.Decimal("1.50")], pyarrow.decimal128(12, 2))})
cents = pyarrow.table({"day": ["1"], "usd": pyarrow.array([decimal.Decimal("3.00")], pyarrow.decimal128(12, 2))})
small = pyarrow.table({"day": ["2"], "usd": pyarrow.array([0.004])})


def added(add, table=first):
    """The second day's cost as a new Delta table has it."""
    path = f"delta{next(numbers)}"
    deltalake.write_deltalake(path, table)
    add(path)
    return polars.read_delta(path).filter(day="2")["usd"].item()


def merge(path):
    (deltalake.DeltaTable(path).merge(second, "t.day = s.day", source_alias="s", target_alias="t")
     .when_matched_update_all().when_not_matched_insert_all().execute())


def refused(add):
    try:
        with contextlib.redirect_stdout(None):  # PyIceberg prints the two schemas
            add()
        return "appended"
    except Exception as error:
        return type(error).__name__


found = {
    "append": added(lambda path: deltalake.write_deltalake(path, second, mode="append")),
    "schema_mode merge": added(lambda path: deltalake.write_deltalake(path, second, mode="append", schema_mode="merge")),
    "decimal": added(lambda path: deltalake.write_deltalake(path, exact, mode="append")),
    "merge": added(merge),
    "Polars": added(lambda path: polars.from_arrow(second).write_delta(path, mode="append"))}
free = added(lambda path: deltalake.write_deltalake(path, small, mode="append"), cents)
lance.write_dataset(first, "lance")
catalog = SqlCatalog("lake", uri="sqlite:///catalog.db", warehouse=f"file://{os.getcwd()}/iceberg")
catalog.create_namespace("bills")
table = catalog.create_table("bills.costs", first.schema)
table.append(first)
others = [refused(lambda: lance.write_dataset(second, "lance", mode="append")), refused(lambda: table.append(second))]
print(f"delta-rs {deltalake.__version__}, $1.50 after whole dollars: "
      + ", ".join(f"{name} {usd}" for name, usd in found.items())
      + f"; $0.004 into cents {free}; Lance {others[0]}, PyIceberg {others[1]}")
assert set(found.values()) == {1} and str(free) == "0.00" and others == ["OSError", "ValueError"]
PYTHON
