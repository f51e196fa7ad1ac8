"""Deploys a flow of Metaflow's to AWS Step Functions, with a stand-in for AWS that accepts everything."""
import http.server
import json
import os
import subprocess
import sys
import threading

ANSWERS = {
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
        self.answer(200, json.dumps(ANSWERS[self.path]).encode())

    def log_message(self, *_):
        pass


def states(**settings):
    """The states of `flow/flow.py`, by name, as Metaflow prints them."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), AWS)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url, role = f"http://127.0.0.1:{server.server_port}", "arn:aws:iam::111122223333:role/r"
    home = os.getcwd()
    environment = os.environ | {
        "AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1",
        "METAFLOW_S3_ENDPOINT_URL": url, "METAFLOW_DEFAULT_DATASTORE": "s3",
        "METAFLOW_DATASTORE_SYSROOT_S3": "s3://bucket/flows", "METAFLOW_BATCH_JOB_QUEUE": "q",
        "METAFLOW_ECS_S3_ACCESS_IAM_ROLE": role, "METAFLOW_SFN_IAM_ROLE": role, "METAFLOW_DEFAULT_METADATA": "local",
        "METAFLOW_HOME": home, "HOME": home, "USER": "ana"}
    said = subprocess.run(
        [sys.executable, "flow.py", "step-functions", "create", "--only-json"], check=True, capture_output=True, text=True,
        cwd="flow", env=environment | settings, timeout=120).stdout
    return json.loads(said[said.index("{"):])["States"]
