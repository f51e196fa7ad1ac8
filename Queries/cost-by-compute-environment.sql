-- Cost by compute environment.
-- A row is a compute environment with all its charges.
--   compute_environment   NULL if no source names it
--   cost_usd              = attempt_usd + startup_usd + unused_usd, each 0 if there was none, NULL if it has no price
--   on_demand_usd         the same billed time at On-Demand rates, for postings with a price and an On-Demand price
--   instances             EC2 instances that ran in the period
SELECT
  e.name AS compute_environment,
  SUM(d.cost) AS cost_nanodollars,
  NULLIF(SUM(d.attempt), CASE WHEN COUNT(d.attempt) < COUNT(*) THEN 0 END) AS attempt_nanodollars,
  NULLIF(SUM(d.startup), CASE WHEN COUNT(d.startup) < COUNT(*) THEN 0 END) AS startup_nanodollars,
  NULLIF(SUM(d.unused), CASE WHEN COUNT(d.unused) < COUNT(*) THEN 0 END) AS unused_nanodollars,
  SUM(d.on_demand) AS on_demand_nanodollars,
  COALESCE(MAX(i.instances), 0) AS instances
FROM daily_part d
JOIN calendar k ON k.day = d.day
LEFT JOIN named_environment e ON e.id = d.compute_environment
LEFT JOIN (
  SELECT COALESCE(r.compute_environment, 0) AS environment, COUNT(DISTINCT r.id) AS instances
  FROM resource_day s JOIN resource r ON r.id = s.resource JOIN calendar c ON c.day = s.day
  WHERE r.kind = 'instance' AND c.date >= :from AND c.date < :to
  GROUP BY COALESCE(r.compute_environment, 0)
) i ON i.environment = COALESCE(d.compute_environment, 0)
WHERE k.date >= :from AND k.date < :to
GROUP BY e.id, e.name
ORDER BY cost_nanodollars DESC, e.name NULLS FIRST
