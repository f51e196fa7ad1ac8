#!/bin/sh
# snakemake-executor-plugin-aws-basic-batch 0.3.3, Snakemake's other executor for AWS Batch (Snakemake 9.27.1), on a rule with
# threads: 16 and mem_mb=64000. The plugin takes a job definition made elsewhere, "allowing all resource configuration to be
# managed externally", so one would expect jobs of the definition's size, or else of the rule's. They have neither: unless the
# rule sets aws_batch_vcpu and aws_batch_mem_mb, the plugin overrides the definition with 1 vCPU and 1,024 MiB, whatever it
# reserves, while Snakemake inside the job runs with --cores 16. Batch packs as many of these jobs on a host as seem to fit.
# When cost is divided by what was reserved, a job that used 16 vCPUs bears the cost of one, and its neighbours or the unused
# cost bear the rest; or it runs out of memory. Here Batch is a stand-in that records what it is asked.
# Seen: "threads 16, mem_mb 64000: --cores 16, VCPU 1, MEMORY 1024; with aws_batch_vcpu and aws_batch_mem_mb: VCPU 16, MEMORY
# 64000".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  snakemake-executor-plugin-aws-basic-batch==0.3.3 snakemake==9.27.1 snakemake-storage-plugin-fs==1.1.3
cd "$folder"
cat >Snakefile <<'SNAKEMAKE'
rule plain:
    output: "plain.bam"
    threads: 16
    resources: mem_mb=64000
    shell: "touch {output}"

rule told:
    output: "told.bam"
    threads: 16
    resources: mem_mb=64000, aws_batch_vcpu=16, aws_batch_mem_mb=64000
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

asked = {}


class Batch(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.path == "/v1/submitjob":
            rule = request["jobName"].split("-")[1]
            asked[rule] = request["containerOverrides"]
            open(f"store/{rule}.bam", "w").close()
            answer = {"jobId": rule, "jobName": request["jobName"]}
        else:
            answer = {"jobs": [{"jobId": request["jobs"][0], "status": "SUCCEEDED"}]}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


os.mkdir("store")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Batch)
threading.Thread(target=server.serve_forever, daemon=True).start()
subprocess.run(
    ["venv/bin/snakemake", "plain.bam", "told.bam", "--executor", "aws-basic-batch", "--jobs", "2", "--cores", "16",
     "--aws-basic-batch-region", "eu-west-1", "--aws-basic-batch-job-queue", "q", "--aws-basic-batch-job-definition", "d",
     "--default-storage-provider", "fs", "--default-storage-prefix", f"{os.getcwd()}/store"],
    check=True, capture_output=True, env=os.environ | {
        "AWS_ENDPOINT_URL_BATCH": f"http://127.0.0.1:{server.server_port}", "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b"})


def reserved(rule):
    return ", ".join(f"{need['type']} {need['value']}" for need in asked[rule]["resourceRequirements"])


cores = re.search("--cores [0-9]+", asked["plain"]["command"][-1])[0]
said = (f"threads 16, mem_mb 64000: {cores}, {reserved('plain')}; "
        f"with aws_batch_vcpu and aws_batch_mem_mb: {reserved('told')}")
print(f"plugin {importlib.metadata.version('snakemake-executor-plugin-aws-basic-batch')}: {said}")
assert said == ("threads 16, mem_mb 64000: --cores 16, VCPU 1, MEMORY 1024; "
                "with aws_batch_vcpu and aws_batch_mem_mb: VCPU 16, MEMORY 64000")
PYTHON
timeout 120 venv/bin/python run.py
