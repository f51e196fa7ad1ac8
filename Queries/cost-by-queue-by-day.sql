-- Cost by job queue and day, for small bars in tables.
-- A row is a job queue × UTC day with cost.
--   job_queue          NULL for unused cost
--   cost_usd           attempts and startup; in the row for unused, the unused cost
--   kind               queue, unused
--   is_partial         1: collection ended within the day
SELECT
  q.name AS job_queue,
  CASE WHEN a.kind = 'unused' THEN 'unused' ELSE 'queue' END AS kind,
  k.date AS day,
  SUM(d.cost) AS cost_nanodollars,
  CASE WHEN k.until IS NULL THEN 0 ELSE 1 END AS is_partial
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN ledger_account a ON a.id = d.account
LEFT JOIN named_queue q ON q.id = d.job_queue
WHERE k.date >= :from AND k.date < :to
GROUP BY q.id, q.name, CASE WHEN a.kind = 'unused' THEN 'unused' ELSE 'queue' END, k.date, k.until
ORDER BY q.name NULLS FIRST, k.date
