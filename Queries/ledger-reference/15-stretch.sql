-- Spans of an instance's life during which nothing changes.
-- by instance_id
WITH
moment (instance_id, at_ms) AS (
  SELECT d.resource, d.starts FROM day_amount d JOIN instance i ON i.instance_id = d.resource
  UNION
  SELECT d.resource, d.ends FROM day_amount d JOIN instance i ON i.instance_id = d.resource
  UNION
  SELECT instance_id, begins FROM resident
  UNION
  SELECT instance_id, runs FROM resident
  UNION
  SELECT instance_id, ends FROM resident
),
step (instance_id, starts, ends) AS (
  SELECT instance_id, at_ms, LEAD(at_ms) OVER (PARTITION BY instance_id ORDER BY at_ms NULLS FIRST) FROM moment
)
SELECT instance_id, starts, ends
FROM step
