-- Attempts within the life of their instance (§3).
-- by instance_id
WITH
step (instance_id, attempt, pulled, started, begins, runs, ends, milli_vcpus, memory_mib, gpus, is_node) AS (
  SELECT
    p.instance_id, p.attempt, p.pulled, p.started,
    CASE WHEN p.pulled < i.started THEN i.started ELSE p.pulled END,
    CASE WHEN p.started < i.started THEN i.started WHEN p.started > i.stopped THEN i.stopped ELSE p.started END,
    CASE WHEN p.stopped > i.stopped THEN i.stopped ELSE p.stopped END,
    CASE WHEN p.is_node = 1 THEN i.milli_vcpus ELSE p.milli_vcpus END,
    CASE WHEN p.is_node = 1 THEN i.memory_mib ELSE p.memory_mib END,
    CASE WHEN p.is_node = 1 THEN i.gpus ELSE p.gpus END,
    p.is_node
  FROM placed p
  JOIN instance i ON i.instance_id = p.instance_id
  WHERE p.pulled < i.stopped AND p.stopped > i.started AND p.pulled < p.stopped
)
SELECT instance_id, attempt, pulled, started, begins, runs, ends, milli_vcpus, memory_mib, gpus, is_node
FROM step
