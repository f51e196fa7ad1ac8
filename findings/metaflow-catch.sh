#!/bin/sh
# Metaflow 2.19.39 on a step with @batch(gpu=8) and @catch(var="failure"), without @retry. One would expect one Batch job, or
# attempt: @catch only stores the exception, and run from a laptop Metaflow does that on the laptop ("we don't need to execute
# on AWS Batch anymore", says its code). Deployed to AWS Step Functions, the job gets 4 attempts, of which only the first runs
# user code. When that fails, the second stores the exception: the job waits again for 8 GPUs, starts again, and is billed
# again. A lost Spot host uses up the only try as well: the second attempt runs nothing, and the flow goes on without the
# step's result. A tool that counts attempts as retries finds retries that never helped. @retry(times=…) adds attempts that run
# the step; its minutes_between_retries is dropped.
# Here AWS is a stand-in that accepts everything.
# Seen: "@catch: 4 attempts, user code in 1, 8 GPUs each; with @retry(times=2): 6, in 3; laptop: 1 on Batch".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install metaflow==2.19.39 boto3==1.44.8
cd "$folder"
mkdir flow
cat >flow/flow.py <<'PYTHON'
from metaflow import FlowSpec, batch, catch, retry, step


class TrainFlow(FlowSpec):
    @catch(var="failure")
    @batch(gpu=8)
    @step
    def start(self):
        self.next(self.again)

    @catch(var="failure")
    @retry(times=2, minutes_between_retries=30)
    @batch(gpu=8)
    @step
    def again(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    TrainFlow()
PYTHON
cat >deploy.py <<'PYTHON'
import http.server
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import threading
import types

from metaflow.plugins.aws.batch import batch_decorator

answers = {
    "/": {"stateMachines": []},
    "/v1/describejobqueues": {"jobQueues": [{"computeEnvironmentOrder": [{"computeEnvironment": "c"}]}]},
    "/v1/describecomputeenvironments": {"computeEnvironments": [{"computeResources": {"type": "EC2"}}]},
    "/v1/describejobdefinitions": {"jobDefinitions": []},
    "/v1/registerjobdefinition": {"jobDefinitionArn": "d:1"}}


class AWS(http.server.BaseHTTPRequestHandler):
    """What Metaflow asks of S3, Step Functions and Batch before it prints a state machine."""

    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b""):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_HEAD(self):
        self.answer(404)

    def do_PUT(self):
        self.answer(200)

    def do_POST(self):
        self.answer(200, json.dumps(answers[self.path]).encode())

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), AWS)
threading.Thread(target=server.serve_forever, daemon=True).start()
url, role = f"http://127.0.0.1:{server.server_port}", "arn:aws:iam::111122223333:role/r"
settings = os.environ | {
    "AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1",
    "METAFLOW_S3_ENDPOINT_URL": url, "METAFLOW_DEFAULT_DATASTORE": "s3", "METAFLOW_DATASTORE_SYSROOT_S3": "s3://bucket/flows",
    "METAFLOW_BATCH_JOB_QUEUE": "q", "METAFLOW_ECS_S3_ACCESS_IAM_ROLE": role, "METAFLOW_SFN_IAM_ROLE": role,
    "METAFLOW_DEFAULT_METADATA": "local", "METAFLOW_HOME": os.getcwd(), "HOME": os.getcwd(), "USER": "ana"}


said = subprocess.run(
    [sys.executable, "flow.py", "step-functions", "create", "--only-json"], check=True, capture_output=True, text=True,
    cwd="flow", env=settings, timeout=120).stdout
states = json.loads(said[said.index("{"):])["States"]


def tries(step):
    job = states[step]["Parameters"]
    retries = re.search(r"--max-user-code-retries (\d+)", job["ContainerOverrides"]["Command"][-1])[1]
    (gpus,) = [need["Value"] for need in job["ContainerOverrides"]["ResourceRequirements"] if need["Type"] == "GPU"]
    return job["RetryStrategy"]["Attempts"], int(retries) + 1, gpus


def on_batch(retry):
    """Whether a try of the step with @catch alone, run from a laptop, becomes a Batch job."""
    command = types.SimpleNamespace(commands=["step"], command_args=[], command_options={}, entrypoint=[""])
    decorator = batch_decorator.BatchDecorator({"aws_batch_tags": {}})
    decorator.run_time_limit = decorator.package_metadata = decorator.package_sha = decorator.package_url = None
    decorator.runtime_step_cli(command, retry, 0, None)
    return command.commands == ["batch", "step"]


assert "30" not in json.dumps(states["again"]["Parameters"]["RetryStrategy"])  # minutes
plain, retried, laptop = tries("start"), tries("again"), sum(on_batch(retry) for retry in range(2))
print(f"metaflow {importlib.metadata.version('metaflow')}: @catch: {plain[0]} attempts, user code in {plain[1]}, {plain[2]} "
      f"GPUs each; with @retry(times=2): {retried[0]}, in {retried[1]}; laptop: {laptop} on Batch")
assert (plain, retried, laptop) == ((4, 1, "8"), (6, 3, "8"), 1)
PYTHON
venv/bin/python deploy.py
