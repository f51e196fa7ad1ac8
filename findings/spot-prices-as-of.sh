#!/bin/sh
# The Spot price in force when each attempt started: an as-of join of attempts with EC2's price history, by zone. EC2 answers with
# the newest price first. Joined by time alone, Polars 2.1.0 refuses prices that are not in order of time, as pandas 3.1.1 does,
# and one would expect the same by time and zone. With by="az" join_asof only warns, and joins: attempts after the newest price
# get the oldest one, and all others none, which a sum takes for 0. Attempts that are not in order, such as DescribeJobs' newest
# first, get later prices than theirs even if the prices are sorted. DuckDB 2.0.1 and chdb 4.4.0 (ClickHouse) need no order.
# Sort both frames by time first.
# Seen (a price that rises every six hours, attempts at 3, 9, 15 and 21): "Polars None None None 0.01; both sorted 0.01 0.06 0.12
# 0.18; attempts newest first, 21 to 3: 0.18 0.18 0.06 0.06; without by: InvalidOperationError; pandas ValueError; DuckDB and
# chdb 0.01 0.06 0.12 0.18".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  polars==2.1.0 pandas==3.1.1 pyarrow==26.0.1 duckdb==2.0.1 chdb==4.4.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import datetime
import warnings

import chdb
import duckdb
import pandas
import polars

warnings.filterwarnings("ignore", "Sortedness of columns cannot be checked")


def at(hour):
    return datetime.datetime(2026, 10, 1, hour)


history = polars.DataFrame({"az": ["a"] * 4, "ts": [at(18), at(12), at(6), at(0)], "usd": [0.18, 0.12, 0.06, 0.01]})
attempts = polars.DataFrame({"az": ["a"] * 4, "ts": [at(3), at(9), at(15), at(21)]})
history.write_parquet("history.parquet")
attempts.write_parquet("attempts.parquet")


def refused(join):
    try:
        join()
        return "joined"
    except Exception as error:
        return type(error).__name__


def prices(left, right):
    return left.join_asof(right, on="ts", by="az")["usd"].to_list()


newest_first, both_sorted = prices(attempts, history), prices(attempts, history.sort("ts"))
attempts_reversed = prices(attempts.reverse(), history.sort("ts"))
alone = refused(lambda: attempts.join_asof(history.drop("az"), on="ts"))
other = refused(lambda: pandas.merge_asof(attempts.to_pandas(), history.to_pandas(), on="ts", by="az"))
duck = [row[0] for row in duckdb.execute(
    "SELECT usd FROM 'attempts.parquet' a ASOF JOIN 'history.parquet' h ON a.az = h.az AND a.ts >= h.ts ORDER BY a.ts").fetchall()]
house = [float(usd) for usd in str(chdb.query(
    "SELECT usd FROM file('attempts.parquet') a ASOF JOIN file('history.parquet') h ON a.az = h.az AND a.ts >= h.ts ORDER BY a.ts",
    "TSV")).split()]


def told(values):
    return " ".join(map(str, values))


print(f"Polars {polars.__version__} {told(newest_first)}; both sorted {told(both_sorted)}; attempts newest first, 21 to 3: "
      f"{told(attempts_reversed)}; without by: {alone}; pandas {other}; DuckDB {told(duck)}; chdb {told(house)}")
right = [0.01, 0.06, 0.12, 0.18]
assert newest_first == [None, None, None, 0.01] and both_sorted == duck == house == right
assert attempts_reversed == [0.18, 0.18, 0.06, 0.06] and (alone, other) == ("InvalidOperationError", "ValueError")
PYTHON
