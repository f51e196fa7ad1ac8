#!/bin/sh
# Shares of cost as bars of 100 percent in Vega-Lite, stack="normalize" (vl-convert 1.9.0.post1, as Altair uses it), in a week
# with a credit: team ml cost $80, web $40, and a refund took back $20 of $120. One would expect shares of the $100 that are
# left, or a credit below zero, as stack="zero" draws it. The credit counts as if it were a cost: it gets a share of its own
# above zero, and ml's share is of $140. The same bar with a charge of $20 looks exactly the same, and no message says so.
# Take credits off their teams before, or draw them with stack="zero".
# Seen: "with a credit: ml 57%, refund 14%, web 29%; with a charge instead: the same; stack zero: refund below zero".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install vl-convert-python==1.9.0.post1
"$folder/venv/bin/python" - <<'PYTHON'
import importlib.metadata
import re

import vl_convert


def bars(refund, stack):
    """Each team's bar: its top and its length, in percent of the chart's height."""
    svg = vl_convert.vegalite_to_svg({
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "height": 1000, "width": 100,
        "data": {"values": [{"team": "ml", "usd": 80}, {"team": "refund", "usd": refund}, {"team": "web", "usd": 40}]},
        "mark": "bar", "encoding": {"y": {"field": "usd", "type": "quantitative", "stack": stack}, "color": {"field": "team"}}})
    found = re.findall(r'aria-label="[^"]*team: (\w+)[^"]*"[^>]*d="M[0-9.]+,([0-9.-]+)h[0-9.-]+v([0-9.-]+)', svg)
    return {team: (round(float(top) / 10), round(abs(float(height)) / 10)) for team, top, height in found}


credit, charge, zero = bars(-20, "normalize"), bars(20, "normalize"), bars(-20, "zero")
shares = ", ".join(f"{team} {length}%" for team, (_, length) in credit.items())
below = all(zero["refund"][0] >= top + length for top, length in (zero["ml"], zero["web"]))
print(f"vl-convert {importlib.metadata.version('vl-convert-python')}, with a credit: {shares}; with a charge instead: "
      f"{'the same' if charge == credit else charge}; stack zero: refund {'below zero' if below else zero['refund']}")
assert {team: length for team, (_, length) in credit.items()} == {"ml": 57, "refund": 14, "web": 29}
assert charge == credit and below
PYTHON
