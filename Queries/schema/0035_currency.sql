-- Money has a currency: it is that of the place, a region. All amounts of places in China, whose regions begin with cn-, are
-- CNY, in the same columns; those of all others are US dollars. Amounts of two currencies are never added.

-- The bills of one database are all in one currency.
ALTER TABLE bill ADD COLUMN currency TEXT NOT NULL DEFAULT 'USD'; -- USD, CNY

DROP VIEW cost_by_day;
DROP VIEW cost_by_job;
DROP VIEW spot_saving_by_day;
DROP VIEW about;

-- What a day cost, by queue, environment, purchase option and kind.
--   day                  the day in UTC, 2026-10-26;  time its beginning, seconds since 1970
--   account, region      of the queue, else of the environment; empty where no source says which
--   job_queue            empty for unused cost, which has no queue;  compute_environment empty where no source says which
--   purchase_option      on-demand, spot, fargate, fargate-spot, savings-plan, reserved and others
--   kind                 attempt, startup, or unused.boot, .packing, .gap, .tail, .idle
--   cost_usd             NULL where nothing of it has a price;  on_demand_usd the same at On-Demand rates, where both are known
--   cost_cny, on_demand_cny   of regions in China, whose cost_usd and on_demand_usd are NULL
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
    SUM(CASE WHEN SUBSTR(COALESCE(g.region, ''), 1, 3) <> 'cn-' THEN d.cost END) / 1e9 AS cost_usd,
    SUM(CASE WHEN SUBSTR(COALESCE(g.region, ''), 1, 3) <> 'cn-' AND d.cost IS NOT NULL THEN d.on_demand END) / 1e9
      AS on_demand_usd,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) = 'cn-' THEN d.cost END) / 1e9 AS cost_cny,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) = 'cn-' AND d.cost IS NOT NULL THEN d.on_demand END) / 1e9 AS on_demand_cny,
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
--   cost_cny, on_demand_cny   of regions in China, whose cost_usd and on_demand_usd are NULL
--   attempts             whose cost is all of this day
CREATE VIEW cost_by_job AS
  SELECT
    k.date AS day,
    s.day * 86400 AS time,
    COALESCE(p.job_id, j.job_id) AS job_id,
    j.name AS job_name,
    COALESCE(q.name, '') AS job_queue,
    COALESCE(f.name, '') AS job_definition,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) <> 'cn-' THEN s.cost END) / 1e9 AS cost_usd,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) <> 'cn-' THEN s.on_demand END) / 1e9 AS on_demand_usd,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) = 'cn-' THEN s.cost END) / 1e9 AS cost_cny,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) = 'cn-' THEN s.on_demand END) / 1e9 AS on_demand_cny,
    SUM(s.attempts) AS attempts
  FROM submission_day s
  JOIN calendar k ON k.day = s.day
  JOIN job j ON j.id = s.job
  JOIN account_region g ON g.id = j.account_region
  LEFT JOIN job_parent p ON p.id = s.parent
  LEFT JOIN named_queue q ON q.id = j.job_queue
  LEFT JOIN job_definition f ON f.id = j.job_definition
  GROUP BY k.date, s.day, COALESCE(p.job_id, j.job_id), j.name, q.name, f.name;

-- What Spot saved on a day: On-Demand equivalent less what was paid, less work lost, less what re-runs cost beyond Spot.
-- A day has a row for each currency.
--   day                  the day in UTC;  time its beginning, seconds since 1970
--   gross_saving_usd     before lost work and re-runs;  net_saving_usd after them
--   …_cny                of regions in China, whose columns in _usd are NULL
CREATE VIEW spot_saving_by_day AS
  SELECT
    k.date AS day,
    s.day * 86400 AS time,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) <> 'cn-' THEN s.gross END) / 1e9 AS gross_saving_usd,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) <> 'cn-' THEN s.lost END) / 1e9 AS lost_work_usd,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) <> 'cn-' THEN s.rerun END) / 1e9 AS re_run_usd,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) <> 'cn-' THEN s.net END) / 1e9 AS net_saving_usd,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) = 'cn-' THEN s.gross END) / 1e9 AS gross_saving_cny,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) = 'cn-' THEN s.lost END) / 1e9 AS lost_work_cny,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) = 'cn-' THEN s.rerun END) / 1e9 AS re_run_cny,
    SUM(CASE WHEN SUBSTR(g.region, 1, 3) = 'cn-' THEN s.net END) / 1e9 AS net_saving_cny
  FROM spot_net s
  JOIN calendar k ON k.day = s.day
  JOIN resource r ON r.id = s.resource
  JOIN account_region g ON g.id = r.account_region
  GROUP BY k.date, s.day, SUBSTR(g.region, 1, 3) = 'cn-';

-- What this file is.
--   name                 schema: the last migration;  collected_at: how far the facts reach;  weights, spot_price_rule,
--                        unused_policy: the rules the ledger was built by;  units: how numbers are to be read
CREATE VIEW about AS
  SELECT 'schema' AS name, version AS value FROM schema_version
  UNION ALL SELECT name, value FROM ledger_setting WHERE name IN ('collected_at', 'spot_price_rule', 'unused_policy', 'weights')
  UNION ALL SELECT 'units', 'money: nanodollars (10^-9 USD; of regions in China 10^-9 CNY), in columns in _usd and _cny whole ones; _ms: milliseconds, of instants since 1970 in UTC; day: days since 1970; vCPUs: thousandths; memory: MiB';
