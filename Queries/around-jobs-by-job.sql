-- What surrounds jobs, by job: the query around-jobs divided further, array and multi-node children under their parent.
-- A row is a job as it was submitted, with a part of what the bill has around jobs on days of the period; dearest first. All
-- of it is estimated: by what log streams hold where Logs Insights told, else by run time on each day.
--   estimated_usd       the job's part, of all kinds
--   logs_usd, efs_usd, transfer_usd   of it: of CloudWatch Logs, of file systems, of data transfer of its instances
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
part AS (
  SELECT w.attempt AS attempt, a.name AS kind, d.cost AS cost,
    CASE WHEN d.by_size = 1 THEN w.characters ELSE w.ms END AS weight,
    SUM(CASE WHEN d.by_size = 1 THEN w.characters ELSE w.ms END) OVER (
      PARTITION BY d.day, d.kind, d.name, d.account, d.region, d.job_queue ORDER BY w.attempt NULLS FIRST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto,
    SUM(CASE WHEN d.by_size = 1 THEN w.characters ELSE w.ms END) OVER (
      PARTITION BY d.day, d.kind, d.name, d.account, d.region, d.job_queue) AS whole
  FROM around_day d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  JOIN around_kind a ON a.id = d.kind
  JOIN around_attempt w
    ON w.kind = d.kind AND w.name = d.name AND w.day = d.day AND w.job_queue = d.job_queue
      AND (w.account IS NULL OR w.account = d.account) AND (w.region IS NULL OR d.region = '' OR w.region = d.region)
),
amount AS (
  SELECT attempt, kind,
    CAST(ROUND(cost * 1e0 * upto / whole) AS BIGINT) - CAST(ROUND(cost * 1e0 * (upto - weight) / whole) AS BIGINT) AS cost
  FROM part
  WHERE weight > 0
)
SELECT
  COALESCE(f.job_id, j.job_id) AS job_id,
  MIN(j.name) AS job_name,
  q.name AS job_queue,
  SUM(m.cost) AS estimated_nanodollars,
  SUM(CASE WHEN m.kind = 'logs' THEN m.cost END) AS logs_nanodollars,
  SUM(CASE WHEN m.kind = 'efs' THEN m.cost END) AS efs_nanodollars,
  SUM(CASE WHEN m.kind IN ('cross-zone', 'data-transfer') THEN m.cost END) AS transfer_nanodollars
FROM amount m
JOIN attempt t ON t.id = m.attempt
JOIN job j ON j.id = t.job
JOIN named_queue q ON q.id = t.job_queue
LEFT JOIN job_parent f ON f.id = j.parent
GROUP BY COALESCE(f.job_id, j.job_id), q.name
ORDER BY estimated_nanodollars DESC, COALESCE(f.job_id, j.job_id)
