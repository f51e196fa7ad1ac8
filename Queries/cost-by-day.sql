-- Cost by day and purchase option.
-- A row is a UTC day × purchase option.
--   day                 2026-10-19
--   week, weekday       ISO 8601: 2026-W43, 1 Monday … 7 Sunday
--   until               05:20 if collection ended within the day, else NULL;  is_partial then 1
--   cost_usd            = attempt_usd + startup_usd + unused_usd, each 0 if there was none, NULL if it has no price
--   on_demand_usd       the same billed time at On-Demand rates, for postings with a price and an On-Demand price
SELECT
  k.date AS day,
  k.week AS week,
  k.weekday AS weekday,
  k.until AS until,
  CASE WHEN k.until IS NULL THEN 0 ELSE 1 END AS is_partial,
  o.name AS purchase_option,
  SUM(d.cost) AS cost_nanodollars,
  NULLIF(SUM(d.attempt), CASE WHEN COUNT(d.attempt) < COUNT(*) THEN 0 END) AS attempt_nanodollars,
  NULLIF(SUM(d.startup), CASE WHEN COUNT(d.startup) < COUNT(*) THEN 0 END) AS startup_nanodollars,
  NULLIF(SUM(d.unused), CASE WHEN COUNT(d.unused) < COUNT(*) THEN 0 END) AS unused_nanodollars,
  SUM(d.on_demand) AS on_demand_nanodollars
FROM daily_part d
JOIN calendar k ON k.day = d.day
JOIN purchase_option o ON o.id = d.purchase_option
WHERE k.date >= :from AND k.date < :to
GROUP BY k.date, k.week, k.weekday, k.until, o.id, o.name
ORDER BY k.date, o.id
