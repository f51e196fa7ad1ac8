#!/bin/sh
# aws-fleet-scout 1.0.2 finds where a fleet can be had on Spot, and whether Spot, a Capacity Block or On-Demand is best.
#   - `fleet recommend` for 20 m7i.4xlarge and 2 p5.48xlarge. EC2 gives each type a Spot placement score from 1 to 10. One would
#     expect the zone's score to be that of the type that is hardest to get, as the fleet needs both. It is the mean by number of
#     instances: 9 for the m7i and 1 for the p5 make 8.3, "High" stability, above --min-score 5. The m7i start, and wait at full
#     price for a p5 that EC2 says will not come.
#   - `compare` for 4 p5.48xlarge: Spot at $60 an hour each, On-Demand at $55, a block at $30. One would expect the block to be the
#     cheapest. Prices are not compared: from a score of 7 Spot is "BEST", with "Lowest cost". The block's $/hr, for all four,
#     stands beside the others' for one.
# Look at each type's score, and divide a block's fee by hours and instances. Here EC2 and its prices are stand-ins.
# Seen: "m7i 9, p5 1: 8.3 High; BEST: Spot instances (Score: 8/10, $240.00/hr), Lowest cost with high availability; block
# $120.0/hr, On-Demand $55.0/hr".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install aws-fleet-scout==1.0.2
"$folder/venv/bin/python" - <<'PYTHON'
import contextlib
import datetime
import importlib.metadata
import io
import json
import re
from unittest import mock

from aws_fleet_scout.commands import compare
from aws_fleet_scout.commands.fleet import recommend

scores = {"m7i.4xlarge": 9, "p5.48xlarge": 1}
on_demand = json.dumps({
    "product": {"attributes": {"preInstalledSw": "NA", "capacitystatus": "Used"}},
    "terms": {"OnDemand": {"t": {"priceDimensions": {"d": {"pricePerUnit": {"USD": "55.00"}}}}}}})


class AWS:
    def get_spot_placement_scores(self, InstanceTypes, **_):
        return {"SpotPlacementScores": [
            {"Region": "us-east-1", "AvailabilityZoneId": "use1-az1", "Score": scores[InstanceTypes[0]]}]}

    def describe_spot_price_history(self, **_):
        return {"SpotPriceHistory": [{"SpotPrice": "60.00"}]}

    def describe_capacity_block_offerings(self, InstanceCount, CapacityDurationHours, **_):
        return {"CapacityBlockOfferings": [{
            "StartDate": datetime.datetime.now(datetime.timezone.utc), "CapacityBlockDurationHours": CapacityDurationHours,
            "UpfrontFee": str(30 * InstanceCount * CapacityDurationHours)}]}

    def describe_instance_type_offerings(self, **_):
        return {"InstanceTypeOfferings": [{"InstanceType": "p5.48xlarge"}]}

    def get_products(self, **_):
        return {"PriceList": [on_demand]}


with mock.patch("boto3.client", lambda *_, **__: AWS()):
    with contextlib.redirect_stdout(io.StringIO()):
        (zone,) = recommend.main(job_spec=json.dumps({"m7i.4xlarge": 20, "p5.48xlarge": 2}), regions="us-east-1")
    scores["p5.48xlarge"] = 8
    with contextlib.redirect_stdout(io.StringIO()) as told:
        prices = compare.main(instance_type="p5.48xlarge", count=4, regions=["us-east-1"])["p5.48xlarge"]
best, why = re.search(r"(BEST: .*)\n\s+- (.*)", told.getvalue()).groups()
block, demand = prices["capacity_blocks"]["hourly_equivalent"], prices["on_demand"]["price_per_hour"]
print(f"aws-fleet-scout {importlib.metadata.version('aws-fleet-scout')}: m7i 9, p5 1: {zone.aggregate_score:.1f} "
      f"{zone.predicted_stability}; {best}, {why}; block ${block}/hr, On-Demand ${demand}/hr")
assert (round(zone.aggregate_score, 1), zone.predicted_stability) == (8.3, "High")
assert (best, why) == ("BEST: Spot instances (Score: 8/10, $240.00/hr)", "Lowest cost with high availability")
assert (block, demand) == (120.0, 55.0)
PYTHON
