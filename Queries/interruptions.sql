-- How often EC2 took Spot instances back, with intervals.
-- A row is a zone or an instance type: all zones, and types with 20 instance-hours or more in the period.
--   kind                      By zone, By instance type
--   reclaims                  instances that EC2 reclaimed in the period, with proof; hosts lost without proof are not
--                             among them
--   hours                     instance-hours on Spot
--   per_100_hours             reclaims in 100 instance-hours;  all_per_100_hours the same of all Spot
--   low, high                 exact Poisson 95 % interval of per_100_hours
--   low_wide, high_wide       widened so that the intervals of all rows hold at once (Bonferroni)
--   rows_compared             how many rows that is
--   stands_out                1: its widened interval leaves out the rate of all Spot
-- An interval takes reclaims as independent of each other; in truth EC2 takes several at once, so it is a little narrow.
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
spot AS (
  SELECT r.id AS id, r.zone AS zone, r.instance_type AS instance_type, SUM(s.billed_ms) AS ms,
    MAX(CASE
      WHEN r.interrupted = 1 AND r.stopped_at_ms >= p.first_day * 86400000 AND r.stopped_at_ms < p.end_day * 86400000
      THEN 1 ELSE 0
    END) AS reclaimed
  FROM resource_day s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  JOIN resource r ON r.id = s.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE o.name = 'spot'
  GROUP BY r.id, r.zone, r.instance_type
),
rates AS (
  SELECT 'By zone' AS kind, COALESCE(zone, 'unknown') AS name, SUM(reclaimed) AS reclaims, SUM(ms) AS ms
  FROM spot GROUP BY COALESCE(zone, 'unknown') HAVING SUM(ms) > 0
  UNION ALL
  SELECT 'By instance type', COALESCE(instance_type, 'unknown'), SUM(reclaimed), SUM(ms)
  FROM spot GROUP BY COALESCE(instance_type, 'unknown') HAVING SUM(ms) >= 72000000
),
whole AS (
  SELECT SUM(reclaimed) * 360000000.0 / NULLIF(SUM(ms), 0) AS per_100_hours FROM spot
),
family AS (
  SELECT COUNT(*) AS compared,
    (SELECT MIN(l.comparisons) FROM poisson_limit l WHERE l.comparisons >= (SELECT COUNT(*) FROM rates)) AS comparisons
  FROM rates
)
SELECT
  r.kind AS kind,
  r.name AS name,
  r.reclaims AS reclaims,
  r.ms / 3600000.0 AS hours,
  r.reclaims * 360000000.0 / r.ms AS per_100_hours,
  n.low * 360000000.0 / r.ms AS low,
  n.high * 360000000.0 / r.ms AS high,
  w.low * 360000000.0 / r.ms AS low_wide,
  w.high * 360000000.0 / r.ms AS high_wide,
  a.per_100_hours AS all_per_100_hours,
  f.compared AS rows_compared,
  CASE
    WHEN w.low * 360000000.0 / r.ms > a.per_100_hours OR w.high * 360000000.0 / r.ms < a.per_100_hours THEN 1 ELSE 0
  END AS stands_out
FROM rates r
CROSS JOIN whole a
CROSS JOIN family f
JOIN poisson_limit n ON n.comparisons = 1 AND n.count = r.reclaims
JOIN poisson_limit w ON w.comparisons = f.comparisons AND w.count = r.reclaims
ORDER BY r.kind DESC, per_100_hours DESC, r.name
