-- Instances of Batch: what they are, their running span, billed seconds and capacity (§2.1, §2.2, §2.5, edges 3, 18,
-- 19, 21).
-- by instance_id
WITH
residents (instance_id, first_ms, last_ms) AS (
  SELECT instance_id, MIN(pulled), MAX(stopped) FROM placed WHERE instance_id IS NOT NULL GROUP BY instance_id
),
moments (instance_id, running, stopping, gone, requested, ended, reclaimed, requests, taken) AS (
  SELECT
    instance_id,
    MIN(CASE WHEN source = 'event' AND kind = 'running' THEN at_ms END),
    MIN(CASE WHEN source = 'event' AND kind IN ('shutting-down', 'stopping') THEN at_ms END),
    MIN(CASE WHEN source = 'event' AND kind IN ('terminated', 'stopped') THEN at_ms END),
    MIN(CASE WHEN kind = 'run-instances' THEN at_ms END),
    MIN(CASE WHEN kind IN ('terminate-instances', 'bid-evicted') THEN at_ms END),
    MAX(CASE WHEN kind IN ('interruption-warning', 'bid-evicted', 'spot-request-reclaimed', 'spot-request-taken')
      THEN 1 ELSE 0 END),
    MAX(CASE WHEN kind = 'spot-request' THEN 1 ELSE 0 END),
    MIN(CASE WHEN kind = 'spot-request-reclaimed' THEN at_ms END)
  FROM instance_event
  GROUP BY instance_id
),
batch_instance (instance_id) AS (
  SELECT instance_id FROM instance_description
  WHERE REPLACE(tags, '"AWSBatchServiceTag"', '') <> tags
    OR SUBSTR(auto_scaling_group, 1, 9) = 'AWSBatch-' AND REPLACE(auto_scaling_group, '-asg-', '') <> auto_scaling_group
  UNION
  SELECT instance_id FROM registration WHERE environment IS NOT NULL
  UNION
  SELECT n.instance_id FROM kubernetes_node n JOIN compute_environment e ON e.uuid = n.environment_uuid
  UNION
  SELECT instance_id FROM residents
  UNION
  SELECT claimed FROM ran WHERE claimed IS NOT NULL
),
told (
  instance_id, account_region, instance_type, zone, tenancy, product, is_spot, reclaimed, started, stopped,
  collected
) AS (
  SELECT
    b.instance_id,
    COALESCE(d.account_region, c.account_region, r.account_region),
    COALESCE(d.instance_type, c.instance_type, r.instance_type, n.instance_type),
    COALESCE(d.zone, c.zone, r.zone, n.zone),
    COALESCE(d.tenancy, c.tenancy, 'default'),
    COALESCE(
      d.platform_details, c.platform_details,
      CASE COALESCE(d.usage_operation, c.usage_operation)
        WHEN 'RunInstances:0002' THEN 'Windows' WHEN 'RunInstances:0010' THEN 'Red Hat Enterprise Linux'
        WHEN 'RunInstances:1010' THEN 'Red Hat Enterprise Linux with HA' WHEN 'RunInstances:0g00' THEN 'Ubuntu Pro'
        WHEN 'RunInstances:000g' THEN 'SUSE Linux' WHEN 'RunInstances' THEN 'Linux/UNIX' END,
      COALESCE(d.usage_operation, c.usage_operation),
      CASE WHEN r.operating_system = 'windows' THEN 'Windows' ELSE 'Linux/UNIX' END),
    CASE
      WHEN d.instance_id IS NOT NULL OR c.instance_id IS NOT NULL
        THEN CASE COALESCE(d.lifecycle, c.lifecycle, 'on-demand') WHEN 'spot' THEN 1 WHEN 'on-demand' THEN 0 ELSE 2 END
      WHEN m.requests = 1 THEN 1
      WHEN r.option = 'SPOT' THEN 1
      WHEN r.option = 'EC2' THEN 0
      ELSE 2
    END,
    CASE WHEN m.reclaimed = 1 OR d.state_reason = 'Server.SpotInstanceTermination' THEN 1 ELSE 0 END,
    COALESCE(m.running, d.launched_at_ms, m.requested, c.launched_at_ms, r.registered_at_ms, n.created_at_ms, w.first_ms),
    COALESCE(
      m.stopping, m.gone,
      CASE WHEN d.state IN ('stopping', 'stopped', 'shutting-down', 'terminated') THEN d.state_transition_at_ms END,
      m.ended, m.taken,
      CASE WHEN d.state IN ('pending', 'running') THEN q.at_ms END,
      w.last_ms, q.at_ms),
    q.at_ms
  FROM batch_instance b
  LEFT JOIN instance_description d ON d.instance_id = b.instance_id AND d.source = 'ec2'
  LEFT JOIN instance_description c ON c.instance_id = b.instance_id AND c.source = 'cloudtrail'
  LEFT JOIN registration r ON r.instance_id = b.instance_id
  LEFT JOIN kubernetes_node n ON n.instance_id = b.instance_id
  LEFT JOIN moments m ON m.instance_id = b.instance_id
  LEFT JOIN residents w ON w.instance_id = b.instance_id
  LEFT JOIN asked q ON q.account_region = COALESCE(d.account_region, c.account_region, r.account_region)
),
-- Nothing is charged beyond the time of collection (edge 31).
known (
  instance_id, account_region, instance_type, zone, tenancy, product, is_spot, reclaimed, started, stopped,
  collected
) AS (
  SELECT
    instance_id, account_region, instance_type, zone, tenancy, product, is_spot, reclaimed, started,
    CASE WHEN stopped > collected THEN collected ELSE stopped END, collected
  FROM told
  WHERE collected IS NULL OR started <= collected
),
spanned (
  instance_id, region, account_region, instance_type, zone, tenancy, product, operating_system, is_spot, is_free,
  is_reclaimed, started, stopped, ran_seconds, milli_vcpus, memory_mib, gpus
) AS (
  SELECT
    k.instance_id, g.region, k.account_region, k.instance_type, k.zone,
    CASE k.tenancy WHEN 'dedicated' THEN 'Dedicated' WHEN 'host' THEN 'Host' ELSE 'Shared' END,
    CASE REPLACE(k.product, ' (Amazon VPC)', '') WHEN 'Ubuntu Pro' THEN 'Linux/UNIX' WHEN 'Ubuntu Pro Linux' THEN 'Linux/UNIX'
      ELSE REPLACE(k.product, ' (Amazon VPC)', '') END,
    CASE REPLACE(k.product, ' (Amazon VPC)', '') WHEN 'Linux/UNIX' THEN 'Linux' WHEN 'SUSE Linux' THEN 'SUSE'
      WHEN 'Red Hat Enterprise Linux' THEN 'RHEL' WHEN 'Ubuntu Pro Linux' THEN 'Ubuntu Pro'
      ELSE REPLACE(k.product, ' (Amazon VPC)', '') END,
    k.is_spot,
    CASE WHEN k.is_spot = 1 AND k.reclaimed = 1 AND k.stopped - k.started < 3600000 THEN 1 ELSE 0 END,
    CASE WHEN k.is_spot = 1 AND k.reclaimed = 1 THEN 1 ELSE 0 END,
    k.started,
    CASE WHEN k.stopped < k.started THEN k.started ELSE k.stopped END,
    CASE
      WHEN k.stopped <= k.started THEN 0
      ELSE CAST(ROUND((k.stopped - k.started + 999 - (k.stopped - k.started + 999) % 1000) / 1000) AS BIGINT)
    END,
    -- A node's capacity for pods takes precedence over the type's.
    CASE WHEN n.milli_vcpus > 0 AND n.memory_mib > 0 THEN n.milli_vcpus ELSE y.milli_vcpus END,
    CASE WHEN n.milli_vcpus > 0 AND n.memory_mib > 0 THEN n.memory_mib ELSE y.memory_mib END,
    CASE WHEN n.milli_vcpus > 0 AND n.memory_mib > 0 THEN COALESCE(n.gpus, 0) ELSE y.gpus END
  FROM known k
  JOIN account_region g ON g.id = k.account_region
  JOIN instance_type y ON y.name = k.instance_type
  LEFT JOIN kubernetes_node n ON n.instance_id = k.instance_id
  WHERE k.started IS NOT NULL
),
step (
  instance_id, region, account_region, instance_type, zone, tenancy, product, operating_system, is_spot, is_free,
  started, stopped, milli_vcpus, memory_mib, gpus, capacity, seconds
) AS (
  SELECT
    instance_id, region, account_region, instance_type, zone, tenancy, product, operating_system, is_spot, is_free, started,
    stopped, milli_vcpus, memory_mib, gpus,
    1152 * milli_vcpus + 125 * memory_mib + 11520000 * gpus,
    CASE
      WHEN is_free = 1 THEN ran_seconds
      WHEN product = 'SUSE Linux' AND is_reclaimed = 1 THEN ran_seconds - ran_seconds % 3600
      WHEN product = 'SUSE Linux' AND ran_seconds <= 3600 THEN 3600
      WHEN product = 'SUSE Linux' THEN ran_seconds + 3599 - (ran_seconds + 3599) % 3600
      WHEN ran_seconds < 60 THEN 60
      ELSE ran_seconds
    END
  FROM spanned
)
SELECT 
  instance_id, region, account_region, instance_type, zone, tenancy, product, operating_system, is_spot, is_free,
  started, stopped, milli_vcpus, memory_mib, gpus, capacity, seconds
FROM step
