#!/bin/sh
# WfCommons 1.6 makes workflow instances for simulators from the records of real runs. Of Nextflow's it reads trace.txt and the
# RO-Crate of nf-prov. One would expect a task's runtimeInSeconds to be what the trace calls realtime.
# It is `duration`, which Nextflow counts from submission: on AWS Batch it includes the wait for a host, its boot and the image.
# A simulation of such an instance computes for hours what ran for minutes, on hosts that it then pays for. A task that was
# tried again has only its last try, as both have one name: the hours that a lost host cost are missing.
# Put realtime in the column duration before.
# Seen: "10 minutes after 2 hours in the queue: 7800 s; realtime as duration: 600 s; the try lost after 3 h 58 m: absent".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install wfcommons==1.6
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import importlib.metadata
import json
import pathlib
import sys

from wfcommons.wfinstances import NextflowLogsParser

tries = [("FAILED", "143", "2026-11-02 00:00:00.000", "4h 10m", "3h 58m"),
         ("COMPLETED", "0", "2026-11-02 04:10:00.000", "2h 10m", "10m")]
crate = [
    {"@id": "./", "@type": "Dataset", "mainEntity": {"@id": "main.nf"}}, {"@id": "main.nf", "@type": "File"},
    {"@id": "#run", "@type": "CreateAction", "name": "Nextflow workflow run align", "startTime": "2026-11-02T00:00:00Z",
     "endTime": "2026-11-02T06:20:00Z"},
    {"@id": "#task/ab2", "@type": "CreateAction", "name": "ALIGN (s1)", "instrument": {"@id": "#align"}}]


def runtimes(name, realtime_only):
    folder = pathlib.Path(sys.argv[1], name)
    folder.mkdir()
    lines = ["task_id\thash\tnative_id\tname\tstatus\texit\tsubmit\tduration\trealtime"]
    for number, (status, code, submitted, duration, realtime) in enumerate(tries, 1):
        lines.append("\t".join([str(number), f"ab/{number}", str(number), "ALIGN (s1)", status, code, submitted,
                                realtime if realtime_only else duration, realtime]))
    (folder / "trace.txt").write_text("\n".join(lines) + "\n")
    (folder / "ro-crate-metadata.json").write_text(json.dumps({"@graph": crate}))
    NextflowLogsParser(folder, "26.10.3").build_workflow("align").write_json(folder / "instance.json")
    execution = json.loads((folder / "instance.json").read_text())["workflow"]["execution"]
    return [task["runtimeInSeconds"] for task in execution["tasks"]]


waited, ran = runtimes("plain", False), runtimes("mended", True)
print(f"wfcommons {importlib.metadata.version('wfcommons')}: 10 minutes after 2 hours in the queue: {waited[0]:.0f} s; "
      f"realtime as duration: {ran[0]:.0f} s; the try lost after 3 h 58 m: {'absent' if len(waited) == 1 else 'there'}")
assert waited == [7800.0] and ran == [600.0]
PYTHON
