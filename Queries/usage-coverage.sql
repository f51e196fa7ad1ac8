-- How much is known of what attempts used, by job queue.
-- A row is a job queue with attempts that began in the period.
--   attempts_known   attempts with a usage record;  attempts all;  known_share known ÷ all
--   cost_usd         of all its attempts, startup included
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
cost AS (
  SELECT d.job_queue AS job_queue, SUM(d.cost) AS cost
  FROM daily_cost d JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  WHERE d.job_queue IS NOT NULL GROUP BY d.job_queue
)
SELECT
  q.name AS job_queue,
  COUNT(u.task_id) AS attempts_known,
  COUNT(*) AS attempts,
  COUNT(u.task_id) * 1.0 / COUNT(*) AS known_share,
  MAX(c.cost) AS cost_nanodollars
FROM attempt t
JOIN period p ON t.started_at_ms >= p.first_day * 86400000 AND t.started_at_ms < p.end_day * 86400000
JOIN job_queue q ON q.id = t.job_queue
LEFT JOIN cost c ON c.job_queue = t.job_queue
LEFT JOIN task_usage u ON u.task_id = t.task_id AND u.source = 'container-insights'
GROUP BY q.id, q.name
ORDER BY cost_nanodollars DESC, q.name
