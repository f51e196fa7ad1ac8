#!/bin/sh
# A bill with rate and quantity as DECIMAL(38, 18), the widest that all engines have, and its cost as SUM(rate * quantity). The
# exact product needs more digits than there are. One would expect an error or a result that is right to some digit.
#   - chdb 4.4.0 (ClickHouse) does not notice that its 128 bits overflow: wrong amounts, some of them negative, without an error.
#   - Spark 4.3.0 rounds each product to 6 digits, then adds: a million requests at $0.0000004 cost nothing.
#     spark.sql.decimalOperations.allowPrecisionLoss=false makes it NULL.
#   - DuckDB 2.0.1 and DataFusion 55.0.0 refuse. So does the SQL of Polars 2.1.0, while its expressions are right to 18 digits.
# CAST both to DECIMAL(19, 9), or add up whole nanodollars.
# Needs Java 17.
# Seen (right: 73150.08 and 0.4): "chdb -10.628888 and 0.4; Spark 73150.08 and 0; Polars 73150.08 and 0.4; Polars' SQL, DuckDB
# and DataFusion error and 0.4; with DECIMAL(19, 9) chdb, Spark and DuckDB 73150.08 and 0.4".
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
"$folder/venv/bin/python" - "$folder" 2>"$folder/log" <<'PYTHON' || { tail -5 "$folder/log"; exit 1; }
import decimal
import os
import sys

import chdb
import datafusion
import duckdb
import polars
import pyarrow
import pyarrow.parquet
from pyspark.sql import SparkSession

spark = SparkSession.builder.master("local[1]").config(map={
    "spark.ui.enabled": "false", "spark.log.level": "OFF"}).getOrCreate()
bills = [("98.32", "744", 1), ("0.0000004", "1", 1_000_000)]  # rate, quantity, lines
exact, narrow = "rate * quantity", "CAST(rate AS DECIMAL(19, 9)) * CAST(quantity AS DECIMAL(19, 9))"


def sql_of_chdb(file, cost):
    return str(chdb.query(f"SELECT SUM({cost}) FROM file('{file}')", "TSV")).strip()


def sql_of_duckdb(file, cost):
    return duckdb.execute(f"SELECT SUM({cost}) FROM '{file}'").fetchone()[0]


def sql_of_spark(file, cost):
    return spark.sql(f"SELECT SUM({cost}) FROM parquet.`{file}`").collect()[0][0]


def sql_of_datafusion(file, cost):
    context = datafusion.SessionContext()
    context.register_parquet("bill", file)
    return context.sql(f"SELECT SUM({cost}) AS cost FROM bill").to_pydict()["cost"][0]


def sql_of_polars(file, cost):
    context = polars.SQLContext(bill=polars.read_parquet(file))
    return context.execute(f"SELECT SUM({cost}) AS cost FROM bill", eager=True).item()


def expressions(file, _):
    return polars.read_parquet(file).select((polars.col("rate") * polars.col("quantity")).sum()).item()


def ask(reader, cost):
    found = []
    for rate, quantity, lines in bills:
        file = f"{sys.argv[1]}/{lines}.parquet"
        columns = {"rate": rate, "quantity": quantity}
        type = pyarrow.decimal128(38, 18)
        pyarrow.parquet.write_table(pyarrow.table({
            name: pyarrow.array([decimal.Decimal(value)] * lines, type) for name, value in columns.items()}), file)
        try:
            found.append(f"{float(reader(file, cost)):.10g}")
        except Exception:
            found.append("error")
    return " and ".join(found)


readers = {"chdb": sql_of_chdb, "Spark": sql_of_spark, "Polars": expressions, "Polars' SQL": sql_of_polars,
           "DuckDB": sql_of_duckdb, "DataFusion": sql_of_datafusion}
seen = {name: ask(reader, exact) for name, reader in readers.items()}
cast = {name: ask(readers[name], narrow) for name in ("chdb", "Spark", "DuckDB")}
print("; ".join(f"{name} {costs}" for name, costs in seen.items()),
      f"with DECIMAL(19, 9) {', '.join(cast)} {set(cast.values())}", sep="; ", flush=True)
right = "73150.08 and 0.4"
assert seen == {
    "chdb": "-10.628888 and 0.4", "Spark": "73150.08 and 0", "Polars": right,
    "Polars' SQL": "error and 0.4", "DuckDB": "error and 0.4", "DataFusion": "error and 0.4"}
assert cast == {"chdb": right, "Spark": right, "DuckDB": right}
os._exit(0)  # chdb and Spark in one process take minutes to end
PYTHON
