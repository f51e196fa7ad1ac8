-- What workflow runs cost.
-- A row is a run whose last job ended in the period; dearest first. Runs are told by what workflow clients write about
-- their jobs: see the table workflow_client.
--   workflow                     as the client calls it; else the run, or the client
--   run                          NULL where the client names none: such runs are told by the hour without a job before
--                                them, and are about right
--   client                       metaflow, redun, airflow …; tag: jobs carry the same value of a tag that names runs;
--                                nf-core: their names begin with NFCORE_PIPELINE_
--   user                         where the client says whose it is
--   job_queue                    of its first job
--   created_at, stopped_at       first job created, last ended;  hours between
--   steps                        different steps that ran
--   jobs, failed_jobs            as Batch counts them: array children each, and each job by which a client tried again
--   retries                      attempts and jobs beyond the first of each work
--   cost_usd                     all attempts, startup included, without unused;  cost_per_job_usd
--   lost_usd                     of cost_usd: attempts that were lost with their Spot host and run again
SELECT
  COALESCE(w.workflow, w.run, w.client) AS workflow,
  w.run AS run,
  w.client AS client,
  w.user AS user,
  q.name AS job_queue,
  w.created_at_ms AS created_at_ms,
  w.stopped_at_ms AS stopped_at_ms,
  (w.stopped_at_ms - w.created_at_ms) / 3600000.0 AS hours,
  w.steps AS steps,
  w.jobs AS jobs,
  w.failed AS failed_jobs,
  w.retries AS retries,
  w.cost AS cost_nanodollars,
  w.cost * 1.0 / NULLIF(w.jobs, 0) AS cost_per_job_nanodollars,
  w.lost AS lost_nanodollars
FROM workflow_run w
JOIN calendar k ON k.day = w.day
JOIN named_queue q ON q.id = w.job_queue
WHERE k.date >= :from AND k.date < :to
ORDER BY cost_nanodollars DESC, w.id
