-- The attempts present in each of these spans.
-- by instance_id
WITH
step (instance_id, starts, ends, attempt, account, since, milli_vcpus, memory_mib, gpus, is_node) AS (
  SELECT
    s.instance_id, s.starts, s.ends, r.attempt,
    CASE WHEN s.starts < r.runs THEN 'startup' ELSE 'attempt' END,
    CASE WHEN s.starts < r.runs THEN r.pulled ELSE r.started END,
    r.milli_vcpus, r.memory_mib, r.gpus, r.is_node
  FROM stretch s
  JOIN resident r ON r.instance_id = s.instance_id AND r.begins <= s.starts AND r.ends >= s.ends
)
SELECT instance_id, starts, ends, attempt, account, since, milli_vcpus, memory_mib, gpus, is_node
FROM step
