-- A bill that is imported again changes a few days: insights of the others stay.

-- What surrounds jobs on a day in all bills together, as a digest: same digest, same costs around jobs.
CREATE TABLE around_day (
  day INTEGER PRIMARY KEY,
  digest INTEGER NOT NULL
) STRICT;

-- Attempts that run take a longer share of what surrounds them with every build.
CREATE INDEX attempt_running ON attempt (started_at_ms) WHERE stopped_at_ms IS NULL;

-- What facts changed. Written by the triggers of `changes.sql`, emptied by the next build of the ledger.
DROP TABLE changed;
CREATE TABLE changed (
  kind TEXT NOT NULL,                    -- job, parent, registration, task, former-task, instance, volume, type, pool,
                                         -- list-price, day, system, gpu, object, definition, reservation, block; bill, feed:
                                         -- what the whole ledger is compared with; all: what everything may depend on
  name ANY NOT NULL,                     -- row of job, job_parent, job_definition, container_instance or bill, a day; else a
                                         -- name
  since_ms INTEGER,                      -- of a pool: the earliest price that changed
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- What the ledger and facts changed of the insights that are there. Emptied by the next build of insights.
DROP TABLE insight_change;
CREATE TABLE insight_change (
  kind TEXT NOT NULL,                    -- all: everything; day: cost that is no job's, or what ended there before; job: facts
                                         -- of a job; cost: what a job cost on a day, −1 for all its days; posted: a day on
                                         -- which it cost something; reshaped: it cost something on other days; pool: Spot
                                         -- prices since a day, −1 for all; system: what an instance runs; gpu: what its
                                         -- GPUs did; object: an object of S3; definition: what its jobs name; bill: what
                                         -- surrounds jobs
  name ANY NOT NULL,                     -- job.id, type and zone of a pool, the instance id, the object's key,
                                         -- job_definition.id, bill.id; else ''
  day INTEGER NOT NULL,
  PRIMARY KEY (kind, name, day)
) STRICT, WITHOUT ROWID;

-- The next build computes everything.
DELETE FROM build;
