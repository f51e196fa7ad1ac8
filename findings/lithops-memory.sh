#!/bin/sh
# Lithops 3.8.0 on AWS Batch: map(…, runtime_memory=65536), for calls that need 64 GB, in an executor configured with 2,048 MB.
# One would expect jobs that reserve 65,536 MiB. Lithops does register a job definition for that size, whose name ends in
# --65536mb, and submits its jobs under that name. But the definition reserves the configured 2,048, and SubmitJob does not
# override it. Whoever reads sizes from names overstates them 32 times, and the calls run out of memory at full price.
# runtime_timeout, 180 s by default, never reaches Batch: no job has a time limit. Use one executor for each size, with
# aws_batch.runtime_memory in its configuration. Here AWS is a stand-in that records what it is asked.
# Seen: "lithops_v380_efgh--SPOT--align--1--65536mb reserves 2048 MiB; overrides: environment; timeout None".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install lithops==3.8.0 boto3==1.44.8
cat >"$folder/map.py" <<'PYTHON'
import io
import json
import os

import boto3
import botocore.exceptions
import lithops
from lithops.worker.utils import get_runtime_metadata

definitions, jobs, environments, queues, objects = [], [], [], [], {}
done = {"ResponseMetadata": {"HTTPStatusCode": 200}}
ready = {"status": "VALID", "state": "ENABLED"}


class AWS:
    """What Lithops asks of Batch, S3 and STS before a job runs."""

    def get_caller_identity(self):
        return {"Account": "111122223333", "UserId": "AIDAABCDEFGH"}

    def head_bucket(self, **_):
        pass

    def put_object(self, Key, Body, **_):
        objects[Key] = Body.encode() if isinstance(Body, str) else Body
        return done

    def get_object(self, Key, **_):
        if Key not in objects:
            raise botocore.exceptions.ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject")
        return {"Body": io.BytesIO(objects[Key])}

    def head_object(self, Key, **_):
        self.get_object(Key)

    def delete_object(self, **_):
        pass

    def get_paginator(self, _):
        return self

    def paginate(self, **_):
        return []

    def describe_compute_environments(self):
        return done | {"computeEnvironments": environments}

    def create_compute_environment(self, **request):
        environments.append(ready | {"computeEnvironmentName": request["computeEnvironmentName"]})
        return done

    def describe_job_queues(self):
        return done | {"jobQueues": queues}

    def create_job_queue(self, **request):
        queues.append(ready | {"jobQueueName": request["jobQueueName"]})
        return done

    def describe_job_definitions(self, **_):
        return done | {"jobDefinitions": definitions}

    def register_job_definition(self, **request):
        definitions.append(request | {"status": "ACTIVE"})
        return done

    def submit_job(self, **request):
        said = {value["name"]: value["value"] for value in request["containerOverrides"]["environment"]}
        if said["__LITHOPS_ACTION"] == "get_metadata":
            name = json.loads(said["__LITHOPS_PAYLOAD"])["runtime_name"]
            self.put_object(f"{name}.meta", json.dumps(get_runtime_metadata()))
        else:
            jobs.append(request)


boto3.Session.client = lambda *_, **__: AWS()
executor = lithops.FunctionExecutor(log_level="ERROR", config={
    "lithops": {"backend": "aws_batch", "storage": "aws_s3", "telemetry": False},
    "aws": {"region": "us-east-1"}, "aws_s3": {"storage_bucket": "bucket"},
    "aws_batch": {
        "execution_role": "r", "job_role": "r", "instance_role": "r", "security_groups": ["sg-1"], "subnets": ["subnet-1"],
        "env_type": "SPOT", "env_max_cpus": 64, "runtime": "align:1", "runtime_cpu": 4, "runtime_memory": 2048}})
executor.map(lambda sample: sample, ["s1"], runtime_memory=65536)
while not jobs:
    pass
name, overrides = jobs[0]["jobDefinition"], ", ".join(jobs[0]["containerOverrides"])
found = next(definition for definition in definitions if definition["jobDefinitionName"] == name)
memory = next(need["value"] for need in found["containerProperties"]["resourceRequirements"] if need["type"] == "MEMORY")
timeout = jobs[0].get("timeout") or found.get("timeout")
print(f"lithops {lithops.__version__}: {name} reserves {memory} MiB; overrides: {overrides}; timeout {timeout}", flush=True)
assert (name[-9:], memory, overrides, timeout) == ("--65536mb", "2048", "environment", None)
os._exit(0)
PYTHON
export HOME="$folder"
timeout 120 "$folder/venv/bin/python" "$folder/map.py" 2>"$folder/log" | grep '^lithops' || { tail -20 "$folder/log"; exit 1; }
