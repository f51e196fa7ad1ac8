-- What to change about Spot, and an estimate of what that saves: the part of the query advice on purchase options.
-- A row is a piece of advice of the last ISO week in the period that has most of its days there, most expensive first.
--   rule                retry-on-spot, spot-share: reports put each in words (`{{sentence advice-title}}`)
--   place               the job queue to change;  environment the compute environment whose cost falls;  purchase its purchase option
--   attempts, cost_usd  attempts and cost of the work in question;  cheaper_share how much lower the Spot price was;  confidence low, fair, high
--   saving_usd          the most it saves by itself in that week;  basis its unit
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
  'a week, estimated' AS basis,
  SUM(a.saving) OVER () AS all_saving_nanodollars
FROM advice a
JOIN chosen c ON c.week = a.week
WHERE a.rule IN ('retry-on-spot', 'spot-share')
ORDER BY a.position
