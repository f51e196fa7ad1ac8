#!/bin/sh
# cloudknot 0.6.1 maps a function over inputs in AWS Batch, by default as one array job, and job.terminate() "combines the cancel
# and terminate AWS CLI commands". One would expect it to end 80 children that run and 20 that wait. It looks at the parent's
# state. The parent of an array is PENDING while its children run, so cloudknot asks for CancelJob, which, as Batch's model
# says, leaves jobs that "progressed to the STARTING or RUNNING state" alone and succeeds all the same. The 80 run on to their
# end, and are paid for. job.clobber() does the same and also forgets the job. `aws batch terminate-job`, with the parent's id, ends
# children in every state: it cancels those that have not started. Here Batch and Docker are stand-ins.
# Seen: "parent PENDING, 80 children RUNNING: cancel_job; not an array, RUNNING: terminate_job".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install cloudknot==0.6.1 boto3==1.44.8
mkdir -p "$folder/bin" "$folder/.aws"
printf '#!/bin/sh\n' >"$folder/bin/docker"  # cloudknot only asks whether it runs
chmod +x "$folder/bin/docker"
printf '[aws]\nconfigured = True\n' >"$folder/.aws/cloudknot"
export HOME="$folder" PATH="$folder/bin:$PATH" AWS_ACCESS_KEY_ID=key AWS_SECRET_ACCESS_KEY=secret AWS_DEFAULT_REGION=us-east-1
"$folder/venv/bin/python" - <<'PYTHON'
import collections
import importlib.metadata
import re

import boto3
import cloudknot
from cloudknot.aws import base_classes, batch

model = boto3.client("batch").meta.service_model
words = re.sub("<[^>]+>", "", model.operation_model("CancelJob").documentation)
assert "Jobs that progressed to the STARTING or RUNNING state aren't cancelled" in re.sub(r"\s+", " ", words)
asked = []


class Batch:
    def __init__(self, **job):
        self.job = {"jobId": "1", "jobName": "map", "attempts": [], **job}

    def submit_job(self, **_):
        return {"jobId": "1"}

    def describe_jobs(self, jobs):
        return {"jobs": [self.job]}

    def cancel_job(self, **_):
        asked.append("cancel_job")

    def terminate_job(self, **_):
        asked.append("terminate_job")


class S3:
    def put_object(self, **_):
        pass


batch.get_s3_params = lambda: collections.namedtuple("Parameters", "sse")(None)
definition = collections.namedtuple("Definition", "name arn output_bucket retries")("map", "map:1", "bucket", 1)
base_classes.clients["s3"] = S3()
running = {"size": 100, "statusSummary": {"RUNNING": 80, "RUNNABLE": 20}}
for array, service in ((True, Batch(status="PENDING", arrayProperties=running)), (False, Batch(status="RUNNING"))):
    base_classes.clients["batch"] = service
    job = cloudknot.aws.BatchJob(
        name="map", job_queue="queue", job_definition=definition, input_=list(range(100)), array_job=array)
    job.terminate("wrong input")
print(f"cloudknot {importlib.metadata.version('cloudknot')}: parent PENDING, 80 children RUNNING: {asked[0]}; "
      f"not an array, RUNNING: {asked[1]}")
assert asked == ["cancel_job", "terminate_job"]
PYTHON
