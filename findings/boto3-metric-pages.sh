#!/bin/sh
# boto3 1.44.8, the CPU use of tasks from CloudWatch: GetMetricData for two tasks and 15 days of minutes, whose points do not fit
# on one page. One would expect its paginator, in build_full_result(), to give one series for each query, as it was asked for one.
# It puts the pages' lists one behind the other: the task whose points are on both pages is there twice, with the same Id and
# Label, first with StatusCode PartialData. The usual {result["Id"]: result["Values"] for result in …} keeps the last part, here
# the quiet one, as CloudWatch gives the newest points first. Of a task that peaked at 900 of 1,024 CPU units the maximum is then
# 40, and advice on its size is wrong: it would run at a fraction of what it needs. Nothing fails, and short tests see one page.
# Add the parts of an Id up yourself. Here CloudWatch is botocore's own stub.
# Seen: "asked for 2 series, got 3: t1 PartialData, t2 Complete, t1 Complete; maximum of t1: by Id 40.0, of both parts 900.0".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install boto3==1.44.8
export AWS_ACCESS_KEY_ID=key AWS_SECRET_ACCESS_KEY=secret AWS_DEFAULT_REGION=us-east-1 AWS_CONFIG_FILE="$folder/none"
"$folder/venv/bin/python" - <<'PYTHON'
import datetime

import boto3
import botocore.stub

end = datetime.datetime(2026, 11, 16, tzinfo=datetime.timezone.utc)
cloudwatch = boto3.client("cloudwatch")


def series(task, newest, values, status):
    """Points of a minute each, the newest first."""
    return {"Id": task, "Label": f"CpuUtilized {task}", "Values": values, "StatusCode": status, "Timestamps": [
        end - datetime.timedelta(minutes=newest + minute) for minute in range(len(values))]}


def query(task):
    return {"Id": task, "MetricStat": {"Period": 60, "Stat": "Maximum", "Metric": {
        "Namespace": "ECS/ContainerInsights", "MetricName": "CpuUtilized", "Dimensions": [{"Name": "TaskId", "Value": task}]}}}


with botocore.stub.Stubber(cloudwatch) as answers:
    answers.add_response("get_metric_data", {"NextToken": "2", "MetricDataResults": [
        series("t1", 0, [900.0] * 14_400, "PartialData"), series("t2", 0, [500.0] * 21_600, "Complete")]})
    answers.add_response("get_metric_data", {"MetricDataResults": [series("t1", 14_400, [40.0] * 7_200, "Complete")]})
    results = cloudwatch.get_paginator("get_metric_data").paginate(
        MetricDataQueries=[query("t1"), query("t2")], StartTime=end - datetime.timedelta(days=15), EndTime=end,
    ).build_full_result()["MetricDataResults"]
by_id = {result["Id"]: result["Values"] for result in results}
both = [value for result in results if result["Id"] == "t1" for value in result["Values"]]
told = ", ".join(f"{result['Id']} {result['StatusCode']}" for result in results)
print(f"boto3 {boto3.__version__}: asked for 2 series, got {len(results)}: {told}; maximum of t1: by Id {max(by_id['t1'])}, of "
      f"both parts {max(both)}")
assert told == "t1 PartialData, t2 Complete, t1 Complete" and (max(by_id["t1"]), max(both)) == (40.0, 900.0)
PYTHON
