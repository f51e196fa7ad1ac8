#!/bin/sh
# AWS Labs' MCP server for billing (awslabs.billing-cost-management-mcp-server 0.0.42) on the hourly rates of a Savings Plan.
# An answer of more than 25 KB goes into a table of SQLite, which the agent then queries. Costs from Cost Explorer are REAL
# there, and one would expect the same of rates. But a table of rates, like those of plans, credits and budgets' actions, has
# only columns of the type TEXT, so SQLite compares text: ORDER BY rate puts 14.2 before 9.5, and WHERE rate < 2 finds what
# costs 14.2 an hour. Nothing in the answer says so; sums are right. An agent asked for the cheapest type with eight GPUs, or
# for all types below a limit, gets the wrong ones. Tell it to write CAST(rate AS REAL).
# Here the Savings Plans API is a stand-in.
# Seen: "column rate is TEXT; cheapest by rate: p4d.24xlarge 14.2, by number: g6.48xlarge 9.5; rate < 2: c7i.xlarge 0.1285,
# p4d.24xlarge 14.2".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install awslabs.billing-cost-management-mcp-server==0.0.42
export HOME="$folder" AWS_DEFAULT_REGION=us-east-1 FASTMCP_LOG_LEVEL=ERROR
"$folder/venv/bin/python" - 2>"$folder/log" <<'PYTHON' || { tail -5 "$folder/log"; exit 1; }
import asyncio
import importlib.metadata
import types

from awslabs.billing_cost_management_mcp_server.tools.sp_explorer_tools import describe_savings_plans_offering_rates
from awslabs.billing_cost_management_mcp_server.utilities.sql_utils import execute_session_sql

priced = {"c7i.xlarge": "0.1285", "g6.48xlarge": "9.5", "p4d.24xlarge": "14.2", "g6e.48xlarge": "21.9"}
regions = ["", "USE2-", "USW2-", "EU-", "EUC1-", "APN1-", "APS1-", "SAE1-"]


def rates(**_):
    """A row for each type and region; each type costs the same everywhere."""
    return {"searchResults": [
        {"savingsPlanOffering": {"offeringId": f"offering-{number}", "paymentOption": "No Upfront", "planType": "Compute",
                                 "durationSeconds": 31536000, "currency": "USD", "planDescription": "1 year"},
         "rate": rate, "unit": "Hrs", "productType": "EC2", "serviceCode": "AmazonEC2", "operation": "RunInstances",
         "usageType": f"{region}BoxUsage:{name}",
         "properties": [{"name": "instanceType", "value": name}, {"name": "productDescription", "value": "Linux/UNIX"},
                        {"name": "tenancy", "value": "shared"}, {"name": "region", "value": region}]}
        for number, region in enumerate(regions * 3) for name, rate in priced.items()]}


async def nothing(*_, **__):
    pass


context = types.SimpleNamespace(debug=nothing, info=nothing, warning=nothing, error=nothing, log=nothing)


async def ask():
    answer = await describe_savings_plans_offering_rates(
        context, types.SimpleNamespace(describe_savings_plans_offering_rates=rates), None, None, None, None, ["AmazonEC2"],
        None, None, None, None, None, None)
    table = answer["data"]["table_name"]

    async def sql(query):
        return (await execute_session_sql(context, query))["results"]

    (column,) = await sql(f"SELECT type FROM pragma_table_info('{table}') WHERE name = 'rate'")
    eight_gpus = f"SELECT usageType, rate FROM {table} WHERE usageType NOT LIKE '%c7i%' ORDER BY"
    (text,), (number,) = await sql(f"{eight_gpus} rate LIMIT 1"), await sql(f"{eight_gpus} CAST(rate AS REAL) LIMIT 1")
    below = await sql(f"SELECT DISTINCT usageType, rate FROM {table} WHERE rate < 2 AND usageType LIKE 'BoxUsage%' ORDER BY 2")
    return column["type"], text, number, below


column, text, number, below = asyncio.run(ask())


def told(row):
    return f"{row['usageType'].split(':')[1]} {row['rate']}"


print(f"awslabs.billing-cost-management-mcp-server {importlib.metadata.version('awslabs.billing-cost-management-mcp-server')}: "
      f"column rate is {column}; cheapest by rate: {told(text)}, by number: {told(number)}; rate < 2: "
      f"{', '.join(map(told, below))}")
assert column == "TEXT" and told(text) == "p4d.24xlarge 14.2" and told(number) == "g6.48xlarge 9.5"
assert list(map(told, below)) == ["c7i.xlarge 0.1285", "p4d.24xlarge 14.2"]
PYTHON
