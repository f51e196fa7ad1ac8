-- Cost by job queue.
-- A row is a job queue, and one is unused cost, which has no queue.
--   job_queue           NULL for unused cost
--   kind                queue or unused
--   cost_usd            attempts and startup; unused cost has no queue and is a row of its own
--   startup_usd         the part of cost_usd before attempts started
--   on_demand_usd       the same at On-Demand rates, of postings that have a price and an On-Demand price
--   jobs, attempts      attempts that began in the period, and jobs whose first attempt did
--   vcpu_hours, memory_gib_hours, gpu_hours   reserved, from placement to stop
SELECT
  q.name AS job_queue,
  CASE WHEN a.kind = 'unused' THEN 'unused' ELSE 'queue' END AS kind,
  SUM(d.cost) AS cost_nanodollars,
  SUM(CASE WHEN a.kind = 'startup' THEN d.cost ELSE 0 END) AS startup_nanodollars,
  SUM(CASE WHEN d.cost IS NOT NULL THEN d.on_demand END) AS on_demand_nanodollars,
  SUM(d.jobs) AS jobs,
  SUM(d.attempts) AS attempts,
  SUM(CASE WHEN a.kind = 'unused' THEN NULL ELSE d.milli_vcpu_ms END) / 3600000000.0 AS vcpu_hours,
  SUM(CASE WHEN a.kind = 'unused' THEN NULL ELSE d.mib_ms END) / 3686400000.0 AS memory_gib_hours,
  SUM(CASE WHEN a.kind = 'unused' THEN NULL ELSE d.gpu_ms END) / 3600000.0 AS gpu_hours
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN ledger_account a ON a.id = d.account
LEFT JOIN job_queue q ON q.id = d.job_queue
WHERE k.date >= :from AND k.date < :to
GROUP BY q.id, q.name, CASE WHEN a.kind = 'unused' THEN 'unused' ELSE 'queue' END
ORDER BY CASE WHEN q.id IS NULL THEN 1 ELSE 0 END, cost_nanodollars DESC, q.name
