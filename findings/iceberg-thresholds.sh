#!/bin/sh
# Costs in an Iceberg table as DECIMAL(12, 2), and a threshold between two cents: everything that cost more than half a cent, or
# a clean-up of what did not. One would expect a number that the column cannot hold to be compared as it is, as pyarrow 26.0.1
# does, or to be refused. PyIceberg 0.12.0 rounds it to the column's type first, and 0.005 becomes 0.01:
#   - a scan for GreaterThan("usd", 0.005) leaves out the charges of one cent, of which small jobs have many;
#   - delete(LessThanOrEqual("usd", 0.005)) deletes them.
# Decimal("0.005"), and the same filter as text, "usd > 0.005", are refused. Only floats are rounded. Write a number that the
# column has: GreaterThan("usd", Decimal("0.00")).
# Seen (0.00, 0.01, 0.02 and 1.50): "above 0.005: PyIceberg 0.02 1.50, pyarrow 0.01 0.02 1.50; Decimal ValueError, text
# ValueError; left by the delete: 0.02 1.50".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install 'pyiceberg[sql-sqlite]==0.12.0' pyarrow==26.0.1
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import os
from decimal import Decimal

import pyarrow
import pyarrow.compute
import pyiceberg
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.expressions import GreaterThan, LessThanOrEqual

costs = pyarrow.table({"usd": pyarrow.array([Decimal(usd) for usd in ("0.00", "0.01", "0.02", "1.50")],
                                            pyarrow.decimal128(12, 2))})
catalog = SqlCatalog("lake", uri="sqlite:///catalog.sqlite", warehouse=f"file://{os.getcwd()}/lake")
catalog.create_namespace("cost")
table = catalog.create_table("cost.charge", schema=costs.schema)
table.append(costs)


def told(amounts):
    return " ".join(sorted(map(str, amounts["usd"].to_pylist())))


def refused(row_filter):
    try:
        return told(table.scan(row_filter=row_filter).to_arrow())
    except Exception as error:
        return type(error).__name__


above = told(table.scan(row_filter=GreaterThan("usd", 0.005)).to_arrow())
there = told(costs.filter(pyarrow.compute.field("usd") > 0.005))
exact, text = refused(GreaterThan("usd", Decimal("0.005"))), refused("usd > 0.005")
table.delete(LessThanOrEqual("usd", 0.005))
left = told(table.scan().to_arrow())
print(f"above 0.005: PyIceberg {pyiceberg.__version__} {above}, pyarrow {there}; Decimal {exact}, text {text}; left by the "
      f"delete: {left}")
assert (above, there, exact, text, left) == ("0.02 1.50", "0.01 0.02 1.50", "ValueError", "ValueError", "0.02 1.50")
PYTHON
