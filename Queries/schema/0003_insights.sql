-- Insights: what the ledger means. Computed from the ledger and the facts, replaced as a whole by every build.
-- Money is nanodollars, time milliseconds, days are counted from 1970-01-01 in UTC. Reals are rates and statistics.

-- Attempts on Spot or Fargate Spot that were lost with their host and run again, by day: what was paid for nothing.
CREATE TABLE spot_loss (
  attempt INTEGER NOT NULL,              -- attempt.id
  day INTEGER NOT NULL,
  resource INTEGER NOT NULL,
  ms INTEGER NOT NULL,                   -- from placement to stop
  cost INTEGER,                          -- attempt and startup; NULL: unpriced
  PRIMARY KEY (attempt, day, resource)
) STRICT, WITHOUT ROWID;

-- Attempts that ran On-Demand on EC2 although Spot was meant, by day, and what they would have cost on Spot: the price
-- of the same zone and type at each of the instance's hours.
CREATE TABLE on_demand_run (
  attempt INTEGER NOT NULL,              -- attempt.id
  day INTEGER NOT NULL,
  resource INTEGER NOT NULL,
  job_queue INTEGER NOT NULL,
  rerun INTEGER NOT NULL,                -- 1: an earlier attempt of the job was lost with its Spot host
  spot_first INTEGER NOT NULL,           -- 1: its queue tries a Spot environment first
  why TEXT NOT NULL,                     -- spot-lost, retried, spot-at-maximum, spot-unavailable
  ms INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  spot_cost INTEGER,                     -- NULL: there is no such pool
  lost_on INTEGER,                       -- of a re-run, the resource on which the job was lost last; else NULL
  PRIMARY KEY (attempt, day, resource)
) STRICT, WITHOUT ROWID;

-- Exact limits of the mean of a Poisson count, so that a query can put an interval to any period.
CREATE TABLE poisson_limit (
  comparisons INTEGER NOT NULL,          -- 1: a plain 95 % interval; n: one that holds for n rows at once (Bonferroni)
  count INTEGER NOT NULL,
  low REAL NOT NULL,
  high REAL NOT NULL,
  PRIMARY KEY (comparisons, count)
) STRICT, WITHOUT ROWID;

-- Hours in which a Spot pool that ran here was dearer, beside its On-Demand price, than another pool of the same
-- instance type in the region.
CREATE TABLE dear_pool (
  day INTEGER NOT NULL,
  instance_type TEXT NOT NULL,
  zone TEXT NOT NULL,
  sibling TEXT NOT NULL,                 -- the zone that was cheapest, most of the day's hours
  ms INTEGER NOT NULL,                   -- billed time that began in dearer hours
  cost INTEGER NOT NULL,                 -- paid for it
  sibling_cost INTEGER NOT NULL,         -- the same time at the price of the cheapest zone in each hour
  PRIMARY KEY (day, instance_type, zone)
) STRICT, WITHOUT ROWID;

-- Why seven days cost more or less than the seven before: running totals from the one cost to the other.
CREATE TABLE bridge (
  first_day INTEGER NOT NULL,            -- of the seven days
  place INTEGER NOT NULL,                -- order of the steps, from 1
  factor TEXT NOT NULL,                  -- volume, size, price, purchase option, mix, unused, retries
  step TEXT NOT NULL,                    -- in words: More jobs ran
  evidence TEXT NOT NULL,                -- 5,826 against 5,613
  from_cost INTEGER NOT NULL,
  to_cost INTEGER NOT NULL,              -- the next step's from_cost
  PRIMARY KEY (first_day, place)
) STRICT, WITHOUT ROWID;

-- Attempts that were run again, by day: what it cost, and whether their job succeeded in the end, so that no one saw.
CREATE TABLE retry (
  attempt INTEGER NOT NULL,              -- attempt.id
  day INTEGER NOT NULL,
  job_queue INTEGER NOT NULL,
  job_definition INTEGER NOT NULL,
  outcome INTEGER NOT NULL,              -- outcome.id
  succeeded INTEGER NOT NULL,            -- 1: the job did, later
  ms INTEGER NOT NULL,
  cost INTEGER,                          -- attempt and startup; NULL: unpriced
  PRIMARY KEY (attempt, day)
) STRICT, WITHOUT ROWID;

