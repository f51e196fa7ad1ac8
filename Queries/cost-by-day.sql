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
  COALESCE(NULLIF(SUM(CASE WHEN a.kind = 'attempt' THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.kind = 'attempt' AND d.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS attempt_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.kind = 'startup' THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.kind = 'startup' AND d.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS startup_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.kind = 'unused' THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.kind = 'unused' AND d.cost IS NULL THEN 1 END) = 0 THEN 0 END) AS unused_nanodollars,
  SUM(CASE WHEN d.cost IS NOT NULL THEN d.on_demand END) AS on_demand_nanodollars
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN ledger_account a ON a.id = d.account
JOIN purchase_option o ON o.id = d.purchase_option
WHERE k.date >= :from AND k.date < :to
GROUP BY k.date, k.week, k.weekday, k.until, o.id, o.name
ORDER BY k.date, o.id
