-- What insights need to be brought up to date by a part.

-- What the ledger and facts changed of the insights that are there. Emptied by the next build of insights.
CREATE TABLE insight_change (
  kind TEXT NOT NULL,                    -- all: everything; day: cost that is no job's, or what ended there before; job: what
                                         -- a job cost on a day, −1 for all that is kept by job; posted: a day on which it
                                         -- cost something; reshaped: it cost something on other days; pool: Spot prices
                                         -- since a day, −1 for all; system: what an instance runs; gpu: what its GPUs
                                         -- did; object: an object of S3
  name ANY NOT NULL,                     -- job.id, type and zone of a pool, the instance id, the object's key; else ''
  day INTEGER NOT NULL,
  PRIMARY KEY (kind, name, day)
) STRICT, WITHOUT ROWID;

-- Jobs that began or ended on a day on which they cost nothing: no posting tells of them.
CREATE TABLE quiet_job (
  job INTEGER NOT NULL,                  -- job.id
  day INTEGER NOT NULL,
  PRIMARY KEY (job, day)
) STRICT, WITHOUT ROWID;

-- Jobs of workflow clients, as runs add them up.
CREATE TABLE run_job (
  job INTEGER PRIMARY KEY,               -- job.id
  cost INTEGER,                          -- of all its attempts; NULL: none of it is priced
  lost INTEGER NOT NULL,                 -- of cost: attempts that were lost with their Spot host
  attempts INTEGER NOT NULL
) STRICT;

-- What instances of one type cost in one environment, by day and account of the ledger.
CREATE TABLE pool_day (
  day INTEGER NOT NULL,
  compute_environment INTEGER NOT NULL,
  instance_type TEXT NOT NULL,
  account INTEGER NOT NULL,              -- ledger_account.id
  cost INTEGER NOT NULL,
  PRIMARY KEY (day, compute_environment, instance_type, account)
) STRICT, WITHOUT ROWID;

-- Priced work on them, by queue and definition.
CREATE TABLE pool_work_day (
  day INTEGER NOT NULL,
  compute_environment INTEGER NOT NULL,
  instance_type TEXT NOT NULL,
  job_queue INTEGER NOT NULL,
  job_definition INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  attempts INTEGER NOT NULL,             -- that began on this day
  ms INTEGER NOT NULL,
  milli_vcpu_ms INTEGER NOT NULL,
  mib_ms INTEGER NOT NULL,
  gpu_ms INTEGER NOT NULL,
  PRIMARY KEY (day, compute_environment, instance_type, job_queue, job_definition)
) STRICT, WITHOUT ROWID;

-- The children of an array, and the jobs that wait for a job.
CREATE INDEX job_of_parent ON job (parent) WHERE parent IS NOT NULL;
CREATE INDEX job_dependency_on ON job_dependency (depends_on);

-- The next build computes all of them.
DELETE FROM build WHERE product = 'insights';
