-- What ECS says about instances.
-- by instance_id
WITH
registered (
  instance_id, account_region, instance_type, zone, operating_system, registered_at_ms, environment, option
) AS (
  SELECT
    COALESCE(c.instance_id, n.instance_id), k.account_region, c.instance_type, c.zone, c.operating_system,
    c.registered_at_ms, e.id,
    CASE e.capacity_option WHEN 'ON_DEMAND' THEN 'EC2' WHEN 'SPOT' THEN 'SPOT' ELSE e.resource_type END
  FROM container_instance c
  JOIN cluster k ON k.id = c.cluster
  JOIN account_region r ON r.id = k.account_region
  LEFT JOIN named n ON n.registration = c.id
  LEFT JOIN compute_environment e ON SUBSTR(
    e.cluster_arn, LENGTH(e.cluster_arn) - LENGTH(r.region || ':' || r.account || ':cluster/' || k.name)
  ) = ':' || r.region || ':' || r.account || ':cluster/' || k.name
),
step (
  instance_id, account_region, instance_type, zone, operating_system, registered_at_ms, environment, option
) AS (
  SELECT
    instance_id, MIN(account_region), MIN(instance_type), MIN(zone), MIN(operating_system), MIN(registered_at_ms),
    MIN(environment), MAX(option)
  FROM registered
  WHERE instance_id IS NOT NULL
  GROUP BY instance_id
)
SELECT instance_id, account_region, instance_type, zone, operating_system, registered_at_ms, environment, option
FROM step
