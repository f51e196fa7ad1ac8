-- What a job cost may change without its facts.
DROP TABLE insight_change;

-- What the ledger and facts changed of the insights that are there. Emptied by the next build of insights.
CREATE TABLE insight_change (
  kind TEXT NOT NULL,                    -- all: everything; day: cost that is no job's, or what ended there before; job: facts
                                         -- of a job; cost: what a job cost on a day, −1 for all its days; posted: a day on
                                         -- which it cost something; reshaped: it cost something on other days; pool: Spot
                                         -- prices since a day, −1 for all; system: what an instance runs; gpu: what its
                                         -- GPUs did; object: an object of S3
  name ANY NOT NULL,                     -- job.id, type and zone of a pool, the instance id, the object's key; else ''
  day INTEGER NOT NULL,
  PRIMARY KEY (kind, name, day)
) STRICT, WITHOUT ROWID;

-- The next build computes all of them.
DELETE FROM build WHERE product = 'insights';
