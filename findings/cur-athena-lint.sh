#!/bin/sh
# cur-athena-lint 0.1.0 checks SQL for Athena over the Cost and Usage Report. Every SELECT from the report's table must filter
# by its partitions, year and month (checks P04 and P04b), because a query that does not reads, and pays for, every month. The
# linter accepts any sqlglot from 20 on, and pip installs 30.30.0. There a SELECT keeps its FROM under another key than in 26,
# so the check finds no table in any SELECT and passes them all: costs by service over the whole history exit with 0. Only the
# count in the passed check's message gives it away. It works with sqlglot 26.
# Seen: "sqlglot 30.30.0: [PASS] P04, 0 SELECTs seen, exit 0; sqlglot 26.33.0: [FAIL] P04, exit 1".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
pip() { "$folder/venv/bin/pip" --disable-pip-version-check --quiet install "$@"; }
pip cur-athena-lint==0.1.0 sqlglot==30.30.0
package=$("$folder/venv/bin/python" -c 'import cur_athena_lint; print(cur_athena_lint.__path__[0])')
cat >"$package/queries/16-by-service.sql" <<'SQL'
-- QUESTION: what did each service ever cost?
-- RETURNS: a row a service
-- BYTES SCANNED: everything
-- REQUIRED TABLE: the report
-- CAVEATS: it has no filter
SELECT line_item_product_code, SUM(line_item_unblended_cost) AS cost
FROM REPLACE_ME_TABLE
GROUP BY line_item_product_code;
SQL
check() {
  pip "sqlglot==$1"
  status=0
  "$folder/venv/bin/cur-athena-lint" >"$folder/said" || status=$?
  found=$(grep -o '^\[[A-Z]*\] P04\>' "$folder/said")
  seen=$(grep -A1 '^\[PASS\] P04 ' "$folder/said" | grep -o '[0-9]* CUR-reading' || true)
  echo "sqlglot $1: $found${seen:+, ${seen% *} SELECTs seen}, exit $status"
}
said=$(check 30.30.0; check 26.33.0)
echo "$said"
test "$said" = 'sqlglot 30.30.0: [PASS] P04, 0 SELECTs seen, exit 0
sqlglot 26.33.0: [FAIL] P04, exit 1' || { echo "no longer so" >&2; exit 1; }
