-- Cost of retried or failed attempts, by step and cause; jobs without a workflow client by job definition.
-- A row is a step, as in the query cost-by-job-definition, and a cause, as in the query retry-cost.
--   step, job_definition, client, workflow   as in cost-by-job-definition
--   retry_attempts   attempts that the newest used revision of its job definition allows; NULL if it was not
--                    described, or jobs of the step have several definitions
--   attempts         attempts that ran in the period, or ended in it before they could begin; for a job that could not
--                    be placed, the job
--   cost_usd         attempt and startup cost;  retried_usd the part that was run again;  client_usd the part of that which
--                    its client ran again, as another job;  likely_usd the part of that inferred from step and time alone
--   since_checkpoint_usd  cost_usd less what the last checkpoint kept, as in retry-cost
--   share            of the step's own work (attempts and startup), 0 to 1
WITH work AS (
  SELECT d.job_step AS step, SUM(d.cost) AS cost
  FROM step_day d
  JOIN calendar k ON k.day = d.day
  WHERE k.date >= :from AND k.date < :to
  GROUP BY d.job_step
),
failure AS (
  SELECT f.*
  FROM failure_part f
  JOIN calendar k ON k.day = f.day
  WHERE k.date >= :from AND k.date < :to
),
newest AS (
  SELECT f.job_step AS step, MIN(j.name) AS name, MAX(j.revision) AS revision
  FROM failure f JOIN job_definition j ON j.id = f.job_definition
  GROUP BY f.job_step
  HAVING COUNT(DISTINCT j.name) = 1
),
strategy AS (
  SELECT n.step AS step, MAX(j.retry_attempts) AS retry_attempts
  FROM newest n JOIN job_definition j ON j.name = n.name AND j.revision = n.revision
  GROUP BY n.step
)
SELECT
  s.name AS step,
  s.job_definition AS job_definition,
  s.client AS client,
  s.workflow AS workflow,
  o.name AS cause,
  MAX(y.retry_attempts) AS retry_attempts,
  COUNT(DISTINCT f.attempt) + SUM(CASE WHEN f.attempt IS NULL THEN f.attempts ELSE 0 END) AS attempts,
  SUM(f.cost) AS cost_nanodollars,
  SUM(f.cost) - SUM(f.kept) AS since_checkpoint_nanodollars,
  NULLIF(SUM(f.retried), CASE WHEN COUNT(f.retried) < COUNT(*) THEN 0 END) AS retried_nanodollars,
  NULLIF(SUM(f.by_client), CASE WHEN COUNT(f.by_client) < COUNT(*) THEN 0 END) AS client_nanodollars,
  NULLIF(SUM(f.likely), CASE WHEN COUNT(f.likely) < COUNT(*) THEN 0 END) AS likely_nanodollars,
  SUM(f.cost) * 1e0 / NULLIF(MAX(w.cost), 0) AS share
FROM failure f
JOIN outcome o ON o.id = f.outcome
JOIN named_step s ON s.id = f.job_step
LEFT JOIN work w ON w.step = f.job_step
LEFT JOIN strategy y ON y.step = f.job_step
GROUP BY s.id, s.name, s.job_definition, s.client, s.workflow, o.id, o.name
ORDER BY cost_nanodollars DESC, s.name, s.workflow NULLS FIRST, s.client NULLS FIRST, s.id, o.name
