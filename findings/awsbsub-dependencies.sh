#!/bin/sh
# awsbsub, which submits jobs to an AWS ParallelCluster of the scheduler awsbatch (aws-parallelcluster-awsbatch-cli 1.6.0), on a
# job that must wait for two others. Its help calls --depends-on "a semicolon separated list". With semicolons the two ids
# become one that no job has, which Batch refuses. With a comma awsbsub accepts them, and one would expect the job to wait for
# both. It waits for the last one only: the others are dropped without a word. So a merge starts while a sample still runs,
# reads what is not there yet, and is paid for, perhaps with all that follows it. Submit such a job with the AWS CLI.
# Here AWS is a stand-in that records what it is asked.
# Seen: "jobId=a,jobId=b waits for ['b']; jobId=a;jobId=b for ['a;jobId']".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install aws-parallelcluster-awsbatch-cli==1.6.0 setuptools==80.9.0
mkdir "$folder/.parallelcluster"
cat >"$folder/.parallelcluster/awsbatch-cli.cfg" <<'CFG'
[main]
cluster_name = c
[cluster c]
region = eu-west-1
s3_bucket = bucket
artifact_directory = c
batch_cli_requirements = aws-parallelcluster-awsbatch-cli>=1.0.0
compute_environment = e
job_queue = q
job_definition = d
head_node_ip = 10.0.0.1
proxy = NONE
CFG
HOME="$folder" "$folder/venv/bin/python" - <<'PYTHON'
import contextlib
import importlib.metadata
import io
import sys
import types

import boto3

asked = []


class Aws:
    def submit_job(self, **request):
        asked.append(request)
        return {"jobId": "1", "jobName": request["jobName"]}

    def __getattr__(self, _):
        return lambda *_, **__: None


boto3.client = lambda *_, **__: Aws()
boto3.resource = lambda *_, **__: Aws()
from awsbatch import awsbsub

sys.stdin = types.SimpleNamespace(isatty=lambda: True)


def waits(depends_on):
    sys.argv = ["awsbsub", "--depends-on", depends_on, "merge"]
    with contextlib.redirect_stdout(io.StringIO()):
        awsbsub.main()
    return [job["jobId"] for job in asked[-1]["dependsOn"]]


comma, semicolon = waits("jobId=a,jobId=b"), waits("jobId=a;jobId=b")
print(f"aws-parallelcluster-awsbatch-cli {importlib.metadata.version('aws-parallelcluster-awsbatch-cli')}: "
      f"jobId=a,jobId=b waits for {comma}; jobId=a;jobId=b for {semicolon}")
assert (comma, semicolon) == (["b"], ["a;jobId"])
PYTHON
