#!/bin/sh
# DuckDB's reader of Parquet, 1.5.6, on costs that another tool wrote as decimals of more than 38 digits, as pyarrow does with
# decimal256. DuckDB has no such type, and reads them as DOUBLE. One would expect the value, or an error. But the reader takes 8
# bytes at a time and does not notice that the last of them are fewer: unless the column's width is a multiple of 8 bytes, every
# value is too large by a power of 256. $1.50 as DECIMAL(50, 18), 21 bytes wide, becomes $25,165,824, and of 39 digits 10^17
# dollars. Widths of 24 and 32 bytes, of 57 and 76 digits, are right, and so is DuckDB 2.0.1 on all of them.
# Seen: "1.5.6: {38: 1.5, 39: 1.080863910568919e+17, 50: 25165824.0, 57: 1.5, 76: 1.5}; 2.0.1: {38: 1.5, 39: 1.5, 50: 1.5, 57:
# 1.5, 76: 1.5}".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
pip() { "$folder/venv/bin/pip" --disable-pip-version-check --quiet install "$@"; }
pip duckdb==1.5.6 pyarrow==26.0.1
cat >"$folder/read.py" <<'PYTHON'
import decimal
import sys

import duckdb
import pyarrow
import pyarrow.parquet


def read(digits):
    file = f"{sys.argv[1]}/{digits}.parquet"
    type = (pyarrow.decimal128 if digits <= 38 else pyarrow.decimal256)(digits, 18)
    pyarrow.parquet.write_table(pyarrow.table({"usd": pyarrow.array([decimal.Decimal("1.5")], type)}), file)
    return float(duckdb.execute(f"SELECT usd FROM '{file}'").fetchall()[0][0])


print(f"{duckdb.__version__}: { {digits: read(digits) for digits in (38, 39, 50, 57, 76)} }")
PYTHON
said=$("$folder/venv/bin/python" "$folder/read.py" "$folder")
pip duckdb==2.0.1
said="$said; $("$folder/venv/bin/python" "$folder/read.py" "$folder")"
echo "$said"
test "$said" = "1.5.6: {38: 1.5, 39: 1.080863910568919e+17, 50: 25165824.0, 57: 1.5, 76: 1.5}; \
2.0.1: {38: 1.5, 39: 1.5, 50: 1.5, 57: 1.5, 76: 1.5}" || { echo "no longer so" >&2; exit 1; }
