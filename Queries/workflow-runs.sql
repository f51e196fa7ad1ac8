-- What workflow runs cost.
-- A row is a run whose last job ended in the period, or that was not over when it was collected; most expensive first. Runs are
-- recognised by what workflow clients write about their jobs: see the table workflow_client.
--   name                         its name for --where run=NAME
--   workflow                     as the client calls it; else the run, or the client
--   run                          NULL if the client names none: such runs are inferred from times, and only about right
--   client                       metaflow, redun, airflow …; tag: jobs carry the same value of a tag that names runs;
--                                nf-core: their names begin with NFCORE_PIPELINE_
--   user                         if the client names one
--   account, region
--   job_queue                    of its first job
--   created_at, stopped_at       first job created, last ended (NULL: not over);  hours between, up to the time of
--                                collection
--   steps                        different steps that ran
--   jobs, failed_jobs            as Batch counts them: each array child, and each job by which a client tried again
--   unfinished_jobs              jobs that have not ended
--   retries                      attempts and jobs beyond the first for each piece of work
--   confidence                   sure: its client names the run; about: inferred from times
--   cost_usd                     all attempts, startup included, without unused; NULL if none of it is priced, or if all of
--                                it ran on unknown hosts
--   is_priced                    0: more than 1 % of its time has no price or was on unknown hosts, so the cost is at least this
--   cost_per_job_usd             NULL where is_priced is 0
--   usual_per_job_usd            cost_per_job_usd of the five runs before it of the same workflow, together: of the same
--                                name, or if the client names none, of the same steps in the same queue; NULL if there is
--                                none.  change: cost_per_job_usd compared with it, a ratio; NULL until it is over
--   lost_usd                     of cost_usd: attempts that were lost with their Spot host
WITH compared AS (
  SELECT w.id AS id,
    SUM(CASE WHEN w.is_priced = 1 THEN w.cost END) OVER earlier * 1e0
      / NULLIF(SUM(CASE WHEN w.is_priced = 1 THEN w.jobs END) OVER earlier, 0) AS usual
  FROM workflow_run w
  WINDOW earlier AS (
    PARTITION BY w.series ORDER BY w.created_at_ms, w.id ROWS BETWEEN 5 PRECEDING AND 1 PRECEDING)
)
SELECT
  w.name AS name,
  COALESCE(w.workflow, w.run, w.client) AS workflow,
  w.run AS run,
  w.client AS client,
  w.user AS user,
  NULLIF(g.account, '') AS account,
  g.region AS region,
  q.name AS job_queue,
  w.created_at_ms AS created_at_ms,
  w.stopped_at_ms AS stopped_at_ms,
  (COALESCE(w.stopped_at_ms, CAST(z.value AS INTEGER)) - w.created_at_ms) / 3600000e0 AS hours,
  w.steps AS steps,
  w.jobs AS jobs,
  w.failed AS failed_jobs,
  w.unfinished AS unfinished_jobs,
  w.retries AS retries,
  CASE WHEN w.run IS NULL THEN 'about' ELSE 'sure' END AS confidence,
  w.cost AS cost_nanodollars,
  w.is_priced AS is_priced,
  CASE WHEN w.is_priced = 1 THEN w.cost * 1e0 / NULLIF(w.jobs, 0) END AS cost_per_job_nanodollars,
  c.usual AS usual_per_job_nanodollars,
  CASE WHEN w.stopped_at_ms IS NOT NULL AND w.is_priced = 1
    THEN w.cost * 1e0 / NULLIF(w.jobs, 0) / NULLIF(c.usual, 0) - 1 END AS change,
  CASE WHEN w.cost IS NOT NULL THEN w.lost END AS lost_nanodollars
FROM workflow_run w
JOIN compared c ON c.id = w.id
JOIN calendar k ON k.day = w.day
JOIN named_queue q ON q.id = w.job_queue
JOIN job_queue j ON j.id = w.job_queue
JOIN account_region g ON g.id = j.account_region
LEFT JOIN ledger_setting z ON z.name = 'collected_at_ms'
WHERE k.date >= :from AND k.date < :to
ORDER BY cost_nanodollars DESC, w.id
