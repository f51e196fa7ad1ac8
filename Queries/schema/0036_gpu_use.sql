-- What GPUs did while jobs held them.

-- A minute of a GPU as nvidia-smi, DCGM or the CloudWatch agent saw it.
CREATE TABLE gpu_usage (
  instance_id TEXT NOT NULL,
  gpu TEXT NOT NULL,                     -- its UUID, GPU-…; its index where the source names no UUID
  at_ms INTEGER NOT NULL,                -- the start of the minute
  duty INTEGER NOT NULL,                 -- the average of its samples in hundredths of a percent; 10000 is always at work
  memory_mib INTEGER,                    -- the largest of its samples
  memory_total_mib INTEGER,
  progress INTEGER NOT NULL,             -- how many samples: of two words on a minute the one with more counts
  digest INTEGER NOT NULL,
  PRIMARY KEY (instance_id, gpu, at_ms)
) STRICT, WITHOUT ROWID;

-- The GPUs that ECS gave to a task, by UUID.
CREATE TABLE task_gpu (
  task_id TEXT NOT NULL,
  gpu TEXT NOT NULL,
  PRIMARY KEY (task_id, gpu)
) STRICT, WITHOUT ROWID;

-- The GPUs of an attempt on a day, where any of their minutes was measured. Times are added up over its GPUs.
CREATE TABLE gpu_use_day (
  attempt INTEGER NOT NULL,              -- attempt.id
  day INTEGER NOT NULL,
  job_queue INTEGER NOT NULL,
  job_step INTEGER NOT NULL,             -- job_step.id
  gpus INTEGER NOT NULL,                 -- that it held
  held_ms INTEGER NOT NULL,              -- while it ran on this day
  measured_ms INTEGER NOT NULL,          -- of it: minutes that were measured
  busy_ms INTEGER NOT NULL,              -- of those: time at work
  idle_ms INTEGER NOT NULL,              -- of those: minutes with less than 5 % of it
  told_apart INTEGER NOT NULL,           -- 1: its own GPUs were measured; 0: those of its host, which others held too
  working_gpus INTEGER,                  -- the most of its GPUs that were at work in one minute; NULL: not told apart
  memory_mib INTEGER,                    -- the largest use of one of its GPUs
  memory_total_mib INTEGER,              -- of one of its GPUs
  cost INTEGER,                          -- the GPUs' part of what the attempt cost; NULL: unpriced
  idle_cost INTEGER,                     -- of it: idle_ms ÷ held_ms
  PRIMARY KEY (attempt, day)
) STRICT, WITHOUT ROWID;

-- The next build computes it.
DELETE FROM build WHERE product = 'insights';
