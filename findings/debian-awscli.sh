#!/bin/sh
# The AWS CLI of Debian 12 (awscli 2.9.19-1) on a Batch job that has ecsProperties, as every job on ECS Managed Instances does
# and every job with several containers. One would expect `aws batch describe-jobs` to print what Batch answers. It prints only
# the members that it knows from its own version's model, and silently drops the others. Such a job has no reservation, and its
# attempts have no task, instance or exit code, although Batch returned them all. Whoever adds up cost from that output finds
# an instance that nobody used. awscli 1.46.3, from PyPI, prints them all.
# Needs apt-get; downloads packages without installing them. Here Batch is a stand-in.
# Seen: "aws-cli/2.9.19: reservation no, instance no; aws-cli/1.46.3: reservation yes, instance yes".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet --quiet awscli=2.9.19-1 python3-awscrt python3-cffi-backend python3-colorama python3-cryptography \
  python3-dateutil python3-distro python3-docutils python3-jmespath python3-prompt-toolkit python3-pyasn1 python3-roman \
  python3-ruamel.yaml python3-ruamel.yaml.clib python3-six python3-urllib3 python3-wcwidth 2>apt.log || { cat apt.log; exit 1; }
for package in *.deb; do dpkg --extract "$package" debian; done
python3 -m venv venv
venv/bin/pip --disable-pip-version-check --quiet install awscli==1.46.3
cat >batch.py <<'PYTHON'
import http.server
import json
import os
import subprocess
import threading

task = {"taskArn": "arn:aws:ecs:eu-west-1:111122223333:task/c/t",
        "containerInstanceArn": "arn:aws:ecs:eu-west-1:111122223333:container-instance/c/i"}
job = {
    "jobId": "1", "jobName": "align", "jobQueue": "q", "jobDefinition": "d:1", "status": "SUCCEEDED",
    "startedAt": 1793178300000, "stoppedAt": 1793181900000,
    "ecsProperties": {"taskProperties": [task | {"containers": [{
        "name": "main", "image": "align:1", "exitCode": 0,
        "resourceRequirements": [{"type": "VCPU", "value": "2"}, {"type": "MEMORY", "value": "4096"}]}]}]},
    "attempts": [{
        "startedAt": 1793178300000, "stoppedAt": 1793181900000,
        "taskProperties": [task | {"containers": [{"name": "main", "exitCode": 0}]}]}]}


class Batch(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        body = json.dumps({"jobs": [job]}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Batch)
threading.Thread(target=server.serve_forever, daemon=True).start()
settings = os.environ | {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "eu-west-1"}


def aws(*arguments, **more):
    # -S: only the packages extracted here.
    program = ["/usr/bin/python3", "-S", "debian/usr/bin/aws"] if more else ["venv/bin/aws"]
    return subprocess.run([*program, *arguments], check=True, capture_output=True, text=True, env=settings | more).stdout


seen = []
for more in ({"PYTHONPATH": "debian/usr/lib/python3/dist-packages"}, {}):
    version = aws("--version", **more).split()[0]
    said = aws("batch", "describe-jobs", "--jobs", "1", "--endpoint-url", f"http://127.0.0.1:{server.server_port}", **more)
    told = ["yes" if name in said else "no" for name in ("resourceRequirements", "containerInstanceArn")]
    seen.append(f"{version}: reservation {told[0]}, instance {told[1]}")
print("; ".join(seen))
assert seen == [
    "aws-cli/2.9.19: reservation no, instance no", "aws-cli/1.46.3: reservation yes, instance yes"]
PYTHON
python3 batch.py
