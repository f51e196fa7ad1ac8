#!/bin/sh
# Two tables of cost in Polars 2.1.0, one in cents as DECIMAL(12, 2), as invoices have them, the other with nine digits, as single
# requests need. pl.concat puts one below the other; by default ("vertical") their schemas must agree: a column of integers and
# one of floats are refused, and a join of the two decimals is refused as well. One would expect the same here. But decimals of
# another scale are taken, and cut to the scale of the first table: a thousand requests of $0.004 after an invoice cost nothing.
# In the other order nothing is lost. Polars' SQL does the same with UNION ALL.
# how="vertical_relaxed" keeps all digits, as DuckDB 2.0.1 does.
# Seen (1.50 and a thousand times 0.004): "concat 1.50, vstack 1.50, lazy 1.50, SQL 1.50; the other order 5.50, relaxed 5.50,
# DuckDB 5.50; integers and floats SchemaError, join SchemaError".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install polars==2.1.0 duckdb==2.0.1 pyarrow==26.0.1
"$folder/venv/bin/python" - <<'PYTHON'
from decimal import Decimal

import duckdb
import polars

invoice = polars.DataFrame({"usd": [Decimal("1.50")]}, schema={"usd": polars.Decimal(12, 2)})
requests = polars.DataFrame({"usd": [Decimal("0.004")] * 1000}, schema={"usd": polars.Decimal(19, 9)})


def total(frame):
    return f"{frame['usd'].sum():.2f}"


def refused(combine):
    try:
        combine()
        return "taken"
    except Exception as error:
        return type(error).__name__


cut = [total(polars.concat([invoice, requests])), total(polars.concat([invoice.lazy(), requests.lazy()]).collect()),
       total(polars.concat([invoice, requests], how="diagonal")), total(invoice.vstack(requests))]
kept = [total(polars.concat([requests, invoice])), total(polars.concat([invoice, requests], how="vertical_relaxed")),
        total(polars.sql("SELECT * FROM invoice UNION ALL SELECT * FROM requests", eager=True)),
        f"{duckdb.sql('SELECT SUM(usd) FROM (FROM invoice UNION ALL FROM requests)').fetchall()[0][0]:.2f}"]
integers = refused(lambda: polars.concat([polars.DataFrame({"usd": [2]}), polars.DataFrame({"usd": [1.5]})]))
join = refused(lambda: invoice.join(requests, on="usd"))
print("Polars {}: concat {}, lazy {}, diagonal {}, vstack {}; the other order {}, relaxed {}, Polars' SQL {}, DuckDB {}; "
      "integers and floats {}, join {}".format(polars.__version__, *cut, *kept, integers, join))
assert cut == ["1.50"] * 4 and kept == ["5.50"] * 4 and (integers, join) == ("SchemaError", "SchemaError")
PYTHON
