#!/usr/bin/env python3
"""Computes the ledger a second time from the facts alone, step by step, and compares it with what batchcost posted.

  ledger.py [--database FILE] [--engine sqlite|duckdb|spark] [--master URL | --cluster WORKERS] [--steps]

The steps are Queries/ledger-reference/*.sql, each a table that later ones read, then Queries/ledger-reference.sql. Spark
partitions each step by the column its file names (`-- by instance_id`), so that later steps need not move rows; between
steps the tables stay on its workers. --cluster starts a master and that many workers on loopback.

Prints rows, seconds and, on Spark, bytes shuffled. Exits 1 if a row differs by more than a nanodollar.
"""

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time

import engines
import text

POSTED = """
  SELECT r.name, p.day, a.name, j.job_id, t.ordinal, SUM(p.ms), SUM(p.cost), SUM(p.on_demand)
  FROM posting p
  JOIN resource r ON r.id = p.resource
  JOIN ledger_account a ON a.id = p.account
  LEFT JOIN attempt t ON t.id = p.attempt
  LEFT JOIN job j ON j.id = t.job
  WHERE r.kind IN ('instance', 'fargate-task', 'capacity-reservation')
  GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT NULL, u.day, 'unplaced', j.job_id, t.ordinal, u.ms, NULL, NULL
  FROM unplaced u
  JOIN attempt t ON t.id = u.attempt
  JOIN job j ON j.id = t.job"""


class Local:
    """SQLite and DuckDB: each step a temporary table."""

    def __init__(self, execute):
        self.execute = execute

    def step(self, name, sql, by):
        self.execute(f"CREATE TEMPORARY TABLE {name} AS {sql}")
        return self.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0]

    def rows(self, sql):
        return self.execute(sql).fetchall()

    def shuffled(self):
        return None


class OnSpark:
    def __init__(self, spark, partitions, folder):
        self.spark, self.partitions, self.folder = spark, partitions, folder

    def step(self, name, sql, by):
        frame = self.spark.sql(sql)
        if by:
            # Kept on the workers without its plan; otherwise every use would plan all earlier steps again.
            frame = frame.repartition(self.partitions, by).localCheckpoint()
        else:
            frame.write.parquet(f"{self.folder}/{name}")
            frame = self.spark.read.parquet(f"{self.folder}/{name}")
        frame.createOrReplaceTempView(name)
        return frame.count()

    def rows(self, sql):
        return [tuple(row) for row in self.spark.sql(sql).collect()]

    def processor(self):
        """CPU seconds of Spark's process; for a cluster, of the driver alone."""
        fields = open(f"/proc/{self.spark.sparkContext._gateway.proc.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def shuffled(self):
        """Bytes that the executors wrote for each other."""
        listed = self.spark.sparkContext._jsc.sc().statusStore().executorList(False)
        return sum(listed.apply(place).totalShuffleWrite() for place in range(listed.size()))


def compute(engine, prints):
    began = time.monotonic()
    before = engine.shuffled() or 0
    for name, sql, by in text.steps("ledger-reference"):
        start = time.monotonic()
        rows = engine.step(name, sql, by)
        if prints:
            moved = engine.shuffled()
            said = "" if moved is None else f" {(moved - before) / 1e6:10.2f} MB shuffled"
            before = moved or 0
            print(f"  {name:16} {rows:10} rows {time.monotonic() - start:8.1f} s{said}", flush=True)
    found = engine.rows((text.ROOT / "Queries" / "ledger-reference.sql").read_text())
    return {row[:5]: row[5:] for row in found}, time.monotonic() - began


def differences(ledger, rows):
    """The rows that differ, and those that differ by more than a nanodollar; an all-zero row counts as absent."""
    nothing = (0, 0, 0)
    differ, far = [], []
    for key in ledger.keys() | rows.keys():
        ours, theirs = ledger.get(key, nothing), rows.get(key, nothing)
        if ours == theirs:
            continue
        differ.append(f"{key}: the ledger has {ledger.get(key)}, the reference {rows.get(key)}")
        if ours[0] != theirs[0] or any(
            (a is None) != (b is None) or a is not None and abs(a - b) > 1 for a, b in zip(ours[1:], theirs[1:])):  # fmt: skip
            far.append(differ[-1])
    return differ, far


@contextlib.contextmanager
def cluster(workers):
    """A master and workers in Spark's standalone mode on loopback, each with one core."""
    import pyspark

    home = os.path.dirname(pyspark.__file__)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "JAVA_HOME": engines.java_home() or "", "SPARK_HOME": home, "SPARK_LOCAL_IP": "127.0.0.1"}
    master = f"spark://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        start = lambda *words: subprocess.Popen(  # noqa: E731
            [f"{home}/bin/spark-class", *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        running = [start("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port),
                         "--webui-port", "0")]  # fmt: skip
        running += [start("org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", "1",
                          "--memory", "2g", "--work-dir", folder, master) for _ in range(workers)]  # fmt: skip
        try:
            yield master
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--database", default=str(text.ROOT / "demo" / "batchcost.sqlite"))
    options.add_argument("--engine", choices=["sqlite", "duckdb", "spark"], default="spark")
    options.add_argument("--master", default="local[2]")
    options.add_argument("--cluster", type=int, default=0, metavar="WORKERS")
    options.add_argument("--partitions", type=int, default=4)
    options.add_argument("--steps", action="store_true", help="print each step")
    asked = options.parse_args()

    database = engines.SQLite(asked.database).connection
    ledger = {row[:5]: row[5:] for row in database.execute(POSTED)}
    with contextlib.ExitStack() as stack:
        if asked.engine == "sqlite":
            engine, title = Local(database.execute), engines.SQLite(asked.database).title
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            facts = text.facts("ledger-reference")
            engines.DuckDBCLI(asked.database).export(facts, folder)
            statements = engines.table_files(folder, facts, [])
            if asked.engine == "duckdb":
                other = engines.DuckDB(statements)
                engine, title = Local(other.connection.execute), other.title
            else:
                master = stack.enter_context(cluster(asked.cluster)) if asked.cluster else asked.master
                # Lets tables partitioned by instance join by instance and hour without moving rows.
                spark = engines.Spark(statements, master, {
                    "spark.sql.shuffle.partitions": str(asked.partitions), "spark.sql.adaptive.enabled": "false",
                    "spark.sql.requireAllClusterKeysForCoPartition": "false", "spark.executor.memory": "1500m",
                    "spark.driver.memory": "3g",
                })  # fmt: skip
                engine, title = OnSpark(spark.session, asked.partitions, f"{folder}/steps"), spark.title
                title += f", {asked.cluster} workers" if asked.cluster else f", {asked.master}"
        rows, seconds = compute(engine, asked.steps)
        moved = engine.shuffled()
        said = "" if moved is None else f", {engine.processor():.0f} s of CPU, {moved / 1e6:.1f} MB shuffled"
    differ, far = differences(ledger, rows)
    print(f"{title}: {len(rows)} rows, {sum(row[1] or 0 for row in rows.values())} nanodollars, {seconds:.1f} s{said}; "
          f"{len(differ)} rows differ from the ledger, {len(far)} by more than a nanodollar")  # fmt: skip
    for line in (far or differ)[:5]:
        print(f"  {line}")
    return 1 if far or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
