-- Definitions that many queries share, each in one place.

-- A job queue by a name that no other has: where several are called alike, by region, account or both too.
CREATE VIEW named_queue AS
  SELECT q.id AS id, q.name || CASE
      WHEN s.alike = 1 THEN ''
      WHEN s.regions = s.alike THEN ' · ' || g.region
      WHEN s.accounts = s.alike THEN ' · ' || g.account
      ELSE ' · ' || g.account || ' ' || g.region
    END AS name
  FROM job_queue q
  JOIN account_region g ON g.id = q.account_region
  JOIN (
    SELECT x.name AS name, COUNT(*) AS alike, COUNT(DISTINCT y.region) AS regions, COUNT(DISTINCT y.account) AS accounts
    FROM job_queue x JOIN account_region y ON y.id = x.account_region GROUP BY x.name
  ) s ON s.name = q.name;

-- The same of a compute environment.
CREATE VIEW named_environment AS
  SELECT e.id AS id, e.name || CASE
      WHEN s.alike = 1 THEN ''
      WHEN s.regions = s.alike THEN ' · ' || g.region
      WHEN s.accounts = s.alike THEN ' · ' || g.account
      ELSE ' · ' || g.account || ' ' || g.region
    END AS name
  FROM compute_environment e
  JOIN account_region g ON g.id = e.account_region
  JOIN (
    SELECT x.name AS name, COUNT(*) AS alike, COUNT(DISTINCT y.region) AS regions, COUNT(DISTINCT y.account) AS accounts
    FROM compute_environment x JOIN account_region y ON y.id = x.account_region GROUP BY x.name
  ) s ON s.name = e.name;

-- Days on which attempts began that run where the ledger has no prices: EKS, SageMaker.
CREATE VIEW unpriced_platform_day AS
  SELECT DISTINCT started_at_ms / 86400000 AS day FROM attempt WHERE platform > 1 AND started_at_ms IS NOT NULL;

-- What a day of the calendar cost, nanodollars. A day on which nothing ran cost 0, one of which nothing is priced is
-- NULL and `unknown` 1: where any day of a period is known, its cost is the sum of the days that are.
CREATE VIEW day_total AS
  SELECT k.day AS day, k.week AS week,
    CASE WHEN COUNT(d.day) = 0 AND u.day IS NULL THEN 0 ELSE SUM(d.cost) END AS cost,
    CASE WHEN COUNT(d.day) = 0 AND u.day IS NULL THEN 0
      ELSE SUM(CASE WHEN a.kind = 'unused' THEN 0 ELSE d.cost END) END AS work,
    CASE WHEN COUNT(d.day) = 0 AND u.day IS NULL THEN 0
      ELSE SUM(CASE WHEN a.kind = 'unused' THEN d.cost ELSE 0 END) END AS unused,
    SUM(CASE WHEN a.name = 'unused.packing' THEN d.cost ELSE 0 END) AS packing,
    CASE WHEN COUNT(d.day) = 0 AND u.day IS NULL THEN 0 ELSE 1 END AS ran
  FROM calendar k
  LEFT JOIN daily_cost d ON d.day = k.day
  LEFT JOIN ledger_account a ON a.id = d.account
  LEFT JOIN (SELECT day FROM unplaced UNION SELECT day FROM unpriced_platform_day) u ON u.day = k.day
  GROUP BY k.day, k.week, u.day;

-- What Spot saved, and what was lost: net = gross − lost − rerun, nanodollars. One row a Spot resource and day, and one a
-- re-run on On-Demand and day, which belongs to the resource on which its job was lost last.
--   cost        paid for Spot, NULL where unpriced
--   compared    the part of it whose resource has both prices;  on_demand the same billed time at On-Demand rates
--   gross       on_demand − compared
--   lost        attempts that were lost with their host, run again or given up
--   rerun       what re-runs on On-Demand cost beyond Spot;  is_rerun 1: the row is a re-run
CREATE VIEW spot_net AS
  SELECT s.day AS day, s.resource AS resource, r.kind AS kind, r.instance_type AS instance_type,
    CASE WHEN r.kind = 'instance' THEN r.zone END AS zone, s.billed_ms AS billed_ms, s.unpriced_ms AS unpriced_ms,
    s.cost AS cost,
    CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.cost ELSE 0 END AS compared,
    CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand ELSE 0 END AS on_demand,
    CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand - s.cost ELSE 0 END AS gross,
    s.lost AS lost,
    0 AS rerun,
    CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand - s.cost ELSE 0 END - s.lost AS net,
    0 AS is_rerun
  FROM resource_day s
  JOIN resource r ON r.id = s.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE o.name IN ('spot', 'fargate-spot')
  UNION ALL
  SELECT n.day, n.lost_on, r.kind, r.instance_type, CASE WHEN r.kind = 'instance' THEN r.zone END, 0, 0, NULL, 0, 0, 0, 0,
    n.cost - n.spot_cost, n.spot_cost - n.cost, 1
  FROM on_demand_run n
  JOIN resource r ON r.id = n.lost_on
  WHERE n.rerun = 1 AND n.spot_cost IS NOT NULL;

-- Lost work is read off the rollups: `resource_day.lost` and the outcomes of `daily_cost`.
DROP TABLE spot_loss;

-- Steps between two weeks as codes and figures; their words are the report's.
DROP TABLE bridge;
CREATE TABLE bridge (
  first_day INTEGER NOT NULL,            -- of the seven days
  place INTEGER NOT NULL,                -- order of the steps, from 1
  factor TEXT NOT NULL,                  -- volume, size, price, purchase option, mix, unused, retries
  now REAL,                              -- the figure behind it, of these days: see the query bridge; NULL: there is none
  before REAL,                           -- … and of the seven before
  from_cost INTEGER NOT NULL,
  to_cost INTEGER NOT NULL,              -- the next step's from_cost
  PRIMARY KEY (first_day, place)
) STRICT, WITHOUT ROWID;

-- Weeks of which each day is known and over. The last of them is what reports, checks and notebooks are about where no
-- period is asked for.
CREATE VIEW whole_week AS
  SELECT week AS week, MIN(day) AS first_day, MAX(day) + 1 AS end_day, MIN(date) AS first_date
  FROM calendar
  GROUP BY week
  HAVING COUNT(*) = 7 AND MAX(until) IS NULL;
