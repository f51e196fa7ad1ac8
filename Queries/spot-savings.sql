-- What Spot saved, by pool.
-- A row is a Spot pool (instance type × zone), and one is Fargate Spot.
--   cost_usd        paid;  on_demand_usd the same billed time at On-Demand rates
--   gross_usd       on_demand − cost; instances that are unpriced or have no On-Demand price are left out of all three
--   lost_usd        cost of attempts whose host went away and that were run again
--   net_usd         gross − lost; what re-runs on On-Demand cost beyond that is in the Spot audit
--   instances       instances, or Fargate tasks, that ran in the period
--   interruptions   those that EC2 proved to have reclaimed, and whose last day lies in the period
SELECT
  r.instance_type AS instance_type,
  CASE WHEN r.kind = 'instance' THEN r.zone END AS zone,
  o.name AS purchase_option,
  SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.cost ELSE 0 END) AS cost_nanodollars,
  SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand ELSE 0 END) AS on_demand_nanodollars,
  SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand - s.cost ELSE 0 END) AS gross_nanodollars,
  SUM(s.lost) AS lost_nanodollars,
  SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand - s.cost ELSE 0 END) - SUM(s.lost)
    AS net_nanodollars,
  COUNT(DISTINCT r.id) AS instances,
  COUNT(DISTINCT CASE WHEN r.interrupted = 1 AND r.stopped_at_ms < (k.day + 1) * 86400000 THEN r.id END) AS interruptions,
  SUM(s.billed_ms) / 3600000.0 AS instance_hours
FROM resource_day s
JOIN calendar k ON k.day = s.day
JOIN resource r ON r.id = s.resource
JOIN purchase_option o ON o.id = r.purchase_option
WHERE k.date >= :from AND k.date < :to AND o.name IN ('spot', 'fargate-spot')
GROUP BY r.instance_type, CASE WHEN r.kind = 'instance' THEN r.zone END, o.id, o.name
ORDER BY cost_nanodollars DESC, r.instance_type, zone
