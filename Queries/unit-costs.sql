-- What a job costs, by step.
-- A row is a step with jobs that ended in the period: as the workflow client names it; for jobs without a known client, their
-- job definition, all revisions together, without the varying parts of its name. Most expensive first.
--   job_definition               its name, with * for what varies
--   step                         as the client calls it; else the job definition
--   client, workflow             NULL if no client was recognised, or it names no workflow
--   jobs, succeeded_jobs         each array child counts, a multi-node job once, parents not
--   unpriced_jobs                jobs whose cost is not known: more than 1 % of the time of their attempts has no price or
--                                was on unknown hosts
--   cost_usd                     all attempts of these jobs, whenever they ran, and their startup, without unused; what is
--                                known of it, NULL if nothing is
--   failed_usd                   the part for jobs that did not succeed
--   cost_per_job_usd             cost ÷ jobs, of those whose cost is known
--   cost_per_succeeded_job_usd   the same cost ÷ succeeded jobs, so it includes the failed ones; NULL if none succeeded
SELECT
  s.job_definition AS job_definition,
  s.name AS step,
  s.client AS client,
  s.workflow AS workflow,
  SUM(u.jobs) AS jobs,
  SUM(u.succeeded) AS succeeded_jobs,
  SUM(CASE WHEN u.is_priced = 0 THEN u.jobs ELSE 0 END) AS unpriced_jobs,
  NULLIF(SUM(u.cost), CASE WHEN MIN(u.is_priced) = 0 THEN 0 END) AS cost_nanodollars,
  NULLIF(SUM(u.failed_cost), CASE WHEN MIN(u.is_priced) = 0 THEN 0 END) AS failed_nanodollars,
  SUM(CASE WHEN u.is_priced = 1 THEN u.cost END) * 1e0 / NULLIF(SUM(CASE WHEN u.is_priced = 1 THEN u.jobs END), 0)
    AS cost_per_job_nanodollars,
  SUM(CASE WHEN u.is_priced = 1 THEN u.cost END) * 1e0 / NULLIF(SUM(CASE WHEN u.is_priced = 1 THEN u.succeeded END), 0)
    AS cost_per_succeeded_job_nanodollars
FROM unit_cost u
JOIN calendar k ON k.day = u.day
JOIN named_step s ON s.id = u.job_step
WHERE k.date >= :from AND k.date < :to
GROUP BY s.id, s.job_definition, s.name, s.client, s.workflow
ORDER BY cost_nanodollars DESC, s.job_definition, s.name, s.workflow NULLS FIRST, s.client NULLS FIRST, s.id
