-- Findings of the period, one line a check.
-- A row is a check that found something.
--   check, severity     as in the query findings
--   subjects            how many instances, tasks, days or files
--   seconds             the time that they concern; NULL where none has any
--   message             of one of them
SELECT f.check_name AS "check", f.severity AS severity, COUNT(*) AS subjects, SUM(f.amount_ms) / 1000.0 AS seconds,
  MIN(f.message) AS message
FROM ledger_finding f
LEFT JOIN calendar k ON k.day = f.day
WHERE f.day IS NULL OR (k.date >= :from AND k.date < :to)
GROUP BY f.check_name, f.severity
UNION ALL
SELECT c.check_name, c.severity, COUNT(*), NULL, MIN(c.message)
FROM collection_finding c
GROUP BY c.check_name, c.severity
ORDER BY 2 DESC, 1
