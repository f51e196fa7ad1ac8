-- Time from a job's creation to its first start, by job queue.
-- A row is a job queue with jobs whose first attempt began in the period; array children count, parents do not.
--   jobs                                    how many
--   in whole seconds, rounded up:
--   p50_seconds, p95_seconds      half of the jobs, and 95 in a hundred, started within this
--   maximum_seconds                    the longest wait
--   the mean wait in its parts, in whole seconds; NULL if it is 0:
--   dependency_seconds            until the jobs it depends on (dependsOn) ended
--   capacity_seconds              from then until it was placed
--   start_seconds                 from then until it started: its image pull, if ECS reported it; for service
--                                 jobs, from when SageMaker had it
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
wait AS (
  SELECT w.job_queue AS job_queue, w.seconds AS seconds,
    SUM(SUM(w.jobs)) OVER (PARTITION BY w.job_queue ORDER BY w.seconds) AS place,
    SUM(SUM(w.jobs)) OVER (PARTITION BY w.job_queue) AS jobs
  FROM start_wait w
  JOIN period p ON w.day >= p.first_day AND w.day < p.end_day
  GROUP BY w.job_queue, w.seconds
),
part AS (
  SELECT w.job_queue AS job_queue, SUM(w.jobs) AS jobs, SUM(w.dependency_ms) AS dependency_ms,
    SUM(w.capacity_ms) AS capacity_ms, SUM(w.start_ms) AS start_ms
  FROM wait_part w
  JOIN period p ON w.day >= p.first_day AND w.day < p.end_day
  GROUP BY w.job_queue
)
SELECT
  q.name AS job_queue,
  MAX(w.jobs) AS jobs,
  MIN(CASE WHEN w.place * 2 >= w.jobs THEN w.seconds END) AS p50_seconds,
  MIN(CASE WHEN w.place * 100 >= w.jobs * 95 THEN w.seconds END) AS p95_seconds,
  MAX(w.seconds) AS maximum_seconds,
  NULLIF(CAST(ROUND(MAX(t.dependency_ms) / (1e3 * MAX(t.jobs))) AS BIGINT), 0) AS dependency_seconds,
  NULLIF(CAST(ROUND(MAX(t.capacity_ms) / (1e3 * MAX(t.jobs))) AS BIGINT), 0) AS capacity_seconds,
  NULLIF(CAST(ROUND(MAX(t.start_ms) / (1e3 * MAX(t.jobs))) AS BIGINT), 0) AS start_seconds
FROM wait w
JOIN named_queue q ON q.id = w.job_queue
LEFT JOIN part t ON t.job_queue = w.job_queue
GROUP BY q.id, q.name
ORDER BY p95_seconds DESC, q.name
