-- Findings of the period by check: the query findings, added up.
-- A row is a check that found something.
--   check_name, severity as in the query findings
--   subjects            how many instances, tasks, attempts, days or files
--   seconds             the time they are about, as in the query findings; NULL if none has a time
--   message             one of their messages;  messages how many different ones there are
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
found AS (
  SELECT f.check_name AS check_name, f.severity AS severity, f.message AS message,
    COALESCE(SUM(f.ms), MAX(f.all_ms)) AS ms, MAX(f.subjects) AS subjects
  FROM finding_day f
  JOIN period p ON f.day IS NULL OR (f.day >= p.first_day AND f.day < p.end_day)
  GROUP BY f.check_name, f.severity, f.subject, f.place, f.message
)
SELECT
  f.check_name AS check_name,
  f.severity AS severity,
  SUM(f.subjects) AS subjects,
  SUM(f.ms) / 1000e0 AS seconds,
  MIN(f.message) AS message,
  COUNT(DISTINCT f.message) AS messages
FROM found f
GROUP BY f.check_name, f.severity
ORDER BY CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, f.check_name
