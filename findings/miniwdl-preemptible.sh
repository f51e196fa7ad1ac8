#!/bin/sh
# miniwdl-aws 0.12.2 with a Spot queue and an On-Demand queue to fall back on ([aws] task_queue and task_queue_fallback), on
# WDL tasks that say how often they may be interrupted. As Cromwell defines runtime.preemptible, it is how many times a task
# is tried on an interruptible machine before it gets another kind: a task with 0, or without the setting, must never run on
# Spot. miniwdl-aws uses the fallback only above 0. A task with `preemptible: 0` goes to the Spot queue and fails at its first
# lost host, without ever reaching the On-Demand queue; one with `preemptible: 1` reaches it. Whoever protects the most
# expensive task with a 0 puts it on Spot without a second try.
# Here Batch is a stand-in that loses every host of the queue spot.
# Seen: "preemptible 0: spot, then Interrupted; preemptible 1: spot, on-demand, then done; preemptible 2: spot, spot,
# on-demand, then done".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install miniwdl-aws==0.12.2 miniwdl==1.16.0
cat >"$folder/align.wdl" <<'WDL'
version 1.0
task align {
  input { Int times }
  command { true }
  runtime { docker: "ubuntu:22.04" preemptible: times }
  output { String said = "done" }
}
WDL
cat >"$folder/run.py" <<'PYTHON'
import importlib.metadata
import logging
import os
import sys

import boto3
import WDL
import WDL.runtime

queues = []


class Batch:
    def register_job_definition(self, **request):
        return {"jobDefinitionName": request["jobDefinitionName"], "revision": 1}

    def deregister_job_definition(self, **_):
        pass

    def submit_job(self, **request):
        queues.append(request["jobQueue"])
        return {"jobId": f"job-{len(queues)}"}

    def describe_jobs(self, jobs):
        lost = {"status": "FAILED", "statusReason": "Host EC2 (instance i-0123456789abcdef0) terminated.", "container": {}}
        return {"jobs": [
            {"jobId": job} | (lost if queues[int(job[4:]) - 1] == "spot" else {"status": "SUCCEEDED", "container": {}})
            for job in jobs]}


boto3.Session.client = lambda *_, **__: Batch()
root = sys.argv[1]
logging.disable(logging.CRITICAL)
logger = logging.getLogger("miniwdl")
settings = WDL.runtime.config.Loader(logger)
settings.override({
    "file_io": {"root": root}, "scheduler": {"container_backend": "aws_batch_job_no_efs"},
    "aws": {
        "region": "us-east-1", "task_queue": "spot", "task_queue_fallback": "on-demand", "retry_wait": 0,
        "submit_period": 0.1, "describe_period": 0.1}})
os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
task = WDL.load(f"{root}/align.wdl").tasks[0]
seen = []
for times in (0, 1, 2):
    before = len(queues)
    inputs = WDL.Env.Bindings().bind("times", WDL.Value.Int(times))
    try:
        _, outputs = WDL.runtime.run_local_task(settings, task, inputs, run_dir=f"{root}/run{times}/.")
        end = outputs["said"].value
    except WDL.runtime.RunFailed as failed:
        end = type(failed.__cause__).__name__
    seen.append(f"preemptible {times}: {', '.join(queues[before:])}, then {end}")
print(f"miniwdl-aws {importlib.metadata.version('miniwdl-aws')}: {'; '.join(seen)}")
assert seen == [
    "preemptible 0: spot, then Interrupted", "preemptible 1: spot, on-demand, then done",
    "preemptible 2: spot, spot, on-demand, then done"]
PYTHON
timeout 120 "$folder/venv/bin/python" "$folder/run.py" "$folder"
