-- Spot pools by net saving: first those that cost more than they saved, then the largest savings.
-- A row is an instance type in a zone; one row is Fargate Spot. Pools without any of these amounts are left out.
--   cost_usd, on_demand_usd   paid, and the same billed time at On-Demand rates, of what has both prices; if nothing has, all
--                             that was paid, and NULL, as gross_usd is
--   gross_usd                 on_demand − cost
--   lost_usd                  attempts that were lost here with their host; NULL if no such host has both prices
--   rerun_usd                 what re-runs of jobs that were lost here last cost On-Demand beyond Spot; NULL alike, or if no
--                             re-run has a Spot price
--   net_usd                   gross − lost − rerun, all of what has both prices; NULL if nothing has. All rows add up to
--                             net_usd of the query spot-audit
--   is_at_most                1: a re-run has no Spot price, and net_usd is at most this
--   is_dearer                 1: net is negative, so the pool cost more than it saved; 0 also if no On-Demand price is
--                             known: these come last
--   dearer_pools, dearer_usd  for all rows: how many are dearer, and their total net
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
pool AS (
  SELECT
    COALESCE(s.instance_type, 'Fargate Spot') AS instance_type,
    s.zone AS zone,
    COALESCE(SUM(s.compared), SUM(s.cost)) AS cost_nanodollars,
    SUM(s.on_demand) AS on_demand_nanodollars,
    SUM(s.gross) AS gross_nanodollars,
    NULLIF(SUM(s.lost), CASE WHEN COUNT(s.lost) < COUNT(*) THEN 0 END) AS lost_nanodollars,
    NULLIF(SUM(s.rerun), CASE WHEN COUNT(s.rerun) < COUNT(*) THEN 0 END) AS rerun_nanodollars,
    SUM(s.net) AS net_nanodollars,
    MAX(s.is_bound) AS is_at_most
  FROM spot_net s JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  GROUP BY COALESCE(s.instance_type, 'Fargate Spot'), s.zone
  HAVING SUM(s.cost) <> 0 OR SUM(s.on_demand) <> 0 OR SUM(s.lost) <> 0 OR SUM(s.rerun) <> 0 OR MAX(s.is_bound) = 1
    OR MIN(s.is_compared) = 0
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
  p.is_at_most AS is_at_most,
  CASE WHEN p.net_nanodollars < 0 AND p.on_demand_nanodollars > 0 THEN 1 ELSE 0 END AS is_dearer,
  SUM(CASE WHEN p.net_nanodollars < 0 AND p.on_demand_nanodollars > 0 THEN 1 ELSE 0 END) OVER () AS dearer_pools,
  SUM(CASE WHEN p.net_nanodollars < 0 AND p.on_demand_nanodollars > 0 THEN p.net_nanodollars ELSE 0 END) OVER ()
    AS dearer_nanodollars
FROM pool p
ORDER BY CASE WHEN p.on_demand_nanodollars > 0 THEN 0 ELSE 1 END,
  CASE WHEN p.net_nanodollars < 0 THEN p.net_nanodollars ELSE 0 END NULLS FIRST, p.net_nanodollars DESC, p.instance_type, p.zone NULLS FIRST
