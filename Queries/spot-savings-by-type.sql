-- What Spot saved, by instance type.
-- A row is an instance type, most expensive at On-Demand rates first; one row is Fargate Spot.
--   cost_usd         paid;  on_demand_usd the same billed time at On-Demand rates; both NULL unless both prices are known
--   lost_usd         attempts that were lost with their host;  rerun_usd what re-runs cost On-Demand beyond Spot; of resources
--                    that have both prices
--   net_usd          gross − lost − rerun, all of the same resources; NULL if none has both prices. The rows add up to net_usd of
--                    the query spot-audit
--   is_at_most       1: a re-run has no such price, and net_usd is at most this
--   saved_share      gross (on_demand − cost) ÷ on_demand;  net_share net ÷ on_demand
--   kept_share, lost_share   cost without lost work, and lost work, as shares of on_demand
--   is_dearer        1: net is negative; 0 also if there is nothing to compare
SELECT
  COALESCE(s.instance_type, 'Fargate Spot') AS instance_type,
  SUM(s.compared) AS cost_nanodollars,
  NULLIF(SUM(s.lost), CASE WHEN COUNT(s.lost) < COUNT(*) THEN 0 END) AS lost_nanodollars,
  NULLIF(SUM(s.rerun), CASE WHEN COUNT(s.rerun) < COUNT(*) THEN 0 END) AS rerun_nanodollars,
  SUM(s.net) AS net_nanodollars,
  MAX(s.is_bound) AS is_at_most,
  SUM(s.on_demand) AS on_demand_nanodollars,
  SUM(s.gross) * 1e0 / NULLIF(SUM(s.on_demand), 0) AS saved_share,
  SUM(s.net) * 1e0 / NULLIF(SUM(s.on_demand), 0) AS net_share,
  SUM(CASE WHEN s.on_demand > 0 THEN s.compared - s.lost ELSE 0 END) * 1e0 / NULLIF(SUM(s.on_demand), 0) AS kept_share,
  SUM(s.lost) * 1e0 / NULLIF(SUM(s.on_demand), 0) AS lost_share,
  CASE WHEN SUM(s.on_demand) > 0 AND SUM(s.net) < 0 THEN 1 ELSE 0 END AS is_dearer
FROM spot_net s
JOIN calendar k ON k.day = s.day
WHERE k.date >= :from AND k.date < :to
GROUP BY COALESCE(s.instance_type, 'Fargate Spot')
HAVING SUM(s.cost) <> 0 OR SUM(s.on_demand) <> 0 OR SUM(s.lost) <> 0 OR SUM(s.rerun) <> 0 OR MAX(s.is_bound) = 1
  OR MIN(s.is_compared) = 0
ORDER BY on_demand_nanodollars DESC, instance_type
