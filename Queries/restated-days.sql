-- Days whose cost changed after it was first reported whole, in the period and in the equally long one before it.
-- A row is a UTC day whose cost changed by half a cent or more, largest change first. The query restatements has every step,
-- including those before the day ended.
--   day, is_current     1 within the period, 0 before it
--   first_at, first_usd            the first collection after the day's end that changed its cost, and the cost it reported;
--                       NULL: it was unknown, and the day did not rise by becoming known
--   last_at, cost_usd, change_usd  the last that changed it, the cost it reported, and the difference
--   by_bill             1: a bill imported after the first report changed it; the collection may be the same
--   times               how often it was restated
--   period_change_usd, previous_change_usd   of all days, within the period and before it
WITH asked AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
whole AS (
  SELECT r.day AS day, r.as_of_ms AS as_of_ms, r.cost AS cost, r.bills AS bills, p.first_day AS first_day,
    ROW_NUMBER() OVER (PARTITION BY r.day ORDER BY r.as_of_ms) AS place,
    ROW_NUMBER() OVER (PARTITION BY r.day ORDER BY r.as_of_ms DESC) AS place_from_last
  FROM reported_day r
  JOIN asked p ON r.day >= 2 * p.first_day - p.end_day AND r.day < p.end_day
  WHERE r.as_of_ms >= (r.day + 1) * 86400000
),
restated AS (
  SELECT day AS day, MAX(CASE WHEN day >= first_day THEN 1 ELSE 0 END) AS is_current, MIN(as_of_ms) AS first_ms,
    MAX(CASE WHEN place = 1 THEN cost END) AS first_cost, MAX(as_of_ms) AS last_ms,
    MAX(CASE WHEN place_from_last = 1 THEN cost END) AS cost, COUNT(*) - 1 AS times,
    CASE WHEN MAX(bills) > MIN(bills) THEN 1 ELSE 0 END AS by_bill
  FROM whole
  GROUP BY day
  HAVING COUNT(*) > 1
),
changed AS (
  SELECT *, cost - first_cost AS change,
    SUM(CASE WHEN is_current = 1 THEN cost - first_cost ELSE 0 END) OVER () AS period_change,
    SUM(CASE WHEN is_current = 0 THEN cost - first_cost ELSE 0 END) OVER () AS previous_change
  FROM restated
)
SELECT
  k.date AS day,
  r.is_current AS is_current,
  r.first_ms AS first_at_ms,
  r.first_cost AS first_nanodollars,
  r.last_ms AS last_at_ms,
  r.cost AS cost_nanodollars,
  r.change AS change_nanodollars,
  r.by_bill AS by_bill,
  r.times AS times,
  r.period_change AS period_change_nanodollars,
  r.previous_change AS previous_change_nanodollars
FROM changed r
JOIN calendar k ON k.day = r.day
WHERE ABS(r.change) >= 5000000 OR (r.first_cost IS NULL AND r.cost IS NOT NULL)
ORDER BY ABS(r.change) DESC, k.date
