-- Cost by day, in the parts of a stacked bar: work by purchase option, then unused.
-- A row is a UTC day × part. A day on which nothing ran is one row with 0, unless no minute of it was collected; one of which
-- nothing has a price is one row with NULL. No rows if nothing that ran in the period has a price.
--   day           2026-10-19;  label `Mon 19`;  place 0 for the first day
--   part          On-Demand, Spot, Fargate, Fargate Spot, SageMaker, Plans, Unused;  stack their order outwards from the axis
--   cost_usd      cost of the part;  day_usd cost of the whole day;  share part ÷ day
--   is_partial    1: collection ended within the day
WITH ran AS (
  SELECT k.date AS date, k.day AS day, k.weekday AS weekday,
    CASE WHEN a.kind = 'unused' THEN 'Unused' WHEN o.name = 'on-demand' THEN 'On-Demand' WHEN o.name = 'spot' THEN 'Spot'
      WHEN o.name = 'fargate' THEN 'Fargate' WHEN o.name = 'fargate-spot' THEN 'Fargate Spot'
      WHEN o.name IN ('sagemaker', 'sagemaker-spot') THEN 'SageMaker' ELSE 'Plans' END AS part,
    CASE WHEN a.kind = 'unused' THEN 7 WHEN o.name = 'on-demand' THEN 1 WHEN o.name = 'spot' THEN 2
      WHEN o.name = 'fargate' THEN 3 WHEN o.name = 'fargate-spot' THEN 4
      WHEN o.name IN ('sagemaker', 'sagemaker-spot') THEN 5 ELSE 6 END AS stack,
    SUM(d.cost) AS cost
  FROM daily_cost d
  JOIN calendar k ON k.day = d.day
  JOIN ledger_account a ON a.id = d.account
  JOIN purchase_option o ON o.id = d.purchase_option
  WHERE k.date >= :from AND k.date < :to AND d.cost IS NOT NULL
  GROUP BY k.date, k.day, k.weekday, 4, 5
),
first AS (
  SELECT part AS part, stack AS stack FROM ran ORDER BY stack LIMIT 1
),
part AS (
  SELECT date AS date, day AS day, weekday AS weekday, part AS part, stack AS stack, cost AS cost FROM ran
  UNION ALL
  SELECT k.date, k.day, k.weekday, f.part, f.stack, CASE WHEN t.ran = 0 THEN 0 END
  FROM first f
  CROSS JOIN calendar k
  JOIN day_total t ON t.day = k.day
  WHERE k.date >= :from AND k.date < :to AND (t.ran = 0 OR t.cost IS NULL) AND COALESCE(k.until, '') <> '00:00'
)
SELECT
  p.date AS day,
  CASE p.weekday WHEN 1 THEN 'Mon' WHEN 2 THEN 'Tue' WHEN 3 THEN 'Wed' WHEN 4 THEN 'Thu' WHEN 5 THEN 'Fri' WHEN 6 THEN 'Sat'
    ELSE 'Sun' END || ' ' || CAST(CAST(SUBSTR(p.date, 9, 2) AS INTEGER) AS VARCHAR(2)) AS label,
  p.part AS part,
  p.stack AS stack,
  p.cost AS cost_nanodollars,
  SUM(p.cost) OVER (PARTITION BY p.day) AS day_nanodollars,
  p.cost * 1e0 / NULLIF(SUM(p.cost) OVER (PARTITION BY p.day), 0) AS share,
  CASE WHEN (p.day + 1) * 86400000 > (SELECT MAX(as_of_ms) FROM collection) + 1000 THEN 1 ELSE 0 END AS is_partial
FROM part p
ORDER BY p.day, p.stack
