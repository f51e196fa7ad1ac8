#!/bin/sh
# Raster Vision's runner for AWS Batch (rastervision_aws_batch 0.31.1). Its documentation lists a setting `attempts` and says
# "Defaults to 5", and the plugin registers the setting. One would expect a training job on Spot to be tried again when its host
# is lost. But nothing reads the setting: every job is submitted with retryStrategy {"attempts": 1}, which also overrides what
# the job definition says. One reclaimed host ends the run, since later commands depend on the job, and what it used is lost.
# The settings are also read from another section than the documented one: [BATCH], not [AWS_BATCH].
# Retries need another submitter, or one's own subclass that passes attempts to run_command. Here Batch is a stand-in.
# Seen: "[AWS_BATCH]: ConfigurationMissingError; [BATCH] attempts=5: job definition gpu:1, retryStrategy {'attempts': 1}".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  rastervision_aws_batch==0.31.1 rastervision_pipeline==0.31.1 boto3==1.44.8
cd "$folder"
export HOME="$folder"
mkdir .rastervision
cat >flow.py <<'PYTHON'
from rastervision.pipeline.config import register_config
from rastervision.pipeline.pipeline import Pipeline
from rastervision.pipeline.pipeline_config import PipelineConfig


@register_config("flow")
class FlowConfig(PipelineConfig):
    def build(self, folder):
        return Flow(self, folder)


class Flow(Pipeline):
    commands = gpu_commands = ["train"]

    def train(self):
        pass


def get_config(runner):
    return FlowConfig(root_uri="out")
PYTHON
cat >run.py <<'PYTHON'
import boto3

asked = []


class Batch:
    def submit_job(self, **request):
        asked.append(request)
        return {"jobId": "1"}


boto3.client = lambda *_, **__: Batch()
from rastervision.pipeline.cli import main

try:
    main(["run", "batch", "flow.py"], standalone_mode=False)
    print(f"job definition {asked[0]['jobDefinition']}, retryStrategy {asked[0]['retryStrategy']}")
except Exception as error:
    print(type(error).__name__)
PYTHON
run() {
  printf '%s\n' "[$1]" gpu_job_queue=gpu gpu_job_def=gpu:1 cpu_job_queue=cpu cpu_job_def=cpu:1 attempts=5 >.rastervision/default
  venv/bin/python run.py 2>log | tail -1
}
documented=$(run AWS_BATCH)
read_from=$(run BATCH)
venv/bin/pip --disable-pip-version-check list 2>/dev/null | grep '^rastervision_aws_batch'
echo "[AWS_BATCH]: $documented; [BATCH] attempts=5: $read_from"
[ "$documented" = ConfigurationMissingError ] && [ "$read_from" = "job definition gpu:1, retryStrategy {'attempts': 1}" ]
