-- Jobs that have been waiting to start.
-- One row: jobs that were created before the end of the period and had not started by the collection.
--   jobs           each array child counts, a multi-node job once, parents not
--   created_at     of the first of them
--   job_queues     how many queues they are in;  job_queue the name of one of them
SELECT
  COALESCE(SUM(c.jobs), 0) AS jobs,
  MIN(j.created_at_ms) AS created_at_ms,
  COUNT(DISTINCT j.job_queue) AS job_queues,
  MIN(q.name) AS job_queue
FROM job j
JOIN counted_job c ON c.job = j.id
JOIN job_identity i ON i.job = j.id
JOIN named_queue q ON q.id = j.job_queue
WHERE j.status IN ('SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING')
  AND j.created_at_ms < (SELECT MAX(k.day) + 1 FROM calendar k WHERE k.date >= :from AND k.date < :to) * 86400000
