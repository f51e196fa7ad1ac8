-- How queues share what there is, for replays: fair-share policies, and what jobs ask of them.

CREATE TABLE scheduling_policy (
  id INTEGER PRIMARY KEY,
  arn TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  account_region INTEGER NOT NULL REFERENCES account_region,
  share_decay_seconds INTEGER,           -- how long what was used counts; NULL, 0: ten minutes
  compute_reservation INTEGER,           -- percent of the maximum vCPUs kept for shares without jobs, to the power of shares with
  weights TEXT,                          -- JSON object: weight factor by share identifier, of all that begin so where it ends with *
  tags TEXT,
  progress INTEGER NOT NULL DEFAULT -1,
  digest INTEGER NOT NULL DEFAULT 0
) STRICT;

ALTER TABLE job_queue ADD COLUMN scheduling_policy TEXT; -- ARN; NULL: first in, first out
ALTER TABLE job ADD COLUMN scheduling_priority INTEGER;  -- within its share; NULL: not told
