#!/usr/bin/env python3
"""The same jobs on AccaSim, an HPC workload simulator: first in, first out, first fit, on a machine of fixed size. Its
instances do not come and go, and it has no environments or prices: only a part of what `batchcost replay` does.

  accasim_batch.py TRACE.csv [JOBS] [NODES]

TRACE.csv is what `batchcost replay --write-trace` writes. An event is the arrival or the end of a job.
"""
import collections, collections.abc, csv, json, os, sys, tempfile, time

# AccaSim 1.1.3, from 2021, uses names that Python 3.10 removed.
collections.Mapping = collections.abc.Mapping

from accasim.base.allocator_class import FirstFit
from accasim.base.scheduler_class import FirstInFirstOut
from accasim.base.simulator_class import Simulator

VCPUS, MEMORY_MIB = 192, 766_531


def main():
    limit = int(sys.argv[2]) if len(sys.argv) > 2 else None
    nodes = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    with open(sys.argv[1], newline="") as file:
        rows = [row for _, row in zip(range(limit or sys.maxsize), csv.DictReader(file))]
    rows.sort(key=lambda row: int(row["ready_at_ms"]))
    first = int(rows[0]["ready_at_ms"])
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    # Standard Workload Format: memory is per processor, in KiB.
    with open("trace.swf", "w") as swf:
        for number, row in enumerate(rows, 1):
            cpus = min(VCPUS, max(1, round(float(row["vcpus"]))))
            memory = min(MEMORY_MIB // cpus, int(float(row["memory_mib"]) / cpus)) * 1024
            seconds = max(1, int(row["duration_ms"]) // 1000)
            submitted = (int(row["ready_at_ms"]) - first) // 1000
            swf.write(f"{number} {submitted} -1 {seconds} {cpus} -1 {memory} {cpus} {seconds} {memory} 1 1 1 -1 1 -1 -1 -1\n")
    with open("system.json", "w") as config:
        json.dump({
            "groups": {"node": {"core": VCPUS, "mem": MEMORY_MIB * 1024}}, "resources": {"node": nodes},
            "equivalence": {"processor": {"core": 1}}, "start_time": 0,
        }, config)
    simulator = Simulator(
        "trace.swf", "system.json", FirstInFirstOut(FirstFit()), scheduling_output=False, statistics_output=False,
        show_statistics=False)
    output, sys.stdout = sys.stdout, open(os.devnull, "w")
    start = time.process_time()
    simulator.start_simulation()
    seconds = time.process_time() - start
    sys.stdout = output
    print(json.dumps({
        "program": "AccaSim 1.1.3", "attempts": len(rows), "events": 2 * len(rows), "seconds": seconds,
        "events_per_second": 2 * len(rows) / seconds,
    }))


main()
