-- Cost around jobs by job: the query around-jobs divided further; array and multi-node children under their parent.
-- One row per job as submitted, with its share of the cost around jobs in the period, most expensive first.
-- All of it is estimated: by the size of log streams if Logs Insights reported it, otherwise by run time on each day.
--   estimated_usd       the job's share, all kinds together
--   logs_usd, efs_usd, transfer_usd   of which CloudWatch Logs, file systems, and data transfer of its instances
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
line AS (
  SELECT d.kind AS kind, d.name AS name, d.account AS account, d.region AS region, d.day AS day, d.job_queue AS job_queue,
    d.cost AS cost, d.by_size AS by_size
  FROM around_day d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  WHERE d.job_queue IS NOT NULL
),
named_line AS (
  SELECT l.kind AS kind, l.name AS name, l.account AS account, l.region AS region, l.day AS day, l.job_queue AS job_queue,
    l.cost AS cost, l.by_size AS by_size, n.job_definition AS job_definition
  FROM line l
  JOIN around_named n
    ON n.kind = l.kind AND n.name = l.name AND (n.account IS NULL OR n.account = l.account)
      AND (n.region IS NULL OR l.region = '' OR n.region = l.region)
),
share AS (
  SELECT l.kind AS kind, l.name AS name, l.account AS account, l.region AS region, l.day AS day, l.job_queue AS job_queue,
    l.cost AS cost, w.attempt AS attempt,
    CASE WHEN l.by_size = 1 THEN COALESCE(s.characters, 0) ELSE w.ms END AS weight
  FROM attempt_day w
  JOIN period p ON w.day >= p.first_day AND w.day < p.end_day
  JOIN named_line l ON l.job_definition = w.job_definition AND l.job_queue = w.job_queue AND l.day = w.day
  LEFT JOIN log_stream_day s ON s.task_id = w.task_id AND s.log_group = l.name AND s.day = w.day
  UNION ALL
  SELECT l.kind, l.name, l.account, l.region, l.day, l.job_queue, l.cost, w.attempt, w.ms
  FROM around_transfer w
  JOIN line l ON l.kind = w.kind AND l.name = w.name AND l.day = w.day AND l.job_queue = w.job_queue
),
part AS (
  SELECT s.attempt AS attempt, a.name AS kind, s.cost AS cost, s.weight AS weight,
    SUM(s.weight) OVER (
      PARTITION BY s.day, s.kind, s.name, s.account, s.region, s.job_queue ORDER BY s.attempt NULLS FIRST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto,
    SUM(s.weight) OVER (PARTITION BY s.day, s.kind, s.name, s.account, s.region, s.job_queue) AS whole
  FROM share s JOIN around_kind a ON a.id = s.kind
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
