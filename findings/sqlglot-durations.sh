#!/bin/sh
# sqlglot 30.30.0 on how long attempts ran: date_diff('hour', started_at, stopped_at) in Athena and Trino, and timestampdiff and
# datediff(HOUR, …) in Spark, count whole hours that passed (their pages of date functions). One would expect a translation to
# count the same, or to be refused.
#   - To DuckDB 2.0.1 it becomes DATE_DIFF, which counts how often the clock strikes: 20 minutes from 10:50 are an hour. sqlglot
#     knows: from DuckDB to Trino it cuts both times to the hour first. DuckDB's DATE_SUB counts whole hours, and is not used.
#   - Spark's datediff(HOUR, …) becomes the difference of two dates: 0 within a day, however long, and 24 over midnight.
#   - To SQLite it becomes a difference of Julian days, floating-point numbers, times 24 and cut: 8:00 to 13:00 is 4 hours. Of all
#     whole hours up to a day, a third comes out one short; of seconds, two fifths.
# Such hours times a price look plausible. Subtract seconds since 1970 instead, with the function that each database has for them.
# Seen (20 minutes over 11:00, 1 h, 5 h, 1 h over midnight): "Athena to DuckDB 1 1 5 1, to SQLite 0 1 4 1; Spark's datediff to
# DuckDB and SQLite 0 0 0 24; in SQLite 192 of 576 whole hours wrong, 789 of 1999 numbers of seconds".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install sqlglot==30.30.0 duckdb==2.0.1
"$folder/venv/bin/python" - <<'PYTHON'
import datetime
import sqlite3

import duckdb
import sqlglot

attempts = [("2026-10-01 10:50:00", "2026-10-01 11:10:00"), ("2026-10-01 10:00:00", "2026-10-01 11:00:00"),
            ("2026-10-01 08:00:00", "2026-10-01 13:00:00"), ("2026-10-01 23:30:00", "2026-10-02 00:30:00")]
duck, lite = duckdb.connect(), sqlite3.connect(":memory:")
duck.execute("CREATE TABLE attempt (started_at TIMESTAMP, stopped_at TIMESTAMP)")
lite.execute("CREATE TABLE attempt (started_at TEXT, stopped_at TEXT)")
for database in (duck, lite):
    database.executemany("INSERT INTO attempt VALUES (?, ?)", attempts)


def hours(difference, source, target, database):
    (sql,) = sqlglot.transpile(f"SELECT {difference} FROM attempt", read=source, write=target)
    return [row[0] for row in database.execute(sql).fetchall()]


def wrong(unit, spans):
    """How many of these spans SQLite gets wrong."""
    (sql,) = sqlglot.transpile(f"SELECT date_diff('{unit}', started_at, stopped_at)", read="athena", write="sqlite")
    sql = sql.replace("started_at", "?1").replace("stopped_at", "?2")
    return sum(lite.execute(sql, (str(start), str(start + datetime.timedelta(**{f"{unit}s": length})))).fetchone() != (length,)
               for start, length in spans)


athena, spark = "date_diff('hour', started_at, stopped_at)", "datediff(HOUR, started_at, stopped_at)"
found = [hours(athena, "athena", "duckdb", duck), hours(athena, "athena", "sqlite", lite),
         hours(spark, "spark", "duckdb", duck), hours(spark, "spark", "sqlite", lite)]
short = (wrong("hour", [(datetime.datetime(2026, 10, 1, start), length) for start in range(24) for length in range(1, 25)]),
         wrong("second", [(datetime.datetime(2026, 10, 1, 3, 7, 11), length) for length in range(1, 2000)]))
(back,) = sqlglot.transpile(f"SELECT {athena}", read="duckdb", write="trino")
told = [" ".join(map(str, values)) for values in found]
print(f"sqlglot {sqlglot.__version__}: Athena to DuckDB {told[0]}, to SQLite {told[1]}; Spark's datediff to DuckDB {told[2]}, to "
      f"SQLite {told[3]}; in SQLite {short[0]} of 576 whole hours wrong, {short[1]} of 1999 numbers of seconds")
assert found == [[1, 1, 5, 1], [0, 1, 4, 1], [0, 0, 0, 24], [0, 0, 0, 24]] and short == (192, 789)
assert back.count("DATE_TRUNC") == 2
PYTHON
