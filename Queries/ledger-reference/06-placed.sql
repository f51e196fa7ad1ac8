-- Attempts on instances and the instance that each ran on; NULL if it is unknown.
-- by instance_id
WITH
step (
  attempt, instance_id, pulled, started, stopped, milli_vcpus, memory_mib, used_milli_vcpus, used_memory_mib, gpus, is_node
) AS (
  SELECT
    r.attempt, COALESCE(r.claimed, n.instance_id), r.pulled, r.started, r.stopped, r.milli_vcpus, r.memory_mib,
    r.used_milli_vcpus, r.used_memory_mib, r.gpus, r.is_node
  FROM ran r
  LEFT JOIN named n ON n.registration = r.registration
  WHERE r.started IS NOT NULL AND (r.collected IS NULL OR r.started <= r.collected)
)
SELECT
  attempt, instance_id, pulled, started, stopped, milli_vcpus, memory_mib, used_milli_vcpus, used_memory_mib, gpus, is_node
FROM step
