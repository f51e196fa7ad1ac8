#!/bin/sh
# boto3 1.44.8, SubmitJob of an array of 10,000. Batch takes the job, and the answer is lost as the connection closes. boto3 asks
# again by itself, as for all calls. One would expect it to ask with the same client token, so that Batch knows the request, as
# Batch's own SubmitServiceJob has one. SubmitJob has none in Batch's model. So the array runs twice, with the same name, and is
# paid for twice; the caller is told the second id only, without a warning. Clients that call boto3 inherit it.
# Config(retries={"total_max_attempts": 1}) raises instead; then look for the name with ListJobs before you submit again.
# Here Batch is a stand-in that loses the first answer to each call.
# Seen: "SubmitJob: 2 jobs of 10000 from 1 call, tokens 0, told of job 2; SubmitServiceJob: 2 requests, 1 token; one attempt:
# ConnectionClosedError, 1 job".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install boto3==1.44.8
export AWS_ACCESS_KEY_ID=key AWS_SECRET_ACCESS_KEY=secret AWS_DEFAULT_REGION=us-east-1 AWS_CONFIG_FILE="$folder/none"
"$folder/venv/bin/python" - <<'PYTHON'
import http.server
import json
import threading

import boto3
import botocore.config
import botocore.exceptions

taken = {"/v1/submitjob": [], "/v1/submitservicejob": []}


class Batch(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        requests = taken[self.path]
        requests.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        if len(requests) == 1:
            self.close_connection = True
            return
        answer = json.dumps({"jobId": str(len(requests)), "jobName": "align", "jobArn": "arn"}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Batch)
threading.Thread(target=server.serve_forever, daemon=True).start()


def batch(**config):
    return boto3.client(
        "batch", endpoint_url=f"http://127.0.0.1:{server.server_port}", config=botocore.config.Config(**config))


align = {"jobName": "align", "jobQueue": "q", "jobDefinition": "d", "arrayProperties": {"size": 10_000}}
told = batch().submit_job(**align)["jobId"]
jobs = taken["/v1/submitjob"]
sizes = {job["arrayProperties"]["size"] for job in jobs}
tokens = sum("clientToken" in job for job in jobs)
batch().submit_service_job(jobName="align", jobQueue="q", serviceJobType="SAGEMAKER_TRAINING", serviceRequestPayload="{}")
service = taken["/v1/submitservicejob"]
service_tokens = {job["clientToken"] for job in service}
submitted = len(jobs)
jobs.clear()
try:
    batch(retries={"total_max_attempts": 1}).submit_job(**align)
    alone = "an id"
except botocore.exceptions.HTTPClientError as error:
    alone = type(error).__name__
print(f"boto3 {boto3.__version__}: SubmitJob: {submitted} jobs of {sizes.pop()} from 1 call, tokens {tokens}, told of job {told}; "
      f"SubmitServiceJob: {len(service)} requests, {len(service_tokens)} token; one attempt: {alone}, {len(jobs)} job")
assert (submitted, tokens, told, len(service), len(service_tokens)) == (2, 0, "2", 2, 1)
assert (alone, len(jobs)) == ("ConnectionClosedError", 1)
PYTHON
