#!/usr/bin/env python3
"""Runs batchcost and its peers on the same input, in turns, and prints what each took and how they compare.

  run.py BATCHCOST WORK SCALE [--repeats N] [--only ledger,growth,ingest,queries,reports,narrowed] [--json FILE]

WORK is the folder that scripts/bench prepared. Each run is a separate process (fork, exec, wait4), so start-up counts.
Times are the least of the repeats, since other work on the machine only ever adds. CPU is user plus system time,
memory the largest peak of the resident set. Ratios are ours over theirs: below 1 we need less.
"""
import argparse, json, os, re, shutil, sqlite3, subprocess, sys, time

QUERIES = """headline totals cost-by-day cost-by-week cost-by-queue cost-by-queue-by-day cost-by-job-definition
cost-by-tag cost-by-compute-environment movers postings unused-cost utilization utilization-by-hour spot-savings retry-cost
queue-wait right-sizing findings-by-check confidence weekly-titles""".split()


def run(command, directory):
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read().decode(errors="replace").strip()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    figures = {
        "wall": time.perf_counter() - start,
        "cpu": usage.ru_utime + usage.ru_stime,
        "mb": usage.ru_maxrss / 1024,
    }
    if process.returncode:
        last = message.splitlines()[-1] if message else ""
        print(f"  {' '.join(command)}: exit {process.returncode} {last}", file=sys.stderr)
        return None
    return figures | {"message": message}


