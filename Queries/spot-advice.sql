-- What to change about Spot, and what it is worth at most: of the query advice, what concerns the purchase option.
-- A row is a piece of advice of the last ISO week in the period that has most of its days there, dearest first.
--   title, explanation  what to do; what the ledger shows;  place the job queue
--   risk                what may get worse;  confidence low, fair, high
--   saving_usd          at most, by itself, in that week;  basis its unit
--   all_saving_usd      of all rows
WITH days AS (
  SELECT week AS week, COUNT(*) AS days, MAX(day) AS last_day
  FROM calendar WHERE date >= :from AND date < :to GROUP BY week
),
chosen AS (
  SELECT week AS week FROM days ORDER BY CASE WHEN days >= 4 THEN 0 ELSE 1 END, last_day DESC LIMIT 1
)
SELECT
  a.title AS title,
  a.explanation AS explanation,
  a.place AS place,
  a.risk AS risk,
  a.confidence AS confidence,
  a.saving AS saving_nanodollars,
  'a week at most' AS basis,
  SUM(a.saving) OVER () AS all_saving_nanodollars
FROM advice a
JOIN chosen c ON c.week = a.week
WHERE a.rule IN ('retry-on-spot', 'spot-share')
ORDER BY a.position
