#!/usr/bin/env python3
"""Runs every named query unchanged on SQLite, DuckDB and Spark and compares each answer with SQLite's: the same rows in
the same order, to the last digit, with the same types.

  compare.py [--database FILE] [--lake FOLDER] [--engine NAME …] [--from DAY --to DAY] [QUERY …]

With --lake, DuckDB and Spark read the files that `batchcost export --format lake` made from the database, through the
tables and views it wrote beside them; sqlglot parses those for Athena and Trino.

Prints query × engine. Exits 1 if an answer differs, an order is not defined, or a query is outside the dialect.
"""

import argparse
import logging
import sys
import tempfile
import time

import sqlglot
from sqlglot import exp

import dialect
import engines
import text

logging.getLogger("sqlglot").setLevel(logging.ERROR)  # MSCK and CALL are commands to it

GIVEN = {"text": "team", "integer": 10, "number": 0.5}


# Queries about one run, which walk from job to job: Spark 4.3 supports neither row numbers without an order nor their
# kind of subquery.
NOT_ON_SPARK = {"run-critical-path", "run-timeline"}


def open_order(sql, values, sqlite):
    """Whether the query's ORDER BY leaves the order of different rows to the engine."""
    tree = sqlglot.parse_one(text.with_literals(sql, values), read="sqlite")
    order = tree.args.get("order")
    if order is None:
        return len(sqlite.run(sql, values).rows) > 1
    if isinstance(tree, exp.SetOperation):
        places = [int(term.this.name) - 1 for term in order.expressions]
        rows = set(sqlite.run(sql, values).rows)
        return len({tuple(row[place] for place in places) for row in rows}) < len(rows)
    aliases = {column.alias_or_name: column.unalias() for column in tree.selects}
    names = []
    for number, term in enumerate(order.expressions):
        key = term.this.copy()
        if isinstance(key, exp.Column) and not key.table and key.name in aliases:
            key = aliases[key.name].copy()
        tree = tree.select(exp.alias_(key, f"key_{number}"))
        names.append(f"key_{number}")
    rows = sqlite.run(tree.sql("sqlite"), {}).rows
    width = len(names)
    return len({row[-width:] for row in rows}) < len(set(rows))


def period(sqlite, asked):
    if asked.start and asked.end:
        return asked.start, asked.end
    found = sqlite.connection.execute("SELECT MAX(first_day), MAX(end_day) FROM whole_week").fetchone()
    day = "SELECT date(? * 86400, 'unixepoch')"
    if found[0] is None:
        return sqlite.connection.execute("SELECT MIN(date), MAX(date) FROM calendar").fetchone()
    return tuple(sqlite.connection.execute(day, (number,)).fetchone()[0] for number in found)


def parse(statements):
    """Parses each engine's statements with sqlglot's grammar for it."""
    for engine, texts in statements.items():
        for sql in texts:
            sqlglot.parse_one(sql, read=engine)
    print("tables and views of the lake: " + ", ".join(f"{engine} {len(texts)}" for engine, texts in statements.items()))


def values_for(sql, start, end):
    """A value for each parameter of a query."""
    types = text.types(sql)
    found = {name: GIVEN.get(types.get(name, "text"), start) for name in text.parameters(sql)}
    return found | {name: day for name, day in {"from": start, "to": end}.items() if name in found}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--database", default=str(text.ROOT / "demo" / "batchcost.sqlite"))
    options.add_argument("--lake", metavar="FOLDER")
    options.add_argument("--engine", action="append", choices=["duckdb", "scanner", "spark"])
    options.add_argument("--from", dest="start")
    options.add_argument("--to", dest="end")
    options.add_argument("query", nargs="*")
    asked = options.parse_args()

    sqlite = engines.SQLite(asked.database)
    start, end = period(sqlite, asked)
    tables, views = text.tables(sqlite.connection), text.views(sqlite.connection)
    wanted = {name: sql for name, sql in text.queries().items() if not asked.query or name in asked.query}
    wanted = {name: sql for name, sql in wanted.items() if not list(text.steps(name))}  # those run as lake/ledger.py
    program = engines.DuckDBCLI(asked.database)
    schema = dialect.Schema()
    chosen = asked.engine or ["duckdb", "scanner", "spark"]
    failed, took = 0, {}
    with tempfile.TemporaryDirectory() as folder:
        if asked.lake:
            statements = engines.lake_files(asked.lake)
            parse(statements)
        else:
            program.export(tables, folder)
            statements = engines.table_files(folder, tables, views)
        others = {}
        if "duckdb" in chosen:
            others["duckdb"] = engines.DuckDB(statements)
        if "scanner" in chosen:
            others["scanner"] = program
        if "spark" in chosen:
            others["spark"] = engines.Spark(statements)
        print(f"{start} to {end}, against {sqlite.title}: " + ", ".join(other.title for other in others.values()))
        print(f"{'query':32} {'rows':>7} " + " ".join(f"{name:8}" for name in others) + " dialect")
        given = {name: values_for(sql, start, end) for name, sql in wanted.items()}
        if "scanner" in others:
            began = time.monotonic()
            program.prepare([text.with_literals(sql, given[name]) for name, sql in wanted.items()])
            took["scanner"] = time.monotonic() - began
        for name, sql in wanted.items():
            values = given[name]
            right = sqlite.run(sql, values)
            marks, words = [], []
            for engine, other in others.items():
                if engine == "spark" and name in NOT_ON_SPARK:
                    marks.append("not run")
                    continue
                began = time.monotonic()
                try:
                    found = engines.difference(right, other.run(sql, values))
                except Exception as error:  # whatever an engine says about a query is part of the answer
                    found = str(error).strip().splitlines()[0]
                took[engine] = took.get(engine, 0) + time.monotonic() - began
                marks.append("same" if found is None else "DIFFERS")
                if found:
                    words.append(f"{other.title}: {found}")
            rules = dialect.offences(sql, schema)
            if open_order(sql, values, sqlite):
                rules.append("rows that differ have the same place in ORDER BY")
            failed += bool(words or rules)
            line = " ".join(f"{mark:8}" for mark in marks)
            print(f"{name:32} {len(right.rows):7} {line} {'kept' if not rules else 'LEFT'}", flush=True)
            for word in words + rules:
                print(f"    {word[:300]}")
    print(f"{len(wanted)} queries, {failed} differ; seconds: "
          + ", ".join(f"{name} {seconds:.0f}" for name, seconds in took.items()))  # fmt: skip
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
