"""The SQL of Queries/ as text: its parameters, their types, and the database it reads."""

import pathlib
import re
import sqlite3

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Not a query: the triggers of collection.
NO_QUERIES = {"changes"}
TOKEN = re.compile(r"'(?:[^']|'')*'|--[^\n]*|:([A-Za-z_]\w*)")


def queries():
    """Every named query: {name: SQL}."""
    files = sorted((ROOT / "Queries").glob("*.sql"))
    return {file.stem: file.read_text() for file in files if file.stem not in NO_QUERIES}


def steps(name):
    """A query's steps in order: name, SQL, and the column it is partitioned by, or None."""
    for file in sorted((ROOT / "Queries" / name).glob("*.sql")):
        sql = file.read_text()
        by = re.search(r"^-- by (\w+)$", sql, re.M)
        yield file.stem.split("-", 1)[1], sql, by and by[1]


def facts(name):
    """The tables that a query's steps read from the database."""
    read = {table for _, sql, _ in steps(name) for table in re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", re.sub(r"--[^\n]*", "", sql))}
    return [table for table in tables(empty_database()) if table in read]


def parameters(sql):
    return list(dict.fromkeys(name for name in TOKEN.findall(sql) if name))


def types(sql):
    """The parameters' types from the comment block: {"tag": "text"}."""
    head = re.match(r"(?:--[^\n]*\n)*", sql).group()
    return dict(re.findall(r"^--\s*:(\w+)\s+(\w+)", head, re.M))


def with_parameters(sql, write):
    """The query with `:name` written as `write(name)`; strings and comments stay as they are."""
    return TOKEN.sub(lambda found: write(found[1]) if found[1] else found[0], sql)


def literal(value):
    return str(value) if isinstance(value, (int, float)) else "'" + value.replace("'", "''") + "'"


def with_literals(sql, values):
    return with_parameters(sql, lambda name: literal(values[name]))


def empty_database():
    """An empty database with the schema of all migrations."""
    database = sqlite3.connect(":memory:")
    for file in sorted((ROOT / "Queries" / "schema").glob("*.sql")):
        database.executescript(file.read_text())
    return database


def tables(database):
    """Tables of facts, ledger and insights, without SQLite's own, the migrations', and `changed`, a queue of untyped names."""
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if not name.startswith(("sqlite_", "grdb_")) and name != "changed"]


def views(database):
    """In an order in which they can be created: [(name, its SELECT)]."""
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY name")
    left = {name: re.sub(r"^\s*CREATE\s+VIEW\s+\w+\s+AS\s", "", sql, flags=re.I) for name, sql in rows}
    ordered = []
    while left:
        ready = [name for name, sql in left.items() if not set(re.findall(r"\w+", sql)) & (left.keys() - {name})]
        ordered += [(name, left.pop(name)) for name in ready]
    return ordered
