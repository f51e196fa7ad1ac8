-- How much of the work has measured usage, by job queue.
-- A row is a job queue with cost in the period, most expensive first.
--   attempts_known, attempts   attempts that began in the period, with a usage record and in all
--   known_share         attempts_known ÷ attempts, 0 to 1
--   known_usd           cost of attempts with a usage record
--   cost_usd            attempts and startup
WITH work AS (
  SELECT d.job_queue AS job_queue, SUM(d.cost) AS cost
  FROM daily_cost d JOIN calendar k ON k.day = d.day
  WHERE k.date >= :from AND k.date < :to AND d.job_queue IS NOT NULL
  GROUP BY d.job_queue
),
begun AS (
  SELECT t.job_queue AS job_queue, SUM(t.attempts) AS attempts
  FROM start_day t JOIN calendar k ON k.day = t.day
  WHERE k.date >= :from AND k.date < :to
  GROUP BY t.job_queue
),
known AS (
  SELECT m.job_queue AS job_queue, SUM(m.attempts) AS attempts, SUM(m.cost) AS cost
  FROM measured_day m JOIN calendar k ON k.day = m.day
  WHERE k.date >= :from AND k.date < :to
  GROUP BY m.job_queue
)
SELECT
  q.name AS job_queue,
  COALESCE(n.attempts, 0) AS attempts_known,
  COALESCE(b.attempts, 0) AS attempts,
  COALESCE(n.attempts, 0) * 1e0 / NULLIF(b.attempts, 0) AS known_share,
  COALESCE(n.cost, 0) AS known_nanodollars,
  w.cost AS cost_nanodollars
FROM work w
JOIN named_queue q ON q.id = w.job_queue
LEFT JOIN begun b ON b.job_queue = w.job_queue
LEFT JOIN known n ON n.job_queue = w.job_queue
ORDER BY w.cost DESC, q.name
