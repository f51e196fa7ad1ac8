"""Read a batchcost database with the queries of Queries/, and draw the figures of Reports/ with altair.

    import batchcost
    account = batchcost.open()
    account.query("cost-by-queue", week="2026-W44")
    account.figures("weekly")[0].draw(week="2026-W44")
    batchcost.lake("lake", engine="spark").query("cost-by-queue")
    batchcost.replay("spot.yaml", week="2026-W44")

No SQL and no figure is written here: `Queries/*.sql` and `Reports/*.md` are the ones that the reports use.
"""

import datetime
import fnmatch
import functools
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import warnings

import altair
import pandas
import yaml

FOLDER = pathlib.Path(__file__).resolve().parent
# In an installed package the queries and reports are part of it; in the repository they are in its folders.
ROOT = FOLDER / "data" if (FOLDER / "data").is_dir() else FOLDER.parent.parent
altair.data_transformers.disable_max_rows()
# Draws without a network, with the scripts in vl-convert.
altair.renderers.enable("jupyter", offline=True)


def open(path=None):
    """Opens for reading: `path`, or else $BATCHCOST_DATABASE, or else the demo's database (from scripts/demo)."""
    path = database(path)
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def ask(sql, values):
        cursor = connection.execute(sql, values)
        return [column[0] for column in cursor.description], cursor.fetchall()

    return Account(ask)


def lake(folder, engine="duckdb"):
    """Opens a lake from `batchcost export --format lake --output FOLDER`, with DuckDB or Spark ("spark")."""
    sys.path.insert(0, str(ROOT / "lake"))
    import engines

    kinds = {"duckdb": engines.DuckDB, "spark": engines.Spark}
    if engine not in kinds:
        raise ValueError(f"{engine}: a lake is read with {' or '.join(kinds)}")
    if not (pathlib.Path(folder) / "_batchcost").is_dir():
        raise FileNotFoundError(f"{folder}: no lake; batchcost export --format lake --output {folder} writes one")
    opened = kinds[engine](engines.lake_files(folder))

    def ask(sql, values):
        answer = opened.run(sql, values)
        return [name for name, _ in answer.columns], answer.rows

    return Account(ask)


def replay(*scenarios, path=None, week=None, force=False, seeds=None):
    """The cost and waits of a week in other scenarios, from `batchcost replay`: one row per scenario and environment.

    Scenarios are YAML files, or their contents as dictionaries. If the model fits an environment badly when it does not
    follow the past, `batchcost` gives no answer unless forced. Without any answer this raises;
    otherwise it warns of missing ones.
    """
    program = shutil.which("batchcost") or next(filter(os.path.exists, [str(ROOT / ".build/release/batchcost")]), None)
    if program is None:
        raise FileNotFoundError("batchcost is not on the PATH, and .build/release has none")
    command = [program, "replay", "--format", "json", "--database", str(database(path))]
    command += ["--week", week] if week else []
    command += ["--force"] if force else []
    command += ["--seeds", str(seeds)] if seeds else []
    with tempfile.TemporaryDirectory() as folder:
        for number, scenario in enumerate(scenarios, 1):
            if isinstance(scenario, dict):
                file = pathlib.Path(folder, f"scenario-{number}.yaml")
                file.write_text(yaml.safe_dump(scenario, sort_keys=False, allow_unicode=True), encoding="utf-8")
                scenario = file
            command += ["--scenario", str(scenario)]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    if done.stderr.strip():  # scenarios without an answer, with the reasons
        warnings.warn(done.stderr.strip(), stacklevel=2)
    return presented(pandas.DataFrame(json.loads(done.stdout)))


def database(path):
    path = pathlib.Path(path or os.environ.get("BATCHCOST_DATABASE") or ROOT / "demo" / "batchcost.sqlite")
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such database; name one, or set BATCHCOST_DATABASE (scripts/demo makes one)")
    return path


