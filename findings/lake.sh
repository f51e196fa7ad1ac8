#!/bin/sh
# DuckDB's reader of SQLite files, 1.5.5, assumes two things that SQLite does not promise:
#   - that every table has row numbers. EXISTS (SELECT 1 FROM t), which reads no column, reads ROWID, and fails on a table
#     WITHOUT ROWID, although SELECT * from the same table works;
#   - that PRAGMA table_info names all columns. Generated ones are missing, and a query that names one fails.
# Seen: Invalid Error: Failed to prepare query "SELECT ROWID FROM "plain"": no such column: ROWID
#       Binder Error: Referenced column "double" not found in FROM clause
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
pip() { "$folder/venv/bin/pip" --disable-pip-version-check --quiet install "$@"; }
pip duckdb-cli==1.5.5
pip --no-deps duckdb-extension-sqlite-scanner==1.5.5
extension=$(find "$folder/venv" -name 'sqlite_scanner.duckdb_extension')
python3 - "$folder/t.sqlite" <<'END'
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.executescript("""
    CREATE TABLE plain (name TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
    INSERT INTO plain VALUES ('a', 1);
    CREATE TABLE made (id INTEGER PRIMARY KEY, double INTEGER GENERATED ALWAYS AS (id * 2) VIRTUAL);
    INSERT INTO made (id) VALUES (21);
""")
assert database.execute("SELECT 'yes' WHERE EXISTS (SELECT 1 FROM plain)").fetchall() == [("yes",)]
assert database.execute("SELECT double FROM made").fetchall() == [(42,)]
END
ask() {
  "$folder/venv/bin/duckdb" -csv -noheader -c "LOAD '$extension'" -c "ATTACH '$folder/t.sqlite' AS s (TYPE sqlite)" \
    -c "$1" 2>&1 || true
}
"$folder/venv/bin/duckdb" --version
expect() {
  said=$(ask "$1")
  echo "$1: $said"
  case "$said" in *"$2"*) ;; *) echo "no longer so" >&2; exit 1 ;; esac
}
expect "SELECT * FROM s.plain" "a,1"
expect "SELECT 'yes' WHERE EXISTS (SELECT 1 FROM s.plain)" "no such column: ROWID"
expect "SELECT * FROM s.made" "21"
expect "SELECT double FROM s.made" 'Referenced column "double" not found'
