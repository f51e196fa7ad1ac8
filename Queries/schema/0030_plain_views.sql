-- Views with plain names and dollars, for dashboards and notebooks that know nothing of nanodollars and days since 1970.
-- Dollars here are binary fractions: what must add up to the nanodollar is in the tables.

-- What a day cost, by queue, environment, purchase option and kind.
--   day                  the day in UTC, 2026-10-26;  time its beginning, seconds since 1970
--   account, region      of the queue, else of the environment; empty where no source says which
--   job_queue            empty for unused cost, which has no queue;  compute_environment empty where no source says which
--   purchase_option      on-demand, spot, fargate, fargate-spot, savings-plan, reserved and others
--   kind                 attempt, startup, or unused.boot, .packing, .gap, .tail, .idle
--   cost_usd             NULL where nothing of it has a price;  on_demand_usd the same at On-Demand rates, where both are known
--   billed_hours         divided as the cost is;  unpriced_hours those without a price
CREATE VIEW cost_by_day AS
  SELECT
    k.date AS day,
    d.day * 86400 AS time,
    COALESCE(g.account, '') AS account,
    COALESCE(g.region, '') AS region,
    COALESCE(q.name, '') AS job_queue,
    COALESCE(e.name, '') AS compute_environment,
    o.name AS purchase_option,
    a.name AS kind,
    SUM(d.cost) / 1e9 AS cost_usd,
    SUM(CASE WHEN d.cost IS NOT NULL THEN d.on_demand END) / 1e9 AS on_demand_usd,
    SUM(d.ms) / 36e5 AS billed_hours,
    SUM(d.unpriced_ms) / 36e5 AS unpriced_hours
  FROM daily_cost d
  JOIN calendar k ON k.day = d.day
  JOIN ledger_account a ON a.id = d.account
  JOIN purchase_option o ON o.id = d.purchase_option
  LEFT JOIN job_queue j ON j.id = d.job_queue
  LEFT JOIN compute_environment c ON c.id = d.compute_environment
  LEFT JOIN account_region g ON g.id = COALESCE(j.account_region, c.account_region)
  LEFT JOIN named_queue q ON q.id = d.job_queue
  LEFT JOIN named_environment e ON e.id = d.compute_environment
  GROUP BY k.date, d.day, g.account, g.region, q.name, e.name, o.name, a.name;

-- What a job cost on a day, arrays and multi-node jobs as one.
--   job_id               as Batch names it;  job_name as its users do
--   cost_usd             attempts and startup, without unused cost;  on_demand_usd the same at On-Demand rates
--   attempts             whose cost is all of this day
CREATE VIEW cost_by_job AS
  SELECT
    k.date AS day,
    s.day * 86400 AS time,
    COALESCE(p.job_id, j.job_id) AS job_id,
    j.name AS job_name,
    COALESCE(q.name, '') AS job_queue,
    COALESCE(f.name, '') AS job_definition,
    SUM(s.cost) / 1e9 AS cost_usd,
    SUM(s.on_demand) / 1e9 AS on_demand_usd,
    SUM(s.attempts) AS attempts
  FROM submission_day s
  JOIN calendar k ON k.day = s.day
  JOIN job j ON j.id = s.job
  LEFT JOIN job_parent p ON p.id = s.parent
  LEFT JOIN named_queue q ON q.id = j.job_queue
  LEFT JOIN job_definition f ON f.id = j.job_definition
  GROUP BY k.date, s.day, COALESCE(p.job_id, j.job_id), j.name, q.name, f.name;

-- What Spot saved on a day: On-Demand equivalent less what was paid, less work lost, less what re-runs cost beyond Spot.
--   day                  the day in UTC;  time its beginning, seconds since 1970
--   gross_saving_usd     before lost work and re-runs;  net_saving_usd after them
CREATE VIEW spot_saving_by_day AS
  SELECT
    k.date AS day,
    s.day * 86400 AS time,
    SUM(s.gross) / 1e9 AS gross_saving_usd,
    SUM(s.lost) / 1e9 AS lost_work_usd,
    SUM(s.rerun) / 1e9 AS re_run_usd,
    SUM(s.net) / 1e9 AS net_saving_usd
  FROM spot_net s
  JOIN calendar k ON k.day = s.day
  GROUP BY k.date, s.day;

-- What a reader of the numbers must know, of the ledger and of the collection.
--   severity             error, warning or note;  check_name which check found it
--   subject              an instance, a task, a file;  message what is known and what it does to the numbers
CREATE VIEW findings_told AS
  SELECT severity AS severity, check_name AS check_name, subject AS subject, message AS message FROM ledger_finding
  UNION ALL
  SELECT severity, check_name, subject, message FROM collection_finding;

-- One row: the migration that this file's tables and views are of.
CREATE TABLE schema_version (
  version TEXT NOT NULL
) STRICT;
INSERT INTO schema_version VALUES ('');

-- What this file is.
--   name                 schema: the last migration;  collected_at: how far the facts reach;  weights, spot_price_rule,
--                        unused_policy: the rules the ledger was built by;  units: how numbers are to be read
CREATE VIEW about AS
  SELECT 'schema' AS name, version AS value FROM schema_version
  UNION ALL SELECT name, value FROM ledger_setting WHERE name IN ('collected_at', 'spot_price_rule', 'unused_policy', 'weights')
  UNION ALL SELECT 'units', 'money: nanodollars (10^-9 USD), in columns in _usd dollars; _ms: milliseconds, of instants since 1970 in UTC; day: days since 1970; vCPUs: thousandths; memory: MiB';
