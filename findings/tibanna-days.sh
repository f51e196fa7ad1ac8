#!/bin/sh
# Tibanna 6.1.0, which runs CWL, WDL and Snakemake steps on EC2 and prints with `tibanna cost_estimate` what a step cost. One
# would expect a step of 25 hours to cost a little more than one of 23. The estimate forgets whole days: it takes only the
# seconds within a day of the run's length (Python's timedelta.seconds), so 25 hours, and 73, are priced as one. That holds for
# the instance and its disks, and the figure goes into the step's metrics report. Steps under a day are right. The cost from
# Cost Explorer, which replaces the estimate once the tag Name is active there, does not depend on it.
# Here AWS's price list is a stand-in: $0.20 an hour, and $0.08 a GB-month for 108 GB.
# Seen: "23 h: $4.876, 25 h: $0.212, 73 h: $0.212".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install tibanna==6.1.0
export AWS_ACCESS_KEY_ID=key AWS_SECRET_ACCESS_KEY=secret AWS_ACCOUNT_NUMBER=111122223333 TIBANNA_AWS_REGION=us-east-1
"$folder/venv/bin/python" - <<'PYTHON'
import datetime
import importlib.metadata
import json
from unittest import mock

from tibanna.awsem import AwsemPostRunJson
from tibanna.pricing_utils import get_cost_estimate

start = datetime.datetime(2026, 11, 2)


class Prices:
    def get_products(self, ServiceCode, Filters):
        usd = "0.20" if any(filter["Field"] == "instanceType" for filter in Filters) else "0.08"
        term = {"priceDimensions": {"d": {"pricePerUnit": {"USD": usd}}}}
        return {"PriceList": [json.dumps({"terms": {"OnDemand": {"t": term}}})]}


def estimate(hours):
    stamp = "%Y%m%d-%H:%M:%S-UTC"
    step = AwsemPostRunJson(
        Job={"App": {}, "Input": {}, "Output": {}, "JOBID": "1", "start_time": start.strftime(stamp),
             "end_time": (start + datetime.timedelta(hours=hours)).strftime(stamp), "instance_type": "m7i.xlarge"},
        config={"log_bucket": "logs", "ebs_size": 100, "root_ebs_size": 8, "ebs_type": "gp3", "spot_instance": False},
        strict=False)
    return round(get_cost_estimate(step)[0], 3)


with mock.patch("boto3.client", lambda *_, **__: Prices()):
    costs = {hours: estimate(hours) for hours in (23, 25, 73)}
print(f"tibanna {importlib.metadata.version('tibanna')}: " + ", ".join(f"{hours} h: ${cost}" for hours, cost in costs.items()))
assert costs == {23: 4.876, 25: 0.212, 73: 0.212}
PYTHON
