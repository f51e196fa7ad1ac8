-- What every job does, what that cost by day, and attempts that came to nothing whether or not they were run again.

-- The step and the run of each job; array and multi-node parents are not among them, their children are.
CREATE TABLE job_identity (
  job INTEGER PRIMARY KEY,               -- job.id
  job_step INTEGER NOT NULL,             -- job_step.id
  workflow_run INTEGER                   -- workflow_run.id; NULL: of no run that is known
) STRICT;

-- Attempts and startup by step: what `daily_cost` does not know, as steps share job definitions and have many of them.
CREATE TABLE step_day (
  day INTEGER NOT NULL,
  job_step INTEGER NOT NULL,             -- job_step.id
  cost INTEGER,                          -- NULL: nothing of it is priced
  startup INTEGER NOT NULL,              -- of cost: before attempts started
  on_demand INTEGER,                     -- the same at On-Demand rates, of postings that have both prices
  milli_vcpu_ms INTEGER NOT NULL,
  mib_ms INTEGER NOT NULL,
  gpu_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL,             -- attempts that began on this day
  jobs INTEGER NOT NULL,                 -- jobs whose first attempt began on this day
  PRIMARY KEY (day, job_step)
) STRICT, WITHOUT ROWID;

-- Attempts that came to nothing, by day: all but the last of a job, and the last of a job that did not succeed.
DROP TABLE retry;
CREATE TABLE failed_attempt (
  attempt INTEGER NOT NULL,              -- attempt.id
  day INTEGER NOT NULL,
  job_queue INTEGER NOT NULL,
  job_definition INTEGER NOT NULL,
  job_step INTEGER NOT NULL,             -- job_step.id
  outcome INTEGER NOT NULL,              -- outcome.id
  rerun TEXT NOT NULL,                   -- batch: as another attempt; client: as another job; likely: the same, told by
                                         -- step and time alone; none: given up
  succeeded INTEGER NOT NULL,            -- 1: its work did, later
  on_spot INTEGER NOT NULL,              -- 1: it ran on Spot or Fargate Spot
  began INTEGER NOT NULL,                -- 1: it began on this day
  ms INTEGER NOT NULL,
  cost INTEGER,                          -- attempt and startup; NULL: unpriced
  PRIMARY KEY (attempt, day)
) STRICT, WITHOUT ROWID;

DROP TABLE never_started;
CREATE TABLE never_started (
  job INTEGER NOT NULL,                  -- job.id
  ordinal INTEGER NOT NULL,              -- of the attempt; 0 for a job without any
  day INTEGER NOT NULL,                  -- on which it ended
  job_queue INTEGER NOT NULL,
  job_definition INTEGER NOT NULL,
  job_step INTEGER NOT NULL,             -- job_step.id
  outcome INTEGER NOT NULL,
  retried INTEGER NOT NULL,              -- 1: another attempt followed
  PRIMARY KEY (job, ordinal)
) STRICT, WITHOUT ROWID;

DROP TABLE array_run;
CREATE TABLE array_run (
  parent INTEGER PRIMARY KEY,            -- job_parent.id
  day INTEGER NOT NULL,                  -- on which the last child ended
  job_queue INTEGER NOT NULL,
  job_definition INTEGER NOT NULL,
  job_step INTEGER NOT NULL,             -- job_step.id
  children INTEGER NOT NULL,
  succeeded INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  started_at_ms INTEGER NOT NULL,
  stopped_at_ms INTEGER NOT NULL,
  median_ms INTEGER NOT NULL,            -- duration of a child
  percentile_99_ms INTEGER NOT NULL,
  held_ms INTEGER NOT NULL               -- from the end of 99 in 100 children to the end of the last
) STRICT;

DROP TABLE workflow_run;
CREATE TABLE workflow_run (
  id INTEGER PRIMARY KEY,
  client TEXT NOT NULL,
  workflow TEXT,
  run TEXT,                              -- NULL: the client names none; told by time
  user TEXT,
  series INTEGER NOT NULL,               -- runs of the same number are of one workflow: the same name, or the same steps
  job_queue INTEGER NOT NULL,            -- of its first job
  day INTEGER NOT NULL,                  -- on which the last job ended; of a run that goes on that of collection
  created_at_ms INTEGER NOT NULL,        -- of its first job
  stopped_at_ms INTEGER,                 -- NULL: jobs of it have not ended
  steps INTEGER NOT NULL,
  jobs INTEGER NOT NULL,                 -- as Batch counts them: a client's new job for an old task is one
  unfinished INTEGER NOT NULL,           -- of them not ended
  failed INTEGER NOT NULL,
  retries INTEGER NOT NULL,              -- attempts and jobs beyond the first of each work
  cost INTEGER NOT NULL,
  lost INTEGER NOT NULL                  -- of cost: attempts that were lost with their Spot host
) STRICT;

-- The next build computes all of them.
DELETE FROM build WHERE product = 'insights';
