-- Cost by job, array and multi-node children under their parent.
-- A row is a job as it was submitted, with cost in the period.
--   children       children with an attempt in the period; NULL for a single job
--   status         of the parent, or of the single job
--   attempts       with cost in the period, of all children
--   cost_usd       attempt and startup, all attempts;  on_demand_usd the same at On-Demand rates
WITH cost AS (
  SELECT p.attempt AS attempt, SUM(p.cost) AS cost, SUM(p.on_demand) AS on_demand
  FROM posting p JOIN calendar k ON k.day = p.day
  WHERE k.date >= :from AND k.date < :to AND p.attempt IS NOT NULL
  GROUP BY p.attempt
),
submitted AS (
  SELECT
    CASE WHEN t.parent IS NULL THEN t.job ELSE -t.parent END AS submission,
    MAX(t.parent) AS parent,
    MAX(t.job) AS job,
    COUNT(DISTINCT t.job) AS children,
    COUNT(*) AS attempts,
    SUM(c.cost) AS cost,
    SUM(c.on_demand) AS on_demand
  FROM cost c JOIN attempt t ON t.id = c.attempt
  GROUP BY CASE WHEN t.parent IS NULL THEN t.job ELSE -t.parent END
)
SELECT
  COALESCE(p.job_id, j.job_id) AS job_id,
  j.name AS job_name,
  q.name AS job_queue,
  d.name AS job_definition,
  COALESCE(w.status, j.status) AS status,
  CASE WHEN s.parent IS NULL THEN NULL ELSE s.children END AS children,
  s.attempts AS attempts,
  s.cost AS cost_nanodollars,
  s.on_demand AS on_demand_nanodollars
FROM submitted s
JOIN job j ON j.id = s.job
JOIN job_queue q ON q.id = j.job_queue
JOIN job_definition d ON d.id = j.job_definition
LEFT JOIN job_parent p ON p.id = s.parent
LEFT JOIN job w ON w.job_id = p.job_id
ORDER BY s.cost DESC, COALESCE(p.job_id, j.job_id)
