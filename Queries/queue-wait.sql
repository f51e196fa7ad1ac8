-- Time from creation to first start, by job queue.
-- A row is a job queue with jobs whose first attempt began in the period; array children count, parents do not.
--   jobs                                    how many
--   p50_seconds, p95_seconds      half, and 95 in a hundred, started within this
--   maximum_seconds                    the longest
WITH period AS (
  SELECT MIN(day) * 86400000 AS first_ms, (MAX(day) + 1) * 86400000 AS end_ms
  FROM calendar WHERE date >= :from AND date < :to
),
wait AS (
  SELECT t.job_queue AS job_queue, t.started_at_ms - j.created_at_ms AS ms,
    ROW_NUMBER() OVER (PARTITION BY t.job_queue ORDER BY t.started_at_ms - j.created_at_ms, t.id) AS place,
    COUNT(*) OVER (PARTITION BY t.job_queue) AS jobs
  FROM attempt t
  JOIN period p ON t.started_at_ms >= p.first_ms AND t.started_at_ms < p.end_ms
  JOIN job j ON j.id = t.job
  WHERE t.ordinal = 1
)
SELECT
  q.name AS job_queue,
  MAX(w.jobs) AS jobs,
  MIN(CASE WHEN w.place * 2 >= w.jobs THEN w.ms END) / 1000.0 AS p50_seconds,
  MIN(CASE WHEN w.place * 100 >= w.jobs * 95 THEN w.ms END) / 1000.0 AS p95_seconds,
  MAX(w.ms) / 1000.0 AS maximum_seconds
FROM wait w
JOIN job_queue q ON q.id = w.job_queue
GROUP BY q.id, q.name
ORDER BY p95_seconds DESC, q.name
