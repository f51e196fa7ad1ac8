-- Requested against used, by job definition.
-- A row is a job definition with measured attempts in the period, revisions together.
--   attempts, measured_attempts     that began in the period; those with a usage record
--   requested_vcpus, requested_memory_gib   the median is not portable: the mean of what was requested
--   used_vcpus_maximum              the largest average of an attempt;  used_memory_gib_maximum the largest peak
WITH period AS (
  SELECT MIN(day) * 86400000 AS first_ms, (MAX(day) + 1) * 86400000 AS end_ms
  FROM calendar WHERE date >= :from AND date < :to
)
SELECT
  d.name AS job_definition,
  COUNT(*) AS attempts,
  COUNT(u.task_id) AS measured_attempts,
  AVG(t.milli_vcpus) / 1000.0 AS requested_vcpus,
  AVG(t.memory_mib) / 1024.0 AS requested_memory_gib,
  AVG(u.milli_vcpus_average) / 1000.0 AS used_vcpus_mean,
  MAX(u.milli_vcpus_average) / 1000.0 AS used_vcpus_maximum,
  AVG(u.memory_maximum_mib) / 1024.0 AS used_memory_gib_mean,
  MAX(u.memory_maximum_mib) / 1024.0 AS used_memory_gib_maximum
FROM attempt t
JOIN period p ON t.started_at_ms >= p.first_ms AND t.started_at_ms < p.end_ms
JOIN job_definition d ON d.id = t.job_definition
LEFT JOIN task_usage u ON u.task_id = t.task_id AND u.source = 'container-insights'
GROUP BY d.name
HAVING COUNT(u.task_id) > 0
ORDER BY measured_attempts DESC, d.name
