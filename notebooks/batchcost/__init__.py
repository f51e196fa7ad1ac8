"""Read a batchcost database with the queries of Queries/, and draw the figures of Reports/ with altair.

    import batchcost
    account = batchcost.open()
    account.query("cost-by-queue", week="2026-W44")
    account.figures("weekly")[0].draw(week="2026-W44")

No SQL and no figure is written here: `Queries/*.sql` and `Reports/*.md` are the ones that the reports use.
"""

import datetime
import fnmatch
import json
import os
import pathlib
import re
import sqlite3

import altair
import pandas
import yaml

FOLDER = pathlib.Path(__file__).resolve().parent
# Installed, the queries and reports are part of the package; in the repository they are its own.
ROOT = FOLDER / "data" if (FOLDER / "data").is_dir() else FOLDER.parent.parent
altair.data_transformers.disable_max_rows()
# Draws without a network: vl-convert brings the scripts.
altair.renderers.enable("jupyter", offline=True)


def open(path=None):
    """The database at `path`, else at $BATCHCOST_DATABASE, else the demo's (scripts/demo makes it), for reading."""
    path = pathlib.Path(path or os.environ.get("BATCHCOST_DATABASE") or ROOT / "demo" / "batchcost.sqlite")
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such database; name one, or set BATCHCOST_DATABASE (scripts/demo makes one)")
    return Account(path)


class Account:
    """One database, and the period that queries take where none is named: all of it."""

    def __init__(self, path):
        self.connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def names(self):
        """The named queries with their first line of documentation."""
        files = sorted((ROOT / "Queries").glob("*.sql"))
        return pandas.DataFrame(
            {"query": [f.stem for f in files], "what it tells": [documentation(f.stem)[0] for f in files]}
        )

    def weeks(self):
        """The ISO weeks of the data."""
        return [row[0] for row in self.connection.execute("SELECT DISTINCT week FROM calendar ORDER BY week")]

    @property
    def week(self):
        """The last ISO week that is whole, which reports are about; None where none is."""
        return self.connection.execute("SELECT MAX(week) FROM whole_week").fetchone()[0]

    def period(self, week=None, start=None, end=None):
        """Half-open days, as queries take them; by default the last whole week, as reports do."""
        if week:
            monday = datetime.date.fromisoformat(f"{week}-1")
            return {"from": monday.isoformat(), "to": (monday + datetime.timedelta(days=7)).isoformat()}
        if self.week and not start and not end:
            return self.period(week=self.week)
        first, last = self.connection.execute("SELECT MIN(date), MAX(date) FROM calendar").fetchone()
        after = datetime.date.fromisoformat(last) + datetime.timedelta(days=1)
        return {"from": start or first, "to": end or after.isoformat()}

    def query(self, name, week=None, start=None, end=None, **parameters):
        """The rows of a named query, with units in the columns' names: `*_usd` in dollars, `*_at` in UTC."""
        sql = (ROOT / "Queries" / f"{name}.sql").read_text(encoding="utf-8")
        values = self.period(week, start, end) | parameters
        cursor = self.connection.execute(sql, values)
        columns = [column[0] for column in cursor.description]
        return presented(pandas.DataFrame(cursor.fetchall(), columns=columns))

    def jobs(self, name=None, queue=None, definition=None, **period):
        """Jobs with their cost, the dearest first; names, queues and definitions may hold `*`."""
        jobs = self.query("job-cost", **period)
        for column, pattern in (("job_name", name), ("job_queue", queue), ("job_definition", definition)):
            if pattern:
                jobs = jobs[jobs[column].fillna("").map(lambda text: fnmatch.fnmatchcase(text, pattern))]
        return jobs.sort_values("cost_usd", ascending=False, ignore_index=True)

    def figures(self, report):
        """The Vega-Lite figures of a report, in its order; those of an optional query that does not exist are left out."""
        text = (ROOT / "Reports" / f"{report}.md").read_text(encoding="utf-8")
        head = yaml.safe_load(text.split("---")[1])
        blocks = re.finditer(r"^```vega-lite\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        figures = [
            Figure(self, yaml.safe_load(block[1]), subtitle(text[: block.start()]), head.get("queries", {}))
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
        """The query by its own name, with parameters: reports may call it otherwise."""
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
        """An altair chart of the figure: names of the palette become its colours, the query its rows."""
        specification = coloured(self.specification)
        specification["data"] = {"values": records(self.data(**period))}
        if "facet" not in specification and "hconcat" not in specification:
            specification.setdefault("width", width)
        title = self.title or documentation(self.named["query"])[0]
        specification["title"] = {"text": title, "anchor": "start", "fontWeight": "normal", "fontSize": 11}
        chart = altair.Chart.from_dict(specification)
        chart = chart.configure_point(filled=True).configure_view(stroke=None)
        chart = chart.configure_axis(title=None).configure_axisX(labelAngle=0)
        chart = chart.configure_header(title=None).configure_legend(title=None)
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


def presented(frame):
    """Columns as the command line presents them: nanodollars in dollars, milliseconds as moments."""
    for column in list(frame.columns):
        if column.endswith("_nanodollars"):
            dollars = pandas.to_numeric(frame.pop(column)) / 1e9
            frame[column.removesuffix("nanodollars") + "usd"] = dollars
        elif column.endswith("_at_ms") or column == "at_ms":
            moments = pandas.to_datetime(pandas.to_numeric(frame.pop(column)), unit="ms", utc=True)
            frame[column.removesuffix("_ms")] = moments
    return frame


def records(frame):
    """Rows for Vega-Lite: NULL stays null, moments are ISO 8601."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [
        {key: value.isoformat() if isinstance(value, pandas.Timestamp) else value for key, value in row.items()}
        for row in rows
    ]


def subtitle(before):
    """The line before a figure, which says what is drawn; nothing where only a report can fill it in."""
    lines = [line for line in before.splitlines() if line.strip()]
    return lines[-1] if lines and not lines[-1].startswith("#") and "{{" not in lines[-1] else ""


def coloured(value, key=""):
    """The specification with the palette's names replaced where a colour stands."""
    if isinstance(value, dict):
        return {name: coloured(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [coloured(inner, key) for inner in value]
    if key in ("color", "fill", "stroke", "value", "range", "labelColor") and isinstance(value, str):
        return PALETTE.get(value, value)
    return value


PALETTE = json.loads((FOLDER / "palette.json").read_text(encoding="utf-8"))
