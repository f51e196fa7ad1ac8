#!/bin/sh
# instancepedia 1.0.0, `instancepedia optimize`, on an instance at $1.00 an hour: what it would cost on Spot, as a reservation or
# under a Savings Plan. One would expect a partly prepaid reservation at its whole price, as its advice says "effective hourly rate
# (upfront costs amortized)".
#   - The fee is left out. A year for $2,628 and $0.30 an hour, $0.60 together, is called $219 a month and a saving of 70%, better
#     than Spot at $0.40. One prepaid in full has an hourly price of 0, which is read as none.
#   - The Savings Plan's price is that of the cheapest reservation, standard or convertible, and said to hold "across instance
#     families", which costs more. AWS's price list of EC2 has no plans.
#   - "Total Potential Savings" adds up all of these, though each excludes the others: $1,489 a month of a cost of $730.
# Work out a reservation from its two prices: fee / 8,760 + rate. It forgets to import Dict, so Python 3.11 does not load it; here
# Dict is a builtin, and AWS's price list and Spot are stand-ins.
# Seen: "of $730: ri_1yr $219, spot $292, savings_plan_1yr $460, ri_1yr $460; total savings $1489".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install instancepedia==1.0.0
HOME="$folder" "$folder/venv/bin/python" - <<'PYTHON'
import builtins
import importlib.metadata
import json
import types
import typing

builtins.Dict = typing.Dict
from src.cli.commands.base import fetch_instance_pricing
from src.models.instance_type import InstanceType
from src.services.optimization_service import OptimizationService
from src.services.pricing_service import PricingService


def dimension(unit, usd):
    return {"unit": unit, "pricePerUnit": {"USD": usd}}


def reservation(offering, option, hourly, fee=None):
    prices = {"rate": dimension("Hrs", hourly)}
    if fee:
        prices["fee"] = dimension("Quantity", fee)
    return {"priceDimensions": prices, "termAttributes": {
        "LeaseContractLength": "1yr", "OfferingClass": offering, "PurchaseOption": option}}


product = json.dumps({
    "product": {"attributes": {"location": "US East (N. Virginia)", "instanceType": "m7i.5xlarge"}},
    "terms": {
        "OnDemand": {"t": {"priceDimensions": {"rate": dimension("Hrs", "1.00")}}},
        "Reserved": {
            "a": reservation("standard", "No Upfront", "0.63"),
            "b": reservation("standard", "Partial Upfront", "0.30", "2628"),
            "c": reservation("standard", "All Upfront", "0", "5150"),
            "d": reservation("convertible", "No Upfront", "0.72")}}})
aws = types.SimpleNamespace(
    pricing_client=types.SimpleNamespace(get_products=lambda **_: {"PriceList": [product]}),
    ec2_client=types.SimpleNamespace(
        describe_spot_price_history=lambda **_: {"SpotPriceHistory": [{"SpotPrice": "0.40"}]}))
instance = InstanceType.from_aws_response({"InstanceType": "m7i.5xlarge"})
instance.pricing = fetch_instance_pricing(
    PricingService(aws, use_cache=False), "m7i.5xlarge", "us-east-1", include_ri=True)
report = OptimizationService([instance], "us-east-1").analyze_instance(instance)
costs = [(advice.recommendation_type, round(advice.optimized_cost_monthly)) for advice in report.recommendations]
(partial,) = (advice for advice in report.recommendations if "Partial" in advice.reason)
print(f"instancepedia {importlib.metadata.version('instancepedia')}: of $730: "
      f"{', '.join(f'{name} ${cost}' for name, cost in costs)}; total savings ${report.total_potential_savings:.0f}")
assert costs == [("ri_1yr", 219), ("spot", 292), ("savings_plan_1yr", 460), ("ri_1yr", 460)]
assert "Effective hourly rate (upfront costs amortized)" in partial.considerations and instance.pricing.ri_1yr_all_upfront is None
assert round(report.total_potential_savings, 1) == 1489.2
PYTHON
