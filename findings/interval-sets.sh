#!/bin/sh
# intervaltree 3.2.1 holds intervals with data, and says what overlaps a moment or a span. With attempts as intervals and their
# vCPUs as data, the sum at a moment is what was reserved then. One would expect one entry for each attempt that was added. The
# tree is a set, and an interval is its begin, end and data: a hundred children of an array job, of 4 vCPUs each, that started and
# stopped in the same second are one attempt of 4 vCPUs, added by one, from a list or as slices. len() says 1. So the peak and the
# hours that a plan is sized by are too small, most of all for array jobs, and no error says so.
# Make the data unique: (job id, vCPUs).
# Seen: "100 children of 4 vCPUs: 1 interval, 4 vCPUs; with their ids: 100 intervals, 400 vCPUs".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install intervaltree==3.2.1
"$folder/venv/bin/python" - <<'PYTHON'
import importlib.metadata

from intervaltree import Interval, IntervalTree

start, stop, children = 1_790_841_600, 1_790_845_200, range(100)
listed, added, sliced, named = IntervalTree(Interval(start, stop, 4) for _ in children), IntervalTree(), IntervalTree(), IntervalTree()
for child in children:
    added.addi(start, stop, 4)
    sliced[start:stop] = 4
    named.addi(start, stop, (f"array:{child}", 4))
half_past = start + 1800
alone = {(len(tree), sum(found.data for found in tree[half_past])) for tree in (listed, added, sliced)}
with_ids = len(named), sum(found.data[1] for found in named[half_past])
((count, vcpus),) = alone
print(f"intervaltree {importlib.metadata.version('intervaltree')}, 100 children of 4 vCPUs: {count} interval, {vcpus} vCPUs; with "
      f"their ids: {with_ids[0]} intervals, {with_ids[1]} vCPUs")
assert alone == {(1, 4)} and with_ids == (100, 400)
PYTHON
