-- What a job costs, by job definition.
-- A row is a job definition, all revisions together, with jobs that ended in the period; dearest first.
--   jobs, succeeded_jobs         array children each, multi-node jobs once, parents not
--   cost_usd                     of all attempts of these jobs, whenever they ran; attempts and startup, without unused
--   failed_usd                   the part of jobs that did not succeed
--   cost_per_job_usd             cost ÷ jobs
--   cost_per_succeeded_job_usd   cost ÷ succeeded jobs: what failed is paid by what succeeded; NULL where none did
SELECT
  j.name AS job_definition,
  SUM(u.jobs) AS jobs,
  SUM(u.succeeded) AS succeeded_jobs,
  SUM(u.cost) AS cost_nanodollars,
  SUM(u.failed_cost) AS failed_nanodollars,
  SUM(u.cost) * 1.0 / NULLIF(SUM(u.jobs), 0) AS cost_per_job_nanodollars,
  SUM(u.cost) * 1.0 / NULLIF(SUM(u.succeeded), 0) AS cost_per_succeeded_job_nanodollars
FROM unit_cost u
JOIN calendar k ON k.day = u.day
JOIN job_definition j ON j.id = u.job_definition
WHERE k.date >= :from AND k.date < :to
GROUP BY j.name
ORDER BY cost_nanodollars DESC, j.name
