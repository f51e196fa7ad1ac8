-- Cost of job queues by day, with the period of the same length before, for small multiples.
-- A row is a queue × UTC day, days without cost included. Of the queues with 1 % or more of work in either period, the six
-- that changed most, or cost most without a period before; these first.
--   job_queue;  place  1 to 6
--   day, is_current    1 within the period, 0 before it;  is_partial 1: collection ended within the day
--   cost_usd           attempts and startup;  NULL if unknown
--   period_usd, previous_usd, change_usd   of the queue; the last two are NULL unless this period and the one before it
--                      can be compared, as in the query headline
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
comparison AS (
  SELECT COUNT(*) AS compares FROM comparable_period c WHERE c.from_date = :from AND c.to_date = :to
),
span AS (
  SELECT p.first_day AS first_day, p.end_day AS end_day, c.compares AS compares,
    CASE WHEN c.compares = 1 THEN 2 * p.first_day - p.end_day ELSE p.first_day END AS since
  FROM period p CROSS JOIN comparison c
),
cost AS (
  SELECT q.name AS name, d.day AS day, SUM(d.cost) AS cost
  FROM daily_cost d
  JOIN span s ON d.day >= s.since AND d.day < s.end_day
  JOIN named_queue q ON q.id = d.job_queue
  GROUP BY q.name, d.day
),
compared AS (
  SELECT c.name AS name,
    CASE WHEN c.day >= s.first_day THEN c.cost ELSE 0 END AS cost,
    CASE WHEN c.day < s.first_day THEN c.cost ELSE 0 END AS previous
  FROM cost c CROSS JOIN span s
),
sums AS (
  SELECT c.name AS name,
    NULLIF(SUM(c.cost), CASE WHEN COUNT(c.cost) < COUNT(*) THEN 0 END) AS cost,
    NULLIF(SUM(c.previous), CASE WHEN COUNT(c.previous) < COUNT(*) THEN 0 END) AS previous
  FROM compared c
  GROUP BY c.name
),
moved AS (
  SELECT d.name AS name, d.cost AS cost,
    CASE WHEN s.compares = 1 THEN d.previous END AS previous,
    CASE WHEN s.compares = 1 THEN d.cost - d.previous END AS change,
    ROW_NUMBER() OVER (
      ORDER BY COALESCE(CASE WHEN s.compares = 1 THEN ABS(d.cost - d.previous) ELSE d.cost END, 0) DESC, d.cost DESC, d.name
    ) AS place
  FROM sums d CROSS JOIN span s
  WHERE (d.cost > 0 AND d.cost * 100 >= (SELECT SUM(cost) FROM sums)
      OR d.previous > 0 AND d.previous * 100 >= (SELECT SUM(previous) FROM sums))
)
SELECT
  m.name AS job_queue,
  m.place AS place,
  k.date AS day,
  CASE WHEN k.day >= s.first_day THEN 1 ELSE 0 END AS is_current,
  CASE WHEN k.until IS NULL THEN 0 ELSE 1 END AS is_partial,
  CASE WHEN c.name IS NULL THEN 0 ELSE c.cost END AS cost_nanodollars,
  m.cost AS period_nanodollars,
  m.previous AS previous_nanodollars,
  m.change AS change_nanodollars
FROM moved m
CROSS JOIN span s
JOIN calendar k ON k.day >= s.since AND k.day < s.end_day
LEFT JOIN cost c ON c.name = m.name AND c.day = k.day
WHERE m.place <= 6
ORDER BY m.place, k.day
