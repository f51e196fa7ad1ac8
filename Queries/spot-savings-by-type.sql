-- What Spot saved, by instance type, the largest On-Demand equivalent first.
-- A row is an instance type bought on Spot, and one is Fargate Spot.
--   cost_usd, on_demand_usd      paid, and the same billed time at On-Demand rates, where both are known
--   lost_usd                     the part of cost_usd that went to attempts whose host went away and that were run again
--   saved_share, net_share       1 − cost ÷ On-Demand; the same after lost work
--   kept_share, lost_share       cost without lost work, and lost work, of the On-Demand equivalent
WITH priced AS (
  SELECT COALESCE(r.instance_type, 'Fargate') AS instance_type,
    SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN x.cost ELSE 0 END) AS cost,
    SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN x.on_demand ELSE 0 END) AS on_demand,
    SUM(x.lost) AS lost
  FROM resource_day x
  JOIN calendar k ON k.day = x.day
  JOIN resource r ON r.id = x.resource
  JOIN purchase_option o ON o.id = x.purchase_option
  WHERE k.date >= :from AND k.date < :to AND o.name IN ('spot', 'fargate-spot')
  GROUP BY COALESCE(r.instance_type, 'Fargate')
)
SELECT
  instance_type AS instance_type,
  cost AS cost_nanodollars,
  lost AS lost_nanodollars,
  on_demand AS on_demand_nanodollars,
  1 - cost * 1.0 / NULLIF(on_demand, 0) AS saved_share,
  1 - (cost + lost) * 1.0 / NULLIF(on_demand, 0) AS net_share,
  (cost - lost) * 1.0 / NULLIF(on_demand, 0) AS kept_share,
  lost * 1.0 / NULLIF(on_demand, 0) AS lost_share
FROM priced
WHERE cost > 0 OR lost > 0
ORDER BY on_demand_nanodollars DESC, instance_type
