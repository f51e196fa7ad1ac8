-- Attempts on instances, of ECS or EKS: their time, what they reserved, and which source says where they ran (edges 1, 2, 17, 20).
-- by attempt
WITH
-- Container Insights' measurements come first.
measured (task_id, milli_vcpus, memory_mib, instance_id, place) AS (
  SELECT
    task_id, milli_vcpus_average, memory_maximum_mib, instance_id,
    ROW_NUMBER() OVER (PARTITION BY task_id ORDER BY source)
  FROM task_usage
),
step (
  attempt, account_region, pulled, started, stopped, milli_vcpus, memory_mib, used_milli_vcpus, used_memory_mib, gpus,
  is_node, registration, claimed, collected
) AS (
  SELECT
    a.id,
    j.account_region,
    CASE WHEN t.pull_started_at_ms < a.started_at_ms THEN t.pull_started_at_ms ELSE a.started_at_ms END,
    a.started_at_ms,
    CASE WHEN a.stopped_at_ms > q.at_ms THEN q.at_ms ELSE COALESCE(a.stopped_at_ms, q.at_ms) END,
    a.milli_vcpus,
    a.memory_mib,
    COALESCE(u.milli_vcpus, 0),
    COALESCE(u.memory_mib, 0),
    a.gpus,
    CASE WHEN d.name = 'node' AND f.name <> 'EKS' THEN 1 ELSE 0 END,
    COALESCE(a.container_instance, t.container_instance),
    COALESCE(c.instance_id, a.instance_id, tc.instance_id, u.instance_id),
    q.at_ms
  FROM attempt a
  JOIN job_kind d ON d.id = a.kind
  JOIN job_platform f ON f.id = a.platform
  JOIN job j ON j.id = a.job
  LEFT JOIN asked q ON q.account_region = j.account_region
  LEFT JOIN known_task t ON t.task_id = a.task_id
  LEFT JOIN container_instance c ON c.id = a.container_instance
  LEFT JOIN container_instance tc ON tc.id = t.container_instance
  LEFT JOIN measured u ON u.task_id = a.task_id AND u.place = 1
  WHERE f.has_tasks = 0 AND d.runs = 1
)
SELECT
  attempt, account_region, pulled, started, stopped, milli_vcpus, memory_mib, used_milli_vcpus, used_memory_mib, gpus,
  is_node, registration, claimed, collected
FROM step
