-- The cost of chosen jobs in each workflow run; the runs are those of all jobs.
WITH chosen AS (
  SELECT j.id AS job, i.workflow_run AS run, i.job_step AS step, j.created_at_ms AS created_at_ms,
    j.stopped_at_ms AS stopped_at_ms, j.status AS status,
    n.jobs AS counted,
    (SELECT COUNT(*) FROM attempt t WHERE t.id >= j.id << 10 AND t.id < (j.id + 1) << 10) AS attempts,
    CASE WHEN EXISTS (SELECT 1 FROM client_rerun r WHERE r.next = j.id) THEN 1 ELSE 0 END AS is_rerun
  FROM job_identity i
  JOIN job j ON j.id = i.job
  JOIN counted_job n ON n.job = j.id
  WHERE i.workflow_run IS NOT NULL
),
cost AS (
  SELECT p.attempt >> 10 AS job, SUM(p.cost) AS cost, SUM(p.ms) AS ms, SUM(p.unpriced_ms) AS unpriced_ms
  FROM posting p
  WHERE p.attempt IS NOT NULL AND p.attempt >> 10 IN (SELECT job FROM chosen)
  GROUP BY p.attempt >> 10
),
elsewhere AS (
  SELECT u.attempt >> 10 AS job, SUM(u.ms) AS ms FROM unplaced u GROUP BY u.attempt >> 10
),
lost AS (
  SELECT f.attempt >> 10 AS job, SUM(f.cost) AS cost
  FROM failed_attempt f
  JOIN outcome o ON o.id = f.outcome
  WHERE f.on_spot = 1 AND o.name IN ('interrupted', 'host lost')
  GROUP BY f.attempt >> 10
)
SELECT
  w.id AS id, w.client AS client, w.workflow AS workflow, w.run AS run, w.user AS user, w.series AS series,
  w.job_queue AS job_queue,
  CASE WHEN SUM(c.stopped_at_ms IS NULL) > 0 THEN w.day ELSE MAX(c.stopped_at_ms) / 86400000 END AS day,
  MIN(c.created_at_ms) AS created_at_ms,
  CASE WHEN SUM(c.stopped_at_ms IS NULL) > 0 THEN NULL ELSE MAX(c.stopped_at_ms) END AS stopped_at_ms,
  COUNT(DISTINCT c.step) AS steps,
  SUM(c.counted) AS jobs,
  SUM(CASE WHEN c.stopped_at_ms IS NULL THEN c.counted ELSE 0 END) AS unfinished,
  SUM(CASE WHEN c.stopped_at_ms IS NOT NULL AND c.status <> 'SUCCEEDED' THEN c.counted ELSE 0 END) AS failed,
  SUM(MAX(c.attempts - 1, 0) + c.is_rerun) AS retries,
  CASE WHEN SUM(c.attempts) = 0 THEN 0 ELSE SUM(x.cost) END AS cost,
  COALESCE(SUM(l.cost), 0) AS lost,
  w.name AS name,
  (COALESCE(SUM(x.unpriced_ms), 0) + COALESCE(SUM(e.ms), 0)) * r.parts <= COALESCE(SUM(x.ms), 0) + COALESCE(SUM(e.ms), 0)
    AS is_priced
FROM chosen c
JOIN main.workflow_run w ON w.id = c.run
LEFT JOIN cost x ON x.job = c.job
LEFT JOIN elsewhere e ON e.job = c.job
LEFT JOIN lost l ON l.job = c.job
CROSS JOIN priced_rule r
GROUP BY w.id
