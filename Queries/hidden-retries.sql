-- Retries that go unnoticed because the work succeeded in the end: run again by Batch, or by the client as another job.
-- A row is a step, or a job definition if no workflow client is recognised, and a cause; most expensive first.
--   step, job_definition, client, workflow   as in the query cost-by-job-definition
--   attempts       attempts that were run again, with time in the period
--   jobs           jobs that they belong to; a multi-node job is one
--   hours          their running time, startup included
--   cost_usd       attempt and startup cost;  client_usd the part that a client ran again, as another job
--   likely_usd     the part of client_usd inferred from step and time alone, because the client names no task
--   confidence     sure; likely if any of it is inferred from step and time alone
--   share          of the step's own work (attempts and startup), 0 to 1
WITH work AS (
  SELECT d.job_step AS step, SUM(d.cost) AS cost
  FROM step_day d
  JOIN calendar k ON k.day = d.day
  WHERE k.date >= :from AND k.date < :to
  GROUP BY d.job_step
)
SELECT
  s.name AS step,
  s.job_definition AS job_definition,
  s.client AS client,
  s.workflow AS workflow,
  o.name AS cause,
  COUNT(DISTINCT f.attempt) AS attempts,
  COUNT(DISTINCT CASE WHEN n.name = 'node' THEN -t.parent ELSE t.job END) AS jobs,
  SUM(f.ms) / 3600000e0 AS hours,
  SUM(f.cost) AS cost_nanodollars,
  NULLIF(SUM(f.by_client), CASE WHEN COUNT(f.by_client) < COUNT(*) THEN 0 END) AS client_nanodollars,
  NULLIF(SUM(f.likely), CASE WHEN COUNT(f.likely) < COUNT(*) THEN 0 END) AS likely_nanodollars,
  CASE WHEN SUM(CASE WHEN f.rerun = 'likely' THEN 1 ELSE 0 END) > 0 THEN 'likely' ELSE 'sure' END AS confidence,
  SUM(f.cost) * 1e0 / NULLIF(MAX(w.cost), 0) AS share
FROM failed_part f
JOIN calendar k ON k.day = f.day
JOIN attempt t ON t.id = f.attempt
JOIN job_kind n ON n.id = t.kind
JOIN outcome o ON o.id = f.outcome
JOIN named_step s ON s.id = f.job_step
LEFT JOIN work w ON w.step = f.job_step
WHERE k.date >= :from AND k.date < :to AND f.succeeded = 1 AND f.rerun <> 'none'
GROUP BY s.id, s.name, s.job_definition, s.client, s.workflow, o.id, o.name
ORDER BY cost_nanodollars DESC, s.name, s.workflow NULLS FIRST, s.client NULLS FIRST, s.id, o.name