-- Jobs by the day on which they ended, with the cost of all their attempts, whenever they ran.
CREATE TABLE unit_cost (
  day INTEGER NOT NULL,
  job_queue INTEGER NOT NULL,
  job_definition INTEGER NOT NULL,
  jobs INTEGER NOT NULL,                 -- array children each, multi-node jobs once, parents not
  succeeded INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  failed_cost INTEGER NOT NULL,          -- of jobs that did not succeed
  PRIMARY KEY (day, job_queue, job_definition)
) STRICT, WITHOUT ROWID;

-- Arrays that have ended, and what their last children held up.
CREATE TABLE array_run (
  parent INTEGER PRIMARY KEY,            -- job_parent.id
  day INTEGER NOT NULL,                  -- on which the last child ended
  job_queue INTEGER NOT NULL,
  job_definition INTEGER NOT NULL,
  children INTEGER NOT NULL,
  succeeded INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  started_at_ms INTEGER NOT NULL,
  stopped_at_ms INTEGER NOT NULL,
  median_ms INTEGER NOT NULL,            -- duration of a child
  percentile_99_ms INTEGER NOT NULL,
  held_ms INTEGER NOT NULL               -- from the end of 99 in 100 children to the end of the last
) STRICT;

-- Workflow runs, told by a tag or by the names of their jobs.
CREATE TABLE workflow_run (
  name TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,        -- of its first job
  rule TEXT NOT NULL,                    -- tag, nf-core
  job_queue INTEGER NOT NULL,            -- of its first job
  day INTEGER NOT NULL,                  -- on which the last job ended
  stopped_at_ms INTEGER NOT NULL,
  jobs INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  PRIMARY KEY (name, created_at_ms, job_queue)
) STRICT, WITHOUT ROWID;

-- Days that cost more or less than their own history lets expect.
CREATE TABLE anomaly (
  kind TEXT NOT NULL,                    -- everything, job-queue, job-definition
  name TEXT NOT NULL,                    -- '' for everything
  day INTEGER NOT NULL,
  cost INTEGER NOT NULL,                 -- of everything all cost, else attempts and startup
  expected INTEGER NOT NULL,
  low INTEGER NOT NULL,                  -- within these nothing is said
  high INTEGER NOT NULL,
  score REAL NOT NULL,                   -- error ÷ usual error, of logarithms
  cause TEXT NOT NULL,                   -- jobs, size, price, retries, unused
  evidence TEXT NOT NULL,
  PRIMARY KEY (kind, name, day)
) STRICT, WITHOUT ROWID;

-- What is watched for anomalies, or why it is not.
CREATE TABLE anomaly_watch (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  days INTEGER NOT NULL,                 -- whole days of its history
  watched INTEGER NOT NULL,              -- 1: its next day will be judged
  why TEXT NOT NULL,                     -- why not
  false_alarms REAL NOT NULL,            -- expected in a year
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- What the week and the month of the collection will have cost at their end.
CREATE TABLE forecast (
  kind TEXT NOT NULL,                    -- everything, job-queue, tag
  name TEXT NOT NULL,                    -- '', the queue, tag=value
  span TEXT NOT NULL,                    -- week, month
  first_day INTEGER NOT NULL,
  end_day INTEGER NOT NULL,              -- exclusive
  so_far INTEGER NOT NULL,
  expected INTEGER NOT NULL,
  low INTEGER NOT NULL,                  -- 80 % interval
  high INTEGER NOT NULL,
  days_left INTEGER NOT NULL,            -- the day of collection among them
  history_days INTEGER NOT NULL,
  by_weekday INTEGER NOT NULL,           -- 1: days are expected by weekday
  PRIMARY KEY (kind, name, span)
) STRICT, WITHOUT ROWID;
