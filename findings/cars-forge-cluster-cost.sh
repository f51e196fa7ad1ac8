#!/bin/sh
# cars-forge 1.3.6 starts a fleet of EC2 instances, alone or as a cluster, and says at `forge destroy`: "Total cost was $…". One
# would expect the cost of all instances of the fleet at the price it was started with, as `forge create` says it for an hour.
#   - Each instance's price replaces the one before, so eight of them cost what one does. In a mixed fleet it is whichever EC2
#     names last, for the time of the one that ran longest.
#   - The market comes from market_failover, not market, and without it is Spot: an On-Demand fleet is told at Spot prices.
# Here EC2 and its prices are stand-ins: m7i.2xlarge at $0.40 an hour, or $0.15 on Spot.
# Seen: "8 On-Demand m7i.2xlarge after 10 h: $1.5 of 32; on Spot: $1.5 of 12; 1 on Spot: $1.5".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install cars-forge==1.3.6
"$folder/venv/bin/python" - <<'PYTHON'
import datetime
import importlib.metadata
import logging
import re
import types

from forge import destroy

launched = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=10)
fleet = []
destroy.ec2_ip = lambda *_: fleet
destroy.fleet_destroy = lambda *_: None
destroy.get_ec2_pricing = lambda name, market, _: {"on-demand": 0.40, "spot": 0.15}[market]
said = []
handler = logging.Handler()
handler.emit = lambda record: said.append(record.getMessage())
destroy.logger.addHandler(handler)
destroy.logger.setLevel(logging.INFO)


def cost(count, market):
    said.clear()
    fleet[:] = [{"state": "running", "launch_time": launched, "instance_type": "m7i.2xlarge", "az": "us-east-1a"}] * count
    destroy.destroy(types.SimpleNamespace(
        name="align", date="2026-10-01", service="single", market=[market, market], market_failover=None, aws_az=None))
    return float(re.search(r"Total cost was \$([0-9.]+)", " ".join(said))[1])


costs = [cost(8, "on-demand"), cost(8, "spot"), cost(1, "spot")]
print(f"cars-forge {importlib.metadata.version('cars-forge')}: 8 On-Demand m7i.2xlarge after 10 h: ${costs[0]} of 32; on Spot: "
      f"${costs[1]} of 12; 1 on Spot: ${costs[2]}")
assert costs == [1.5, 1.5, 1.5]
PYTHON
