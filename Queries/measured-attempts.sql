-- Attempts with measured usage: what they asked for, what they used, what they cost.
-- A row is an attempt that began in the period and has a usage record; if it has several, the largest counts.
--   vcpus_requested, memory_gib_requested   reserved
--   vcpus_used          on average;  memory_gib_used the peak
--   out_of_memory       1: it was killed for its memory
--   cost_usd            attempt and startup; NULL if nothing of it is priced
WITH period AS (
  SELECT MIN(day) * 86400000 AS first_ms, (MAX(day) + 1) * 86400000 AS end_ms
  FROM calendar WHERE date >= :from AND date < :to
),
measured AS (
  SELECT task_id AS task_id, MAX(milli_vcpus_average) AS milli_vcpus, MAX(memory_maximum_mib) AS mib
  FROM task_usage GROUP BY task_id
),
known AS (
  SELECT t.id AS id, t.job AS job, t.ordinal AS ordinal, t.job_definition AS job_definition,
    t.started_at_ms AS started_at_ms, t.milli_vcpus AS milli_vcpus, t.memory_mib AS mib,
    u.milli_vcpus AS used_milli_vcpus, u.mib AS used_mib,
    CASE WHEN r.prefix IS NULL THEN 0 ELSE 1 END AS out_of_memory
  FROM attempt t
  JOIN period p ON t.started_at_ms >= p.first_ms AND t.started_at_ms < p.end_ms
  JOIN measured u ON u.task_id = t.task_id
  LEFT JOIN memory_reason r ON LOWER(SUBSTR(t.container_reason, 1, LENGTH(r.prefix))) = r.prefix
),
cost AS (
  SELECT g.attempt AS attempt, SUM(g.cost) AS cost FROM posting g
  WHERE g.attempt IN (SELECT id FROM known) GROUP BY g.attempt
)
SELECT
  d.name AS job_definition,
  j.name AS job_name,
  j.job_id AS job_id,
  k.ordinal AS attempt,
  k.started_at_ms AS started_at_ms,
  k.milli_vcpus / 1000e0 AS vcpus_requested,
  k.used_milli_vcpus / 1000e0 AS vcpus_used,
  k.mib / 1024e0 AS memory_gib_requested,
  k.used_mib / 1024e0 AS memory_gib_used,
  k.out_of_memory AS out_of_memory,
  c.cost AS cost_nanodollars
FROM known k
JOIN job j ON j.id = k.job
JOIN job_definition d ON d.id = k.job_definition
LEFT JOIN cost c ON c.attempt = k.id
ORDER BY d.name, k.started_at_ms NULLS FIRST, k.id
