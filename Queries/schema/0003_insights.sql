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
