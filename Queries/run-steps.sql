-- What each step of the jobs chosen by `--where` cost, and how its requests compare with its use.
-- A row is a step, most expensive first, over everything collected, whatever the period.
--   step, job_definition     as in the query cost-by-job-definition
--   jobs, failed_jobs        array children each, and each job by which a client tried again
--   attempts, hours          attempts that ran, and their total time
--   median_seconds, longest_seconds   of a job's running time, its retries together
--   cost_usd, share          attempts and startup, 0 if nothing of it ran, NULL if nothing is priced;  share of all steps, 0 to 1
--   failed_usd               of cost_usd: retried or failed attempts;  lost_usd those that were lost with their Spot host;
--                            both NULL with cost_usd
--   vcpus_requested, memory_gib_requested   the mean reservation, by time
--   vcpus_used               the mean of measured attempts, by time;  memory_gib_used the largest peak
--   measured_attempts        with a usage record
WITH member AS (
  SELECT j.id AS id, i.job_step AS step, j.status AS status, c.jobs AS counted
  FROM job j JOIN counted_job c ON c.job = j.id JOIN job_identity i ON i.job = j.id
),
measured AS (
  SELECT u.task_id AS task_id, MAX(u.milli_vcpus_average) AS milli_vcpus, MAX(NULLIF(u.memory_maximum_mib, 0)) AS mib
  FROM task_usage u GROUP BY u.task_id
),
ran AS (
  SELECT m.step AS step, m.id AS job, t.milli_vcpus AS milli_vcpus, t.memory_mib AS mib,
    CASE WHEN t.stopped_at_ms < CAST(z.value AS BIGINT) THEN t.stopped_at_ms ELSE CAST(z.value AS BIGINT) END
      - t.started_at_ms AS ms,
    u.milli_vcpus AS used_milli_vcpus, u.mib AS used_mib, u.task_id AS measured
  FROM attempt t
  JOIN member m ON m.id = t.job
  LEFT JOIN measured u ON u.task_id = t.task_id
  JOIN ledger_setting z ON z.name = 'collected_at_ms'
  WHERE t.started_at_ms <= CAST(z.value AS BIGINT)
),
size AS (
  SELECT r.step AS step, COUNT(*) AS attempts, SUM(r.ms) AS ms,
    SUM(r.milli_vcpus * r.ms) * 1e0 / NULLIF(SUM(r.ms), 0) AS milli_vcpus,
    SUM(r.mib * r.ms) * 1e0 / NULLIF(SUM(r.ms), 0) AS mib,
    SUM(r.used_milli_vcpus * r.ms) * 1e0 / NULLIF(SUM(CASE WHEN r.used_milli_vcpus IS NOT NULL THEN r.ms END), 0)
      AS used_milli_vcpus,
    MAX(r.used_mib) AS used_mib, COUNT(r.measured) AS measured
  FROM ran r GROUP BY r.step
),
length AS (
  SELECT r.step AS step, r.job AS job, SUM(r.ms) AS ms FROM ran r GROUP BY r.step, r.job
),
ranked AS (
  SELECT l.step AS step, l.ms AS ms, ROW_NUMBER() OVER (PARTITION BY l.step ORDER BY l.ms NULLS FIRST, l.job) AS place,
    COUNT(*) OVER (PARTITION BY l.step) AS jobs, MAX(l.ms) OVER (PARTITION BY l.step) AS longest
  FROM length l
),
median AS (
  SELECT r.step AS step, r.ms AS ms, r.longest AS longest FROM ranked r WHERE r.place = CAST((r.jobs + 1 - (r.jobs + 1) % 2) / 2 AS BIGINT)
),
counts AS (
  SELECT m.step AS step, SUM(m.counted) AS jobs, SUM(CASE WHEN m.status = 'FAILED' THEN m.counted ELSE 0 END) AS failed
  FROM member m GROUP BY m.step
),
cost AS (
  SELECT m.step AS step, SUM(p.cost) AS cost
  FROM resource_posting p JOIN attempt t ON t.id = p.attempt JOIN member m ON m.id = t.job
  GROUP BY m.step
),
failure AS (
  SELECT f.job_step AS step, SUM(f.cost) AS cost,
    NULLIF(SUM(f.lost), CASE WHEN COUNT(f.lost) < COUNT(*) THEN 0 END) AS lost
  FROM failed_part f
  GROUP BY f.job_step
)
SELECT
  s.name AS step,
  s.job_definition AS job_definition,
  n.jobs AS jobs,
  n.failed AS failed_jobs,
  COALESCE(z.attempts, 0) AS attempts,
  COALESCE(z.ms, 0) / 3600000e0 AS hours,
  d.ms / 1000e0 AS median_seconds,
  d.longest / 1000e0 AS longest_seconds,
  CASE WHEN z.step IS NULL THEN 0 ELSE c.cost END AS cost_nanodollars,
  c.cost * 1e0 / NULLIF(SUM(c.cost) OVER (), 0) AS share,
  CASE WHEN f.step IS NOT NULL THEN f.cost WHEN z.step IS NULL OR c.cost IS NOT NULL THEN 0 END AS failed_nanodollars,
  CASE WHEN f.step IS NOT NULL THEN f.lost WHEN z.step IS NULL OR c.cost IS NOT NULL THEN 0 END AS lost_nanodollars,
  z.milli_vcpus / 1000e0 AS vcpus_requested,
  z.mib / 1024e0 AS memory_gib_requested,
  z.used_milli_vcpus / 1000e0 AS vcpus_used,
  z.used_mib / 1024e0 AS memory_gib_used,
  COALESCE(z.measured, 0) AS measured_attempts
FROM counts n
JOIN named_step s ON s.id = n.step
LEFT JOIN size z ON z.step = n.step
LEFT JOIN median d ON d.step = n.step
LEFT JOIN cost c ON c.step = n.step
LEFT JOIN failure f ON f.step = n.step
ORDER BY cost_nanodollars DESC, s.name, s.id
