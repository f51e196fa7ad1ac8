-- What workflow runs cost.
-- A row is a run whose last job ended in the period; dearest first.
--   workflow                     the tag's value, or the nf-core pipeline
--   rule                         tag: jobs carry the same value of a tag that names runs;  nf-core: their names begin with
--                                NFCORE_PIPELINE_, and none was missing for an hour. Two such runs at once count as one
--   job_queue                    of its first job
--   jobs, failed_jobs            array children each
--   cost_usd                     all attempts, startup included, without unused;  cost_per_job_usd
--   created_at, stopped_at       first job created, last ended;  hours between
SELECT
  w.name AS workflow,
  w.rule AS rule,
  q.name AS job_queue,
  w.created_at_ms AS created_at_ms,
  w.stopped_at_ms AS stopped_at_ms,
  (w.stopped_at_ms - w.created_at_ms) / 3600000.0 AS hours,
  w.jobs AS jobs,
  w.failed AS failed_jobs,
  w.cost AS cost_nanodollars,
  w.cost * 1.0 / NULLIF(w.jobs, 0) AS cost_per_job_nanodollars
FROM workflow_run w
JOIN calendar k ON k.day = w.day
JOIN named_queue q ON q.id = w.job_queue
WHERE k.date >= :from AND k.date < :to
ORDER BY cost_nanodollars DESC, w.name, w.created_at_ms
