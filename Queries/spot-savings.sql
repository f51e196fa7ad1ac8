-- What Spot saved, by pool.
-- A row is a Spot pool (instance type × zone), or Fargate Spot. net =  gross − lost − rerun, as in the query
-- spot-audit, and the rows add up to it.
--   cost_usd        paid;  on_demand_usd the same billed time at On-Demand rates
--   gross_usd       on_demand − cost; what lacks a price or an On-Demand price is left out of all three, NULL if
--                   that is all
--   lost_usd        cost of attempts that were lost with their host, on instances that have both prices
--   rerun_usd       what re-runs of jobs last lost on those cost On-Demand beyond Spot
--   net_usd         gross − lost − rerun, all of the same instances; NULL if none has both prices
--   is_at_most      1: a re-run has no such price, and net_usd is at most this
--   instances       instances, or Fargate tasks, that ran in the period
--   interruptions   instances that EC2 reclaimed, with proof, and whose last day is in the period
SELECT
  s.instance_type AS instance_type,
  s.zone AS zone,
  CASE WHEN s.kind = 'instance' THEN 'spot' ELSE 'fargate-spot' END AS purchase_option,
  SUM(s.compared) AS cost_nanodollars,
  SUM(s.on_demand) AS on_demand_nanodollars,
  SUM(s.gross) AS gross_nanodollars,
  NULLIF(SUM(s.lost), CASE WHEN COUNT(s.lost) < COUNT(*) THEN 0 END) AS lost_nanodollars,
  NULLIF(SUM(s.rerun), CASE WHEN COUNT(s.rerun) < COUNT(*) THEN 0 END) AS rerun_nanodollars,
  SUM(s.net) AS net_nanodollars,
  MAX(s.is_bound) AS is_at_most,
  COUNT(DISTINCT CASE WHEN s.part = 'ran' THEN r.id END) AS instances,
  COUNT(DISTINCT CASE
    WHEN s.part = 'ran' AND r.interrupted = 1 AND r.stopped_at_ms < (k.day + 1) * 86400000 THEN r.id
  END) AS interruptions,
  SUM(s.billed_ms) / 3600000e0 AS instance_hours
FROM spot_net s
JOIN calendar k ON k.day = s.day
JOIN resource r ON r.id = s.resource
WHERE k.date >= :from AND k.date < :to
GROUP BY s.instance_type, s.zone, CASE WHEN s.kind = 'instance' THEN 'spot' ELSE 'fargate-spot' END
ORDER BY cost_nanodollars DESC, s.instance_type NULLS FIRST, zone NULLS FIRST
