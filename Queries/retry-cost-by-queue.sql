-- Cost of attempts that came to nothing, by job queue and cause.
-- A row is a job queue and a cause, as in the query retry-cost.
--   attempts       attempts that began in the period
--   cost_usd       attempt and startup cost;  retried_usd the part that was run again
--   share          of the queue's own work (attempts and startup), 0 to 1
WITH work AS (
  SELECT d.job_queue AS job_queue, SUM(d.cost) AS cost
  FROM daily_cost d JOIN calendar k ON k.day = d.day
  WHERE k.date >= :from AND k.date < :to AND d.job_queue IS NOT NULL
  GROUP BY d.job_queue
)
SELECT
  q.name AS job_queue,
  o.name AS cause,
  SUM(d.attempts) AS attempts,
  SUM(d.cost) AS cost_nanodollars,
  SUM(CASE WHEN d.retried = 1 THEN d.cost ELSE 0 END) AS retried_nanodollars,
  SUM(d.cost) * 1.0 / NULLIF(MAX(w.cost), 0) AS share
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN outcome o ON o.id = d.outcome
JOIN named_queue q ON q.id = d.job_queue
JOIN work w ON w.job_queue = d.job_queue
WHERE k.date >= :from AND k.date < :to AND d.outcome > 0
GROUP BY q.id, q.name, o.id, o.name
ORDER BY cost_nanodollars DESC, q.name, o.name
