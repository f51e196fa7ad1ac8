-- What Spot saved, by instance type.
-- A row is an instance type, and one is Fargate Spot; dearest at On-Demand rates first.
--   cost_usd         paid;  on_demand_usd the same billed time at On-Demand rates; both only where both prices are known
--   lost_usd         attempts that were lost with their host and run again
--   saved_share      (on_demand − cost) ÷ on_demand;  net_share after lost work, before re-runs on On-Demand
--   kept_share, lost_share   cost without lost work, and lost work, of on_demand
--   is_dearer        1: lost work took more than was saved; 0 too where there is nothing to compare
SELECT
  COALESCE(r.instance_type, 'Fargate Spot') AS instance_type,
  SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.cost ELSE 0 END) AS cost_nanodollars,
  SUM(s.lost) AS lost_nanodollars,
  SUM(CASE WHEN r.unpriced_ms = 0 THEN s.on_demand ELSE 0 END) AS on_demand_nanodollars,
  SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand - s.cost ELSE 0 END) * 1.0
    / NULLIF(SUM(CASE WHEN r.unpriced_ms = 0 THEN s.on_demand ELSE 0 END), 0) AS saved_share,
  SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand - s.cost - s.lost ELSE -s.lost END) * 1.0
    / NULLIF(SUM(CASE WHEN r.unpriced_ms = 0 THEN s.on_demand ELSE 0 END), 0) AS net_share,
  SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.cost - s.lost ELSE 0 END) * 1.0
    / NULLIF(SUM(CASE WHEN r.unpriced_ms = 0 THEN s.on_demand ELSE 0 END), 0) AS kept_share,
  SUM(s.lost) * 1.0 / NULLIF(SUM(CASE WHEN r.unpriced_ms = 0 THEN s.on_demand ELSE 0 END), 0) AS lost_share,
  CASE
    WHEN SUM(CASE WHEN r.unpriced_ms = 0 THEN s.on_demand END)
      < SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.cost + s.lost ELSE s.lost END) THEN 1
    ELSE 0
  END AS is_dearer
FROM resource_day s
JOIN calendar k ON k.day = s.day
JOIN resource r ON r.id = s.resource
JOIN purchase_option o ON o.id = r.purchase_option
WHERE k.date >= :from AND k.date < :to AND o.name IN ('spot', 'fargate-spot')
GROUP BY COALESCE(r.instance_type, 'Fargate Spot')
ORDER BY on_demand_nanodollars DESC, instance_type
