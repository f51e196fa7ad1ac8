-- What a job costs, by step.
-- A row is a step with jobs that ended in the period: of a workflow whose client is recognised what it calls a step, of
-- other jobs their job definition, revisions together, without what varies in its name. Dearest first.
--   job_definition               its name, with * for what varies
--   step                         as the client calls it; else the job definition
--   client, workflow             NULL where no client was recognised, or it names no workflow
--   jobs, succeeded_jobs         array children each, multi-node jobs once, parents not
--   cost_usd                     of all attempts of these jobs, whenever they ran; attempts and startup, without unused
--   failed_usd                   the part of jobs that did not succeed
--   cost_per_job_usd             cost ÷ jobs
--   cost_per_succeeded_job_usd   cost ÷ succeeded jobs: what failed is paid by what succeeded; NULL where none did
SELECT
  s.job_definition AS job_definition,
  s.name AS step,
  s.client AS client,
  s.workflow AS workflow,
  SUM(u.jobs) AS jobs,
  SUM(u.succeeded) AS succeeded_jobs,
  SUM(u.cost) AS cost_nanodollars,
  SUM(u.failed_cost) AS failed_nanodollars,
  SUM(u.cost) * 1e0 / NULLIF(SUM(u.jobs), 0) AS cost_per_job_nanodollars,
  SUM(u.cost) * 1e0 / NULLIF(SUM(u.succeeded), 0) AS cost_per_succeeded_job_nanodollars
FROM unit_cost u
JOIN calendar k ON k.day = u.day
JOIN named_step s ON s.id = u.job_step
WHERE k.date >= :from AND k.date < :to
GROUP BY s.id, s.job_definition, s.name, s.client, s.workflow
ORDER BY cost_nanodollars DESC, s.job_definition, s.name, s.workflow NULLS FIRST, s.client NULLS FIRST, s.id
