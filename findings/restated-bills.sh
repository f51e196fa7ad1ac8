#!/bin/sh
# AWS restates a month's charges until the invoice is final, and FOCUS has no id of a row, so a lake that keeps a FOCUS bill up
# to date replaces rows by several columns: period, SKU, resource. Charges without a resource, such as support or taxes, have
# NULL there. One would expect an upsert by named columns to take two NULLs for the same key, or to refuse.
#   - Lance 14.0.2, merge_insert([…]), and Polars 2.1.0, update(on=[…], how="full"), match no row that has a NULL in its key
#     and add it again: each restatement counts these charges once more, without an error.
#   - So do merges in delta-rs 1.6.6 and DuckDB 2.0.1, though their conditions are SQL, where `=` means that.
#   - PyIceberg 0.12.0, upsert(join_cols=[…]), raises TypeError; pandas 3.1.1, combine_first, replaces the rows.
# Replace whole billing periods, or make the NULLs of the key text.
# Seen (8.00 in three charges, restated as 9.00): "Lance, Polars, delta-rs and DuckDB 5 rows 16.00, PyIceberg TypeError, pandas
# 3 rows 9.00".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install pylance==14.0.2 polars==2.1.0 deltalake==1.6.6 duckdb==2.0.1 \
  'pyiceberg[sql-sqlite,pyarrow]==0.12.0' pandas==3.1.1 pyarrow==26.0.1
"$folder/venv/bin/python" - "$folder" 2>"$folder/log" <<'PYTHON' || { tail -5 "$folder/log"; exit 1; }
import sys

import deltalake
import duckdb
import lance
import polars
import pyarrow
from pyiceberg.catalog.sql import SqlCatalog

folder, key = sys.argv[1], ["sku", "resource"]
schema = pyarrow.schema([("sku", pyarrow.string()), ("resource", pyarrow.string()), ("cost", pyarrow.float64())])


def bill(*costs):
    names = {"sku": ["c7i", "support", "tax"], "resource": ["i-1", None, None]}
    return pyarrow.table(names | {"cost": list(costs)}, schema=schema)


old, new = bill(1.0, 3.0, 4.0), bill(1.5, 3.5, 4.0)


def with_lance():
    lance.write_dataset(old, f"{folder}/lance").merge_insert(key) \
        .when_matched_update_all().when_not_matched_insert_all().execute(new)
    return lance.dataset(f"{folder}/lance").to_table()


def with_polars():
    return polars.from_arrow(old).update(polars.from_arrow(new), on=key, how="full").to_arrow()


def with_delta():
    deltalake.write_deltalake(f"{folder}/delta", old)
    table = deltalake.DeltaTable(f"{folder}/delta")
    table.merge(new, "o.sku = n.sku AND o.resource = n.resource", source_alias="n", target_alias="o") \
        .when_matched_update_all().when_not_matched_insert_all().execute()
    return table.to_pyarrow_table()


def with_duckdb():
    database = duckdb.connect()
    database.execute("CREATE TABLE bill AS FROM old")
    database.execute("""MERGE INTO bill USING new USING (sku, resource)
        WHEN MATCHED THEN UPDATE SET cost = new.cost WHEN NOT MATCHED THEN INSERT""")
    return database.sql("FROM bill").to_arrow_table()


def with_iceberg():
    catalog = SqlCatalog("c", uri=f"sqlite:///{folder}/catalog.sqlite", warehouse=f"file://{folder}/iceberg")
    catalog.create_namespace("bills")
    table = catalog.create_table("bills.bill", schema=schema)
    table.append(old)
    table.upsert(new, join_cols=key)
    return table.scan().to_arrow()


def with_pandas():
    first, second = (table.to_pandas().set_index(key) for table in (old, new))
    return pyarrow.Table.from_pandas(second.combine_first(first).reset_index())


def result(upsert):
    try:
        table = upsert()
    except Exception as error:
        return type(error).__name__
    return f"{table.num_rows} rows {sum(table['cost'].to_pylist()):.2f}"


upserts = {"Lance": with_lance, "Polars": with_polars, "delta-rs": with_delta, "DuckDB": with_duckdb,
           "PyIceberg": with_iceberg, "pandas": with_pandas}
seen = {name: result(upsert) for name, upsert in upserts.items()}
print(", ".join(f"{name} {found}" for name, found in seen.items()))
doubled = "5 rows 16.00"
assert seen == {"Lance": doubled, "Polars": doubled, "delta-rs": doubled, "DuckDB": doubled, "PyIceberg": "TypeError",
                "pandas": "3 rows 9.00"}
PYTHON
