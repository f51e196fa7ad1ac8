#!/bin/sh
# resource-tracker 0.5.0, "designed with batch jobs in mind", measures a job from inside and recommends what its next run should
# ask for: the largest memory that its processes used, and a fifth more. One would expect 2.5 GiB for a job that used 2. It
# recommends 128 MiB, the least there is. What it measured is right, in MiB, and is divided by 1,024 again, as KiB to MiB. So
# every job below 100 GiB gets 128 MiB, and the server and saving that its report and its Metaflow card show are for that size.
# A job that follows the advice runs out of memory, at the full price of each try. Use stats()["process_memory_mib"]["max"].
# Seen: "used more than 2048 MiB; recommended: 128 MiB, 1 vCPU".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install resource-tracker==0.5.0
# Its processes start by importing this file.
cat >"$folder/job.py" <<'PYTHON'
import importlib.metadata
import time

from resource_tracker import ResourceTracker

if __name__ == "__main__":
    tracker = ResourceTracker(interval=1)
    tracker.start()
    data = bytearray(2 * 1024**3)
    for page in range(0, len(data), 4096):
        data[page] = 1
    time.sleep(5)
    tracker.stop()
    used, recommended = tracker.stats()["process_memory_mib"]["max"], tracker.recommend_resources()
    print(f"resource-tracker {importlib.metadata.version('resource-tracker')}: used {used} MiB; recommended: "
          f"{recommended['memory']} MiB, {recommended['cpu']} vCPU")
    assert used > 2048 and recommended["memory"] == 128
PYTHON
"$folder/venv/bin/python" "$folder/job.py"
