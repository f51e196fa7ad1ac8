-- What to change about Spot, and what it is worth at most: of the query advice, what concerns the purchase option.
-- A row is a piece of advice of the last ISO week in the period that has most of its days there, dearest first.
--   rule                retry-on-spot, spot-share: reports put each in words (`{{sentence advice-title}}`)
--   place               the job queue to change;  environment the compute environment whose cost falls;  purchase how it buys
--   attempts, cost_usd  of the work in question;  cheaper_share how much less Spot was;  confidence low, fair, high
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
  a.rule AS rule,
  a.place AS place,
  a.environment AS environment,
  a.purchase AS purchase,
  a.attempts AS attempts,
  a.cost AS cost_nanodollars,
  a.cheaper_share AS cheaper_share,
  a.confidence AS confidence,
  a.saving AS saving_nanodollars,
  'a week at most' AS basis,
  SUM(a.saving) OVER () AS all_saving_nanodollars
FROM advice a
JOIN chosen c ON c.week = a.week
WHERE a.rule IN ('retry-on-spot', 'spot-share')
ORDER BY a.position
