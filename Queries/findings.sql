-- What to know about the data before trusting the numbers.
-- A row is a finding about something charged in the period, or about the collection as a whole. A finding about something
-- charged on several days is in every period that has one of those days.
--   check_name  unpriced, unplaced, open-instance, open-task, start-lower-bound, listed-later, fargate-no-pull, free-interruption, unreadable …
--   severity    error, warning, note
--   subject     an instance, a task, a file; for unplaced, the attempts that began on a day
--   message     what is known, and its effect on the numbers
--   seconds     the time it is about: for unpriced, open-instance, open-task and free-interruption, the part billed in
--               the period, else all of it; NULL if it has none
--   subjects    how many the row stands for: for unplaced, the day's attempts; for implausible-usage, all of them; else 1
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
  SELECT f.check_name AS check_name, f.severity AS severity, f.subject AS subject, f.message AS message,
    CASE WHEN c.subject IS NOT NULL AND f.check_name IN ('unpriced', 'open-instance', 'open-task', 'free-interruption') THEN c.ms
      ELSE f.amount_ms END / 1000e0 AS seconds,
    CASE WHEN f.check_name = 'unplaced' THEN COALESCE(m.attempts, 1) ELSE 1 END AS subjects
  FROM ledger_finding f
  CROSS JOIN period p
  LEFT JOIN charged c ON c.check_name = f.check_name AND c.subject = f.subject AND c.message = f.message
  LEFT JOIN missing m ON m.day = f.day
  WHERE f.day IS NULL OR c.days > 0 OR (c.subject IS NULL AND f.day >= p.first_day AND f.day < p.end_day)
  UNION ALL
  SELECT c.check_name, c.severity, c.subject,
    CASE WHEN c.place = '' THEN c.message ELSE c.place || ': ' || c.message END, NULL, 1
  FROM collection_finding c
  UNION ALL
  SELECT 'implausible-usage', 'warning', i.task_id,
    'measured use is more than the host has: no measurement, and left out of advice', NULL, i.attempts
  FROM implausible_usage i
)
SELECT check_name, severity, subject, message, seconds, subjects FROM found
ORDER BY CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, check_name, subject, message
