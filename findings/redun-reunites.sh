#!/bin/sh
# redun 0.44.1 tags each job with its execution, redun_execution_id. One would expect every job that an execution waits for to
# have its id. But if an execution needs a job that is still running in Batch, because the execution before it was stopped (a
# closed laptop, Ctrl-C), it submits none: it "reunites" with the running job by the hash in its name, and Batch keeps the
# first execution's tags. So an execution that finished may have no job at all and, by tags, cost nothing, while the stopped
# one bears what both used. redun itself records which job it took, as the tag aws_batch_job in its own database.
# Here Batch is a stand-in that keeps jobs in a file and runs their own commands.
# Seen: "2 executions, 1 job; the second ended with s1.bam; the job's tag names the first".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install redun==0.44.1
cd "$folder"
cat >flow.py <<'PYTHON'
from redun import task

redun_namespace = "genomics"


@task(executor="batch")
def align(sample):
    return sample + ".bam"


@task()
def main():
    return align("s1")
PYTHON
cat >execution.py <<'PYTHON'
import json
import os
import subprocess
import sys

import redun
import redun.executors.aws_utils
import sqlalchemy
from redun.config import Config

jobs = json.load(open("jobs.json")) if os.path.exists("jobs.json") else []


class Batch:
    def get_caller_identity(self):
        return {"Arn": "arn:aws:iam::111122223333:user/ana", "Account": "111122223333"}

    def describe_job_definitions(self, **_):
        return {"jobDefinitions": []}

    def register_job_definition(self, **_):
        return {"jobDefinitionArn": "arn:aws:batch:us-east-1:111122223333:job-definition/d:1"}

    def get_paginator(self, _):
        return self

    def paginate(self, jobStatus=None, **_):
        return [{"jobSummaryList": [job for job in jobs if job["status"] == jobStatus]}]

    def submit_job(self, **request):
        jobs.append(request | {"jobId": f"job-{len(jobs) + 1}", "status": "RUNNING", "container": {}})
        json.dump(jobs, open("jobs.json", "w"))
        if sys.argv[1] == "stopped":
            os._exit(0)
        return jobs[-1]

    def describe_jobs(self, jobs):
        found = [job for job in globals()["jobs"] if job["jobId"] in jobs]
        for job in found:
            if job["status"] == "RUNNING":
                subprocess.run(job["containerOverrides"]["command"], check=True, capture_output=True)
                job["status"] = "SUCCEEDED"
        return {"jobs": found}


batch = Batch()
redun.executors.aws_utils.get_aws_client = lambda *_, **__: batch
scheduler = redun.Scheduler(config=Config({
    "backend": {"db_uri": "sqlite:///redun.db"},
    "executors.batch": {
        "type": "aws_batch", "image": "image", "queue": "q", "role": "none", "s3_scratch": f"{os.getcwd()}/scratch",
        "code_package": "False", "job_monitor_interval": "0.1", "job_stale_time": "0.1", "min_array_size": "0"}}))
scheduler.load()
import flow

result = scheduler.run(flow.main())
rows = scheduler.backend.session.execute(sqlalchemy.text("SELECT id FROM execution ORDER BY rowid"))
executions = [row[0] for row in rows]
tagged = [executions.index(job["tags"]["redun_execution_id"]) for job in jobs]
print(f"redun {redun.__version__}: {len(executions)} executions, {len(jobs)} job; the second ended with {result}; "
      f"the job's tag names the {['first', 'second'][tagged[0]]}")
assert (len(executions), result, tagged) == (2, "s1.bam", [0])
PYTHON
export PATH="$folder/venv/bin:$PATH" PYTHONPATH="$folder"
timeout 120 python execution.py stopped >first.log 2>&1 || { cat first.log; exit 1; }
timeout 120 python execution.py goes-on 2>second.log || { cat second.log; exit 1; }
grep -q 'reunite redun job' second.log
