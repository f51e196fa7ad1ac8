-- What the bill's split cost allocation gives each task.
-- A row is a task of the bill. Split and unused cost are parts of their instance's, never an addition to it.
--   split_usd         the task's share;  unused_usd its part of the instance's unused cost, by AWS's hourly rule
--   ledger_usd        the ledger's cost of the attempt;  ledger_unused_usd its unused cost by the same rule; NULL: no
--                     such attempt was collected
SELECT
  t.task_id AS task_id,
  j.job_id AS job_id,
  a.ordinal AS attempt,
  q.name AS job_queue,
  MAX(t.instance_id) AS instance_id,
  COUNT(*) AS hours,
  SUM(t.split) + CAST(ROUND(SUM(t.split_rest) / 1000000000.0) AS INTEGER) AS split_nanodollars,
  SUM(t.unused) + CAST(ROUND(SUM(t.unused_rest) / 1000000000.0) AS INTEGER) AS unused_nanodollars,
  (SELECT SUM(p.cost) FROM posting p WHERE p.attempt = a.id) AS ledger_nanodollars,
  (SELECT SUM(p.unused_by_aws) FROM posting p WHERE p.attempt = a.id) AS ledger_unused_nanodollars
FROM bill_task t
JOIN bill_day k ON k.day = t.start_ms / 86400000
LEFT JOIN attempt a ON a.task_id = t.task_id
LEFT JOIN job j ON j.id = a.job
LEFT JOIN job_queue q ON q.id = a.job_queue
WHERE k.date >= :from AND k.date < :to
GROUP BY t.task_id, j.job_id, a.id, a.ordinal, q.name
ORDER BY split_nanodollars DESC, t.task_id
