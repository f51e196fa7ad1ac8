#!/bin/sh
# Metaflow 2.19.39 on a step with @batch(gpu=8) and @catch(var="failure"), without @retry. One would expect one Batch job, or
# attempt: @catch only stores the exception, and run from a laptop Metaflow does that on the laptop ("we don't need to execute
# on AWS Batch anymore", says its code). Deployed to AWS Step Functions, the job gets 4 attempts, of which only the first runs
# user code. When that fails, the second stores the exception: the job waits again for 8 GPUs, starts again, and is billed
# again. A lost Spot host uses up the only try as well: the second attempt runs nothing, and the flow goes on without the
# step's result. A tool that counts attempts as retries finds retries that never helped. @retry(times=…) adds attempts that run
# the step; its minutes_between_retries is dropped.
# Here AWS is a stand-in that accepts everything (metaflow/step_functions.py).
# Seen: "@catch: 4 attempts, user code in 1, 8 GPUs each; with @retry(times=2): 6, in 3; laptop: 1 on Batch".
set -eu
PYTHONPATH=$(cd "$(dirname "$0")" && pwd)/metaflow
export PYTHONPATH
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install metaflow==2.19.39 boto3==1.44.8
cd "$folder"
mkdir flow
cat >flow/flow.py <<'PYTHON'
from metaflow import FlowSpec, batch, catch, retry, step


class TrainFlow(FlowSpec):
    @catch(var="failure")
    @batch(gpu=8)
    @step
    def start(self):
        self.next(self.again)

    @catch(var="failure")
    @retry(times=2, minutes_between_retries=30)
    @batch(gpu=8)
    @step
    def again(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    TrainFlow()
PYTHON
cat >deploy.py <<'PYTHON'
import importlib.metadata
import json
import re
import types

import step_functions
from metaflow.plugins.aws.batch import batch_decorator

states = step_functions.states()


def tries(step):
    job = states[step]["Parameters"]
    retries = re.search(r"--max-user-code-retries (\d+)", job["ContainerOverrides"]["Command"][-1])[1]
    (gpus,) = [need["Value"] for need in job["ContainerOverrides"]["ResourceRequirements"] if need["Type"] == "GPU"]
    return job["RetryStrategy"]["Attempts"], int(retries) + 1, gpus


def on_batch(retry):
    """Whether a try of the step with @catch alone, run from a laptop, becomes a Batch job."""
    command = types.SimpleNamespace(commands=["step"], command_args=[], command_options={}, entrypoint=[""])
    decorator = batch_decorator.BatchDecorator({"aws_batch_tags": {}})
    decorator.run_time_limit = decorator.package_metadata = decorator.package_sha = decorator.package_url = None
    decorator.runtime_step_cli(command, retry, 0, None)
    return command.commands == ["batch", "step"]


assert "30" not in json.dumps(states["again"]["Parameters"]["RetryStrategy"])  # minutes
plain, retried, laptop = tries("start"), tries("again"), sum(on_batch(retry) for retry in range(2))
print(f"metaflow {importlib.metadata.version('metaflow')}: @catch: {plain[0]} attempts, user code in {plain[1]}, {plain[2]} "
      f"GPUs each; with @retry(times=2): {retried[0]}, in {retried[1]}; laptop: {laptop} on Batch")
assert (plain, retried, laptop) == ((4, 1, "8"), (6, 3, "8"), 1)
PYTHON
venv/bin/python deploy.py
