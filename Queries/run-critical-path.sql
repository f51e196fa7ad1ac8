-- What the jobs chosen by `--where` waited for: the chain of jobs that led to the last end, inferred from times.
-- A row is a job, in order of time. A job waited for the job whose end is nearest to its creation: before it, or up to two
-- minutes after it, as a client may see results before Batch ends a job; but not for one that had yet to start. A job that
-- Batch itself held back (dependsOn) was created at once, so its wait counts as queued. A job in which the client itself runs
-- is left out.
--   step, job_name, job_id
--   created_at, started_at, stopped_at   started_at of its first attempt; stopped_at up to the time of collection
--   submit_seconds     from the end of the job before it to its creation: the client's time
--   queued_seconds     from its creation to its first start
--   ran_seconds        from there to its end, retries included;  attempts
--   share              of the whole time of the path, from the end of the job before it, 0 to 1
WITH RECURSIVE start AS (
  SELECT t.job AS job, MIN(t.started_at_ms) AS started FROM attempt t GROUP BY t.job
),
member AS (
  SELECT j.id AS id, j.job_id AS job_id, j.name AS name, i.job_step AS step, j.created_at_ms AS created,
    COALESCE(t.started, j.started_at_ms) AS started,
    COALESCE(j.stopped_at_ms, CAST(z.value AS BIGINT)) AS stopped, j.attempts AS attempts
  FROM job j
  JOIN job_identity i ON i.job = j.id
  LEFT JOIN start t ON t.job = j.id
  LEFT JOIN workflow_run r ON r.id = i.workflow_run AND r.run = j.job_id
  JOIN ledger_setting z ON z.name = 'collected_at_ms'
  WHERE j.attempts > 0 AND r.id IS NULL AND COALESCE(t.started, j.started_at_ms, 0) <= CAST(z.value AS BIGINT)
),
known AS (
  SELECT * FROM member
),
path(place, id) AS (
  SELECT 0, (SELECT k.id FROM known k ORDER BY k.stopped DESC, k.created DESC, k.id LIMIT 1)
  UNION ALL
  SELECT p.place + 1, (
    SELECT n.id FROM (
      SELECT b.id AS id, b.created AS created, b.stopped AS stopped, ABS(b.stopped - k.created) AS gap
      FROM known b
      WHERE b.created < k.created AND COALESCE(b.started, b.created) <= k.created AND b.stopped <= k.created + 120000
        AND b.stopped < k.stopped
    ) n
    ORDER BY n.gap, n.stopped DESC, n.created DESC, n.id LIMIT 1)
  FROM path p JOIN known k ON k.id = p.id
  WHERE p.place < 999
),
walked AS (
  SELECT p.place AS place, k.id AS id, k.job_id AS job_id, k.name AS name, k.step AS step, k.created AS created,
    COALESCE(k.started, k.stopped) AS started, k.stopped AS stopped, k.attempts AS attempts,
    LAG(k.stopped) OVER (ORDER BY p.place DESC) AS before
  FROM path p JOIN known k ON k.id = p.id
)
SELECT
  s.name AS step,
  w.name AS job_name,
  w.job_id AS job_id,
  w.created AS created_at_ms,
  w.started AS started_at_ms,
  w.stopped AS stopped_at_ms,
  CASE WHEN w.before IS NULL OR w.before > w.created THEN 0 ELSE w.created - w.before END / 1000e0 AS submit_seconds,
  (w.started - w.created) / 1000e0 AS queued_seconds,
  (w.stopped - w.started) / 1000e0 AS ran_seconds,
  w.attempts AS attempts,
  (w.stopped - COALESCE(w.before, w.created)) * 1e0 / NULLIF(MAX(w.stopped) OVER () - MIN(w.created) OVER (), 0) AS share
FROM walked w
JOIN named_step s ON s.id = w.step
ORDER BY w.place DESC
