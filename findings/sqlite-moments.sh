#!/bin/sh
# Sums over a SQLite file to which another process writes: one transaction after another moves a dollar between the first row and
# the last, so that the total never changes. In WAL mode every statement sees one moment of the file, and one would expect the
# same of one query of a tool that reads it.
#   - DuckDB's reader of SQLite files, 1.5.5, gives parts of a table to several threads, each of which sees a moment of its own:
#     with ATTACH … (TYPE sqlite), inside BEGIN as well, and with sqlite_scan(file, table), there with one thread as well.
#   - connectorx 0.4.6 with partition_on, which Polars' read_database_uri passes on, reads each part over a connection of its own.
# The sum is then a total that there never was, without an error; in a ledger, debits and credits do not agree.
# While a collection may run, use ATTACH with SET threads = 1, do not divide the table, or read a copy made with VACUUM INTO.
# Seen (20 sums of each): "wrong sums: ATTACH some, in a transaction some, with one thread none; sqlite_scan some, with one thread
# some; connectorx in parts some, whole none".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
pip() { "$folder/venv/bin/pip" --disable-pip-version-check --quiet install "$@"; }
pip duckdb-cli==1.5.5 connectorx==0.4.6 pyarrow==26.0.1
pip --no-deps duckdb-extension-sqlite-scanner==1.5.5
cd "$folder"
cat >write.py <<'PYTHON'
import sqlite3

database = sqlite3.connect("ledger.sqlite", timeout=60)
database.execute("PRAGMA synchronous = OFF")
amount = 1_000_000_000
while True:
    with database:
        database.execute("UPDATE posting SET nanodollars = nanodollars - ? WHERE id = 1", (amount,))
        database.execute("UPDATE posting SET nanodollars = nanodollars + ? WHERE id = 500000", (amount,))
    amount = -amount if database.execute("SELECT abs(random()) % 5 = 0").fetchone()[0] else amount
PYTHON
cat >read.py <<'PYTHON'
import glob
import os
import sqlite3
import subprocess
import sys

import connectorx
import pyarrow.compute

rows, file = 500_000, os.path.abspath("ledger.sqlite")
database = sqlite3.connect(file)
database.executescript(f"""
    PRAGMA journal_mode = WAL;
    CREATE TABLE posting (id INTEGER PRIMARY KEY, nanodollars INTEGER NOT NULL) STRICT;
    WITH RECURSIVE number (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM number WHERE id < {rows})
    INSERT INTO posting SELECT id, 1000 FROM number""")
database.close()
extension = glob.glob("venv/**/sqlite_scanner.duckdb_extension", recursive=True)[0]


def duck(table, threads=2, *before):
    said = subprocess.run(
        ["venv/bin/duckdb", "-csv", "-noheader", "-c", f"LOAD '{extension}'", "-c", f"SET threads = {threads}",
         "-c", f"ATTACH '{file}' AS ledger (TYPE sqlite, READ_ONLY)", *before, "-c", f"SELECT SUM(nanodollars) FROM {table}"],
        check=True, capture_output=True, text=True)
    return int(said.stdout)


def connector(**parts):
    table = connectorx.read_sql(f"sqlite://{file}", "SELECT id, nanodollars FROM posting", return_type="arrow", **parts)
    return pyarrow.compute.sum(table["nanodollars"]).as_py()


def wrong(ask):
    return "some" if any(ask() != rows * 1000 for _ in range(20)) else "none"


scan = f"sqlite_scan('{file}', 'posting')"
writer = subprocess.Popen([sys.executable, "write.py"])
try:
    found = [wrong(lambda: duck("ledger.posting")), wrong(lambda: duck("ledger.posting", 2, "-c", "BEGIN")),
             wrong(lambda: duck("ledger.posting", 1)), wrong(lambda: duck(scan)), wrong(lambda: duck(scan, 1)),
             wrong(lambda: connector(partition_on="id", partition_num=4)), wrong(connector)]
finally:
    writer.kill()
print("wrong sums: ATTACH {}, in a transaction {}, with one thread {}; sqlite_scan {}, with one thread {}; connectorx in parts {}, "
      "whole {}".format(*found))
assert found == ["some", "some", "none", "some", "some", "some", "none"]
PYTHON
venv/bin/python read.py
