-- Work that was not lost with an attempt, as it stood in a checkpoint.

-- What batchcost.yaml says of checkpoints: the first rule that is about a job counts.
CREATE TABLE checkpoint_rule (
  place INTEGER PRIMARY KEY,
  job_queue TEXT,                        -- patterns of names; NULL: any
  definition TEXT,
  job_name TEXT,
  every_ms INTEGER,                      -- one of these three: the interval,
  tag TEXT,                              -- the tag whose value is the interval,
  prefix TEXT                            -- the prefix of the keys of objects in S3 that are checkpoints
) STRICT;

-- Objects of S3 as a listing tells them (ListObjectsV2).
CREATE TABLE listed_object (
  key TEXT NOT NULL,
  modified_at_ms INTEGER NOT NULL,
  PRIMARY KEY (key, modified_at_ms)
) STRICT, WITHOUT ROWID;

-- Of cost: what stood in the last checkpoint before the end, of attempts that were run again.
ALTER TABLE failed_attempt ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;

-- The next build computes it.
DELETE FROM build WHERE product = 'insights';
