-- Cost of retried or failed attempts, by job queue and cause.
-- A row is a job queue and a cause, as in the query retry-cost.
--   attempts       attempts that ran in the period, or ended in it before they could begin; for a job that could not be
--                  placed, the job
--   cost_usd       attempt and startup cost;  retried_usd the part that was run again;  client_usd the part of that which a
--                  workflow client ran again, as another job;  likely_usd the part of that inferred from step and time alone
--   since_checkpoint_usd  cost_usd less what the last checkpoint kept, as in retry-cost
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
  COUNT(DISTINCT f.attempt) + SUM(CASE WHEN f.attempt IS NULL THEN f.attempts ELSE 0 END) AS attempts,
  SUM(f.cost) AS cost_nanodollars,
  SUM(f.cost) - SUM(f.kept) AS since_checkpoint_nanodollars,
  NULLIF(SUM(f.retried), CASE WHEN COUNT(f.retried) < COUNT(*) THEN 0 END) AS retried_nanodollars,
  NULLIF(SUM(f.by_client), CASE WHEN COUNT(f.by_client) < COUNT(*) THEN 0 END) AS client_nanodollars,
  NULLIF(SUM(f.likely), CASE WHEN COUNT(f.likely) < COUNT(*) THEN 0 END) AS likely_nanodollars,
  SUM(f.cost) * 1e0 / NULLIF(MAX(w.cost), 0) AS share
FROM failure_part f
JOIN calendar k ON k.day = f.day
JOIN outcome o ON o.id = f.outcome
JOIN named_queue q ON q.id = f.job_queue
LEFT JOIN work w ON w.job_queue = f.job_queue
WHERE k.date >= :from AND k.date < :to
GROUP BY q.id, q.name, o.id, o.name
ORDER BY cost_nanodollars DESC, q.name, o.name
