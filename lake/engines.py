"""SQLite, DuckDB, DuckDB over the SQLite file, and Spark: each runs a query and returns its columns, kinds and rows."""

import glob
import json
import math
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import text

WHOLE, REAL, TEXT = "whole number", "binary fraction", "text"


class Answer:
    """Columns as (name, kind), rows as tuples. The kind of an all-NULL column is None."""

    def __init__(self, names, kinds, rows):
        empty = [all(row[place] is None for row in rows) for place in range(len(names))]
        self.columns = [(name, None if nothing else kind) for name, kind, nothing in zip(names, kinds, empty)]
        self.rows = rows


def kind_of(engine_type):
    name = engine_type.upper().split("(")[0]
    if name in ("TINYINT", "SMALLINT", "INT", "INTEGER", "BIGINT", "HUGEINT"):
        return WHOLE
    return {"DOUBLE": REAL, "VARCHAR": TEXT, "STRING": TEXT}.get(name, name)


class SQLite:
    def __init__(self, path):
        self.connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.title = f"SQLite {sqlite3.sqlite_version}"

    def run(self, sql, values):
        cursor = self.connection.execute(sql, values)
        rows = cursor.fetchall()
        kinds = []
        for place in range(len(cursor.description)):
            found = {type(row[place]) for row in rows if row[place] is not None}
            names = {int: WHOLE, float: REAL, str: TEXT}
            kinds.append(" and ".join(sorted(names.get(kind, str(kind)) for kind in found)) or None)
        return Answer([column[0] for column in cursor.description], kinds, rows)


class DuckDBCLI:
    """DuckDB's program, with its reader of SQLite files."""

    def __init__(self, path):
        self.program = shutil.which("duckdb", path=os.path.dirname(sys.executable)) or shutil.which("duckdb")
        self.path = path
        self.answers = {}
        self.extension = self.find_extension()
        version = subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True).stdout
        self.title = f"DuckDB {version.split()[0].removeprefix('v')}, SQLite file"

    @staticmethod
    def find_extension():
        import duckdb_extension_sqlite_scanner as package

        return glob.glob(f"{os.path.dirname(package.__file__)}/extensions/*/*.duckdb_extension")[0]

    def script(self, *lines, bail=True):
        """Runs statements and dot commands; raises the program's first error."""
        head = [f"LOAD {text.literal(self.extension)};", f"ATTACH {text.literal(self.path)} AS facts (TYPE sqlite, READ_ONLY);"]
        done = subprocess.run(
            [self.program, "-json", *(["-bail"] if bail else [])], input="\n".join([*head, *lines, ""]),
            capture_output=True, text=True)  # fmt: skip
        if bail and (done.returncode or done.stderr):
            raise RuntimeError(done.stderr.strip().splitlines()[0])

    def prepare(self, statements):
        """Runs many statements in one process, so that `run` has their answers."""
        with tempfile.TemporaryDirectory() as folder:
            lines = ["USE facts;"]
            for number, sql in enumerate(statements):
                lines += [f".once {folder}/{number}.types", f"DESCRIBE {sql};", f".once {folder}/{number}.rows", f"{sql};"]
            self.script(*lines, bail=len(statements) == 1)
            for number, sql in enumerate(statements):
                # A failed statement, and any that may have got its output, are run again on their own.
                if all(os.path.exists(f"{folder}/{number}.{part}") for part in ("types", "rows")):
                    columns, rows = (self.read(f"{folder}/{number}.{part}") for part in ("types", "rows"))
                    names, kinds = [column[0] for column in columns], [kind_of(column[1]) for column in columns]
                    if columns and all(len(row) == len(names) for row in rows):
                        # 128-bit numbers, such as sums, are printed in quotes.
                        large = [column[1] == "HUGEINT" for column in columns]
                        rows = [tuple(int(value) if huge and value is not None else value for value, huge in zip(row, large))
                                for row in rows]  # fmt: skip
                        self.answers[sql] = Answer(names, kinds, rows)

    @staticmethod
    def read(path):
        found = open(path).read().strip()
        rows = json.loads(found, object_pairs_hook=lambda pairs: tuple(value for _, value in pairs)) if found else []
        return [row for row in rows if row != ()]

    def run(self, sql, values):
        sql = text.with_literals(sql, values)
        if sql not in self.answers:
            self.prepare([sql])
        return self.answers[sql]

    def export(self, tables, folder):
        """Each table as a Parquet file."""
        self.script(*(f"COPY facts.{table} TO {text.literal(f'{folder}/{table}.parquet')};" for table in tables))


