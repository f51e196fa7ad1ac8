#!/bin/sh
# best-ec2 1.1.4 sorts instance types by their Spot price. One would expect today's prices. It asks DescribeSpotPriceHistory
# without a start, so EC2 answers with up to three months of changes, and keeps the last one of each zone in the answer. EC2's
# documentation promises no order; its answers have been newest first. So each type is sorted by its oldest price, and the type
# that comes first may cost more today than the one behind it. (The author's older package, amazon-ec2-best-instance, took the
# first of each zone.) A Spot price needs StartTime=now, which gives the price in force, or the newest Timestamp of each zone.
# Here EC2 and the Spot advisor are stand-ins.
# Seen: "c7i.xlarge 0.031, m7i.xlarge 0.062; today c7i.xlarge 0.076, m7i.xlarge 0.06; asked without StartTime".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install best-ec2==1.1.4 boto3==1.44.8
"$folder/venv/bin/python" - <<'PYTHON'
import datetime
import importlib.metadata
import io
import json
import logging
from unittest import mock

import best_ec2

now = datetime.datetime(2026, 11, 29, tzinfo=datetime.timezone.utc)
# Days ago and dollars an hour, newest first.
changes = {"c7i.xlarge": [(2, 0.076), (31, 0.051), (88, 0.031)], "m7i.xlarge": [(1, 0.06), (40, 0.062)]}
memory = {"c7i.xlarge": 8192, "m7i.xlarge": 16384}
advisor = {"spot_advisor": {"eu-west-1": {"Linux": {name: {"s": 60, "r": 0} for name in changes}}}}
asked = []


class Ec2:
    def get_paginator(self, _):
        return self

    def paginate(self):
        yield {"InstanceTypes": [{
            "InstanceType": name, "SupportedUsageClasses": ["on-demand", "spot"], "VCpuInfo": {"DefaultVCpus": 4},
            "MemoryInfo": {"SizeInMiB": memory[name]}, "ProcessorInfo": {"SupportedArchitectures": ["x86_64"]},
            "NetworkInfo": {"NetworkPerformance": "Up to 12.5 Gigabit"}} for name in changes]}

    def describe_spot_price_history(self, **request):
        asked.append(request)
        (name,) = request["InstanceTypes"]
        return {"SpotPriceHistory": [
            {"InstanceType": name, "AvailabilityZone": "eu-west-1a", "ProductDescription": "Linux/UNIX",
             "SpotPrice": f"{price:.6f}", "Timestamp": now - datetime.timedelta(days=days)} for days, price in changes[name]]}


with mock.patch("boto3.client", lambda *_, **__: Ec2()), \
        mock.patch("urllib.request.urlopen", lambda *_: io.BytesIO(json.dumps(advisor).encode())):
    found = best_ec2.BestEc2({}, logging.getLogger("quiet")).get_types({
        "vcpu": 4, "memory_gb": 8, "region": "eu-west-1", "usage_class": "spot", "availability_zones": ["eu-west-1a"]})
best = [(type["instance_type"], type["price"]) for type in found]
today = [(name, prices[0][1]) for name, prices in changes.items()]
listed = [", ".join(f"{name} {price}" for name, price in prices) for prices in (best, today)]
started = any("StartTime" in request for request in asked)
print(f"best-ec2 {importlib.metadata.version('best-ec2')}: {listed[0]}; today {listed[1]}; asked "
      f"{'with' if started else 'without'} StartTime")
assert best == [("c7i.xlarge", 0.031), ("m7i.xlarge", 0.062)] and not started
PYTHON
