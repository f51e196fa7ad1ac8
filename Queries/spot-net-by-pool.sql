-- Spot pools by what they saved in the end: those that cost more than they saved come first.
-- A row is an instance type in a zone, and one is Fargate Spot; left out is what has none of these amounts.
--   cost_usd, on_demand_usd   paid, and the same billed time at On-Demand rates, where both prices are known
--   gross_usd                 on_demand − cost
--   lost_usd                  attempts that were lost here with their host and run again
--   rerun_usd                 what re-runs of jobs that were lost here last cost On-Demand beyond Spot
--   net_usd                   gross − lost − rerun; the sum of all rows is net_usd of the query spot-audit
--   is_dearer                 1: net is negative, the pool cost more than it saved; 0 also where no On-Demand price
--                             is known: these come last
--   dearer_pools, dearer_usd  of all rows: how many are, and their net together
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
parts AS (
  SELECT s.resource AS resource,
    CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.cost ELSE 0 END AS cost,
    CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand ELSE 0 END AS on_demand,
    s.lost AS lost, 0 AS rerun
  FROM resource_day s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  JOIN resource r ON r.id = s.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE o.name IN ('spot', 'fargate-spot')
  UNION ALL
  SELECT n.lost_on, 0, 0, 0, n.cost - n.spot_cost
  FROM on_demand_run n JOIN period p ON n.day >= p.first_day AND n.day < p.end_day
  WHERE n.rerun = 1 AND n.spot_cost IS NOT NULL
),
pool AS (
  SELECT
    COALESCE(r.instance_type, 'Fargate Spot') AS instance_type,
    CASE WHEN r.kind = 'instance' THEN r.zone END AS zone,
    SUM(x.cost) AS cost_nanodollars,
    SUM(x.on_demand) AS on_demand_nanodollars,
    SUM(x.on_demand - x.cost) AS gross_nanodollars,
    SUM(x.lost) AS lost_nanodollars,
    SUM(x.rerun) AS rerun_nanodollars,
    SUM(x.on_demand - x.cost - x.lost - x.rerun) AS net_nanodollars
  FROM parts x
  JOIN resource r ON r.id = x.resource
  GROUP BY COALESCE(r.instance_type, 'Fargate Spot'), CASE WHEN r.kind = 'instance' THEN r.zone END
  HAVING SUM(x.cost) <> 0 OR SUM(x.on_demand) <> 0 OR SUM(x.lost) <> 0 OR SUM(x.rerun) <> 0
)
SELECT
  p.instance_type AS instance_type,
  p.zone AS zone,
  p.cost_nanodollars AS cost_nanodollars,
  p.on_demand_nanodollars AS on_demand_nanodollars,
  p.gross_nanodollars AS gross_nanodollars,
  p.lost_nanodollars AS lost_nanodollars,
  p.rerun_nanodollars AS rerun_nanodollars,
  p.net_nanodollars AS net_nanodollars,
  CASE WHEN p.net_nanodollars < 0 AND p.on_demand_nanodollars > 0 THEN 1 ELSE 0 END AS is_dearer,
  SUM(CASE WHEN p.net_nanodollars < 0 AND p.on_demand_nanodollars > 0 THEN 1 ELSE 0 END) OVER () AS dearer_pools,
  SUM(CASE WHEN p.net_nanodollars < 0 AND p.on_demand_nanodollars > 0 THEN p.net_nanodollars ELSE 0 END) OVER ()
    AS dearer_nanodollars
FROM pool p
ORDER BY CASE WHEN p.on_demand_nanodollars > 0 THEN 0 ELSE 1 END, p.net_nanodollars, p.instance_type, p.zone
