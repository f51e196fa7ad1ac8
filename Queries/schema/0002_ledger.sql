-- The ledger: what every resource cost, and who bears it. Computed from the facts, never collected.
-- Money is nanodollars, time milliseconds, days are counted from 1970-01-01 in UTC.

CREATE TABLE ledger_account (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL                     -- attempt, startup, unused
) STRICT;
INSERT INTO ledger_account VALUES
  (0, 'attempt', 'attempt'), (1, 'startup', 'startup'), (2, 'unused.boot', 'unused'), (3, 'unused.packing', 'unused'),
  (4, 'unused.gap', 'unused'), (5, 'unused.tail', 'unused'), (6, 'unused.idle', 'unused');

CREATE TABLE purchase_option (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO purchase_option VALUES
  (0, 'on-demand'), (1, 'spot'), (2, 'fargate'), (3, 'fargate-spot'), (4, 'savings-plan'), (5, 'reserved');

CREATE TABLE price_source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO price_source VALUES
  (0, 'none'), (1, 'price-list'), (2, 'spot-history'), (3, 'bill'), (4, 'bundled'), (5, 'manual');

-- What became of an attempt.
CREATE TABLE outcome (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO outcome VALUES
  (0, 'counted'), (1, 'interrupted'), (2, 'host lost'), (3, 'out of memory'), (4, 'timeout'), (5, 'image pull'),
  (6, 'cancelled'), (7, 'exit code'), (8, 'other');

-- Tags as rows, for grouping.
CREATE VIEW tag AS
  SELECT t.id AS tag_set, e.key AS name, CAST(e.value AS TEXT) AS value FROM tag_set t, json_each(t.tags) e;

-- How the ledger was built: weights, Spot price rule, policy, the time of collection.
CREATE TABLE ledger_setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The days that have postings, and the day after the last, so that reports need no date functions.
CREATE TABLE calendar (
  day INTEGER PRIMARY KEY,
  date TEXT NOT NULL UNIQUE,             -- 2026-10-19
  week TEXT NOT NULL,                    -- 2026-W43, ISO 8601
  month TEXT NOT NULL,                   -- 2026-10
  weekday INTEGER NOT NULL,              -- 1 Monday … 7 Sunday
  until TEXT                             -- 05:20, of a day in which collection ended; NULL for a whole day
) STRICT;

-- What is paid for: an EC2 instance, a Fargate task, a volume or a public address of an instance.
CREATE TABLE resource (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                    -- instance, fargate-task, volume, address
  name TEXT NOT NULL,                    -- the instance id, the task id, the volume id
  account_region INTEGER NOT NULL,
  compute_environment INTEGER,           -- NULL: unknown
  instance_type TEXT,                    -- NULL for Fargate and where unknown
  zone TEXT,
  purchase_option INTEGER NOT NULL,
  started_at_ms INTEGER NOT NULL,
  start_source TEXT NOT NULL,            -- event, ec2, cloudtrail, registration, first-attempt, task, batch
  stopped_at_ms INTEGER NOT NULL,        -- of an open one the time of collection
  stop_source TEXT NOT NULL,             -- event, ec2, cloudtrail, last-seen, open, task, batch
  open INTEGER NOT NULL,                 -- 1: still running at the time of collection
  interrupted INTEGER NOT NULL,          -- 1: proven that EC2 reclaimed it
  free INTEGER NOT NULL,                 -- 1: reclaimed in its first hour, not charged
  milli_vcpus INTEGER,                   -- capacity; NULL where the type is unknown
  memory_mib INTEGER,
  gpus INTEGER,
  billed_ms INTEGER NOT NULL,            -- whole seconds, with the minimum
  unpriced_ms INTEGER NOT NULL,
  cost INTEGER,                          -- NULL: nothing of it is priced
  on_demand INTEGER,                     -- NULL: no On-Demand price
  attempts INTEGER NOT NULL,
  digest INTEGER NOT NULL,               -- of this row and all rows of the resource: same digest, same rows
  UNIQUE (kind, name)
) STRICT;

-- What a resource cost by day: the sum that its postings of the day must reach.
CREATE TABLE resource_day (
  resource INTEGER NOT NULL,
  day INTEGER NOT NULL,
  purchase_option INTEGER NOT NULL,
  billed_ms INTEGER NOT NULL,
  unpriced_ms INTEGER NOT NULL,
  open_ms INTEGER NOT NULL,              -- of a resource that still runs
  cost INTEGER,                          -- NULL: nothing of the day is priced
  on_demand INTEGER,
  unused INTEGER NOT NULL,               -- unused cost of the day
  lost INTEGER NOT NULL,                 -- cost of attempts whose host went away and that were run again
  PRIMARY KEY (resource, day, purchase_option)
) STRICT, WITHOUT ROWID;

-- One row a resource, day, account and attempt; the rows of a charge add up to it.
CREATE TABLE posting (
  id INTEGER PRIMARY KEY,                -- resource.id × 2^20 + number: the rows of a resource lie together
  resource INTEGER NOT NULL,
  day INTEGER NOT NULL,
  account INTEGER NOT NULL,
  attempt INTEGER,                       -- attempt.id; NULL for unused
  purchase_option INTEGER NOT NULL,
  price_source INTEGER NOT NULL,
  ms INTEGER NOT NULL,                   -- the time that this row covers
  milli_vcpu_ms INTEGER NOT NULL,        -- reserved, or free for unused
  mib_ms INTEGER NOT NULL,
  gpu_ms INTEGER NOT NULL,
  unpriced_ms INTEGER NOT NULL,
  cost INTEGER,                          -- NULL: none of it is priced
  on_demand INTEGER,                     -- On-Demand equivalent; NULL: no On-Demand price
  list_cost INTEGER,                     -- before plans and reservations; NULL: the same as cost
  unused_by_instance INTEGER NOT NULL,   -- unused cost that policy `instance` gives to this attempt, beside cost
  unused_by_aws INTEGER NOT NULL         -- the same for policy `aws`
) STRICT;

-- Postings by everything that reports ask for, so that a report need not read them one by one.
CREATE TABLE daily_cost (
  day INTEGER NOT NULL,
  account INTEGER NOT NULL,
  purchase_option INTEGER NOT NULL,
  price_source INTEGER NOT NULL,
  compute_environment INTEGER,
  job_queue INTEGER,                     -- NULL for unused
  job_definition INTEGER,
  tag_set INTEGER,
  outcome INTEGER NOT NULL,              -- 0: the attempt counted; else why it came to nothing
  retried INTEGER NOT NULL,              -- 1: another attempt followed
  ms INTEGER NOT NULL,
  milli_vcpu_ms INTEGER NOT NULL,
  mib_ms INTEGER NOT NULL,
  gpu_ms INTEGER NOT NULL,
  unpriced_ms INTEGER NOT NULL,
  cost INTEGER,
  on_demand INTEGER,
  unused_by_instance INTEGER NOT NULL,
  unused_by_aws INTEGER NOT NULL,
  attempts INTEGER NOT NULL,             -- attempts that began on this day
  jobs INTEGER NOT NULL                  -- jobs whose first attempt began on this day
) STRICT;
CREATE INDEX daily_cost_day ON daily_cost (day);

-- Capacity and its use by hour, for the heat map and utilization.
CREATE TABLE hourly_use (
  hour INTEGER NOT NULL,                 -- hours since 1970-01-01T00:00:00Z
  compute_environment INTEGER NOT NULL,  -- 0: unknown
  instance_type TEXT NOT NULL,
  instance_ms INTEGER NOT NULL,
  capacity_milli_vcpu_ms INTEGER NOT NULL,
  capacity_mib_ms INTEGER NOT NULL,
  capacity_gpu_ms INTEGER NOT NULL,
  reserved_milli_vcpu_ms INTEGER NOT NULL,
  reserved_mib_ms INTEGER NOT NULL,
  reserved_gpu_ms INTEGER NOT NULL,
  PRIMARY KEY (hour, compute_environment, instance_type)
) STRICT, WITHOUT ROWID;

-- What was found while the ledger was built. With the findings of collection these make the query `findings`.
CREATE TABLE ledger_finding (
  check_name TEXT NOT NULL,
  severity TEXT NOT NULL,                -- error, warning, note
  subject TEXT NOT NULL,
  message TEXT NOT NULL,
  day INTEGER,                           -- of the subject's first charge; NULL where it has none
  amount_ms INTEGER,                     -- time that it concerns
  PRIMARY KEY (check_name, subject, message)
) STRICT, WITHOUT ROWID;

-- What each day cost when it was last computed: a new row where a later collection restates it.
CREATE TABLE reported_day (
  day INTEGER NOT NULL,
  as_of_ms INTEGER NOT NULL,             -- the time of collection
  cost INTEGER NOT NULL,
  PRIMARY KEY (day, as_of_ms)
) STRICT, WITHOUT ROWID;

-- Attempts that began on EC2 or Fargate but whose instance nobody knows: their time is counted, their cost is not.
CREATE TABLE unplaced (
  attempt INTEGER PRIMARY KEY,           -- attempt.id
  day INTEGER NOT NULL,                  -- on which it began
  ms INTEGER NOT NULL
) STRICT;
