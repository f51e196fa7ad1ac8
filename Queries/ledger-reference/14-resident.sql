-- Attempts within the life of their instance, and what they reserved or used, whichever is more (§3). Usage more than a
-- hundredth above what the host has is not a valid measurement (edge 4).
-- by instance_id
WITH
plausible (attempt, milli_vcpus, memory_mib) AS (
  SELECT p.attempt, p.used_milli_vcpus, p.used_memory_mib
  FROM placed p
  JOIN instance i ON i.instance_id = p.instance_id
  WHERE (p.used_milli_vcpus - i.milli_vcpus) * 100 <= i.milli_vcpus
    AND (p.used_memory_mib - i.memory_mib - 1) * 100 <= i.memory_mib
),
step (instance_id, attempt, pulled, started, begins, runs, ends, milli_vcpus, memory_mib, gpus, is_node) AS (
  SELECT
    p.instance_id, p.attempt, p.pulled, p.started,
    CASE WHEN p.pulled < i.started THEN i.started ELSE p.pulled END,
    CASE WHEN p.started < i.started THEN i.started WHEN p.started > i.stopped THEN i.stopped ELSE p.started END,
    CASE WHEN p.stopped > i.stopped THEN i.stopped ELSE p.stopped END,
    CASE WHEN p.is_node = 1 THEN i.milli_vcpus WHEN u.milli_vcpus > p.milli_vcpus THEN u.milli_vcpus
      ELSE p.milli_vcpus END,
    CASE WHEN p.is_node = 1 THEN i.memory_mib WHEN u.memory_mib > p.memory_mib THEN u.memory_mib ELSE p.memory_mib END,
    CASE WHEN p.is_node = 1 THEN i.gpus ELSE p.gpus END,
    p.is_node
  FROM placed p
  JOIN instance i ON i.instance_id = p.instance_id
  LEFT JOIN plausible u ON u.attempt = p.attempt
  WHERE p.pulled < i.stopped AND p.stopped > i.started AND p.pulled < p.stopped
)
SELECT instance_id, attempt, pulled, started, begins, runs, ends, milli_vcpus, memory_mib, gpus, is_node
FROM step
