-- Time from creation to first start, by job queue.
-- A row is a job queue with jobs whose first attempt began in the period; array children count, parents do not.
--   jobs                                    how many
--   in whole seconds, rounded up:
--   p50_seconds, p95_seconds      half, and 95 in a hundred, started within this
--   maximum_seconds                    the longest
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
)
SELECT
  q.name AS job_queue,
  MAX(w.jobs) AS jobs,
  MIN(CASE WHEN w.place * 2 >= w.jobs THEN w.seconds END) AS p50_seconds,
  MIN(CASE WHEN w.place * 100 >= w.jobs * 95 THEN w.seconds END) AS p95_seconds,
  MAX(w.seconds) AS maximum_seconds
FROM wait w
JOIN named_queue q ON q.id = w.job_queue
GROUP BY q.id, q.name
ORDER BY p95_seconds DESC, q.name
