#!/bin/sh
# ScriptHut 0.12.23 runs the same tasks on Slurm and on AWS Batch. A task's time_limit goes to Slurm as it is (#SBATCH --time)
# and to Batch as the seconds of an attempt. One would expect the same limits. Slurm's forms are minutes, minutes:seconds,
# hours:minutes:seconds, days-hours, days-hours:minutes and days-hours:minutes:seconds (its sbatch page). For Batch, what
# follows the days is read as minutes and seconds, and what has no colon is left out:
#   - "2-12:00", two and a half days, ends after two days and twelve minutes. 48 hours are paid for and lost, again in each try;
#   - "90" and "2-12" become jobs without any limit: one that hangs is paid for until somebody notices.
# Nothing says so. Write all three numbers: "2-12:00:00". Here Batch is a stand-in that records what it is asked.
# Seen: "Slurm gets --time=2-12:00, Batch 173520 s of 216000; 90: None; 2-12: None; 2-12:00:00: 216000".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"  # Python 3.11 or later
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install "scripthut[batch]==0.12.23"
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import importlib.metadata
import types

from scripthut.backends.batch import BatchBackend
from scripthut.config_schema import BatchBackendConfig
from scripthut.runs.models import TaskDefinition

asked = []
backend = BatchBackend(BatchBackendConfig.model_validate({
    "name": "cloud", "type": "batch", "job_definition": "align", "aws": {"region": "us-east-1", "job_queue": "spot"}}))
client = types.SimpleNamespace(
    submit_job=lambda **job: asked.append(job.get("timeout", {}).get("attemptDurationSeconds")) or {"jobId": "1"})
backend._get_clients = lambda: (client, None)
limits = ["2-12:00", "90", "2-12", "2-12:00:00"]
for limit in limits:
    task = TaskDefinition.from_dict({"id": "a", "name": "align", "command": "align", "time_limit": limit})
    asyncio.run(backend.submit_task(task, "align"))
slurm = next(line for line in TaskDefinition(id="a", name="a", command="a", time_limit=limits[0]).to_sbatch_script("a", "a")
             .splitlines() if "--time" in line)
print(f"scripthut {importlib.metadata.version('scripthut')}: Slurm gets {slurm.removeprefix('#SBATCH ')}, Batch {asked[0]} s of "
      f"216000; " + "; ".join(f"{limit}: {seconds}" for limit, seconds in zip(limits[1:], asked[1:])))
assert slurm == "#SBATCH --time=2-12:00" and asked == [173520, None, None, 216000]
PYTHON
