-- Jobs that took much longer than others of their step, among the jobs chosen by `--where`.
-- A row is a job that ran at least twice as long as the median of its step, and a minute longer, in steps with five or more
-- jobs that succeeded; largest difference first.
--   step, job_name, job_id
--   seconds            its running time, its retries together;  median_seconds of the step
--   times              seconds ÷ median_seconds
--   attempts           of the job
--   cost_usd           attempts and startup
WITH ran AS (
  SELECT t.job AS job, SUM(t.stopped_at_ms - t.started_at_ms) AS ms
  FROM attempt t
  WHERE t.started_at_ms IS NOT NULL AND t.stopped_at_ms IS NOT NULL
  GROUP BY t.job
),
length AS (
  SELECT j.id AS id, j.job_id AS job_id, j.name AS name, i.job_step AS step, j.attempts AS attempts, t.ms AS ms
  FROM ran t
  JOIN job j ON j.id = t.job
  JOIN job_identity i ON i.job = j.id
  WHERE j.status = 'SUCCEEDED'
),
ranked AS (
  SELECT l.*, ROW_NUMBER() OVER (PARTITION BY l.step ORDER BY l.ms, l.id) AS place,
    COUNT(*) OVER (PARTITION BY l.step) AS jobs
  FROM length l
),
median AS (
  SELECT r.step AS step, r.ms AS ms FROM ranked r WHERE r.place = CAST((r.jobs + 1 - (r.jobs + 1) % 2) / 2 AS BIGINT) AND r.jobs >= 5
),
slow AS (
  SELECT l.id AS id, l.job_id AS job_id, l.name AS name, l.step AS step, l.attempts AS attempts, l.ms AS ms, m.ms AS median
  FROM length l JOIN median m ON m.step = l.step
  WHERE l.ms >= 2 * m.ms AND l.ms >= m.ms + 60000
),
cost AS (
  SELECT t.job AS job, SUM(p.cost) AS cost
  FROM posting p JOIN attempt t ON t.id = p.attempt
  WHERE t.job IN (SELECT id FROM slow)
  GROUP BY t.job
)
SELECT
  s.name AS step,
  w.name AS job_name,
  w.job_id AS job_id,
  w.ms / 1000e0 AS seconds,
  w.median / 1000e0 AS median_seconds,
  w.ms * 1e0 / NULLIF(w.median, 0) AS times,
  w.attempts AS attempts,
  c.cost AS cost_nanodollars
FROM slow w
JOIN named_step s ON s.id = w.step
LEFT JOIN cost c ON c.job = w.id
ORDER BY w.ms - w.median DESC, w.id
