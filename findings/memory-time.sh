#!/bin/sh
# Memory times time, by which costs of a host can be divided, in whole numbers as the sources have them: 64 GiB in bytes for an
# hour in milliseconds, and a hundred such jobs. Their sum needs 65 bits. One would expect an error, and of the mean the right
# value, as it fits.
#   - Polars 2.1.0, pyarrow 26.0.1, chdb 4.4.0 (ClickHouse) and Daft 0.6.14 give a sum without its highest bit, and no error: a
#     quarter of the right one, and positive, so nothing looks odd. Only DuckDB 2.0.1, whose sums have 128 bits, is right.
#   - chdb and Daft compute the mean from that sum: every job seems to have held 16 GiB.
# Divide first: MiB and seconds leave room for 10^9 times as much.
# Seen (2473901162496 * 10^7 bytes and milliseconds): "sums Polars 6292267551250448384, pyarrow 6292267551250448384, chdb
# 6292267551250448384, Daft 6292267551250448384, DuckDB 24739011624960000000; means in GiB-hours Polars 64, pyarrow 64, chdb
# 16, Daft 16, DuckDB 64".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  polars==2.1.0 pyarrow==26.0.1 chdb==4.4.0 daft==0.6.14 duckdb==2.0.1
cd "$folder"
venv/bin/python - 2>log <<'PYTHON' || { tail -5 log; exit 1; }
import chdb
import daft
import duckdb
import polars
import pyarrow
import pyarrow.compute
import pyarrow.parquet

hour = 64 * 2**30 * 3_600_000
held = pyarrow.table({"held": [hour] * 100})
pyarrow.parquet.write_table(held, "held.parquet")
sum_and_mean = "SELECT sum(held), avg(held) FROM"
in_daft = daft.from_arrow(held).agg(daft.col("held").sum().alias("sum"), daft.col("held").mean().alias("mean")).to_pydict()
in_chdb = str(chdb.query(f"{sum_and_mean} file('held.parquet')", "TSV")).split()
found = {
    "Polars": polars.from_arrow(held).select(polars.sum("held").alias("sum"), polars.mean("held").alias("mean")).row(0),
    "pyarrow": (pyarrow.compute.sum(held["held"]).as_py(), pyarrow.compute.mean(held["held"]).as_py()),
    "chdb": (int(in_chdb[0]), float(in_chdb[1])),
    "Daft": (in_daft["sum"][0], in_daft["mean"][0]),
    "DuckDB": duckdb.execute(f"{sum_and_mean} 'held.parquet'").fetchone()}
means = {name: round(mean / hour * 64) for name, (_, mean) in found.items()}
print("sums " + ", ".join(f"{name} {total}" for name, (total, _) in found.items()) + "; means in GiB-hours "
      + ", ".join(f"{name} {mean}" for name, mean in means.items()))
cut = 100 * hour - 2**64
assert {name: total for name, (total, _) in found.items()} == {
    "Polars": cut, "pyarrow": cut, "chdb": cut, "Daft": cut, "DuckDB": 24739011624960000000}
assert means == {"Polars": 64, "pyarrow": 64, "chdb": 16, "Daft": 16, "DuckDB": 64}
PYTHON
