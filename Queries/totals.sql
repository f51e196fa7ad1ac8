-- Totals of the period.
-- One row. cost = attempt + startup + unused, to the nanodollar.
--   from, to            days, from inclusive, to exclusive
--   cost_usd            everything charged; unpriced time is left out and counted in unpriced_seconds. 0 if nothing ran on
--                       the days in the data, NULL if nothing is priced
--   attempt_usd         shares that attempts reserved while they ran
--   startup_usd         the same from image pull to start
--   unused_usd          capacity paid for that no attempt reserved; each part is 0 if there was none, NULL if it has no price
--   on_demand_usd       the same billed time at On-Demand rates, for what has both prices: see below
--   compared_usd        the part of cost_usd to compare it with; on_demand − compared is the gross saving
--   left_out_usd        the rest of cost_usd: resources without an On-Demand price, or without a price for all of their time
--   unpriced_seconds    billed seconds without a price
--   unplaced_seconds    seconds of attempts whose instance is unknown
--   open_seconds        billed seconds of what was still running at collection
--   jobs, attempts      attempts that began in the period, and jobs whose first attempt did; array children count, parents
--                       do not; a multi-node job counts as one job, with an attempt per node
--   instances           EC2 instances that ran in the period
-- Both prices: all billed time of the instance or task has a price, and its type has an On-Demand price. This holds here, in
-- the Spot audit and its tables, and in the query focus. FOCUS requires a ListCost in every row: the export lists what is left
-- out at its cost, so its ListCost adds up to on_demand + left_out.
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
ran AS (
  SELECT SUM(t.ran) AS days
  FROM day_total t JOIN period p ON t.day >= p.first_day AND t.day < p.end_day
),
posted AS (
  SELECT
    CASE WHEN (SELECT days FROM ran) = 0 THEN 0 ELSE SUM(d.cost) END AS cost,
    CASE WHEN (SELECT days FROM ran) = 0 THEN 0
      ELSE NULLIF(SUM(d.attempt), CASE WHEN COUNT(d.attempt) < COUNT(*) THEN 0 END) END AS attempt,
    CASE WHEN (SELECT days FROM ran) = 0 THEN 0
      ELSE NULLIF(SUM(d.startup), CASE WHEN COUNT(d.startup) < COUNT(*) THEN 0 END) END AS startup,
    CASE WHEN (SELECT days FROM ran) = 0 THEN 0
      ELSE NULLIF(SUM(d.unused), CASE WHEN COUNT(d.unused) < COUNT(*) THEN 0 END) END AS unused
  FROM daily_part d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
),
billed AS (
  SELECT
    SUM(r.unpriced_ms) AS unpriced_ms,
    SUM(r.open_ms) AS open_ms,
    SUM(CASE WHEN s.unpriced_ms = 0 THEN r.on_demand END) AS on_demand,
    SUM(CASE WHEN s.unpriced_ms = 0 AND s.on_demand IS NOT NULL THEN r.cost END) AS compared,
    COUNT(DISTINCT CASE WHEN s.kind = 'instance' THEN r.resource END) AS instances
  FROM resource_day r
  JOIN period p ON r.day >= p.first_day AND r.day < p.end_day
  JOIN resource s ON s.id = r.resource
),
begun AS (
  SELECT COALESCE(SUM(t.attempts), 0) AS attempts, SUM(t.jobs) AS jobs
  FROM start_day t
  JOIN period p ON t.day >= p.first_day AND t.day < p.end_day
),
missing AS (
  SELECT SUM(u.ms) AS unplaced_ms FROM unplaced u JOIN period p ON u.day >= p.first_day AND u.day < p.end_day
)
SELECT
  posted.cost AS cost_nanodollars,
  posted.attempt AS attempt_nanodollars,
  posted.startup AS startup_nanodollars,
  posted.unused AS unused_nanodollars,
  billed.on_demand AS on_demand_nanodollars,
  CASE WHEN posted.cost IS NOT NULL THEN COALESCE(billed.compared, 0) END AS compared_nanodollars,
  posted.cost - COALESCE(billed.compared, 0) AS left_out_nanodollars,
  COALESCE(billed.unpriced_ms, 0) / 1000e0 AS unpriced_seconds,
  COALESCE(missing.unplaced_ms, 0) / 1000e0 AS unplaced_seconds,
  COALESCE(billed.open_ms, 0) / 1000e0 AS open_seconds,
  COALESCE(begun.jobs, 0) AS jobs,
  begun.attempts AS attempts,
  billed.instances AS instances
FROM posted CROSS JOIN billed CROSS JOIN begun CROSS JOIN missing
