#!/bin/sh
# finops-mcp 0.12.0 tells agents what each resource cost and saved, from a Cost and Usage Report in Athena. Of lines of a Savings
# Plan or a reservation one would expect the effective cost, which the report has, or what the documentation of its function
# calls "effective savings", On-Demand minus unblended. But the unblended cost of usage that a Savings Plan covers is its
# On-Demand price (SavingsPlanNegation lines take it back, and are left out), and that of reserved usage is 0:
#   - an instance under a Savings Plan costs what it would without, and saves nothing;
#   - a reserved instance is not among the resources at all, as only lines above 0 are read, nor in total_cost.
# So a fleet that is half paid for looks all On-Demand, and an agent may advise to buy the plan that is there already. The tools
# that do read effective costs, get_savings_plan_showback and the breakdown by tags, name a column that no report has
# (savingsplan_savings_plan_effective_cost for savings_plan_savings_plan_effective_cost), and fail. Query the report yourself.
# Here Athena is DuckDB 2.0.1, which runs the tool's SQL.
# Seen: "On-Demand: cost 10.0, saving 0.0; Savings Plan (effective cost 6): cost 10.0, saving 0.0; reserved (5.5): absent; total
# 20.0 of 21.5; showback: column savingsplan_savings_plan_effective_cost not found".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"  # Python 3.11 or later
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install finops-mcp==0.12.0 duckdb==2.0.1
export HOME="$folder" CUR_S3_BUCKET=bill CUR_ATHENA_DATABASE=main CUR_ATHENA_TABLE=bill CUR_ATHENA_RESULTS_BUCKET=results
"$folder/venv/bin/python" - 2>"$folder/log" <<'PYTHON' || { tail -5 "$folder/log"; exit 1; }
import datetime
import importlib.metadata
import re

import duckdb
from finops.connectors import cur

athena = duckdb.connect()
athena.execute("""
    CREATE TABLE main.bill AS
    SELECT '2026' AS year, '10' AS month, TIMESTAMP '2026-10-05 00:00' AS line_item_usage_start_date, 'AmazonEC2' AS
           line_item_product_code, '123456789012' AS line_item_usage_account_id, 'us-east-1' AS product_region,
           'c7i.8xlarge' AS product_instance_type, 'BoxUsage:c7i.8xlarge' AS line_item_usage_type, 'team-a' AS
           resource_tags_user_team, line.*
    FROM (VALUES ('i-demand', 'Usage', 10.0, 10.0, NULL, NULL),
                 ('i-plan', 'SavingsPlanCoveredUsage', 10.0, 10.0, 6.0, NULL),
                 (NULL, 'SavingsPlanNegation', -10.0, NULL, NULL, NULL),
                 ('i-reserved', 'DiscountedUsage', 0.0, 10.0, NULL, 5.5))
         AS line(line_item_resource_id, line_item_line_item_type, line_item_unblended_cost, pricing_public_on_demand_cost,
                 savings_plan_savings_plan_effective_cost, reservation_effective_cost)""")


def query(sql, *_, **__):
    answer = athena.execute(sql)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, map(str, row))) for row in answer.fetchall()]


cur._athena_query = query
answer = cur.get_resource_costs(datetime.date(2026, 10, 1), datetime.date(2026, 10, 31))
found = {row["resource_id"]: (row["unblended_cost"], row["effective_savings"]) for row in answer["resources"]}
try:
    cur.get_savings_plan_showback(datetime.date(2026, 10, 1), datetime.date(2026, 10, 31), tag_key="team")
    showback = "works"
except duckdb.BinderException as error:
    showback = re.search('column "(.+)" not found', str(error))[1] + " not found"
print(f"finops-mcp {importlib.metadata.version('finops-mcp')}: On-Demand: cost {found['i-demand'][0]}, saving "
      f"{found['i-demand'][1]}; Savings Plan (effective cost 6): cost {found['i-plan'][0]}, saving {found['i-plan'][1]}; reserved "
      f"(5.5): {found.get('i-reserved', 'absent')}; total {answer['total_cost']} of 21.5; showback: column {showback}")
assert found == {"i-demand": (10.0, 0.0), "i-plan": (10.0, 0.0)} and answer["total_cost"] == 20.0
assert showback == "savingsplan_savings_plan_effective_cost not found"
PYTHON
