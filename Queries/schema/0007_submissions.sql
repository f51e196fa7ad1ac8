-- Rollups of jobs, so that a report need not read them one by one. Part of the insights: replaced by every build.
-- Money is nanodollars, days are counted from 1970-01-01 in UTC.

-- What a job as it was submitted cost by day: an array, a multi-node job or a single one.
CREATE TABLE submission_day (
  day INTEGER NOT NULL,
  submission INTEGER NOT NULL,           -- job.id of a single job, −job_parent.id of an array or multi-node job
  parent INTEGER,                        -- job_parent.id; NULL for a single job
  job INTEGER NOT NULL,                  -- job.id of one of its jobs
  children INTEGER NOT NULL,             -- jobs that cost something on this day and on no other
  attempts INTEGER NOT NULL,             -- of those jobs
  cost INTEGER,                          -- attempt and startup, of all jobs; NULL: none of it is priced
  on_demand INTEGER,
  PRIMARY KEY (day, submission)
) STRICT, WITHOUT ROWID;

-- Attempts of the few jobs that cost something on several days, a row a day: a period counts each once.
CREATE TABLE long_attempt_day (
  day INTEGER NOT NULL,
  submission INTEGER NOT NULL,
  attempt INTEGER NOT NULL,              -- attempt.id
  PRIMARY KEY (day, submission, attempt)
) STRICT, WITHOUT ROWID;

-- Attempts that began, by day.
CREATE TABLE start_day (
  day INTEGER NOT NULL,
  job_queue INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  jobs INTEGER NOT NULL,                 -- whose first attempt it was
  PRIMARY KEY (day, job_queue)
) STRICT, WITHOUT ROWID;

-- How long jobs waited from their creation to their first start, by the day of that start.
CREATE TABLE start_wait (
  day INTEGER NOT NULL,
  job_queue INTEGER NOT NULL,
  seconds INTEGER NOT NULL,              -- rounded up
  jobs INTEGER NOT NULL,
  PRIMARY KEY (day, job_queue, seconds)
) STRICT, WITHOUT ROWID;
