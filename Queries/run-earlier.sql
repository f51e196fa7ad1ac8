-- The run chosen by `--where` and the five before it of the same workflow.
-- A row is a run, in the order in which they began, the chosen one last; workflows are as in the query workflow-runs. No rows
-- if the chosen jobs are not all of one run, or if it is the first of its workflow.
--   run, created_at, hours   as in workflow-runs;  is_this 1: the chosen one
--   jobs, failed_jobs
--   cost_usd, lost_usd       NULL if none of it is priced;  is_priced, cost_per_job_usd   as in workflow-runs
--   usual_per_job_usd        for the chosen run: cost_per_job_usd of those before it, together
--   change, times            for the chosen run: cost_per_job_usd ÷ that, less 1, and the ratio itself; NULL while it
--                            is not over
WITH chosen AS (
  SELECT MAX(i.workflow_run) AS run, SUM(c.jobs) AS jobs
  FROM counted_job c JOIN job_identity i ON i.job = c.job
  HAVING COUNT(DISTINCT COALESCE(i.workflow_run, 0)) = 1
),
this AS (
  SELECT s.id AS id, s.series AS series, s.created_at_ms AS created
  FROM chosen c JOIN run_series s ON s.id = c.run AND s.jobs = c.jobs
),
placed AS (
  SELECT s.id AS id, s.name AS name, s.created_at_ms AS created, s.stopped_at_ms AS stopped, s.jobs AS jobs,
    s.failed AS failed, s.cost AS cost, s.is_priced AS is_priced,
    CASE WHEN s.cost IS NOT NULL THEN s.lost END AS lost,
    CASE WHEN s.is_priced = 1 THEN s.cost * 1e0 / NULLIF(s.jobs, 0) END AS per_job,
    ROW_NUMBER() OVER (ORDER BY s.created_at_ms DESC, s.id DESC) AS place, COUNT(*) OVER () AS runs
  FROM run_series s
  JOIN this t ON t.series = s.series
    AND (s.created_at_ms < t.created OR s.created_at_ms = t.created AND s.id <= t.id)
),
before AS (
  SELECT SUM(p.cost) * 1e0 / NULLIF(SUM(p.jobs), 0) AS usual
  FROM placed p WHERE p.place BETWEEN 2 AND 6 AND p.is_priced = 1
)
SELECT
  p.name AS run,
  p.created AS created_at_ms,
  (COALESCE(p.stopped, CAST(z.value AS BIGINT)) - p.created) / 3600000e0 AS hours,
  p.jobs AS jobs,
  p.failed AS failed_jobs,
  p.lost AS lost_nanodollars,
  p.cost AS cost_nanodollars,
  p.is_priced AS is_priced,
  p.per_job AS cost_per_job_nanodollars,
  CASE WHEN p.place = 1 THEN b.usual END AS usual_per_job_nanodollars,
  CASE WHEN p.place = 1 AND p.stopped IS NOT NULL THEN p.per_job / NULLIF(b.usual, 0) - 1 END AS change,
  CASE WHEN p.place = 1 AND p.stopped IS NOT NULL THEN p.per_job / NULLIF(b.usual, 0) END AS times,
  CASE WHEN p.place = 1 THEN 1 ELSE 0 END AS is_this
FROM placed p
CROSS JOIN before b
LEFT JOIN ledger_setting z ON z.name = 'collected_at_ms'
WHERE p.place <= 6 AND p.runs > 1
ORDER BY p.place DESC
