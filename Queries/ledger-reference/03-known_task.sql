-- Tasks; if ECS describes one in two clusters, the later description counts.
-- by task_id
WITH
step (
  task_id, cluster, container_instance, pull_started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, ephemeral_gib,
  capacity_provider, architecture
) AS (
  SELECT
    task_id, cluster, container_instance, pull_started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, ephemeral_gib,
    capacity_provider, architecture
  FROM (
    SELECT t.*, ROW_NUMBER() OVER (PARTITION BY task_id ORDER BY progress DESC, digest DESC) AS place FROM task t
  ) x
  WHERE place = 1
)
SELECT 
  task_id, cluster, container_instance, pull_started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, ephemeral_gib,
  capacity_provider, architecture
FROM step
