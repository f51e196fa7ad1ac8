-- What a reader of the numbers must know.
-- A row is a finding about something charged in the period, or about the collection as a whole.
--   check       unpriced, unplaced, open-instance, start-lower-bound, listed-later, fargate-no-pull, free-interruption, unreadable …
--   severity    error, warning, note
--   subject     an instance, a task, a file
--   message     what is known and what it does to the numbers
--   seconds     the time that it concerns; NULL where it has none
SELECT f.check_name AS "check", f.severity AS severity, f.subject AS subject, f.message AS message,
  f.amount_ms / 1000.0 AS seconds
FROM ledger_finding f
LEFT JOIN calendar k ON k.day = f.day
WHERE f.day IS NULL OR (k.date >= :from AND k.date < :to)
UNION ALL
SELECT c.check_name, c.severity, c.subject,
  CASE WHEN c.place = '' THEN c.message ELSE c.place || ': ' || c.message END, NULL
FROM collection_finding c
ORDER BY 2, 1, 3, 4
