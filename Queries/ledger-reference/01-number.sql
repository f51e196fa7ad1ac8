-- Whole numbers from 0 to 9999: hours of an instance, days of a task.
WITH
digit (d) AS (
  SELECT CAST(0 AS BIGINT) UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
  UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9
),
step (n) AS (
  SELECT 1000 * a.d + 100 * b.d + 10 * c.d + e.d
  FROM digit a CROSS JOIN digit b CROSS JOIN digit c CROSS JOIN digit e
)
SELECT n
FROM step
