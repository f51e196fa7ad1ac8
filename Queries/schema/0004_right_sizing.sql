-- Right-sizing: what jobs asked for against what they used, and what other sizes and other instances would have
-- saved. Computed from the ledger and from measured usage, never collected. Money is nanodollars.

-- Job definitions with measured usage, or parts of one by job name; revisions together.
CREATE TABLE right_sizing (
  id INTEGER PRIMARY KEY,
  job_definition TEXT NOT NULL,          -- the name
  job_name_pattern TEXT NOT NULL,        -- such as align-*; '' for all jobs of the definition
  status TEXT NOT NULL,                  -- advised, fits, too-few
  confidence TEXT NOT NULL,              -- low, fair, high, by the number of samples
  samples INTEGER NOT NULL,              -- jobs with measured usage; each child of an array is one
  outliers INTEGER NOT NULL,             -- of them left out of the fit
  requested_milli_vcpus INTEGER NOT NULL,-- the median request
  requested_mib INTEGER NOT NULL,
  used_milli_vcpus_p95 INTEGER,          -- of that request; NULL where not measured
  used_mib_p95 INTEGER,
  advised_milli_vcpus INTEGER NOT NULL,  -- for that request; what is requested where nothing is advised
  advised_mib INTEGER NOT NULL
) STRICT;

-- The same by day: what its attempts cost, and what they would have cost less.
CREATE TABLE right_sizing_day (
  right_sizing INTEGER NOT NULL REFERENCES right_sizing,
  day INTEGER NOT NULL,
  attempts INTEGER NOT NULL,             -- that began on this day
  measured_attempts INTEGER NOT NULL,
  cost INTEGER,                          -- attempt and startup cost of all its attempts; NULL: not one is priced
  saving INTEGER,                        -- 0 where nothing is advised
  killed INTEGER NOT NULL,               -- attempts whose measured peak exceeds the advice
  PRIMARY KEY (right_sizing, day)
) STRICT, WITHOUT ROWID;

-- Attempts with measured usage by job queue: how much of the cost is known.
CREATE TABLE measured_day (
  day INTEGER NOT NULL,
  job_queue INTEGER NOT NULL,
  attempts INTEGER NOT NULL,             -- that began on this day
  cost INTEGER NOT NULL,
  PRIMARY KEY (day, job_queue)
) STRICT, WITHOUT ROWID;

-- Advice fitted on the earlier half of each definition's measured attempts and replayed on the later half.
CREATE TABLE right_sizing_back_test (
  percentile INTEGER NOT NULL,
  margin_percent INTEGER NOT NULL,       -- of memory
  covers_peaks INTEGER NOT NULL,         -- 1: memory never below the largest peak of the earlier half
  is_default INTEGER NOT NULL,
  fitted INTEGER NOT NULL,               -- samples of the earlier halves
  attempts INTEGER NOT NULL,             -- replayed: measured, of a later half whose earlier one was fitted
  cost INTEGER NOT NULL,                 -- theirs, as they ran
  saved INTEGER NOT NULL,                -- by smaller reservations, before kills
  killed INTEGER NOT NULL,               -- attempts that the advice would have killed
  killed_cost INTEGER NOT NULL,          -- what they would have cost beside running again as they did
  PRIMARY KEY (percentile, margin_percent, covers_peaks)
) STRICT, WITHOUT ROWID;

-- What to change about compute environments, by ISO week, dearest first.
CREATE TABLE advice (
  week TEXT NOT NULL,
  position INTEGER NOT NULL,             -- 1 is the dearest
  rule TEXT NOT NULL,                    -- family, gpu-size, retry-on-spot, minimum-vcpus …
  place TEXT NOT NULL,                   -- the compute environment or the job queue to change
  title TEXT NOT NULL,
  explanation TEXT NOT NULL,
  now TEXT NOT NULL,
  advice TEXT NOT NULL,
  note TEXT NOT NULL,
  confidence TEXT NOT NULL,              -- low, fair, high
  risk TEXT NOT NULL,
  saving INTEGER NOT NULL,               -- at most, by itself
  counted INTEGER NOT NULL,              -- what is left of it once the advice before it is followed
  PRIMARY KEY (week, position)
) STRICT, WITHOUT ROWID;

-- Measured usage by Batch job, from a Nextflow trace; made into task_usage of the job's last attempt where that is known.
CREATE TABLE job_usage (
  job_id TEXT NOT NULL,
  source TEXT NOT NULL,                  -- nextflow
  milli_vcpus_average INTEGER,
  memory_maximum_mib INTEGER,            -- peak resident memory, rounded up
  PRIMARY KEY (job_id, source)
) STRICT, WITHOUT ROWID;
