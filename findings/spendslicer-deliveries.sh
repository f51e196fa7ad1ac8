#!/bin/sh
# SpendSlicer 1.0.0 copies a Cost and Usage Report 2.0 from S3 into DuckDB, for what it calls exact costs of each resource. AWS
# delivers the whole month again with each refresh, up to several times a day, and an export that keeps its versions puts each
# into a folder of its own below BILLING_PERIOD=2026-10. One would expect the newest folder to replace the others. It takes the
# files of all of them, so the month costs as often as it was delivered: after three refreshes of $10, $20 and $30, $60. An
# export that overwrites its files has no such folders, and its files are skipped, with a warning in the log.
# Remove all folders but the newest of each month, in the bucket or in ~/.cache/spendslicer, before `spendslicer cur ingest`.
# Here S3 is a stand-in.
# Seen: "the month to date $10, $20, $30: total 60.0, i-1 60.0; overwritten files: 0 ingested".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install "spendslicer[cur]==1.0.0" duckdb==2.0.1
cd "$folder"
venv/bin/python - 2>log <<'PYTHON' || { tail -5 log; exit 1; }
import importlib.metadata
import pathlib
import shutil
import types

import duckdb
from spendslicer.cur.ingestor import CurIngestor
from spendslicer.cur.schema import connect
from spendslicer.cur.store import CurStore


def delivered(name, days):
    """The month as the report has it after so many days: $10 a day of one instance."""
    path = pathlib.Path(f"{name}.parquet")
    duckdb.execute(f"""
        COPY (SELECT TIMESTAMP '2026-10-01' AS bill_billing_period_start_date, TIMESTAMP '2026-10-01' + to_days(day::INTEGER) AS
                     line_item_usage_start_date, '123456789012' AS line_item_usage_account_id, 'AmazonEC2' AS
                     line_item_product_code, MAP {{'product_name': 'Amazon Elastic Compute Cloud'}} AS product,
                     'BoxUsage:c7i.8xlarge' AS line_item_usage_type, 'RunInstances' AS line_item_operation, 'i-1' AS
                     line_item_resource_id, MAP {{'user_team': 'ml'}} AS resource_tags, 7.0 AS line_item_usage_amount,
                     10.0 AS line_item_unblended_cost, 10.0 AS line_item_blended_cost, 'USD' AS line_item_currency_code
              FROM range({days}) AS days(day)) TO '{path}' (FORMAT parquet)""")
    return path


def ingested(objects, database):
    s3 = types.SimpleNamespace(
        list_objects_v2=lambda **_: {"Contents": [{"Key": key} for key in objects]},
        download_file=lambda _, key, path: shutil.copy(objects[key], path))
    store = connect(pathlib.Path(database))
    return CurIngestor(s3, "bills", "cur", pathlib.Path(database).parent / "files", store).ingest(), CurStore(store)


month = "cur/costs/data/BILLING_PERIOD=2026-10"
versions = {f"{month}/2026100{day + 1}T040000Z-{day}/costs-00001.snappy.parquet": delivered(f"day{day}", day)
            for day in (1, 2, 3)}
_, store = ingested(versions, "kept/cur.duckdb")
window = types.SimpleNamespace(iso=lambda: ("2026-10-01", "2026-11-01"))
total = store.total("123456789012", window)
(resource,) = store.attribute_resources("123456789012", window)
overwritten, _ = ingested({f"{month}/costs-00001.snappy.parquet": delivered("last", 3)}, "overwritten/cur.duckdb")
print(f"spendslicer {importlib.metadata.version('spendslicer')}, the month to date $10, $20, $30: total {total}, "
      f"{resource['resource_id']} {resource['cost']}; overwritten files: {overwritten} ingested")
assert (total, resource["cost"], overwritten) == (60.0, 60.0, 0)
PYTHON
