#!/bin/sh
# Cost for each job, from a table with costs as DECIMAL(12, 2), as invoices have them, and numbers of jobs: five cents for 16
# jobs. One would expect 0.003125, or something near. In two engines the quotient has the type of the cost, so it has cents:
#   - Polars 2.1.0, in expressions, rounds: 0.00. Its own SQL gives 0.003125 for the same table.
#   - chdb 4.4.0 (ClickHouse) cuts: 0, and 10.00 for 7 jobs is 1.42, where Polars has 1.43.
# DuckDB 2.0.1, DataFusion 55.0.0, pyarrow 26.0.1 and pandas 3.1.1 on pyarrow keep more digits. A unit cost of less than half a
# cent becomes nothing, and unit costs times jobs no longer make the cost. CAST the cost to DECIMAL(19, 9) first.
# Seen (10.00 for 7 and 0.05 for 16): "Polars 1.43 0.00, Polars' SQL 1.42857143 0.00312500, chdb 1.42 0, DuckDB
# 1.4285714285714286 0.003125, DataFusion 1.428571 0.003125, pyarrow and pandas 1.428571… 0.003125…".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  polars==2.1.0 chdb==4.4.0 duckdb==2.0.1 datafusion==55.0.0 pyarrow==26.0.1 pandas==3.1.1
"$folder/venv/bin/python" - "$folder/costs.parquet" <<'PYTHON'
import decimal
import sys

import chdb
import datafusion
import duckdb
import pandas
import polars
import pyarrow
import pyarrow.compute
import pyarrow.parquet

file = sys.argv[1]
costs = [decimal.Decimal("10.00"), decimal.Decimal("0.05")]
table = pyarrow.table({"cost": pyarrow.array(costs, pyarrow.decimal128(12, 2)), "jobs": [7, 16]})
pyarrow.parquet.write_table(table, file)
fusion = datafusion.SessionContext()
fusion.register_parquet("costs", file)
frame, arrow = polars.read_parquet(file), pandas.read_parquet(file, dtype_backend="pyarrow")
found = {
    "Polars": frame.select(polars.col("cost") / polars.col("jobs")).to_series().to_list(),
    "Polars' SQL": polars.SQLContext(costs=frame).execute("SELECT cost / jobs FROM costs", eager=True).to_series().to_list(),
    "chdb": str(chdb.query(f"SELECT cost / jobs FROM file('{file}')", "TSV")).split(),
    "DuckDB": [row[0] for row in duckdb.execute(f"SELECT cost / jobs FROM '{file}'").fetchall()],
    "DataFusion": fusion.sql("SELECT cost / jobs AS unit FROM costs").to_pydict()["unit"],
    "pyarrow": pyarrow.compute.divide(table["cost"], table["jobs"]).to_pylist(),
    "pandas": (arrow.cost / arrow.jobs).tolist()}
seen = {name: " ".join(str(unit)[:18] for unit in units) for name, units in found.items()}
print(", ".join(f"{name} {units}" for name, units in seen.items()))
assert seen == {
    "Polars": "1.43 0.00", "Polars' SQL": "1.42857143 0.00312500", "chdb": "1.42 0", "DuckDB": "1.4285714285714286 0.003125",
    "DataFusion": "1.428571 0.003125", "pyarrow": "1.4285714285714285 0.0031250000000000",
    "pandas": "1.4285714285714285 0.0031250000000000"}
PYTHON
