#!/bin/sh
# snakemake-executor-plugin-aws-batch 0.2.1 (Snakemake 9.27.1) on a rule with threads: 4 and mem_mb=20000. One would expect a job
# with 4 vCPUs and about 20,000 MiB that may run as long as it takes.
#   - On EC2 too, memory must be one of Fargate's sizes. Any other becomes the smallest size for that many vCPUs, not the next
#     larger one: the job reserves 8,192 MiB, and if it needs what it asked for, it fails at the full price. A warning says so.
#   - Every job has a timeout of 300 seconds, unless --aws-batch-task-timeout sets one for all rules: longer jobs are paid for
#     and killed.
#   - --aws-batch-tags is "of the form KEY=VALUE" and refuses that form, so that no bill can be divided by tags.
# Here Batch and S3 are stand-ins.
# Seen: "threads 4, mem_mb 20000: VCPU 4, MEMORY 8192, timeout 300 s; --aws-batch-tags team=ml: invalid dict value".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  snakemake-executor-plugin-aws-batch==0.2.1 snakemake==9.27.1 snakemake-storage-plugin-s3==0.3.6
cd "$folder"
mkdir flow
cat >flow/Snakefile <<'SNAKEMAKE'
rule align:
    output: "s1.bam"
    threads: 4
    resources: mem_mb=20000
    shell: "touch {output}"
SNAKEMAKE
cat >run.py <<'PYTHON'
import http.server
import importlib.metadata
import json
import os
import re
import subprocess
import threading

objects, definitions = {"/bucket"}, []


class AWS(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=""):
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.send_header("last-modified", "Sun, 01 Nov 2026 00:00:00 GMT")
        self.end_headers()
        self.wfile.write(body.encode())

    def do_HEAD(self):
        self.answer(200 if self.path in objects else 404)

    def do_GET(self):
        self.answer(200, "<ListBucketResult/>")

    def do_PUT(self):
        self.rfile.read(int(self.headers["content-length"]))
        objects.add(self.path)
        self.answer(200)

    def do_DELETE(self):
        objects.discard(self.path)
        self.answer(204)

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        answer = {}
        if self.path == "/v1/registerjobdefinition":
            definitions.append(request)
            answer = {"jobDefinitionArn": "d:1", "jobDefinitionName": "d", "revision": 1}
        elif self.path == "/v1/submitjob":
            objects.add("/bucket/s1.bam")
            answer = {"jobId": "1", "jobName": request["jobName"]}
        elif self.path == "/v1/describejobs":
            answer = {"jobs": [{"jobId": "1", "status": "SUCCEEDED", "container": {"exitCode": 0}}]}
        self.answer(200, json.dumps(answer))

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), AWS)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"


def snakemake(*more):
    return subprocess.run(
        ["../venv/bin/snakemake", "--executor", "aws-batch", "--jobs", "1", "--cores", "4", "--aws-batch-region", "eu-west-1",
         "--aws-batch-job-queue", "q", "--aws-batch-job-role", "arn:aws:iam::111122223333:role/r", "--default-storage-provider",
         "s3", "--default-storage-prefix", "s3://bucket", "--storage-s3-endpoint-url", url, "--storage-s3-access-key", "a",
         "--storage-s3-secret-key", "b", *more],
        cwd="flow", capture_output=True, text=True, timeout=120, env=os.environ | {
            "AWS_ENDPOINT_URL_BATCH": url, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
            "AWS_DEFAULT_REGION": "us-east-1"})


ran = snakemake()
assert ran.returncode == 0, ran.stderr
refused = re.search("--aws-batch-tags: (invalid dict value)", snakemake("--aws-batch-tags", "team=ml").stderr)[1]
needs = [f"{need['type']} {need['value']}" for need in definitions[0]["containerProperties"]["resourceRequirements"]]
said = (f"threads 4, mem_mb 20000: {', '.join(needs)}, timeout {definitions[0]['timeout']['attemptDurationSeconds']} s; "
        f"--aws-batch-tags team=ml: {refused}")
print(f"plugin {importlib.metadata.version('snakemake-executor-plugin-aws-batch')}: {said}")
assert said == ("threads 4, mem_mb 20000: VCPU 4, MEMORY 8192, timeout 300 s; --aws-batch-tags team=ml: invalid dict value")
PYTHON
venv/bin/python run.py
