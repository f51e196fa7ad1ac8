#!/bin/sh
# sqlglot 30.30.0, which translates SQL between databases, from SQLite to DuckDB, Spark and Trino, on a table of costs. It
# reports what it cannot translate, or leaves it for the other side to refuse. These it copies, and the answer changes:
#   - LIKE ignores letter case in SQLite, but not in DuckDB, Spark and Trino. They have ILIKE or LOWER, and sqlglot knows both,
#     but it writes LIKE. Rows go missing without an error;
#   - INTEGER has 64 bits in SQLite; there, INT and INTEGER have 32, so CAST(nanodollars AS INTEGER), and columns of created
#     tables, end at 2.15 dollars;
#   - dividing whole numbers gives whole numbers in SQLite; `/` stays `/`, which divides exactly in DuckDB and Spark.
#     annotate_types with the table's schema makes it right; transpile() alone cannot know the types, and does not warn.
# Seen: SQLite 2, 5, 3000000000; DuckDB, of the translation, 1, 6.0, Conversion Error.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install sqlglot==30.30.0 duckdb==2.0.1
"$folder/venv/bin/python" - <<'PYTHON'
import sqlite3

import duckdb
import sqlglot

table = """CREATE TABLE cost (environment TEXT, nanodollars BIGINT, parts BIGINT);
    INSERT INTO cost VALUES ('spot-general', 10, 4), ('SPOT-gpu', 7, 2)"""
lite, duck = sqlite3.connect(":memory:"), duckdb.connect()
lite.executescript(table)
duck.execute(table)


def answers(sql):
    translated = {to: sqlglot.transpile(sql, read="sqlite", write=to)[0] for to in ("duckdb", "spark", "trino")}
    try:
        answer = duck.execute(translated["duckdb"]).fetchone()[0]
    except duckdb.Error as error:
        answer = str(error).split(":")[0]
    there = lite.execute(sql).fetchone()[0]
    print(f"{sql}\n  SQLite: {there}\n  DuckDB: {answer}")
    for to, text in translated.items():
        print(f"  {to}: {text}")
    return there, answer, translated


print(f"sqlglot {sqlglot.__version__}, DuckDB {duckdb.__version__}, SQLite {sqlite3.sqlite_version}")
there, here, texts = answers("SELECT COUNT(*) FROM cost WHERE environment LIKE 'spot%'")
assert (there, here) == (2, 1) and all(" LIKE " in text for text in texts.values())
there, here, texts = answers("SELECT SUM(nanodollars / parts) FROM cost")
assert (there, here) == (5, 6.0)
there, here, texts = answers("SELECT CAST(3000000000 AS INTEGER)")
assert (there, here) == (3_000_000_000, "Conversion Error")
assert all("AS INT" in text for text in texts.values())
PYTHON
