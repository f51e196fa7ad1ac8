#!/bin/sh
# FOCUS's public validator, focus-validator 2.2.1, on rows that FOCUS 1.2 allows:
#   - a charge without a commitment cannot pass. "CommitmentDiscountStatus MUST NOT be null when CommitmentDiscountId is not
#     null" (CommitmentDiscountStatus-C-004-C) is applied to the rows whose id IS null. Those are the rows of -C-003-C,
#     "MUST be null when CommitmentDiscountId is null", so each of them fails one of the two rules. Rows with a commitment are
#     never checked, so a missing status goes unnoticed;
#   - it exits 0 whatever fails, so a build that relies on its status passes. Its output must be read.
# Seen: nothing.parquet: -C-003-C PASS, -C-004-C FAIL; missing.parquet (an id, no status): -C-004-C PASS; status 0 for both.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then break; fi
  python=
done
test -n "$python" || { echo "needs Python 3.12 or later: name one with PYTHON" >&2; exit 1; }
"$python" -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install focus-validator==2.2.1 'pyarrow<19'
"$folder/venv/bin/python" - "$folder" <<'END'
import sys
import duckdb

for name, discount in (("nothing", "NULL::VARCHAR"), ("missing", "'sp-1'")):
    duckdb.execute(f"""
        COPY (SELECT 'Usage' AS ChargeCategory, {discount} AS CommitmentDiscountId, NULL::VARCHAR AS CommitmentDiscountStatus)
        TO '{sys.argv[1]}/{name}.parquet' (FORMAT parquet)""")
END
# It looks for its own files by relative paths.
cd "$("$folder/venv/bin/python" -c 'import focus_validator, os; print(os.path.dirname(os.path.dirname(focus_validator.__file__)))')"
"$folder/venv/bin/pip" --disable-pip-version-check list 2>/dev/null | grep -i '^focus'
validate() {
  "$folder/venv/bin/focus-validator" --data-file "$folder/$1.parquet" --validate-version 1.2 --block-download \
    --applicability-criteria COMMITMENT_DISCOUNT_SUPPORTED >"$folder/said" 2>&1
  echo "$1.parquet: status $?, $(grep '^Total' "$folder/said")"
}
expect() {
  grep -q "CommitmentDiscountStatus-C-$1-C: $2" "$folder/said" || { echo "-C-$1-C: no longer $2" >&2; exit 1; }
  echo "  CommitmentDiscountStatus-C-$1-C: $2"
}
validate nothing  # ends the script if it says by its status that rules failed
expect 003 PASS
expect 004 FAIL
validate missing
expect 004 PASS
