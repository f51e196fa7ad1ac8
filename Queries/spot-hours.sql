-- When we ran in the six most expensive Spot pools.
-- A row is the time of one Spot instance, cut off at the period's ends.
--   pool                      as in spot-pools
--   started_at, stopped_at    half-open
--   reclaimed                 1: EC2 took it back when it stopped, with proof
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
pools AS (
  SELECT r.instance_type AS instance_type, r.zone AS zone, SUM(s.cost) AS cost
  FROM resource_day s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  JOIN resource r ON r.id = s.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE o.name = 'spot' AND r.instance_type IS NOT NULL AND r.zone IS NOT NULL AND s.cost IS NOT NULL
  GROUP BY r.instance_type, r.zone
  ORDER BY cost DESC, r.instance_type, r.zone
  LIMIT 6
)
SELECT
  g.instance_type || ' ' || g.zone AS pool,
  CASE WHEN r.started_at_ms < p.first_day * 86400000 THEN p.first_day * 86400000 ELSE r.started_at_ms END
    AS started_at_ms,
  CASE WHEN r.stopped_at_ms > p.end_day * 86400000 THEN p.end_day * 86400000 ELSE r.stopped_at_ms END AS stopped_at_ms,
  CASE WHEN r.interrupted = 1 AND r.stopped_at_ms < p.end_day * 86400000 THEN 1 ELSE 0 END AS reclaimed
FROM pools g
CROSS JOIN period p
JOIN resource r ON r.instance_type = g.instance_type AND r.zone = g.zone
JOIN purchase_option o ON o.id = r.purchase_option AND o.name = 'spot'
WHERE r.started_at_ms < p.end_day * 86400000 AND r.stopped_at_ms > p.first_day * 86400000
ORDER BY g.cost DESC, g.instance_type, g.zone, r.started_at_ms, r.id
