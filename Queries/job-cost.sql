-- Cost by job; array and multi-node children count with their parent.
-- A row is a job as it was submitted, with cost in the period.
--   children       children with an attempt in the period; NULL for a single job
--   status         of the parent, or of the single job
--   attempts       attempts with cost in the period, of all children
--   cost_usd       attempt and startup, all attempts;  on_demand_usd the same at On-Demand rates, for postings with a
--                  price and an On-Demand price
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
lasting AS (
  SELECT l.submission AS submission, COUNT(DISTINCT t.job) AS children, COUNT(DISTINCT l.attempt) AS attempts
  FROM long_attempt_day l
  JOIN attempt t ON t.id = l.attempt
  JOIN period p ON l.day >= p.first_day AND l.day < p.end_day
  GROUP BY l.submission
),
submitted AS (
  SELECT s.submission AS submission, MAX(s.parent) AS parent, MAX(s.job) AS job,
    SUM(s.children) + COALESCE(MAX(l.children), 0) AS children,
    SUM(s.attempts) + COALESCE(MAX(l.attempts), 0) AS attempts,
    SUM(s.cost) AS cost,
    SUM(s.on_demand) AS on_demand
  FROM submission_day s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  LEFT JOIN lasting l ON l.submission = s.submission
  GROUP BY s.submission
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
JOIN named_queue q ON q.id = j.job_queue
JOIN job_definition d ON d.id = j.job_definition
LEFT JOIN job_parent p ON p.id = s.parent
LEFT JOIN job w ON w.job_id = p.job_id
ORDER BY s.cost DESC, COALESCE(p.job_id, j.job_id)
