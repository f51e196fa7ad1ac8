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
)
SELECT
  f.check_name AS check_name,
  f.severity AS severity,
  f.subject AS subject,
  CASE WHEN f.place = '' THEN f.message ELSE f.place || ': ' || f.message END AS message,
  COALESCE(SUM(f.ms), MAX(f.all_ms)) / 1000e0 AS seconds,
  MAX(f.subjects) AS subjects
FROM finding_day f
JOIN period p ON f.day IS NULL OR (f.day >= p.first_day AND f.day < p.end_day)
GROUP BY f.check_name, f.severity, f.subject, f.place, f.message
ORDER BY CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, f.check_name, f.subject, message
