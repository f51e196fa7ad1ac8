-- Days whose cost a later collection restated.
-- A row is a UTC day of the period × a collection that changed its cost.
--   day                 2026-10-19
--   reported_at         time of the collection that restated it;  previously_at time of the one before
--   previous_cost_usd   what was reported, NULL: unknown;  cost_usd what it became;  change_usd their difference
WITH history AS (
  SELECT r.day AS day, r.as_of_ms AS as_of_ms, r.cost AS cost,
    LAG(r.as_of_ms) OVER (PARTITION BY r.day ORDER BY r.as_of_ms) AS previous_ms,
    LAG(r.cost) OVER (PARTITION BY r.day ORDER BY r.as_of_ms) AS previous
  FROM reported_day r
)
SELECT
  k.date AS day,
  h.as_of_ms AS reported_at_ms,
  h.previous_ms AS previously_at_ms,
  h.previous AS previous_cost_nanodollars,
  h.cost AS cost_nanodollars,
  h.cost - h.previous AS change_nanodollars
FROM history h
JOIN calendar k ON k.day = h.day
WHERE k.date >= :from AND k.date < :to AND h.previous_ms IS NOT NULL
ORDER BY k.date, h.as_of_ms
