"""Opens a batchcost database in common tools: neighbours.py BINARY DATABASE DATASETTE_0 DATASETTE_1.

Two releases of Datasette, pandas, polars, JDBC if there is a Java, the Grafana dashboard's queries, and Prometheus's own
parser. Each must give the sum of the postings.
"""
import json, os, pathlib, shutil, socket, sqlite3, subprocess, sys, tempfile, time, urllib.parse, urllib.request

import pandas, polars
from prometheus_client.parser import text_string_to_metric_families

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
binary, source = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
datasettes = sys.argv[3:]
opened = []


def near(found, right, what): assert abs(found - right) < 1e-6, f"{what}: {found}, and not {right}"


def prometheus(database, right):
    text = subprocess.run(
        [binary, "export", "--format", "prometheus", "--output", "-", "--database", database],
        check=True, capture_output=True, text=True).stdout
    families = {family.name: family.samples for family in text_string_to_metric_families(text)}
    near(sum(sample.value for sample in families["batchcost_cost_usd"]), right, "Prometheus")
    opened.append("Prometheus' parser")


def frames(database, right):
    sql = "SELECT * FROM cost_by_day"
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        near(pandas.read_sql_query(sql, connection)["cost_usd"].sum(), right, "pandas")
        near(polars.read_database(sql, connection, infer_schema_length=None)["cost_usd"].sum(), right, "polars")
    opened.extend([f"pandas {pandas.__version__}", f"polars {polars.__version__}"])


def jdbc(database, right):
    jars = [*pathlib.Path("/usr/share/java").glob("sqlite-jdbc*.jar")]
    if not shutil.which("java") or not jars:
        print("not opened over JDBC: there is no Java, or no libxerial-sqlite-jdbc-java", file=sys.stderr)
        assert not os.environ.get("CI"), "JDBC must be tested here"
        return
    import jaydebeapi
    connection = jaydebeapi.connect("org.sqlite.JDBC", f"jdbc:sqlite:{database}", jars=[str(jar) for jar in jars])
    cursor = connection.cursor()
    cursor.execute("SELECT SUM(cost_usd) FROM cost_by_day")
    near(cursor.fetchone()[0], right, "JDBC")
    connection.close()
    opened.append("JDBC")


def grafana(database, right):
    board = json.loads((ROOT / "packaging/grafana/batchcost.json").read_text())
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        first, last = connection.execute("SELECT MIN(time), MAX(time) FROM cost_by_day").fetchone()
        currencies = connection.execute(next(v["query"] for v in board["templating"]["list"] if v["name"] == "currency"))
        assert currencies.fetchall() == [("USD",)], "Grafana's currencies"
        for panel in board["panels"]:
            for target in panel["targets"]:
                sql = target["rawQueryText"].replace("$__from", f"{first}000").replace("$__to", f"{last + 1}000")
                sql = sql.replace("${currency}", "USD")
                assert "$" not in sql, sql
                rows = connection.execute(sql).fetchall()
                assert rows and any(value is not None for row in rows for value in row), panel["title"]
                if panel["title"] == "Cost, ${currency}": near(rows[0][0], right, "Grafana")
                if panel["title"] == "Cost by day, ${currency}": near(sum(row[2] or 0 for row in rows), right, "Grafana")
    opened.append(f"the {len(board['panels'])} panels of the Grafana dashboard")


def ask(port, path, **values):
    url = f"http://127.0.0.1:{port}{path}" + (f"?{urllib.parse.urlencode(values)}" if values else "")
    with urllib.request.urlopen(url, timeout=60) as answer: return answer.read().decode()


def datasette(program, database, right):
    folder = pathlib.Path(database).parent
    files = folder / "browse"
    subprocess.run([binary, "export", "--format", "datasette", "--output", files, "--database", database], check=True,
                   stderr=subprocess.DEVNULL)
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    extra = [] if version.startswith("0.") else ["--config", files / "datasette.json"]
    server = subprocess.Popen(
        [program, "serve", database, "--metadata", files / "metadata.json", *extra, "--port", str(port),
         "--setting", "sql_time_limit_ms", "20000"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                ask(port, "/-/versions.json")
                break
            except OSError:
                assert server.poll() is None, f"Datasette {version} ended"
                time.sleep(0.2)
        page = ask(port, "/batchcost/cost_by_day")
        assert "what was paid for" not in page and "the day in UTC, 2026-10-26" in page, f"Datasette {version}: no descriptions"
        days = {"from": "2000-01-01", "to": "2100-01-01"}
        rows = json.loads(ask(port, "/batchcost/totals.json", _shape="array", **days))
        near(rows[0]["cost_nanodollars"] / 1e9, right, f"Datasette {version}")
        rows = json.loads(ask(port, "/batchcost/cost-by-tag.json", _shape="array", tag="team", **days))
        assert len(rows) > 1, rows
    finally:
        server.terminate()
        server.wait(30)
    opened.append(f"Datasette {version}")


with tempfile.TemporaryDirectory() as folder:
    database = f"{folder}/batchcost.sqlite"
    with sqlite3.connect(source) as connection, sqlite3.connect(database) as copy: connection.backup(copy)
    with sqlite3.connect(database) as connection:
        right = connection.execute("SELECT SUM(cost) FROM posting").fetchone()[0] / 1e9
    prometheus(database, right)
    frames(database, right)
    jdbc(database, right)
    grafana(database, right)
    for program in datasettes: datasette(program, database, right)
print(f"${right:.2f} in {', '.join(opened)}")