def table_files(folder, tables, views):
    """Tables and views over the Parquet files of `DuckDBCLI.export`, in the SQL of both engines: {engine: statements}."""
    views = [f"CREATE OR REPLACE VIEW {name} AS {sql}" for name, sql in views]
    return {
        "duckdb": [f"CREATE TABLE {table} AS SELECT * FROM '{folder}/{table}.parquet'" for table in tables] + views,
        "spark": [f"CREATE TABLE {table} USING parquet LOCATION '{folder}/{table}.parquet'" for table in tables]
        + [f"CACHE TABLE {table}" for table in tables] + views,
    }  # fmt: skip


def lake_files(folder):
    """The same for a lake: the statements that `batchcost export` wrote beside its files."""
    return {engine: [sql for sql in open(f"{folder}/_batchcost/{engine}.sql").read().split(";\n\n") if sql.strip()]
            for engine in ("duckdb", "spark", "athena", "trino")}  # fmt: skip


class DuckDB:
    def __init__(self, statements):
        import duckdb

        self.connection = duckdb.connect()
        self.title = f"DuckDB {duckdb.__version__}"
        for sql in statements["duckdb"]:
            self.connection.execute(sql)

    def run(self, sql, values):
        needed = {name: values[name] for name in text.parameters(sql)}
        cursor = self.connection.execute(text.with_parameters(sql, lambda name: f"${name}"), needed)
        names = [column[0] for column in cursor.description]
        kinds = [kind_of(str(column[1])) for column in cursor.description]
        return Answer(names, kinds, cursor.fetchall())


def java_home():
    """A Java that Spark 4 can run on: 17 or later."""
    for home in filter(None, [os.environ.get("JAVA_HOME"), *sorted(glob.glob("/usr/lib/jvm/*17*")), "/usr"]):
        program = f"{home}/bin/java"
        if os.access(program, os.X_OK):
            said = subprocess.run([program, "-version"], capture_output=True, text=True).stderr
            version = re.search(r'version "(\d+)', said)
            if version and int(version[1]) >= 17:
                return home
    return None


class Spark:
    # For small answers, where compiling a query takes longer than running it.
    SMALL = {
        "spark.sql.shuffle.partitions": "1", "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }  # fmt: skip

    def __init__(self, statements, master="local[2]", settings=None):
        from pyspark.sql import SparkSession

        os.environ["JAVA_HOME"] = java_home() or sys.exit(
            "Spark needs Java 17: apt-get install openjdk-17-jre-headless, or set JAVA_HOME")  # fmt: skip
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.master(master).appName("batchcost")
        for name, value in {
            "spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC", "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            # Spark 4.3.0 fails when it prunes partitions with interpreted expressions: findings/spark-dynamic-pruning.sh.
            "spark.sql.optimizer.dynamicPartitionPruning.enabled": "false", "spark.log.level": "ERROR", "spark.driver.host": "127.0.0.1",
            "spark.sql.warehouse.dir": tempfile.mkdtemp(prefix="batchcost-"), **(settings or self.SMALL),
        }.items():  # fmt: skip
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()
        self.title = f"Spark {self.session.version}"
        for sql in statements["spark"]:
            self.session.sql(sql)

    def run(self, sql, values):
        frame = self.session.sql(sql, args={name: values[name] for name in text.parameters(sql)})
        kinds = [kind_of(field.dataType.simpleString()) for field in frame.schema.fields]
        return Answer(frame.columns, kinds, [tuple(row) for row in frame.collect()])


def difference(right, other):
    """How another engine's answer differs from SQLite's, in a few words; None if it does not."""
    if [name for name, _ in right.columns] != [name for name, _ in other.columns]:
        return f"other columns: {[name for name, _ in other.columns]}"
    for (name, kind), (_, others) in zip(right.columns, other.columns):
        if kind != others and kind and others:
            return f"{name} is a {others}, not a {kind}"
    if len(right.rows) != len(other.rows):
        return f"{len(other.rows)} rows, not {len(right.rows)}"
    for number, (row, others) in enumerate(zip(right.rows, other.rows), 1):
        for (name, _), value, given in zip(right.columns, row, others):
            if not same(value, given):
                if sorted(map(repr, right.rows)) == sorted(map(repr, other.rows)):
                    return f"another order, from row {number}"
                return f"row {number}: {name} is {given!r}, not {value!r}"
    return None


def same(a, b):
    if isinstance(a, float) and isinstance(b, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    return type(a) is type(b) and a == b