class Account:
    """A database or a lake, and the default period of its queries: all of the data.

    `ask(sql, values)` gives the names of columns, and rows.
    """

    def __init__(self, ask):
        self.ask = ask

    def rows(self, sql):
        return self.ask(sql, {})[1]

    @functools.cached_property
    def currency(self):
        """The currency of all amounts: USD, or CNY if all regions are in China. Raises if there are both."""
        regions = [row[0] for row in self.rows(
            "SELECT DISTINCT g.region FROM resource r JOIN account_region g ON g.id = r.account_region")]
        found = {"CNY" if region.startswith("cn-") else "USD" for region in regions} or {"USD"}
        if len(found) > 1:
            raise ValueError(
                "there are amounts in USD and in CNY, which are never added: `batchcost query NAME --where currency=USD` "
                "and `batchcost report NAME --where currency=CNY` take one of them")
        return found.pop()

    def amount(self, name):
        """The column of an amount: `cost_usd` of `cost`, or `cost_cny` of regions in China."""
        return f"{name}_{self.currency.lower()}"

    def names(self):
        """The named queries with their first line of documentation."""
        files = sorted((ROOT / "Queries").glob("*.sql"))
        return pandas.DataFrame(
            {"query": [f.stem for f in files], "description": [documentation(f.stem)[0] for f in files]}
        )

    def weeks(self):
        """The ISO weeks of the data."""
        return [row[0] for row in self.rows("SELECT DISTINCT week FROM calendar ORDER BY week")]

    @property
    def week(self):
        """The last complete ISO week, which reports are about; None if there is none."""
        return self.rows("SELECT MAX(week) FROM whole_week")[0][0]

    def period(self, week=None, start=None, end=None):
        """The first day and the day after the last, for queries; by default the last complete week, as in reports."""
        if week:
            monday = datetime.date.fromisoformat(f"{week}-1")
            return {"from": monday.isoformat(), "to": (monday + datetime.timedelta(days=7)).isoformat()}
        if self.week and not start and not end:
            return self.period(week=self.week)
        first, last = self.rows("SELECT MIN(date), MAX(date) FROM calendar")[0]
        after = datetime.date.fromisoformat(last) + datetime.timedelta(days=1)
        return {"from": start or first, "to": end or after.isoformat()}

    def query(self, name, week=None, start=None, end=None, **parameters):
        """The rows of a named query, with units in the columns' names: `*_usd` in dollars (`*_cny` in China), `*_at` in UTC."""
        sql = (ROOT / "Queries" / f"{name}.sql").read_text(encoding="utf-8")
        values = self.period(week, start, end) | parameters
        columns, rows = self.ask(sql, values)
        return presented(pandas.DataFrame(rows, columns=columns), self.currency)

    def jobs(self, name=None, queue=None, definition=None, **period):
        """Jobs with their cost, most expensive first; names, queues and definitions may contain `*`."""
        jobs = self.query("job-cost", **period)
        for column, pattern in (("job_name", name), ("job_queue", queue), ("job_definition", definition)):
            if pattern:
                jobs = jobs[jobs[column].fillna("").map(lambda text: fnmatch.fnmatchcase(text, pattern))]
        return jobs.sort_values(self.amount("cost"), ascending=False, ignore_index=True)

    def figures(self, report):
        """The Vega-Lite figures of a report, in order, without those of optional queries that do not exist."""
        text = (ROOT / "Reports" / f"{report}.md").read_text(encoding="utf-8")
        head = yaml.safe_load(text.split("---")[1])
        blocks = re.finditer(r"^```vega-lite\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        figures = [
            Figure(self, specification(block[1]), subtitle(text[: block.start()]), head.get("queries", {}))
            for block in blocks
        ]
        return [f for f in figures if f.query not in head.get("optional", []) or f.exists]