def own_memory(command, directory):
    """The most MB that a process wrote to, without the libraries and fonts it maps and shares."""
    process = subprocess.Popen(command, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/smaps_rollup") as file:
                most = max(most, int(re.search(r"Private_Dirty: +(\d+)", file.read()).group(1)))
        except (OSError, AttributeError):
            pass
    return most / 1024


def least(runs):
    return {key: min(figures[key] for figures in runs) for key in ("wall", "cpu")} | {
        "mb": max(figures["mb"] for figures in runs)
    }


def measure(cases, directory, repeats, before=lambda name: None, split={}):
    """The least of each case's repeats; the cases take turns. `split` turns one case's runs into several rows."""
    runs = {name: [] for name, _ in cases}
    for repeat in range(repeats):
        for name, command in cases:
            before(name)
            figures = run(command, directory)
            if figures is not None:
                for part, own in split.get(name, lambda figures: {name: figures})(figures).items():
                    runs.setdefault(part, []).append(own)
    return {name: least(figures) for name, figures in runs.items() if figures}


def table(title, results, ours, extra=None):
    print(f"\n{title}\n")
    head = ("", "wall s", "CPU s", "peak MB", "ours/its wall", "ours/its CPU") + ((extra[0],) if extra else ())
    rows = [head]
    for name, figures in results.items():
        ratio = lambda key: f"{results[ours][key] / figures[key]:.2f}" if name != ours and ours in results else ""
        row = (name, f"{figures['wall']:.3f}", f"{figures['cpu']:.3f}", f"{figures['mb']:.0f}", ratio("wall"), ratio("cpu"))
        rows.append(row + ((extra[1](figures),) if extra else ()))
    print("| " + " | ".join(head) + " |\n|" + " --- |" + " ---: |" * (len(head) - 1))
    for row in rows[1:]:
        print("| " + " | ".join(row) + " |")
    sys.stdout.flush()


def steps(*names):
    """A row for each step of `--timings`; the first also gets the rest, from start-up to closing the database."""

    def split(figures):
        said = {
            step: {"wall": float(wall), "cpu": float(cpu), "mb": float(mb)}
            for step, wall, cpu, mb in re.findall(
                r"^(collection|ledger|insights): ([\d.]+) s, ([\d.]+) s of CPU, (\d+) MB", figures["message"], re.M
            )
        }
        for key in ("wall", "cpu"):
            said[names[0]][key] = figures[key] - sum(said[step][key] for step in said if step != names[0])
        return {f"batchcost, {name}": said[name] for name in names}

    return {"batchcost": split}


def without_ledger(database, copy):
    """Copies a database without its ledger, as it is after collecting."""
    shutil.copy(database, copy)
    connection = sqlite3.connect(copy, isolation_level=None)
    for table in ("posting", "resource", "resource_day", "daily_cost", "hourly_use", "start_wait", "submission_day", "build"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("VACUUM")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def ledger(given, path):
    """From an SQLite file to ledger rows committed to an SQLite file; ours writes to the file it reads."""
    facts, own = "out/facts.sqlite", "out/ledger.sqlite"
    without_ledger(path("sqlite"), facts)
    python, build = f"{given.work}/venv/bin/python", [given.batchcost, "ledger", "build", "--database", own]
    peer = lambda name: [python, f"tools/{name}.py", "sweep"]
    cases = [
        ("batchcost", build + ["--weights", "9:1:95", "--spot-price", "continuous", "--timings"]),
        ("C, SQLite to SQLite", ["./ref_sqlite", "sweep", f"db/{given.scale}.db", "out/ref_sqlite"]),
        ("DuckDB 1.5.5, SQLite to SQLite", peer("duck_sqlite") + [f"db/{given.scale}.db", "out/duck"]),
        ("Polars 2.1, SQLite to SQLite", peer("pol_sqlite") + [f"db/{given.scale}.db", "out/pol"]),
        ("pandas 3.1, SQLite to SQLite", peer("pd_sqlite") + [f"db/{given.scale}.db", "out/pd"]),
        ("ClickHouse (chdb 4.4), Parquet to Parquet", peer("ch") + [f"data/{given.scale}", "out/ch"]),
    ]
    for name in ("ref_sqlite", "duck", "pol", "pd", "ch"):
        os.makedirs(f"{given.work}/out/{name}", exist_ok=True)

    def renew(name):
        if name == "batchcost":
            shutil.copy(facts, own)

    results = measure(cases, given.work, given.repeats, renew, steps("ledger", "insights"))
    os.remove(facts), os.remove(own)
    attempts = sqlite3.connect(f"db/{given.scale}.db").execute("SELECT COUNT(*) FROM attempt").fetchone()[0]
    table(f"Ledger of {attempts:,} attempts", results, "batchcost, ledger")
    return results


def growth(given, path):
    """What a later collection costs: the last jobs on top of a ledger of all others, beside a full build."""
    jobs, own = f"data/{given.scale}/jobs.jsonl", "out/growing.sqlite"
    with open(jobs, "rb") as file:
        lines = sum(1 for _ in file)
    parts = {"1 job in 1,000": lines // 1000, "1 job in 100": lines // 100}
    collect = [given.batchcost, "collect", "--as-of", "2026-02-15T00:00:00Z", "--database"]
    for name, count in parts.items():
        first, last, base = "out/first.jsonl", f"out/last-{count}.jsonl", f"out/base-{count}.sqlite"
        with open(jobs, "rb") as file, open(first, "wb") as head, open(last, "wb") as tail:
            for number, line in enumerate(file):
                (head if number < lines - count else tail).write(line)
        command = collect + [base, "--from", first, "--from", f"data/{given.scale}/aws"]
        subprocess.run(command, check=True, capture_output=True)
        sqlite3.connect(base).execute("PRAGMA wal_checkpoint(TRUNCATE)")
        os.remove(first)
    cases = [(name, collect + [own, "--from", f"out/last-{count}.jsonl", "--timings"]) for name, count in parts.items()]
    cases.append(("all anew", [given.batchcost, "ledger", "build", "--anew", "--timings", "--database", own]))

    def renew(name):
        for suffix in ("-wal", "-shm"):
            if os.path.exists(own + suffix):
                os.remove(own + suffix)
        shutil.copy(f"out/base-{parts.get(name, lines // 100)}.sqlite", own)

    only = lambda name: lambda figures: {name: next(iter(steps("ledger", "insights")["batchcost"](figures).values()))}
    results = measure(cases, given.work, given.repeats, renew, {name: only(name) for name, _ in cases})
    for count in parts.values():
        os.remove(f"out/base-{count}.sqlite"), os.remove(f"out/last-{count}.jsonl")
    os.remove(own)
    table(f"Ledger brought up to date, of {lines:,} jobs", results, "1 job in 1,000")
    return results


def ingest(given, path):
    """From DescribeJobs documents to committed, indexed rows."""
    jobs = f"data/{given.scale}/jobs.jsonl"
    cases = [
        ("batchcost", [given.batchcost, "collect", "--from", jobs, "--as-of", "2026-02-15T00:00:00Z", "--timings",
                       "--database", "out/collect.sqlite"]),
        ("simdjson and C, no journal", ["./simd_ingest", "fast", jobs, "out/simd.db"]),
        ("simdjson and C, write-ahead log", ["./simd_ingest", "wal", jobs, "out/simd.db"]),
    ]  # fmt: skip

    def clear(name):
        for suffix in ("", "-wal", "-shm"):
            for stem in ("collect.sqlite", "simd.db"):
                if os.path.exists(f"out/{stem}{suffix}"):
                    os.remove(f"out/{stem}{suffix}")

    results = measure(cases, given.work, max(1, given.repeats - 2), clear, steps("collection"))
    clear("")
    count = sqlite3.connect(f"db/{given.scale}.db").execute("SELECT COUNT(*) FROM attempt").fetchone()[0]
    size = os.path.getsize(jobs) / 1e6
    rate = ("attempts/s of CPU", lambda figures: f"{count / figures['cpu']:,.0f}")
    table(f"Ingest of {count:,} attempts, {size:,.0f} MB of JSON lines", results, "batchcost, collection", rate)
    return results


def takes_tag(query):
    """Whether a query has the parameter `tag`; passing one it lacks is an error."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Queries", f"{query}.sql")) as file:
        return ":tag" in file.read()


def queries(given, path):
    """The weekly report's queries over all of the data."""
    known = set(re.findall(r"^\s{0,4}([a-z][a-z-]+)", listing(given, path), re.M))
    cases = [
        (name, [given.batchcost, "query", name, "--from", "2026-01-01", "--to", "2026-03-01", "--format", "json",
                "--database", path("sqlite")] + (["--param", "tag=project"] if takes_tag(name) else []))
        for name in QUERIES
        if name in known
    ]  # fmt: skip
    results = measure(cases, given.work, given.repeats)
    print(f"\nQueries on {given.scale}, all five weeks\n\n| | wall ms | CPU ms | peak MB |\n| --- | ---: | ---: | ---: |")
    for name, figures in sorted(results.items(), key=lambda item: -item[1]["cpu"]):
        print(f"| {name} | {figures['wall'] * 1000:.0f} | {figures['cpu'] * 1000:.0f} | {figures['mb']:.0f} |")
    sys.stdout.flush()
    return results


def reports(given, path):
    """The sample's three reports as PDF, SVG and HTML, queries included; matplotlib gets their data ready-made."""
    names, database = ["weekly", "spot-audit", "right-sizing"], "out/demo/batchcost.sqlite"
    subprocess.run([given.batchcost, "demo", "--output", "out/demo"], check=True, capture_output=True)
    report = lambda name, output: [given.batchcost, "report", name, "--database", database, "--output", output]
    for name in names:
        subprocess.run(report(name, f"out/{name}.json"), check=True, capture_output=True)
    ours = " && ".join(" ".join(report(name, f"out/reports/{name}/")) for name in names)
    python = f"{given.work}/venv/bin/python"
    cases = [
        ("batchcost report, three processes", ["sh", "-c", ours]),
        ("matplotlib, one process", [python, "-W", "ignore", "tools/mpl_reports.py", "out/mpl"] + [f"out/{name}.json" for name in names]),
    ]  # fmt: skip
    results = measure(cases, given.work, max(1, given.repeats - 2))
    own = [
        max(own_memory(report(name, f"out/reports/{name}/"), given.work) for name in names),
        own_memory(cases[1][1], given.work),
    ]
    for (name, _), memory in zip(cases, own):
        results.get(name, {})["own"] = memory
    extra = ("of its own MB", lambda figures: f"{figures['own']:.0f}")
    table("Three reports as PDF, SVG and HTML", results, cases[0][0], extra)
    return results


def narrowed(given, path):
    """The weekly report of everything, and narrowed by `--where`, which may take half as long again."""
    database = path("sqlite")
    connection = sqlite3.connect(database)
    one = lambda sql: connection.execute(sql).fetchone()
    queue = one("SELECT q.name FROM job j JOIN job_queue q ON q.id = j.job_queue GROUP BY q.id ORDER BY COUNT(*) DESC LIMIT 1")
    definition = one("SELECT d.name FROM job j JOIN job_definition d ON d.id = j.job_definition GROUP BY d.name ORDER BY COUNT(*) DESC LIMIT 1")
    tag = one("SELECT t.name, t.value FROM job j JOIN tag t ON t.tag_set = j.tag_set GROUP BY 1, 2 ORDER BY COUNT(*) DESC LIMIT 1")
    conditions = [f"queue={queue[0]}", f"definition={definition[0]}", "name~*", "region~*"]
    if tag:
        conditions.insert(2, f"tag:{tag[0]}={tag[1]}")
    report = [given.batchcost, "report", "weekly", "--database", database, "--output"]
    cases = [("everything", report + ["out/weekly.pdf"])]
    cases += [(f"--where '{condition}'", report + ["out/narrowed.pdf", "--where", condition]) for condition in conditions]
    results = measure(cases, given.work, max(1, given.repeats - 2))
    whole = results["everything"]
    times = lambda figures: f"{figures['wall'] / whole['wall']:.2f}"
    table(f"Weekly report on {given.scale}, narrowed", results, "everything", ("of everything, wall", times))
    return results


def listing(given, path):
    command = [given.batchcost, "query", "--database", path("sqlite")]
    return subprocess.run(command, cwd=given.work, capture_output=True, text=True).stdout


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("batchcost"), options.add_argument("work"), options.add_argument("scale")
    options.add_argument("--repeats", type=int, default=5)
    options.add_argument("--only", default="ledger,growth,ingest,queries,reports,narrowed")
    options.add_argument("--json", help="a file to add the figures to, a line a run")
    given = options.parse_args()
    given.batchcost, given.work = os.path.abspath(given.batchcost), os.path.abspath(given.work)
    os.chdir(given.work)
    path = lambda suffix: f"db/{given.scale}-batchcost.{suffix}"
    results = {}
    parts = {"ledger": ledger, "growth": growth, "ingest": ingest, "queries": queries, "reports": reports,
             "narrowed": narrowed}
    for name in given.only.split(","):
        results[name] = parts[name](given, path)
    print(f"\nLoad of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    if given.json:
        with open(given.json, "a") as file:
            file.write(json.dumps({"at": time.strftime("%FT%TZ", time.gmtime()), "scale": given.scale, **results}) + "\n")


main()
