#!/bin/sh
# Installs the reference renderer (Vega-Lite itself, by vl-convert) and altair's copy of its schema, outside the repository:
# ReferenceTests and ReportFigureTests run where this has been run; scripts/test does.
set -eu
folder="${BATCHCOST_REFERENCE:-${XDG_CACHE_HOME:-$HOME/.cache}/batchcost/reference}"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet 'vl-convert-python==1.9.*' 'altair==6.*' jsonschema || {
  rm -rf "$folder"
  exit 1
}
echo "$folder"
