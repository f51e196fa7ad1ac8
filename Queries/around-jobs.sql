-- Cost around jobs from the bill: logs, NAT gateways, data transfer, buckets and file systems.
-- One row per kind and job queue whose jobs name the resource or ran on the instance, and one per kind for resources
-- that no job names. None of it is in the cost of jobs or compared with the ledger.
--   scope               queue, or accounts for resources that no job names, in the accounts where Batch runs
--   kind                logs, nat, cross-zone, data-transfer, s3, efs, fsx
--   job_queue           NULL for resources that no job names
--   resources           log groups, gateways, instances, buckets or file systems
--   gigabytes           transferred, from the bill; NULL if the bill has no amount
--   billed_usd          cost of resources that on their day only these jobs name; without a queue, the whole cost
--   estimated_usd       their share of resources that others name too: by the size of their log streams if it was
--                       collected, otherwise by run time
--   attributed_usd      total of all rows with a queue, billed and estimated;  unattributed_usd of all rows without one
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
part AS (
  SELECT w.day AS day, w.line AS line, w.job_queue AS job_queue, SUM(w.cost) AS cost, SUM(w.kilobytes) AS kilobytes,
    COUNT(*) AS attempts
  FROM period p JOIN around_part w ON w.day >= p.first_day AND w.day < p.end_day
  GROUP BY w.day, w.line, w.job_queue
),
piece AS (
  SELECT l.kind AS kind, w.job_queue AS queue_id, l.name AS name, w.kilobytes AS kilobytes, w.cost AS cost,
    CASE WHEN w.attempts = l.attempts THEN w.cost END AS billed,
    CASE WHEN w.attempts < l.attempts THEN w.cost END AS estimated
  FROM part w JOIN around_line l ON l.day = w.day AND l.line = w.line
  UNION ALL
  SELECT r.kind, NULL, r.name, r.kilobytes, r.cost, r.cost, NULL
  FROM period p JOIN around_rest r ON r.day >= p.first_day AND r.day < p.end_day
),
total AS (
  SELECT a.id AS kind_id, a.name AS kind, q.id AS queue_id, q.name AS job_queue, COUNT(DISTINCT d.name) AS resources,
    NULLIF(SUM(d.kilobytes), 0) AS kilobytes, SUM(d.billed) AS billed, SUM(d.estimated) AS estimated, SUM(d.cost) AS cost
  FROM piece d
  JOIN around_kind a ON a.id = d.kind
  LEFT JOIN named_queue q ON q.id = d.queue_id
  GROUP BY a.id, a.name, q.id, q.name
)
SELECT
  CASE WHEN queue_id IS NULL THEN 'accounts' ELSE 'queue' END AS scope,
  kind,
  job_queue,
  resources,
  kilobytes / 1000000e0 AS gigabytes,
  billed AS billed_nanodollars,
  estimated AS estimated_nanodollars,
  SUM(CASE WHEN queue_id IS NULL THEN 0 ELSE cost END) OVER () AS attributed_nanodollars,
  SUM(CASE WHEN queue_id IS NULL THEN cost ELSE 0 END) OVER () AS unattributed_nanodollars
FROM total
ORDER BY CASE WHEN queue_id IS NULL THEN 1 ELSE 0 END, cost DESC, kind_id, job_queue NULLS FIRST
