-- Cost around jobs by job: the query around-jobs divided further; array and multi-node children under their parent.
-- One row per job as submitted, with its share of the cost around jobs in the period, most expensive first.
--   total_usd           the job's share, all kinds together, billed and estimated
--   billed_usd          of resources that no other job's attempt names on their day
--   estimated_usd       of resources that others name too: by the size of log streams if Logs Insights reported it,
--                       otherwise by run time on each day
--   logs_usd, files_usd, s3_usd, transfer_usd   of total_usd: CloudWatch Logs, file systems, buckets, and data transfer of
--                       its instances
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
part AS (
  SELECT w.attempt AS attempt, w.job_queue AS job_queue, a.name AS kind, w.day AS day, w.line AS line, w.cost AS cost,
    l.attempts AS attempts
  FROM period p
  JOIN around_part w ON w.day >= p.first_day AND w.day < p.end_day
  JOIN around_line l ON l.day = w.day AND l.line = w.line
  JOIN around_kind a ON a.id = l.kind
),
piece AS (
  SELECT COALESCE(f.job_id, j.job_id) AS job_id, w.job_queue AS queue_id, w.kind AS kind, w.day AS day, w.line AS line,
    MIN(j.name) AS job_name, SUM(w.cost) AS cost, COUNT(*) AS own, MAX(w.attempts) AS attempts
  FROM part w
  JOIN attempt t ON t.id = w.attempt
  JOIN job j ON j.id = t.job
  LEFT JOIN job_parent f ON f.id = j.parent
  GROUP BY COALESCE(f.job_id, j.job_id), w.job_queue, w.kind, w.day, w.line
)
SELECT
  d.job_id AS job_id,
  MIN(d.job_name) AS job_name,
  q.name AS job_queue,
  SUM(d.cost) AS total_nanodollars,
  SUM(CASE WHEN d.own = d.attempts THEN d.cost END) AS billed_nanodollars,
  SUM(CASE WHEN d.own < d.attempts THEN d.cost END) AS estimated_nanodollars,
  SUM(CASE WHEN d.kind = 'logs' THEN d.cost END) AS logs_nanodollars,
  SUM(CASE WHEN d.kind IN ('efs', 'fsx') THEN d.cost END) AS files_nanodollars,
  SUM(CASE WHEN d.kind = 's3' THEN d.cost END) AS s3_nanodollars,
  SUM(CASE WHEN d.kind IN ('cross-zone', 'data-transfer') THEN d.cost END) AS transfer_nanodollars
FROM piece d
JOIN named_queue q ON q.id = d.queue_id
GROUP BY d.job_id, q.name
ORDER BY total_nanodollars DESC, d.job_id
