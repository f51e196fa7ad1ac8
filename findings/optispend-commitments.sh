#!/bin/sh
# optispend 0.1.0 recommends a Savings Plan from what two weeks cost: an hourly commitment, as a share of the least that any hour
# cost. A Compute Savings Plan covers EC2, Fargate and Lambda, so one would expect it to look at these, and at what no plan
# covers yet. It asks Cost Explorer for the unblended cost of everything. What S3, support or taxes cost in an hour is to be
# committed to compute, and so is the fee of the plan that the account has. An account whose compute is all covered by a plan of
# $4 is told to buy another: that one would never be used, and is paid for a year or three.
# Here Cost Explorer is a stand-in.
# Seen: "asked for UnblendedCost of all services by LINKED_ACCOUNT; $2 of S3 and the plan's own $4 an hour, no uncovered usage:
# with --commitment 0.8 buy $4.80/hour".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install optispend==0.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import contextlib
import importlib.metadata
import io
import re
import sys
import types

import boto3
from optispend import cli

asked = []


def costs(**request):
    """Two weeks of hours, as Cost Explorer adds them up: S3, covered usage, its negation, and the plan's fee."""
    asked.append(request)
    hour = 2.0 + 5.5 - 5.5 + 4.0
    return {"ResultsByTime": [{"Groups": [{"Metrics": {"UnblendedCost": {"Amount": str(hour)}}}]}] * (14 * 24)}


boto3.Session = lambda **_: types.SimpleNamespace(client=lambda *_, **__: types.SimpleNamespace(get_cost_and_usage=costs))
sys.argv = ["optispend", "--commitment", "0.8"]
with contextlib.redirect_stdout(io.StringIO()) as said:
    cli.main()
commitment = re.search(r"Suggested Commitment:\s+\$([0-9.]+)/hour", said.getvalue())[1]
(request,) = asked
print(f"optispend {importlib.metadata.version('optispend')}: asked for {request['Metrics'][0]} of "
      f"{request.get('Filter', 'all services')} by {request['GroupBy'][0]['Key']}; $2 of S3 and the plan's own $4 an hour, no "
      f"uncovered usage: with --commitment 0.8 buy ${commitment}/hour")
assert request["Metrics"] == ["UnblendedCost"] and "Filter" not in request and commitment == "4.80"
PYTHON
