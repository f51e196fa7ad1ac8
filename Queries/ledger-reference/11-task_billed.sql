-- Fargate tasks and their billed seconds (§2.6, edges 11, 22).
-- by resource
WITH
-- For a task that ECS has forgotten, the compute environment is one that its queue can send it to.
queue_fargate (job_queue, takes_spot, takes_on_demand) AS (
  SELECT
    q.id, MAX(CASE WHEN e.resource_type = 'FARGATE_SPOT' THEN 1 ELSE 0 END),
    MAX(CASE WHEN e.resource_type = 'FARGATE' THEN 1 ELSE 0 END)
  FROM job_queue q
  JOIN compute_environment e ON REPLACE(q.environments, '"' || e.arn || '"', '') <> q.environments
  GROUP BY q.id
),
-- If several attempts name one task, the first job among them bears it.
task_bearer (attempt, place) AS (
  SELECT a.id, ROW_NUMBER() OVER (PARTITION BY a.task_id ORDER BY j.job_id, a.ordinal)
  FROM attempt a
  JOIN job_platform p ON p.id = a.platform
  JOIN job j ON j.id = a.job
  LEFT JOIN asked q ON q.account_region = j.account_region
  LEFT JOIN known_task t ON t.task_id = a.task_id
  WHERE p.name = 'Fargate' AND a.task_id IS NOT NULL
    AND (a.started_at_ms IS NOT NULL OR t.pull_started_at_ms < a.stopped_at_ms)
    AND (q.at_ms IS NULL OR COALESCE(a.started_at_ms, a.stopped_at_ms) <= q.at_ms)
),
task_run (
  resource, attempt, region, pulled, started, stopped, milli_vcpus, memory_mib, disk_gib, is_spot, is_arm
) AS (
  SELECT
    a.task_id, a.id, g.region,
    -- A container that never started is charged from pull to stop.
    CASE
      WHEN a.started_at_ms IS NULL OR t.pull_started_at_ms < a.started_at_ms THEN t.pull_started_at_ms
      ELSE a.started_at_ms
    END,
    COALESCE(a.started_at_ms, a.stopped_at_ms),
    CASE WHEN COALESCE(t.stopped_at_ms, a.stopped_at_ms) > q.at_ms THEN q.at_ms
      ELSE COALESCE(t.stopped_at_ms, a.stopped_at_ms, q.at_ms) END,
    COALESCE(t.milli_vcpus, a.milli_vcpus),
    COALESCE(t.memory_mib, a.memory_mib),
    CASE WHEN COALESCE(t.ephemeral_gib, j.ephemeral_gib, 0) > 20 THEN COALESCE(t.ephemeral_gib, j.ephemeral_gib) - 20
      ELSE 0 END,
    CASE
      WHEN t.capacity_provider IS NOT NULL THEN CASE WHEN t.capacity_provider = 'FARGATE_SPOT' THEN 1 ELSE 0 END
      WHEN e.resource_type IS NOT NULL THEN CASE WHEN e.resource_type = 'FARGATE_SPOT' THEN 1 ELSE 0 END
      WHEN f.takes_spot = 1 AND f.takes_on_demand = 0 THEN 1
      ELSE 0
    END,
    CASE WHEN COALESCE(t.architecture, j.architecture, '') IN ('ARM64', 'arm64') THEN 1 ELSE 0 END
  FROM attempt a
  JOIN job_kind d ON d.id = a.kind
  JOIN job_platform p ON p.id = a.platform
  JOIN job j ON j.id = a.job
  JOIN account_region g ON g.id = j.account_region
  LEFT JOIN asked q ON q.account_region = j.account_region
  LEFT JOIN known_task t ON t.task_id = a.task_id
  LEFT JOIN cluster k ON k.id = t.cluster
  LEFT JOIN queue_fargate f ON f.job_queue = a.job_queue
  LEFT JOIN compute_environment e ON SUBSTR(
    e.cluster_arn, LENGTH(e.cluster_arn) - LENGTH(g.region || ':' || g.account || ':cluster/' || k.name)
  ) = ':' || g.region || ':' || g.account || ':cluster/' || k.name
  WHERE p.name = 'Fargate' AND d.runs = 1
    AND (a.started_at_ms IS NOT NULL OR t.pull_started_at_ms < a.stopped_at_ms)
    AND (q.at_ms IS NULL OR COALESCE(a.started_at_ms, a.stopped_at_ms) <= q.at_ms) AND a.id NOT IN (SELECT attempt FROM task_bearer WHERE place > 1)
),
step (
  resource, attempt, pulled, started, stopped, milli_vcpus, memory_mib, disk_gib, is_spot, is_arm, region, seconds
) AS (
  SELECT
    resource, attempt, pulled, started, stopped, milli_vcpus, memory_mib, disk_gib, is_spot, is_arm, region,
    CASE
      WHEN stopped - pulled <= 60000 THEN 60
      ELSE CAST(ROUND((stopped - pulled + 999 - (stopped - pulled + 999) % 1000) / 1000) AS BIGINT)
    END
  FROM task_run
)
SELECT resource, attempt, pulled, started, stopped, milli_vcpus, memory_mib, disk_gib, is_spot, is_arm, region, seconds
FROM step