class Figure:
    """A figure of a report: valid Vega-Lite whose data is a named query."""

    def __init__(self, account, specification, title, aliases):
        self.account, self.specification, self.title, self.aliases = account, specification, title, aliases

    @property
    def query(self):
        return self.specification["data"]["name"]

    @property
    def exists(self):
        return (ROOT / "Queries" / f"{self.named['query']}.sql").exists()

    @property
    def named(self):
        """The query's own name, with parameters; reports may use another name for it."""
        return dict(self.aliases.get(self.query, {"query": self.query}))

    def data(self, **period):
        alias = self.named
        for key, value in alias.items():
            if value.startswith("="):  # another query's first row: =tag-keys.tag
                query, column = value[1:].split(".")
                rows = self.account.query(query, **period)
                alias[key] = rows[column].iloc[0] if len(rows) else ""
        return self.account.query(alias.pop("query"), **alias, **period)

    def draw(self, width=560, **period):
        """An altair chart of the figure, with the palette's colours and the query's rows."""
        currency = self.account.currency
        specification = in_currency(coloured(self.specification), currency)
        specification["data"] = {"values": records(self.data(**period))}
        if "facet" not in specification and "hconcat" not in specification:
            specification.setdefault("width", width)
        title = self.title or documentation(self.named["query"])[0]
        specification["title"] = {"text": title, "anchor": "start", "fontWeight": "normal", "fontSize": 11}
        chart = altair.Chart.from_dict(specification)
        chart = chart.configure_point(filled=True).configure_view(stroke=None)
        chart = chart.configure_axis(title=None).configure_axisX(labelAngle=0)
        chart = chart.configure_header(title=None).configure_legend(title=None).configure(locale=LOCALES[currency])
        return chart.configure_range(
            ramp=[PALETTE["ramp-low"], PALETTE["ramp-middle"], PALETTE["ramp-high"]],
            heatmap=[PALETTE["ramp-low"], PALETTE["ramp-middle"], PALETTE["ramp-high"]],
        )


def documentation(name):
    """The leading comment of a query, line by line."""
    lines = (ROOT / "Queries" / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    head = []
    for line in lines:
        if not line.startswith("--"):
            break
        head.append(line[2:].strip())
    return head


def presented(frame, currency="USD"):
    """Columns as on the command line: nanodollars in the currency's unit, milliseconds as times."""
    for column in list(frame.columns):
        if column.endswith("_nanodollars"):
            amounts = pandas.to_numeric(frame.pop(column)) / 1e9
            frame[column.removesuffix("nanodollars") + currency.lower()] = amounts
        elif column.endswith("_at_ms") or column == "at_ms":
            moments = pandas.to_datetime(pandas.to_numeric(frame.pop(column)), unit="ms", utc=True)
            frame[column.removesuffix("_ms")] = moments
    return frame


def records(frame):
    """Rows for Vega-Lite: NULL is null, times are ISO 8601."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [
        {key: value.isoformat() if isinstance(value, pandas.Timestamp) else value for key, value in row.items()}
        for row in rows
    ]


def specification(block):
    """The figure in a `vega-lite` block, or in the file of the one that it names."""
    figure = yaml.safe_load(block)
    if "figure" not in figure:
        return figure
    return yaml.safe_load((ROOT / "Reports" / "figures" / f"{figure['figure']}.yaml").read_text(encoding="utf-8"))


def subtitle(before):
    """The line before a figure, which describes it; empty if only a report can fill it in."""
    lines = [line for line in before.splitlines() if line.strip()]
    return lines[-1] if lines and not lines[-1].startswith("#") and "{{" not in lines[-1] else ""


def in_currency(specification, currency):
    """The specification with the column names of `presented`."""
    return json.loads(json.dumps(specification).replace("_usd", f"_{currency.lower()}"))


def coloured(value, key=""):
    """The specification with the palette's names replaced by colours."""
    if isinstance(value, dict):
        return {name: coloured(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [coloured(inner, key) for inner in value]
    if key in ("color", "fill", "stroke", "value", "range", "labelColor") and isinstance(value, str):
        return PALETTE.get(value, value)
    return value


# The meaning of `$` in a number format.
LOCALES = {
    currency: {"number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": [sign, ""]}}
    for currency, sign in (("USD", "$"), ("CNY", "CN¥"))
}
PALETTE = json.loads((FOLDER / "palette.json").read_text(encoding="utf-8"))
