#!/bin/sh
# boto3 1.44.8 has TerminateJobs, which ends up to 50 Batch jobs at once: here four that went wrong, of which one belongs to a team
# whose jobs the caller may not end, and one has a mistyped id. One would expect what terminate_job does for such jobs, an
# exception for the first, and at least a word on the second. But the call succeeds: Batch answers 200 "even when some jobs
# encountered errors" (its model), and boto3 only looks at the status. The refused job, and any that was throttled, is in `errors`
# and runs on at full price. The mistyped one is among the `successful`: "Jobs that can't be found are treated as successfully
# processed", as all ids in the wrong region would be. boto3 does not retry throttled ones. CancelJobs answers in the same form.
# Read `errors`, try the throttled ones again, and ask DescribeJobs whether each job ended. Here Batch is a stand-in.
# Seen: "terminate_job: ClientError AccessDenied; terminate_jobs: no exception, 1 request, successful 2, errors AccessDenied
# ThrottlingException".
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
import botocore.exceptions

asked = []
refused = {"theirs": "AccessDenied", "busy": "ThrottlingException"}


class Batch(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        asked.append(self.path)
        status, answer = 403, {"__type": "AccessDenied", "message": "no"}
        if self.path == "/v1/terminatejobs":
            status, answer = 200, {
                "successful": [job for job in request["jobs"] if job not in refused],
                "errors": [{"job": job, "code": refused[job], "message": "no"} for job in request["jobs"] if job in refused]}
        answer = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Batch)
threading.Thread(target=server.serve_forever, daemon=True).start()
batch = boto3.client("batch", endpoint_url=f"http://127.0.0.1:{server.server_port}")
try:
    batch.terminate_job(jobId="theirs", reason="wrong input")
    one = "no exception"
except botocore.exceptions.ClientError as error:
    one = f"ClientError {error.response['Error']['Code']}"
answer = batch.terminate_jobs(jobs=["ours", "theirs", "busy", "mistyped"], reason="wrong input")
requests = asked.count("/v1/terminatejobs")
codes = " ".join(error["code"] for error in answer["errors"])
words = batch.meta.service_model.operation_model("TerminateJobs").documentation
print(f"boto3 {boto3.__version__}: terminate_job: {one}; terminate_jobs: no exception, {requests} request, successful "
      f"{len(answer['successful'])}, errors {codes}")
assert (one, requests, answer["successful"]) == ("ClientError AccessDenied", 1, ["ours", "mistyped"])
assert codes == "AccessDenied ThrottlingException"
assert "even when some jobs encountered errors" in words and "can't be found are treated as successfully processed" in words
PYTHON
