-- Findings by day, for every query that asks for those of a period.

-- A row is a finding and a day that it is about: for something charged, each day on which it was charged; otherwise the day on
-- which its subject began. day is NULL for a finding about the collection as a whole. ms is the day's part of the time that has
-- no price, is still open or was free, NULL for other findings; all_ms is the time that those name, the same on each day.
-- subjects is how many the finding stands for: for unplaced, the day's attempts. place says where in a file, '' for others.
CREATE VIEW finding_day AS
  SELECT f.check_name AS check_name, f.severity AS severity, f.subject AS subject, '' AS place, f.message AS message,
    COALESCE(d.day, f.day) AS day,
    CASE f.check_name WHEN 'unpriced' THEN d.unpriced_ms WHEN 'open-instance' THEN d.open_ms WHEN 'open-task' THEN d.open_ms
      WHEN 'free-interruption' THEN d.billed_ms END AS ms,
    CASE WHEN d.day IS NULL OR f.check_name NOT IN ('unpriced', 'open-instance', 'open-task', 'free-interruption')
      THEN f.amount_ms END AS all_ms,
    CASE WHEN f.check_name = 'unplaced' THEN COALESCE(m.attempts, 1) ELSE 1 END AS subjects
  FROM ledger_finding f
  LEFT JOIN resource r ON r.kind IN ('instance', 'fargate-task', 'training-job', 'volume', 'address', 'capacity-reservation')
    AND r.name = f.subject
  LEFT JOIN resource_day d ON d.resource = r.id
  LEFT JOIN (SELECT u.day AS day, COUNT(*) AS attempts FROM unplaced u GROUP BY u.day) m ON m.day = f.day
  UNION ALL
  SELECT c.check_name, c.severity, c.subject, c.place, c.message, NULL, NULL, NULL, 1
  FROM collection_finding c
  UNION ALL
  SELECT 'implausible-usage', 'warning', i.task_id, '',
    'measured use is more than the host has: no measurement, and left out of advice', NULL, NULL, NULL, i.attempts
  FROM implausible_usage i
  WHERE i.attempts > 0;
