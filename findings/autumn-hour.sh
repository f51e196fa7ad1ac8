#!/bin/sh
# Cost by local hour on the night when Europe's clocks go back: the hour from 2:00 is there twice, and a fleet at a dollar an
# hour costs a dollar in each. The column is a TIMESTAMPTZ, so both are known, and one would expect 25 hours of a dollar. DuckDB
# 2.0.1 with TimeZone Europe/Berlin has 24: date_trunc('hour', began) gives the second hour's start for both, with $2, a peak that
# looks like twice the fleet. Its time_bucket(INTERVAL 1 hour, began, 'Europe/Berlin') keeps them apart, as dt.truncate("1h") in
# Polars 2.1.0 does. Group by the hour in UTC, then name it.
# Seen: "date_trunc 24 hours, at most $2; time_bucket 25, $1; Polars 25, $1".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install duckdb==2.0.1 polars==2.1.0 tzdata==2026.6 pytz
"$folder/venv/bin/python" - <<'PYTHON'
import datetime

import duckdb
import polars

zone, night = "Europe/Berlin", datetime.datetime(2026, 10, 24, 22, tzinfo=datetime.timezone.utc)
duck = duckdb.connect()
duck.execute(f"SET TimeZone = '{zone}'")
duck.execute("CREATE TABLE cost AS SELECT TIMESTAMPTZ '2026-10-24 22:00:00+00' + to_minutes(CAST(half * 30 AS BIGINT)) AS began, "
             "0.50 AS usd FROM range(50) r (half)")


def in_duckdb(hour):
    hours, most = duck.execute(f"SELECT COUNT(*), MAX(usd) FROM (SELECT SUM(usd) AS usd FROM cost GROUP BY {hour})").fetchone()
    return hours, float(most)


frame = polars.DataFrame({"at": [night + datetime.timedelta(minutes=30 * half) for half in range(50)], "usd": [0.5] * 50})
local = frame.with_columns(polars.col("at").dt.convert_time_zone(zone))
hours = local.group_by(polars.col("at").dt.truncate("1h")).agg(polars.col("usd").sum())
found = [in_duckdb("date_trunc('hour', began)"), in_duckdb(f"time_bucket(INTERVAL 1 hour, began, '{zone}')"),
         (hours.height, hours["usd"].max())]
(truncated, most), (bucketed, bucket), (in_polars, polar) = found
print(f"DuckDB {duckdb.__version__}: date_trunc {truncated} hours, at most ${most:g}; time_bucket {bucketed}, ${bucket:g}; "
      f"Polars {polars.__version__} {in_polars}, ${polar:g}")
assert found == [(24, 2), (25, 1), (25, 1)]
PYTHON
