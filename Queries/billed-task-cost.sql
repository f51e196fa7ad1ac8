-- The bill's split cost allocation by task.
-- A row is a task in the bill. Split and unused cost are part of the instance's cost, not an addition to it.
--   split_usd         the task's share;  unused_usd its part of the instance's unused cost, by AWS's hourly rule
--   ledger_usd        the ledger's cost of the attempt;  ledger_unused_usd its unused cost by the same rule; NULL: no
--                     such attempt was collected
WITH named AS (
  SELECT DISTINCT a.id AS attempt, a.task_id AS task_id, a.ordinal AS ordinal, a.job AS job, a.job_queue AS job_queue
  FROM attempt a WHERE a.task_id IN (SELECT t.task_id FROM bill_task t)
),
cost AS (
  SELECT p.attempt AS attempt, SUM(p.cost) AS cost, SUM(p.unused_by_aws) AS unused
  FROM posting p JOIN named n ON n.attempt = p.attempt
  GROUP BY p.attempt
)
SELECT
  t.task_id AS task_id,
  j.job_id AS job_id,
  a.ordinal AS attempt,
  q.name AS job_queue,
  MAX(t.instance_id) AS instance_id,
  COUNT(*) AS hours,
  SUM(t.split) + CAST(ROUND(SUM(t.split_rest) / 1000000000e0) AS BIGINT) AS split_nanodollars,
  SUM(t.unused) + CAST(ROUND(SUM(t.unused_rest) / 1000000000e0) AS BIGINT) AS unused_nanodollars,
  MAX(p.cost) AS ledger_nanodollars,
  MAX(p.unused) AS ledger_unused_nanodollars
FROM bill_task t
JOIN bill_day k ON k.day = CAST((t.start_ms - t.start_ms % 86400000) / 86400000 AS BIGINT)
LEFT JOIN named a ON a.task_id = t.task_id
LEFT JOIN job j ON j.id = a.job
LEFT JOIN cost p ON p.attempt = a.attempt
LEFT JOIN job_queue q ON q.id = a.job_queue
WHERE k.date >= :from AND k.date < :to
GROUP BY t.task_id, j.job_id, a.attempt, a.ordinal, q.name
ORDER BY split_nanodollars DESC, t.task_id
