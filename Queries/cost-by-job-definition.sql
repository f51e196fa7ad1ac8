-- Cost by job definition, revisions together.
-- A row is a job definition's name, and one is unused cost.
--   job_definition      NULL for unused cost
--   kind                definition or unused
--   cost_usd            attempts and startup; unused cost has no owner and is a row of its own
--   startup_usd         the part of cost_usd before attempts started
--   on_demand_usd       the same at On-Demand rates, of postings that have a price and an On-Demand price
--   jobs, attempts      attempts that began in the period, and jobs whose first attempt did
--   vcpu_hours, memory_gib_hours, gpu_hours   reserved, from placement to stop
SELECT
  j.name AS job_definition,
  CASE WHEN a.kind = 'unused' THEN 'unused' ELSE 'definition' END AS kind,
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
LEFT JOIN job_definition j ON j.id = d.job_definition
WHERE k.date >= :from AND k.date < :to
GROUP BY j.name, CASE WHEN a.kind = 'unused' THEN 'unused' ELSE 'definition' END
ORDER BY CASE WHEN j.name IS NULL THEN 1 ELSE 0 END, cost_nanodollars DESC, j.name
