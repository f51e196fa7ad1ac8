#!/usr/bin/env python3
"""Compares each row of a ledger with the reference and says by how much they differ.

  compare.py DATA REFERENCE DATABASE [--exact NANODOLLARS]

DATA is the generator's folder, REFERENCE the folder that `ref sweep DATA REFERENCE` wrote, DATABASE what batchcost
built with `--weights 9:1:95 --spot-price continuous`. Every posting of an attempt and day is compared (time, cost,
On-Demand equivalent), and every day of an instance (cost, On-Demand equivalent, unused). The reference computes in
binary floating point, batchcost in whole nanodollars per charge: a row may differ by one nanodollar for each charge in
it, and by the reference's own error. Exits 1 if a row is missing or differs by more.
"""
import argparse, csv, sqlite3, sys

import numpy as np


def posted(database, data):
    """The ledger's rows for attempts, under the generator's numbers."""
    numbers = {}
    with open(f"{data}/attempts.csv", newline="") as file:
        reader = csv.reader(file)
        column = {name: index for index, name in enumerate(next(reader))}
        number, job, ordinal = (column[name] for name in ("att", "job_id", "attempt_no"))
        for row in reader:
            numbers[row[job], int(row[ordinal])] = int(row[number])
    attempts = {
        attempt: numbers[job, ordinal]
        for attempt, job, ordinal in database.execute(
            "SELECT a.id, j.job_id, a.ordinal FROM attempt a JOIN job j ON j.id = a.job"
        )
    }
    query = """SELECT p.attempt, p.day, p.ms, p.cost, p.on_demand, (r.stopped_at_ms - r.started_at_ms) / 3600000 + 2
      FROM posting p JOIN resource r ON r.id = p.resource WHERE p.account = 0"""
    rows = [(attempts[attempt], *rest) for attempt, *rest in database.execute(query)]
    return np.array(rows, dtype=np.float64)


def days(database, data):
    """The ledger's days of instances, under the generator's numbers."""
    numbers = {}
    with open(f"{data}/instances.csv", newline="") as file:
        for row in csv.DictReader(file):
            numbers[row["instance_id"]] = int(row["inst"])
    query = """SELECT r.name, d.day, d.billed_ms, d.cost, d.on_demand, u.cost, 26 FROM resource_day d
      JOIN resource r ON r.id = d.resource
      LEFT JOIN (SELECT resource, day, SUM(cost) AS cost FROM posting WHERE account > 1 GROUP BY resource, day) u
        ON u.resource = d.resource AND u.day = d.day"""
    rows = [(numbers[name], *rest) for name, *rest in database.execute(query)]
    return np.array(rows, dtype=np.float64)


def ordered(rows):
    return rows[np.lexsort((rows[:, 1], rows[:, 0]))]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data"), options.add_argument("reference"), options.add_argument("database")
    options.add_argument("--exact", type=float, default=1.0, help="largest difference, in nanodollars a charge")
    given = options.parse_args()
    database = sqlite3.connect(f"file:{given.database}?mode=ro", uri=True)

    def reference(prefix, names, types):
        columns = [np.fromfile(f"{given.reference}/{prefix}_{n}.bin", t) for n, t in zip(names, types)]
        return np.stack([column.astype(np.float64) for column in columns], axis=1)

    failed = False
    for title, ours, theirs, names in (
        (
            "attempt-days",
            posted(database, given.data),
            reference("l", ("att", "day", "ms", "cost", "od"), ("i4", "i4", "i4", "f8", "f8")),
            ("cost", "On-Demand equivalent"),
        ),
        (
            "instance-days",
            days(database, given.data),
            reference("d", ("inst", "day", "ms", "cost", "od", "idle"), ("i4", "i4", "i4", "f8", "f8", "f8")),
            ("cost", "On-Demand equivalent", "unused"),
        ),
    ):
        ours, theirs = ordered(ours), ordered(theirs)
        if len(ours) != len(theirs) or (ours[:, :2] != theirs[:, :2]).any():
            keys = set(map(tuple, ours[:, :2])) ^ set(map(tuple, theirs[:, :2]))
            print(f"{title}: {len(ours)} rows, the reference has {len(theirs)}; first {sorted(keys)[:3]}")
            failed = True
            continue
        late = int((ours[:, 2] != theirs[:, 2]).sum())
        text = [f"{title}: {len(ours)} rows" + (f", {late} with another time" if late else "")]
        failed |= late > 0
        for index, name in enumerate(names, start=3):
            expected = theirs[:, index] * 1e9
            difference = np.abs(ours[:, index] - expected)
            relative = float((difference / np.maximum(expected, 1)).max())
            charges = ours[:, -1]
            wrong = difference > given.exact * charges + 1e-12 * np.abs(expected) + 0.5
            sums = f"{ours[:, index].sum() / 1e9:.9f} against {theirs[:, index].sum():.9f}"
            text.append(f"{name} {difference.max():.2f} nanodollars apart at most ({relative:.1e}), sum {sums}")
            if wrong.any():
                failed = True
                text.append(f"{int(wrong.sum())} rows differ, first {ours[wrong][0].tolist()} against {theirs[wrong][0].tolist()}")
        print("; ".join(text))
    conserved = database.execute(
        "SELECT (SELECT SUM(cost) FROM posting) - (SELECT SUM(cost) FROM resource_day)"
    ).fetchone()[0]
    print(f"postings less charges: {conserved} nanodollars")
    sys.exit(1 if failed or conserved else 0)


main()
