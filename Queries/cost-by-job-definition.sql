-- Cost by step, or by job definition if no workflow client is recognised.
-- A row is a step of a workflow as its client names it; for other jobs it is their job definition, all revisions together,
-- without the varying parts of its name. One row is unused cost.
--   step                after its workflow if another has a step of that name; NULL for unused cost
--   job_definition      its name, with * for what varies: many clients register one for every job
--   client, workflow    NULL if no client was recognised, or it names no workflow
--   kind                definition or unused
--   cost_usd            attempts and startup; unused cost has no owner and is a row of its own
--   startup_usd         the part of cost_usd before attempts started
--   on_demand_usd       the same at On-Demand rates, for postings with a price and an On-Demand price
--   jobs, attempts      attempts that began in the period, and jobs whose first attempt did
--   vcpu_hours, memory_gib_hours, gpu_hours   reserved, from placement to stop
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
row_of AS (
  SELECT s.name AS step, s.job_definition AS job_definition, s.client AS client, s.workflow AS workflow, s.id AS id,
    'definition' AS kind, SUM(d.cost) AS cost, SUM(d.startup) AS startup, SUM(d.on_demand) AS on_demand,
    SUM(d.jobs) AS jobs, SUM(d.attempts) AS attempts, SUM(d.milli_vcpu_ms) AS milli_vcpu_ms, SUM(d.mib_ms) AS mib_ms,
    SUM(d.gpu_ms) AS gpu_ms
  FROM step_day d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  JOIN named_step s ON s.id = d.job_step
  GROUP BY s.id, s.name, s.job_definition, s.client, s.workflow
  UNION ALL
  SELECT NULL, NULL, NULL, NULL, NULL, 'unused', SUM(d.cost), 0,
    SUM(CASE WHEN d.cost IS NOT NULL THEN d.on_demand END), SUM(d.jobs), SUM(d.attempts), NULL, NULL, NULL
  FROM daily_cost d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  JOIN ledger_account a ON a.id = d.account
  WHERE a.kind = 'unused'
  HAVING COUNT(*) > 0
)
SELECT
  r.step AS step,
  r.job_definition AS job_definition,
  r.client AS client,
  r.workflow AS workflow,
  r.kind AS kind,
  r.cost AS cost_nanodollars,
  r.startup AS startup_nanodollars,
  r.on_demand AS on_demand_nanodollars,
  r.jobs AS jobs,
  r.attempts AS attempts,
  r.milli_vcpu_ms / 3600000000e0 AS vcpu_hours,
  r.mib_ms / 3686400000e0 AS memory_gib_hours,
  r.gpu_ms / 3600000e0 AS gpu_hours
FROM row_of r
ORDER BY CASE WHEN r.kind = 'unused' THEN 1 ELSE 0 END, cost_nanodollars DESC, r.step NULLS FIRST, r.workflow NULLS FIRST, r.client NULLS FIRST,
  r.id NULLS FIRST
