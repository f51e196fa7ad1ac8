#!/bin/sh
# Costs as Parquet in one folder for each AWS account, account=012345678901, as lakes of bills have them. An account's id is 12
# digits and may begin with 0. A folder's name does not say its type, and one would expect readers to agree on a guess.
#   - Polars 2.1.0 takes the ids for numbers and loses the zeros: a join with the accounts' names finds nothing.
#   - pyarrow 26.0.1, and with it pandas 3.1.1, takes them for numbers if all of them fit into 32 bits, which those below
#     002147483648 do, and for text otherwise. The type changes when another account joins the lake.
#   - DuckDB 2.0.1 keeps the text.
# Give the type: hive_schema={"account": polars.String}; partitioning(schema, flavor="hive") in pyarrow.
# Seen, for 012345678901, for 001234567890, and for the latter beside 111122223333: Polars 12345678901, 1234567890, 1234567890;
# pyarrow and pandas 012345678901, 1234567890, 001234567890; DuckDB 012345678901, 001234567890, 001234567890; with a type Polars
# and pyarrow as DuckDB.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  polars==2.1.0 pyarrow==26.0.1 pandas==3.1.1 duckdb==2.0.1
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import os
import sys

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.dataset
import pyarrow.parquet

text = pyarrow.dataset.partitioning(pyarrow.schema([("account", pyarrow.string())]), flavor="hive")
readers = {
    "Polars": lambda lake, files: polars.read_parquet(files, hive_partitioning=True)["account"].to_list(),
    "pyarrow": lambda lake, files: pyarrow.dataset.dataset(lake, partitioning="hive").to_table()["account"].to_pylist(),
    "pandas": lambda lake, files: list(pandas.read_parquet(lake)["account"]),
    "DuckDB": lambda lake, files: [
        row[0] for row in
        duckdb.execute(f"SELECT account FROM read_parquet('{files}', hive_partitioning = true)").fetchall()],
    "Polars, told": lambda lake, files: polars.read_parquet(
        files, hive_partitioning=True, hive_schema={"account": polars.String})["account"].to_list(),
    "pyarrow, told": lambda lake, files: pyarrow.dataset.dataset(lake, partitioning=text).to_table()["account"].to_pylist(),
}
number, kept = [12345678901, 1234567890, 1234567890], ["012345678901", "001234567890", "001234567890"]
right = {
    "Polars": number, "pyarrow": [kept[0], number[1], kept[2]], "pandas": [kept[0], number[1], kept[2]],
    "DuckDB": kept, "Polars, told": kept, "pyarrow, told": kept}
seen = {name: [] for name in readers}
for accounts in (["012345678901"], ["001234567890"], ["001234567890", "111122223333"]):
    lake = f"{sys.argv[1]}/{'-'.join(accounts)}"
    for account in accounts:
        os.makedirs(f"{lake}/account={account}")
        pyarrow.parquet.write_table(pyarrow.table({"usd": [1.5]}), f"{lake}/account={account}/cost.parquet")
    for name, read in readers.items():
        seen[name].append(next(id for id in read(lake, f"{lake}/**/*.parquet") if str(id) != "111122223333"))
for name, ids in seen.items():
    print(f"{name}: {', '.join(repr(id) for id in ids)}")
assert seen == right
PYTHON
