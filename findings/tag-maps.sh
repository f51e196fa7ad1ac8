#!/bin/sh
# Two lines of a bill with the same tags in another order. Tags are a map in a Cost and Usage Report 2.0 and in FOCUS, and a map
# has no order, so one would expect GROUP BY tags to find one set of tags. Only Spark 4.3.0 does. DuckDB 2.0.1, chdb 4.4.0
# (ClickHouse), DataFusion 55.0.0 and Polars 2.1.0, whose type Map is new, compare the pairs in the order they were written, so
# one workload's cost is shown as two, and a join by tags loses lines; in DuckDB even MAP {'a': 1, 'b': 2} = MAP {'b': 2, 'a': 1}
# is false. Group by the values of the keys that matter, tags['team'], which works in all of them.
# Needs Java 17.
# Seen: "Spark 1, DuckDB 2, chdb 2, DataFusion 2, Polars 2; by tags['team'] 1 everywhere".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for home in "${JAVA_HOME:-/nowhere}" /usr/lib/jvm/*17*; do
  if [ -x "$home/bin/java" ]; then break; fi
done
export JAVA_HOME="$home" SPARK_LOCAL_IP=127.0.0.1
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  chdb==4.4.0 pyspark==4.3.0 polars==2.1.0 duckdb==2.0.1 datafusion==55.0.0 pyarrow==26.0.1
"$folder/venv/bin/python" - "$folder/bill.parquet" 2>"$folder/log" <<'PYTHON' || { tail -5 "$folder/log"; exit 1; }
import os
import sys

import chdb
import datafusion
import duckdb
import polars
import pyarrow
import pyarrow.parquet
from pyspark.sql import SparkSession

file = sys.argv[1]
tags = [("team", "ml"), ("run", "1")]
pyarrow.parquet.write_table(pyarrow.table({
    "cost": [1.0, 2.0], "tags": pyarrow.array([tags, tags[::-1]], pyarrow.map_(pyarrow.string(), pyarrow.string()))}), file)
spark = SparkSession.builder.master("local[1]").config(map={
    "spark.ui.enabled": "false", "spark.log.level": "OFF"}).getOrCreate()
fusion = datafusion.SessionContext()
fusion.register_parquet("bill", file)
key = "tags['team']"
groups = {
    "Spark": lambda by: spark.sql(f"SELECT {by}, SUM(cost) FROM parquet.`{file}` GROUP BY {by}").collect(),
    "DuckDB": lambda by: duckdb.execute(f"SELECT {by}, SUM(cost) FROM '{file}' GROUP BY {by}").fetchall(),
    "chdb": lambda by: str(chdb.query(f"SELECT {by}, SUM(cost) FROM file('{file}') GROUP BY {by}", "TSV")).splitlines(),
    "DataFusion": lambda by: fusion.sql(f"SELECT {by} AS k, SUM(cost) FROM bill GROUP BY {by}").to_pylist(),
    "Polars": lambda by: polars.read_parquet(file).group_by(
        polars.col("tags") if by == "tags" else polars.col("tags").map.get("team")).agg(polars.col("cost").sum())}
seen = {name: (len(ask("tags")), len(ask(key))) for name, ask in groups.items()}
said = ", ".join(f"{name} {whole}" for name, (whole, _) in seen.items())
print(f"{said}; by {key}", {by for _, by in seen.values()}, flush=True)
assert duckdb.execute("SELECT MAP {'a': 1, 'b': 2} = MAP {'b': 2, 'a': 1}").fetchone() == (False,)
assert seen == {"Spark": (1, 1), "DuckDB": (2, 1), "chdb": (2, 1), "DataFusion": (2, 1), "Polars": (2, 1)}
os._exit(0)  # chdb and Spark in one process take minutes to end
PYTHON
