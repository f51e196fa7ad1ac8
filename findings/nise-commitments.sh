#!/bin/sh
# koku-nise 5.4.4 makes Cost and Usage Reports to test cost tools with. One would expect a bill that adds up as AWS's do. Its EC2
# instances, if nothing else is said:
#   - are all SavingsPlanCoveredUsage, at half the price, but no line negates their On-Demand cost and no plan has a fee. By
#     unblended cost the bill is the On-Demand price of what a plan covers; by effective cost it is half, and nobody paid it;
#   - with reserved_instance: true, a line is DiscountedUsage of no reservation (no ARN, no effective cost), and its
#     pricing/publicOnDemandCost is the word "convertible", its rate "No Upfront". The column of numbers becomes text, and SUM
#     fails, or takes the word for 0.
# A tool that is right about commitments looks wrong on these bills; one that reads unblended cost alone looks right. Write the
# negations and fees into the static report (negation, recurring_fee), and leave reserved instances out.
# Seen: "a random day: SavingsPlanCoveredUsage, unblended over effective 2.0 (2.1 if it draws m5.large), no other line of a
# plan; reserved: ARN None, effective cost None, publicOnDemandCost convertible, which DuckDB 2.0.1 reads as VARCHAR".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install koku-nise==5.4.4 duckdb==2.0.1
mkdir "$folder/random" "$folder/static"
cd "$folder/random"
../venv/bin/nise report aws --start-date 2026-10-01 --end-date 2026-10-02 --write-monthly >../log 2>&1
cd "$folder/static"
cat >report.yml <<'YAML'
generators:
  - EC2Generator:
      start_date: 2026-10-01
      end_date: 2026-10-02
      instance_type: {inst_type: c7i.xlarge, physical_cores: 2, vcpu: 4, memory: 8 GiB, storage: EBS Only,
                      family: Compute Optimized, cost: 0.1785, rate: 0.1785, reserved_instance: true}
YAML
../venv/bin/nise report aws --start-date 2026-10-01 --end-date 2026-10-02 --write-monthly --static-report-file report.yml \
  >../log 2>&1
cd "$folder"
venv/bin/python - <<'PYTHON'
import glob
import importlib.metadata

import duckdb

(random,), (static,) = glob.glob("random/*.csv"), glob.glob("static/*.csv")
kinds = duckdb.execute(f"""
    SELECT "lineItem/LineItemType", SUM("lineItem/UnblendedCost"::DOUBLE), SUM("savingsPlan/SavingsPlanEffectiveCost"::DOUBLE)
    FROM '{random}' WHERE "lineItem/LineItemType" LIKE 'SavingsPlan%' GROUP BY 1""").fetchall()
(reserved,) = duckdb.execute(f"""
    SELECT DISTINCT "lineItem/LineItemType", "reservation/ReservationARN", "reservation/EffectiveCost",
                    "pricing/publicOnDemandCost", typeof("pricing/publicOnDemandCost") FROM '{static}'""").fetchall()
((kind, unblended, effective),) = kinds
print(f"koku-nise {importlib.metadata.version('koku-nise')}, a random day: {kind}, unblended over effective "
      f"{unblended / effective:.1f}, no other line of a plan; reserved: ARN {reserved[1]}, effective cost {reserved[2]}, "
      f"publicOnDemandCost {reserved[3]}, which DuckDB {duckdb.__version__} reads as {reserved[4]}")
assert kind == "SavingsPlanCoveredUsage" and round(unblended / effective, 1) in (2.0, 2.1)
assert reserved == ("DiscountedUsage", None, None, "convertible", "VARCHAR")
PYTHON
