-- Spot instances that EC2 reclaimed, by zone and by instance type.
-- A row is a zone or an instance type with at least ten instance-hours on Spot.
--   kind                `By zone`, `By instance type`;  name
--   reclaims, hours     proven by an event or by CloudTrail; instance-hours
--   per_100_hours       reclaims a hundred instance-hours;  all_per_100_hours of all Spot
--   low, high           95 % interval of the row (Poisson, Byar's approximation)
--   low_wide, high_wide the same widened for all rows looked at (Bonferroni): outside it a row stands out
WITH pool AS (
  SELECT r.zone AS zone, r.instance_type AS instance_type, r.id AS resource, SUM(x.billed_ms) AS ms,
    MAX(CASE WHEN r.interrupted = 1 AND r.stopped_at_ms < (x.day + 1) * 86400000 THEN 1 ELSE 0 END) AS reclaimed
  FROM resource_day x
  JOIN calendar k ON k.day = x.day
  JOIN resource r ON r.id = x.resource
  JOIN purchase_option o ON o.id = x.purchase_option
  WHERE k.date >= :from AND k.date < :to AND o.name = 'spot' AND r.kind = 'instance'
  GROUP BY r.zone, r.instance_type, r.id
),
grouped AS (
  SELECT 1 AS part, 'By zone' AS kind, zone AS name, SUM(reclaimed) AS reclaims, SUM(ms) / 3600000.0 AS hours
  FROM pool GROUP BY zone
  UNION ALL
  SELECT 2, 'By instance type', instance_type, SUM(reclaimed), SUM(ms) / 3600000.0 FROM pool GROUP BY instance_type
),
shown AS (
  SELECT part, kind, name, reclaims, hours,
    SQRT(-2 * LN(0.025 / COUNT(*) OVER ())) AS t
  FROM grouped
  WHERE hours >= 10 AND name IS NOT NULL
),
-- The normal quantile by Abramowitz and Stegun 26.2.23.
widened AS (
  SELECT part, kind, name, reclaims, hours, reclaims * 1.0 AS n, reclaims + 1.0 AS m, 1.959964 AS z,
    t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t) AS zw
  FROM shown
),
bounds AS (
  SELECT part, kind, name, reclaims, hours, n, m,
    CASE WHEN n = 0 THEN 0 ELSE 1 - 1 / (9 * n) - z / (3 * SQRT(n)) END AS low,
    1 - 1 / (9 * m) + z / (3 * SQRT(m)) AS high,
    CASE WHEN n = 0 THEN 0 ELSE 1 - 1 / (9 * n) - zw / (3 * SQRT(n)) END AS low_wide,
    1 - 1 / (9 * m) + zw / (3 * SQRT(m)) AS high_wide
  FROM widened
)
SELECT
  kind AS kind,
  name AS name,
  reclaims AS reclaims,
  hours AS hours,
  reclaims * 100.0 / hours AS per_100_hours,
  (SELECT SUM(reclaimed) FROM pool) * 360000000.0 / (SELECT SUM(ms) FROM pool) AS all_per_100_hours,
  CASE WHEN low > 0 THEN n * low * low * low * 100 / hours ELSE 0 END AS low,
  m * high * high * high * 100 / hours AS high,
  CASE WHEN low_wide > 0 THEN n * low_wide * low_wide * low_wide * 100 / hours ELSE 0 END AS low_wide,
  m * high_wide * high_wide * high_wide * 100 / hours AS high_wide
FROM bounds
ORDER BY part, per_100_hours DESC, name
