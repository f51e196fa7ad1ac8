#!/bin/sh
# Airflow's BatchOperator with deferrable=True (provider amazon 9.39.0, Airflow 3.3.2), on a job that runs for 40 hours without
# trouble. The documentation says "max_retries: 4200 = 48 hours", and one would expect a shorter poll_interval not to change
# that. But max_retries counts polls: with the default poll_interval of 30 seconds the task fails after 35 hours, with 10 after
# less than 12. The job keeps running, as nothing terminates it, and Airflow's retry submits a second one beside it. Each try
# pays for a whole job, and none may succeed. Without deferrable the pauses grow to ten minutes, and it waits for weeks.
# A user who kills the deferred task does not end the job either: Airflow 3.3 lets triggers do that in on_kill, and EMR's do,
# but Batch's has none. Set max_retries to the longest job's seconds divided by poll_interval, and submit_job_timeout.
# Here Batch and the clock are stand-ins.
# Seen: "poll_interval 30: failed after 35.0 h, then 2 jobs run, 0 terminated; poll_interval 10: failed after 11.7 h, then 2
# jobs run, 0 terminated; killed by a user: 0 terminated".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  apache-airflow==3.3.2 'apache-airflow-providers-amazon[aiobotocore]==9.39.0' aiobotocore==3.10.0
export AIRFLOW_HOME="$folder/airflow" AIRFLOW__LOGGING__LOGGING_LEVEL=CRITICAL
cat >"$folder/wait.py" <<'PYTHON'
import asyncio
import importlib.metadata
import types
from unittest import mock

import aiobotocore.httpsession
import boto3
from airflow.providers.amazon.aws.hooks.batch_client import BatchClientHook
from airflow.providers.amazon.aws.operators import batch as operators
from airflow.providers.amazon.aws.utils import waiter_with_logging
from airflow.sdk.exceptions import TaskDeferred


class Batch:
    meta = boto3.client("batch", region_name="eu-west-1").meta

    def __init__(self):
        self.now, self.submitted, self.terminated = 0, [], []

    def submit_job(self, **_):
        self.submitted.append(self.now)
        return {"jobId": f"job-{len(self.submitted)}"}

    def describe_jobs(self, jobs):
        return {"jobs": [
            {"jobId": job, "jobQueue": "q", "jobDefinition": "d", "status": "RUNNING" if self.runs(job) else "SUCCEEDED"}
            for job in jobs]}

    def runs(self, job):
        return self.now < self.submitted[int(job[4:]) - 1] + 40 * 3600

    def terminate_job(self, jobId, **_):
        self.terminated.append(jobId)


class AsyncBatch:
    meta = Batch.meta
    _endpoint = types.SimpleNamespace(http_session=object.__new__(aiobotocore.httpsession.AIOHTTPSession))

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        pass

    async def describe_jobs(self, **request):
        return batch.describe_jobs(**request)


async def connect(_):
    return AsyncBatch()


async def sleep(seconds):
    batch.now += seconds


async def event(trigger):
    async for said in trigger.run():
        return said.payload


def deferred(**settings):
    task = operators.BatchOperator(
        task_id="align", job_name="align", job_queue="q", job_definition="d", region_name="eu-west-1", deferrable=True,
        do_xcom_push=False, **settings)
    try:
        task.execute({})
    except TaskDeferred as wait:
        return task, wait.trigger


BatchClientHook.get_async_conn = connect
BatchClientHook.client = property(lambda _: batch)
BatchClientHook.get_conn = lambda _: batch
for link in ("BatchJobDetailsLink", "BatchJobDefinitionLink", "BatchJobQueueLink"):
    getattr(operators, link).persist = mock.Mock()
waiter_with_logging.asyncio = types.SimpleNamespace(sleep=sleep)
seen = []
for settings in ({}, {"poll_interval": 10}):
    batch = Batch()
    task, trigger = deferred(**settings)
    try:
        task.execute_complete({}, asyncio.run(event(trigger)))
        end = "succeeded"
    except Exception:
        end = "failed"
    after = batch.now / 3600
    deferred(**settings)
    running = sum(batch.runs(f"job-{number}") for number in (1, 2))
    seen.append(f"poll_interval {task.poll_interval}: {end} after {after:.1f} h, then {running} jobs run, "
                f"{len(batch.terminated)} terminated")
batch = Batch()
asyncio.run(deferred()[1].on_kill())
seen.append(f"killed by a user: {len(batch.terminated)} terminated")
print(f"provider {importlib.metadata.version('apache-airflow-providers-amazon')}: {'; '.join(seen)}")
assert seen == [
    "poll_interval 30: failed after 35.0 h, then 2 jobs run, 0 terminated",
    "poll_interval 10: failed after 11.7 h, then 2 jobs run, 0 terminated",
    "killed by a user: 0 terminated"]
PYTHON
timeout 300 "$folder/venv/bin/python" "$folder/wait.py" >"$folder/log" 2>&1 || { tail -20 "$folder/log"; exit 1; }
grep '^provider' "$folder/log"
