-- Cost by job queue.
-- A row is a job queue; one row is unused cost, which has no queue.
--   job_queue           NULL for unused cost
--   kind                queue or unused
--   cost_usd            attempts and startup; in the row for unused, the unused cost
--   is_at_least         1: more than 1 % of its time has no price, so that it cost at least this
--   startup_usd         the part of cost_usd before attempts started
--   on_demand_usd       the same at On-Demand rates, for postings with a price and an On-Demand price
--   jobs, attempts      attempts that began in the period, and jobs whose first attempt did, as in the query totals
--   vcpu_hours, memory_gib_hours, gpu_hours   reserved, from placement to stop
WITH begun AS (
  SELECT t.job_queue AS job_queue, SUM(t.jobs) AS jobs, SUM(t.attempts) AS attempts
  FROM start_day t JOIN calendar k ON k.day = t.day
  WHERE k.date >= :from AND k.date < :to
  GROUP BY t.job_queue
),
cost AS (
SELECT
  d.job_queue AS job_queue,
  CASE WHEN d.kind = 'unused' THEN 'unused' ELSE 'queue' END AS kind,
  SUM(d.cost) AS cost_nanodollars,
  CASE WHEN SUM(d.unpriced_ms) * MAX(z.parts) > SUM(d.ms) THEN 1 ELSE 0 END AS is_at_least,
  NULLIF(SUM(d.startup), CASE WHEN COUNT(d.startup) < COUNT(*) THEN 0 END) AS startup_nanodollars,
  SUM(d.on_demand) AS on_demand_nanodollars,
  SUM(CASE WHEN d.kind = 'unused' THEN NULL ELSE d.milli_vcpu_ms END) / 3600000000e0 AS vcpu_hours,
  SUM(CASE WHEN d.kind = 'unused' THEN NULL ELSE d.mib_ms END) / 3686400000e0 AS memory_gib_hours,
  SUM(CASE WHEN d.kind = 'unused' THEN NULL ELSE d.gpu_ms END) / 3600000e0 AS gpu_hours
FROM daily_part d
JOIN calendar k ON k.day = d.day
CROSS JOIN priced_rule z
WHERE k.date >= :from AND k.date < :to
GROUP BY d.job_queue, CASE WHEN d.kind = 'unused' THEN 'unused' ELSE 'queue' END
UNION ALL
SELECT b.job_queue, 'queue', NULL, 0, NULL, NULL, NULL, NULL, NULL FROM begun b
WHERE b.job_queue NOT IN (
  SELECT d.job_queue FROM daily_cost d JOIN calendar k ON k.day = d.day
  WHERE k.date >= :from AND k.date < :to AND d.job_queue IS NOT NULL)
)
SELECT
  q.name AS job_queue,
  c.kind AS kind,
  c.cost_nanodollars AS cost_nanodollars,
  c.is_at_least AS is_at_least,
  c.startup_nanodollars AS startup_nanodollars,
  c.on_demand_nanodollars AS on_demand_nanodollars,
  CASE WHEN c.kind = 'unused' THEN 0 ELSE COALESCE(b.jobs, 0) END AS jobs,
  CASE WHEN c.kind = 'unused' THEN 0 ELSE COALESCE(b.attempts, 0) END AS attempts,
  c.vcpu_hours AS vcpu_hours,
  c.memory_gib_hours AS memory_gib_hours,
  c.gpu_hours AS gpu_hours
FROM cost c
LEFT JOIN begun b ON b.job_queue = c.job_queue
LEFT JOIN named_queue q ON q.id = c.job_queue
ORDER BY CASE WHEN q.id IS NULL THEN 1 ELSE 0 END, c.cost_nanodollars DESC, q.name NULLS FIRST
