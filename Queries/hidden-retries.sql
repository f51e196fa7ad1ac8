-- Retries that nobody sees, since the job succeeded in the end.
-- A row is a job definition, all revisions together, and a cause; dearest first.
--   attempts       attempts that were run again, with time in the period
--   jobs           jobs that they belong to
--   hours          that they ran, startup included
--   cost_usd       attempt and startup cost
--   share          of the definition's own work (attempts and startup), 0 to 1
WITH work AS (
  SELECT j.name AS name, SUM(d.cost) AS cost
  FROM daily_cost d
  JOIN calendar k ON k.day = d.day
  JOIN job_definition j ON j.id = d.job_definition
  WHERE k.date >= :from AND k.date < :to
  GROUP BY j.name
)
SELECT
  j.name AS job_definition,
  o.name AS cause,
  COUNT(DISTINCT r.attempt) AS attempts,
  COUNT(DISTINCT t.job) AS jobs,
  SUM(r.ms) / 3600000.0 AS hours,
  SUM(r.cost) AS cost_nanodollars,
  SUM(r.cost) * 1.0 / NULLIF(MAX(w.cost), 0) AS share
FROM retry r
JOIN calendar k ON k.day = r.day
JOIN attempt t ON t.id = r.attempt
JOIN outcome o ON o.id = r.outcome
JOIN job_definition j ON j.id = r.job_definition
LEFT JOIN work w ON w.name = j.name
WHERE k.date >= :from AND k.date < :to AND r.succeeded = 1
GROUP BY j.name, o.id, o.name
ORDER BY cost_nanodollars DESC, j.name, o.name
