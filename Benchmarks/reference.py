#!/usr/bin/env python3
"""Runs Queries/ledger-reference.sql, the same text, on SQLite and on DuckDB, and compares both with the ledger.

  reference.py DATABASE

DATABASE is what `batchcost collect` wrote, with the default settings. Exits 1 where a row differs.
"""
import os, sqlite3, sys, time

import duckdb

FACTS = """account_region compute_environment job_queue job attempt cluster container_instance task task_usage
instance_description instance_event instance_type spot_price list_price collection""".split()
POSTED = """
  SELECT r.name, p.day, a.name, j.job_id, t.ordinal, SUM(p.ms), SUM(p.cost), SUM(p.on_demand)
  FROM posting p
  JOIN resource r ON r.id = p.resource
  JOIN ledger_account a ON a.id = p.account
  LEFT JOIN attempt t ON t.id = p.attempt
  LEFT JOIN job j ON j.id = t.job
  GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT NULL, u.day, 'unplaced', j.job_id, t.ordinal, u.ms, NULL, NULL
  FROM unplaced u
  JOIN attempt t ON t.id = u.attempt
  JOIN job j ON j.id = t.job"""


def timed(title, query):
    start = time.perf_counter()
    rows = {row[:5]: row[5:] for row in query()}
    print(f"{title}: {len(rows)} rows, {sum(row[1] or 0 for row in rows.values())} nanodollars,"
          f" {time.perf_counter() - start:.1f} s")  # fmt: skip
    return rows


def main(path):
    with open(f"{os.path.dirname(os.path.abspath(__file__))}/../Queries/ledger-reference.sql") as file:
        statement = file.read()
    embedded = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    other = duckdb.connect()
    other.execute("LOAD sqlite_scanner")
    other.execute(f"ATTACH '{path}' AS facts (TYPE sqlite, READ_ONLY)")
    for table in FACTS:
        other.execute(f"CREATE TABLE {table} AS SELECT * FROM facts.{table}")

    ledger = timed("ledger", lambda: embedded.execute(POSTED))
    failed = False
    for title, query in (
        ("SQLite", lambda: embedded.execute(statement)),
        (f"DuckDB {duckdb.__version__}", lambda: other.execute(statement).fetchall()),
    ):
        rows = timed(title, query)
        different = [key for key in ledger.keys() | rows.keys() if ledger.get(key) != rows.get(key)]
        failed |= bool(different)
        print(f"  {len(different)} rows differ from the ledger's")
        for key in sorted(different, key=str)[:5]:
            print(f"  {key}: the ledger has {ledger.get(key)}, {title} {rows.get(key)}")
    sys.exit(1 if failed else 0)


main(sys.argv[1])
