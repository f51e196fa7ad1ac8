-- Findings of the period by check: the query findings, added up.
-- A row is a check that found something.
--   check_name, severity as in the query findings
--   subjects            how many instances, tasks, attempts, days or files
--   seconds             the time they are about, as in the query findings; NULL if none has a time
--   message             one of their messages;  messages how many different ones there are
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
charged AS (
  SELECT f.check_name AS check_name, f.subject AS subject, f.message AS message,
    SUM(CASE WHEN d.day >= p.first_day AND d.day < p.end_day THEN 1 ELSE 0 END) AS days,
    SUM(CASE WHEN d.day >= p.first_day AND d.day < p.end_day THEN
      CASE f.check_name WHEN 'unpriced' THEN d.unpriced_ms WHEN 'open-instance' THEN d.open_ms WHEN 'open-task' THEN d.open_ms
        ELSE d.billed_ms END
    END) AS ms
  FROM ledger_finding f
  CROSS JOIN period p
  JOIN resource r ON r.kind IN ('instance', 'fargate-task', 'training-job', 'volume', 'address', 'capacity-reservation') AND r.name = f.subject
  JOIN resource_day d ON d.resource = r.id
  GROUP BY f.check_name, f.subject, f.message
),
missing AS (
  SELECT u.day AS day, COUNT(*) AS attempts FROM unplaced u GROUP BY u.day
),
found AS (
  SELECT f.check_name AS check_name, f.severity AS severity,
    SUM(CASE WHEN f.check_name = 'unplaced' THEN COALESCE(m.attempts, 1) ELSE 1 END) AS subjects,
    SUM(CASE WHEN c.subject IS NOT NULL AND f.check_name IN ('unpriced', 'open-instance', 'open-task', 'free-interruption') THEN c.ms
      ELSE f.amount_ms END) / 1000e0 AS seconds,
    MIN(f.message) AS message, COUNT(DISTINCT f.message) AS messages
  FROM ledger_finding f
  CROSS JOIN period p
  LEFT JOIN charged c ON c.check_name = f.check_name AND c.subject = f.subject AND c.message = f.message
  LEFT JOIN missing m ON m.day = f.day
  WHERE f.day IS NULL OR c.days > 0 OR (c.subject IS NULL AND f.day >= p.first_day AND f.day < p.end_day)
  GROUP BY f.check_name, f.severity
  UNION ALL
  SELECT c.check_name, c.severity, COUNT(*), NULL, MIN(c.message), COUNT(DISTINCT c.message)
  FROM collection_finding c
  GROUP BY c.check_name, c.severity
  UNION ALL
  SELECT 'implausible-usage', 'warning', i.attempts, NULL,
    'measured use is more than the host has: no measurement, and left out of advice', 1
  FROM implausible_usage i
)
SELECT check_name, severity, subjects, seconds, message, messages FROM found
ORDER BY CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, check_name
