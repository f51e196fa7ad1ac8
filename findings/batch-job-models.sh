#!/bin/sh
# aws-resource-validator-batch 2.6.0 has Pydantic models of AWS Batch's answers, made from AWS's own model, to check what
# boto3 returns before one computes with it. One would expect every answer of Batch to pass. AWS's model (botocore 1.44.8)
# says that every job has a startedAt, and Batch gives none to a job that has not started, as in the example of the AWS CLI
# 1.46.3. boto3 does not mind, but the models refuse the whole page: one job that waits, or whose host never came, hides up to
# 99 others. The same for one on ECS Managed Instances, whose platformCapabilities the models do not know. Type checkers that
# read the same model let job["startedAt"] pass, which fails when it runs. Validate each job on its own, and only those that
# started.
# Seen: "startedAt required: True; the CLI's example: jobs.0.startedAt missing; a job on Managed Instances: literal_error; on
# EC2: valid".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install \
  aws-resource-validator-batch==2.6.0 aws-resource-validator==2.6.0 botocore==1.44.8
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install --no-deps --target "$folder/cli" awscli==1.46.3
"$folder/venv/bin/python" - "$folder/cli/awscli/examples/batch/describe-jobs.rst" <<'PYTHON'
import importlib.metadata
import json
import pathlib
import sys

import botocore.session
from aws_resource_validator.pydantic_models.batch import DescribeJobsResponseTypeDef
from pydantic import ValidationError

page = pathlib.Path(sys.argv[1]).read_text()
example = json.loads(page[page.index("{"):page.rindex("}") + 1])
meta = {"RequestId": "1", "HTTPStatusCode": 200, "HTTPHeaders": {}, "RetryAttempts": 0}
required = botocore.session.get_session().get_service_model("batch").shape_for("JobDetail").required_members


def validated(*jobs):
    try:
        DescribeJobsResponseTypeDef.model_validate({"jobs": jobs, "ResponseMetadata": meta})
        return "valid"
    except ValidationError as error:
        (problem,) = error.errors()
        return ".".join(map(str, problem["loc"])) + " missing" if problem["type"] == "missing" else problem["type"]


ran = {**example["jobs"][0], "status": "SUCCEEDED", "startedAt": 1480483400000, "stoppedAt": 1480483430000}
found = (validated(*example["jobs"]), validated(ran | {"platformCapabilities": ["MANAGED_INSTANCES"]}),
         validated(ran | {"platformCapabilities": ["EC2"]}))
print(f"aws-resource-validator-batch {importlib.metadata.version('aws-resource-validator-batch')}: startedAt required: "
      f"{'startedAt' in required}; the CLI's example: {found[0]}; a job on Managed Instances: {found[1]}; on EC2: {found[2]}")
assert "startedAt" in required and found == ("jobs.0.startedAt missing", "literal_error", "valid")
PYTHON
