#!/bin/sh
# SageMaker's TrainingQueue for AWS Batch, in sagemaker-train 1.27.0, with a ModelTrainer that may run for five days
# (StoppingCondition.max_runtime_in_seconds). One would expect a job submitted without a timeout to have only that limit. But
# submit() and map() give each Batch job a timeout of one day (timeoutConfig.attemptDurationSeconds 86400), so Batch ends it
# first; the docstring of `timeout` does not say so. Four p5.48xlarge are paid for a day, and without checkpoints their work is
# lost. The default retry strategy has a rule that says RETRY but only one attempt, so it never retries. Pass
# timeout={"attemptDurationSeconds": …} and retry_config to submit(). Here Batch is a stand-in that records what it is asked.
# Seen: "the trainer may run 432000 s, Batch ends it after 86400 s; RETRY, EXIT in 1 attempt".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install sagemaker-train==1.27.0
cat >"$folder/submit.py" <<'PYTHON'
import importlib.metadata
import json
import logging
from unittest import mock

import boto3

asked = []


class Batch:
    def submit_service_job(self, **request):
        asked.append(request)
        return {"jobArn": "arn", "jobId": "1", "jobName": request["jobName"]}


boto3.client = lambda *_, **__: Batch()
logging.disable(logging.CRITICAL)
from sagemaker.core.helper.session_helper import Session
from sagemaker.train import ModelTrainer
from sagemaker.train.aws_batch.training_queue import TrainingQueue
from sagemaker.train.configs import Compute, OutputDataConfig, StoppingCondition
from sagemaker.train.defaults import TrainDefaults

# Otherwise it asks IAM.
TrainDefaults.get_role = staticmethod(lambda *_, **__: "arn:aws:iam::111122223333:role/training")
aws = mock.MagicMock(region_name="us-east-1")
trainer = ModelTrainer(
    sagemaker_session=Session(boto_session=aws, sagemaker_client=aws, sagemaker_runtime_client=aws, default_bucket="bucket"),
    training_image="111122223333.dkr.ecr.us-east-1.amazonaws.com/train:1", base_job_name="train",
    compute=Compute(instance_type="ml.p5.48xlarge", instance_count=4),
    stopping_condition=StoppingCondition(max_runtime_in_seconds=432_000),
    output_data_config=OutputDataConfig(s3_output_path="s3://bucket/out"))
TrainingQueue("queue").submit(trainer, [])
may_run = json.loads(asked[0]["serviceRequestPayload"])["StoppingCondition"]["MaxRuntimeInSeconds"]
ends = asked[0]["timeoutConfig"]["attemptDurationSeconds"]
retries = asked[0]["retryStrategy"]
actions = [rule["action"] for rule in retries["evaluateOnExit"]]
print(f"sagemaker-train {importlib.metadata.version('sagemaker-train')}: the trainer may run {may_run} s, Batch ends it after "
      f"{ends} s; {', '.join(actions)} in {retries['attempts']} attempt")
assert (may_run, ends, actions, retries["attempts"]) == (432_000, 86_400, ["RETRY", "EXIT"], 1)
PYTHON
"$folder/venv/bin/python" "$folder/submit.py" 2>"$folder/log" | grep '^sagemaker' || { tail -20 "$folder/log"; exit 1; }
