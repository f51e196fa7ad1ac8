#!/bin/sh
# spot-optimizer 1.2.13 selects "the most stable and cost-effective" Spot instances for so many cores and GB, from AWS's Spot
# advisor. Among types that are interrupted equally rarely, one would expect the cheapest that holds what was asked. It has no
# prices. It takes the type with the largest saving over On-Demand in percent, which the advisor calls `s`, and how much of the
# machine is left over counts only between equal savings. So 16 cores and 32 GB become two x2iedn.2xlarge with 512 GB at 70%
# off, not two c7i.2xlarge at 60% off, whose list price is less than a quarter: more than three times the cost, called the
# better `spot_score`.
# Pass instance_family=["c7i", "m7i"], families whose prices you know. Here the Spot advisor is a stand-in.
# Seen: "x2iedn.2xlarge x 2, 512 GB for 32, spot_score 70; with instance_family c7i: c7i.2xlarge x 2".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install spot-optimizer==1.2.13
export SPOT_OPTIMIZER_DB_PATH="$folder/advisor.db"
"$folder/venv/bin/python" - <<'PYTHON'
import http.server
import importlib.metadata
import json
import os
import threading

types = {"c7i.2xlarge": (8, 16, 60), "m7i.2xlarge": (8, 32, 62), "x2iedn.2xlarge": (8, 256, 70)}
advisor = json.dumps({
    "global_rate": "<10%",
    "ranges": [{"index": 0, "label": "<5%", "dots": 0, "max": 5}],
    "instance_types": {name: {"emr": True, "cores": cores, "ram_gb": gb} for name, (cores, gb, _) in types.items()},
    "spot_advisor": {"us-east-1": {"Linux": {name: {"s": saving, "r": 0} for name, (_, _, saving) in types.items()}}}}).encode()


class Advisor(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(advisor)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Advisor)
threading.Thread(target=server.serve_forever, daemon=True).start()
os.environ["SPOT_OPTIMIZER_URL"] = f"http://127.0.0.1:{server.server_port}"

from spot_optimizer import optimize

chosen = optimize(cores=16, memory=32, region="us-east-1")
named = optimize(cores=16, memory=32, region="us-east-1", instance_family=["c7i"])
print(f"spot-optimizer {importlib.metadata.version('spot-optimizer')}: {chosen['instances']['type']} x "
      f"{chosen['instances']['count']}, {chosen['total_ram']} GB for 32, spot_score {chosen['reliability']['spot_score']}; with "
      f"instance_family c7i: {named['instances']['type']} x {named['instances']['count']}")
assert chosen["instances"] == {"type": "x2iedn.2xlarge", "count": 2} and chosen["total_ram"] == 512
assert named["instances"] == {"type": "c7i.2xlarge", "count": 2}
PYTHON
