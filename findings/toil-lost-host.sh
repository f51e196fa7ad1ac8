#!/bin/sh
# Toil 9.6.0 on AWS Batch, on a task that requests 512 MiB and loses its host to Spot. One would expect the next try to request
# the same, as nothing was wrong with the task. But Toil raises the memory and disk of any failed job to its defaults, 2 GiB
# each, if they were lower. So the second job reserves four times the memory and bears that much more of its host's cost.
# Tasks above the defaults stay as they are. A tool that takes a task's size from its last try, to advise a smaller one, starts
# from a number that nobody asked for. Here Batch is a stand-in that loses the first host and runs the second job's command.
# Seen: "v1 512 MiB, v2 2048 MiB; of 4 GiB: v1 4096 MiB, v2 4096 MiB".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install 'toil[aws]==9.6.0'
cd "$folder"
cat >flow.py <<'PYTHON'
import sys

from toil.common import Toil
from toil.job import Job


def align(_):
    return "s1.bam"


if __name__ == "__main__":
    options = Job.Runner.getDefaultArgumentParser().parse_args(sys.argv[2:])
    with Toil(options) as toil:
        toil.start(Job.wrapJobFn(align, memory=sys.argv[1], cores=1, disk="4Gi"))
PYTHON
cat >batch.py <<'PYTHON'
import http.server
import importlib.metadata
import json
import os
import re
import subprocess
import threading

settings = os.environ | {
    "PATH": f"{os.getcwd()}/venv/bin:{os.environ['PATH']}", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
asked, ends = [], {}


class Batch(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        answer = {
            "/v1/registerjobdefinition": lambda: {"jobDefinitionArn": "d:1", "jobDefinitionName": "d", "revision": 1},
            "/v1/submitjob": lambda: self.submit(request),
            "/v1/describejobs": lambda: {"jobs": [ends[job] for job in request["jobs"]]},
        }.get(self.path, dict)()
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def submit(self, request):
        asked.append(request)
        job = str(len(asked))
        end = {"status": "FAILED", "statusReason": "Host EC2 (instance i-0123456789abcdef0) terminated."}
        if len(asked) > 1:
            overrides = request["containerOverrides"]
            environment = settings | {variable["name"]: variable["value"] for variable in overrides["environment"]}
            subprocess.run(overrides["command"], check=True, capture_output=True, env=environment)
            end = {"status": "SUCCEEDED", "container": {"exitCode": 0}}
        ends[job] = end | {"jobId": job}
        return {"jobId": job, "jobName": request["jobName"]}

    def log_message(self, *_):
        pass


def tries(memory):
    asked.clear()
    subprocess.run(
        ["python", "flow.py", memory, f"file:{os.getcwd()}/store-{memory}", "--batchSystem", "aws_batch", "--awsBatchQueue", "q",
         "--awsBatchRegion", "eu-west-1", "--awsBatchJobRoleArn", "arn:aws:iam::111122223333:role/r", "--retryCount", "1",
         "--disableProgress"],
        check=True, capture_output=True, timeout=120,
        env=settings | {"AWS_ENDPOINT_URL_BATCH": f"http://127.0.0.1:{server.server_port}"})
    seen = []
    for job in asked:
        needs = {need["type"]: need["value"] for need in job["containerOverrides"]["resourceRequirements"]}
        seen.append(f"{re.search('v[0-9]+$', job['jobName'])[0]} {needs['MEMORY']} MiB")
    return ", ".join(seen)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Batch)
threading.Thread(target=server.serve_forever, daemon=True).start()
said = f"{tries('512Mi')}; of 4 GiB: {tries('4Gi')}"
print(f"toil {importlib.metadata.version('toil')}: {said}")
assert said == "v1 512 MiB, v2 2048 MiB; of 4 GiB: v1 4096 MiB, v2 4096 MiB"
PYTHON
venv/bin/python batch.py
