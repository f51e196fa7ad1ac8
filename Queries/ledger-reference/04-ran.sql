-- Attempts on EC2: their time, what they reserved, and who says where they ran (edges 1, 2, 17, 20).
-- by attempt
WITH
used (task_id, milli_vcpus, memory_mib, instance_id) AS (
  SELECT task_id, MAX(milli_vcpus_average), MAX(memory_maximum_mib), MIN(instance_id) FROM task_usage GROUP BY task_id
),
step (
  attempt, account_region, pulled, started, stopped, milli_vcpus, memory_mib, gpus, is_node, registration,
  claimed, collected
) AS (
  SELECT
    a.id,
    j.account_region,
    CASE WHEN t.pull_started_at_ms < a.started_at_ms THEN t.pull_started_at_ms ELSE a.started_at_ms END,
    a.started_at_ms,
    CASE WHEN a.stopped_at_ms > q.at_ms THEN q.at_ms ELSE COALESCE(a.stopped_at_ms, q.at_ms) END,
    CASE WHEN u.milli_vcpus > a.milli_vcpus THEN u.milli_vcpus ELSE a.milli_vcpus END,
    CASE WHEN u.memory_mib > a.memory_mib THEN u.memory_mib ELSE a.memory_mib END,
    a.gpus,
    CASE WHEN a.kind = 4 THEN 1 ELSE 0 END,
    COALESCE(a.container_instance, t.container_instance),
    COALESCE(c.instance_id, a.instance_id, tc.instance_id, u.instance_id),
    q.at_ms
  FROM attempt a
  JOIN job j ON j.id = a.job
  LEFT JOIN asked q ON q.account_region = j.account_region
  LEFT JOIN known_task t ON t.task_id = a.task_id
  LEFT JOIN container_instance c ON c.id = a.container_instance
  LEFT JOIN container_instance tc ON tc.id = t.container_instance
  LEFT JOIN used u ON u.task_id = a.task_id
  WHERE a.platform = 0 AND a.kind NOT IN (1, 3)
)
SELECT 
  attempt, account_region, pulled, started, stopped, milli_vcpus, memory_mib, gpus, is_node, registration,
  claimed, collected
FROM step
