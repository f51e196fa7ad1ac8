-- Spot instances that EC2 reclaimed, by zone and by instance type.
-- A row is a zone or an instance type with at least ten instance-hours on Spot.
--   kind            `By zone`, `By instance type`;  name
--   reclaims        proven by an event or by CloudTrail;  hours instance-hours
--   per_100_hours   reclaims a hundred instance-hours
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
  SELECT 1 AS part, 'By zone' AS kind, zone AS name, SUM(reclaimed) AS reclaims, SUM(ms) AS ms FROM pool GROUP BY zone
  UNION ALL
  SELECT 2, 'By instance type', instance_type, SUM(reclaimed), SUM(ms) FROM pool GROUP BY instance_type
)
SELECT
  kind AS kind,
  name AS name,
  reclaims AS reclaims,
  ms / 3600000.0 AS hours,
  reclaims * 360000000.0 / ms AS per_100_hours
FROM grouped
WHERE ms >= 36000000 AND name IS NOT NULL
ORDER BY part, per_100_hours DESC, name
