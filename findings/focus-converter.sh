#!/bin/sh
# The FinOps Foundation's converter from AWS bills to FOCUS, focus-converter 1.0.0, on a Cost and Usage Report of an account
# with a negotiated discount (net columns) and a Savings Plan. In FOCUS, EffectiveCost is what remains "after applying all
# reduced rates, discounts", so for usage that no commitment covers it equals BilledCost.
#   - BilledCost comes from line_item_net_unblended_cost, EffectiveCost from the cost before the discount: an On-Demand hour
#     billed at 8.64 has an EffectiveCost of 9.60, and covered usage has the plan's effective cost (6), not the net one (5.40).
#     A report by EffectiveCost exceeds the invoice by the whole discount.
#   - CommitmentDiscountId, -Type and -Category are read from savings_plan_savings_plan_arn and reservation_reservation_arn. AWS
#     calls these columns savings_plan_savings_plan_a_r_n and reservation_reservation_a_r_n, as the converter's own rule for
#     EffectiveCost knows. The converter adds the missing ones, empty, so covered usage appears to have no commitment.
# The versions that pip installs with it today do not start: multimethod 2 and click 8.2 must be excluded.
# Seen (billed, effective, commitment's id and type): On-Demand 8.64, 9.6, none, none; Spot 2.7, 3, none, none;
# covered usage 8.64, 6, none, none.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install focus-converter==1.0.0 'multimethod<2' 'click<8.2'
cat >"$folder/report.py" <<'END'
import datetime, sys
import pyarrow, pyarrow.parquet

start, month = datetime.datetime(2026, 10, 5), datetime.datetime(2026, 10, 1)
common = {
    "bill_bill_type": "Anniversary", "bill_billing_entity": "AWS", "bill_payer_account_id": "111122223333",
    "bill_invoice_id": "1", "bill_invoicing_entity": "Amazon Web Services, Inc.", "bill_billing_period_start_date": month,
    "bill_billing_period_end_date": datetime.datetime(2026, 11, 1), "identity_line_item_id": "1",
    "line_item_usage_account_id": "111122223333", "line_item_usage_start_date": start,
    "line_item_usage_end_date": start + datetime.timedelta(hours=1), "line_item_product_code": "AmazonEC2",
    "line_item_operation": "RunInstances", "line_item_availability_zone": "us-east-1a", "line_item_resource_id": "i-1",
    "line_item_usage_amount": 100.0, "line_item_currency_code": "USD", "line_item_blended_cost": 9.6,
    "line_item_line_item_description": "", "line_item_legal_entity": "AWS", "line_item_tax_type": "",
    "pricing_public_on_demand_rate": 0.096, "pricing_public_on_demand_cost": 9.6, "pricing_term": "OnDemand",
    "pricing_unit": "Hrs", "pricing_rate_code": "a", "pricing_rate_id": "1", "pricing_currency": "USD",
    "product_product_name": "Amazon Elastic Compute Cloud", "product_product_family": "Compute Instance",
    "product_region": "us-east-1", "product_region_code": "us-east-1", "product_sku": "S",
    "product_servicecode": "AmazonEC2", "product_instance_type": "m5.large", "product_purchase_option": "",
    "product_location": "US East (N. Virginia)", "product_from_location": "",
    "reservation_reservation_a_r_n": "", "reservation_effective_cost": 0.0,
    "reservation_total_reserved_units": "", "reservation_unused_amortized_upfront_fee_for_billing_period": 0.0,
    "reservation_unused_recurring_fee": 0.0, "savings_plan_savings_plan_effective_cost": 0.0,
    "savings_plan_net_savings_plan_effective_cost": 0.0, "savings_plan_total_commitment_to_date": 0.0,
    "savings_plan_used_commitment": 0.0,
}


def line(kind, usage, cost, net, plan="", effective=0.0):
    return common | {
        "line_item_line_item_type": kind, "line_item_usage_type": usage, "line_item_unblended_rate": "",
        "line_item_unblended_cost": cost, "line_item_net_unblended_cost": net, "savings_plan_savings_plan_a_r_n": plan,
        "savings_plan_savings_plan_effective_cost": effective, "savings_plan_net_savings_plan_effective_cost": effective * 0.9,
    }


pyarrow.parquet.write_table(pyarrow.Table.from_pylist([
    line("Usage", "BoxUsage:m5.large", 9.6, 8.64), line("Usage", "SpotUsage:m5.large", 3.0, 2.7),
    line("SavingsPlanCoveredUsage", "BoxUsage:m5.large", 9.6, 8.64, "arn:sp", 6.0)]), sys.argv[1])
END
"$folder/venv/bin/python" "$folder/report.py" "$folder/cur.parquet"
timeout 300 "$folder/venv/bin/focus-converter" convert --provider aws --data-format parquet --parquet-data-format file \
  --data-path "$folder/cur.parquet" --export-path "$folder/focus-" --export-format csv --no-export-include-source-columns
said=$(python3 - "$folder"/focus-*.csv <<'END'
import csv, sys
names = ("BilledCost", "EffectiveCost", "CommitmentDiscountId", "CommitmentDiscountType")
for row in csv.DictReader(open(sys.argv[1])): print(*(row[name] or '""' for name in names), sep=" | ")
END
)
echo "$said"
test "$said" = '8.64 | 9.6 | "" | ""
2.7 | 3 | "" | ""
8.64 | 6 | "" | ""' || { echo "no longer so" >&2; exit 1; }
