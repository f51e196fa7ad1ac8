#!/bin/sh
# A column of dollars that SQLite computes: 0 if nothing was paid, else nanodollars / 1e9. Each value in SQLite has its own type,
# so the first ones are integers and later ones are not. One would expect a reader that gives the column one type to look at
# more rows, or to refuse a value that does not fit the type it guessed.
#   - Polars 2.1.0, read_database over Python's sqlite3, guesses from the first 100 rows and cuts the others to integers: 1.5
#     becomes 1. There is no error and no warning, and a third of the money is gone.
#   - ibis 12.0.0 guesses too: a sum computed by SQLite is right, but the column, when fetched, is cut.
#   - connectorx 0.4.6 and ADBC 1.13.0 guess and then refuse; pandas 3.1.1 looks at every row.
# Write 0.0, or CAST(… AS REAL), in your own SQL.
# Seen (1,000 charges of 1.50 after 3,000 of nothing): "SQLite 1500.0, pandas 1500.0, Polars 1000, ibis 1500.0 summed there and
# 1000.0 here; with 0.0: Polars 1500.0, ibis 1500.0".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  polars==2.1.0 'ibis-framework[sqlite]==12.0.0' pandas==3.1.1 connectorx==0.4.6 adbc-driver-sqlite==1.13.0 pyarrow==26.0.1
"$folder/venv/bin/python" - "$folder/charges.sqlite" <<'PYTHON'
import sqlite3
import sys

import adbc_driver_sqlite.dbapi
import connectorx
import ibis
import pandas
import polars

file = sys.argv[1]
database = sqlite3.connect(file)
database.executescript("""
    CREATE TABLE charge (id INTEGER PRIMARY KEY, nanodollars INTEGER NOT NULL) STRICT;
    WITH RECURSIVE number (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM number WHERE id < 4000)
    INSERT INTO charge SELECT id, CASE WHEN id > 3000 THEN 1500000000 ELSE 0 END FROM number;
    CREATE VIEW cost AS SELECT id, CASE WHEN nanodollars > 0 THEN nanodollars / 1e9 ELSE 0 END AS usd FROM charge;
    CREATE VIEW cost_real AS SELECT id, CASE WHEN nanodollars > 0 THEN nanodollars / 1e9 ELSE 0.0 END AS usd FROM charge""")


def with_polars(view):
    return polars.read_database(f"SELECT * FROM {view}", database)["usd"].sum()


def fetched_by_ibis(view):
    return float(ibis.sqlite.connect(file).table(view).to_pandas()["usd"].sum())


def refused(read):
    try:
        read()
    except Exception:
        return True


def with_adbc():
    with adbc_driver_sqlite.dbapi.connect(file) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cost")
        cursor.fetch_arrow_table()


there = database.execute("SELECT SUM(usd) FROM cost").fetchone()[0]
summed = float(ibis.sqlite.connect(file).table("cost").usd.sum().to_pandas())
pandas_sum = float(pandas.read_sql("SELECT * FROM cost", database)["usd"].sum())
print(f"SQLite {there}, pandas {pandas.__version__} {pandas_sum}, Polars {polars.__version__} {with_polars('cost')}, "
      f"ibis {ibis.__version__} {summed} summed there and {fetched_by_ibis('cost')} here; "
      f"with 0.0: Polars {with_polars('cost_real')}, ibis {fetched_by_ibis('cost_real')}")
assert (there, pandas_sum, summed) == (1500, 1500, 1500) and (with_polars("cost"), fetched_by_ibis("cost")) == (1000, 1000)
assert (with_polars("cost_real"), fetched_by_ibis("cost_real")) == (1500, 1500)
assert refused(lambda: connectorx.read_sql(f"sqlite://{file}", "SELECT * FROM cost")) and refused(with_adbc)
PYTHON
