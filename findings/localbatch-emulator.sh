#!/bin/sh
# localbatch 0.4.0 imitates AWS Batch on one machine, for tests of what submits jobs to it and reads them. One would expect the
# parts of the API that decide what is run, and so paid for, to behave as Batch's model in botocore 1.44.8 describes them:
#   - an array job of 100 runs once, and has no children;
#   - a retry rule that says EXIT is not read: the job is tried as often as `attempts` allows. Nor is a job definition's
#     retryStrategy: its jobs are tried once;
#   - DescribeJobs has no attempts, however many there were; startedAt is the first one's, so waits and lost work are not seen;
#   - CancelJob ends a job that runs, which Batch leaves alone. A tool that cancels where it should terminate passes its tests.
# Here Docker is a stand-in whose containers fail, or run until they are killed.
# Seen: "array of 100: 1 container; EXIT rule, 3 attempts: 3 containers, attempts []; definition's 3 attempts: 1 container;
# cancelled while RUNNING: FAILED".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install localbatch==0.4.0 boto3==1.44.8
export AWS_ACCESS_KEY_ID=key AWS_SECRET_ACCESS_KEY=secret AWS_DEFAULT_REGION=us-east-1
"$folder/venv/bin/python" - 2>"$folder/log" <<'PYTHON' || { tail -5 "$folder/log"; exit 1; }
import importlib.metadata
import logging
import socket
import threading
import time
import types

import boto3
import docker
import uvicorn
from localbatch.runner import DockerRunner
from localbatch.server import create_app
from localbatch.store import Store

started, running = [], {}


class Container:
    def __init__(self, command):
        self.id, self.killed = str(len(started)), threading.Event()
        self.command = command
        started.append(command)
        running[self.id] = self

    def wait(self, timeout):
        if self.command == ["sleep"]:
            self.killed.wait(60)
        return {"StatusCode": 1}

    def kill(self):
        self.killed.set()

    def logs(self, **_):
        return b""

    def remove(self, **_):
        pass


docker.from_env = lambda: types.SimpleNamespace(ping=lambda: True, containers=types.SimpleNamespace(
    run=lambda command, **_: Container(command), get=running.get))
logging.disable(logging.CRITICAL)
listener = socket.create_server(("127.0.0.1", 0))
port = listener.getsockname()[1]
store = Store("queue")
server = uvicorn.Server(uvicorn.Config(create_app(store, DockerRunner(store, "127.0.0.1", port)), log_level="critical"))
threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
batch = boto3.client("batch", endpoint_url=f"http://127.0.0.1:{port}")


def define(name, **more):
    batch.register_job_definition(
        jobDefinitionName=name, type="container", containerProperties={"image": "busybox", "command": ["fail"]}, **more)


def run(until, definition="plain", **more):
    """The job once it has a status, and how many containers it had by then."""
    before = len(started)
    job = batch.submit_job(jobName="j", jobQueue="queue", jobDefinition=definition, **more)["jobId"]
    for _ in range(600):
        found = batch.describe_jobs(jobs=[job])["jobs"][0]
        if found["status"] == until:
            return found, len(started) - before
        time.sleep(0.1)
    raise SystemExit(f"not {until}")


define("plain")
define("retried", retryStrategy={"attempts": 3})
_, array = run("FAILED", arrayProperties={"size": 100})
ruled, tries = run("FAILED", retryStrategy={"attempts": 3, "evaluateOnExit": [{"action": "EXIT", "onReason": "*"}]})
_, defined = run("FAILED", "retried")
asleep, _ = run("RUNNING", containerOverrides={"command": ["sleep"]})
batch.cancel_job(jobId=asleep["jobId"], reason="wrong input")
cancelled = batch.describe_jobs(jobs=[asleep["jobId"]])["jobs"][0]["status"]
print(f"localbatch {importlib.metadata.version('localbatch')}: array of 100: {array} container; EXIT rule, 3 attempts: {tries} "
      f"containers, attempts {ruled['attempts']}; definition's 3 attempts: {defined} container; cancelled while RUNNING: "
      f"{cancelled}")
assert (array, tries, ruled["attempts"], defined, cancelled) == (1, 3, [], 1, "FAILED")
PYTHON
