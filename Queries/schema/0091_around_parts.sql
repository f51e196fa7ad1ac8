-- Costs around jobs are divided among attempts once, when insights are built: to divide them whenever somebody asks read
-- every attempt, and could not be narrowed to some jobs.

DROP VIEW around_day;
DROP VIEW around_time;
DROP VIEW around_transfer;
DROP VIEW attempt_day;

-- What surrounds jobs in a bill and is theirs, by day and resource: the rows of around_part add up to its cost.
CREATE TABLE around_line (
  day INTEGER NOT NULL,
  line INTEGER NOT NULL,                 -- number among the day's lines of around_line and around_rest
  kind INTEGER NOT NULL,                 -- around_kind.id
  name TEXT NOT NULL,                    -- as in bill_around
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  cost INTEGER NOT NULL,                 -- nanodollars
  kilobytes INTEGER NOT NULL,            -- moved
  attempts INTEGER NOT NULL,             -- that have a part of it
  by_size INTEGER NOT NULL,              -- 1: log streams tell the parts, 0: run time does
  PRIMARY KEY (day, line)
) STRICT, WITHOUT ROWID;

-- The same for what is nobody's, of all that we know.
CREATE TABLE around_rest (
  day INTEGER NOT NULL,
  line INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  cost INTEGER NOT NULL,
  kilobytes INTEGER NOT NULL,
  PRIMARY KEY (day, line)
) STRICT, WITHOUT ROWID;

-- An attempt's part of what its job names, or of what the instance moved on which it ran.
CREATE TABLE around_part (
  day INTEGER NOT NULL,
  line INTEGER NOT NULL,                 -- around_line.line
  attempt INTEGER NOT NULL,              -- attempt.id
  job_queue INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  kilobytes INTEGER NOT NULL,
  PRIMARY KEY (day, line, attempt)
) STRICT, WITHOUT ROWID;

-- The next build computes all of them.
DELETE FROM build WHERE product = 'insights';
