#!/usr/bin/env python3
"""Events per second of `batchcost replay`, SimPy and AccaSim on the same jobs, measured in one run.

  replay.py BATCHCOST DATABASE [--jobs N] [--repeats N] [--from DAY --to DAY]

They take turns on one core; a figure is the best of the repeats, in CPU seconds. An event is the arrival of a job, the
end of an attempt, or the end of an instance's wait for one. The Python programs do less, as each says; neither has
prices. AccaSim gets the first 3,000 jobs, because it scans its whole machine, of fixed size, for every job.
"""
import argparse, json, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def last_json(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip().splitlines()[-1:] or done.returncode}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("batchcost")
    parser.add_argument("database")
    parser.add_argument("--jobs", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--from", dest="first")
    parser.add_argument("--to", dest="last")
    given = parser.parse_args()
    period = ["--from", given.first, "--to", given.last] if given.first else []
    trace = os.path.join(tempfile.mkdtemp(), "trace.csv")
    replay = [given.batchcost, "replay", "--database", given.database, *period]
    subprocess.run([*replay, "--write-trace", trace], check=True)
    core = ["taskset", "-c", "0"]
    cases = {
        "batchcost replay": [*core, *replay, "--timings"],
        "SimPy": [*core, sys.executable, f"{HERE}/peers/simpy_batch.py", trace, str(given.jobs)],
        "AccaSim": [*core, sys.executable, f"{HERE}/peers/accasim_batch.py", trace, str(min(given.jobs, 3000))],
    }
    best = {}
    for _ in range(given.repeats):
        for name, command in cases.items():
            run = last_json(command)
            if not run["attempts"]:
                sys.exit(f"{name} replayed nothing: were compute environments and job queues collected?")
            if name not in best or run["events_per_second"] > best[name]["events_per_second"]:
                best[name] = run
    own = best["batchcost replay"]["events_per_second"]
    print("| | attempts | events | CPU s | events a second | batchcost ÷ it |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, run in best.items():
        label = run["program"] if name != "batchcost replay" else name
        ratio = f"{own / run['events_per_second']:.0f}" if name != "batchcost replay" else ""
        print(
            f"| {label} | {run['attempts']:,} | {run['events']:,} | {run['seconds']:.3f} "
            f"| {run['events_per_second']:,.0f} | {ratio} |")
    extra = best["batchcost replay"]["settlement_seconds"]
    print(f"\nCharging and posting what was replayed took batchcost {extra:.3f} s of CPU more.")


main()
