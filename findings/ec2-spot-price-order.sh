#!/bin/sh
# ec2-spot-price 0.2.3 lists current Spot prices, sorted by price; in its table the cheapest is highlighted. One would expect the
# first row to be the cheapest. EC2 gives prices as text, and so they are sorted: "10.2500" comes before "9.5000". Among types
# for GPUs and large memory, where prices pass ten dollars an hour, the first row may cost more than those below it, and the
# highlight (the minimum of the text) is on the wrong row. `-csv | sort -t, -g` sorts numbers. Here EC2 is a stand-in.
# Seen: "g6e.48xlarge 10.2500, p5.48xlarge 31.4600, x2iedn.24xlarge 9.5000".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# It asks for pandas below 2, which in turn needs numpy below 2.
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install ec2-spot-price==0.2.3 'numpy<2' boto3==1.44.8
"$folder/venv/bin/python" - <<'PYTHON'
import contextlib
import csv
import datetime
import importlib.metadata
import io
import sys
from unittest import mock

from ec2_spot_price import ec2_spot_price

prices = {"x2iedn.24xlarge": "9.5000", "p5.48xlarge": "31.4600", "g6e.48xlarge": "10.2500"}


class Ec2:
    def get_paginator(self, _):
        return self

    def paginate(self, **_):
        yield {"SpotPriceHistory": [
            {"InstanceType": type, "SpotPrice": price, "AvailabilityZone": "us-east-1a", "ProductDescription": "Linux/UNIX",
             "Timestamp": datetime.datetime(2026, 11, 29, tzinfo=datetime.timezone.utc)} for type, price in prices.items()]}


sys.argv = ["ec2_spot_price", "-csv", "-r", "us-east-1", "-i", ",".join(prices)]
with mock.patch("boto3.client", lambda *_, **__: Ec2()), contextlib.redirect_stdout(io.StringIO()) as said:
    ec2_spot_price.main()
rows = [(row["InstanceType"], row["SpotPrice"]) for row in csv.DictReader(io.StringIO(said.getvalue()))]
print(f"ec2-spot-price {importlib.metadata.version('ec2-spot-price')}: " + ", ".join(" ".join(row) for row in rows))
assert rows == [("g6e.48xlarge", "10.2500"), ("p5.48xlarge", "31.4600"), ("x2iedn.24xlarge", "9.5000")]
PYTHON
