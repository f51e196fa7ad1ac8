#!/bin/sh
# jps-nextflow-utils 0.2.0 sums up Nextflow's trace.txt by process. Nextflow writes times as "4h 12m 30s" or "2m 40s". One would
# expect an auditor of traces to read them. It reads only times of one unit ("48s", "12m") and leaves out the others without a
# word: they do not enter the process's total, mean and maximum, though the task counts. So a process of two four-hour tasks and
# a short one lasts 48 seconds, a process without short tasks has no time at all, and a run that became hours slower compares as
# unchanged. Whoever multiplies these totals by prices gets almost nothing. With `nextflow -with-trace` and trace.raw = true the
# file has milliseconds, which it then takes for seconds.
# Seen: "ALIGN 3 tasks, total 48.0 s of 29480; INDEX 1 task, none of 160; with trace.raw: ALIGN 29480000.0 s".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install jps-nextflow-utils==0.2.0
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import importlib.metadata
import json
import pathlib
import subprocess
import sys

folder = pathlib.Path(sys.argv[1])
tasks = [("ALIGN (s1)", "4h 12m 30s", 15150), ("ALIGN (s2)", "3h 58m 2s", 14282), ("ALIGN (s3)", "48s", 48),
         ("INDEX (1)", "2m 40s", 160)]


def totals(name, raw):
    lines = ["task_id\thash\tnative_id\tname\tstatus\texit\tsubmit\tduration\trealtime"]
    for number, (task, words, seconds) in enumerate(tasks, 1):
        time = str(seconds * 1000) if raw else words
        submit = "1793595600000" if raw else "2026-11-02 05:00:00.000"
        lines.append(f"{number}\tab/{number}\t{number}\t{task}\tCOMPLETED\t0\t{submit}\t{time}\t{time}")
    (folder / name).mkdir()
    (folder / name / "trace.txt").write_text("\n".join(lines) + "\n")
    command = [folder / "venv/bin/jps-nextflow-utils", "audit", "run", "--quiet", "--run-dir", folder / name]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {process["process_name"]: (process["total_tasks"], (process["runtime_stats"] or {}).get("total"))
            for process in report["process_rollups"]}


plain, raw = totals("plain", False), totals("raw", True)
print(f"jps-nextflow-utils {importlib.metadata.version('jps-nextflow-utils')}: ALIGN {plain['ALIGN'][0]} tasks, total "
      f"{plain['ALIGN'][1]} s of {sum(t[2] for t in tasks[:3])}; INDEX {plain['INDEX'][0]} task, "
      f"{plain['INDEX'][1] or 'none'} of {tasks[3][2]}; with trace.raw: ALIGN {raw['ALIGN'][1]} s")
assert plain == {"ALIGN": (3, 48.0), "INDEX": (1, None)} and raw["ALIGN"] == (3, 29_480_000.0)
PYTHON
