-- What Spot saved, by pool.
-- A row is a Spot pool (instance type × zone), or Fargate Spot. net =  gross − lost − rerun, as in the query
-- spot-audit, and the rows add up to it.
--   cost_usd        paid;  on_demand_usd the same billed time at On-Demand rates
--   gross_usd       on_demand − cost; what lacks a price or an On-Demand price is left out of all three, NULL if
--                   that is all
--   lost_usd        cost of attempts that were lost with their host
--   rerun_usd       what re-runs of jobs last lost here cost On-Demand beyond Spot
--   net_usd         gross − lost − rerun
--   instances       instances, or Fargate tasks, that ran in the period
--   interruptions   instances that EC2 reclaimed, with proof, and whose last day is in the period
SELECT
  s.instance_type AS instance_type,
  s.zone AS zone,
  CASE WHEN s.kind = 'instance' THEN 'spot' ELSE 'fargate-spot' END AS purchase_option,
  SUM(s.compared) AS cost_nanodollars,
  SUM(s.on_demand) AS on_demand_nanodollars,
  SUM(s.gross) AS gross_nanodollars,
  SUM(s.lost) AS lost_nanodollars,
  SUM(s.rerun) AS rerun_nanodollars,
  CASE WHEN COUNT(s.gross) > 0 OR SUM(s.net) <> 0 THEN SUM(s.net) END AS net_nanodollars,
  COUNT(DISTINCT CASE WHEN s.is_rerun = 0 THEN r.id END) AS instances,
  COUNT(DISTINCT CASE
    WHEN s.is_rerun = 0 AND r.interrupted = 1 AND r.stopped_at_ms < (k.day + 1) * 86400000 THEN r.id
  END) AS interruptions,
  SUM(s.billed_ms) / 3600000e0 AS instance_hours
FROM spot_net s
JOIN calendar k ON k.day = s.day
JOIN resource r ON r.id = s.resource
WHERE k.date >= :from AND k.date < :to
GROUP BY s.instance_type, s.zone, CASE WHEN s.kind = 'instance' THEN 'spot' ELSE 'fargate-spot' END
ORDER BY cost_nanodollars DESC, s.instance_type NULLS FIRST, zone NULLS FIRST
