#!/bin/sh
# Installs the reference renderer (Vega-Lite itself, in vl-convert) and altair's copy of its schema, outside the repository.
# ReferenceTests and ReportFigureTests need it; scripts/test runs it.
set -eu
folder="${BATCHCOST_REFERENCE:-${XDG_CACHE_HOME:-$HOME/.cache}/batchcost/reference}"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet 'vl-convert-python==1.9.*' 'altair==6.*' jsonschema || {
  rm -rf "$folder"
  exit 1
}
echo "$folder"
