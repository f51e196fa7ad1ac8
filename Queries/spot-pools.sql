-- The six most expensive Spot pools.
-- A row is a pool (an instance type in a zone), most expensive first.
--   pool                 as in the queries spot-prices and spot-hours
--   cost_usd, hours      what was paid, for how many instance-hours
--   under_on_demand      (On-Demand equivalent − cost) ÷ On-Demand equivalent; NULL if no instance has both prices
--   low, high            the pool's Linux price in USD an hour, over the period
--   dear_usd             the part of cost_usd in hours when another zone's price for this type was lower;
--                        sibling_usd the same time at the lowest of these prices, had there been capacity
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
pools AS (
  SELECT r.instance_type AS instance_type, r.zone AS zone, SUM(s.cost) AS cost, SUM(s.billed_ms) AS ms,
    SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.cost END) AS compared,
    SUM(CASE WHEN r.unpriced_ms = 0 THEN s.on_demand END) AS on_demand
  FROM resource_day s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  JOIN resource r ON r.id = s.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE o.name = 'spot' AND r.instance_type IS NOT NULL AND r.zone IS NOT NULL AND s.cost IS NOT NULL
  GROUP BY r.instance_type, r.zone
  ORDER BY cost DESC, r.instance_type, r.zone
  LIMIT 6
),
prices AS (
  SELECT g.instance_type AS instance_type, g.zone AS zone, MIN(v.rate) AS low, MAX(v.rate) AS high
  FROM pools g
  CROSS JOIN period p
  JOIN spot_price v ON v.instance_type = g.instance_type AND v.zone = g.zone AND v.product = 'Linux/UNIX'
  WHERE v.at_ms < p.end_day * 86400000 AND v.at_ms >= COALESCE(
    (SELECT MAX(b.at_ms) FROM spot_price b
      WHERE b.instance_type = g.instance_type AND b.zone = g.zone AND b.product = 'Linux/UNIX'
        AND b.at_ms <= p.first_day * 86400000), 0)
  GROUP BY g.instance_type, g.zone
),
dear AS (
  SELECT d.instance_type AS instance_type, d.zone AS zone, SUM(d.cost) AS cost, SUM(d.sibling_cost) AS sibling_cost
  FROM dear_pool d JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  GROUP BY d.instance_type, d.zone
)
SELECT
  g.instance_type || ' ' || g.zone AS pool,
  g.instance_type AS instance_type,
  g.zone AS zone,
  g.cost AS cost_nanodollars,
  g.ms / 3600000e0 AS hours,
  (g.on_demand - g.compared) * 1e0 / NULLIF(g.on_demand, 0) AS under_on_demand,
  v.low / 1000000000e0 AS low,
  v.high / 1000000000e0 AS high,
  COALESCE(d.cost, 0) AS dear_nanodollars,
  COALESCE(d.sibling_cost, 0) AS sibling_nanodollars
FROM pools g
LEFT JOIN prices v ON v.instance_type = g.instance_type AND v.zone = g.zone
LEFT JOIN dear d ON d.instance_type = g.instance_type AND d.zone = g.zone
ORDER BY g.cost DESC, g.instance_type, g.zone
