#!/bin/sh
# focus-data-toolkit 0.14.1 converts FOCUS 1.2 and 1.3 to 1.4, "strictly from source facts", with a manifest of all columns.
# FOCUS lets providers add columns that begin with x_, and AWS does: x_UsageType, x_Operation, x_CostCategories and others. One
# would expect them in the converted file, as 1.4 allows them and so does the toolkit's own lint. They are gone. The sums are
# right to the last digit and the lint is OK; the manifest lists them among what was detected and has no diagnostic, so nothing
# says that they were dropped. No line can then be assigned to a usage type, or to a job if a tool had added its id. Join them
# back by row: the order is kept.
# Seen: "BilledCost kept: True; x_UsageType, x_CostCategories: detected 2, converted 0, diagnostics 0, lint OK".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"  # Python 3.11 or later
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install focus-data-toolkit==0.14.1
cd "$folder"
venv/bin/focus-toolkit generate --provider aws --focus-version 1.2 --rows 200 --out . >log
venv/bin/python - <<'PYTHON'
import csv

with open("focus_1_2_cost_and_usage_aws.csv") as file, open("bill.csv", "w", newline="") as added:
    rows = list(csv.DictReader(file))
    writer = csv.DictWriter(added, [*rows[0], "x_UsageType", "x_CostCategories"])
    writer.writeheader()
    writer.writerows(row | {"x_UsageType": "EU-BoxUsage:c7i.xlarge", "x_CostCategories": '{"team":"ml"}'} for row in rows)
PYTHON
# 3: not every dataset of 1.4 can be made from costs alone.
venv/bin/focus-toolkit convert --cost-and-usage bill.csv --out converted >>log 2>&1 || [ $? = 3 ]
grep -q 'lint OK' log
venv/bin/python - <<'PYTHON'
import csv
import importlib.metadata
import json

custom = ["x_UsageType", "x_CostCategories"]
before, after = (list(csv.DictReader(open(file))) for file in ("bill.csv", "converted/focus_1_4_cost_and_usage.csv"))
kept = [row["BilledCost"] for row in before] == [row["BilledCost"] for row in after]
manifest = json.load(open("converted/focus_1_4_manifest.json"))
detected = sum(name in json.dumps(manifest["detection"]) for name in custom)
converted = sum(name in after[0] for name in custom)
print(f"focus-data-toolkit {importlib.metadata.version('focus-data-toolkit')}: BilledCost kept: {kept}; {', '.join(custom)}: "
      f"detected {detected}, converted {converted}, diagnostics {len(manifest['diagnostics'])}, lint OK")
assert kept and (detected, converted, manifest["diagnostics"]) == (2, 0, [])
PYTHON
