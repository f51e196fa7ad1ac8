-- Bills: what AWS charged, as its exports say, and what the ledger makes of it.
-- An amount of a bill is two integers, nanodollars and `_rest` in 10^-18 dollars, so that sums are exact: SUM(x) and
-- SUM(x_rest) together are the sum of the rows, whatever its sign.

-- One row a payer and billing period; importing it again replaces it with all that belongs to it.
CREATE TABLE bill (
  id INTEGER PRIMARY KEY,
  payer TEXT NOT NULL,                   -- '' where the export does not say
  period TEXT NOT NULL,                  -- 2026-10
  format TEXT NOT NULL,                  -- cur-2.0, cur, focus
  files INTEGER NOT NULL,
  rows INTEGER NOT NULL,                 -- rows read, those that do not concern Batch too
  other_instances INTEGER NOT NULL,      -- EC2 instances that are not Batch's
  version INTEGER NOT NULL,              -- 1 for the first import, one more for each that replaced it
  UNIQUE (payer, period)
) STRICT;

-- The time for which a bill has usage of an account.
CREATE TABLE bill_coverage (
  bill INTEGER NOT NULL REFERENCES bill,
  account TEXT NOT NULL,                 -- the account that used it
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL,
  PRIMARY KEY (bill, account)
) STRICT, WITHOUT ROWID;

-- What a line of a bill is about.
CREATE TABLE bill_kind (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO bill_kind VALUES
  (0, 'instance'), (1, 'fargate'), (2, 'ebs'), (3, 'ipv4'), (4, 'cpu-credits'), (5, 'ebs-optimized'),
  (6, 'data-transfer'), (7, 'capacity-reservation'), (8, 'account'), (9, 'other');

-- The line item types of CUR, by the same names.
CREATE TABLE bill_charge (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO bill_charge VALUES
  (0, 'Usage'), (1, 'SavingsPlanCoveredUsage'), (2, 'DiscountedUsage'), (3, 'SavingsPlanNegation'), (4, 'Fee'),
  (5, 'Credit'), (6, 'Refund'), (7, 'Tax'), (8, 'Discount'), (9, 'Other');

-- Lines that concern Batch, one a resource, hour (or day, or month, as the export has it) and item. Lines of instances
-- that nobody collected and that bear no mark of Batch are added up by day, with resource ''.
CREATE TABLE bill_line (
  bill INTEGER NOT NULL REFERENCES bill,
  resource TEXT NOT NULL,                -- instance, volume or task id; '' for what belongs to the account
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL,
  item TEXT NOT NULL,                    -- the usage type without region: SpotUsage:c5.large; a product for the account's,
                                         -- the kind for what is added up
  charge INTEGER NOT NULL REFERENCES bill_charge,
  kind INTEGER NOT NULL REFERENCES bill_kind,
  account TEXT NOT NULL,
  usage_ms INTEGER NOT NULL,             -- hours of usage in milliseconds; 0 where the unit is no hour
  invoiced INTEGER NOT NULL,             -- unblended cost, FOCUS BilledCost
  invoiced_rest INTEGER NOT NULL,
  effective INTEGER NOT NULL,            -- amortized: plans and reservations at their effective cost, their fees 0
  effective_rest INTEGER NOT NULL,
  public INTEGER,                        -- at public On-Demand prices; NULL: not said
  public_rest INTEGER,
  commitment TEXT,                       -- the plan or reservation that covers it
  PRIMARY KEY (bill, resource, start_ms, item, charge)
) STRICT, WITHOUT ROWID;

-- Split cost allocation: a task and hour. Never added to the lines of instances, of which it is a part.
CREATE TABLE bill_task (
  bill INTEGER NOT NULL REFERENCES bill,
  task_id TEXT NOT NULL,                 -- the last part of the task's ARN
  start_ms INTEGER NOT NULL,
  instance_id TEXT,                      -- NULL on Fargate, and where the export does not say
  tag_set INTEGER REFERENCES tag_set,    -- tags of the bill, as it spells them
  rows INTEGER NOT NULL,                 -- of the export: one a resource
  split INTEGER NOT NULL,
  split_rest INTEGER NOT NULL,
  unused INTEGER NOT NULL,
  unused_rest INTEGER NOT NULL,
  PRIMARY KEY (bill, task_id, start_ms)
) STRICT, WITHOUT ROWID;

-- What a restated bill changed, by resource and day.
CREATE TABLE bill_restatement (
  bill INTEGER NOT NULL REFERENCES bill,
  resource TEXT NOT NULL,
  day INTEGER NOT NULL,
  change INTEGER NOT NULL,               -- effective cost, new less old
  change_rest INTEGER NOT NULL,
  PRIMARY KEY (bill, resource, day)
) STRICT, WITHOUT ROWID;

-- The Spot data feed: an instance-hour each.
CREATE TABLE spot_feed (
  instance_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,                -- start of the instance-hour; its price is decided here
  account TEXT NOT NULL,
  item TEXT NOT NULL,                    -- SpotUsage:c5.large
  rate INTEGER NOT NULL,                 -- the market price
  charge INTEGER NOT NULL,               -- for what was used of the hour
  PRIMARY KEY (instance_id, at_ms)
) STRICT, WITHOUT ROWID;

-- The ledger's estimate of a day that the bill replaced; it stays beside the bill's word.
CREATE TABLE estimate_day (
  name TEXT NOT NULL,                    -- resource.name
  day INTEGER NOT NULL,
  billed_ms INTEGER NOT NULL,
  unpriced_ms INTEGER NOT NULL,
  cost INTEGER,                          -- NULL: none of it was priced
  PRIMARY KEY (name, day)
) STRICT, WITHOUT ROWID;

-- The names of differences, in the order in which a reader wants them. `explained` 0: it has no name.
CREATE TABLE difference_kind (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  explained INTEGER NOT NULL,
  meaning TEXT NOT NULL
) STRICT;

-- The days that a bill covers: it may begin before the ledger does.
CREATE TABLE bill_day (
  day INTEGER PRIMARY KEY,
  date TEXT NOT NULL UNIQUE              -- 2026-10-26
) STRICT;

-- Ledger against bill by day and resource, within the billed time: bill = ledger + the sum of its differences.
CREATE TABLE reconciliation (
  day INTEGER NOT NULL,
  name TEXT NOT NULL,                    -- instance or task id, or what is compared as a whole: EBS volumes
  ledger INTEGER NOT NULL,               -- the estimate
  billed INTEGER NOT NULL,               -- effective cost
  seconds REAL NOT NULL,                 -- billed, less those of the ledger
  PRIMARY KEY (day, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE bill_difference (
  day INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL REFERENCES difference_kind,
  amount INTEGER NOT NULL,
  PRIMARY KEY (day, name, kind)
) STRICT, WITHOUT ROWID;

-- Which Spot price the bill and the feed follow, hour by hour where the price moved.
CREATE TABLE spot_rule_evidence (
  source TEXT PRIMARY KEY,               -- bill, feed
  instances INTEGER NOT NULL,            -- or instance-hours, of the feed
  moved INTEGER NOT NULL,                -- where the two rules differ
  instance_hour INTEGER NOT NULL,        -- of these, that fit the one
  continuous INTEGER NOT NULL,           -- … or the other
  instance_hour_gap INTEGER NOT NULL,    -- sum of distances to the rule, nanodollars
  continuous_gap INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
