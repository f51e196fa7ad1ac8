#!/bin/sh
# athena-cost-guard 0.2.2 says what a query in Athena will scan and cost, and blocks those over a budget. On a Cost and Usage
# Report partitioned by year and month (month=1 to month=12, without zeros), one would expect a query for January to scan
# January. A partition's objects are those whose names begin with its location, and without a slash at the end, as MSCK REPAIR
# TABLE and ALTER TABLE … ADD PARTITION leave it, month=1 is also the beginning of month=10, 11 and 12. So January is estimated
# at four months, with one partition matched, and a query for the whole year counts October to December twice. A budget that
# fits one month blocks every query for January; February's pass. End the locations with a slash.
# Here Glue and S3 are stand-ins with 100 GB a month.
# Seen: "January: 400.0 GB, $2.0000, 1 partition; February: 100.0 GB, $0.5000; all 12: 1.5 TB; locations with a slash: January
# 100.0 GB".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install athena-cost-guard==0.2.2
"$folder/venv/bin/python" - <<'PYTHON'
import importlib.metadata
import re
import types

from athena_cost_guard import estimate

objects = [f"cur/year=2026/month={month}/bill.parquet" for month in range(1, 13)]


def pages(items):
    return types.SimpleNamespace(paginate=lambda **asked: [items(asked)])


def glue(slash):
    def partitions(asked):
        month = re.search(r"month = '(\d+)'", asked.get("Expression", ""))
        return {"Partitions": [{"StorageDescriptor": {"Location": f"s3://bills/cur/year=2026/month={number}{slash}"}}
                               for number in ([month[1]] if month else range(1, 13))]}

    table = {"Table": {"StorageDescriptor": {"Location": "s3://bills/cur"},
                       "PartitionKeys": [{"Name": "year"}, {"Name": "month"}]}}
    return types.SimpleNamespace(get_table=lambda **_: table, get_paginator=lambda _: pages(partitions))


s3 = types.SimpleNamespace(get_paginator=lambda _: pages(lambda asked: {"Contents": [
    {"Key": key, "Size": 100 * 10**9} for key in objects if key.startswith(asked["Prefix"])]}))


def scanned(where, slash=""):
    return estimate(f"SELECT SUM(line_item_unblended_cost) FROM cur.bill WHERE year = '2026'{where}", region="us-east-1",
                    glue_client=glue(slash), s3_client=s3)


january, february, whole = scanned(" AND month = '1'"), scanned(" AND month = '2'"), scanned("")
closed = scanned(" AND month = '1'", "/")
print(f"athena-cost-guard {importlib.metadata.version('athena-cost-guard')}: January: {january.human_bytes}, "
      f"${january.cost_usd:.4f}, {january.partitions_matched} partition; February: {february.human_bytes}, "
      f"${february.cost_usd:.4f}; all 12: {whole.human_bytes}; locations with a slash: January {closed.human_bytes}")
assert (january.human_bytes, january.partitions_matched, february.human_bytes) == ("400.0 GB", 1, "100.0 GB")
assert (whole.human_bytes, closed.human_bytes) == ("1.5 TB", "100.0 GB")
PYTHON
