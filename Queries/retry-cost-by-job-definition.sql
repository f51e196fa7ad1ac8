-- Cost of attempts that came to nothing, by job definition and cause.
-- A row is a job definition, all revisions together, and a cause, as in the query retry-cost.
--   retry_attempts   attempts that its newest revision in use allows; NULL where it was not described
--   attempts         attempts that began in the period
--   cost_usd         attempt and startup cost;  retried_usd the part that was run again
--   share            of the definition's own work (attempts and startup), 0 to 1
WITH work AS (
  SELECT j.name AS name, SUM(d.cost) AS cost, MAX(j.revision) AS revision
  FROM daily_cost d
  JOIN calendar k ON k.day = d.day
  JOIN job_definition j ON j.id = d.job_definition
  WHERE k.date >= :from AND k.date < :to
  GROUP BY j.name
),
strategy AS (
  SELECT w.name AS name, MAX(j.retry_attempts) AS retry_attempts
  FROM work w JOIN job_definition j ON j.name = w.name AND j.revision = w.revision
  GROUP BY w.name
)
SELECT
  j.name AS job_definition,
  o.name AS cause,
  MAX(s.retry_attempts) AS retry_attempts,
  SUM(d.attempts) AS attempts,
  SUM(d.cost) AS cost_nanodollars,
  SUM(CASE WHEN d.retried = 1 THEN d.cost ELSE 0 END) AS retried_nanodollars,
  SUM(d.cost) * 1.0 / NULLIF(MAX(w.cost), 0) AS share
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN outcome o ON o.id = d.outcome
JOIN job_definition j ON j.id = d.job_definition
JOIN work w ON w.name = j.name
LEFT JOIN strategy s ON s.name = j.name
WHERE k.date >= :from AND k.date < :to AND d.outcome > 0
GROUP BY j.name, o.id, o.name
ORDER BY cost_nanodollars DESC, j.name, o.name
