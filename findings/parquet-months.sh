#!/bin/sh
# A folder of bills as Parquet files, one a month. September's costs were in cents, DECIMAL(12, 2), or happened to be whole
# dollars; October's have nine digits, or fractions. One would expect a reader of the folder to take the wider type, or to refuse.
# DuckDB 2.0.1 takes the first file's type and rounds what the others have to it, without an error: a thousand requests of $0.004
# cost nothing, and $1.40 costs $1. Integers that are too large do fail. union_by_name=true, which sounds like a matter of names,
# makes it read all schemas first, and then it is right.
# Polars 2.1.0, pyarrow 26.0.1 and DataFusion 55.0.0 refuse; Daft 0.6.14 takes the wider type.
# Seen: "1.50 + 1000 * 0.004: DuckDB 1.50, by name 5.50, Daft 5.50; 2 + 1000 * 1.40: DuckDB 1002.00, by name 1402.00, Daft 1402.00;
# Polars SchemaError, pyarrow ArrowInvalid, DataFusion Exception".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  duckdb==2.0.1 polars==2.1.0 pyarrow==26.0.1 datafusion==55.0.0 daft==0.6.14
cd "$folder"
venv/bin/python 2>log - <<'PYTHON' || { tail -5 log; exit 1; }
import os
from decimal import Decimal

import daft
import datafusion
import duckdb
import polars
import pyarrow
import pyarrow.parquet

nine = pyarrow.decimal128(19, 9)
months = {
    "cents": (pyarrow.array([Decimal("1.50")], pyarrow.decimal128(12, 2)), pyarrow.array([Decimal("0.004")] * 1000, nine)),
    "dollars": (pyarrow.array([2]), pyarrow.array([1.4] * 1000))}
for bill, (september, october) in months.items():
    os.mkdir(bill)
    pyarrow.parquet.write_table(pyarrow.table({"usd": september}), f"{bill}/2026-09.parquet")
    pyarrow.parquet.write_table(pyarrow.table({"usd": october}), f"{bill}/2026-10.parquet")


def told(ask):
    try:
        return f"{ask():.2f}"
    except Exception as error:
        return type(error).__name__


def in_datafusion(bill):
    context = datafusion.SessionContext()
    context.register_parquet("bill", f"{bill}/")
    return context.sql("SELECT SUM(usd) AS usd FROM bill").to_pydict()["usd"][0]


found = {bill: [
    told(lambda: duckdb.sql(f"SELECT SUM(usd) FROM '{bill}/*.parquet'").fetchall()[0][0]),
    told(lambda: duckdb.sql(f"SELECT SUM(usd) FROM read_parquet('{bill}/*.parquet', union_by_name=true)").fetchall()[0][0]),
    told(lambda: daft.read_parquet(f"{bill}/*.parquet").agg(daft.col("usd").sum()).to_pydict()["usd"][0]),
    told(lambda: polars.scan_parquet(f"{bill}/*.parquet").sum().collect()["usd"][0]),
    told(lambda: sum(pyarrow.parquet.read_table(bill)["usd"].to_pylist())), told(lambda: in_datafusion(bill))]
    for bill in months}
cents, dollars = found["cents"], found["dollars"]
print(f"DuckDB {duckdb.__version__}, Daft {daft.__version__}. 1.50 + 1000 * 0.004: DuckDB {cents[0]}, by name {cents[1]}, Daft "
      f"{cents[2]}; 2 + 1000 * 1.40: DuckDB {dollars[0]}, by name {dollars[1]}, Daft {dollars[2]}; Polars {cents[3]}, pyarrow "
      f"{cents[4]}, DataFusion {cents[5]}")
refusals = ["SchemaError", "ArrowInvalid", "Exception"]
assert cents == ["1.50", "5.50", "5.50", *refusals] and dollars == ["1002.00", "1402.00", "1402.00", *refusals]
PYTHON
