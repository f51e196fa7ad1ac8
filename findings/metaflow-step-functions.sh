#!/bin/sh
# Metaflow 2.19.39, a flow deployed to AWS Step Functions with a step that has @batch(aws_batch_tags={"team": "ml"}). One would
# expect its Batch jobs to carry that tag, and to name the run and the user as Metaflow does.
#   - The tag is checked and then dropped, unless METAFLOW_BATCH_EMIT_TAGS is set where the flow is deployed; so are the tags of
#     METAFLOW_BATCH_DEFAULT_TAGS. There is no warning, and no bill can be divided by team.
#   - The parameter metaflow.run_id is the execution's name, but Metaflow calls the run sfn-NAME, as in the job's own command. A
#     join by run id finds nothing.
#   - metaflow.user is SFN for everybody; who deployed the flow is in metaflow.owner.
#   - The job's name, SFN-TrainFlow--start--, has neither run nor task: all jobs of a foreach have the same one.
# Here AWS is a stand-in that accepts everything.
# Seen: "no tags; run_id $$.Execution.Name, the command's sfn-$METAFLOW_RUN_ID; user SFN, owner ana; SFN-TrainFlow--start--; with
# METAFLOW_BATCH_EMIT_TAGS: team ml, stage test".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install metaflow==2.19.39 boto3==1.44.8
cd "$folder"
mkdir flow
cat >flow/flow.py <<'PYTHON'
from metaflow import FlowSpec, batch, step


class TrainFlow(FlowSpec):
    @batch(aws_batch_tags={"team": "ml"})
    @step
    def start(self):
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
    "METAFLOW_BATCH_DEFAULT_TAGS": '{"stage": "test"}', "METAFLOW_DEFAULT_METADATA": "local", "METAFLOW_HOME": os.getcwd(),
    "HOME": os.getcwd(), "USER": "ana"}


def job(**more):
    said = subprocess.run(
        [sys.executable, "flow.py", "step-functions", "create", "--only-json"], check=True, capture_output=True, text=True,
        cwd="flow", env=settings | more, timeout=120).stdout
    return json.loads(said[said.index("{"):])["States"]["start"]["Parameters"]


plain, tagged = job(), job(METAFLOW_BATCH_EMIT_TAGS="1")
parameters = plain["Parameters"]
run = re.search(r"--run-id (\S+)", plain["ContainerOverrides"]["Command"][-1])[1]
said = (f"{plain.get('Tags', 'no')} tags; run_id {parameters['metaflow.run_id.$']}, the command's {run}; "
        f"user {parameters['metaflow.user']}, owner {parameters['metaflow.owner']}; {plain['JobName']}; "
        f"with METAFLOW_BATCH_EMIT_TAGS: team {tagged['Tags']['team']}, "
        f"stage {tagged['Tags']['stage']}")
print(f"metaflow {importlib.metadata.version('metaflow')}: {said}")
assert said == (
    "no tags; run_id $$.Execution.Name, the command's sfn-$METAFLOW_RUN_ID; user SFN, owner ana; SFN-TrainFlow--start--; "
    "with METAFLOW_BATCH_EMIT_TAGS: team ml, stage test")
PYTHON
venv/bin/python deploy.py
