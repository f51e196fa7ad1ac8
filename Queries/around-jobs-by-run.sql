-- Cost around jobs by workflow run: what the query around-jobs gives to jobs, by the run that they belong to.
-- One row per run with a share of the cost around jobs in the period, most expensive first.
--   run, workflow, client   as in the query workflow-runs
--   created_at          of its first job
--   run_cost_usd        what its attempts cost, whenever they ran; nothing around them is in it
--   total_usd           its share in the period, all kinds together, billed and estimated
--   billed_usd          of resources that on their day only jobs of the run name
--   estimated_usd       of resources that others name too: by the size of log streams, otherwise by run time
--   logs_usd, files_usd, s3_usd, transfer_usd   of total_usd: CloudWatch Logs, file systems, buckets, and data transfer of
--                       its instances
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
part AS (
  SELECT i.workflow_run AS run, w.day AS day, w.line AS line, SUM(w.cost) AS cost, COUNT(*) AS own
  FROM period p
  JOIN around_part w ON w.day >= p.first_day AND w.day < p.end_day
  JOIN attempt t ON t.id = w.attempt
  JOIN job_identity i ON i.job = t.job
  WHERE i.workflow_run IS NOT NULL
  GROUP BY i.workflow_run, w.day, w.line
),
total AS (
  SELECT w.run AS run, SUM(w.cost) AS cost,
    SUM(CASE WHEN w.own = l.attempts THEN w.cost END) AS billed,
    SUM(CASE WHEN w.own < l.attempts THEN w.cost END) AS estimated,
    SUM(CASE WHEN a.name = 'logs' THEN w.cost END) AS logs,
    SUM(CASE WHEN a.name IN ('efs', 'fsx') THEN w.cost END) AS files,
    SUM(CASE WHEN a.name = 's3' THEN w.cost END) AS s3,
    SUM(CASE WHEN a.name IN ('cross-zone', 'data-transfer') THEN w.cost END) AS transfer
  FROM part w
  JOIN around_line l ON l.day = w.day AND l.line = w.line
  JOIN around_kind a ON a.id = l.kind
  GROUP BY w.run
)
SELECT
  r.name AS run,
  COALESCE(r.workflow, r.client) AS workflow,
  r.client AS client,
  r.created_at_ms AS created_at_ms,
  r.cost AS run_cost_nanodollars,
  d.cost AS total_nanodollars,
  d.billed AS billed_nanodollars,
  d.estimated AS estimated_nanodollars,
  d.logs AS logs_nanodollars,
  d.files AS files_nanodollars,
  d.s3 AS s3_nanodollars,
  d.transfer AS transfer_nanodollars
FROM total d
JOIN workflow_run r ON r.id = d.run
ORDER BY total_nanodollars DESC, r.created_at_ms, r.name, r.id
